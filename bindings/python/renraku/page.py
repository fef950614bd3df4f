"""Lists come in pages."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Filter = TypeVar("Filter")

#: How many items a page holds unless it is said otherwise, and the most it can hold.
PAGE_SIZE = 50
PAGE_SIZE_MAX = 200


class Page(NamedTuple, Generic[Item]):
    """Some items, and where the list goes on: `next` is empty at its end."""

    items: list[Item]
    next: str


class Pages(Generic[Item]):
    """A list that is fetched page by page while it is gone through.

    Each page is one act: who goes through the list is in the journal as having seen the pages that
    were fetched, and no others. Iterating again starts again.
    """

    def __init__(self, fetch: Callable[[str, int], Page[Item]], size: int = PAGE_SIZE) -> None:
        self._fetch = fetch
        self._size = size

    def __iter__(self) -> Iterator[Item]:
        after, more = "", True
        while more:
            items, after = self._fetch(after, self._size)
            yield from items
            more = after != ""

    def page(self, *, after: str = "", size: int = PAGE_SIZE) -> Page[Item]:
        """One page; `after` is the `next` of the page before."""
        return self._fetch(after, size)

    def by(self, size: int) -> "Pages[Item]":
        """The same list, fetched `size` items at a time."""
        return Pages(self._fetch, size)


def filter_of(kind: type[Filter], given: Filter | None, known: dict[str, Any]) -> Filter:
    """The filter that was given, or one made of keywords."""
    if given is None:
        return kind(**known)
    if known:
        raise TypeError(f"give a {kind.__name__} or keywords, not both")
    return given
