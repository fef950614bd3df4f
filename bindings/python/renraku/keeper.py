"""What keeps the small files of stores on servers where no disk does."""

from typing import Protocol


class Keeper(Protocol):
    """Any object with these three methods: a key-management service, a database, a secrets store.

    It keeps the key header, without which nobody opens the store, and how far what decides access
    had come, and may keep those of many stores. A name begins with the store's id and has at most
    64 letters, digits and dashes; no file is larger than 64 KiB. None holds a secret in the clear
    or personal data.

    The methods are called on the threads of those who open, call or close a store, also at the same
    time, and must not call into it. What they raise goes to sys.unraisablehook, and the caller gets
    Io with the field "keeper".
    """

    def read(self, name: str) -> bytes | None:
        """The bytes last written under this name; None where nothing was, or it was removed."""

    def write(self, name: str, data: bytes) -> None:
        """Keeps the bytes in place of those before: whole, or not at all."""

    def remove(self, name: str) -> None:
        """Forgets them; also where there are none."""
