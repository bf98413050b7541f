"""How far each process of annexing, ceding or recognising territory got."""

from dateline.model.vocab import EntityKind, Stage, Status
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.tracks import Step, tracks
from dateline.views.words import DASH, shorten, when

LEAST = 2
"""Stages from which a process is shown."""
MOST_WORDS = 160


def processes(material: Material, notes: Notes) -> Section:
    """The stages told of each process, in order, one line an act; only processes with two stages or more."""
    told = [t for t in tracks(material) if not t.past and len({step.stage for step in t.steps}) >= LEAST]
    steps = [(_state(track.whose, material), step) for track in told for step in track.steps]
    return Section(
        key="processes",
        title="How far processes got",
        intro="What is told of each state's steps towards territory. Signed or voted is not in force; only a report "
        "that says so puts a step in force.",
        columns=("Whose", "Stage", "When", "Who", "According to", "Words"),
        rows=tuple(_row(whose, step, material, notes) for whose, step in steps),
        empty="No process with two stages is told.",
    )


def _state(country: str, material: Material) -> str:
    """The name of a state, else its code."""
    known = (e.name for e in material.links.entities if e.country == country and e.kind is EntityKind.GOVERNMENT)
    return min(known, default=country)


def _row(whose: str, step: Step, material: Material, notes: Notes) -> Row:
    events = [material.events[id] for id in step.events]
    return Row(
        id=step.event,
        cells=(
            whose,
            stage(step),
            when(step.first, step.last, step.time_basis),
            step.who or DASH,
            "; ".join(step.claimed_by),
            shorten(material.words(material.events[step.event]), MOST_WORDS),
        ),
        notes=notes.all(events),
        why=material.events[step.event].because,
    )


def stage(step: Step) -> str:
    """A stage with what is still to come: "signed", "to be ratified", "ratified (demanded)".

    >>> from dateline.model.vocab import EventBasis
    >>> rest = dict(first=None, last=None, time_basis=EventBasis.NONE, who="", what="", claimed_by=())
    >>> stage(Step(stage="ratified", status="planned", reports=(), event="e", events=(), **rest))
    'to be ratified'
    """
    words = step.stage.replace("_", " ")
    if step.stage == Stage.ANNOUNCED or step.status in (Status.OCCURRED, Status.ONGOING, Status.BACKGROUND):
        return words
    if step.status == Status.PLANNED:
        return "to be " + words
    return f"{words} ({step.status})"
