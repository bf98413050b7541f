"""Whether two places can be one: by containment and distance, so that a city and its region do not clash."""

from math import asin, cos, radians, sin, sqrt

from dateline.model.records import Place
from dateline.model.vocab import Precision

NEAR_KM = 25.0
"""Two narrow places no further apart than this may be one place named twice (a quarter and its city)."""
FAR_KM = 300.0
"""How far from the point that stands for a sea, a line or a loose region a place may lie that it holds."""

_EXTENDED = frozenset({Precision.SEA, Precision.LINE})
WIDE = frozenset({Precision.COUNTRY, Precision.REGION}) | _EXTENDED
"""Places too wide to tell that two events are one."""


def compatible(a: Place | None, b: Place | None) -> bool:
    """Whether two places do not rule each other out; an unknown one fits any."""
    if a is None or b is None or a.name == b.name:
        return True
    if a.precision is None or b.precision is None:
        # A name that the gazetteer does not know may lie in any wide place, but is not another name.
        return a.precision in WIDE or b.precision in WIDE
    return holds(a, b) or holds(b, a) or same(a, b)


def same(a: Place | None, b: Place | None) -> bool:
    """Whether two narrow places are one, by name or nearness."""
    if a is None or b is None or not narrow(a) or not narrow(b):
        return False
    return a.name == b.name or _apart(a, b) <= NEAR_KM


def narrow(place: Place | None) -> bool:
    """Whether a place is near enough to tell events apart by it."""
    return place is not None and place.precision is not None and place.precision not in WIDE


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
