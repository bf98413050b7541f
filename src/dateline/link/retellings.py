"""One speaker's saying told twice in a report, where the wording may have hardened on the way.

Passages that share too little to be copies may still report the same words of the same speaker: that the
speaker is one says what rarity alone cannot, so less needs to be shared.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.profile import Profile
from dateline.model.records import AnnotatedReport, Passage, Statement
from dateline.model.span import Span
from dateline.model.vocab import CueClass

HELD = 0.6
"""The share of the shorter saying that the longer must hold."""
SHARED = 5.0
"""The least rarity shared by two sayings."""
LEAST_WORDS = 5
MOST = 200
"""So many sayings of one speaker, the first in the text, are compared each with each."""


class Retelling(Struct, frozen=True):
    """Two sayings that are one: where each stands, in which passage, and what changed."""

    a: Span
    b: Span
    passages: tuple[str, str]
    score: float
    changes: tuple[PassageChange, ...]
    because: str


def retellings(one: AnnotatedReport, knowledge: Knowledge) -> Iterator[Retelling]:
    """The sayings of a report that it tells twice, each with its best likeness, in order of the text.

    The speaker is told by referent; unnamed speakers and sayings of one passage give none. The offsets of the
    changes count in each saying.
    """
    by_speaker: dict[str, list[tuple[Statement, Passage, Profile]]] = defaultdict(list)
    for statement in one.statements:
        speaker = statement.speaker
        if speaker is None or speaker.referent is None or statement.cue_class is not CueClass.SPEECH:
            continue
        if len(statement.content) != 1 or len(statement.content[0]) < LEAST_WORDS * 3:
            continue
        passage = _passage(one.passages, statement.content[0])
        if passage is not None and len(by_speaker[speaker.referent]) < MOST:
            by_speaker[speaker.referent].append((statement, passage, Profile(statement.content[0].of(one.text))))
    for _, sayings in sorted(by_speaker.items()):
        used: set[str] = set()
        pairs = sorted(
            ((alignment.containments[1], x, y, alignment) for x, y in combinations(range(len(sayings)), 2)
             if sayings[x][1].id != sayings[y][1].id
             and (alignment := Alignment(sayings[x][2], sayings[y][2])).containments[1] >= HELD
             and alignment.shared >= SHARED),
            key=lambda row: (-row[0], row[1], row[2]),
        )  # fmt: skip
        for held, x, y, alignment in pairs:
            a, b = sayings[x], sayings[y]
            if a[0].id not in used and b[0].id not in used and min(len(a[2].keys), len(b[2].keys)) >= LEAST_WORDS:
                used.update((a[0].id, b[0].id))
                because = f"one speaker's saying told twice: {held:.0%} of the shorter is in the longer"
                yield Retelling(
                    a=a[0].content[0],
                    b=b[0].content[0],
                    passages=(a[1].id, b[1].id),
                    score=round(held, 6),
                    changes=find_changes(alignment, knowledge),
                    because=because,
                )


def _passage(passages: Sequence[Passage], span: Span) -> Passage | None:
    return next((p for p in passages if p.evidence.span.start <= span.start < p.evidence.span.end), None)
