"""The words for people that do not say which people are counted."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class CountedWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that count anybody hurt ("people", "victims"); all others ("officers") count some of them."""

    FILE: ClassVar[str] = "counted.yaml"

    words: tuple[str, ...]
