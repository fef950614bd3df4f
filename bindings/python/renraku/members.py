"""The people who sign in."""

from collections.abc import Iterable

from . import _renraku
from .page import Pages
from .records import Member, NewMember, Profession, Role


class Members(_renraku.Members):
    """The members of the session's municipality."""

    def add(
        self,
        login: str,
        name: str,
        password: str,
        *,
        roles: Iterable[Role] = (),
        profession: Profession = "city_officer",
    ) -> Member:
        """Adds a member. The password needs 13 characters. Exists for a sign-in name in use."""
        return self._add(NewMember(login=login, name=name, password=password, roles=list(roles),
                                   profession=profession))

    def list(self) -> Pages[Member]:
        """By sign-in name."""
        return Pages(self._list)
