"""Whether two places can be one: by containment and distance, so that a city and its region do not clash."""

import re
from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from msgspec.structs import replace

from dateline.model.records import AnnotatedReport, Place
from dateline.model.vocab import Label, Precision

NEAR_KM = 25.0
"""Two narrow places no further apart than this may be one place named twice (a quarter and its city)."""
FAR_KM = 300.0
"""How far from the point that stands for a sea, a line or a loose region a place may lie that it holds."""

_IN = re.compile(r",? in (?:the )?(?:\w+ (?:of )?(?:the )?)?")
_EXTENDED = frozenset({Precision.SEA, Precision.LINE})
WIDE = frozenset({Precision.COUNTRY, Precision.REGION}) | _EXTENDED
"""Places too wide to tell that two events are one."""


def compatible(a: Place | None, b: Place | None) -> bool:
    """Whether two places do not rule each other out; an unknown one fits any."""
    if a is None or b is None or one_name(a, b):
        return True
    if a.lat is None or b.lat is None:
        # A name that the gazetteer does not know may lie in any wide place, but is not another name.
        return a.precision in WIDE or b.precision in WIDE
    return holds(a, b) or holds(b, a) or same(a, b)


def same(a: Place | None, b: Place | None) -> bool:
    """Whether two narrow places are one, by name or nearness; what no gazetteer knows, by its name alone."""
    if a is None or b is None or not narrow(a) or not narrow(b):
        return False
    return one_name(a, b) or _apart(a, b) <= NEAR_KM


def one_name(a: Place, b: Place) -> bool:
    """Whether two places bear one name, in capitals or not."""
    return a.name.casefold() == b.name.casefold()


def narrow(place: Place | None) -> bool:
    """Whether a place is near enough to tell events apart by it: a name that no gazetteer knows is a small place's."""
    return place is not None and place.precision not in WIDE


def as_written(one: AnnotatedReport) -> dict[str, Place]:
    """The places of a report by id; a name that no gazetteer knows is wide where the report writes it as wide.

    So it does with a country or region that holds the place of its dateline ("HREB, Ardovia"), with what has a people
    of its name ("Ardovian"), and with a stretch of land or water ("the Strait of Hreb").
    """
    outer = {name.strip().casefold() for name in (one.head.place or "").split(",")[1:]}
    peoples = tuple(m.evidence.quote.casefold() for m in one.mentions if m.label is Label.NORP)
    land = {m.evidence.span for m in one.mentions if m.label is Label.LOC}

    def wide(place: Place) -> bool:
        name = place.name.casefold()
        return name in outer or place.evidence.span in land or any(people.startswith(name) for people in peoples)

    return {
        place.id: replace(place, precision=Precision.REGION)
        if place.lat is None and place.precision is None and wide(place)
        else place
        for place in one.places
    }


def inner(place: Place, one: AnnotatedReport, places: Mapping[str, Place]) -> Place:
    """The place that its own words put in one that no gazetteer knows ("Hreb in the Orlen hills"), else that itself."""
    start = place.evidence.span.start
    before = ((p, p.evidence.span.end) for p in one.places if p.evidence.span.end < start)
    found = (p for p, end in before if _IN.fullmatch(one.text, end, start))
    within = next(found, None) if place.lat is None else None
    return places.get(within.id, within) if within is not None else place


def holds(wide: Place, other: Place) -> bool:
    """Whether a country, region, sea or line holds another place, as far as the gazetteer tells."""
    if wide.precision in _EXTENDED:
        return _apart(wide, other) <= FAR_KM
    if wide.precision not in WIDE or wide.country is None or wide.country != other.country:
        return False
    if wide.precision is Precision.COUNTRY:
        return True
    return wide.admin1 == other.admin1 if wide.admin1 else _apart(wide, other) <= FAR_KM


def _apart(a: Place, b: Place) -> float:
    """Kilometres between two places (haversine); unresolved ones are infinitely far apart."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    up, across = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    part = sin(up) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(across) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, part)))
