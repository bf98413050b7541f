"""What office a position in a table is: "Minister for Foreign Affairs of Ukraine" is Ukraine's foreign minister.

A position is an office of ours only where the whole of it says so: "President of the Senate" is no president.
Every other position is kept under its own words, which no role in a report is compared with.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from dateline.knowledge.actors import Country
from dateline.knowledge.folding import fold
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.mentions import Role
from dateline.knowledge.load import read_yaml

INTERNATIONAL = frozenset({"un_secretary_general", "nato_secretary_general", "pope"})
"""Offices of no country."""


class Title(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office, further titles for it, and whether one person holds it at a time."""

    id: str
    one: bool = False
    titles: tuple[str, ...]
    example: str


class Position(Struct, frozen=True):
    """The office of a position, the country (ISO 3166-1 alpha-3) that the position names, and its PLOVER sector."""

    office: str
    country: str | None
    sector: str | None
    known: bool


class Positions:
    """Reads positions with the titles of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._countries = country_names(knowledge.actors.countries.values())
        self._offices: dict[str, tuple[str, str | None]] = {}
        for role in knowledge.lexicon(Role):
            if role.office:
                self._offices.update((_plain(words), (role.office, role.sector)) for words in role.words)
        self.alone = offices_of_one(knowledge)
        """Offices that one person holds at a time."""
        for title in read_titles(knowledge.root / "actors"):
            self._offices.update((_plain(words), (title.id, "GOV")) for words in title.titles)

    def read(self, position: str) -> Position:
        """The office, with the country where the position names one at either end."""
        words = _plain(position)
        found = self._offices.get(words)
        country = None
        if found is None:
            country, words = self._without_country(words)
            found = self._offices.get(words)
        if found is not None:
            return Position(found[0], country, found[1], known=True)
        return Position(fold(position).replace(" ", "_"), country, "GOV", known=False)

    def country(self, words: str) -> str | None:
        """The country of a name, demonym or ISO code (alpha-3), or of the first words of a file's name."""
        folded = fold(words).removeprefix("kingdom of ").removeprefix("the ")
        if folded.upper() in self._countries.values():
            return folded.upper()
        parts = folded.split()
        return next((c for n in range(len(parts), 0, -1) if (c := self._countries.get(" ".join(parts[:n])))), None)

    def _without_country(self, words: str) -> tuple[str | None, str]:
        """The country and the rest, of "foreign minister of ukraine" as of "ukrainian foreign minister"."""
        parts = words.split()
        for n in range(len(parts) - 1, 0, -1):
            if country := self._countries.get(" ".join(parts[:n])):
                return country, " ".join(parts[n:])
        for n in range(1, len(parts) - 1):
            if parts[n] == "of" and (country := self._countries.get(" ".join(parts[n + 1 :]).removeprefix("the "))):
                return country, " ".join(parts[:n])
        return None, words


@lru_cache(maxsize=4)
def read_titles(folder: Path) -> tuple[Title, ...]:
    """The entries of ``data/actors/positions.yaml``."""
    return read_yaml(folder / "positions.yaml", tuple[Title, ...])


@lru_cache(maxsize=4)
def offices_of_one(knowledge: Knowledge) -> frozenset[str]:
    """The offices that one person holds at a time."""
    return frozenset(title.id for title in read_titles(knowledge.root / "actors") if title.one)


def country_names(countries: Iterable[Country]) -> dict[str, str]:
    """Countries by their folded names and adjectives."""
    names = {}
    for country in countries:
        for name in (country.iso3, *country.names, *country.demonyms):
            names[fold(name).removeprefix("the ")] = country.iso3
    return names


def _plain(title: str) -> str:
    """Folded, with "minister for" as "minister of"; "and" is left to the titles."""
    return fold(title).replace("minister for ", "minister of ").removeprefix("the ")
