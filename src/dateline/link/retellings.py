"""One speaker's saying told twice in a report, where the wording may have hardened on the way.

Passages that share too little to be copies may still report the same words of the same speaker: that the
speaker is one says what rarity alone cannot, so less needs to be shared.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.link.wording import passage_at
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.profile import Profile
from dateline.model.records import AnnotatedReport, Passage, Statement
from dateline.model.span import Span
from dateline.model.vocab import CueClass, Verdict

# Set on half of tests/gold/blind/retellings.toml, whose pairs were written without sight of these rules.
HELD = 0.6
"""The share of the shorter saying that the longer must hold."""
SHARED = 3.0
"""The least rarity shared by two sayings."""
LEAST_WORDS = 5
PHRASE = 2.0
"""The least rarity of a phrase in quotation marks that shows, word for word in another saying, that both are of one."""
PHRASE_WORDS = 2
MOST = 200
"""So many sayings of one speaker, the first in the text, are compared each with each."""


class Retelling(Struct, frozen=True):
    """Two sayings that are one: where each stands, in which passage, and what changed."""

    a: Span
    b: Span
    passages: tuple[str, str]
    verdict: Verdict
    score: float
    changes: tuple[PassageChange, ...]
    because: str


class Saying(Struct, frozen=True):
    """What somebody is told to have said: where, in which words, and the phrases in them that stand in marks.

    ``whole`` is whether the words stand in one piece.
    """

    span: Span
    passage: str
    words: Profile
    phrases: tuple[Profile, ...] = ()
    whole: bool = True


def retellings(one: AnnotatedReport, knowledge: Knowledge) -> Iterator[Retelling]:
    """The sayings of a report that it tells twice, each with its best likeness, in order of the text.

    The speaker is told by referent; unnamed speakers and sayings of one passage give none. The offsets of the
    changes count in each saying.
    """
    by_speaker: dict[str, list[Saying]] = defaultdict(list)
    for statement in one.statements:
        speaker = statement.speaker
        if speaker is None or speaker.referent is None or statement.cue_class is not CueClass.SPEECH:
            continue
        passage = passage_at(one, statement.content[0].start)
        if passage is not None and len(by_speaker[speaker.referent]) < MOST:
            by_speaker[speaker.referent].append(_saying(statement, passage, one))
    for _, sayings in sorted(by_speaker.items()):
        used: set[int] = set()
        pairs = ((x, y) for x, y in combinations(range(len(sayings)), 2) if sayings[x].passage != sayings[y].passage)
        twice = [(found, x, y) for x, y in pairs if (found := told_twice(sayings[x], sayings[y], knowledge))]
        for found, x, y in sorted(twice, key=lambda row: (-row[0].score, *row[1:])):
            if used.isdisjoint((x, y)):
                used.update((x, y))
                yield found


def _saying(statement: Statement, passage: Passage, one: AnnotatedReport) -> Saying:
    spans = statement.content
    marked = (
        q.inside for q in one.quotations if any(s.start <= q.inside.start and q.inside.end <= s.end for s in spans)
    )
    phrases = (Profile(span.of(one.text)) for span in marked)
    return Saying(
        span=Span(spans[0].start, spans[-1].end),
        passage=passage.id,
        words=Profile(" ".join(span.of(one.text) for span in spans)),
        phrases=tuple(p for p in phrases if len(p.keys) >= PHRASE_WORDS and p.rarity >= PHRASE),
        whole=len(spans) == 1,
    )


def told_twice(a: Saying, b: Saying, knowledge: Knowledge) -> Retelling | None:
    """Two sayings of one speaker as one told twice, or None where they are two.

    Either the longer holds most of the shorter, or one gives a phrase in marks that the other has word for word.
    """
    alignment = Alignment(a.words, b.words)
    held = round(alignment.containments[1], 6)
    passages = a.passage, b.passage
    if (
        (a.whole and b.whole)
        and (held >= HELD and alignment.shared >= SHARED)
        and min(len(a.words.keys), len(b.words.keys)) >= LEAST_WORDS
    ):
        because = f"one speaker's saying told twice: {held:.0%} of the shorter is in the longer"
        changes = find_changes(alignment, knowledge)
        return Retelling(a.span, b.span, passages, Verdict.REWRITE, held, changes, because)
    phrase = next((p for x, y in ((a, b), (b, a)) for p in x.phrases if _holds(y.words, p.keys)), None)
    if phrase is None:
        return None
    because = f"one speaker's phrase told twice: {phrase.text}"
    return Retelling(a.span, b.span, passages, Verdict.SHARED_QUOTE, held, (), because)


def _holds(words: Profile, run: tuple[str, ...]) -> bool:
    return any(words.keys[i : i + len(run)] == run for i in range(len(words.keys) - len(run) + 1))
