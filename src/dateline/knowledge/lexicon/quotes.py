"""What the state machine for quotation marks knows of words."""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry


class Habit(StrEnum):
    """What the words of an entry tell about the mark beside them."""

    ELISION = "elision"
    NAMING = "naming"


class MarkHabit(Entry, frozen=True, kw_only=True):
    """Words beside which a mark is not what it seems.

    ``elision``: written with a leading apostrophe ('em), which opens nothing. ``naming``: the quoted words
    after it are held at arm's length (so-called "elections"), whoever the subject is.
    """

    FILE = "quotes.yaml"

    habit: Habit
    words: tuple[str, ...]


class MarkHabits(Struct, frozen=True):
    """The habits, ready for look-up; all in lower case."""

    elisions: frozenset[str]
    naming: frozenset[str]


@lru_cache(maxsize=4)
def mark_habits(knowledge: Knowledge) -> MarkHabits:
    """The compiled habits of a knowledge handle."""
    entries = knowledge.lexicon(MarkHabit)

    def words(habit: Habit) -> frozenset[str]:
        return frozenset(word for entry in entries if entry.habit is habit for word in entry.words)

    return MarkHabits(words(Habit.ELISION), words(Habit.NAMING))
