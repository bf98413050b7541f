"""Who holds, runs, claims or recognises what, according to whom, over time."""

from collections import defaultdict

from msgspec import Struct

from dateline.model.records import Part, State
from dateline.model.vocab import Polarity
from dateline.views.material import Material
from dateline.views.quotes import holds
from dateline.views.tracks import Track, tracks
from dateline.views.words import count


class Holding(Struct, frozen=True):
    """A relation that one voice tells, once for all the reports that tell it so.

    ``from`` and ``to`` are what the reports say; ``told`` the day on which the first of them was published, which
    dates the telling and not the relation.
    """

    what: str
    relation: str
    who: str
    polarity: str
    status: str
    first: str | None
    last: str | None
    according_to: str
    told: str | None
    reports: tuple[str, ...]
    states: tuple[str, ...]


class Holdings(Struct, frozen=True):
    """The answer for a place (or for all): what was searched, the relations by place and time, and the tracks."""

    searched: str
    holdings: tuple[Holding, ...]
    tracks: tuple[Track, ...]


def find_holdings(material: Material, of: str | None = None) -> Holdings:
    """The relations that the reports tell, those of a place first to last; captions are left out.

    A relation is of a place when its object's words, or a name of the entity that it stands for, hold the place's
    name. Where two voices tell against each other both stand, and none is chosen.
    """
    told: dict[tuple[str, ...], list[State]] = defaultdict(list)
    seen = 0
    for state in material.each("states", State):
        seen += 1
        if not material.in_caption(state) and (of is None or _is_of(state.object, of, material)):
            told[_key(state, material)].append(state)
    rows = tuple(sorted((_holding(same, material) for same in told.values()), key=_order))
    within = f" of “{of}”" if of else ""
    return Holdings(
        searched=f"{count(len(rows), 'relation')}{within} among {count(seen, 'state')} "
        f"in {count(len(material.reports), 'report')}",
        holdings=rows,
        tracks=tuple(t for t in tracks(material) if of is None or any(holds(name, of) for name in t.of)),
    )


def _is_of(part: Part, of: str, material: Material) -> bool:
    entity = material.entity(part)
    return any(holds(name, of) for name in (part.text, *(entity.names if entity else ())))


def _key(state: State, material: Material) -> tuple[str, ...]:
    return (
        _name(state.subject, material),
        state.relation.value,
        _name(state.object, material),
        state.polarity.value,
        state.status.value,
        _voice(state, material),
        state.from_ or "",
        state.to or "",
    )


def _name(part: Part, material: Material) -> str:
    entity = material.entity(part)
    return entity.name if entity else material.named(part).casefold()


def _voice(state: State, material: Material) -> str:
    statement = material.statements.get(state.statement or "")
    return (material.named(statement.speaker) if statement else "") or state.voice.value


def _holding(same: list[State], material: Material) -> Holding:
    first = same[0]
    reports = tuple(dict.fromkeys(state.evidence.report for state in same))
    published = [material.by_id[id].report.published for id in reports]
    return Holding(
        what=material.named(first.object),
        relation=("not " if first.polarity is not Polarity.AFFIRMED else "") + first.relation.value.replace("_", " "),
        who=material.named(first.subject),
        polarity=first.polarity.value,
        status=first.status.value,
        first=first.from_,
        last=first.to,
        according_to=_voice(first, material),
        told=min((one.first.isoformat() for one in published if one), default=None),
        reports=reports,
        states=tuple(state.id for state in same),
    )


def _order(row: Holding) -> tuple[str, ...]:
    return row.what.casefold(), row.first or row.told or "9", row.relation, row.who.casefold(), row.according_to
