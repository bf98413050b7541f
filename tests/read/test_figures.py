from typing import Any

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.figures import FigureKind, FigureWords, Numerals, UnitOfMeasure
from dateline.model.records import Figure
from dateline.model.report import Report
from dateline.model.vocab import Bound, Effect
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports


@pytest.fixture(scope="module")
def read(parser: Parser, knowledge: Knowledge) -> Any:
    def figures(*texts: str) -> list[tuple[Figure, ...]]:
        reports = (Report(id=str(n), text=text, language="en") for n, text in enumerate(texts))
        return [one.figures for one in read_reports(reports, parser, knowledge)]

    return figures


def test_every_unit_is_read_in_its_examples(read: Any, knowledge: Knowledge) -> None:
    pairs = [(unit, example) for unit in knowledge.lexicon(UnitOfMeasure) for example in unit.examples]
    for (unit, example), found in zip(pairs, read(*(example for _, example in pairs)), strict=True):
        assert unit.id in {figure.unit for figure in found}, example


def test_every_effect_is_read_in_its_examples(read: Any, knowledge: Knowledge) -> None:
    pairs = [(e, example) for e in knowledge.lexicon(FigureWords) if e.effect for example in e.examples]
    for (entry, example), found in zip(pairs, read(*(example for _, example in pairs)), strict=True):
        assert entry.effect in {figure.effect for figure in found}, example


def test_every_bound_is_read_in_its_examples(read: Any, knowledge: Knowledge) -> None:
    pairs = [(e, example) for e in knowledge.lexicon(FigureWords) if e.bound for example in e.examples]
    for (entry, example), found in zip(pairs, read(*(example for _, example in pairs)), strict=True):
        assert entry.bound in {figure.bound for figure in found}, example


def test_other_words_stand_in_their_examples(read: Any, knowledge: Knowledge) -> None:
    others = [e for e in knowledge.lexicon(FigureWords) if e.kind not in (FigureKind.EFFECT,) and not e.bound]
    examples = [x for e in (*others, *knowledge.lexicon(Numerals)) for x in e.examples]
    for example, found in zip(examples, read(*examples), strict=True):
        assert found, example


def test_an_unknown_toll_is_null_and_not_nought(read: Any) -> None:
    (found,) = read("The number of people killed is unknown.")
    assert not [figure for figure in found if figure.value == 0]


def test_a_plural_has_no_value_and_an_open_top(read: Any) -> None:
    ((figure,),) = read("Scores of people were killed.")
    assert (figure.value, figure.low, figure.high, figure.bound) == (None, 40.0, None, Bound.PLURAL)
    assert figure.effect is Effect.KILLED
