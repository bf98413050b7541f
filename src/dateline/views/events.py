"""Events, one row each telling: when, where, who to whom, who says so, how real it is, the words."""

from collections import defaultdict

from msgspec import Struct

from dateline.model.records import Event, Figure
from dateline.views import telling
from dateline.views.incidents import MOST_WORDS
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.telling import ALL, Wanted, fits, undated
from dateline.views.words import DASH, count, shorten, when


class EventRow(Struct, frozen=True, kw_only=True):
    """One event as one report tells it. ``figure`` holds the figures told with it, each with its claimant;
    ``sources`` is what can be said of the incident that it belongs to."""

    when: str
    where: str
    what: str
    who: str
    claimed_by: str
    figure: str
    status: str
    sources: str
    words: str
    report: str
    first: str | None
    last: str | None
    time_basis: str
    place: str | None
    place_basis: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    polarity: str
    certainty: str
    stage: str | None
    why: str
    event: str
    incident: str | None


def list_events(material: Material, wanted: Wanted = ALL) -> Listing[EventRow]:
    """The events that are wanted, by their first day; those told in captions are counted and left out.

    Every telling is a row of its own: several are one incident. Where days are asked for, an event without a time is
    left out, and counted.
    """
    figures: dict[str, list[Figure]] = defaultdict(list)
    for figure in material.each("figures", Figure):
        if figure.event:
            figures[figure.event].append(figure)
    events = list(material.each("events", Event))
    told = [event for event in events if not material.in_caption(event)]
    found = [event for event in told if fits(event, wanted, material)]
    found.sort(key=lambda e: (e.from_ or "9999", e.to or "9999", material.order[e.evidence.report], e.evidence.span))
    of = count(len(found), "event") if len(found) == len(told) else f"{len(found)} of {count(len(told), 'event')}"
    words = [f"{of} in {count(len(material.reports), 'report')}"]
    if wanted.dated and (without := sum(undated(event) for event in told)):
        words.append(f"{without} without a time left out")
    if captioned := len(events) - len(told):
        words.append(f"{captioned} told in captions left out")
    return Listing(EventRow, "; ".join(words), tuple(_row(event, figures[event.id], material) for event in found))


def _row(event: Event, figures: list[Figure], material: Material) -> EventRow:
    incident = material.incidents.get(event.id)
    given = (f"{telling.size(one)} {telling.counted(one)} ({telling.claimant(one, material)})" for one in figures)
    return EventRow(
        when=when(event.from_, event.to, event.time_basis),
        where=telling.place(event.place, event.place_basis),
        what=telling.what(event, material),
        who=telling.who([event], material),
        claimed_by="; ".join(telling.claimants([event], material)),
        figure="; ".join(dict.fromkeys(given)) or DASH,
        status=telling.standing(telling.status(event.status, event), [event.id], material),
        sources=telling.sources(incident, material) if incident else "1 report",
        words=shorten(material.words(event), MOST_WORDS),
        report=event.evidence.report,
        first=event.from_,
        last=event.to,
        time_basis=event.time_basis.value,
        place=event.place,
        place_basis=event.place_basis.value,
        type=event.type,
        mode=event.mode,
        actors=telling.parties(event.actors, material),
        recipients=telling.parties(event.recipients, material),
        polarity=event.polarity.value,
        certainty=event.certainty.value,
        stage=event.stage.value if event.stage else None,
        why=event.because,
        event=event.id,
        incident=incident.id if incident else None,
    )
