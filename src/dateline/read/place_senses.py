"""What a place's name means in a report: its candidates ranked by population and by what the report says.

A score is the logarithm of the population, to which the report's evidence is added: the countries and
subdivisions it names, other names that lie in the same subdivision, places near by, words for the kind of
place, what it is said to lie in, and how far and in which direction from where it is said to be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import asin, atan2, cos, degrees, log10, radians, sin, sqrt

from msgspec import Struct

from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import Candidate as Known
from dateline.knowledge.gazetteer import Gazetteer, Site
from dateline.model.records import Candidate

NEAR = 120.0
"""Kilometres within which another place of the report speaks for a candidate."""
_DEGREES = NEAR / 111.0
"""Degrees of latitude, of 111.2 km each, that are certainly more than NEAR."""
WEAK = 3.3
"""A best candidate that scores less is not taken: a village nobody in the report points to."""
COUNTRY = frozenset({"PCLI", "PCL", "PCLD"})
"""Feature codes of countries."""
TIE = 0.5
"""A best candidate with less than this share of belief is not taken: others elsewhere are as likely together."""
_CHIEF = 0.075
"""The share of a region's people from which a town called like it is meant by its bare name."""
_PULL = 2.0
"""What a name adds that surely lies in the same subdivision, and how many such names count."""
_ABOUT, _ROUGHLY, _POINTS = 0.25, 10.0, 35.0
"""How far a told distance may be off (a share, and kilometres besides), and a told direction (degrees)."""


class Away(Struct, frozen=True):
    """How far from some place, and in which direction (degrees from north, or None), a name is said to lie."""

    anchors: tuple[Site, ...]
    km: float
    bearing: float | None


class Hints(Struct):
    """What a report's mentions of one name say about it."""

    features: set[str]
    inside: list[Site]
    away: list[Away]
    listed: bool = False


class Context(Struct):
    """Where a report points: how often to each country and subdivision, and how many of its names to each of these.

    ``perhaps`` are countries that it points to by a name that towns elsewhere bear too.
    """

    countries: Counter[str]
    perhaps: set[str]
    divisions: Counter[str]
    pull: dict[str, float]

    def add(self, site: Site) -> None:
        """Count a place that is sure."""
        if site.country and site.feature not in COUNTRY:
            self.countries[site.country] += 1
            if site.admin1:
                self.divisions[site.admin1] += 1

    def without(self, site: Site | None, times: int) -> "Context":
        """The context without what a name's own sure place counts in it: a name is no evidence for itself."""
        if site is None or site.feature in COUNTRY:
            return self
        countries, divisions = Counter(self.countries), Counter(self.divisions)
        if site.country:
            countries[site.country] = max(0, countries[site.country] - times)
        if site.admin1:
            divisions[site.admin1] = max(0, divisions[site.admin1] - 1)
        return Context(countries, self.perhaps, divisions, self.pull)


class Ranked(Struct, frozen=True):
    """A candidate with its score and why."""

    site: Site
    score: float
    because: str


class Sense(Struct, frozen=True):
    """What a name means in the report: the best candidate with its share of belief, and the first few with theirs."""

    best: Ranked | None
    share: float
    others: tuple[Candidate, ...]


def pull_of(gazetteer: Gazetteer, names: Iterable[str]) -> dict[str, float]:
    """How many of these names point to each subdivision (one that many places bear points little to each)."""
    pull: dict[str, float] = defaultdict(float)
    for name in sorted({fold(name) for name in names}):
        for region, share in _regions(gazetteer.lookup(name)).items():
            pull[region] += share
    return pull


def _regions(found: Sequence[Known]) -> dict[str, float]:
    """How far a name points to each subdivision: wholly where all places of that name lie in one."""
    there = {c.site.admin1 for c in found if c.main and c.site.admin1}
    if not there or any(c.site.feature in COUNTRY for c in found):
        return {}
    return {one: 1.0 / len(there) for one in there}


def rank(found: tuple[Known, ...], hints: Hints, context: Context, near: Sequence[Site]) -> list[Ranked]:
    """The candidates, best first, each with why. ``near`` holds the places other than countries already sure."""
    nations = {c.site.country for c in found if c.main and c.site.feature in COUNTRY}
    towns = {
        c.site.admin1: c.site.population
        for c in reversed(found)
        if c.site.feature.startswith("PPL") and c.site.population > 15_000
    }
    own = _regions(found)
    ranked = []
    for candidate in found[:40]:
        score, why = _known(candidate, hints, context, nations, towns)
        for told, because in (
            _by_context(candidate.site, context, own),
            _by_words(candidate.site, hints),
            _by_distance(candidate.site, hints.away),
        ):
            score += told
            why.extend(because)
        site = candidate.site
        if any(not _apart(site, other) and other.id != site.id and km(site, other) < NEAR for other in near):
            score += 1.1
            why.append("near another place of the report")
        ranked.append(Ranked(site, score, ", ".join(why)))
    ranked.sort(key=lambda r: (-r.score, -r.site.population, r.site.id))
    return ranked


