import pytest

from dateline.link.where import compatible, same
from dateline.model.records import Evidence, Place
from dateline.model.span import Span
from dateline.model.vocab import Precision

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
