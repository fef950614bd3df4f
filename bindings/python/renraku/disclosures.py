"""Who may see the roster before a disaster, and what was handed to whom."""

import os
from collections.abc import Sequence

from . import _renraku
from .page import Pages, filter_of
from .record import AnyDate
from .records import (
    DisclosedFilter,
    DisclosedLine,
    Disclosure,
    DisclosureFilter,
    DisclosureOptions,
    DisclosurePreview,
    DisclosurePurpose,
    DisclosureReport,
    DisclosureRule,
    RosterConsent,
)
from .roster import Progress


class Disclosures(_renraku.Disclosures):
    """Consents, the municipality's rules, and what receivers (避難支援等関係者) see and were given.

    Whoever is under protection, or was taken off the roster, is shown to no receiver, is found by
    none and counted for none.
    """

    def consents(self, person: str) -> Pages[RosterConsent]:
        """What a person said about being shown, newest first."""
        return Pages(lambda after, size: self._consents(person, after, size))

    def rules(self) -> Pages[DisclosureRule]:
        """On what ground the roster is shown, and was: newest first."""
        return Pages(self._rules)

    def preview(self, rule: DisclosureRule) -> Sequence[DisclosurePreview]:
        """What the rule would change, a line for each kind of receiver; names nobody."""
        return self._preview(rule).items

    def make(
        self,
        receiver: str,
        purpose: DisclosurePurpose,
        file: str | os.PathLike[str],
        *,
        encoding: str = "cp932",
        return_by: AnyDate | None = None,
        progress: Progress | None = None,
    ) -> DisclosureReport:
        """Writes a CSV file of the people disclosed to the organisation for that purpose today.

        It is recorded first: a file without a record is never there. Exists when the file is there
        already; Reauthenticate unless the officer proved not long ago who it is.
        """
        options = DisclosureOptions(encoding=encoding, return_by=return_by)
        return self._make(receiver, purpose, file, options, progress)

    def list(self, filter: DisclosureFilter | None = None, /, *, receiver: str = "",
             overdue: bool = False) -> Pages[Disclosure]:
        """What was handed out, newest first: `list(overdue=True)`."""
        wanted = filter or DisclosureFilter(receiver=receiver, overdue=overdue)
        return Pages(lambda after, size: self._list(wanted, after, size))

    def visible(self, filter: DisclosedFilter | None = None, /,
                **known: str) -> Pages[DisclosedLine]:
        """For members of a receiver: whom it may see, by reading. Keywords: district, text."""
        wanted = filter_of(DisclosedFilter, filter, known)
        return Pages(lambda after, size: self._visible(wanted, after, size))
