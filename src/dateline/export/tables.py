"""The tables of the export contract (version 1): their columns, and their rows as plain values."""

import typing
from collections.abc import Callable, Generator
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

import msgspec
from msgspec import Struct

from dateline.model.ids import content_id
from dateline.model.judgements import Judgement, Rating
from dateline.model.records import Part, Party
from dateline.model.span import Span
from dateline.model.vocab import Table
from dateline.store.base import FailureRow, Input, Manifest, ReportRow, View, Where
from dateline.store.rows import KEYED, KINDS, bare, rows_of

CONTRACT: Final[tuple[Table, ...]] = tuple(KINDS)
"""The tables that are exported, in order."""

_COMMON: Final = {"id": str, "because": str, "score": float, "producer": str, "version": str}
_RESOLVED: Final = {Table.MENTIONS: "entity", Table.STATEMENTS: "utterance"}
"""Columns that linking adds to records."""

_REMEMBERED = 50_000
"""Resolutions kept at hand: those of the reports around."""


class Column(Struct, frozen=True):
    """An exported column: its name, and the type of its values before they are made plain."""

    name: str
    type: Any


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table: those that every row has, its report and evidence or what it rests on, its own."""
    kind = KINDS[table]
    found = dict(_COMMON)
    if kind in KEYED:
        found["report"] = str
    found |= {column.name: column.type for column in rows_of(kind).columns}
    if table in _RESOLVED:
        found[_RESOLVED[table]] = str
    return tuple(Column(name, type) for name, type in found.items())


def plain_rows(
    view: View, table: Table, where: Where | None = None, search: str | None = None
) -> Generator[dict[str, Any], None, None]:
    """The rows of a table as plain values under the columns' names, one at a time and in a fixed order.

    Parts become ``{text, start, end, spans, entity}``. ``where`` and ``search`` as in ``View.records``.
    """
    return Exporter(view).rows(table, where, search)


class Exporter:
    """Makes plain rows; what linking resolved is looked up when a row needs it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._member_of = lru_cache(maxsize=_REMEMBERED)(view.member_of)
        self._version = view.manifest().dateline_version

    def rows(
        self, table: Table, where: Where | None = None, search: str | None = None
    ) -> Generator[dict[str, Any], None, None]:
        """The rows of a table. See ``plain_rows``."""
        own = rows_of(KINDS[table]).columns
        takers = [(column.name, attrgetter(column.path), self._maker(column.type)) for column in own]
        names = [column.name for column in columns(table)]
        report = attrgetter("report" if "report" in KINDS[table].__struct_fields__ else "evidence.report")
        for record in self._view.rows(table, where, search):
            row: dict[str, Any] = dict.fromkeys(names)
            row |= self._common(record)
            if KINDS[table] in KEYED:
                row["report"] = report(record)
            for name, take, make in takers:
                value = take(record)
                row[name] = value if make is None or value is None else make(value)
            self._resolve(table, row)
            yield row

    def _common(self, record: Struct) -> dict[str, Any]:
        """What the contract asks of every row, for rows whose struct has no such fields."""
        because, producer, id = "", "dateline", getattr(record, "id", "")
        if isinstance(record, ReportRow):
            because = f"a revision of {record.revision_of}" if record.revision_of else "as given on input"
        elif isinstance(record, Input):
            because = record.reason or str(record.outcome)
        elif isinstance(record, Judgement | Rating):
            because, producer = record.why, record.by
        elif isinstance(record, Manifest):
            because = "what the ledger is and how it was last read"
        elif isinstance(record, FailureRow):
            id = content_id(str(Table.FAILURES), record.report, record.extractor, str(record.passage), record.error)
            because, producer = record.error, record.extractor
        return {"id": id, "because": because, "score": 1.0, "producer": producer, "version": self._version}

    def _resolve(self, table: Table, row: dict[str, Any]) -> None:
        if table is Table.MENTIONS:
            row["entity"] = self._entity(row["referent"])
        elif table is Table.STATEMENTS:
            row["utterance"] = self._member_of(Table.UTTERANCES, row["id"])
        elif table is Table.REPORTS:
            row["agency"] = row["agency"] or row["dateline_agency"]

    def _maker(self, kind: Any) -> Callable[[Any], Any] | None:
        """How values of a type are made plain; None when they are."""
        if typing.get_origin(kind) is tuple:
            inner = self._maker(typing.get_args(kind)[0])
            return list if inner is None else lambda values: [inner(value) for value in values]
        if not isinstance(kind, type):
            return None
        if issubclass(kind, Part):
            return self._party if issubclass(kind, Party) else self._part
        if issubclass(kind, Enum):
            return attrgetter("value")
        if issubclass(kind, Struct):
            return msgspec.to_builtins
        return None

    def _part(self, part: Part) -> dict[str, Any]:
        return {
            "text": part.text,
            "start": part.span.start,
            "end": part.span.end,
            "spans": [[span.start, span.end] for span in part.spans],
            "entity": self._entity(part.referent),
        }

    def _entity(self, referent: str | None) -> str | None:
        return self._member_of(Table.ENTITIES, referent) if referent else None

    def _party(self, party: Party) -> dict[str, Any]:
        return {**self._part(party), "country": party.country, "sector": party.sector}


def fields(kind: Any) -> tuple[Column, ...] | None:
    """The fields of a nested value once it is plain, or None when it has none."""
    if not isinstance(kind, type) or not issubclass(kind, Struct) or kind is Span:
        return None
    if issubclass(kind, Part):
        spans = tuple[Span, ...]
        found = {"text": str, "start": int, "end": int, "spans": spans, "entity": str}
        if issubclass(kind, Party):
            found |= {"country": str, "sector": str}
        return tuple(Column(name, type) for name, type in found.items())
    return tuple(Column(field.encode_name, bare(field.type)[0]) for field in msgspec.structs.fields(kind))
