"""The disputed areas that the reports name places in: whose by law, who claims them, who holds them."""

from dateline.knowledge.boundaries import Area, Boundaries
from dateline.model.records import Place
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.words import DASH

_POLICY = {
    "de_jure": "the state to which organs of the UN hold the area to belong; where they leave it open, GeoNames' code",
    "de_facto": "the state that held the whole area when the report appeared; where control was divided, that by law",
}


def boundaries(material: Material, notes: Notes, known: Boundaries) -> Section:
    """One row for each disputed area, with the first places named in it as footnotes."""
    named: dict[str, list[Place]] = {}
    for place in material.places.values():
        if place.disputed in known.areas:
            named.setdefault(place.disputed, []).append(place)
    rows = tuple(_row(known.areas[area], known, named[area], notes) for area in sorted(named))
    return Section(
        key="boundaries",
        title="Disputed areas",
        intro=f"Boundary policy {known.policy}: a place's country is {_POLICY[known.policy]}. No claim is judged here.",
        columns=("Area", "Country here", "By law", "Claimed by", "Held by", "Places named"),
        rows=rows,
        empty="The reports name no place in a disputed area.",
    )


def _row(area: Area, known: Boundaries, places: list[Place], notes: Notes) -> Row:
    names = {place.name: place for place in reversed(places)}
    given = sorted({place.country or DASH for place in places})
    held = "; ".join(f"{one.by} ({one.from_} – {one.to or ''})".replace(" – )", " –)") for one in area.control)
    cells = (
        area.name,
        ", ".join(given),
        area.law if area.law.startswith("open:") else f"{area.country}: {area.law}",
        ", ".join(area.claimed_by),
        held,
        ", ".join(sorted(names)),
    )
    why = " | ".join(f"{one.by}: {one.source}" for one in area.control)
    return Row(id=area.id, cells=cells, notes=notes.all([names[name] for name in sorted(names)][:3]), why=why)
