"""Our precision of a place on the scales of ACLED (geo_precision) and of UCDP GED (where_prec)."""

from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.load import DATA, read_yaml
from dateline.model.vocab import Precision


class Scales(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A precision with its values on both scales; None where a scale has no value for it.

    ``features`` are the GeoNames feature codes that it is for; without any it is for all others.
    """

    id: str
    precision: Precision
    features: frozenset[str] = frozenset()
    acled: int | None
    ucdp: int | None
    example: str


@lru_cache(maxsize=1)
def scales() -> tuple[Scales, ...]:
    """Every entry of ``data/crosswalks/precision.yaml``."""
    return read_yaml(DATA / "crosswalks" / "precision.yaml", tuple[Scales, ...])


def scales_of(precision: Precision, feature: str | None = None) -> Scales:
    """The values for a place of that precision and GeoNames feature code.

    >>> town, donbas = scales_of(Precision.PLACE, "PPL"), scales_of(Precision.REGION, "RGN")
    >>> (town.acled, town.ucdp), (donbas.acled, donbas.ucdp)
    ((1, 1), (3, 5))
    """
    every = [one for one in scales() if one.precision is precision]
    return next((one for one in every if feature in one.features), None) or next(o for o in every if not o.features)
