"""Judgements: what a person decided about one row, with when and why.

A judgement names its row by id. Record ids hold no producer version, so it outlives every re-reading; it
stays in the ledger, and can be listed, even when the row that it is about is no longer made.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from dateline.errors import UsageError
from dateline.model.judgements import Judgement
from dateline.model.vocab import Ruling, Table
from dateline.store.base import Found, Store, View, Where
from dateline.store.dialect import names


def judge(store: Store, target: Found, verdict: Ruling, *, by: str, why: str = "", at: str | None = None) -> Judgement:
    """Append a judgement on a row of the ledger. ``at`` is ISO 8601 and by default now.

    Raises UsageError when there is no such row, when it is not about a record or derived row, or for a
    correction, which says what it puts where: see ``correct``.
    """
    if verdict is Ruling.CORRECTED:
        raise UsageError("a correction names the field and its value")
    check_target(store, target)
    judgement = Judgement.of(target.table, target.id, verdict, by=by, at=at or now(), why=why)
    store.append(judgement)
    return judgement


def correct(
    store: Store, target: Found, field: str, value: str, *, by: str, why: str = "", at: str | None = None
) -> Judgement:
    """Append a correction: in the row ``target``, ``field`` should be ``value``. The record stays as read.

    Raises UsageError when there is no such row, or no such column in its table.
    """
    check_target(store, target)
    if field not in names(target.table):
        raise UsageError(f"{target.table} has no column {field!r}; it has: {', '.join(names(target.table))}")
    judgement = Judgement.of(target.table, target.id, Ruling.CORRECTED, by=by, at=at or now(), why=why)
    judgement = judgement.putting(field, value)
    store.append(judgement)
    return judgement


def judgements(view: View, target: str | None = None) -> Iterator[Judgement]:
    """The judgements, or those on one row, oldest first."""
    where: Where = {} if target is None else {"target": target}
    yield from sorted(view.records(Judgement, where), key=lambda one: (one.at, one.id))


def check_target(view: View, target: Found) -> None:
    """Raise UsageError unless the row is there and one that people judge."""
    if target.table in (Table.JUDGEMENTS, Table.RATINGS, Table.INPUTS, Table.MANIFEST, Table.FAILURES):
        raise UsageError(f"{target.table} are not judged")
    view.get(target)


def now() -> str:
    """The time in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat()
