"""Statements by speaker, and states according to whom."""

from dateline.model.records import State, Statement
from dateline.model.vocab import Polarity
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.quotes import said, spoken
from dateline.views.words import DASH, day, days, shorten


def statements(material: Material, notes: Notes) -> Section:
    """Who said what, speaker by speaker."""
    told = [s for s in material.each("statements", Statement) if not material.in_caption(s)]
    told.sort(key=lambda s: _order(s, material))
    rows = tuple(
        Row(
            id=statement.id,
            cells=(
                _speaker(statement, material),
                said(statement),
                shorten(_content(statement, material), 320),
                statement.kind.value,
                ", ".join(material.named(part) for part in statement.via) or DASH,
                day(statement.said_on),
                material.label(statement.evidence.report),
            ),
            notes=notes.all([statement]),
            why=statement.because,
        )
        for statement in told
    )
    return Section(
        key="statements",
        title="Statements by speaker",
        intro="Who says what. The words are the report's; marks are as it prints them.",
        columns=("Speaker", "Does", "What is said", "Given as", "Passed on by", "Said on", "Report"),
        rows=rows,
        empty="Nobody is reported as saying anything.",
    )


def positions(material: Material, notes: Notes) -> Section:
    """Who supports or opposes what, as their own statements show."""
    rows = []
    for position in material.links.positions:
        told = [material.statements[id] for id in position.statements if id in material.statements]
        rows.append(
            Row(
                id=position.id,
                cells=(
                    position.actor,
                    position.stance.value,
                    position.issue,
                    shorten(" / ".join(spoken(statement, material) for statement in told), 320),
                    day(position.from_),
                    day(position.to),
                    ", ".join(dict.fromkeys(material.label(statement.evidence.report) for statement in told)),
                ),
                notes=notes.all(told),
                why=position.because,
            )
        )
    return Section(
        key="positions",
        title="Positions",
        intro="Who supports or opposes what, where their words say so outright. Silence is no position; an accusation "
        "is none either. Words in “ ” are verbatim.",
        columns=("Who", "Stance", "On", "What is said", "First said", "Last said", "Reports"),
        rows=tuple(sorted(rows, key=lambda row: (row.cells[2].casefold(), row.cells[0].casefold()))),
        empty="No statement says outright what its speaker supports or opposes.",
    )


def states(material: Material, notes: Notes) -> Section:
    """Who holds, runs, claims or recognises what, according to whom."""
    rows = []
    for state in material.each("states", State):
        if material.in_caption(state):
            continue
        statement = material.statements.get(state.statement or "")
        rows.append(
            Row(
                id=state.id,
                cells=(
                    material.named(state.subject),
                    ("not " if state.polarity is not Polarity.AFFIRMED else "")
                    + state.relation.value.replace("_", " "),
                    material.named(state.object),
                    days(state.from_, state.to),
                    state.status.value,
                    (material.named(statement.speaker) if statement else "") or state.voice.value,
                    material.label(state.evidence.report),
                ),
                notes=notes.all([state]),
                why=state.because,
            )
        )
    return Section(
        key="states",
        title="Who holds what, according to whom",
        intro="Control, occupation, claims, recognition, office and membership, as the reports tell them.",
        columns=("Who", "Relation", "What", "When", "Status", "According to", "Report"),
        rows=tuple(rows),
        empty="No such relation is told.",
    )


def _order(statement: Statement, material: Material) -> tuple[object, ...]:
    """By the speaker's name, known speakers before those whom nobody names; then as the reports tell it."""
    speaker = statement.speaker
    referent = material.referents.get(speaker.referent or "") if speaker else None
    entity = material.entity(speaker)
    name = entity.name if entity else referent.name if referent else speaker.text if speaker else ""
    known = 0 if referent else 1 if speaker else 2
    return known, name.casefold(), statement.evidence.report, statement.evidence.span


def _speaker(statement: Statement, material: Material) -> str:
    return material.named(statement.speaker) or f"[{statement.voice.value}]"


def _content(statement: Statement, material: Material) -> str:
    text = material.by_id[statement.evidence.report].text
    return " … ".join(span.of(text) for span in statement.content)
