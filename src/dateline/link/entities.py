"""Entities: referents of several reports that are one thing.

Referents are joined by the known actor that they are, else by their exact full name and kind. A person's
single name (a surname alone) never joins two reports. Names that are merely alike are never joined: see
``suggestions``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from dateline.knowledge.actors import Actors
from dateline.knowledge.folding import fold
from dateline.model.ids import cluster_id
from dateline.model.links import Entity
from dateline.model.records import Referent
from dateline.model.vocab import EntityKind, Sex

PRODUCER = "entities"
VERSION = "1"


def link_entities(referents: Sequence[Referent], actors: Actors | None = None) -> tuple[Entity, ...]:
    """The entities of all referents, by id; the same for any order of the referents.

    ``actors`` gives the Wikidata id and the country and sector of known ones; None leaves them to the
    referents. An entity is shown by the name that most reports give it, a person by a full one, a government
    by its country's; where none does, by the known actor's. ``rests_on`` are the referents' ids, and an
    entity's id is the smallest of them.

    >>> link_entities([])
    ()
    """
    clusters: dict[tuple[str, ...], list[Referent]] = defaultdict(list)
    for referent in referents:
        clusters[_key(referent)].append(referent)
    entities = [_entity(members, actors) for _, members in sorted(clusters.items())]
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _key(referent: Referent) -> tuple[str, ...]:
    """What a referent shares with those that are the same thing in other reports."""
    if referent.actor:
        return ("actor", referent.actor)
    name = fold(referent.name)
    if referent.kind is EntityKind.PERSON and " " not in name:
        return ("alone", referent.report, name, referent.id)
    return ("name", str(referent.kind), name or referent.name)


def _entity(members: Iterable[Referent], actors: Actors | None) -> Entity:
    every = sorted(members, key=lambda r: r.id)
    actor = actors.get(every[0].actor) if actors else None
    names = Counter(r.name for r in every)
    if actor and actor.kind is EntityKind.GOVERNMENT:
        name = actor.name
    else:
        full = [n for n in names if " " in fold(n)] if every[0].kind is EntityKind.PERSON else list(names)
        name = min(full or ([actor.name] if actor else names), key=lambda n: (-names[n], n))
    by = "the known actor" if every[0].actor else "the full name and kind"
    alone = every[0].kind is EntityKind.PERSON and " " not in fold(name) and not every[0].actor
    return Entity(
        id=cluster_id(r.id for r in every),
        because="one name alone: never joined across reports" if alone else f"joined by {by}",
        score=0.6 if alone else min(r.score for r in every),
        producer=PRODUCER,
        version=VERSION,
        rests_on=tuple(r.id for r in every),
        name=name,
        kind=every[0].kind if actor is None else actor.kind,
        names=tuple(sorted(names)),
        country=actor.country if actor else _agreed(r.country for r in every),
        sector=actor.sector if actor else _agreed(r.sector for r in every),
        roles=tuple(sorted({role for r in every for role in r.roles})),
        sex=_sex(every),
        wikidata=actor.wikidata if actor else None,
    )


def _agreed(values: Iterable[str | None]) -> str | None:
    """The one value that is given, or None where they differ."""
    given = {value for value in values if value is not None}
    return next(iter(given)) if len(given) == 1 else None


def _sex(members: Sequence[Referent]) -> Sex | None:
    told = {r.sex for r in members if r.sex is not None}
    return next(iter(told)) if len(told) == 1 else None
