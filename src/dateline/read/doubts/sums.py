"""Totals that do not add up: parts told beside a total in one sentence."""

from collections.abc import Iterator

from dateline.model.records import Figure
from dateline.model.span import Span
from dateline.model.vocab import Bound, DoubtKind, Effect
from dateline.nlp.base import Tokens
from dateline.read.doubts.found import Found
from dateline.read.doubts.words import Words, compile_words
from dateline.read.reading import Reading


def mismatched_totals(reading: Reading) -> Iterator[Found]:
    """A total behind which "including", a colon or a dash tells parts that come to more, or (after a colon)
    to another number; and casualties that are fewer than the killed and wounded told before them.
    """
    words = compile_words(reading.knowledge)
    figures = [f for f in reading.annotated.figures if f.bound is Bound.EXACT and f.value is not None and not f.unit]
    if len(figures) < 2:
        return
    for _, passage, tokens in reading.passages():
        inside = [f for f in figures if passage.evidence.span.contains(f.evidence.span)]
        if len(inside) >= 2:
            yield from _casualties(inside, tokens)
            for first, last in tokens.sents:
                span = tokens.span(first, last)
                here = [f for f in inside if span.contains(f.evidence.span)]
                if len(here) >= 2:
                    yield from _in_sentence(here, tokens, (first, last), words)


def _casualties(figures: list[Figure], tokens: Tokens) -> Iterator[Found]:
    """ "33 were killed and 28 wounded. That brings the total to 51 dead and wounded." """
    latest: dict[Effect, Figure] = {}
    for figure in figures:
        killed, injured = latest.get(Effect.KILLED), latest.get(Effect.INJURED)
        if figure.effect is Effect.CASUALTIES and killed is not None and injured is not None:
            added, value = (killed.value or 0) + (injured.value or 0), figure.value or 0
            at = tokens.at(figure.evidence.span.start)
            if value < added and at is not None and killed.claimant == injured.claimant:
                yield Found(
                    kind=DoubtKind.TOTAL_MISMATCH,
                    span=tokens.span(*tokens.sentence(at)),
                    because=f"{killed.value:g} killed and {injured.value:g} wounded come to {added:g}, not {value:g}",
                    record=figure.id,
                )
        if figure.effect is not None:
            latest[figure.effect] = figure


def _in_sentence(figures: list[Figure], tokens: Tokens, sentence: tuple[int, int], words: Words) -> Iterator[Found]:
    total, parts = figures[0], figures[1:]
    if any(tokens.lower[n] in words.shared for n in range(*sentence)):
        return
    opened = _opener(total, parts[0], tokens)
    if opened is None:
        return
    added = sum(part.value or 0 for part in parts)
    value = total.value or 0
    if added > value or (opened == ":" and len(parts) > 1 and added != value):
        yield Found(
            kind=DoubtKind.TOTAL_MISMATCH,
            span=Span(total.evidence.span.start, parts[-1].evidence.span.end),
            because=f"the parts come to {added:g}, the total is {value:g}",
            record=total.id,
        )


def _opener(total: Figure, part: Figure, tokens: Tokens) -> str | None:
    """The word or mark between a total and its first part that says the one holds the other."""
    if part.evidence.span.start < total.evidence.span.end:
        return None
    first, last = tokens.within(Span(total.evidence.span.end, part.evidence.span.start))
    between = tokens.lower[first:last]
    if len(between) > 8:
        return None
    return next((word for word in between if word in ("including", "among", ":")), None)
