"""The words by which a report says when something began."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class OnsetWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of words beside a time of the clock; they compare by stem."""

    FILE: ClassVar[str] = "onsets.yaml"

    words: tuple[str, ...]
