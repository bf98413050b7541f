"""Which word of one passage answers to which word of the other."""

from bisect import bisect_left
from functools import cached_property

from rapidfuzz.fuzz import ratio

from dateline.matching.profile import FLOOR, Profile

ALIKE = 80.0
"""From this likeness (0..100, rapidfuzz) on, two rare unmatched words are one word spelt twice."""
ALIKE_COUNTS = 0.8
RARE = 2.6
LONG = 5


class Alignment:
    """Words of ``a`` paired with words of ``b``: equal keys first, then rare words spelt nearly alike.

    ``pairs`` are word indices in order of ``a``. Nothing in the figures depends on which passage is ``a``.
    """

    def __init__(self, a: Profile, b: Profile) -> None:
        self.a, self.b = a, b
        places: dict[str, list[int]] = {}
        for j, key in enumerate(b.keys):
            places.setdefault(key, []).append(j)
        taken: dict[str, int] = {}
        equal: list[tuple[int, int]] = []
        for i, key in enumerate(a.keys):
            nth = taken.get(key, 0)
            if key in places and nth < len(places[key]):
                equal.append((i, places[key][nth]))
                taken[key] = nth + 1
        self.equal = tuple(equal)
        self.respelt = self._respelt()
        self.pairs = tuple(sorted(self.equal + self.respelt))

    def _respelt(self) -> tuple[tuple[int, int], ...]:
        left = self._rare(self.a, {i for i, _ in self.equal})
        right = self._rare(self.b, {j for _, j in self.equal})
        likely = []
        for key, i in left.items():
            for other, j in right.items():
                if key[0] == other[0] or key[-2:] == other[-2:]:
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
        return {
            key: i
            for i, (key, weight) in enumerate(zip(profile.keys, profile.weights, strict=True))
            if weight >= RARE and len(key) >= LONG and i not in matched and not key[0].isdigit()
        }

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
        where: dict[str, list[int]] = {}
        for j, key in enumerate(self.b.keys):
            where.setdefault(key, []).append(j)
        for key in self.a.keys:
            here = {j: before.get(j - 1, 0) + 1 for j in where.get(key, ())}
            best = max(best, max(here.values(), default=0))
            before = here
        return best

    @cached_property
    def unmasked(self) -> tuple[float, float]:
        """Rarity shared outside quotations and lists, and the smaller passage's rarity outside them."""
        shared = sorted(
            min(self.a.weights[i], self.b.weights[j])
            for i, j in self.pairs
            if i not in self.a.masked and j not in self.b.masked
        )
        return sum(shared), min(_outside(self.a), _outside(self.b))

    @cached_property
    def alone(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The words of each passage that answer to none in the other."""
        mine = {i for i, _ in self.pairs}
        theirs = {j for _, j in self.pairs}
        return (
            tuple(i for i in range(len(self.a.keys)) if i not in mine),
            tuple(j for j in range(len(self.b.keys)) if j not in theirs),
        )


def _outside(profile: Profile) -> float:
    return sum(w for i, w in enumerate(profile.weights) if i not in profile.masked)
