import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells hit a market in Odesa, killing 14 people, up from nine reported on Saturday.", "2031-05-05"),
        ("Shells hit a market in Odesa on Saturday, killing 14 people, up from nine reported on Sunday.", "2031-05-03"),
    ],
)
def test_the_day_of_an_earlier_count_is_not_that_of_the_event(
    parser: Parser, knowledge: Knowledge, text: str, day: str
) -> None:
    report = Report(id="r", text=text, published=Published.parse("2031-05-05"), language="en")
    (event,) = (e for e in read_report(report, parser, knowledge).events if e.trigger.text == "hit")
    assert (event.from_, event.to) == (day, day)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Arden recognised the Ukrainian region of Zarech as an independent state.", None),
        ("Arden recognised Ukraine as an independent state.", "UKR"),
        ("Soldiers occupied the Ukrainian region of Zarech.", "UKR"),
    ],
)
def test_breakaway_land_does_not_stand_for_the_state_that_loses_it(
    text: str, country: str | None, parser: Parser, knowledge: Knowledge
) -> None:
    events = read(parser, knowledge, text).events
    assert [party.country for event in events[:1] for party in event.recipients] == [country]
    assert "territory" in events[0].contexts
