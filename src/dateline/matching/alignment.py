"""Which word of one passage answers to which word of the other."""

from bisect import bisect_left
from functools import cached_property

from rapidfuzz.fuzz import ratio

from dateline.matching.profile import FLOOR, Profile

ALIKE = 80.0
"""From this likeness (0..100, rapidfuzz) on, two rare unmatched words are one word spelt twice."""
ALIKE_COUNTS = 0.8


class Alignment:
    """Words of ``a`` paired with words of ``b``: equal keys first, then rare words spelt nearly alike.

    ``pairs`` are word indices in order of ``a``. Nothing in the figures depends on which passage is ``a``.
    """

    def __init__(self, a: Profile, b: Profile) -> None:
        self.a, self.b = a, b
        places = b.places
        equal: list[tuple[int, int]] = []
        for key, mine in a.places.items():
            theirs = places.get(key)
            if theirs:
                if len(mine) == len(theirs) or key in a.glue:
                    equal.extend(zip(mine, theirs))  # noqa: B905 - the first of the more answer to the fewer
                elif len(mine) < len(theirs):
                    equal.extend(_by_neighbours(a, b, mine, theirs))
                else:
                    equal.extend((i, j) for j, i in _by_neighbours(b, a, theirs, mine))
        equal.sort()
        self.equal = tuple(equal)
        self.respelt = self._respelt()
        self.pairs = tuple(sorted(self.equal + self.respelt))

    def _respelt(self) -> tuple[tuple[int, int], ...]:
        left = self._rare(self.a, {i for i, _ in self.equal})
        right = self._rare(self.b, {j for _, j in self.equal}) if left else {}
        likely = []
        for key, i in left.items():
            start, end = key[0], key[-2:]
            for other, j in right.items():
                if start == other[0] or other.endswith(end):
                    likeness = ratio(key, other, score_cutoff=ALIKE)
                    if likeness:
                        likely.append((-likeness, min(key, other), max(key, other), i, j))
        used_a: set[int] = set()
        used_b: set[int] = set()
        found: list[tuple[int, int]] = []
        for *_, i, j in sorted(likely):
            if i not in used_a and j not in used_b:
                used_a.add(i)
                used_b.add(j)
                found.append((i, j))
        return tuple(found)

    @staticmethod
    def _rare(profile: Profile, matched: set[int]) -> dict[str, int]:
        return {key: i for i, key in profile.rare if i not in matched}

    @cached_property
    def shared(self) -> float:
        """The rarity of the words shared; a word spelt twice counts for most of its weight."""
        exact = sorted(self.a.weights[i] for i, _ in self.equal)
        alike = sorted(min(self.a.weights[i], self.b.weights[j]) for i, j in self.respelt)
        return sum(exact) + ALIKE_COUNTS * sum(alike)

    @cached_property
    def mass(self) -> float:
        """The rarity shared plus FLOOR for each word paired: comparable with ``Profile.mass``."""
        return self.shared + FLOOR * len(self.pairs)

    @cached_property
    def containments(self) -> tuple[float, float]:
        """The share of the longer and of the shorter passage's mass that is found in the other, 0..1."""
        small, large = sorted((self.a.mass, self.b.mass))
        return (min(1.0, self.mass / large), min(1.0, self.mass / small)) if small else (0.0, 0.0)

    @cached_property
    def order(self) -> float:
        """The share of paired words that stand in the same order (longest increasing run), 0..1."""
        tails: list[int] = []
        for _, j in self.pairs:
            at = bisect_left(tails, j)
            tails[at : at + 1] = [j]
        return len(tails) / len(self.pairs) if self.pairs else 0.0

    @cached_property
    def longest(self) -> int:
        """The number of words in the longest stretch that both passages hold word for word."""
        best = 0
        before: dict[int, int] = {}
        where = self.b.places
        for key in self.a.keys:
            here = {j: before.get(j - 1, 0) + 1 for j in where.get(key, ())}
            best = max(best, max(here.values(), default=0))
            before = here
        return best

    @cached_property
    def unmasked(self) -> tuple[float, float]:
        """Rarity shared outside quotations and lists, names aside, and the smaller passage's rarity there."""
        shared = sorted(
            min(self.a.weights[i], self.b.weights[j])
            for i, j in self.pairs
            if i not in self.a.masked and j not in self.b.masked and not (self.a.named[i] or self.b.named[j])
        )
        return sum(shared), min(self.a.outside, self.b.outside)

    @cached_property
    def same(self) -> tuple[frozenset[int], frozenset[int]]:
        """The words of each passage whose key the other has in their place."""
        return frozenset(i for i, _ in self.equal), frozenset(j for _, j in self.equal)

    @cached_property
    def alone(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The words of each passage that answer to none in the other."""
        mine = {i for i, _ in self.pairs}
        theirs = {j for _, j in self.pairs}
        return (
            tuple(i for i in range(len(self.a.keys)) if i not in mine),
            tuple(j for j in range(len(self.b.keys)) if j not in theirs),
        )


def _by_neighbours(few: Profile, many: Profile, some: list[int], others: list[int]) -> list[tuple[int, int]]:
    """Each of some places of a word with one of its more numerous places in another text: that with like neighbours."""
    free = list(others)
    pairs = []
    for i in some:
        around = set(few.keys[max(0, i - 1) : i + 2])
        best = max(free, key=lambda j: (len(around.intersection(many.keys[max(0, j - 1) : j + 2])), -j))
        free.remove(best)
        pairs.append((i, best))
    return pairs
