"""Imported actors put together with the shipped ones: one actor for what is one, and no guess where it may be two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from dateline.knowledge.actors import Actor, Office
from dateline.knowledge.folding import fold
from dateline.model.vocab import EntityKind

_DAY = len("2022-09-30")


def merged(shipped: Iterable[Actor], imported: Iterable[Actor], alone: frozenset[str]) -> tuple[Actor, ...]:
    """All actors. An imported one adds names, offices and what is missing to the one that it is.

    It is one with the same Wikidata id, else the only one of its kind and name whose Wikidata id and country do not
    differ, else the one who came into the same office, if one person holds it at a time (``alone``), on the same day.
    The id of the one there first stays. Names that two actors still share mean neither of them alone.
    """
    actors: dict[str, Actor] = {}
    ids: dict[str, str] = {}
    seats: dict[tuple[str, str | None, str], str] = {}
    names: dict[tuple[EntityKind, str], list[str]] = defaultdict(list)

    def put(actor: Actor) -> None:
        actors[actor.id] = actor
        if actor.wikidata:
            ids.setdefault(actor.wikidata, actor.id)
        for name in {fold(n) for n in (actor.name, *actor.names)}:
            if actor.id not in names[_kind(actor), name]:
                names[_kind(actor), name].append(actor.id)
        for seat in _seats(actor, alone):
            seats.setdefault(seat, actor.id)

    for actor in shipped:
        put(actor)
    for actor in imported:
        home = ids.get(actor.wikidata or "") or _same(actor, [actors[i] for i in names[_kind(actor), fold(actor.name)]])
        if home is None:
            taken = [seats[seat] for seat in _seats(actor, alone) if seat in seats]
            home = next((id for id in taken if _may_be(actors[id], actor)), actor.id if actor.id in actors else None)
        put(_joined(actors[home], actor) if home else actor)
    return tuple(actors.values())


def _kind(actor: Actor) -> EntityKind:
    """People are people; which kind of body a body is, sources put differently."""
    return EntityKind.PERSON if actor.kind is EntityKind.PERSON else EntityKind.ORGANISATION


def _seats(actor: Actor, alone: frozenset[str]) -> Iterator[tuple[str, str | None, str]]:
    """The offices that one person holds at a time, with the very day on which this one came into them."""
    for office in actor.offices:
        if office.office in alone and office.from_ and len(office.from_) == _DAY:
            yield office.office, office.body or actor.country, office.from_


def _may_be(one: Actor, other: Actor) -> bool:
    """Whether neither Wikidata id nor country tells them apart."""
    return (not one.wikidata or not other.wikidata or one.wikidata == other.wikidata) and (
        not one.country or not other.country or one.country == other.country
    )


def _same(actor: Actor, bearers: list[Actor]) -> str | None:
    return bearers[0].id if len(bearers) == 1 and _may_be(bearers[0], actor) else None


def _joined(known: Actor, more: Actor) -> Actor:
    names = {n for n in (*more.names, more.name) if fold(n) not in {fold(k) for k in (known.name, *known.names)}}
    moved = tuple(
        replace(o, body=o.body or (more.country if more.country != known.country else None)) for o in more.offices
    )
    return replace(
        known,
        names=(*known.names, *sorted(names)),
        weak=tuple(dict.fromkeys((*known.weak, *more.weak))),
        country=known.country or more.country,
        sector=known.sector or more.sector,
        sex=known.sex or more.sex,
        wikidata=known.wikidata or more.wikidata,
        died=known.died or more.died,
        offices=tuple(_tenures(known.offices, moved)),
    )


def _tenures(known: Iterable[Office], more: Iterable[Office]) -> Iterator[Office]:
    """Tenures of one office that begin in the same year are one: of two dates that agree the more exact, else
    the imported, and an end rather than none."""
    left = list(more)
    for office in known:
        twin = next((o for o in left if _key(o) == _key(office)), None)
        if twin is None:
            yield office
            continue
        left = [o for o in left if _key(o) != _key(office)]
        yield Office(office.office, office.body, _date(office.from_, twin.from_), _date(office.to, twin.to))
    yield from left


def _date(known: str | None, more: str | None) -> str | None:
    if known and more and known.startswith(more):
        return known
    return more or known


def _key(office: Office) -> tuple[str, str | None, str]:
    return office.office, office.body, (office.from_ or "")[:4]
