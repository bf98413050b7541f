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

    ``verb``: the subject does it to one of ``objects``. ``noun``: the possessor has it ``through`` a preposition.
    ``compound``: the second half of "rebel-held". ``office``: nouns for offices, with the verbs that give them
    as ``objects``. ``member``: nouns for membership. ``past`` and ``next``: words that put an office into the
    past or the future. ``unless``: objects that alone say of nothing who holds it.
    ``@id``, ``#place`` and ``#name`` as in event frames.
    """

    FILE = "states.yaml"

    kind: Literal["verb", "noun", "compound", "office", "member", "past", "next"]
    relation: Relation
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class StateFrames(Struct, frozen=True):
    """The frames by their words, each with its objects as a set."""

    verbs: dict[str, tuple[StateFrame, frozenset[str]]]
    nouns: dict[str, StateFrame]
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
    return StateFrames(
        verbs={word: (entry, objects(entry)) for word, entry in of("verb").items()},
        nouns=of("noun"),
        compounds=of("compound"),
        members=of("member"),
        office=office,
        offices=frozenset(office.words),
        giving=frozenset(office.objects),
        past=frozenset(of("past")),
        next=frozenset(of("next")),
    )
