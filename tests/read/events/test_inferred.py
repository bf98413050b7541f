"""Where an event was that no words locate: inferred from its parties or the rest of the report, and so marked."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.at_home import AtHome
from dateline.knowledge.lexicon.events import EventFrame
from dateline.model.records import Event
from dateline.model.report import Report
from dateline.model.vocab import EventBasis
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report

THEATRE = "Shops were open in Kherson, in Kharkiv, in Lviv, in Odesa and in Mykolaiv, in Ukraine, residents said.\n\n"


def event(parser: Parser, knowledge: Knowledge, text: str, trigger: str) -> Event:
    annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    return next(e for e in annotated.events if e.trigger.text == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "place", "basis"),
    [
        ("Russia recognised two regions of Ukraine.", "recognised", "Ukraine", EventBasis.RECIPIENT),
        ("Russian police arrested a baker at protests in 12 Polish cities.", "protests", "Poland", EventBasis.CLAUSE),
        ("Poland closed its border to lorries.", "closed", "Poland", EventBasis.ACTOR),
        ("Russia's mobilisation has triggered protests.", "protests", "Russia", EventBasis.PASSAGE),
        (
            "A missile hit a depot in Odesa on Friday. The strike killed two people.",
            "strike",
            "Odesa",
            EventBasis.PASSAGE,
        ),
        (THEATRE + "Russia is set to annex the territory.", "annex", "Ukraine", EventBasis.REPORT),
        (THEATRE + "Russian soldiers forced Ukrainians to vote.", "forced", "Ukraine", EventBasis.RECIPIENT),
        ("Officials flew to Lviv after rebels attacked a depot there.", "attacked", "Lviv", EventBasis.SENTENCE),
        ("Mourners spoke of the Odesa shooting.", "shooting", "Odesa", EventBasis.CLAUSE),
        ("Soldiers in the town of Izyum, in the eastern Kharkiv region, shelled a depot.", "shelled", "Izyum", None),
    ],
)
def test_a_place_follows_from_the_parties_or_the_rest(
    parser: Parser, knowledge: Knowledge, text: str, trigger: str, place: str, basis: EventBasis | None
) -> None:
    found = event(parser, knowledge, text, trigger)
    assert found.place == place
    assert basis is None or found.place_basis is basis


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # Two places tell of strikes: "the strike" may be either.
        ("Missiles hit Odesa on Friday. Missiles hit Lviv on Friday. The strike killed two.", "strike"),
        # Nothing says that an attack is the one told before.
        ("Missiles hit a depot in Odesa on Friday. Officials spoke of an attack by rebels.", "attack"),
        # Imposed by somebody, wherever they sat.
        ("Poland imposed sanctions on Russia.", "imposed"),
        # Soldiers are where they were sent.
        (THEATRE + "Russia shelled Ukrainian soldiers.", "shelled"),
        # Where a saying was is told or not.
        (THEATRE + "Russia condemned the vote.", "condemned"),
    ],
)
def test_else_it_stays_unknown(parser: Parser, knowledge: Knowledge, text: str, trigger: str) -> None:
    assert event(parser, knowledge, text, trigger).place is None


def test_an_inferred_place_has_no_coordinates(parser: Parser, knowledge: Knowledge) -> None:
    found = event(parser, knowledge, "Russia recognised two regions of Ukraine.", "recognised")
    assert found.place_basis.inferred
    assert found.place_record is None


def test_land_goes_to_a_state_and_is_not_in_it(parser: Parser, knowledge: Knowledge) -> None:
    found = event(parser, knowledge, "Russia plans to annex the delta into the Russian Federation.", "annex")
    assert found.place_basis is EventBasis.NONE


def test_acts_at_home(parser: Parser, knowledge: Knowledge) -> None:
    frames = {frame.id for frame in knowledge.lexicon(EventFrame)}
    for entry in knowledge.lexicon(AtHome):
        assert entry.id in frames
        for example in entry.examples:
            read = read_report(Report(id="r", text=example, language="en"), parser, knowledge)
            assert [(e.place, e.place_basis) for e in read.events] == [("Russia", EventBasis.ACTOR)], example
