"""A text as two texts are compared by: its words as keys with their weights."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache

from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.span import Span

_QUOTED = re.compile(r"[“\"„”]([^“”\"„]{12,})[”\"“]|''((?:[^']|'(?!')){12,})''|‘((?:[^‘’]|’(?=\w)){12,})’")
_MARKS = ("“", "”", '"', "‘", "''")
_LIST = re.compile(r"[A-Z][\w’'-]+(?:[,.] (?:and )?[A-Z][\w’'-]+){2,}(?:,? and [A-Z][\w’'-]+)?")
QUOTED_WORDS = 4
"""From how many words on a stretch between quotation marks counts as a quotation."""
FLOOR = 2.0
"""What every word weighs beside its rarity: in short texts the small words tell copies from mere kin."""
TELLING = 0.3
"""Below this rarity a word is glue ("the", "say", "after") and is left out of skip-bigrams."""
WINDOW = 4
"""How many telling words on a skip-bigram reaches."""


class Profile:
    """The words of a text: keys, spans, rarities, and marks for names, numbers and quotations.

    ``weights`` are rarities (0 for the commonest words), ``mass`` their sum plus FLOOR a word. Treat as
    immutable; profiles are shared and remembered.
    """

    __slots__ = ("__dict__", "bag", "ends", "keys", "mass", "rarity", "starts", "text", "weights")

    def __init__(self, text: str) -> None:
        starts, ends, keys, weights = [], [], [], []
        for word in WORD.finditer(text):
            key, weight = _known(word.group())
            starts.append(word.start())
            ends.append(word.end())
            keys.append(key)
            weights.append(weight)
        self._fill(text, starts, ends, keys, weights)

    def _fill(
        self, text: str, starts: list[int], ends: list[int], keys: Sequence[str], weights: Sequence[float]
    ) -> None:
        self.text = text
        self.starts, self.ends = tuple(starts), tuple(ends)
        self.keys, self.weights = tuple(keys), tuple(weights)
        self.bag: dict[str, int] = {}
        for key in keys:
            self.bag[key] = self.bag.get(key, 0) + 1
        self.rarity = sum(sorted(weights))
        self.mass = self.rarity + FLOOR * len(keys)

    def part(self, span: Span) -> "Profile":
        """The profile of a stretch of the text, without reading its words again."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        part = Profile.__new__(Profile)
        part._fill(
            span.of(self.text),
            [start - span.start for start in self.starts[first:last]],
            [end - span.start for end in self.ends[first:last]],
            self.keys[first:last],
            self.weights[first:last],
        )
        return part

    @cached_property
    def telling(self) -> frozenset[str]:
        """The keys that are not glue."""
        return frozenset(key for key, weight in zip(self.keys, self.weights, strict=True) if weight > TELLING)

    @cached_property
    def named(self) -> tuple[bool, ...]:
        """Which words are written as names: a capital that does not come from opening a sentence."""
        return tuple(_capital(self.text, start) for start in self.starts)

    @cached_property
    def masked(self) -> frozenset[int]:
        """The words in quotations and bare lists of names, which two tellers may share with no copying."""
        inside: set[int] = set()
        patterns = [_QUOTED] if any(mark in self.text for mark in _MARKS) else []
        for pattern in (*patterns, _LIST):
            for match in pattern.finditer(self.text):
                words = range(bisect_left(self.starts, match.start()), bisect_left(self.starts, match.end()))
                if len(words) >= QUOTED_WORDS:
                    inside.update(words)
        return frozenset(inside)

    @cached_property
    def bigrams(self) -> dict[tuple[str, str], float]:
        """Unordered pairs of telling keys that stand near each other, with their rarity."""
        telling = [(key, weight) for key, weight in zip(self.keys, self.weights, strict=True) if weight > TELLING]
        pairs: dict[tuple[str, str], float] = {}
        for i, (key, weight) in enumerate(telling):
            for other, more in telling[i + 1 : i + 1 + WINDOW]:
                if key != other:
                    pairs[(key, other) if key < other else (other, key)] = weight + more
        return pairs

    def word(self, i: int) -> str:
        """The i-th word as written."""
        return self.text[self.starts[i] : self.ends[i]]


def _capital(text: str, start: int) -> bool:
    if not text[start].isupper():
        return False
    before = text[max(0, start - 3) : start].rstrip(" \"“‘'(")
    return bool(before) and before[-1] not in ".!?:•\n" and start > 1


@lru_cache(maxsize=200_000)
def _known(word: str) -> tuple[str, float]:
    key = key_of(word)
    return key, weight_of(key)


@lru_cache(maxsize=4096)
def profile_of(text: str) -> Profile:
    """The profile of a text, remembered."""
    return Profile(text)
