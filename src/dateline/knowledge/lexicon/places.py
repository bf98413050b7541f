"""Words beside the names of places."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class PlaceWord(Entry, frozen=True, kw_only=True):
    """A word beside a place's name that says what kind of place it is, by GeoNames feature codes."""

    FILE: ClassVar[str] = "place_words.yaml"

    words: tuple[str, ...]
    features: tuple[str, ...]
    before: bool = False
