"""Pairing keyed rows with found ones, one to one, and the measures that follow from the pairs."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from benchmarks.common import Measure, bootstrap
from dateline.model.span import Span

F = TypeVar("F")


class Keyed(Protocol):
    """A row of a key; some kinds of row can be optional."""


K = TypeVar("K", bound=Keyed)


class Paired(Struct, Generic[K, F], frozen=True):
    """Keyed rows met by a found one, keyed rows missed, found rows that meet none.

    Optional keyed rows, and the found rows that meet them, are in none of the three.
    """

    pairs: tuple[tuple[K, F], ...]
    missed: tuple[K, ...]
    false: tuple[F, ...]


def optional(row: object) -> bool:
    """Whether a row of a key is a border case."""
    return bool(getattr(row, "optional", False))


def pair(keyed: Sequence[K], found: Sequence[F], likeness: Callable[[K, F], float]) -> Paired[K, F]:
    """Pair the rows whose likeness is above 0, the likest first; rows that must be found go before optional ones.

    >>> met = pair(["arden", "orrin"], ["orin", "arden"], lambda k, f: float(k[0] == f[0]))
    >>> met.pairs, met.missed, met.false
    ((('arden', 'arden'), ('orrin', 'orin')), (), ())
    """
    ranked = sorted(
        (optional(k), -like, i, j)
        for i, k in enumerate(keyed)
        for j, f in enumerate(found)
        if (like := likeness(k, f)) > 0
    )
    of_keyed: dict[int, int] = {}
    of_found: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in of_keyed and j not in of_found:
            of_keyed[i], of_found[j] = j, i
    return Paired(
        pairs=tuple((keyed[i], found[j]) for i, j in sorted(of_keyed.items()) if not optional(keyed[i])),
        missed=tuple(k for i, k in enumerate(keyed) if i not in of_keyed and not optional(k)),
        false=tuple(f for j, f in enumerate(found) if j not in of_found),
    )


def without(paired: Paired[K, F], neutral: Callable[[F], bool]) -> Paired[K, F]:
    """The same pairs without the false alarms that count neither way."""
    return Paired(paired.pairs, paired.missed, tuple(f for f in paired.false if not neutral(f)))


def precision_recall(
    name: str, paired: Paired[K, F], right: Callable[[K, F], bool] | None = None
) -> tuple[tuple[str, list[bool]], tuple[str, list[bool]]]:
    """What precision and recall rest on; a pair that is not ``right`` is both a false alarm and a miss."""
    hits = [right is None or right(k, f) for k, f in paired.pairs]
    return (
        (f"{name}: precision", hits + [False] * len(paired.false)),
        (f"{name}: recall", hits + [False] * len(paired.missed)),
    )


def share(name: str, hits: Sequence[float], note: str = "") -> Measure:
    """How many of the items are hits, or the mean of numbers, with its interval over the items."""
    value, low, high = bootstrap(hits, lambda sample: sum(sample) / len(sample))
    return Measure(name=name, value=value, low=low, high=high, n=len(hits), note=note)


def overlap(one: Span, other: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def closeness(one: Span, other: Span) -> float:
    """Shared code points over those of either, 0 where they do not meet."""
    shared = overlap(one, other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
