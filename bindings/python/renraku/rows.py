"""Rows of cells out of whatever a program holds a roster in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any, Protocol

from .errors import Invalid


class Frame(Protocol):
    """A pandas DataFrame, as far as it is used here."""

    @property
    def columns(self) -> Any: ...
    def itertuples(self, index: bool = ..., name: Any = ...) -> Iterable[Any]: ...


class Sheet(Protocol):
    """An openpyxl worksheet, as far as it is used here."""

    def iter_rows(self, *, values_only: bool) -> Iterable[Any]: ...


Table = Iterable[Mapping[str, object]] | Frame | Sheet | Any


def cells_of(rows: Table) -> Iterator[Sequence[object]]:
    """Rows of cells, the headers first."""
    if hasattr(rows, "itertuples") and hasattr(rows, "columns"):
        return chain([list(rows.columns)], rows.itertuples(index=False, name=None))
    if hasattr(rows, "iter_rows"):
        return iter(rows.iter_rows(values_only=True))
    return _cells_of_mappings(rows)


def _cells_of_mappings(rows: Iterable[Mapping[str, object]]) -> Iterator[list[object]]:
    """The first mapping's keys are the headers; a later one may lack some, but bring no others."""
    headers: list[str] | None = None
    for line, row in enumerate(rows, start=2):
        if not isinstance(row, Mapping):
            raise TypeError("import_rows takes mappings, a DataFrame or an openpyxl worksheet")
        if headers is None:
            headers = list(row)
            yield list(headers)
        cells = [row.get(header) for header in headers]
        if len(row) > sum(header in row for header in headers):
            raise Invalid(f"row {line} has a key that the first row lacks: give every row the "
                          "same keys", "columns")
        yield cells


def cell_text(value: Any) -> str:
    """A cell that is no text as a CSV file would have it."""
    if _is_nothing(value):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _is_nothing(value: Any) -> bool:
    """NaN and NaT differ from themselves; pandas.NA can't even be asked."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:
        return True
