"""Many stores behind one door: a directory says in which of them a municipality is."""

import os
from datetime import timedelta
from types import TracebackType

from . import _renraku
from .keeper import Keeper
from .store import ABSOLUTE, IDLE, MINUTE, Store


class Region(_renraku.Region):
    """The stores of a directory, a file in TOML; used from any thread.

        home = "home"

        [082112]
        name = "常総市"
        address = "postgresql://renraku@db1.example/north?sslmode=verify-full"

        [082023]
        address = "hitachi.renraku"

    Paths that don't begin at the root begin at the directory's folder. One secret opens all stores,
    best a host key; the other arguments are for each of them, as in renraku.open(), and `home`
    counts where the directory names none. The file is read again when it changed, at most once a
    second, when a store is asked for; one that can't be read or breaks a rule changes nothing.

    Opening raises Io, TooLarge, and Invalid with the line that breaks a rule. A context manager
    lets go of the stores; those that are still held, by sessions too, stay open.
    """

    def __init__(
        self,
        file: str | os.PathLike[str],
        *,
        passphrase: str | None = None,
        recovery_key: str | None = None,
        host_key: bytes | None = None,
        session_idle: timedelta = IDLE,
        session_absolute: timedelta = ABSOLUTE,
        journal_signer: str | os.PathLike[str] | None = None,
        witness: str | os.PathLike[str] | None = None,
        home: str | os.PathLike[str] | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__(_renraku.open_region(file, passphrase, recovery_key, host_key,
                                              session_idle // MINUTE, session_absolute // MINUTE,
                                              journal_signer, witness, home, keeper))

    def store(self, municipality: str) -> Store:
        """The store of a municipality, by its six digits; opened when it is first asked for.

        Ask anew for each piece of work, and close what you get: that costs next to nothing, and
        gives the store where the municipality is then. NotFound (field "municipality") where the
        directory does not name it; what renraku.open() raises.
        """
        return Store(self._store(municipality))

    def __enter__(self) -> "Region":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
