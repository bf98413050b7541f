"""The words by which a copy changes the facts: pairs that contradict, and marks that a copy drops or adds."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry
from dateline.model.vocab import ChangeKind


class Test(StrEnum):
    """How an entry tells a change."""

    __test__ = False

    CONTRAST = "contrast"
    """One passage has one value, the other has another, at the same place."""

    SPEAKER = "speaker"
    """The same for what stands beside a word of saying: who said it."""

    PRESENCE = "presence"
    """One passage has the mark, the other tells the same without it."""


class ChangeCue(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One opposition. ``values`` are its sides: each a list of words and phrases that mean the same here.

    Words compare by stem, marks as they are written. ``instead`` are words that may stand for a mark on the other
    side but make none themselves. An example is ``one passage => the other``; a change of ``kind`` must come out.
    ``reach`` is how many words away a shared word may stand that shows both are about the same thing.
    """

    FILE: ClassVar[str] = "changes.yaml"

    kind: ChangeKind
    test: Test
    values: dict[str, tuple[str, ...]]
    instead: tuple[str, ...] = ()
    reach: int = 5

    @property
    def says(self) -> bool:
        """Whether its marks are words of saying."""
        return self.kind is ChangeKind.ATTRIBUTION and self.test is Test.PRESENCE
