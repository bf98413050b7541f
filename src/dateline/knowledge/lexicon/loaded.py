"""Words that judge instead of telling: marked in the reporter's voice, and kept out of titles and labels."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import ClassVar

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.span import Span

OMITTED = "[…]"
"""What stands in a label where an evaluative word was left out."""
_QUOTED = r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’"


class LoadedWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of evaluative word forms. ``tells``: they say what happened too ("massacred"), so titles keep them."""

    FILE: ClassVar[str] = "loaded.yaml"

    words: tuple[str, ...]
    tells: bool = False


class Loaded:
    """The evaluative words of a knowledge handle, compiled."""

    def __init__(self, knowledge: Knowledge) -> None:
        entries = knowledge.lexicon(LoadedWords)
        self._word = _any_of(word for entry in entries if not entry.tells for word in entry.words)
        self._heated = _any_of(word for entry in entries for word in entry.words)
        self._outside = re.compile(rf"{_QUOTED}|{self._word.pattern}", re.IGNORECASE)

    def find(self, text: str, spoken: Iterable[Span], *, telling: bool = False) -> Iterator[Span]:
        """Where evaluative words stand outside what somebody else says; with ``telling`` also those that tell."""
        others = sorted(spoken)
        for match in (self._heated if telling else self._word).finditer(text):
            span = Span(*match.span())
            if not any(other.overlaps(span) for other in others):
                yield span

    def heats(self, words: str) -> bool:
        """Whether some words judge what they tell: "massacred" does, "killed" does not."""
        return self._heated.search(words) is not None

    def plain(self, label: str) -> str:
        """The label with ``[…]`` for each evaluative word outside quotation marks.

        >>> from dateline.knowledge.handle import Knowledge
        >>> loaded(Knowledge()).plain("Puppet parliament votes, envoy calls it a “sham”")
        '[…] parliament votes, envoy calls it a “sham”'
        """
        return self._outside.sub(lambda m: m[0] if m[0][0] in '“"‘' else OMITTED, label)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=4)
def loaded(knowledge: Knowledge) -> Loaded:
    """The compiled evaluative words."""
    return Loaded(knowledge)
