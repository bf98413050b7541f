"""Quotations that something is wrong with: never closed, or without anybody who says them."""

from collections.abc import Iterator

from dateline.model.span import Span
from dateline.model.vocab import DoubtKind, PassageKind, Voice
from dateline.read.doubts.found import Found
from dateline.read.reading import Reading

_STANDS_ALONE = 8
"""Words in a quotation that fills its passage, below which it is a motto or a heading."""
_RUN_TOGETHER = 800
"""Characters beyond which a passage is taken for several paragraphs run together."""
_OPENING = frozenset("“„\"«‘'")
_MARKS = " \t.,“”\"'‘’«»"


def unclosed(reading: Reading) -> Iterator[Found]:
    """Quotations whose closing mark the passage does not hold.

    A text whose paragraphs were run together keeps the opening mark of each paragraph of a long quotation; in
    a passage of that length, a quotation that ends where the next one opens is sound.
    """
    annotated, text = reading.annotated, reading.text
    for quotation in annotated.quotations:
        whole = annotated.passages[quotation.passage].evidence.span
        rest = text[quotation.evidence.span.end : whole.end].lstrip()
        run_together = len(whole) > _RUN_TOGETHER and rest[:1] in _OPENING and rest
        if not quotation.closed and not run_together:
            yield Found(
                kind=DoubtKind.UNCLOSED_QUOTATION,
                span=quotation.evidence.span,
                because="the quotation marks do not close in the passage",
                record=quotation.id,
                score=0.9,
            )


def orphaned_quotations(reading: Reading) -> Iterator[Found]:
    """Quotations that nobody says: a passage of nothing but a quotation, with no speaker in it or in the
    passages beside it, and a quotation given to "one observer" inside the words of somebody named.
    """
    annotated = reading.annotated
    speaking = {reading.passage_at(s.evidence.span.start) for s in annotated.statements if s.speaker is not None}
    for quotation in annotated.quotations:
        passage = annotated.passages[quotation.passage]
        if passage.kind is not PassageKind.PARAGRAPH or quotation.scare:
            continue
        whole, own = passage.evidence.span, quotation.evidence.span
        rest = reading.text[whole.start : own.start] + reading.text[own.end : whole.end]
        if rest.strip(_MARKS) or len(quotation.inside.of(reading.text).split()) < _STANDS_ALONE:
            continue
        before = annotated.passages[quotation.passage - 1].evidence.quote if quotation.passage else ""
        # A colon introduces it; a mark at the head of the passage before makes it one of a series.
        introduced = before.endswith(":") or before[:1] in _OPENING
        if introduced or not quotation.inside.of(reading.text)[0].isalpha():
            continue
        if not speaking.isdisjoint(range(quotation.passage - 2, quotation.passage + 2)):
            continue
        yield Found(
            kind=DoubtKind.ORPHANED_QUOTATION,
            span=own,
            because="a quotation fills the passage, and nobody near it says it",
            record=quotation.id,
        )
    yield from _strangers(reading)


def _strangers(reading: Reading) -> Iterator[Found]:
    """ "One observer said" between a quotation of somebody named that never closed and one that follows."""
    annotated = reading.annotated
    for quotation in annotated.quotations:
        if quotation.closed:
            continue
        passage = annotated.passages[quotation.passage].evidence.span
        here = [s for s in annotated.statements if passage.contains(s.evidence.span)]
        named = any(s.voice is Voice.NAMED and s.evidence.span.start <= quotation.evidence.span.start for s in here)
        for statement in here:
            if named and statement.voice is Voice.UNNAMED and statement.evidence.span.end > quotation.inside.start:
                span = statement.evidence.span
                yield Found(
                    kind=DoubtKind.ORPHANED_QUOTATION,
                    span=Span(max(span.start, passage.start), span.end),
                    because="somebody unnamed says it amid a quotation of somebody named",
                    record=statement.id,
                )
