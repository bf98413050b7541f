"""Groups of what is tied, directly or through others."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


T = TypeVar("T", bound=_Ordered)


def tied(items: Iterable[T], ties: Iterable[tuple[T, T]]) -> dict[T, T]:
    """Each item with the smallest of its group; items of a tie that were not given are taken too.

    >>> tied("abcd", [("d", "b"), ("c", "d")])
    {'a': 'a', 'b': 'b', 'c': 'b', 'd': 'b'}
    """
    first: dict[T, T] = {item: item for item in items}

    def find(item: T) -> T:
        root = first.setdefault(item, item)
        while first[root] != root:
            root = first[root]
        while first[item] != root:
            first[item], item = root, first[item]
        return root

    for a, b in ties:
        x, y = find(a), find(b)
        if x != y:
            first[max(x, y)] = min(x, y)
    return {item: find(item) for item in first}
