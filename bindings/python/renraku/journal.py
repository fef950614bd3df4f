"""The journal as a member may read it."""

import os

from . import _renraku
from .page import Pages, filter_of
from .records import JournalEntry, JournalFilter, JournalReport


class Journal(_renraku.Journal):
    """Who did what, when, in what capacity, about whom."""

    def list(self, filter: JournalFilter | None = None, /, **known: str) -> Pages[JournalEntry]:
        """Newest first, without the changed fields: `list(subject=person.id)`.

        The keywords are the fields of JournalFilter.
        """
        wanted = filter_of(JournalFilter, filter, known)
        return Pages(lambda after, size: self._list(wanted, after, size))

    def history(self, subject: str) -> Pages[JournalEntry]:
        """Every change of one person and of the records about that person, oldest first."""
        return Pages(lambda after, size: self._history(subject, after, size))

    def lookers(self, subject: str) -> Pages[JournalEntry]:
        """Who has looked at, or changed, one person or patient, or oneself; newest first."""
        return Pages(lambda after, size: self._lookers(subject, after, size))

    def verify(self, *, witness: str | os.PathLike[str] | None = None) -> JournalReport:
        """Proves all chains of the store, with its own witness or with that file as one."""
        return self._verify(witness)
