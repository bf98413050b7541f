"""Incidents, one row each: when, where, who to whom, who claims it, the figures, the sources, the words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from dateline.model.links import FigureClaim, Incident
from dateline.model.records import Event
from dateline.model.vocab import EventBasis, Status
from dateline.views import telling
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.telling import ALL, Wanted, fits
from dateline.views.tolls import tolls
from dateline.views.unkept import unkept
from dateline.views.words import DASH, count, shorten, when

SEEN = (Status.OCCURRED, Status.ONGOING)
HISTORY = timedelta(days=180)
"""How long before the first report an incident counts as history: as in reading a dated report."""
MOST_WORDS = 320
"""Code points of the words shown in a row."""


class ToldAs(StrEnum):
    """Where an incident stands between plan and history, in the order in which the groups are shown."""

    HAPPENED = "happened"
    PLANNED = "planned and not yet seen"
    CAME_TRUE = "planned, and told later as having happened"
    HISTORY = "earlier history"


class IncidentRow(Struct, frozen=True, kw_only=True):
    """One incident. ``figure`` gives each value with its claimants; ``origins_low`` to ``origins_high`` is from how
    many sources its reports could come. ``words`` are those of the telling that says most, in ``report``."""

    told_as: ToldAs
    when: str
    where: str
    what: str
    who: str
    claimed_by: tuple[str, ...]
    figure: str
    status: str
    sources: str
    words: str
    report: str
    first: str | None
    last: str | None
    place: str | None
    type: str
    mode: str | None
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    origins_low: int
    origins_high: int
    claims: tuple[FigureClaim, ...]
    seen_as: str | None
    why: str
    incident: str
    events: tuple[str, ...]


def list_incidents(material: Material, wanted: Wanted = ALL) -> Listing[IncidentRow]:
    """The incidents of which one telling at least is wanted: what happened first, then plans, then history."""
    rows = [
        row
        for row in incident_rows(material)
        if any(fits(material.events[id], wanted, material) for id in row.events if id in material.events)
    ]
    total = len(material.links.incidents)
    of = count(len(rows), "incident") if len(rows) == total else f"{len(rows)} of {count(total, 'incident')}"
    rows.sort(key=lambda row: list(ToldAs).index(row.told_as))
    return Listing(IncidentRow, f"{of} in {count(len(material.reports), 'report')}", tuple(rows))


def incident_rows(material: Material) -> Iterator[IncidentRow]:
    """Every incident, by its first day."""
    foreseen = frozenset(i.seen_as for i in material.links.incidents if i.seen_as)
    for incident in sorted(
        material.links.incidents, key=lambda i: (i.from_ or "9999", i.to or "9999", i.place or "~", i.id)
    ):
        if any(id in material.events for id in incident.events):
            yield _row(incident, material, incident.id in foreseen)


def is_history(incident: Incident, material: Material) -> bool:
    """Whether an incident ended more than ``HISTORY`` before the first dated report.

    A report without a publication date cannot tell by itself what is history to it; the others can.
    """
    first = material.first_published
    return first is not None and incident.to is not None and incident.to[:10] < (first - HISTORY).isoformat()


def _told_as(incident: Incident, material: Material) -> ToldAs:
    if incident.status is Status.BACKGROUND or is_history(incident, material):
        return ToldAs.HISTORY
    if incident.status in SEEN:
        return ToldAs.HAPPENED
    return ToldAs.PLANNED if incident.seen_as is None else ToldAs.CAME_TRUE


def _place_basis(incident: Incident, events: Sequence[Event], fullest: Event) -> EventBasis:
    """What the place of an incident rests on: the best ground of those that tell it."""
    grounds = [e.place_basis for e in events if e.place == incident.place]
    return min(grounds, key=list(EventBasis).index, default=fullest.place_basis)


def _row(incident: Incident, material: Material, foreseen: bool) -> IncidentRow:
    events = [material.events[id] for id in incident.events if id in material.events]
    fullest = telling.fullest(events, material)
    told_as = _told_as(incident, material)
    denied = unkept(events, material) if told_as is ToldAs.PLANNED else ()
    shown = telling.status(incident.status, fullest, foreseen=foreseen)
    if denied:
        shown += f", said not to have happened in {', '.join(map(material.label, denied))}"
    return IncidentRow(
        told_as=told_as,
        when=when(incident.from_, incident.to, telling.surest(events)),
        where=telling.place(incident.place, _place_basis(incident, events, fullest)),
        what=", ".join(filter(None, (telling.what(fullest, material), telling.conditions(events)))),
        who=telling.who(events, material),
        claimed_by=telling.claimants(events, material) or incident.claimants or (DASH,),
        figure=tolls(incident, material),
        status=telling.standing(shown, incident.events, material),
        sources=telling.sources(incident, material),
        words=shorten(material.words(fullest), MOST_WORDS),
        report=fullest.evidence.report,
        first=incident.from_,
        last=incident.to,
        place=incident.place,
        type=incident.type,
        mode=incident.mode,
        reports=incident.reports,
        publishers=incident.publishers,
        origins_low=incident.origins_low,
        origins_high=incident.origins_high,
        claims=incident.figures,
        seen_as=incident.seen_as,
        why=incident.because,
        incident=incident.id,
        events=incident.events,
    )
