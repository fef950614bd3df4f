"""The people who sign in."""

import os
from collections.abc import Iterable

from . import _renraku
from .page import Pages, filter_of
from .records import (
    AccountImportOptions,
    AccountImportReport,
    Colleague,
    ColleagueFilter,
    Member,
    NewMember,
    Profession,
    Role,
)


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
        organisation: str = "",
    ) -> Member:
        """Adds a member. The password needs 13 characters. Exists for a sign-in name in use."""
        return self._add(NewMember(login=login, name=name, password=password, roles=list(roles),
                                   profession=profession, organisation=organisation))

    def list(self) -> Pages[Member]:
        """By sign-in name."""
        return Pages(self._list)

    def colleagues(
        self, filter: ColleagueFilter | None = None, /, **known: str
    ) -> Pages[Colleague]:
        """Whom one can choose for a team or write to: `colleagues(text="薬局")`.

        The keywords are the fields of ColleagueFilter.
        """
        wanted = filter_of(ColleagueFilter, filter, known)
        return Pages(lambda after, size: self._colleagues(wanted, after, size))

    def import_accounts(
        self, file: str | os.PathLike[str], *, dry_run: bool = False, encoding: str = ""
    ) -> AccountImportReport:
        """Accounts from a CSV file with the columns ID, 氏名 and 職種 (and 役割, 事業所, パスワード).

        First passwords that the library made are in the report, this once.
        """
        options = AccountImportOptions(dry_run=dry_run, encoding=encoding)
        return self._import_accounts(file, options)
