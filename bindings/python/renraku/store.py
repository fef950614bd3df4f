"""A store: one folder that holds everything, encrypted."""

import os
from collections.abc import Iterable
from datetime import timedelta
from types import TracebackType

from . import _renraku
from .records import Municipality, NewMember, Profession, Role
from .session import Session

_IDLE = timedelta(minutes=30)
_ABSOLUTE = timedelta(hours=12)
_MINUTE = timedelta(minutes=1)


class Store(_renraku.Store):
    """An open store, from renraku.open() or renraku.create(); used from any thread.

    A context manager closes it. Sessions keep the store open after the handle is closed.
    """

    def add_municipality(
        self,
        code: str,
        name: str,
        *,
        login: str,
        password: str,
        member_name: str = "",
        roles: Iterable[Role] = ("administrator", "roster_officer"),
        profession: Profession = "city_officer",
    ) -> Municipality:
        """Adds a municipality and its first member. Invalid for a wrong check digit."""
        administrator = NewMember(login=login, name=member_name or login, password=password,
                                  roles=list(roles), profession=profession)
        return self._add_municipality(code, name, administrator)

    def sign_in(self, municipality: str, login: str, password: str) -> Session:
        """Signs a member in. SignInFailed whatever was wrong; BackOff: wait and try again."""
        return Session(self._sign_in(municipality, login, password))

    def resume(self, token: str) -> Session:
        """Takes a session up again by its token. SessionEnded."""
        return Session(self._resume(token))

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def create(
    folder: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    host_key: bytes | None = None,
    slot_name: str = "first",
    session_idle: timedelta = _IDLE,
    session_absolute: timedelta = _ABSOLUTE,
) -> Store:
    """Makes the folder, whose parent must exist, with one key slot and opens it.

    The secret is a passphrase, or 32 bytes that the host program keeps. Exists when there is
    anything at that path, EmptyPassphrase, Io.
    """
    return Store(_renraku.create(folder, passphrase, host_key, slot_name,
                                 session_idle // _MINUTE, session_absolute // _MINUTE))


def open(
    folder: str | os.PathLike[str],
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    host_key: bytes | None = None,
    session_idle: timedelta = _IDLE,
    session_absolute: timedelta = _ABSOLUTE,
) -> Store:
    """Opens a store by one of its secrets, bringing an older one up to date.

    Nothing is written before the secret has proved right. NotAStore, Plaintext, WrongPassphrase,
    EmptyPassphrase, NewerFormat, Damaged.
    """
    return Store(_renraku.open(folder, passphrase, recovery_key, host_key,
                               session_idle // _MINUTE, session_absolute // _MINUTE))
