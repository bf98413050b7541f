"""Structs to table rows and back, from the structs' own annotations.

Each table has the columns of its struct: evidence, spans and sites are spread over columns of their own,
scalars are columns, and parts and lists are JSON. A record's report is an integer key in the table, so it
is left out here and handed to ``Rows.load``.
"""

import types
import typing
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import Struct

from dateline.errors import EvidenceError
from dateline.model import links, records
from dateline.model.judgements import Judgement, Rating
from dateline.model.span import Span
from dateline.model.vocab import Table
from dateline.store.base import FailureRow, Input, Manifest, ReportRow

T = TypeVar("T", bound=Struct)

RECORDS: Final[dict[Table, type[Struct]]] = {
    Table.PASSAGES: records.Passage,
    Table.MENTIONS: records.Mention,
    Table.REFERENTS: records.Referent,
    Table.QUOTATIONS: records.Quotation,
    Table.STATEMENTS: records.Statement,
    Table.FIGURES: records.Figure,
    Table.TIMES: records.Time,
    Table.PLACES: records.Place,
    Table.EVENTS: records.Event,
    Table.STATES: records.State,
    Table.DOUBTS: records.Doubt,
}
"""The layers of an AnnotatedReport: each table is the field of the same name."""

DERIVED: Final[dict[Table, type[Struct]]] = {
    Table.ENTITIES: links.Entity,
    Table.COPIES: links.Copy,
    Table.CHANGES: links.Change,
    Table.LINEAGE: links.Lineage,
    Table.UTTERANCES: links.Utterance,
    Table.STORYLINES: links.Storyline,
    Table.INCIDENTS: links.Incident,
    Table.CONFLICTS: links.Conflict,
    Table.POSITIONS: links.Position,
}
"""The fields of Links: each table is the field of the same name."""

KINDS: Final[dict[Table, type[Struct]]] = {
    Table.REPORTS: ReportRow,
    **RECORDS,
    **DERIVED,
    Table.JUDGEMENTS: Judgement,
    Table.RATINGS: Rating,
    Table.INPUTS: Input,
    Table.MANIFEST: Manifest,
    Table.FAILURES: FailureRow,
}

TABLES: Final[dict[type[Struct], Table]] = {kind: table for table, kind in KINDS.items()}

KEYED: Final[frozenset[type[Struct]]] = frozenset({*RECORDS.values(), FailureRow})
"""The structs whose report is an integer key in the table."""

_FIRST = ("id", "because", "score", "producer", "version", "start", "end", "quote", "rests_on")
_EMBEDDED = (records.Evidence, Span, links.Site)
_AFFINITY = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL"}


class Column(Struct, frozen=True, kw_only=True):
    """A column: its name in the contract, the way to its value from the struct, and its type less None."""

    name: str
    path: str
    type: Any
    optional: bool

    @property
    def affinity(self) -> str:
        """The column's type in a STRICT table."""
        return "TEXT" if self.is_enum else _AFFINITY.get(self.type, "TEXT")

    @property
    def is_enum(self) -> bool:
        """Whether the values are those of an enumeration."""
        return isinstance(self.type, type) and issubclass(self.type, Enum)

    @property
    def is_json(self) -> bool:
        """Whether the value is kept as JSON."""
        return not self.is_enum and self.type not in _AFFINITY


class Rows(Generic[T]):
    """The rows of one struct type. ``columns`` come in the order of ``dump`` and ``load``."""

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind
        found = {column.name: column for column in _columns(kind, "", "", kind in KEYED)}
        ordered = [name for name in _FIRST if name in found]
        ordered += [name for name in found if name not in _FIRST]
        self.columns = tuple(found[name] for name in ordered)
        self.names = tuple(ordered)
        self._take = attrgetter(*(_value_path(column) for column in self.columns))
        self._codes = tuple(
            (index, code) for index, column in enumerate(self.columns) if (code := _encoder(column)) is not None
        )
        self._build = _builder(kind, "", {column.path: i for i, column in enumerate(self.columns)}, self.columns)

    def dump(self, value: T) -> list[Any]:
        """The row of a struct. Raises EvidenceError for a value that is not as the struct's type says."""
        try:
            row = list(self._take(value))
            for index, code in self._codes:
                if row[index] is not None:
                    row[index] = code(row[index])
        except (AttributeError, TypeError, ValueError) as error:
            name = getattr(value, "id", "")
            raise EvidenceError(f"{self.kind.__name__} {name} is not as its type says: {error}") from error
        return row

    def load(self, row: tuple[Any, ...], report: str = "") -> T:
        """The struct of a row, given the id of its report. Raises ValueError for a value that it cannot hold."""
        return self._build(row, report)  # type: ignore[no-any-return]

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@cache
def rows_of(kind: type[T]) -> Rows[T]:
    """The rows of a struct type, worked out once."""
    return Rows(kind)


def bare(annotation: Any) -> tuple[Any, bool]:
    """A type without None, and whether None was in it.

    >>> bare(int | None)
    (<class 'int'>, True)
    """
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [a for a in typing.get_args(annotation) if a is not type(None)]
        return rest[0], True
    return annotation, False


def _columns(kind: type[Struct], path: str, prefix: str, keyed: bool) -> Iterator[Column]:
    for field in msgspec.structs.fields(kind):
        inner, optional = bare(field.type)
        here = path + field.name
        if inner in _EMBEDDED:
            # The main span and the evidence give their columns no prefix: start, end, quote.
            name = prefix if field.name in ("evidence", "span") else f"{prefix}{field.encode_name}_"
            yield from _columns(inner, f"{here}.", name, keyed)
        elif not (keyed and here in ("report", "evidence.report")):
            yield Column(name=prefix + field.encode_name, path=here, type=inner, optional=optional)


def _value_path(column: Column) -> str:
    return f"{column.path}._value_" if column.is_enum and not column.optional else column.path


def _encoder(column: Column) -> Callable[[Any], Any] | None:
    if column.is_enum:
        return attrgetter("_value_") if column.optional else None
    return _to_json if column.is_json else None


_json = msgspec.json.Encoder()


def _to_json(value: Any) -> str:
    return "[]" if value == () else _json.encode(value).decode()


def _decoder(column: Column) -> Callable[[Any], Any] | None:
    if column.is_enum:
        members = {member.value: member for member in column.type}
        return lambda value: members[value] if value in members else column.type(value)
    if column.is_json:
        return msgspec.json.Decoder(column.type).decode
    return bool if column.type is bool else None


def _builder(kind: type[Struct], path: str, index: dict[str, int], columns: tuple[Column, ...]) -> Any:
    """A function from a row and its report to the struct; embedded structs have builders of their own."""
    plain: list[tuple[str, Any]] = []
    coded: list[tuple[str, int, Callable[[Any], Any]]] = []
    built: list[tuple[str, Any]] = []
    reported: list[str] = []
    for field in msgspec.structs.fields(kind):
        inner, _ = bare(field.type)
        here = path + field.name
        if inner in _EMBEDDED:
            built.append((field.name, _builder(inner, f"{here}.", index, columns)))
        elif here not in index:
            reported.append(field.name)
        elif (decode := _decoder(columns[index[here]])) is not None:
            coded.append((field.name, index[here], decode))
        else:
            plain.append((field.name, itemgetter(index[here])))

    def build(row: tuple[Any, ...], report: str) -> Struct:
        values = {name: get(row) for name, get in plain}
        for name, at, decode in coded:
            values[name] = None if row[at] is None else decode(row[at])
        for name, make in built:
            values[name] = make(row, report)
        for name in reported:
            values[name] = report
        return kind(**values)

    return build
