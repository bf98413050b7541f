"""The figures of a passage by what they are worth: "Fifty-eight" and 58, 46 metres and 151 feet, 4:20 and 4.20 a.m.

Found by words alone, where no parse is at hand. Fractions, multiples and vague plurals ("scores") give none.
"""

import re
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.figures import Numerals, UnitOfMeasure
from dateline.matching.profile import TELLING, Profile
from dateline.matching.stems import key_of

YEAR, CLOCK = "year", "clock"
ROUNDED = 0.1
"""How far two figures may lie apart that are given in different units of one kind."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_HALVES = frozenset(["am", "pm", "a", "p"])
_M = "m"
_HALF_A = ("half", "a")


class Figure(Struct, frozen=True, gc=False):
    """A figure: the half-open range of its words, its number, what it measures, the unit that it is given in, and the
    number in SI units where that has one."""

    start: int
    end: int
    number: float
    kind: str = ""
    unit: str = ""
    value: float = 0.0
    millions: bool = False
    """Whether it is followed by "m", which may say metres, millions or minutes."""

    def equals(self, other: "Figure") -> bool:
        """Whether two figures are one: in value, or nearly, where one was converted."""
        if self.kind and self.kind == other.kind and self.unit != other.unit:
            return abs(self.value - other.value) <= ROUNDED * max(self.value, other.value)
        numbers = self._numbers() & other._numbers()
        return bool(numbers) and (self.kind == other.kind or not (self.kind and other.kind))

    def _numbers(self) -> set[float]:
        return {self.number, self.number * 1e6} if self.millions else {self.number}


class _Words(Struct, frozen=True):
    units: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    measures: dict[tuple[str, ...], UnitOfMeasure]
    stems: frozenset[str]
    """The keys of the number words."""


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> _Words:
    numerals = {one.id: one.words for one in knowledge.lexicon(Numerals)}
    measures = {tuple(word.split()): unit for unit in knowledge.lexicon(UnitOfMeasure) for word in unit.words}
    parts = numerals["unit"], numerals["tens"], numerals["scale"]
    return _Words(*parts, measures, frozenset(key_of(word) for part in parts for word in part))


@lru_cache(maxsize=1024)
def figures_of(profile: Profile, knowledge: Knowledge) -> tuple[Figure, ...]:
    """The figures of a passage, in order; remembered, as a passage is compared with many.

    >>> from dateline.matching.profile import profile_of
    >>> found = figures_of(profile_of("Fifty-eight goats crossed a 3 km bridge at 4.20 am"), Knowledge())
    >>> [(figure.number, figure.kind) for figure in found]
    [(58.0, ''), (3.0, 'm'), (260.0, 'clock')]
    """
    words = _words(knowledge)
    starts = [i for i, key in enumerate(profile.keys) if key[0].isdigit() or key in words.stems]
    if not starts:
        return ()
    written = [profile.word(i).lower() for i in range(len(profile.keys))]
    found: list[Figure] = []
    for at in starts:
        figure = None if found and at < found[-1].end else _figure(profile, written, at, words)
        if figure:
            found.append(figure)
    return tuple(found)


def _figure(profile: Profile, written: list[str], at: int, words: _Words) -> Figure | None:
    word = written[at]
    if word[0].isdigit():
        return _in_digits(profile, written, at, words)
    end = at + 1
    if word in words.tens:
        value = words.tens[word]
        if end < len(written) and 0 < words.units.get(written[end], 0) < 10:
            value, end = value + words.units[written[end]], end + 1
    elif word in words.units and not _pronoun(profile, written, at):
        value = words.units[word]
    elif word in words.scales and len(word) > 2:
        value = words.scales[word]
        if tuple(written[max(0, at - 2) : at]) == _HALF_A:
            value /= 2
    else:
        return None
    return _measured(profile, written, _scaled(written, Figure(at, end, value), words), words)


def _pronoun(profile: Profile, written: list[str], at: int) -> bool:
    """Whether "one" counts nothing: "no one", "one of them"."""
    if written[at] != "one":
        return False
    glue = at + 1 == len(written) or profile.weights[at + 1] <= TELLING
    return glue or (at > 0 and written[at - 1] == "no")


def _in_digits(profile: Profile, written: list[str], at: int, words: _Words) -> Figure | None:
    key = profile.keys[at]
    following = written[at + 1] if at + 1 < len(written) else ""
    parts = re.split("[:.]", key)
    if ":" in key or (following in _HALVES and (len(following) == 2 or written[at + 2 : at + 3] == ["m"])):
        minutes = 60.0 * int(parts[0]) + (int(parts[1]) if len(parts) > 1 else 0)
        return Figure(at, at + 1, minutes, CLOCK, CLOCK)
    if _YEAR.fullmatch(key):
        return Figure(at, at + 1, float(key), YEAR, YEAR)
    try:
        return _measured(profile, written, _scaled(written, Figure(at, at + 1, float(key)), words), words)
    except ValueError:
        return None


def _scaled(written: list[str], figure: Figure, words: _Words) -> Figure:
    value, end = figure.number, figure.end
    while end < len(written) and written[end] in words.scales and written[end] != _M:
        value, end = value * words.scales[written[end]], end + 1
    return Figure(figure.start, end, value, millions=written[end : end + 1] == [_M])


def _measured(profile: Profile, written: list[str], figure: Figure, words: _Words) -> Figure:
    """A figure with the unit that follows it."""
    unit = None
    for many in (2, 1):
        unit = unit or words.measures.get(tuple(written[figure.end : figure.end + many]))
    if profile.text[profile.ends[figure.end - 1] :].startswith("%"):
        unit = words.measures[("%",)]
    if unit is None:
        return figure
    value = figure.number * (unit.factor or 1.0)
    return Figure(figure.start, figure.end, figure.number, unit.si or unit.id, unit.id, value)
