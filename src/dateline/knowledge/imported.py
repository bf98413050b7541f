"""Knowledge from elsewhere beside the shipped: tables of office-holders and FollowTheMoney read into actors.

Each reader gives the actors of one file and names every row that it cannot take; the rest of the file is taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b

import msgspec
from msgspec import Struct

from dateline.errors import InputError, KnowledgeError
from dateline.knowledge.actors import Actor, Office
from dateline.knowledge.folding import fold
from dateline.knowledge.positions import INTERNATIONAL, Positions
from dateline.model.vocab import EntityKind, Label, Sex

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_QID = re.compile(r"Q[1-9]\d*")
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}


class Refused(Struct, frozen=True):
    """A row or line that cannot be taken, by its number in the file, and why."""

    line: int
    reason: str


class Imported(Struct, frozen=True, kw_only=True):
    """What a file gave: its actors, how many rows were taken, and the rows that were not.

    ``skipped`` counts, by kind, rows of a kind that is no knowledge of names and offices.
    """

    form: str
    actors: tuple[Actor, ...]
    rows: int
    refused: tuple[Refused, ...]
    skipped: tuple[tuple[str, int], ...] = ()
    country: str | None = None

    @property
    def offices(self) -> int:
        """How many tenures of office there are."""
        return sum(len(actor.offices) for actor in self.actors)


class Person(Struct, kw_only=True):
    """A person while a file is read."""

    name: str
    wikidata: str | None = None
    names: set[str] = msgspec.field(default_factory=set)
    sex: Sex | None = None
    died: str | None = None
    country: str | None = None
    key: str = ""
    offices: list[tuple[Office, str | None, str | None]] = msgspec.field(default_factory=list)
    """Each with the country that it is of and its sector."""

    def actor(self) -> Actor:
        """The person as an actor: of the country of most of the offices, which stand in order of time."""
        held = sorted(set(self.offices), key=lambda o: (o[0].from_ or "", o[0].office, o[0].to or "~", o[1] or ""))
        places = [place for _, place, _ in held if place]
        country = self.country or (max(dict.fromkeys(places), key=places.count) if places else None)
        now = [sector for office, _, sector in held if office.to is None and sector]
        offices = tuple(
            Office(o.office, o.body or (place if place != country else None), o.from_, o.to) for o, place, _ in held
        )
        return Actor(
            id=actor_id(self.name, self.wikidata or self.key),
            name=self.name,
            kind=EntityKind.PERSON,
            label=Label.PERSON,
            names=tuple(sorted(self.names - {self.name})),
            country=country,
            sector=now[-1] if now else "ELI" if held else None,
            sex=self.sex,
            wikidata=self.wikidata,
            died=self.died,
            offices=offices,
        )


def to_json(actors: Iterable[Actor]) -> list[str]:
    """Each actor as JSON."""
    return [msgspec.json.encode(actor).decode() for actor in actors]


def actors_from(lines: Iterable[str]) -> tuple[Actor, ...]:
    """Actors from their JSON. Raises KnowledgeError for what is none."""
    try:
        return tuple(msgspec.json.decode(line, type=Actor) for line in lines)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"imported knowledge: {error}") from error


def actor_id(name: str, key: str) -> str:
    """The id of an imported actor: the name made plain, and its Wikidata id or a digest of where it comes from."""
    tail = key.lower() if _QID.fullmatch(key) else blake2b(key.encode("utf-8"), digest_size=4).hexdigest()
    return f"{fold(name).replace(' ', '-')}-{tail}"


def checked_name(name: str | None) -> str:
    """A name to know somebody by. Raises ValueError for none, and for a bare id in its place."""
    name = " ".join((name or "").split())
    if not name or _QID.fullmatch(name):
        raise ValueError("it names nobody")
    if not fold(name):
        raise ValueError(f"the name {name!r} cannot be compared with names in Latin letters")
    return name


def checked_date(value: str | None, what: str) -> str | None:
    """A year, month or day (ISO 8601), or None. Raises ValueError for anything else."""
    value = (value or "").strip().partition("T")[0]
    if value and not _DATE.fullmatch(value):
        raise ValueError(f"{what}: {value!r} is no year, month or day as 2022-09-30")
    return value or None


def checked_tenure(office: str, body: str | None, start: str | None, end: str | None) -> Office:
    """An office between two dates. Raises ValueError for dates that are none or run backwards."""
    first, last = checked_date(start, "start"), checked_date(end, "end")
    if first and last and last + "~" < first:
        raise ValueError(f"it ends ({last}) before it starts ({first})")
    return Office(office, body, first, last)


def checked_qid(value: str | None) -> str | None:
    """A Wikidata id, or None where there is none of that form."""
    value = (value or "").strip()
    return value if _QID.fullmatch(value) else None


def sex_of(value: str | None) -> Sex | None:
    """The sex that a table gives, where it is one of ours."""
    return _SEXES.get((value or "").strip().lower())


def closed(people: Iterable[Person], alone: frozenset[str]) -> None:
    """End tenures that a file leaves open although somebody followed in an office that one person holds at a time."""
    starts: dict[tuple[str, str | None], list[tuple[str, str]]] = defaultdict(list)
    everyone = list(people)
    for number, person in enumerate(everyone):
        for office, place, _ in person.offices:
            if office.office in alone and office.from_:
                starts[office.office, place].append((office.from_, str(number)))
    for number, person in enumerate(everyone):
        for at, (office, place, sector) in enumerate(person.offices):
            if office.to is not None or office.from_ is None:
                continue
            later = [s for s, who in starts.get((office.office, place), ()) if s > office.from_ and who != str(number)]
            if later:
                person.offices[at] = (Office(office.office, office.body, office.from_, min(later)), place, sector)


def place_of(office: str, country: str | None, known: bool) -> str | None:
    """The country that an office is of. Raises ValueError for a country's office without a country."""
    if office in INTERNATIONAL:
        return None
    if known and country is None:
        raise ValueError(f"of which country is the {office.replace('_', ' ')}? Say it with --country")
    return country


def read_file(name: str, data: bytes, positions: Positions, country: str | None = None) -> Imported:
    """The actors of a file: FollowTheMoney where its first line is a JSON object, else a table.

    ``country`` (ISO 3166-1 alpha-3) is that of offices whose row and position name none. Raises InputError for
    a file that is neither.
    """
    from dateline.knowledge import followthemoney, officeholders

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: it is not UTF-8 (byte {error.start})") from None
    if not text.strip():
        raise InputError(f"{name}: it is empty")
    try:
        if text.lstrip().startswith("{"):
            return followthemoney.read(text.splitlines(), positions)
        return officeholders.read(name, text, positions, country)
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None
