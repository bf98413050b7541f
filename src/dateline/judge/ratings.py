"""Ratings: how far a person trusts a source or a piece of information (the Admiralty code)."""

from collections.abc import Iterator
from typing import Final

from dateline.errors import UsageError
from dateline.judge.judgements import check_target, now
from dateline.model.judgements import Rating
from dateline.model.vocab import RatingScale
from dateline.store.base import Found, Store, View, Where

GRADES: Final = {RatingScale.RELIABILITY: "ABCDEF", RatingScale.CREDIBILITY: "123456"}
"""The grades of each scale, best first; F and 6 say that it cannot be judged."""


def rate(
    store: Store, target: Found, scale: RatingScale, value: str, *, by: str, why: str = "", at: str | None = None
) -> Rating:
    """Append a rating of a row. ``at`` is ISO 8601 and by default now.

    Raises UsageError when there is no such row or no such grade on the scale.
    """
    if len(value) != 1 or value not in GRADES[scale]:
        raise UsageError(f"{scale} is one of {', '.join(GRADES[scale])}, not {value!r}")
    check_target(store, target)
    rating = Rating.of(target.table, target.id, scale, value, by=by, at=at or now(), why=why)
    store.append(rating)
    return rating


def ratings(view: View, target: str | None = None) -> Iterator[Rating]:
    """The ratings, or those of one row, oldest first."""
    where: Where = {} if target is None else {"target": target}
    yield from sorted(view.records(Rating, where), key=lambda one: (one.at, one.id))
