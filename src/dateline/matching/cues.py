"""The words by which a copy changes the facts, found in a passage by their stems."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue, Test
from dateline.matching.profile import Profile
from dateline.matching.stems import WORD, key_of
from dateline.model.vocab import ChangeKind

INSTEAD = "instead"
"""The value of a cue that may stand for a mark but makes none itself."""
_CAPITAL = frozenset({ChangeKind.ROLE, ChangeKind.TIME, ChangeKind.PLACE})


class Cue(Struct, frozen=True, gc=False):
    """A cue found in a passage: entry index, value, half-open word range."""

    entry: int
    value: str
    start: int
    end: int


class _Phrase(Struct, frozen=True, order=True):
    """A cue's keys with its entry and value. ``forms`` are its words as written, where no other form will do."""

    keys: tuple[str, ...]
    entry: int
    value: str
    forms: tuple[str, ...]


class _OfLength(Struct, frozen=True):
    """Phrases of so many words, by their keys."""

    words: int
    phrases: dict[tuple[str, ...], tuple[_Phrase, ...]]

    @classmethod
    def of(cls, words: int, phrases: Iterable[_Phrase]) -> Self:
        """Those of some phrases that have so many words."""
        of_length = [phrase for phrase in phrases if len(phrase.keys) == words]
        keys = {phrase.keys for phrase in of_length}
        return cls(words, {one: tuple(sorted(p for p in of_length if p.keys == one)) for one in keys})


class Cues(Struct, frozen=True):
    """The compiled lexicon: phrases by their first key, then, longest first, by all; and the words that are titles,
    days, compass points: what is written with a capital and no name. ``offices`` are those of roles alone."""

    entries: tuple[ChangeCue, ...]
    phrases: dict[str, tuple["_OfLength", ...]]
    titles: frozenset[str]
    offices: frozenset[str]

    def entitles(self, word: str) -> bool:
        """Whether a word is a title or the like, in the singular or the plural."""
        return not self.titles.isdisjoint((word.lower(), word.lower().removesuffix("s")))


@lru_cache(maxsize=4)
def compile_cues(knowledge: Knowledge) -> Cues:
    """The lexicon of changes as passages are searched for it."""
    entries = knowledge.lexicon(ChangeCue)
    phrases: dict[str, list[_Phrase]] = {}
    for index, entry in enumerate(entries):
        for value, words in (*entry.values.items(), (INSTEAD, entry.instead)):
            for words_of in sorted({tuple(WORD.findall(phrase)) for phrase in words}):
                keys = tuple(key_of(word) for word in words_of)
                phrase = _Phrase(keys, index, value, words_of if entry.test is Test.PRESENCE else ())
                if phrase not in phrases.setdefault(keys[0], []):
                    phrases[keys[0]].append(phrase)
    titles = _first_words(entry for entry in entries if entry.kind in _CAPITAL)
    offices = titles - _first_words(entry for entry in entries if entry.kind in _CAPITAL - {ChangeKind.ROLE})
    by_length = {
        key: tuple(_OfLength.of(words, some) for words in sorted({len(p.keys) for p in some}, reverse=True))
        for key, some in phrases.items()
    }
    return Cues(entries, by_length, titles, offices)


def _first_words(entries: Iterable[ChangeCue]) -> frozenset[str]:
    phrases = (phrase for entry in entries for words in (*entry.values.values(), entry.instead) for phrase in words)
    return frozenset(WORD.findall(phrase)[0].lower() for phrase in phrases)


@lru_cache(maxsize=1024)
def find_cues(profile: Profile, knowledge: Knowledge) -> tuple[Cue, ...]:
    """The cues of a passage, in order; remembered, as a passage is compared with many.

    >>> from dateline.matching.profile import profile_of
    >>> [(cue.value, cue.start, cue.end) for cue in find_cues(profile_of("Marines stormed the dam"), Knowledge())]
    [('taken', 1, 2), ('attack', 1, 2)]
    """
    compiled = compile_cues(knowledge)
    found: list[Cue] = []
    keys = profile.keys
    for i, key in enumerate(keys):
        covered: set[int] = set()
        for some in compiled.phrases.get(key, ()):
            end = i + some.words
            for phrase in some.phrases.get(keys[i:end], ()):
                written = (profile.word(at) for at in range(i, end))
                if phrase.entry not in covered and (not phrase.forms or all(map(_written, phrase.forms, written))):
                    covered.add(phrase.entry)
                    found.append(Cue(phrase.entry, phrase.value, i, end))
    return tuple(found)


def _written(form: str, word: str) -> bool:
    """Whether a word is written as a form: in capitals where that is, contracted where that is "not"."""
    return word == form if form[0].isupper() else word.lower() == form or (form == "not" and key_of(word) == form)
