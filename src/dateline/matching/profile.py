"""A text as two texts are compared by: its words as keys with their weights."""

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of

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

    ``weights`` are rarities (0 for the commonest words), ``mass`` their sum plus FLOOR a word. ``masked`` are the
    words in quotations and bare lists of names, which two tellers may share with no copying.
    Treat as immutable; profiles are shared and remembered.
    """

    __slots__ = ("bag", "ends", "keys", "masked", "mass", "named", "rarity", "starts", "text", "weights")

    def __init__(self, text: str) -> None:
        words = list(WORD.finditer(text))
        self.text = text
        self.keys = tuple(key_of(word.group()) for word in words)
        self.starts = tuple(word.start() for word in words)
        self.ends = tuple(word.end() for word in words)
        self.weights = tuple(weight_of(key) for key in self.keys)
        self.named = tuple(_capital(text, word) for word in words)
        self.masked = self._mask(text)
        self.bag = Counter(self.keys)
        self.rarity = sum(sorted(self.weights))
        self.mass = self.rarity + FLOOR * len(self.keys)

    def _mask(self, text: str) -> frozenset[int]:
        inside: set[int] = set()
        patterns = [_QUOTED] if any(mark in text for mark in _MARKS) else []
        for pattern in (*patterns, _LIST):
            for match in pattern.finditer(text):
                words = range(bisect_left(self.starts, match.start()), bisect_left(self.starts, match.end()))
                if len(words) >= QUOTED_WORDS:
                    inside.update(words)
        return frozenset(inside)

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


def _capital(text: str, word: re.Match[str]) -> bool:
    """Whether a word is written as a name: a capital that does not come from opening a sentence."""
    start = word.start()
    if not text[start].isupper():
        return False
    before = text[max(0, start - 3) : start].rstrip(" \"“‘'(")
    return bool(before) and before[-1] not in ".!?:•\n" and start > 1


@lru_cache(maxsize=4096)
def profile_of(text: str) -> Profile:
    """The profile of a text, remembered."""
    return Profile(text)
