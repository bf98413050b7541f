"""The words beside a toll: who is counted, and where."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry


class CountedKind(StrEnum):
    """What a group of words says of those who are counted."""

    ANYBODY = "anybody"
    """Nothing on which people they are."""
    ALIKE = "alike"
    """Two of these words may stand for the same people."""
    BYSTANDERS = "bystanders"
    """Of no side: set against "people", apart from the people of other words."""
    VENUE = "venue"
    """They were counted there, wherever they were struck."""


class CountedWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for those counted ("people", "gunmen") or for where the dead and hurt are brought ("morgue")."""

    FILE: ClassVar[str] = "counted.yaml"

    kind: CountedKind
    words: tuple[str, ...]
