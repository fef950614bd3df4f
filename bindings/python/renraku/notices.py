"""What the member is told."""

from . import _renraku
from .page import Pages, filter_of
from .records import Notice, NoticeFilter


class Notices(_renraku.Notices):
    """The member's own notices; nobody sees those of others."""

    def list(self, filter: NoticeFilter | None = None, /, **known: bool) -> Pages[Notice]:
        """Newest first: `list(unread=True)`. The keywords are the fields of NoticeFilter."""
        wanted = filter_of(NoticeFilter, filter, known)
        return Pages(lambda after, size: self._list(wanted, after, size))
