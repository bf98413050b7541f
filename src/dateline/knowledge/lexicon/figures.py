"""The vocabulary of figures: number words, units, and what stands around a number."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry
from dateline.model.vocab import Bound, Effect


class Numerals(Entry, frozen=True, kw_only=True):
    """Number words that play one part in a number (``id``), each with its value."""

    FILE: ClassVar[str] = "numerals.yaml"

    words: dict[str, float]


class UnitOfMeasure(Entry, frozen=True, kw_only=True):
    """A unit: the words and the symbol it goes by, the SI unit and the factor to it (null for money)."""

    FILE: ClassVar[str] = "units.yaml"

    words: tuple[str, ...]
    si: str | None
    factor: float | None
    symbol: str | None = None


class FigureKind(StrEnum):
    """What a group of words does for a figure."""

    BEFORE = "before"
    AFTER = "after"
    EFFECT = "effect"
    PLANNED = "planned"
    PEOPLE = "people"
    EXCEED = "exceed"
    LABEL = "label"
    TIME = "time"
    SOLE = "sole"
    RECKON = "reckon"
    RECKON_AT = "reckon_at"
    RECKON_TOLL = "reckon_toll"
    TOLLS = "tolls"
    FREED = "freed"
    ALIVE = "alive"
    RIGHT = "right"
    EXTENT = "extent"
    PARTICLED = "particled"


class Patient(StrEnum):
    """Where the people whom an effect befalls stand: the verb's object, its subject, or the noun itself."""

    OBJECT = "object"
    SUBJECT = "subject"
    NOUN = "noun"
    TOLL = "toll"


class FigureWords(Entry, frozen=True, kw_only=True):
    """Words around a number. ``people`` says that the effect only befalls people ("captured two villages");
    ``counted`` is what a length beside an extent's words measures ("apart": distance)."""

    FILE: ClassVar[str] = "figures.yaml"

    kind: FigureKind
    words: tuple[str, ...]
    bound: Bound | None = None
    effect: Effect | None = None
    patient: Patient | None = None
    people: bool = False
    counted: str | None = None
