"""Quotations that something is wrong with: never closed, or without anybody who says them."""

from collections.abc import Iterator

from dateline.model.records import AnnotatedReport, Passage, Quotation
from dateline.model.vocab import DoubtKind, PassageKind, StatementKind, Voice
from dateline.read.doubts.found import Found
from dateline.read.reading import Reading

_STANDS_ALONE = 6
"""Words in a quotation that fills its passage, below which it is a motto or a heading."""
_CLOSES_WITHIN = 8
"""Passages behind one whose quotation goes on, in which it may close."""
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
        if not quotation.closed and not run_together and not _sound(quotation, annotated):
            yield Found(
                kind=DoubtKind.UNCLOSED_QUOTATION,
                span=quotation.evidence.span,
                because="the quotation marks do not close in the passage",
                record=quotation.id,
                score=0.9,
            )


def _sound(quotation: Quotation, annotated: AnnotatedReport) -> bool:
    """Whether marks that do not close are none, or close after all.

    "‘16" leaves a century out; a mark after a space at the end of the passage closes, whichever way it turns;
    a quotation of several paragraphs closes in the last of them.
    """
    quote = quotation.evidence.quote
    if quote[0] in "'‘’" and quote[1:3].isdigit():
        return True
    if quote[0] in "'‘":
        return False
    if len(quote) > 2 and quote.rstrip()[-1] in '“”"':
        return True
    rest = annotated.passages[quotation.passage].evidence
    if quote[0] == '"' and rest.quote.startswith('"') and quotation.evidence.span.start == rest.span.start:
        follows = annotated.passages[quotation.passage + 1 : quotation.passage + 2]
        # Curly marks inside straight ones; a series of paragraphs, each opened.
        if rest.quote.rstrip().endswith('"') or any(p.evidence.quote.startswith('"') for p in follows):
            return True
    later = annotated.passages[quotation.passage + 1 : quotation.passage + 1 + _CLOSES_WITHIN]
    return _closes_curly(later) if quote[0] == "“" else _closes_straight(later)


def _closes_curly(later: tuple[Passage, ...]) -> bool:
    """Whether the first mark of the passages that is not at their head closes."""
    for passage in later:
        mark = next((c for c in passage.evidence.quote[1:] if c in "“”"), None)
        if mark is not None:
            return mark == "”"
    return False


def _closes_straight(later: tuple[Passage, ...]) -> bool:
    """Whether the first passage with an odd number of marks, none opening it, ends in one or has it first."""
    for passage in later:
        words = passage.evidence.quote
        if words.count('"') % 2 and not words.startswith('"'):
            return words.rstrip().endswith('"') or words.count('"') == 1
    return False


def orphaned_quotations(reading: Reading) -> Iterator[Found]:
    """Quotations that nobody says: a passage of nothing but a quotation, with no speaker in it or in the
    passages beside it; one that opens a passage behind a quotation never closed; and what somebody else
    says inside the words of somebody named.
    """
    annotated = reading.annotated
    spoken = [s for s in annotated.statements if s.speaker is not None]
    speaking = {reading.passage_at(s.evidence.span.start) for s in spoken}
    for quotation in annotated.quotations:
        passage = annotated.passages[quotation.passage]
        if passage.kind is not PassageKind.PARAGRAPH or quotation.scare:
            continue
        whole, own = passage.evidence.span, quotation.evidence.span
        rest = reading.text[whole.start : own.start] + reading.text[own.end : whole.end]
        if own.start == whole.start and _after_open(quotation, annotated):
            yield Found(
                kind=DoubtKind.ORPHANED_QUOTATION,
                span=own,
                because="it opens the passage behind a quotation that never closed: who says it is not clear",
                record=quotation.id,
                score=0.6,
            )
            continue
        if rest.strip(_MARKS) or len(quotation.inside.of(reading.text).split()) < _STANDS_ALONE:
            continue
        before = annotated.passages[quotation.passage - 1].evidence.quote if quotation.passage else ""
        # A colon introduces it; a mark at the head of the passage before makes it one of a series.
        introduced = before.endswith(":") or before[:1] in _OPENING
        if introduced or not quotation.inside.of(reading.text)[0].isalpha():
            continue
        if not speaking.isdisjoint(range(quotation.passage - 1, quotation.passage + 2)):
            continue
        if any(content.overlaps(quotation.inside) for s in spoken for content in s.content):
            continue
        yield Found(
            kind=DoubtKind.ORPHANED_QUOTATION,
            span=own,
            because="a quotation fills the passage, and nobody near it says it",
            record=quotation.id,
        )
    yield from _strangers(reading)


def _after_open(quotation: Quotation, annotated: AnnotatedReport) -> bool:
    """Whether the passage before holds a quotation that was never closed, and this one is of some length."""
    before = (q for q in annotated.quotations if q.passage == quotation.passage - 1)
    wide = len(quotation.inside) > 40 and quotation.closed
    # Straight and nested marks are too often misread to build on.
    text = annotated.text
    plain = (q for q in before if q.evidence.quote[0] in "‘“" and text[q.evidence.span.start - 1] not in _OPENING)
    return wide and any(not q.closed and not _sound(q, annotated) for q in plain)


def _strangers(reading: Reading) -> Iterator[Found]:
    """Statements that somebody else makes within a quotation of somebody named that does not close in its passage:
    whose words go on from there is not clear.
    """
    annotated = reading.annotated
    for quotation in annotated.quotations:
        if quotation.closed or _sound(quotation, annotated):
            continue
        passage, begin = annotated.passages[quotation.passage].evidence.span, quotation.evidence.span.start
        here = [
            (s, s.speaker) for s in annotated.statements if s.speaker and s.cue and passage.contains(s.evidence.span)
        ]
        named = {who.referent for s, who in here if s.voice is Voice.NAMED and who.span.start < begin}
        for statement, speaker in here:
            within = speaker.span.start > begin and speaker.referent not in named
            if named and within and statement.kind is not StatementKind.INDIRECT:
                yield Found(
                    kind=DoubtKind.ORPHANED_QUOTATION,
                    span=statement.evidence.span,
                    because="somebody else says it amid a quotation of somebody named",
                    record=statement.id,
                )
