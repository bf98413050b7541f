"""The state machine for quotation marks: no text breaks it, and every span is where it says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.quotes import Habit, MarkHabit, mark_habits
from dateline.model.records import AnnotatedReport, Quotation
from dateline.model.report import Report
from dateline.nlp.base import EMPTY, Tokens
from dateline.nlp.offsets import normalise
from dateline.nlp.spacy import SpacyParser
from dateline.read import quotes
from dateline.read.quotes import stretches
from dateline.read.reading import Reading
from dateline.read.segment import segment

HABITS = mark_habits(Knowledge())
MARKED = st.text(alphabet="ab S.,!?:—-(\n ’‘'“”\"`„«»″0st", max_size=60)


@settings(max_examples=400, deadline=None)
@given(MARKED | st.text(max_size=80))
def test_any_text_gives_stretches_that_lie_inside_it(text: str) -> None:
    for one in stretches(text, HABITS):
        assert 0 <= one.outer.start < one.inside.start <= one.inside.end <= one.outer.end <= len(text)
        assert one.outer.of(text)[0] in quotes.DOUBLE + quotes.SINGLE
        assert one.closed or one.inside.end == one.outer.end


@settings(max_examples=200, deadline=None)
@given(MARKED)
def test_stretches_nest_or_stand_apart(text: str) -> None:
    found = stretches(text, HABITS)
    for a in found:
        for b in found:
            apart = not a.outer.overlaps(b.outer)
            assert apart or a.outer.contains(b.outer) or b.outer.contains(a.outer)


@settings(max_examples=150, deadline=None)
@given(MARKED)
def test_every_quotation_of_a_report_quotes_its_text(text: str) -> None:
    report = Report(id="r", text=text)
    passages = segment(report)
    tokens = tuple(Tokens(EMPTY, normalise(p.evidence.quote), p.evidence.span.start) for p in passages)
    reading = Reading(AnnotatedReport(report=report, passages=passages), tokens, Knowledge())
    annotated = quotes.run(reading)
    assert not reading.failures
    for one in annotated.quotations:
        one.evidence.check(text)
        assert one.evidence.span.contains(one.inside)
        assert passages[one.passage].evidence.span.contains(one.evidence.span)


@pytest.mark.parametrize("entry", Knowledge().lexicon(MarkHabit), ids=lambda entry: entry.id)
def test_every_habit_fires(entry: MarkHabit, parser: SpacyParser, knowledge: Knowledge) -> None:
    for example in entry.examples:
        found = _quotations(example, parser, knowledge)
        if entry.habit is Habit.ELISION:
            assert not found
            assert any(f"’{word}" in example.lower() or f"'{word}" in example.lower() for word in entry.words)
        else:
            assert [one.scare for one in found] == [True]
            assert any(word in example for word in entry.words)


def _quotations(text: str, parser: SpacyParser, knowledge: Knowledge) -> tuple[Quotation, ...]:
    report = Report(id="r", text=text)
    passages = segment(report)
    normalised = [normalise(p.evidence.quote) for p in passages]
    parses = parser.parse([one.text for one in normalised])
    tokens = tuple(
        Tokens(parse, one, p.evidence.span.start) for parse, one, p in zip(parses, normalised, passages, strict=True)
    )
    return quotes.run(Reading(AnnotatedReport(report=report, passages=passages), tokens, knowledge)).quotations