def _known(
    candidate: Known, hints: Hints, context: Context, nations: set[str | None], towns: dict[str | None, int]
) -> tuple[float, list[str]]:
    """What the place is by itself: its people, its rank, and whether it is called so first of all."""
    site = candidate.site
    score = log10(max(site.population, 100))
    if site.feature in COUNTRY:
        # A country that only this name points to, among other countries' places, may be a homonym.
        score += 1.0 if context.countries[site.country or ""] or not context.countries.total() else -0.2
    elif site.country in nations:
        # A town called like its own country: the country is meant.
        score -= 2.0
    elif site.feature == "PPLC":
        score += 1.0
    elif site.feature == "ADM2":
        score -= 2.5
    elif site.feature == "ADM1" and towns.get(site.admin1, 0) > _CHIEF * site.population:
        # A region called like its chief town: without a word for it, the town is meant.
        score += 2.2 if hints.listed else -2.0
    if site.own and site.feature not in COUNTRY:
        score += 0.7
    if not candidate.main:
        score -= 0.9 if site.population > 100_000 else 2.4
    return score, ["population"]


def _by_context(site: Site, context: Context, own: dict[str, float]) -> tuple[float, list[str]]:
    """What the country and the subdivision add; ``own`` is what the name itself counts in the context's pull."""
    if site.feature in COUNTRY:
        return 0.0, []
    score, why = 0.0, []
    total = context.countries.total()
    if total and site.country:
        share = context.countries[site.country] / total
        if share:
            score += 0.6 + 1.4 * share
            why.append("its country is named")
        elif site.feature != "PPLC" and site.country not in context.perhaps:
            score -= 0.8
    if site.country in context.perhaps and not context.countries[site.country]:
        score += 1.2
        why.append("its country may be named")
    if site.admin1 and site.feature != "ADM1":
        if context.divisions[site.admin1]:
            score += 1.3
            why.append("its region is named")
        others = context.pull.get(site.admin1, 0.0) - own.get(site.admin1, 0.0)
        if others > 0.01:
            score += _PULL * min(others, 2.0)
            why.append("other names of the report lie in its region")
    return score, why


def _by_words(site: Site, hints: Hints) -> tuple[float, list[str]]:
    """What the words for its kind and for what it lies in add."""
    score, why = 0.0, []
    if hints.features:
        if site.feature in hints.features:
            score += 3.5
            why.append("the word for its kind")
        elif site.feature not in COUNTRY or not hints.features & COUNTRY:
            score -= 1.5
    if any(_lies_in(site, wider) for wider in hints.inside):
        score += 5.0
        why.append("where the report says it lies")
    return score, why


def _by_distance(site: Site, told: Sequence[Away]) -> tuple[float, list[str]]:
    """What a told distance and direction add; a place that does not lie there is hardly meant."""
    if not told:
        return 0.0, []
    if any(_agrees(site, anchor, one) for one in told for anchor in one.anchors):
        return 5.0, ["as far as the report says"]
    return -2.0, ["not as far as the report says"]


def _agrees(site: Site, anchor: Site, told: Away) -> bool:
    if abs(km(site, anchor) - told.km) > _ABOUT * told.km + _ROUGHLY:
        return False
    if told.bearing is None:
        return True
    off = abs(_bearing(anchor, site) - told.bearing) % 360.0
    return min(off, 360.0 - off) <= _POINTS


def _bearing(a: Site, b: Site) -> float:
    """The direction from one place to another in degrees from north, at the start of the great circle."""
    lat, other, east = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    return degrees(atan2(sin(east) * cos(other), cos(lat) * sin(other) - sin(lat) * cos(other) * cos(east))) % 360.0


def _lies_in(site: Site, wider: Site) -> bool:
    if wider.feature == "ADM1":
        return site.admin1 == wider.admin1 and site.id != wider.id
    if wider.feature in COUNTRY:
        return site.country == wider.country and site.id != wider.id
    if wider.feature == "ADM2":
        return site.admin2 is not None and site.admin2 == wider.admin2 and site.id != wider.id
    return site.id != wider.id and km(site, wider) < 250.0


def sure(ranked: Sequence[Ranked]) -> bool:
    """Whether the best is beyond doubt: alone, or far ahead of the next that lies elsewhere."""
    if not ranked or ranked[0].score < WEAK:
        return False
    elsewhere = next((r for r in ranked[1:] if _far(r.site, ranked[0].site)), None)
    return elsewhere is None or ranked[0].score - elsewhere.score > 1.5


def sense(ranked: Sequence[Ranked]) -> Sense:
    """What the ranked candidates come to."""
    shares = [_share(r, ranked) for r in ranked[:4]]
    others = tuple(
        Candidate(r.site.id, f"{r.site.name} ({r.site.country or r.site.feature})", round(share, 3), r.because)
        for r, share in zip(ranked, shares, strict=False)
    )
    return Sense(ranked[0] if ranked else None, shares[0] if shares else 0.0, others)


def _share(one: Ranked, ranked: Sequence[Ranked]) -> float:
    """How much of the belief falls to one candidate (its weight among the candidates that lie elsewhere)."""
    weights = [10 ** min(r.score - ranked[0].score, 0.0) for r in ranked if r is one or _far(r.site, one.site)]
    own = 10 ** min(one.score - ranked[0].score, 0.0)
    return own / sum(weights) if weights else 1.0


def _apart(a: Site, b: Site) -> bool:
    """Whether their parallels alone lie further apart than NEAR, which is quickly told of most pairs."""
    return abs(a.lat - b.lat) > _DEGREES


def _far(a: Site, b: Site) -> bool:
    return _apart(a, b) or km(a, b) > NEAR


def km(a: Site, b: Site) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat, other = radians(a.lat), radians(b.lat)
    h = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, h)))
