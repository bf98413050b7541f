"""Figures, one row each telling: how many of what, who says so, against what, of which event."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.model.records import Figure
from dateline.model.vocab import Effect
from dateline.views import telling
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.words import DASH, count, shorten, when


class FigureRow(Struct, frozen=True, kw_only=True):
    """One quantity as one report gives it. ``low`` and ``high`` are what its bound allows; None is open or unknown.

    ``when``, ``where``, ``what`` and ``who`` are of the event that it is told of; ``sources`` of its incident.
    """

    claimant: str
    claimant_is_party: bool | None
    figure: str
    of: str
    against: str
    when: str
    where: str
    what: str
    who: str
    status: str
    sources: str
    quote: str
    words: str
    report: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    counted: str | None
    effect: str | None
    why: str
    id: str
    event: str | None
    incident: str | None


def list_figures(material: Material, effect: Effect | None = None) -> Listing[FigureRow]:
    """The figures, or those of one effect, by claimant; those told in captions are left out."""
    rows = tuple(figure_rows(material))
    found = tuple(row for row in rows if effect is None or row.effect == effect.value)
    of = (
        count(len(found), "figure")
        if effect is None
        else f"{len(found)} of {count(len(rows), 'figure')}, those {effect},"
    )
    return Listing(FigureRow, f"{of} in {count(len(material.reports), 'report')}", found)


def figure_rows(material: Material) -> Iterator[FigureRow]:
    """Every figure outside captions, by claimant, then as the reports tell it."""
    told = ((telling.claimant(f, material), f) for f in material.each("figures", Figure) if not material.in_caption(f))
    for claimant, figure in sorted(told, key=lambda one: (one[0], one[1].evidence.report, one[1].evidence.span)):
        yield _row(figure, claimant, material)


def _row(figure: Figure, claimant: str, material: Material) -> FigureRow:
    event = material.events.get(figure.event or "")
    incident = material.incidents.get(figure.event or "")
    return FigureRow(
        claimant=claimant,
        claimant_is_party=figure.claimant_is_party,
        figure=telling.size(figure),
        of=telling.counted(figure) or DASH,
        against=_against(figure, material),
        when=when(event.from_, event.to, event.time_basis) if event else DASH,
        where=telling.place(event.place, event.place_basis) if event else DASH,
        what=telling.what(event, material) if event else DASH,
        who=telling.who([event], material) if event else DASH,
        status=telling.status(event.status, event) if event else DASH,
        sources=telling.sources(incident, material) if incident else "1 report",
        quote=" ".join(figure.evidence.quote.split()),
        words=shorten(material.words(figure), 320),
        report=figure.evidence.report,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        bound=figure.bound.value,
        unit=figure.unit,
        counted=figure.counted,
        effect=figure.effect.value if figure.effect else None,
        why=figure.because,
        id=figure.id,
        event=figure.event,
        incident=incident.id if incident else None,
    )


def _against(figure: Figure, material: Material) -> str:
    shown = []
    if figure.base:
        shown.append(f"of {figure.base}")
    if figure.comparator:
        shown.append(f"compared with {figure.comparator}")
    if figure.realised is False:
        shown.append("ordered or planned, not reached")
    if back := telling.taken_back([figure.id], material):
        shown.append(back)
    return "; ".join(shown) or DASH
