"""Names that only the report says are places. All of them are invented."""

from collections.abc import Callable

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import Label
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report
from tests.support.gold import Case

Read = Callable[..., AnnotatedReport]


@pytest.fixture(scope="module")
def read(parser: Parser, knowledge: Knowledge) -> Read:
    def one(text: str, published: str | None = None) -> AnnotatedReport:
        return read_report(Case(id="one", text=text, published=published).report(), parser, knowledge)

    return one


def labels(annotated: AnnotatedReport, name: str) -> set[Label]:
    return {m.label for m in annotated.mentions if m.evidence.quote == name}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Water ran into the town of Vorlema at dawn. Nobody slept in Vorlema.", "Vorlema", Label.GPE),
        ("Shells flew across the river Quorl. The Quorl is wide.", "Quorl", Label.LOC),
        ("The Dos Pilmas dam gave way. The manager at Dos Pilmas was away.", "Dos Pilmas", Label.FAC),
        ("Two men were held in Harbel village on Monday.", "Harbel", Label.GPE),
        ("They met in Zorvek, a market town on the coast.", "Zorvek", Label.GPE),
        ("A ferry left Port Zabrel at noon.", "Port Zabrel", Label.GPE),
        ("Police arrested a man at his home in Zorvek. Zorvek is quiet.", "Zorvek", Label.GPE),
        ("A ship sank in the Strait of Vorlema.", "Strait of Vorlema", Label.LOC),
        ("ZORVEK, Kelvora, June 3 (Northwire) - Rain fell. Kelvora borders the sea.", "Kelvora", Label.GPE),
    ],
)
def test_what_the_report_calls_a_place_is_one_wherever_it_is_named(
    read: Read, text: str, name: str, label: Label
) -> None:
    assert labels(read(text), name) == {label}
    assert name.lower() in {p.evidence.quote.lower() for p in read(text).places}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mara Orsvek spoke first. The villagers trust in Orsvek.", "Orsvek"),
        ("The rise in BQV was small. Doctors say that BQV is common.", "BQV"),
        ("They live in a village of Friends near the lake.", "Friends"),
    ],
)
def test_a_person_a_short_form_and_a_common_word_are_none(read: Read, text: str, name: str) -> None:
    assert not labels(read(text), name) & {Label.GPE, Label.LOC, Label.FAC}


def test_what_lies_in_an_unknown_country_is_not_resolved(read: Read) -> None:
    lost = read("BERGEN, Kelvora, June 3 (Northwire) - Rain fell.").places
    assert {p.evidence.quote: p.lat for p in lost} == {"BERGEN": None, "Kelvora": None}
    assert "Kelvora" in lost[0].because
    known = read("BERGEN, Norway, June 3 (Northwire) - Rain fell.").places
    assert known[0].country == "NOR"


def test_a_name_that_no_tagger_saw_needs_the_report_to_point_there(read: Read) -> None:
    bare = next(p for p in read("Rain fell on the village of Saida on Friday.").places)
    assert bare.lat is None or "named" in bare.because


def test_the_whole_name_is_kept_where_neither_it_nor_its_part_is_known(read: Read) -> None:
    assert [p.name for p in read("A ferry left Port Zabrel at noon.").places] == ["Port Zabrel"]
