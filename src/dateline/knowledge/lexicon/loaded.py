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
    """A group of evaluative word forms."""

    FILE: ClassVar[str] = "loaded.yaml"

    words: tuple[str, ...]


class Loaded:
    """The evaluative words of a knowledge handle, compiled."""

    def __init__(self, knowledge: Knowledge) -> None:
        words = sorted({w for entry in knowledge.lexicon(LoadedWords) for w in entry.words}, key=lambda w: (-len(w), w))
        self._word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)
        self._outside = re.compile(rf"{_QUOTED}|{self._word.pattern}", re.IGNORECASE)

    def find(self, text: str, spoken: Iterable[Span]) -> Iterator[Span]:
        """Where evaluative words stand outside what somebody else says."""
        others = sorted(spoken)
        for match in self._word.finditer(text):
            span = Span(*match.span())
            if not any(other.overlaps(span) for other in others):
                yield span

    def plain(self, label: str) -> str:
        """The label with ``[…]`` for each evaluative word outside quotation marks.

        >>> from dateline.knowledge.handle import Knowledge
        >>> loaded(Knowledge()).plain("Puppet parliament votes, envoy calls it a “sham”")
        '[…] parliament votes, envoy calls it a “sham”'
        """
        return self._outside.sub(lambda m: m[0] if m[0][0] in '“"‘' else OMITTED, label)


@lru_cache(maxsize=4)
def loaded(knowledge: Knowledge) -> Loaded:
    """The compiled evaluative words."""
    return Loaded(knowledge)
