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


@pytest.mark.parametrize(
    ("text", "quote", "effect"),
    [
        ("Gunmen seized a ferry with 214 people on board.", "214 people", Effect.CAPTURED),
        ("A ship carrying 241 people was captured by armed men.", "241 people", Effect.CAPTURED),
        ("Police stopped a man with 30 followers.", "30 followers", None),
        ("Eight miners lost their lives in the fall.", "Eight miners", Effect.KILLED),
        ("Eight miners lost their lamps in the fall.", "Eight miners", None),
    ],
)
def test_who_is_aboard_and_who_lost_what(read: Any, text: str, quote: str, effect: Effect | None) -> None:
    assert {f.evidence.quote: f.effect for f in read(text)[0]}[quote] is effect


def test_the_dead_belong_to_the_one_fight_of_the_sentence(parser: Parser, knowledge: Knowledge) -> None:
    text = "Nine soldiers died in the fighting at the barracks of Zorvek, a doctor said."
    (annotated,) = read_reports([Report(id="r", text=text, language="en")], parser, knowledge)
    assert [f.event for f in annotated.figures] == [e.id for e in annotated.events if e.type == "ASSAULT"]


def test_what_is_told_in_one_breath_has_one_claimant(parser: Parser, knowledge: Knowledge) -> None:
    text = "Four farmers were killed in their yard, and five villagers were wounded, the ministry has announced."
    (annotated,) = read_reports([Report(id="r", text=text, language="en")], parser, knowledge)
    assert {f.claimant.text if f.claimant else None for f in annotated.figures} == {"the ministry"}


def test_the_number_of_people_killed_has_risen(read: Any) -> None:
    text = "The number of people killed when police fired on a march in Oskavar has risen to 11, the hospital said."
    ((figure,),) = read(text)
    assert (figure.value, figure.effect, figure.counted) == (11, Effect.KILLED, "people")


def test_the_number_of_marchers_is_none_of_the_dead(read: Any) -> None:
    text = "Nine marchers were killed, the union said. {} put the number of {} at 1,500."
    ours, dead = read(text.format("The ministry", "strikers"), text.format("The ministry", "dead"))
    assert [f.effect for f in ours if f.value == 1500] in ([None], [])
    assert [f.effect for f in dead if f.value == 1500] == [Effect.KILLED]


def test_a_bare_number_claims_nothing(read: Any) -> None:
    (found,) = read("At the hospital a nurse showed us a handwritten list: six dead, 38 admitted, two of them firemen.")
    assert not [figure for figure in found if figure.claimant is not None and figure.claimant.text == "38"]
