import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


def read(parser: Parser, knowledge: Knowledge, text: str) -> AnnotatedReport:
    return read_report(Report(id="r", text=text, language="en"), parser, knowledge)


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("The Ardenian army shelled two convoys.", ["The Ardenian army"], ["two convoys"]),
        ("Two convoys were shelled by the army.", ["the army"], ["Two convoys"]),
        ("Nurses spoke after a Turkish drone strike on Kobani.", ["Turkish"], ["Kobani"]),
        ("The army launched an attack on the village.", ["The army"], ["the village"]),
        ("The army's shelling of the village went on.", ["The army"], ["the village"]),
        ("Soldiers and rebels shelled the village.", ["Soldiers", "rebels"], ["the village"]),
        ("The rebels who attacked the base fled.", ["The rebels"], ["the base"]),
        ("A mine exploded near the village.", [], ["the village"]),
        ("Voters were forced into the booth by gunpoint.", [], ["Voters"]),
    ],
)
def test_who_did_it_to_whom(
    parser: Parser, knowledge: Knowledge, text: str, actors: list[str], recipients: list[str]
) -> None:
    annotated = read(parser, knowledge, text)
    found = [([p.text for p in e.actors], [p.text for p in e.recipients]) for e in annotated.events]
    assert (actors, recipients) in found


def test_evidence_and_parties_quote_the_report(parser: Parser, knowledge: Knowledge) -> None:
    text = "  • The army “shelled” two convoys.\n\nRebels attacked a base – again."
    annotated = read(parser, knowledge, text)
    assert annotated.events
    for event in annotated.events:
        event.evidence.check(text)
        for part in (event.trigger, *event.actors, *event.recipients):
            assert part.span.of(text) == part.text


def test_the_same_report_twice_gives_the_same_events(parser: Parser, knowledge: Knowledge) -> None:
    text = "The army shelled a village. Arden rejected the plan."
    assert read(parser, knowledge, text).events == read(parser, knowledge, text).events


def test_odd_text_breaks_nothing(parser: Parser, knowledge: Knowledge) -> None:
    annotated = read(parser, knowledge, "” “\n—\n(((\nattack attack attack , , by by of of\n")
    assert not [f for f in annotated.failures if f.extractor in ("events", "states")]
