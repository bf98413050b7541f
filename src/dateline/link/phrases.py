"""Phrases of a lexicon looked for in a text, stem by stem."""

from collections.abc import Iterable
from functools import lru_cache

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.answers import AnswerWords
from dateline.matching.stems import WORD, key_of

Stems = tuple[str, ...]


def stems(text: str) -> Stems:
    """The words of a text as stems.

    >>> stems("The toll rose to 9.")
    ('the', 'toll', 'rise', 'to', '9')
    """
    return tuple(key_of(word) for word in WORD.findall(text))


class Phrases:
    """Phrases as stems, looked up by their first.

    >>> Phrases(["rose to", "up from"]).last(stems("The toll rose to 9, up from 7."))
    5
    """

    __slots__ = ("_by_first",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[Stems]] = {}
        for phrase in sorted({stems(phrase) for phrase in phrases}):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def last(self, keys: Stems) -> int:
        """Where the last of the phrases stands among the stems of a text, or -1."""
        by_first = self._by_first
        for i in range(len(keys) - 1, -1, -1):
            for phrase in by_first.get(keys[i], ()):
                if keys[i : i + len(phrase)] == phrase:
                    return i
        return -1

    def any(self, keys: Stems) -> bool:
        """Whether one of the phrases stands among the stems of a text."""
        return self.last(keys) >= 0

    @property
    def words(self) -> frozenset[str]:
        """The stems of all phrases."""
        return frozenset(key for phrases in self._by_first.values() for phrase in phrases for key in phrase)


@lru_cache(maxsize=4)
def answer_words(knowledge: Knowledge) -> frozenset[str]:
    """The stems of all words that make an attack the answer to another."""
    return frozenset(key_of(word) for entry in knowledge.lexicon(AnswerWords) for word in entry.words)
