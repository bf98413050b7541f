"""The vocabulary and the rules of time expressions."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class TimeWords(Entry, frozen=True, kw_only=True):
    """A class of words that the rules name by its ``id``; each word with the value that it stands for.

    ``capital`` demands a capital letter ("May" the month, not "may" the modal). ``context`` words make no time
    without a word of another class: stretches of text that hold nothing else are not searched.
    """

    FILE: ClassVar[str] = "times.yaml"

    words: dict[str, str]
    capital: bool = False
    context: bool = False


class TimeRule(Entry, frozen=True, kw_only=True):
    """A regular expression over classes, and the reckoning that gives its value.

    An entry without ``reckon`` is a building block that later patterns name.
    """

    FILE: ClassVar[str] = "time_rules.yaml"

    pattern: str
    reckon: str | None = None
