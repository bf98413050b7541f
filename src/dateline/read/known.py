"""Knowledge made ready for reading names: phrases by first word, roles, qualifiers; once a knowledge handle."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.folding import fold
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.mentions import Qualifier, Role
from dateline.model.vocab import Label

_FIRST = re.compile(r"[\s\-']")

# GeoNames feature codes of our own features by what a tagger of names calls them; all others are buildings.
_AREAS = frozenset({"ADM1", "PPL", "PPLC", "PPLX", "PCL", "PCLI", "BRKW", "CONT"})
_WIDE = frozenset({"RGN", "SEA", "GULF", "OCN", "STRT", "CHN", "STM", "ISL", "PEN", "BDRY"})


class Phrase(Struct, frozen=True):
    """A known name as it is written, and what it names."""

    text: str
    label: Label


@lru_cache(maxsize=4)
def phrases(knowledge: Knowledge) -> dict[str, tuple[Phrase, ...]]:
    """Known names by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for label, name in knowledge.actors.ruler():
        # "Erdoğan" is printed as "Erdogan" too.
        for text in sorted({name, _plain(name)}):
            found.setdefault(_FIRST.split(text, maxsplit=1)[0], []).append(Phrase(text, Label(label)))
    known = {phrase.text for names in found.values() for phrase in names}
    for name, feature in knowledge.gazetteer.own_names():
        if name[0].isupper() and name not in known:
            label = Label.GPE if feature in _AREAS else Label.LOC if feature in _WIDE else Label.FAC
            first, space, rest = name.partition(" ")
            # "Zaporizhzhia nuclear plant": what kind of building it is, in lower case.
            spelt = {name, first + space + rest.lower()} if label is Label.FAC else {name}
            for text in sorted(spelt):
                found.setdefault(_FIRST.split(text, maxsplit=1)[0], []).append(Phrase(text, label))
    return {word: tuple(sorted(names, key=lambda p: (-len(p.text), p.text))) for word, names in found.items()}


def _plain(name: str) -> str:
    """The name without accents, its own where it has none."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


class Roles(Struct, frozen=True):
    """Roles by their last and by their first word, each as its words and its entry, the longest first."""

    by_last: dict[str, tuple[tuple[tuple[str, ...], Role], ...]]
    by_first: dict[str, tuple[tuple[tuple[str, ...], Role], ...]]
    qualifiers: dict[str, str]


@lru_cache(maxsize=4)
def roles(knowledge: Knowledge) -> Roles:
    """The role lexicon made ready. Words are split as the parser splits them (hyphens apart)."""
    last: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    first: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for role in knowledge.lexicon(Role):
        for phrase in role.words:
            words = tuple(phrase.replace("-", " - ").split())
            last.setdefault(words[-1], []).append((words, role))
            first.setdefault(words[0], []).append((words, role))
    qualifiers = {word: q.means for q in knowledge.lexicon(Qualifier) for word in q.words}
    return Roles(_longest(last), _longest(first), qualifiers)


def _longest(
    table: dict[str, list[tuple[tuple[str, ...], Role]]],
) -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0]))) for word, entries in table.items()}


@lru_cache(maxsize=4)
def given_names(knowledge: Knowledge) -> frozenset[str]:
    """The first words, folded, of the names of known people."""
    return frozenset(fold(actor.name).split()[0] for actor in knowledge.actors.people() if " " in actor.name)
