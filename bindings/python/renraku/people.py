"""Residents: find, view, change, protect."""

from . import _renraku
from .page import Pages, filter_of
from .records import Person, PersonFilter


class People(_renraku.People):
    """The residents whom the store knows."""

    def find(self, filter: PersonFilter | None = None, /, **known: str) -> Pages[Person]:
        """People by reading: `find(phone="0297-00-0001")`, `find(name="高崎", kana="たかさき")`.

        The keywords are the fields of PersonFilter, each of which must fit, in any spelling.
        Missing for an empty filter, Invalid for a birth date or phone that is none.
        """
        wanted = filter_of(PersonFilter, filter, known)
        return Pages(lambda after, size: self._find(wanted, after, size))
