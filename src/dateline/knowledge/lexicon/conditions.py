"""Words that say under what condition an event was."""

from functools import lru_cache

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.vocab import ConditionKind


class ConditionWords(Entry, frozen=True, kw_only=True):
    """Nouns behind a preposition of ``after``, described by a word ``of`` where that is not empty.

    ``denied``: also behind "no" or under a "not": what was not there.
    """

    FILE = "conditions.yaml"

    kind: ConditionKind
    words: tuple[str, ...]
    after: tuple[str, ...]
    of: tuple[str, ...] = ()
    denied: bool = False


@lru_cache(maxsize=4)
def condition_words(knowledge: Knowledge) -> dict[str, tuple[ConditionWords, ...]]:
    """The entries by noun."""
    found: dict[str, tuple[ConditionWords, ...]] = {}
    for entry in knowledge.lexicon(ConditionWords):
        for word in entry.words:
            found[word] = (*found.get(word, ()), entry)
    return found
