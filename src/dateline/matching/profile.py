"""A text as two texts are compared by: its words as keys with their weights."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache

from dateline.matching.sentences import sentences
from dateline.matching.stems import WORD
from dateline.matching.words import word_of
from dateline.model.span import Span

_QUOTED = re.compile(r"[“\"„”]([^“”\"„]{12,})[”\"“]|''((?:[^']|'(?!')){12,})''|‘((?:[^‘’]|’(?=\w)){12,})’")
_MARKS = ("“", "”", '"', "‘", "''")
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_LIST = re.compile(rf"{_NAME}(?:[,.] (?:and )?{_NAME}){{2,}}(?:,? and {_NAME})?")
QUOTED_WORDS = 4
"""From how many words on a stretch between quotation marks counts as a quotation."""
FLOOR = 2.0
"""What every word weighs beside its rarity: in short texts the small words tell copies from mere kin."""
TELLING = 0.3
"""Below this rarity a word is glue ("the", "say", "after") and is left out of skip-bigrams."""
RARE = 2.6
LONG = 5
"""From this rarity and length on, a word may be known by its letters though it is spelt otherwise."""
OPENING = 1.4
"""From this rarity on a capital that opens a sentence before a name is part of the name."""
UNLISTED = 4.6
"""The rarity of words that stand in no list."""
WINDOW = 4
"""How many telling words on a skip-bigram reaches."""


class Profile:
    """The words of a text: keys, spans, rarities, and marks for names, numbers and quotations.

    ``weights`` are rarities (0 for the commonest words), ``mass`` their sum plus FLOOR a word. Treat as
    immutable; profiles are shared and remembered.
    """

    __slots__ = ("__dict__", "_parts", "ends", "keys", "mass", "rarity", "starts", "text", "weights")

    def __init__(self, text: str) -> None:
        spans = []
        words = []
        for match in WORD.finditer(text):
            spans.append(match.span())
            words.append(word_of(match[0]))
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        self._fill(text, starts, ends, [word.key for word in words], [word.weight for word in words])

    def _fill(
        self, text: str, starts: list[int], ends: list[int], keys: Sequence[str], weights: Sequence[float]
    ) -> None:
        self.text = text
        self.starts, self.ends = array("I", starts), array("I", ends)
        self.keys, self.weights = tuple(keys), tuple(weights)
        self.rarity = sum(sorted(weights))
        self.mass = self.rarity + FLOOR * len(keys)
        self._parts: dict[Span, Profile] = {}

    def part(self, span: Span) -> "Profile":
        """The profile of a stretch of the text, without reading its words again; remembered."""
        if span in self._parts:
            return self._parts[span]
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        part = Profile.__new__(Profile)
        part._fill(
            span.of(self.text),
            [start - span.start for start in self.starts[first:last]],
            [end - span.start for end in self.ends[first:last]],
            self.keys[first:last],
            self.weights[first:last],
        )
        self._parts[span] = part
        return part

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the text."""
        return tuple(sentences(self.text))

    @cached_property
    def bag(self) -> dict[str, int]:
        """How often each key stands in the text."""
        bag: dict[str, int] = {}
        for key in self.keys:
            bag[key] = bag.get(key, 0) + 1
        return bag

    @cached_property
    def telling(self) -> frozenset[str]:
        """The keys that are not glue."""
        return frozenset(key for key, weight in zip(self.keys, self.weights, strict=True) if weight > TELLING)

    @cached_property
    def glue(self) -> frozenset[str]:
        """The keys that are not telling."""
        return frozenset(key for key, weight in zip(self.keys, self.weights, strict=True) if weight <= TELLING)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The keys that are numbers."""
        return frozenset(key for key in self.bag if key[0].isdigit())

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each key stands."""
        places: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            places.setdefault(key, []).append(i)
        return places

    @cached_property
    def rare(self) -> tuple[tuple[int, str], ...]:
        """The long rare words with where they stand, which may be one word spelt in several ways."""
        return tuple(
            (i, key)
            for i, (key, weight) in enumerate(zip(self.keys, self.weights, strict=True))
            if weight >= RARE and len(key) >= LONG and not key[0].isdigit()
        )

    @cached_property
    def outside(self) -> float:
        """The rarity outside quotations and lists, names aside: who speaks is told with a quotation."""
        return sum(w for i, w in enumerate(self.weights) if i not in self.masked and not self.named[i])

    @cached_property
    def plain(self) -> frozenset[int]:
        """The words outside quotations and lists that are no names or figures: what is told beside those."""
        named, masked = self.named, self.masked
        return frozenset(
            i for i, key in enumerate(self.keys) if not named[i] and i not in masked and not key[0].isdigit()
        )

    @cached_property
    def told(self) -> float:
        """The rarity of the ``plain`` words."""
        return sum(sorted(self.weights[i] for i in self.plain))

    @cached_property
    def named(self) -> tuple[bool, ...]:
        """Which words are written as names: a capital that does not come from opening a sentence.

        The word that opens one is a name too if it is in no word list, or rare and before another name.
        """
        inside = [_capital(self.text, start) for start in self.starts]
        for i, start in enumerate(self.starts):
            if not inside[i] and self.text[start].isupper():
                before_name = (
                    i + 1 < len(inside) and inside[i + 1] and self.text[self.ends[i] : self.starts[i + 1]] == " "
                )
                inside[i] = self.weights[i] >= (OPENING if before_name else UNLISTED)
        return tuple(inside)

    @cached_property
    def masked(self) -> frozenset[int]:
        """The words in quotations and bare lists of names, which two tellers may share with no copying."""
        return self._within(_LIST) | (self._within(_QUOTED) if self.quotes else frozenset())

    @cached_property
    def quotes(self) -> bool:
        """Whether there are quotation marks."""
        return any(mark in self.text for mark in _MARKS)

    def _within(self, pattern: re.Pattern[str]) -> frozenset[int]:
        inside: set[int] = set()
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

    @cached_property
    def paired(self) -> float:
        """The rarity of all ``bigrams``."""
        return sum(sorted(self.bigrams.values()))

    def word(self, i: int) -> str:
        """The i-th word as written."""
        return self.text[self.starts[i] : self.ends[i]]


def _capital(text: str, start: int) -> bool:
    if not text[start].isupper():
        return False
    before = text[max(0, start - 3) : start].rstrip(" \"“‘'(")
    return bool(before) and before[-1] not in ".!?:•\n" and start > 1


def words_of(text: str) -> list[tuple[str, float, bool]]:
    """The keys of a text with their rarities, and whether each is written as a name, where no more is needed."""
    words = []
    for match in WORD.finditer(text):
        written = match[0]
        word = word_of(written)
        words.append((word.key, word.weight, written[0].isupper() and _capital(text, match.start())))
    return words


@lru_cache(maxsize=4096)
def profile_of(text: str) -> Profile:
    """The profile of a text, remembered."""
    return Profile(text)
