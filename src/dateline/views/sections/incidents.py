"""What happened, and what is planned or threatened and not yet seen."""

from dateline.model.records import Event
from dateline.model.vocab import Status
from dateline.views import telling
from dateline.views.incidents import MOST_WORDS, IncidentRow, ToldAs, incident_rows, is_history
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.words import DASH, shorten, when

COLUMNS = ("When", "Where", "What", "Who → to whom", "Claimed by", "Figure", "Status", "Sources", "Words")


def incidents(material: Material, notes: Notes) -> Section:
    """What is told as having happened or going on, one line an incident."""
    return Section(
        key="incidents",
        title="Incidents",
        intro="What the reports tell as having happened or going on. A claim stands under its claimant "
        "(“a party”: to the conflict); copies are not counted as sources.",
        columns=COLUMNS,
        rows=_rows(material, notes, ToldAs.HAPPENED),
        empty="No incident was found.",
    )


def planned(material: Material, notes: Notes) -> Section:
    """What is planned, possible, threatened or demanded and told nowhere as having happened."""
    return Section(
        key="planned",
        title="Planned and not yet seen",
        intro="Announced, possible, threatened or demanded. None of this is told as having happened.",
        columns=COLUMNS,
        rows=_rows(material, notes, ToldAs.PLANNED),
        empty="Nothing is planned, threatened or demanded in these reports.",
    )


def background(material: Material, notes: Notes) -> Section:
    """Earlier history that the reports tell as context, and incidents that ended long before any report."""
    past = {id for incident in material.links.incidents if is_history(incident, material) for id in incident.events}
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
                telling.what(event, material),
                telling.who([event], material),
                shorten(material.words(event), MOST_WORDS),
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


def _rows(material: Material, notes: Notes, told_as: ToldAs) -> tuple[Row, ...]:
    return tuple(_row(row, material, notes) for row in incident_rows(material) if row.told_as is told_as)


def _row(row: IncidentRow, material: Material, notes: Notes) -> Row:
    cells = (
        row.when,
        row.where,
        row.what,
        row.who,
        "; ".join(row.claimed_by),
        row.figure,
        row.status,
        row.sources,
        row.words,
    )
    events = [material.events.get(id) for id in row.events]
    figures = [material.figures.get(id) for claim in row.claims for id in claim.figures]
    return Row(id=row.incident, cells=cells, notes=notes.all([*events, *figures]), why=row.why)
