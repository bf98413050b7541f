"""What happened, and what is planned or threatened and not yet seen."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from dateline.knowledge.lexicon.loaded import OMITTED
from dateline.model.links import Incident
from dateline.model.records import Event, Party
from dateline.model.vocab import EventBasis, Stage, Status, Voice
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.sections.tolls import tolls
from dateline.views.words import DASH, count, shorten, when

SEEN = (Status.OCCURRED, Status.ONGOING)
HISTORY = timedelta(days=180)
"""How long before the first report an incident counts as history: as in reading a dated report."""
MOST_PAIRS = 4
"""Pairs of actor and recipient shown in a row; the others are counted."""
COLUMNS = ("When", "Where", "What", "Who → to whom", "Claimed by", "Figure", "Status", "Sources", "Words")


def incidents(material: Material, notes: Notes) -> Section:
    """What is told as having happened or going on, one line an incident."""
    return Section(
        key="incidents",
        title="Incidents",
        intro="What the reports tell as having happened or going on. A claim stands under its claimant "
        "(“a party”: to the conflict); copies are not counted as sources.",
        columns=COLUMNS,
        rows=_rows(material, notes, lambda i: i.status in SEEN and not _history(i, material)),
        empty="No incident was found.",
    )


def planned(material: Material, notes: Notes) -> Section:
    """What is planned, possible, threatened or demanded and told nowhere as having happened."""
    return Section(
        key="planned",
        title="Planned and not yet seen",
        intro="Announced, possible, threatened or demanded. None of this is told as having happened.",
        columns=COLUMNS,
        rows=_rows(
            material,
            notes,
            lambda i: i.status not in (*SEEN, Status.BACKGROUND) and i.seen_as is None and not _history(i, material),
        ),
        empty="Nothing is planned, threatened or demanded in these reports.",
    )


def background(material: Material, notes: Notes) -> Section:
    """Earlier history that the reports tell as context, and incidents that ended long before any report."""
    past = {id for incident in material.links.incidents if _history(incident, material) for id in incident.events}
    told = [
        event
        for event in material.each("events", Event)
        if (event.status is Status.BACKGROUND or event.id in past) and not material.in_caption(event)
    ]
    rows = tuple(
        Row(
            id=event.id,
            cells=(
                when(event.from_, event.to, event.time_basis),
                event.place or DASH,
                _what(event, material),
                _who([event], material),
                shorten(material.words(event), 320),
            ),
            notes=notes.all([event]),
            why=event.because,
        )
        for event in sorted(told, key=lambda e: (e.from_ or "9999", e.evidence.report, e.evidence.span))
    )
    return Section(
        key="background",
        title="Background",
        intro="Earlier history, told as context and outside every count.",
        columns=("When", "Where", "What", "Who → to whom", "Words"),
        rows=rows,
        empty="No earlier history is told.",
    )


def _history(incident: Incident, material: Material) -> bool:
    """Whether an incident ended more than ``HISTORY`` before the first dated report.

    A report without a publication date cannot tell by itself what is history to it; the others can.
    """
    first = material.first_published
    return first is not None and incident.to is not None and incident.to[:10] < (first - HISTORY).isoformat()


def _rows(material: Material, notes: Notes, wanted: Callable[[Incident], bool]) -> tuple[Row, ...]:
    chosen = [incident for incident in material.links.incidents if wanted(incident)]
    chosen.sort(key=lambda i: (i.from_ or "9999", i.to or "9999", i.place or "~", i.id))
    rows = (_row(incident, material, notes) for incident in chosen)
    return tuple(row for row in rows if row is not None)


def _row(incident: Incident, material: Material, notes: Notes) -> Row | None:
    events = [material.events[id] for id in incident.events if id in material.events]
    if not events:
        return None
    fullest = max(events, key=lambda e: (len(e.actors) + len(e.recipients), e.place is not None, e.score))
    cells = (
        when(incident.from_, incident.to, _surest(events)),
        _where(incident, fullest),
        _what(fullest, material),
        _who(events, material),
        _claimants(incident, events, material),
        tolls(incident, material),
        _status(incident, fullest, frozenset(i.seen_as for i in material.links.incidents if i.seen_as)),
        _sources(incident),
        shorten(material.words(fullest), 320),
    )
    figures = [material.figures.get(id) for claim in incident.figures for id in claim.figures]
    return Row(id=incident.id, cells=cells, notes=notes.all([*events, *figures]), why=incident.because)


def _surest(events: Iterable[Event]) -> EventBasis:
    """The best ground that any of the tellings gives for the time."""
    order = (EventBasis.CLAUSE, EventBasis.SENTENCE, EventBasis.DATELINE, EventBasis.PUBLISHED, EventBasis.NONE)
    return min((event.time_basis for event in events), key=order.index)


def _where(incident: Incident, event: Event) -> str:
    if incident.place is None:
        return DASH
    return (
        incident.place if event.place_basis.value in ("clause", "none") else f"{incident.place} ({event.place_basis})"
    )


def _what(event: Event, material: Material) -> str:
    kind = event.type.lower() + (f"/{event.mode}" if event.mode else "")
    words = material.loaded.plain(" ".join(event.trigger.text.split()))
    return f"[{kind}]" if words == OMITTED else f"{words} [{kind}]"


def _who(events: Iterable[Event], material: Material) -> str:
    """Each actor once with the recipients that it is first told with; recipients alone where nobody acts."""
    told: dict[str, tuple[str, str]] = {}
    for event in events:
        actor, recipient = _names(event.actors, material), _names(event.recipients, material)
        if actor or recipient:
            key = _key(event.actors, material) if actor else ""
            told.setdefault(key, (actor, recipient))
    acted = [pair for key, pair in told.items() if key] or list(told.values())
    more = f"; +{len(acted) - MOST_PAIRS} more" if len(acted) > MOST_PAIRS else ""
    return "; ".join(_pair(*pair) for pair in acted[:MOST_PAIRS]) + more or DASH


def _names(parties: Iterable[Party], material: Material) -> str:
    return ", ".join(dict.fromkeys(material.loaded.plain(material.named(party)) for party in parties))


def _key(parties: Iterable[Party], material: Material) -> str:
    entities = ((material.entity(party), party) for party in parties)
    return "|".join(sorted(entity.id if entity else party.text.casefold() for entity, party in entities))


def _pair(actor: str, recipient: str) -> str:
    return f"{actor or '?'} → {recipient}" if recipient else actor


def _claimants(incident: Incident, events: Iterable[Event], material: Material) -> str:
    """Who says so, each once; the reporter where nobody is named."""
    shown: dict[str, str] = {}
    for event in events:
        statement = material.statements.get(event.statement or "")
        if statement is None:
            said = "the reporter" if event.voice is Voice.REPORTER else event.voice.value
            shown.setdefault(said, said)
        else:
            entity, surface = material.entity(statement.speaker), material.named(statement.speaker)
            shown.setdefault(entity.id if entity else surface.casefold(), surface or statement.voice.value)
    return "; ".join(shown.values()) or "; ".join(incident.claimants) or DASH


def _status(incident: Incident, event: Event, foreseen: frozenset[str]) -> str:
    told = _stage(event) if incident.status is Status.OCCURRED and event.stage else incident.status.value
    words = [told + (", as planned" if incident.id in foreseen else "")]
    if event.polarity.value != "affirmed":
        words.append(event.polarity.value)
    if event.certainty.value == "hedged":
        words.append("hedged")
    return ", ".join(words)


def _stage(event: Event) -> str:
    """How far a process is told to be, in place of "occurred", which would say that it is through."""
    stage = event.stage.value.replace("_", " ") if event.stage else ""
    return f"only {stage}" if event.stage in (Stage.PROPOSED, Stage.ANNOUNCED) else stage


def _sources(incident: Incident) -> str:
    publishers = count(len(incident.publishers), "publisher") if incident.publishers else "publisher unknown"
    low, high = incident.origins_low, incident.origins_high
    origins = count(high, "origin") if low == high else f"{low}–{high} origins"
    return f"{count(len(incident.reports), 'report')}, {publishers}, {origins}"
