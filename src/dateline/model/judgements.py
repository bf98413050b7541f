"""What a person decided: appended, never changed, outside every rebuild."""

from typing import Self

from msgspec import Struct

from dateline.model.ids import content_id
from dateline.model.vocab import RatingScale, Ruling, Table


class Judgement(Struct, frozen=True, kw_only=True):
    """What a person decided about one row.

    ``target`` is the id of a record or derived row and ``table`` says of which kind, since a cluster bears
    its smallest member's id. ``field`` and ``value`` say what a correction puts where. ``at`` is ISO 8601.
    """

    id: str
    table: Table
    target: str
    verdict: Ruling
    field: str | None = None
    value: str | None = None
    by: str
    at: str
    why: str = ""

    @classmethod
    def of(cls, table: Table, target: str, verdict: Ruling, *, by: str, at: str, why: str = "") -> Self:
        """A judgement without a correction, under the id that its content gives it."""
        key = content_id(str(Table.JUDGEMENTS), table, target, verdict, "", "", by, at, why)
        return cls(id=key, table=table, target=target, verdict=verdict, by=by, at=at, why=why)

    def putting(self, field: str, value: str) -> Self:
        """The same judgement as a correction that puts ``value`` into ``field``."""
        key = content_id(
            str(Table.JUDGEMENTS), self.table, self.target, Ruling.CORRECTED, field, value, self.by, self.at, self.why
        )
        return type(self)(
            id=key,
            table=self.table,
            target=self.target,
            verdict=Ruling.CORRECTED,
            field=field,
            value=value,
            by=self.by,
            at=self.at,
            why=self.why,
        )


class Rating(Struct, frozen=True, kw_only=True):
    """How far a person trusts a source or a piece of information, on one scale of the Admiralty code.

    ``target`` is the id of a row of ``table``. ``value`` is A to F on the scale of reliability, 1 to 6 on
    that of credibility.
    """

    id: str
    table: Table
    target: str
    scale: RatingScale
    value: str
    by: str
    at: str
    why: str = ""

    @classmethod
    def of(cls, table: Table, target: str, scale: RatingScale, value: str, *, by: str, at: str, why: str = "") -> Self:
        """A rating under the id that its content gives it."""
        key = content_id(str(Table.RATINGS), table, target, scale, value, by, at, why)
        return cls(id=key, table=table, target=target, scale=scale, value=value, by=by, at=at, why=why)
