"""Which word of one passage answers to which word of the other."""

from bisect import bisect_left
from functools import cached_property

from rapidfuzz.fuzz import ratio

from dateline.matching.profile import FLOOR, TELLING, Profile
from dateline.matching.synonyms import synonyms

ALIKE = 80.0
"""From this likeness (0..100, rapidfuzz) on, two rare unmatched words are one word spelt twice."""
ALIKE_COUNTS = 0.8
SYNONYM_COUNTS = 0.6
"""How much of its weight a word counts for that stands for another: two tellers may choose different words too."""


class Alignment:
    """Words of ``a`` paired with words of ``b``: equal keys, then rare words spelt nearly alike, then synonyms.

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
        self.synonymous = self._synonymous()
        self.pairs = tuple(sorted(self.equal + self.respelt + self.synonymous))

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

    def _synonymous(self) -> tuple[tuple[int, int], ...]:
        """Words that stand for one another: of several the one that stands likest in its passage."""
        a, b = self.a, self.b
        groups = synonyms()
        mine = _meant(a, {i for pairs in (self.equal, self.respelt) for i, _ in pairs})
        theirs = _meant(b, {j for pairs in (self.equal, self.respelt) for _, j in pairs}) if mine else {}
        likely = [
            (abs(i * len(b.keys) - j * len(a.keys)), i + j, i, j)
            for key, some in mine.items()
            for other in groups[key] & theirs.keys()
            for i in some
            for j in theirs[other]
        ]
        likely.sort()
        used_a: set[int] = set()
        used_b: set[int] = set()
        found: list[tuple[int, int]] = []
        for *_, i, j in likely:
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
        """The rarity of the words shared; a word spelt twice counts for most of its weight, a synonym for less."""
        exact = sorted(self.a.weights[i] for i, _ in self.equal)
        alike = sorted(min(self.a.weights[i], self.b.weights[j]) for i, j in self.respelt)
        meant = sorted(min(self.a.weights[i], self.b.weights[j]) for i, j in self.synonymous)
        return sum(exact) + ALIKE_COUNTS * sum(alike) + SYNONYM_COUNTS * sum(meant)

    @cached_property
    def mass(self) -> float:
        """The rarity shared plus FLOOR for each word paired: comparable with ``Profile.mass``."""
        return self.shared + FLOOR * (len(self.pairs) - (1 - SYNONYM_COUNTS) * len(self.synonymous))

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
    def told(self) -> tuple[float, float]:
        """Rarity shared beside quotations, lists, names and figures, and what the smaller passage has of it."""
        mine, theirs = self.a.plain, self.b.plain
        shared = sorted(min(self.a.weights[i], self.b.weights[j]) for i, j in self.pairs if i in mine and j in theirs)
        return sum(shared), min(self.a.told, self.b.told)

    @cached_property
    def same(self) -> tuple[frozenset[int], frozenset[int]]:
        """The words of each passage whose key the other has in their place."""
        return frozenset(i for i, _ in self.equal), frozenset(j for _, j in self.equal)

    @cached_property
    def meant(self) -> tuple[frozenset[int], frozenset[int]]:
        """The words of each passage for which the other has a synonym."""
        return frozenset(i for i, _ in self.synonymous), frozenset(j for _, j in self.synonymous)

    @cached_property
    def alone(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The words of each passage that answer to none in the other."""
        mine = {i for i, _ in self.pairs}
        theirs = {j for _, j in self.pairs}
        return (
            tuple(i for i in range(len(self.a.keys)) if i not in mine),
            tuple(j for j in range(len(self.b.keys)) if j not in theirs),
        )


def _meant(profile: Profile, paired: set[int]) -> dict[str, list[int]]:
    """Where the telling words of a passage stand that have synonyms and are not yet paired."""
    groups = synonyms()
    left: dict[str, list[int]] = {}
    for i, key in enumerate(profile.keys):
        if i not in paired and key in groups and profile.weights[i] > TELLING:
            left.setdefault(key, []).append(i)
    return left


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
