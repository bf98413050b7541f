"""The times of what occurred: none lies after the publication."""

from collections.abc import Collection
from datetime import date, timedelta

from msgspec.structs import replace

from dateline.model.records import Time
from dateline.nlp.base import Tokens

_VERBAL = ("VERB", "AUX")
_DESCRIBING = ("acl", "relcl", "amod")
_WEEK = timedelta(days=7)


def ahead(day: str | None, published: date | None) -> bool:
    """Whether a day lies after the publication.

    >>> ahead("2031-06-08", date(2031, 5, 26))
    True
    """
    return bool(day and published and day[:10] > published.isoformat())


def past(tokens: Tokens, time: Time, published: date | None, weekdays: Collection[str]) -> Time | None:
    """A time as one of what occurred; None where it lies ahead, for it is then of what was planned.

    A weekday is the last one where a verb bears it: "failed to agree on Sunday". Not that of a participle or of
    somebody's act: "a march planned for Sunday was called off".
    """
    if time.from_ is None or not ahead(time.from_, published):
        return time
    node = tokens.at(time.evidence.span.start)
    if node is None or time.evidence.quote.lower().strip(".") not in weekdays:
        return None
    while tokens.pos[node] not in _VERBAL and tokens.heads[node] != node:
        above = tokens.heads[node]
        if tokens.deps[node] == "prep" and tokens.deps[above] in ("nsubj", "nsubjpass"):
            return None
        node = above
    if tokens.deps[node] in _DESCRIBING:
        return None
    moved = (date.fromisoformat(time.from_[:10]) - _WEEK).isoformat() + time.from_[10:]
    return None if ahead(moved, published) else replace(time, from_=moved, to=moved)
