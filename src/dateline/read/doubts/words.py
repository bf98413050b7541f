"""The vocabulary of doubts, compiled."""

import re
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.doubts import DoubtPattern, DoubtWords, DoubtWordsKind


class Words(Struct, frozen=True):
    """Patterns with their entries, and the sets of words by kind."""

    patterns: tuple[tuple[DoubtPattern, re.Pattern[str]], ...]
    doubled: re.Pattern[str]
    two_objects: frozenset[str]
    negation: frozenset[str]
    shared: frozenset[str]
    resolve: frozenset[str]
    opposites: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=4)
def compile_words(knowledge: Knowledge) -> Words:
    """The vocabulary of the knowledge handle, compiled once."""
    entries = knowledge.lexicon(DoubtWords)

    def words(kind: DoubtWordsKind) -> frozenset[str]:
        return frozenset(word for entry in entries if entry.kind is kind for word in entry.words)

    doubled = "|".join(sorted(map(re.escape, words(DoubtWordsKind.DOUBLED)), key=len, reverse=True))
    return Words(
        tuple((entry, re.compile(entry.pattern, re.MULTILINE)) for entry in knowledge.lexicon(DoubtPattern)),
        re.compile(rf"(?<![\w’'-])({doubled})[ \xa0]\1(?![\w’'-])"),
        words(DoubtWordsKind.TWO_OBJECTS),
        words(DoubtWordsKind.NEGATION),
        words(DoubtWordsKind.SHARED),
        words(DoubtWordsKind.RESOLVE),
        tuple(entry.words for entry in entries if entry.kind is DoubtWordsKind.OPPOSITES),
    )
