"""How two tellings of one thing differ beside their facts: words of judgement, and sentences left out."""

from collections.abc import Iterator, Sequence
from typing import Final

from dateline.matching.sentences import sentences
from dateline.matching.stems import key_of
from dateline.model.links import Copy, Site
from dateline.model.records import Passage
from dateline.model.span import Span
from dateline.model.vocab import Direction
from dateline.views.material import Material

TOLD: Final = 0.5
"""The share of a sentence that must be told on the other side for it to count as told there."""


def loaded_words(first: Site, second: Site, material: Material) -> tuple[list[Span], list[Span]]:
    """The reporter's words of judgement in each of two stretches that the other lacks."""
    mine, theirs = (
        {
            span: key_of(span.of(material.by_id[site.report].text))
            for span in material.heated(site.report)
            if site.span.overlaps(span)
        }
        for site in (first, second)
    )
    left = [span for span, key in mine.items() if key not in theirs.values()]
    right = [span for span, key in theirs.items() if key not in mine.values()]
    return left, right


def untold(passage: Passage, told: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a passage that stand in none of these stretches, neighbours joined."""
    start, run = passage.evidence.span.start, list[Span]()
    for cut in sentences(passage.evidence.quote):
        span = cut.shift(start)
        if _held(span, told) < TOLD * len(span):
            run.append(span)
        elif run:
            yield Span(run[0].start, run[-1].end)
            run = []
    if run:
        yield Span(run[0].start, run[-1].end)


def left_out(copy: Copy, material: Material) -> Iterator[Span]:
    """What a copy leaves out of the passage that it follows, where it is known which follows and nothing else of its
    report tells it."""
    if copy.direction is Direction.UNKNOWN:
        return
    origin, child = (copy.b, copy.a) if copy.direction is Direction.A_FROM_B else (copy.a, copy.b)
    told = material.told_in.get((origin.report, child.report), ())
    for id in copy.rests_on:
        passage = material.passages.get(id)
        if passage is not None and passage.evidence.report == origin.report:
            yield from untold(passage, told)


def _held(span: Span, told: Sequence[Span]) -> int:
    return sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in told)
