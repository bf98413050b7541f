"""What looks wrong in a text by its words alone."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry
from dateline.model.vocab import DoubtKind


class DoubtPattern(Entry, frozen=True, kw_only=True):
    """A regular expression over the report's own words that finds what looks wrong.

    ``rejects`` are sound sentences that look alike and must not fire. ``key`` is a string without which the
    pattern cannot match: texts without it are not searched.
    """

    FILE: ClassVar[str] = "doubts.yaml"

    kind: DoubtKind
    pattern: str
    because: str
    rejects: tuple[str, ...] = ()
    key: str | None = None


class DoubtWordsKind(StrEnum):
    """What a group of words is for."""

    DOUBLED = "doubled"
    TWO_OBJECTS = "two_objects"
    NEGATION = "negation"
    OPPOSITES = "opposites"
    SHARED = "shared"
    RESOLVE = "resolve"


class DoubtWords(Entry, frozen=True, kw_only=True):
    """Words that the rules of doubts in code look up."""

    FILE: ClassVar[str] = "doubt_words.yaml"

    kind: DoubtWordsKind
    words: tuple[str, ...]
