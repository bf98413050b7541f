"""Disputed areas: which state a place belongs to by law, who claims it, and who holds it.

Dateline decides no border. Under the policy ``de_jure`` a place's country is the state to which organs of the United
Nations hold its area to belong (where they leave it open, GeoNames' code); under ``de_facto`` it is the state that held
the whole area when the report appeared. The areas, their claimants and the sources are ``data/boundaries/areas.yaml``.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from dateline.errors import KnowledgeError
from dateline.knowledge.gazetteer import Site
from dateline.knowledge.load import read_yaml
from dateline.model.report import Published
from dateline.model.vocab import BoundaryPolicy


class Control(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who held an area for a time, and who says so; ``country`` is None where no state's code stands for them."""

    by: str
    country: str | None
    from_: str = field(name="from")
    to: str | None = None
    whole: bool = True
    source: str

    def holds(self, published: Published) -> bool:
        """Whether it lasted over the whole of a report's publication date; a rough day counts by its beginning."""
        last = published.last.isoformat()
        return self.from_ <= published.first.isoformat() and (self.to is None or last[: len(self.to)] <= self.to)


class Area(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area that is claimed by several, or held by others than the state it belongs to by law.

    ``sites`` are ids of the gazetteer, ``within`` codes of subdivisions, ``countries`` codes of which all is in it.
    """

    id: str
    name: str
    sites: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    country: str | None
    law: str
    claimed_by: tuple[str, ...]
    control: tuple[Control, ...]
    example: str

    def held(self, published: Published | None) -> Control | None:
        """Who held it when the report appeared; None without a date, or where nothing is known of that day."""
        return next((c for c in self.control if c.holds(published)), None) if published else None

    def country_under(self, policy: BoundaryPolicy, published: Published | None) -> str | None:
        """The ISO 3166-1 alpha-3 code under a policy. Where control is divided or unknown, the one by law stands."""
        held = self.held(published) if policy is BoundaryPolicy.DE_FACTO else None
        return held.country if held is not None and held.whole else self.country


class Boundaries:
    """The disputed areas, and the policy under which they are given a country."""

    def __init__(self, areas: tuple[Area, ...], policy: BoundaryPolicy) -> None:
        self.areas = {area.id: area for area in areas}
        self.policy = policy
        self._by_site = {site: area for area in areas for site in area.sites}
        self._by_code = {code: area for area in areas for code in (*area.within, *area.countries)}

    def area(self, site: Site) -> Area | None:
        """The disputed area that a place lies in, or None."""
        found = self._by_site.get(site.id)
        return found or next((self._by_code[code] for code in _codes(site) if code in self._by_code), None)

    def country(self, site: Site, published: Published | None) -> str | None:
        """The country of a place under the policy, for a report of that date."""
        area = self.area(site)
        return site.country if area is None else area.country_under(self.policy, published)


def _codes(site: Site) -> Iterator[str]:
    """The codes of what a place lies in, the narrowest first."""
    for code in (site.admin2, site.admin1):
        while code and "." in code:
            yield code
            code = code.rpartition(".")[0]
    if site.country:
        yield site.country


def load_boundaries(folder: Path, policy: BoundaryPolicy) -> Boundaries:
    """The areas of ``areas.yaml``. Raises KnowledgeError when an area, or what makes one up, stands twice."""
    areas = read_yaml(folder / "areas.yaml", tuple[Area, ...])
    members = [part for area in areas for part in (area.id, *(f"={one}" for one in _members(area)))]
    if twice := next((part for part in members if members.count(part) > 1), None):
        raise KnowledgeError(f"areas.yaml: {twice} stands twice")
    if empty := next((area.id for area in areas if not area.control), None):
        raise KnowledgeError(f"areas.yaml: {empty} says nothing of who holds it")
    return Boundaries(areas, policy)


def _members(area: Area) -> tuple[str, ...]:
    return (*area.sites, *area.within, *area.countries)
