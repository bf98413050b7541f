"""Which words become places, and what a row says of them. Real places, invented events; senses are in the gold."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import Place
from dateline.model.vocab import Label
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report
from tests.support.gold import Case


@pytest.fixture
def places(parser: Parser, knowledge: Knowledge):  # type: ignore[no-untyped-def]
    def read(text: str) -> dict[str, Place]:
        annotated = read_report(Case(id="one", text=text, published="2024-05-01").report(), parser, knowledge)
        return {place.evidence.quote: place for place in annotated.places}

    return read


@pytest.mark.parametrize(
    "text",
    [
        "The cruiser Helsinki was towed back to port.",
        "Sailors aboard the USS Helsinki lost power.",
        "A gas main exploded under Odesa Street.",
        "The psychiatrist spoke of Stockholm syndrome.",
    ],
)
def test_what_is_named_for_a_place_is_no_place(places, text: str) -> None:  # type: ignore[no-untyped-def]
    assert not places(text)


def test_a_person_named_like_a_place_is_no_place(places) -> None:  # type: ignore[no-untyped-def]
    assert not places("Georgia Mallin has run the shelter for years. Georgia says the beds are never empty.")
    assert "Georgia" in places("Tourists went to Georgia. Georgia Mallin met them.")


def test_a_name_with_small_words_is_taken_whole(places) -> None:  # type: ignore[no-untyped-def]
    found = places("The storm tore roofs from warehouses in Santiago de Cuba on Friday.")
    assert [(quote, one.country) for quote, one in found.items()] == [("Santiago de Cuba", "CUB")]


def test_a_held_town_is_the_town_and_an_occupied_one_a_part(places) -> None:  # type: ignore[no-untyped-def]
    assert places("Russia had held Lyman since May.")["Lyman"].name == "Lyman"
    assert places("Soldiers stood in occupied Kherson.")["Kherson"].name == "part of Kherson"


def test_an_occupied_plant_is_the_plant(places) -> None:  # type: ignore[no-untyped-def]
    found = places("Engineers left the occupied Zaporizhzhia nuclear plant.")
    assert [one.feature for one in found.values()] == ["PSN"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a village 20 km south of Kherson on Friday.",
        "A drone fell around 30 kilometres (19 miles) from Kherson.",
        "Fighting raged some 25 miles to the north-west of Kherson.",
    ],
)
def test_a_distance_says_that_what_happened_lies_elsewhere(places, text: str) -> None:  # type: ignore[no-untyped-def]
    assert "at a distance" in places(text)["Kherson"].because
    assert "at a distance" not in places("Shells hit Kherson on Friday.")["Kherson"].because


def test_a_told_distance_decides_between_homonyms(places) -> None:  # type: ignore[no-untyped-def]
    found = places("Izium, 100 kilometres (62 miles) south-east of Kharkiv, was calm.")
    assert "as far as the report says" in found["Izium"].because


def test_a_country_that_towns_are_called_like_still_speaks_for_its_own(places) -> None:  # type: ignore[no-untyped-def]
    found = places("Volcanic ash fell on San Jose and Cartago, closing the main airport of Costa Rica.")
    assert {found["San Jose"].country, found["Cartago"].country} == {"CRI"}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Coastguards found the dinghy off Zuwara, 100 km west of Tripoli.", "Zuwara"),
        ("Kenyan troops entered Garissa on Friday without a fight.", "Garissa"),
        ("Oil workers in Barcelona and Maturin downed tools. Venezuela pumps it in the east.", "Maturin"),
    ],
)
def test_a_town_that_stands_as_a_place_is_one(places, text: str, town: str) -> None:  # type: ignore[no-untyped-def]
    assert places(text)[town].lat is not None


def test_a_month_and_an_owner_are_no_towns(parser: Parser, knowledge: Knowledge) -> None:
    text = "He was held in March and bought lunch at McDonald's in August."
    annotated = read_report(Case(id="one", text=text).report(), parser, knowledge)
    assert not [m for m in annotated.mentions if m.label is Label.GPE]
