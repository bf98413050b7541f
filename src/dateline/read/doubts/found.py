"""What a look for doubts comes back with."""

from msgspec import Struct

from dateline.model.span import Span
from dateline.model.vocab import DoubtKind


class Found(Struct, frozen=True, kw_only=True):
    """A doubt before it has an id: its kind, the words, why, and what they might be instead."""

    kind: DoubtKind
    span: Span
    because: str
    record: str | None = None
    suggestion: str | None = None
    score: float = 0.8
