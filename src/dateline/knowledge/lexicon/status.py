"""The words that make a predicate planned, possible, negated, staged and so on."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.vocab import Certainty, Polarity, Stage, Status

CueKind = Literal[
    "auxiliary",
    "marker",
    "adverb",
    "adjective",
    "verb",
    "noun",
    "predicate",
    "preposition",
    "determiner",
    "support",
    "light",
    "stage",
]


class StatusCue(Entry, frozen=True, kw_only=True):
    """Words of one kind, where the predicate must stand to them, and what they make of it.

    ``governs`` holds ``complement``, ``object``, ``subject``, ``compound``, ``modifier``, ``own``, or the
    prepositions that lead from the cue to the predicate; also ``indefinite`` (an object without "the" or
    owner), ``gerund`` (a gerund under a preposition), ``content`` (a noun that holds the clause of the predicate:
    "reports that ... were false"), ``saying`` (an adverb of the verb over the clause: "falsely reported"), ``doer``
    (who does this to an indefinite object is who would do that: "considers an embargo"), ``fact`` (a
    clause with a tense under a verb that else decides or asks: "ruled that he had fired") and ``tensed`` (the same,
    where the verb takes no subjunctive). ``past``: the status instead, under a clause in the past ("searched the house
    before leaving"). ``about``: one of these words must stand under a cue of a stage ("entered into force").
    """

    FILE = "status.yaml"

    kind: CueKind
    lemmas: tuple[str, ...]
    governs: tuple[str, ...]
    status: Status | None = None
    past: Status | None = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None
    stage: Stage | None = None
    about: tuple[str, ...] = ()


class StatusCues(Struct, frozen=True):
    """The cues by their words; the subject of a ``light`` support verb is the actor of its noun.

    ``own`` for words of the clause, ``over`` for (word, position) above it."""

    own: dict[str, StatusCue]
    modifiers: dict[str, StatusCue]
    over: dict[tuple[str, str], StatusCue]
    support: frozenset[tuple[str, str]]
    light: frozenset[tuple[str, str]]
    stages: dict[tuple[str, str], StatusCue]


@lru_cache(maxsize=4)
def status_cues(knowledge: Knowledge) -> StatusCues:
    """The compiled cues of a knowledge handle; the first entry of a word and position wins."""
    own: dict[str, StatusCue] = {}
    modifiers: dict[str, StatusCue] = {}
    over: dict[tuple[str, str], StatusCue] = {}
    support: set[tuple[str, str]] = set()
    light: set[tuple[str, str]] = set()
    stages: dict[tuple[str, str], StatusCue] = {}
    for cue in knowledge.lexicon(StatusCue):
        for lemma in cue.lemmas:
            for position in cue.governs:
                if cue.kind in ("support", "light"):
                    support.add((lemma, position))
                    if cue.kind == "light":
                        light.add((lemma, position))
                elif cue.kind == "stage" and cue.stage is not None:
                    stages.setdefault((lemma, position), cue)
                elif position == "own":
                    own.setdefault(lemma, cue)
                elif position == "modifier":
                    modifiers.setdefault(lemma, cue)
                else:
                    over.setdefault((lemma, position), cue)
    return StatusCues(own, modifiers, over, frozenset(support), frozenset(light), stages)
