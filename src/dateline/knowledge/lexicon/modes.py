"""Words that tell how an event was done, or what is demanded, refused or threatened: PLOVER's modes."""

from functools import lru_cache

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import WordList
from dateline.knowledge.load import Entry


class ModeWords(Entry, frozen=True, kw_only=True):
    """Words under a trigger, or the trigger itself, that give events of these types a mode.

    ``@id`` in ``words`` stands for a word list of the events. ``beside``: one of these must stand there too.
    ``over``: modes of the frame that this one makes more exact; a frame without mode takes any.
    """

    FILE = "event_modes.yaml"

    types: tuple[str, ...]
    mode: str
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


class ModeRule(Struct, frozen=True):
    """A mode with the words that it needs beside, and the modes that it may replace."""

    mode: str
    beside: frozenset[str]
    over: frozenset[str]


Modes = dict[str, dict[str, tuple[ModeRule, ...]]]
"""The rules by type and word."""


@lru_cache(maxsize=4)
def mode_rules(knowledge: Knowledge) -> Modes:
    """The rules of a knowledge handle, by type and word, in the file's order.

    Raises KnowledgeError for a type, mode or word list that is not there.
    """
    lists = {f"@{one.id}": one.words for one in knowledge.lexicon(WordList)}
    found: dict[str, dict[str, tuple[ModeRule, ...]]] = {}
    for entry in knowledge.lexicon(ModeWords):
        where = f"{ModeWords.FILE}: {entry.id}"
        rule = ModeRule(entry.mode, _words(entry.beside, lists, where), frozenset(entry.over))
        for kind in entry.types:
            knowledge.ontology.check(where, kind, entry.mode, ())
            by_word = found.setdefault(kind, {})
            for word in _words(entry.words, lists, where):
                by_word[word] = (*by_word.get(word, ()), rule)
    return found


def _words(given: tuple[str, ...], lists: dict[str, tuple[str, ...]], where: str) -> frozenset[str]:
    for word in given:
        if word.startswith("@") and word not in lists:
            raise KnowledgeError(f"{where}: there is no word list {word!r}")
    return frozenset(word for one in given for word in lists.get(one, (one,)))
