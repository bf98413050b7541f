"""The words by which a report says that it updates or corrects an earlier account."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class UpdateCue(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of phrases; they compare by stem. ``replaced``: they speak of the account that was given before;
    ``beside_new``: only where the report gives a new one too ("had counted"); ``between``: what stands before them is
    new, what stands behind them was replaced ("up from")."""

    FILE: ClassVar[str] = "updates.yaml"

    words: tuple[str, ...]
    replaced: bool = False
    beside_new: bool = False
    between: bool = False
