"""Who stands where on an issue, with what was searched."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from dateline.model.links import Position
from dateline.model.records import Statement
from dateline.views.material import Material
from dateline.views.quotes import GIVEN, day_of, holds, said, speaks_of, spoken
from dateline.views.words import count


class Said(Struct, frozen=True):
    """A statement that a stand rests on."""

    statement: str
    does: str
    words: str
    given: str
    on: str | None
    report: str


class Stand(Struct, frozen=True):
    """Where one actor stands: the stance that could be told (None where it could not), on what, since when.

    ``on`` is the issue of the position in the reports' words, which may be narrower than what was asked.
    """

    actor: str
    stance: str | None
    on: tuple[str, ...]
    first: str | None
    last: str | None
    said: tuple[Said, ...]


class Stands(Struct, frozen=True):
    """The answer for an issue. ``searched`` says in words what was looked at; actors with a stance come first."""

    issue: str
    searched: str
    stands: tuple[Stand, ...]


def find_positions(material: Material, issue: str) -> Stands:
    """Who stands where on an issue: the name of an entity, an event type, or words.

    A statement speaks of the issue when what is said holds its words, or tells an event of that type, or is about
    the entity of that name. Nobody's silence is a position, and a statement without a stance is shown without one.
    """
    mentioning = [one.report.id for one in material.reports if _mentioned(one.report.id, issue, material)]
    by_actor: dict[str, list[Statement]] = defaultdict(list)
    for statement in material.each("statements", Statement):
        if material.in_caption(statement) or statement.speaker is None:
            continue
        if speaks_of(statement, issue, material) or _tells(statement, issue, material):
            entity = material.entity(statement.speaker)
            by_actor[entity.id if entity else statement.speaker.text.casefold()].append(statement)
    positions: dict[str, list[Position]] = defaultdict(list)
    for position in material.links.positions:
        for id in position.statements:
            positions[id].append(position)
    stands = [_stand(told, positions, material) for told in by_actor.values()]
    statements = sum(map(len, by_actor.values()))
    found = f"; {count(statements, 'statement')} by {count(len(by_actor), 'speaker')}" if statements else ""
    return Stands(
        issue=issue,
        searched=f"{len(mentioning)} of {count(len(material.reports), 'report')} mention “{issue}”{found}",
        stands=tuple(sorted(stands, key=lambda s: (s.stance is None, s.stance or "", s.actor.casefold()))),
    )


def _mentioned(report: str, issue: str, material: Material) -> bool:
    one = material.by_id[report]
    named = (material.entities[r.id] for r in one.referents if r.id in material.entities)
    return (
        any(holds(passage.evidence.quote, issue) for passage in one.passages)
        or any(event.type == _type(issue) for event in one.events)
        or any(holds(name, issue) for entity in named for name in entity.names)
    )


def _tells(statement: Statement, issue: str, material: Material) -> bool:
    """Whether an event of the type that the issue names is told in the statement's content."""
    events = material.by_id[statement.evidence.report].events
    return any(e.type == _type(issue) and e.statement == statement.id for e in events)


def _type(issue: str) -> str:
    return issue.strip().upper().replace(" ", "_")


def _stand(told: list[Statement], positions: dict[str, list[Position]], material: Material) -> Stand:
    told = sorted(told, key=lambda s: (day_of(s, material) or "9999", s.evidence.report, s.evidence.span))
    taken = [position for statement in told for position in positions[statement.id]]
    stances = {position.stance for position in taken}
    days = sorted(_days(told, material))
    entity = material.entity(told[0].speaker)
    return Stand(
        actor=entity.name if entity else material.named(told[0].speaker),
        stance=stances.pop().value if len(stances) == 1 else "mixed" if stances else None,
        on=tuple(dict.fromkeys(position.issue for position in taken)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        said=tuple(
            Said(
                s.id,
                said(s),
                spoken(s, material),
                GIVEN[s.kind],
                next((position.issue for position in positions[s.id]), None),
                s.evidence.report,
            )
            for s in told
        ),
    )


def _days(told: list[Statement], material: Material) -> Iterator[str]:
    yield from (day for s in told if (day := day_of(s, material)) is not None)
