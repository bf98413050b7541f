"""Whether a later report took its words from an earlier one, or both took them from a third.

As with manuscripts, that two copies agree shows a common source, and being alike shows no more. What shows that one
was copied from the other is what that one brought in: words that its own sources lack.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from dateline.link.credits import Credits
from dateline.link.wording import LEAST_RARITY
from dateline.matching.profile import RARE, Profile
from dateline.model.links import Copy
from dateline.model.vocab import Direction

WITNESSES = 3
"""So many reports, those that share most with the later one, are asked whose the words are."""
TWICE = 2.0
"""How many times the rarity of what it holds of others a report must hold of the one that it follows."""

Pair = tuple[str, str]
Words = dict[str, float]


class Descent:
    """The words that reports copied from one another, and who was there first.

    An answer on two reports depends on them, on the reports that share copies with both, and on nothing else.
    """

    def __init__(self, text_of: Callable[[str], str], by_pair: Mapping[Pair, Sequence[Copy]], credit: Credits) -> None:
        self._before: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, dict[str, float]] = defaultdict(dict)
        for (a, b), group in by_pair.items():
            direction, _ = credit.direction(a, b)
            if direction is not Direction.UNKNOWN:
                child, parent = (a, b) if direction is Direction.A_FROM_B else (b, a)
                self._before[child].add(parent)
            self._near[a][b] = sum(len(copy.a.span) for copy in group)
            self._near[b][a] = sum(len(copy.b.span) for copy in group)
        read = lru_cache(maxsize=None)(lambda id: Profile(text_of(id)))
        self._keys = lru_cache(maxsize=None)(lambda id: frozenset(read(id).keys))
        self._copied = lru_cache(maxsize=None)(
            lambda report, other: _in_both(report, read(report), by_pair[_pair(report, other)])
        )

    def doubt(self, child: str, parent: str) -> str | None:
        """Why a report need not follow one that was there before it; None where nothing speaks against that.

        Where both follow others, it must hold words of that one's own, which the others lack: a rare one at least,
        and well more than it holds of theirs that that one lacks. Where the place of others in time is unknown,
        these must not be closer to it than that one is.
        """
        shared = sorted(self._near[child].keys() & self._near[parent].keys(), key=lambda x: (-self._near[child][x], x))
        first = [x for x in shared if x in self._before[child] and x in self._before[parent]][:WITNESSES]
        if first:
            own, theirs = self._weighed(child, parent, first)
            if own < RARE + TWICE * theirs:
                few = "too few" if own else "no"
                return f"both follow {' and '.join(first)}, and {child} holds {few} words of {parent}'s own"
        loose = [x for x in shared if self._unplaced(x, child, parent)][:WITNESSES]
        if loose:
            own, theirs = self._weighed(child, parent, loose)
            if theirs >= LEAST_RARITY and theirs > own:
                return f"closer to {' and '.join(loose)}, which may be the source of both"
        return None

    def _unplaced(self, other: str, child: str, parent: str) -> bool:
        """Whether a report may have been there before two others, and is not known to have been before both."""
        if child in self._before[other] or parent in self._before[other]:
            return False
        return not (other in self._before[child] and other in self._before[parent])

    def _weighed(self, child: str, parent: str, others: Sequence[str]) -> tuple[float, float]:
        """The rarity of a report's copied words that only ``parent`` has, and of those that only the others have."""
        mine, theirs = self._keys(parent), frozenset[str]().union(*map(self._keys, others))
        copied = self._copied(child, parent)
        own = {key: copied[key] for key in (copied.keys() & mine) - theirs}
        beyond: Words = {}
        for copied in (self._copied(child, one) for one in (parent, *others)):
            beyond.update((key, copied[key]) for key in (copied.keys() & theirs) - mine)
        return sum(sorted(own.values())), sum(sorted(beyond.values()))


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _in_both(report: str, words: Profile, group: Iterable[Copy]) -> Words:
    """The words of a report in the stretches that these copies share, with their rarities."""
    shared: Words = {}
    for span in {site.span for copy in group for site in (copy.a, copy.b) if site.report == report}:
        first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
        shared.update(zip(words.keys[first:last], words.weights[first:last], strict=True))
    return shared
