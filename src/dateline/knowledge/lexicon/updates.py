"""The words by which a report says that it updates or corrects an earlier account."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class UpdateCue(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of phrases; they compare by stem. ``replaced``: they speak of the account that was given before."""

    FILE: ClassVar[str] = "updates.yaml"

    words: tuple[str, ...]
    replaced: bool = False
