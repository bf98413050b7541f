"""Which event frames tell of what a state does in its own country."""

from functools import lru_cache

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry


class AtHome(Entry, frozen=True, kw_only=True):
    """An event frame, by its id, of acts that a state does at home where nothing else is told."""

    FILE = "at_home.yaml"


@lru_cache(maxsize=4)
def at_home(knowledge: Knowledge) -> frozenset[str]:
    """The ids of the frames."""
    return frozenset(entry.id for entry in knowledge.lexicon(AtHome))
