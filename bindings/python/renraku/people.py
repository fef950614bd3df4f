"""Residents: find, view, change, protect, and let a member see a protected place."""

from . import _renraku
from .page import Pages, filter_of
from .record import AnyDate
from .records import Person, PersonFilter, PlaceGrant


class People(_renraku.People):
    """The residents whom the store knows."""

    def find(self, filter: PersonFilter | None = None, /, **known: str) -> Pages[Person]:
        """People by reading: `find(phone="0297-00-0001")`, `find(name="高崎", kana="たかさき")`.

        The keywords are the fields of PersonFilter, each of which must fit, in any spelling.
        Missing for an empty filter, Invalid for a birth date or phone that is none.
        """
        wanted = filter_of(PersonFilter, filter, known)
        return Pages(lambda after, size: self._find(wanted, after, size))

    def grant_place(self, person: str, member: str, *, until: AnyDate, reason: str) -> PlaceGrant:
        """A named officer lets one member of the care team see a protected person's place.

        The same officer's grant to the same member that stands is revoked. Invalid (field "member") for somebody who
        is not in the team, (field "until") for a day that is past or more than ninety days ahead;
        Missing without a reason.
        """
        return self._grant_place(person, member, until, reason)

    def place_grants(self, person: str) -> Pages[PlaceGrant]:
        """All that were ever given, in the order they were; who was given one sees the own."""
        return Pages(lambda after, size: self._place_grants(person, after, size))
