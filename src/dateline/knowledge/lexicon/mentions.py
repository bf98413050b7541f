"""Roles that people are named with, and the words that qualify them."""

from typing import ClassVar

from dateline.knowledge.load import Entry
from dateline.model.vocab import Sex


class Role(Entry, frozen=True, kw_only=True):
    """A role: its words (lower case), the office that it is (as in data/actors), PLOVER sector, sex."""

    FILE: ClassVar[str] = "roles.yaml"

    words: tuple[str, ...]
    office: str | None = None
    sector: str | None = None
    sex: Sex | None = None


class Qualifier(Entry, frozen=True, kw_only=True):
    """A word before a role: past (former), dead (late), leaving (outgoing), coming (incoming), or plain."""

    FILE: ClassVar[str] = "qualifiers.yaml"

    words: tuple[str, ...]
    means: str
