"""The words that tell where somebody stands, and on what."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry


class StanceKind(StrEnum):
    """What a group of words is for."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    LEADING = "leading"
    PRONOUN = "pronoun"
    VERBAL = "verbal"
    PREPOSITION = "preposition"
    BREAK = "break"


class StanceWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that lay a stance to their subject, and the words that bound the noun phrase of the issue."""

    FILE: ClassVar[str] = "stances.yaml"

    kind: StanceKind
    words: tuple[str, ...]
