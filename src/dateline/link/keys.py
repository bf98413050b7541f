"""Which passages are worth comparing: an inverted index over their rarest words, never all against all.

The keys of a passage depend on the passage and the frozen rarity table alone; an overfull key is refined by a
further word of the same passages. So what is compared does not depend on the order of arrival.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

from dateline.matching.profile import Profile

RAREST = 7
"""How many of a passage's rarest words make its keys: all unordered pairs of them."""
SHINGLE = 5
"""Words in a hashed run; of WINNOW neighbouring runs the smallest hash is kept (winnowing, Schleimer 2003)."""
WINNOW = 8
CROWDED = 24
"""A key under which more passages stand is refined by each of their other rare words."""
DEEPEST = 5
"""The most words in a refined key; one still overfull there links each passage to its nearest CROWDED in order."""
WORTH = 1.4
"""The least rarity of a word that may make a key."""

Key = tuple[str, ...]


def rarest(profile: Profile) -> tuple[str, ...]:
    """The rarest distinct keys of a passage, rarest first, ties in order of the alphabet."""
    ranked = sorted({(-w, k) for k, w in zip(profile.keys, profile.weights, strict=True) if w >= WORTH})
    return tuple(key for _, key in ranked[:RAREST])


def shingles(profile: Profile) -> frozenset[str]:
    """Winnowed hashes of runs of words: what verbatim copies share."""
    runs = [
        blake2b(" ".join(profile.keys[i : i + SHINGLE]).encode(), digest_size=8).hexdigest()
        for i in range(len(profile.keys) - SHINGLE + 1)
    ]
    return frozenset(min(runs[i : i + WINNOW]) for i in range(max(0, len(runs) - WINNOW + 1)))


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of indices worth comparing, each once, in order."""
    words = [rarest(profile) for profile in profiles]
    index: dict[Key, list[int]] = {}
    for i, keys in enumerate(words):
        for pair in combinations(sorted(keys), 2):
            index.setdefault(pair, []).append(i)
    for i, profile in enumerate(profiles):
        for shingle in shingles(profile):
            index.setdefault((shingle,), []).append(i)
    pairs: set[int] = set()
    many = len(profiles)
    for key, members in index.items():
        if len(members) > 1:
            pairs.update(x * many + y for x, y in _pairs(key, members, words))
    for code in sorted(pairs):
        yield divmod(code, many)


def _pairs(key: Key, members: list[int], words: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    if len(members) <= CROWDED:
        return combinations(members, 2)
    if len(key) >= DEEPEST:
        return ((x, y) for at, x in enumerate(members) for y in members[at + 1 : at + CROWDED])
    finer: dict[Key, list[int]] = {}
    for i in members:
        # Only words after the last of the key, so that each finer key is reached once.
        for word in words[i]:
            if word > key[-1] or len(key) == 1:
                finer.setdefault((*key, word), []).append(i)
    return (pair for longer, fewer in finer.items() if len(fewer) > 1 for pair in _pairs(longer, fewer, words))
