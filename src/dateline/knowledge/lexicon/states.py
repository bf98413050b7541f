"""Words for relations that hold for a time: who controls, claims, recognises or runs what, who holds an office."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import event_frames
from dateline.knowledge.load import Entry
from dateline.model.vocab import Relation


class StateFrame(Entry, frozen=True, kw_only=True):
    """Words of one kind for one relation.

    ``verb``: the subject does it to one of ``objects``. ``noun``: who stands before it has it ``through`` a
    preposition. ``phrase``: what is, by a verb of ``objects``, ``through`` a preposition under somebody's noun
    ("remains under rebel control"). ``hold``: who has the noun, by a verb of ``objects``, holds what follows
    ``through`` a preposition ("has control of"). ``fall``: the subject comes ``through`` a preposition to somebody.
    ``compound``: the second half of "rebel-held". ``office``: nouns for offices, with the verbs that give them
    as ``objects``. ``holder``: nouns for who may hold. ``member``: nouns for membership ``through`` a preposition,
    of something ``named``. ``past`` and ``next``: words that put an office into the past or the future. ``unless``:
    objects that alone say of nothing who holds it. ``@id``, ``#place`` and ``#name`` as in event frames.
    """

    FILE = "states.yaml"

    kind: Literal["verb", "noun", "phrase", "hold", "fall", "compound", "office", "member", "holder", "past", "next"]
    relation: Relation
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    named: bool = False


class StateFrames(Struct, frozen=True):
    """The frames by their words; the objects of verbs by frame; ``held``: what can be controlled; ``holders``: who can
    control, beside those whom event frames know; ``bodies``: what one can be a member of."""

    objects: dict[str, frozenset[str]]
    held: frozenset[str]
    holders: frozenset[str]
    bodies: frozenset[str]
    verbs: dict[str, StateFrame]
    nouns: dict[str, StateFrame]
    phrases: dict[str, StateFrame]
    holds: dict[str, StateFrame]
    falls: dict[str, StateFrame]
    compounds: dict[str, StateFrame]
    members: dict[str, StateFrame]
    office: StateFrame
    offices: frozenset[str]
    giving: frozenset[str]
    past: frozenset[str]
    next: frozenset[str]


@lru_cache(maxsize=4)
def state_frames(knowledge: Knowledge) -> StateFrames:
    """The compiled frames of a knowledge handle. Raises KnowledgeError for a word list that is not there."""
    lists = event_frames(knowledge).lists
    entries = knowledge.lexicon(StateFrame)

    def objects(entry: StateFrame) -> frozenset[str]:
        found: set[str] = set()
        for word in entry.objects:
            if word.startswith("@"):
                if word[1:] not in lists:
                    raise KnowledgeError(f"{StateFrame.FILE}: {entry.id}: there is no word list {word!r}")
                found |= lists[word[1:]]
            else:
                found.add(word)
        return frozenset(found)

    def of(kind: str) -> dict[str, StateFrame]:
        return {word: entry for entry in entries if entry.kind == kind for word in entry.words}

    office = next(entry for entry in entries if entry.kind == "office")
    taken = {entry.id: objects(entry) for entry in entries if entry.kind == "verb"}
    controls = (taken[entry.id] for entry in entries if entry.kind == "verb" and entry.relation is Relation.CONTROLS)
    return StateFrames(
        objects=taken,
        held=frozenset[str]().union(*controls),
        holders=frozenset((*of("holder"), *office.words)),
        bodies=frozenset[str]().union(
            *(taken[e.id] for e in entries if e.kind == "verb" and e.relation is Relation.MEMBER_OF)
        ),
        verbs=of("verb"),
        nouns=of("noun"),
        phrases=of("phrase"),
        holds=of("hold"),
        falls=of("fall"),
        compounds=of("compound"),
        members=of("member"),
        office=office,
        offices=frozenset(office.words),
        giving=frozenset(office.objects),
        past=frozenset(of("past")),
        next=frozenset(of("next")),
    )
