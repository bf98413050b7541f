"""Whose day and place it is: the event's, or that of those who tell of it. All names are invented."""

from collections.abc import Callable

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import Event
from dateline.model.report import Published, Report
from dateline.model.vocab import EventBasis
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report

Find = Callable[[str, str], Event]


@pytest.fixture(scope="module")
def event(parser: Parser, knowledge: Knowledge) -> Find:
    def find(text: str, trigger: str) -> Event:
        report = Report(id="r", text=text, language="en", published=Published.parse("2031-06-12"))
        return next(e for e in read_report(report, parser, knowledge).events if trigger in e.trigger.text)

    return find


@pytest.mark.parametrize(
    ("text", "trigger", "day", "basis"),
    [
        ("Monitors said on Monday that the rockets had been fired from Orle.", "fired", "2031-06-12", "published"),
        ("Monitors said that the rockets had been fired from Orle on Monday.", "fired", "2031-06-09", "clause"),
        ("The rebels demanded the release of two men by noon on Monday.", "demanded", "2031-06-12", "published"),
        ("The rebels demanded the release of two men on Monday.", "demanded", "2031-06-09", "clause"),
        ("Both armies had agreed to pull their guns back, starting at noon on Tuesday.", "agreed", "2031-06-12", None),
    ],
)
def test_the_day_of_the_telling_and_of_what_is_asked_are_not_the_events(
    event: Find, text: str, trigger: str, day: str, basis: str | None
) -> None:
    found = event(text, trigger)
    assert (found.from_ or "")[:10] == day
    assert basis is None or found.time_basis.value == basis


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Nine were killed on Friday when water ran into the town of Vorlema.", "killed", "Vorlema"),
        ("“They came in shooting,” he said on the quay at Port Zabrel.", "shooting", None),
        ("Police arrested Ivo Tarn, the manager at Dos Pilmas, at his home in Zorvek.", "arrested", "Zorvek"),
        ("Gunmen overran the deck an hour into its voyage from Port Zabrel to Orlek island.", "overran", None),
        ("Armed men captured a ship in the Strait of Vorlema.", "captured", "Strait of Vorlema"),
        ("Rockets fell on the town of Vorlema. On Friday shells hit the town again.", "hit", "Vorlema"),
    ],
)
def test_a_place_that_no_gazetteer_knows_locates_as_others_do(
    event: Find, text: str, trigger: str, place: str | None
) -> None:
    assert event(text, trigger).place == place


def test_what_nobody_denies_is_not_denied(event: Find) -> None:
    assert event("That the army shelled the port is denied by rebels.", "shelled").polarity.value == "denied"
    assert event("That the army shelled the port is denied by nobody.", "shelled").polarity.value == "affirmed"


def test_a_river_does_nothing(event: Find) -> None:
    text = "Seven people were killed on Saturday when shells fired from across the river Drell hit the market in Orle."
    found = event(text, "hit")
    assert not found.actors
    assert [party.text for party in found.recipients] == ["Seven people", "the market"]


def test_what_is_set_for_a_day_is_planned(event: Find) -> None:
    due = event("Mara Venn, the president, is due in the town of Vorlema on Tuesday.", "due")
    assert (due.status.value, due.from_) == ("planned", "2031-06-17")
    assert due.time_basis is EventBasis.CLAUSE
