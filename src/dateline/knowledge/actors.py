"""Known people, organisations, governments and forces, with their names, offices and parties to conflicts.

Read from ``data/actors/``: tables (TSV) for countries and people, YAML for the rest. Names are weak when
they stand for an actor only in a fitting context (a surname, "the Security Council").
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from dateline.errors import KnowledgeError
from dateline.knowledge.folding import fold
from dateline.knowledge.load import read_yaml
from dateline.model.vocab import EntityKind, Label, Sex


class Office(Struct, frozen=True):
    """An office held: what, of which body (if not a country's own), and between which ISO dates.

    A date may be a year, a month or a day; None is open.
    """

    office: str
    body: str | None
    from_: str | None
    to: str | None

    def held_on(self, day: date | None) -> bool:
        """Whether it was held on that day, as far as the dates tell; with no day, ever."""
        return day is None or (
            (self.from_ is None or self.from_ <= day.isoformat())
            and (self.to is None or day.isoformat() <= self.to + "~")
        )


class Actor(Struct, frozen=True, kw_only=True):
    """A known actor. ``country`` is ISO 3166-1 alpha-3, ``sector`` a PLOVER sector, ``died`` an ISO date."""

    id: str
    name: str
    kind: EntityKind
    label: Label
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    sex: Sex | None = None
    wikidata: str | None = None
    died: str | None = None
    offices: tuple[Office, ...] = ()

    @property
    def surname(self) -> str:
        """A person's last word, folded; what reports call them after the first time."""
        return fold(self.name).rsplit(" ", 1)[-1]


class Country(Struct, frozen=True):
    """A country with its demonyms, its capital's names and other words for its government."""

    iso3: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    government: tuple[str, ...]


_OF_NO_STATE = frozenset({"BUS", "CRM", "CVL", "EDU", "HLH", "IGO", "MED", "NGO", "REL"})
"""PLOVER sectors of those who do not act for the country that they are of."""


class Conflict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An armed conflict with its parties, by country and by actor id."""

    id: str
    name: str
    from_: str = field(name="from")
    to: str | None = None
    countries: tuple[str, ...]
    actors: tuple[str, ...] = ()


class _Organisation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    name: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    label: Label = Label.ORG
    bloc: bool = False


class _Cities(Struct, frozen=True, forbid_unknown_fields=True):
    country: str
    names: tuple[str, ...]


class Actors:
    """All known actors, found by id, by name, and by office and date."""

    def __init__(
        self,
        actors: tuple[Actor, ...],
        countries: tuple[Country, ...],
        conflicts: tuple[Conflict, ...],
        cities: tuple[tuple[str, str], ...],
        ambiguous: frozenset[str] = frozenset(),
    ) -> None:
        self.all = actors
        self._ambiguous = ambiguous
        self.countries = {c.iso3: c for c in countries}
        self.conflicts = conflicts
        self.cities = dict(cities)
        self._by_id = {actor.id: actor for actor in actors}
        if len(self._by_id) != len(actors):
            raise KnowledgeError("two actors share an id")
        self._by_name: dict[str, list[Actor]] = defaultdict(list)
        self._by_weak: dict[str, list[Actor]] = defaultdict(list)
        self._by_office: dict[tuple[str, str | None], list[tuple[Actor, Office]]] = defaultdict(list)
        self._holding: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors:
            for key in {fold(n) for n in (actor.name, *actor.names)}:
                self._by_name[key].append(actor)
            weak = {fold(n) for n in actor.weak}
            if actor.kind is EntityKind.PERSON:
                weak |= {fold(n).rsplit(" ", 1)[-1] for n in (actor.name, *actor.names)}
            for key in weak:
                self._by_weak[key].append(actor)
            for office in actor.offices:
                self._holding[office.office].append(actor)
                self._by_office[(office.office, office.body or actor.country)].append((actor, office))
        self.demonyms = {fold(d): c.iso3 for c in countries for d in c.demonyms}
        self.capitals = {fold(n): c.iso3 for c in countries for n in c.capitals}
        self.governments = {fold(n): c.iso3 for c in countries for n in c.government}
        self.country_names = {fold(n): c.iso3 for c in countries for n in c.names}

    def get(self, id: str | None) -> Actor | None:
        """The actor of that id, or None."""
        return self._by_id.get(id) if id else None

    def named(self, name: str) -> tuple[Actor, ...]:
        """The actors of that full (strong) name, compared folded."""
        return tuple(self._by_name.get(fold(name), ()))

    def weakly_named(self, name: str) -> tuple[Actor, ...]:
        """The actors whom that surname or weak name could mean."""
        return tuple(self._by_weak.get(fold(name), ()))

    def holders(self, office: str, of: str | None, on: date | None) -> tuple[Actor, ...]:
        """Who held an office of a country (ISO alpha-3) or body on a day."""
        return tuple(actor for actor, held in self._by_office.get((office, of), ()) if held.held_on(on))

    def holding(self, office: str) -> tuple[Actor, ...]:
        """Everybody who ever held an office, of whatever country or body."""
        return tuple(dict.fromkeys(self._holding.get(office, ())))

    @cached_property
    def _last_day(self) -> date:
        """The last day, a change of office, that the knowledge tells of."""
        days = [d for a in self.all for o in a.offices for d in (o.from_, o.to) if d and len(d) == len("2022-09-30")]
        return max(map(date.fromisoformat, days), default=date.min)

    def is_past_knowing(self, day: date, after: timedelta) -> bool:
        """Whether a day lies so long after all that the knowledge tells of that it cannot say who held what."""
        return day > self._last_day + after

    def people(self) -> tuple[Actor, ...]:
        """The persons among the actors."""
        return tuple(actor for actor in self.all if actor.kind is EntityKind.PERSON)

    def country_of(self, name: str) -> str | None:
        """The country (ISO alpha-3) that a name, a demonym or a word for the government stands for.

        Capitals are not looked at here: they are places first.
        """
        key = fold(name.removeprefix("the ").removeprefix("The "))
        return self.country_names.get(key) or self.demonyms.get(key) or self.governments.get(key)

    def parties(self, on: date | None = None) -> Iterator[Conflict]:
        """The conflicts that were fought on a day."""
        for conflict in self.conflicts:
            if on is None or (conflict.from_ <= on.isoformat() <= (conflict.to or "9999")):
                yield conflict

    def is_party(self, country: str | None, actor: str | None = None, on: date | None = None) -> bool:
        """Whether a country, or a known actor, is a party to a conflict fought on a day.

        It is told by membership alone: whether a report is on that conflict is for the caller to know. Whoever does not
        act for a country (a monitoring group, a newspaper) is no party for being of it.
        """
        known = self.get(actor) if actor else None
        acts_for = None if known is not None and known.sector in _OF_NO_STATE else country
        return any(acts_for in c.countries or (actor is not None and actor in c.actors) for c in self.parties(on))

    def ruler(self) -> list[tuple[str, str]]:
        """(label, name) pairs for the parser's ruler: names that a tagger of names should not miss.

        Weak names, and those of ``ambiguous.yaml`` (Jordan, Paris), are left to the tagger.
        """
        pairs = {
            (str(actor.label), name)
            for actor in self.all
            for name in (actor.name, *actor.names)
            if actor.kind is not EntityKind.PERSON or " " in name
        }
        for country in self.countries.values():
            pairs |= {("GPE", name) for name in country.names if len(name) > 1}
            pairs |= {("NORP", name) for name in country.demonyms}
            pairs |= {("GPE", name) for name in country.capitals}
            pairs |= {("GPE", name) for name in country.government}
        pairs |= {("GPE", name) for name in self.cities}
        return sorted(
            pair for pair in pairs if pair[1] not in self._ambiguous and not pair[1].startswith(("the ", "The "))
        )


def load_actors(folder: Path, imported: tuple[Actor, ...] = ()) -> Actors:
    """Read every file of ``data/actors/`` and put imported actors with them (see ``knowledge.merging``).

    A name of one word that was imported ("Orange") is left to the tagger of names. Raises KnowledgeError that names
    the file and what is wrong in it.
    """
    countries = tuple(_countries(folder))
    organisations = read_yaml(folder / "organisations.yaml", tuple[_Organisation, ...])
    conflicts = read_yaml(folder / "conflicts.yaml", tuple[Conflict, ...])
    cities = read_yaml(folder / "named_cities.yaml", tuple[_Cities, ...])
    actors: tuple[Actor, ...] = (
        *(_organisation(o) for o in organisations),
        *_people(folder / "people.tsv"),
        *(_government(c) for c in countries),
    )
    ambiguous = set(read_yaml(folder / "ambiguous.yaml", tuple[str, ...]))
    if imported:
        from dateline.knowledge.merging import merged
        from dateline.knowledge.positions import read_titles

        shipped = {n for a in actors for n in (a.name, *a.names)}
        ambiguous |= {n for a in imported for n in (a.name, *a.names) if " " not in n and n not in shipped}
        actors = merged(actors, imported, frozenset(t.id for t in read_titles(folder) if t.one))
    known = {c.iso3 for c in countries}
    for actor in actors:
        if actor.country and actor.country not in known:
            raise KnowledgeError(f"{actor.id}: {actor.country!r} is no known country")
    named = tuple((n, c.country) for c in cities for n in c.names)
    return Actors(actors, countries, conflicts, named, frozenset(ambiguous))


def _organisation(entry: _Organisation) -> Actor:
    return Actor(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        label=entry.label,
        names=entry.names,
        weak=entry.weak,
        country=entry.country,
        sector=entry.sector,
    )


def country_actor(iso3: str) -> str:
    """The actor id of a country: as a state, its government, or the place."""
    return f"country-{iso3.lower()}"


def _government(country: Country) -> Actor:
    return Actor(
        id=country_actor(country.iso3),
        name=country.names[0],
        kind=EntityKind.GOVERNMENT,
        label=Label.GPE,
        names=(*country.names[1:], *country.government),
        country=country.iso3,
        sector="GOV",
    )


def _lines(path: Path, width: int) -> Iterator[list[str]]:
    """The rows of a table. Raises KnowledgeError for a row of another width."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise KnowledgeError(f"{path.name}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != width:
                raise KnowledgeError(f"{path.name}, line {number}: {len(cells)} cells in place of {width}")
            yield cells


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _countries(folder: Path) -> Iterator[Country]:
    """Every country of ``places/countries.tsv``, with its demonyms and capital where we have them."""
    more = {row[0]: row for row in _lines(folder / "countries.tsv", 4)}
    for iso3, _, _, names in _lines(folder.parent / "places" / "countries.tsv", 4):
        _, demonyms, capitals, government = more.get(iso3, [iso3, "", "", ""])
        yield Country(iso3, _split(names), _split(demonyms), _split(capitals), _split(government))


def _people(path: Path) -> Iterator[Actor]:
    for name, names, sex, country, sector, wikidata, died, offices in _lines(path, 8):
        try:
            yield Actor(
                id=fold(name).replace(" ", "-"),
                name=name,
                kind=EntityKind.PERSON,
                label=Label.PERSON,
                names=_split(names),
                country=country or None,
                sector=sector or None,
                sex=Sex(sex) if sex else None,
                wikidata=wikidata or None,
                died=died or None,
                offices=tuple(_office(text) for text in _split(offices)),
            )
        except ValueError as error:
            raise KnowledgeError(f"{path.name}: {name}: {error}") from error


def _office(text: str) -> Office:
    """Read ``office[@body]:from/to``."""
    what, _, when = text.partition(":")
    office, _, body = what.partition("@")
    start, slash, end = when.partition("/")
    if not office or not slash:
        raise ValueError(f"an office reads office[@body]:from/to, not {text!r}")
    return Office(office, body or None, start or None, end or None)
