"""What all records have in common, and dates that are not known to the day."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A month or a year: 1940-03, or 1940 where `month` is None. Its str() is ISO text."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"


#: A calendar day as `datetime.date`, or what is known of it. str() of both is ISO text, by which
#: they can be sorted together.
AnyDate = date | PartialDate


class Record:
    """A dataclass whose fields are those of the C++ record of the same name."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON has it: dates and times as ISO text, records as dicts.

        A field that Python spells with an underscore (`from_`) has its own name here (`from`).
        """
        names = [field.name for field in fields(self)]
        return {name.rstrip("_"): _plain(getattr(self, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, (date, PartialDate)):
        return str(value)
    return value
