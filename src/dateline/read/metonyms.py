"""Whether a place's name stands for its government, told by the clause that it stands in."""

from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.places import PlaceWord
from dateline.nlp.base import Tokens

_SAYING_HEADS = frozenset({"VERB", "AUX"})
_SIDES = frozenset({"with", "between", "of"})
"""Prepositions that join a party to a verb or adjective ("talks with Kyiv", "independent of Kyiv")."""
_OFFERED = frozenset({"with", "between", "from"})
"""Prepositions that join a party to dealings ("a veto from Kyiv", "talks between Kyiv and Moscow")."""
_PLACING = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "into",
        "down",
        "along",
        "past",
        "around",
        "behind",
        "opposite",
        "through",
    }
)


class Dealings(Struct, frozen=True):
    """Verbs of which somebody is told or accused, and what parties have or do with one another."""

    addressing: frozenset[str]
    between: frozenset[str]


@lru_cache(maxsize=4)
def dealings(knowledge: Knowledge) -> Dealings:
    """The words under the marks ADDRESSED and DEALINGS."""
    return Dealings(marked(knowledge, "ADDRESSED"), marked(knowledge, "DEALINGS"))


@lru_cache(maxsize=16)
def marked(knowledge: Knowledge, mark: str) -> frozenset[str]:
    """The words of the lexicon of places under a mark, such as SOIL, what a country has as a place."""
    return frozenset(word for entry in knowledge.lexicon(PlaceWord) if mark in entry.features for word in entry.words)


def stands_for_government(
    tokens: Tokens, first: int, last: int, words: Dealings, soil: frozenset[str] | None = None
) -> bool:
    """Whether the name on tokens ``[first, last)`` acts, is acted with, or owns what a government owns.

    True for the subject of an active verb ("Kyiv said"), the agent of a passive ("approved by Moscow"), a
    party that a verb or adjective is joined to ("independent of Kyiv") or that something is aimed at
    ("sanctions against Moscow"), whoever says something "from" there, and, of a capital, the possessor of a
    common noun ("Moscow's war efforts", not "Moscow's Red Square"). So is whoever is told, offered or accused of
    something, or has dealings with another ("a veto from Kyiv"), by ``words``. A country, for which ``soil`` holds what
    it has as a place, owns its land and people too ("Russia's claims", not "Russia's border"). Of names in a
    list, what holds for the first holds for all. A name after another preposition of place is a place.
    """
    head = _head(tokens, first, last)
    while tokens.deps[head] == "conj" and tokens.pos[tokens.heads[head]] in ("PROPN", "NOUN"):
        head = tokens.heads[head]
    dep, above = tokens.deps[head], tokens.heads[head]
    if dep in ("npadvmod", "appos") and head and tokens.words[head - 1] == ":":
        # "Four abstained: China, India ..."
        return tokens.pos[above] in ("VERB", "ADJ")
    if dep == "nsubj":
        return tokens.pos[above] in _SAYING_HEADS and (tokens.lemmas[above] != "be" or _minded(tokens, above))
    if dep == "pobj":
        joined = tokens.heads[above]
        if tokens.deps[above] == "agent" or tokens.lower[above] == "against":
            return True
        if tokens.lower[above] == "to" and tokens.lower[joined] == "according":
            return True
        if tokens.lower[above] in _OFFERED and tokens.lower[joined] in words.between:
            return True
        if tokens.lower[above] == "from" and soil is None:
            return tokens.deps[joined] == "nsubj" and tokens.child(tokens.heads[joined], "ccomp") is not None
        return tokens.lower[above] in _SIDES and tokens.pos[joined] in {"VERB", "ADJ"}
    if dep in ("dobj", "dative"):
        return tokens.lemmas[above] in words.addressing
    if dep == "poss":
        return tokens.pos[above] == "NOUN" and (soil is None or tokens.lower[above] not in soil)
    return False


def building_meant(tokens: Tokens, first: int, last: int, grounds: frozenset[str]) -> bool:
    """Whether the name of a seat of government is that of the building ("the lawn of the White House").

    ``grounds`` are words for what belongs to a building.
    """
    head = _head(tokens, first, last)
    above = tokens.heads[head]
    if tokens.deps[head] in ("compound", "poss", "nmod"):
        return tokens.lower[above] in grounds
    before = first - 1 - (first > 0 and tokens.lower[first - 1] == "the")
    if before < 0:
        return False
    if tokens.lower[before] == "of":
        return before > 0 and tokens.lower[before - 1] in grounds
    return tokens.lower[before] in _PLACING


def _minded(tokens: Tokens, verb: int) -> bool:
    """Whether "be" tells a frame of mind or a part taken ("is concerned", "is behind it")."""
    told = tokens.child(verb, "acomp")
    if told is not None and tokens.tags[told] == "VBN":
        return True
    return any(tokens.lower[child] == "behind" for child in tokens.having(verb, "prep"))


def _head(tokens: Tokens, first: int, last: int) -> int:
    """The token of a name that depends on none of its others."""
    for token in range(first, last):
        if not first <= tokens.heads[token] < last or tokens.heads[token] == token:
            return token
    return last - 1
