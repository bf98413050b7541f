import pytest
from msgspec.structs import replace

from dateline.link.where import as_written, compatible, inner, narrow, same
from dateline.model.records import AnnotatedReport, Evidence, Head, Mention, Place
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import Label, Precision
from tests.link.build import Builder

HERE = Evidence("r", Span(0, 1), "x", "test", "1")


def place(
    name: str, precision: Precision | None, at: tuple[float, float] | None = None, region: str | None = None
) -> Place:
    lat, lon = at or (None, None)
    return Place(
        id=name,
        evidence=HERE,
        because="",
        name=name,
        lat=lat,
        lon=lon,
        country="ARD",
        admin1=region,
        precision=precision,
    )


OSKAVAR = place("Oskavar", Precision.PLACE, (47.8, 35.1), "Sarvan")
QUARTER = place("Old Port", Precision.DISTRICT, (47.85, 35.15), "Sarvan")
HREB = place("Hreb", Precision.PLACE, (49.0, 38.0), "Velm")
SARVAN = place("Sarvan", Precision.REGION, (47.5, 35.5), "Sarvan")
ARDOVIA = place("Ardovia", Precision.COUNTRY, (48.0, 32.0))
BAY = place("Kelmar Bay", Precision.SEA, (47.0, 34.5))
UNKNOWN = place("Dorvik", None)


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        (OSKAVAR, SARVAN, True),
        (HREB, SARVAN, False),
        (HREB, ARDOVIA, True),
        (OSKAVAR, QUARTER, True),
        (OSKAVAR, HREB, False),
        (OSKAVAR, BAY, True),
        (HREB, BAY, False),
        (UNKNOWN, BAY, True),
        (UNKNOWN, HREB, False),
        (UNKNOWN, None, True),
    ],
)
def test_places_fit_by_containment_and_distance(a: Place, b: Place | None, fits: bool) -> None:
    assert compatible(a, b) is fits
    assert compatible(b, a) is fits


def test_only_narrow_places_are_the_same() -> None:
    assert same(OSKAVAR, QUARTER)
    assert not same(SARVAN, SARVAN)
    assert not same(OSKAVAR, HREB)


def test_what_no_gazetteer_knows_is_wide_where_its_report_writes_so() -> None:
    text = "HREB, Ardovia: The Velmian army crossed the Sound of Lurn from Velm to Dorvik."
    one = AnnotatedReport(report=Report(id="a", text=text, language="en"), head=Head(place="Hreb, Ardovia"))

    def at(words: str) -> Evidence:
        start = text.index(words)
        return Evidence("a", Span(start, start + len(words)), words, "test", "1")

    names = ("Ardovia", "Velm ", "Dorvik", "Sound of Lurn")
    labels = {"Velmian": Label.NORP, "Sound of Lurn": Label.LOC}
    one = one.replace(
        places=tuple(Place(id=n.strip(), evidence=at(n), because="", name=n.strip()) for n in names),
        mentions=tuple(Mention(id=w, evidence=at(w), because="", label=label) for w, label in labels.items()),
    )
    found = {id: narrow(place) for id, place in as_written(one).items()}
    assert found == {"Ardovia": False, "Velm": False, "Dorvik": True, "Sound of Lurn": False}
    known = place("Ardovia", Precision.PLACE, (47.8, 35.1))
    assert narrow(as_written(one.replace(places=(known,)))["Ardovia"]), "what the gazetteer knows keeps its width"


def test_an_unknown_name_is_one_place_in_capitals_or_not() -> None:
    assert same(UNKNOWN, place("DORVIK", None))
    assert not same(UNKNOWN, place("Lurn", None))
    assert compatible(place("Velm", Precision.REGION), HREB), "an unknown region may hold any town"


def test_a_place_within_an_unknown_one_goes_before_it() -> None:
    built = Builder("a", "Shells hit the village of Hreb in the Orlen hills, not Dorvik or the Sarn hills.")
    for word, place in (("Shells", "Hreb"), ("hit", "Orlen"), ("not", "Dorvik"), ("or", "Sarn")):
        built.event(word, place=place, precision=None)
    hreb, orlen, _, sarn = built.one.places
    assert inner(orlen, built.one, {}) == hreb
    assert inner(sarn, built.one, {}) == sarn
    known = replace(orlen, lat=1.0, lon=1.0)
    assert inner(known, built.one, {}) == known
