"""Names that a report itself says are places, whether or not any gazetteer knows them.

"The town of Velm", "Velm province", "Velm, a village", "the river Velm", the place of the dateline and what it lies
in: once told so, the name is a place wherever the report writes it. A name that the report gives a person is
none, and so is one that English knows as a word ("the town of joy") or a people ("the Velmian region").
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.places import PlaceWord
from dateline.matching.rarity import weight_of
from dateline.matching.stems import key_of
from dateline.model.records import Mention
from dateline.model.vocab import Label
from dateline.nlp.base import Tokens
from dateline.read.reading import Reading

TOLD = "the report says so: "
"""How the reason begins that a name is a place's which the tagger of names did not see."""
_MARKS = {"TOLD_OF": "of", "TOLD_BESIDE": "beside", "TOLD_BEFORE": "before", "TOLD_IN_NAME": "in_name"}
_RARE, _UNKNOWN = 3.0, 4.0
"""The rarity of a word that is hardly English but as a name, and of one that English does not know."""
_LONGEST = 4
_NAMING = frozenset({"PROPN", "ADJ", "NOUN"})
_HERE = frozenset({"in", "near", "outside"})
_SEVERAL = frozenset({"NNS", "NNPS"})


class ToldPlace(Struct, frozen=True):
    """A place's name on tokens ``[first, last)`` of a passage, and what says that it is one."""

    passage: int
    first: int
    last: int
    label: Label
    because: str


class _Kinds(Struct, frozen=True):
    """The words for kinds of place: before "of", beside a name or in apposition, before it, and within it."""

    of: frozenset[str]
    beside: frozenset[str]
    before: frozenset[str]
    in_name: frozenset[str]
    built: frozenset[str]
    water: frozenset[str]

    def label(self, word: str) -> Label:
        """What a name is that stands by a word of this kind."""
        return Label.FAC if word in self.built else Label.LOC if word in self.water else Label.GPE


@lru_cache(maxsize=4)
def _kinds(knowledge: Knowledge) -> _Kinds:
    def words(mark: str) -> frozenset[str]:
        return frozenset(w for entry in knowledge.lexicon(PlaceWord) if mark in entry.features for w in entry.words)

    return _Kinds(built=words("BUILT"), water=words("WATER"), **{name: words(mark) for mark, name in _MARKS.items()})


def told_places(
    reading: Reading, people: Collection[tuple[str, ...]], taken: Collection[tuple[int, int]]
) -> list[ToldPlace]:
    """Every mention of a name that the report says is a place's, in order of the text.

    ``people`` are the full names of people, whose surnames are made no places, and neither are ``taken``, the tokens
    (passage, token) of known names.
    """
    kinds = _kinds(reading.knowledge)
    runs = [
        (index, tokens, first, last)
        for index, _, tokens in reading.passages()
        for first, last in _names(tokens, kinds)
        if not any((index, i) in taken for i in range(first, last))
    ]
    told: dict[tuple[str, ...], tuple[Label, str]] = {}
    for _, tokens, first, last in runs:
        found = _said(tokens, first, last, kinds)
        name = tokens.words[first:last]
        if found is not None and not any(who[-1] == name[-1] and who != name for who in people):
            told.setdefault(tokens.lower[first:last], found)
    line = (reading.annotated.head.place or "").split(",")
    for part in line if line != [""] else ():
        name = tuple(part.lower().split())
        written = [tokens.words[first:last] for _, tokens, first, last in runs if tokens.lower[first:last] == name]
        if len(line) > 1 or any(not "".join(words).isupper() for words in written):
            # A station signs in capitals too: "WVLM -".
            told.setdefault(name, (Label.GPE, "the place of the dateline"))
    return [
        ToldPlace(index, first, last, told[name][0], TOLD + told[name][1])
        for index, tokens, first, last in runs
        if (name := tokens.lower[first:last]) in told
    ]


def towns(tokens: Tokens, mentions: Iterable[Mention]) -> frozenset[int]:
    """The tokens of a passage's mentions that name a town, a region or a state."""
    found = (tokens.within(mention.evidence.span) for mention in mentions if mention.label is Label.GPE)
    return frozenset(i for words in found for i in range(*words))


def _names(tokens: Tokens, kinds: _Kinds) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words of which the last is a proper noun that may be a name's: also "Strait of Velm"."""
    after = 0
    for at, word in enumerate(tokens.words):
        if at < after or not word[0].isupper() or tokens.pos[at] not in _NAMING:
            continue
        last = at + 1
        while last < len(tokens):
            if tokens.lower[last] == "of" and tokens.lower[last - 1] in kinds.in_name:
                last += 1
            if last == len(tokens) or not tokens.words[last][0].isupper() or tokens.pos[last] not in _NAMING:
                break
            last += 1
        last -= tokens.lower[last - 1] == "of"
        after = last
        part = at > 0 and tokens.words[at - 1] == "-"
        plain = len(tokens.words[last - 1]) > 2 and tokens.tags[last - 1] not in _SEVERAL
        if plain and not part and last - at <= _LONGEST and not _initials(tokens.words[at:last]):
            yield at, last


def _initials(words: Sequence[str]) -> bool:
    """Whether a name ends in initials: "Velm LGA"."""
    return words[-1].isupper() and ("." in words[-1] or (len(words) > 1 and not words[0].isupper()))


def _said(tokens: Tokens, first: int, last: int, kinds: _Kinds) -> tuple[Label, str] | None:
    """What says at this mention that the name is a place's; None where nothing does, or English knows the word."""
    found = _evidence(tokens, first, last, kinds)
    if found is None:
        return None
    label, why, least = found
    return (label, why) if weight_of(key_of(tokens.lower[last - 1])) >= least else None


def _evidence(tokens: Tokens, first: int, last: int, kinds: _Kinds) -> tuple[Label, str, float] | None:
    """What a name is by the words around it, which say so, and how rare it must be in English at least."""
    lower, end = tokens.lower, last - 1
    if first > 1 and lower[first - 1] == "of" and lower[first - 2] in kinds.of:
        return kinds.label(lower[first - 2]), f"said to be a {lower[first - 2]}", _RARE
    if first and lower[first - 1] in kinds.before:
        return kinds.label(lower[first - 1]), f"said to be a {lower[first - 1]}", _RARE
    beside = last < len(tokens) and lower[last] in kinds.beside and tokens.heads[end] == last
    if beside and tokens.deps[end] != "amod" and lower[last + 1 : last + 2] != ("of",):
        return kinds.label(lower[last]), f"said to be a {lower[last]}", _RARE
    if last - first in (2, 3) and lower[first] in kinds.in_name and tokens.pos[end] == "PROPN":
        return kinds.label(lower[first]), f"named as a {lower[first]}", _RARE
    inside = (
        0 < first == end and lower[first - 1] in _HERE and tokens.deps[end] == "pobj" and tokens.pos[end] == "PROPN"
    )
    called = next((label for start, stop, label in tokens.ents if start <= end < stop), None)
    if inside and called in (None, "PERSON") and not tokens.words[end].isupper():
        # Nothing happens in a person: the tagger of names does not know the place.
        return Label.GPE, f"a name behind '{lower[first - 1]}'", _UNKNOWN if lower[first - 1] == "in" else _RARE
    joined = [c for c in tokens.having(end, "appos") if c > end and tokens.words[last] == ","]
    if tokens.deps[end] == "appos" and tokens.words[first - 1] == ",":
        joined.append(tokens.heads[end])
    kind = next((lower[c] for c in joined if lower[c] in kinds.beside), None)
    return (kinds.label(kind), f"said to be a {kind}", _RARE) if kind else None
