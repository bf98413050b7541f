"""How the inputs of a call ended, counted."""

from collections import Counter
from typing import Self

from msgspec import Struct


class Summary(Struct, frozen=True, kw_only=True):
    """How the inputs of a call ended; the three counts add up to all inputs.

    ``skipped`` counts, by kind, what archives hold besides pages: that is no input.
    """

    stored: int = 0
    already_there: int = 0
    quarantined: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()

    def plus(self, other: Self) -> Self:
        """Both together."""
        skipped = Counter(dict(self.skipped)) + Counter(dict(other.skipped))
        return type(self)(
            stored=self.stored + other.stored,
            already_there=self.already_there + other.already_there,
            quarantined=self.quarantined + other.quarantined,
            skipped=tuple(sorted(skipped.items())),
        )

    @property
    def inputs(self) -> int:
        """All inputs."""
        return self.stored + self.already_there + len(self.quarantined)
