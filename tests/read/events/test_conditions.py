"""Under what conditions events were."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.conditions import ConditionWords
from dateline.model.records import Event
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


def events(parser: Parser, knowledge: Knowledge, text: str) -> dict[str, Event]:
    annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    for event in annotated.events:
        assert all(c.span.of(text) == c.text for c in event.conditions)
    return {event.trigger.text: event for event in annotated.events}


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        (
            "Ardenian soldiers forced residents to vote at gunpoint over five days.",
            "forced",
            [("coerced", "at gunpoint"), ("duration", "five days")],
        ),
        (
            "Residents were forced into the booth at gunpoint. That happened with there not being any observers.",
            "forced",
            [("coerced", "at gunpoint"), ("absent", "not being any observers")],
        ),
        ("Rebels shelled the town for six hours.", "shelled", [("duration", "six hours")]),
        ("Soldiers arrested two men without a warrant.", "arrested", [("absent", "without a warrant")]),
        (
            "Officials accompanied by armed soldiers detained a baker.",
            "detained",
            [("armed", "by armed soldiers")],
        ),
        # Told twice in one clause: one condition.
        (
            "Soldiers forced residents at gunpoint to vote at gunpoint.",
            "forced",
            [("coerced", "at gunpoint")],
        ),
    ],
)
def test_a_condition_belongs_to_its_event(
    parser: Parser, knowledge: Knowledge, text: str, trigger: str, told: list[tuple[str, str]]
) -> None:
    found = events(parser, knowledge, text)[trigger]
    assert [(c.kind.value, c.text) for c in found.conditions] == told


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the town. The baker has worked there for ten years.",
        "Rebels shelled the town. Unarmed observers came with soldiers.",
        "Rebels shelled the town five years ago.",
    ],
)
def test_what_is_not_said_of_it_is_no_condition(parser: Parser, knowledge: Knowledge, text: str) -> None:
    assert events(parser, knowledge, text)["shelled"].conditions == ()


def test_every_entry_fires(parser: Parser, knowledge: Knowledge) -> None:
    for entry in knowledge.lexicon(ConditionWords):
        for example in entry.examples:
            text = f"Rebels shelled a town. {example}"
            told = [c.kind for event in events(parser, knowledge, text).values() for c in event.conditions]
            assert entry.kind in told, (entry.id, example)
