"""Which actor stands where on an issue, as its statements show."""

from collections import defaultdict
from collections.abc import Mapping

from dateline.link.world import World, days
from dateline.model.ids import pair_id
from dateline.model.links import Position
from dateline.model.records import AnnotatedReport, Statement
from dateline.model.vocab import Act, Polarity, Stance, Table

PRODUCER = "positions"
VERSION = "1"
STANCE: Mapping[Act, Stance] = {Act.PRAISE: Stance.SUPPORTS, Act.CONDEMN: Stance.OPPOSES, Act.ACCUSE: Stance.OPPOSES}
"""What an act of speech says about the thing spoken of. Other acts say too little: they give no position."""


def link_positions(world: World) -> tuple[Position, ...]:
    """The positions that can be told, in order of id.

    A speaker who praised, condemned or accused a known thing, and never did both, supports or opposes it. The
    issue is that thing's name. Negated acts, unknown speakers, statements about several things or about the
    speaker, and mixed records give none.
    """
    stances: dict[tuple[str, str], list[tuple[Stance, Statement, AnnotatedReport]]] = defaultdict(list)
    for _, one in sorted(world.reports.items()):
        for statement in one.statements:
            stance = STANCE.get(statement.act)
            speaker = world.entity(statement.speaker)
            about = {entity for r in statement.about if (entity := world.entity_of(r))} - {speaker}
            if stance and speaker and len(about) == 1 and statement.polarity is Polarity.AFFIRMED:
                stances[speaker, about.pop()].append((stance, statement, one))
    rows = []
    for (speaker, issue), given in sorted(stances.items()):
        if len({stance for stance, _, _ in given}) == 1:
            rows.append(_position(speaker, issue, given, world))
    return tuple(sorted(rows, key=lambda row: row.id))


def _position(
    speaker: str, issue: str, given: list[tuple[Stance, Statement, AnnotatedReport]], world: World
) -> Position:
    statements = tuple(sorted(statement.id for _, statement, _ in given))
    said = [span for _, statement, one in given if (span := _said(statement, one)) is not None]
    acts = sorted({str(statement.act) for _, statement, _ in given})
    return Position(
        id=pair_id(Table.POSITIONS, speaker, issue),
        because=f"{len(statements)} statements that {' and '.join(acts)}",
        producer=PRODUCER,
        version=VERSION,
        rests_on=statements,
        actor=world.entities[speaker].name,
        issue=world.entities[issue].name,
        stance=given[0][0],
        statements=statements,
        from_=min(s[0] for s in said) if said else None,
        to=max(s[1] for s in said) if said else None,
    )


def _said(statement: Statement, one: AnnotatedReport) -> tuple[str, str] | None:
    span = days(statement.said_on, None)
    published = one.report.published
    if span is None and published is not None:
        span = published.first, published.last
    return (span[0].isoformat(), span[1].isoformat()) if span else None
