"""Reading a ledger kept in SQLite."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

from msgspec import Struct

from dateline.errors import InputError, LedgerError, UsageError
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport, Passage
from dateline.model.vocab import Table
from dateline.store import dialect, evidence
from dateline.store.base import Broken, Found, Hit, Input, Manifest, ReportRow, Where
from dateline.store.reports import from_rows
from dateline.store.rows import DERIVED, KEYED, KINDS, RECORDS, TABLES, rows_of

T = TypeVar("T", bound=Struct)


class SqliteView:
    """Rows in a fixed order, whatever order their reports came in. See ``store.base.View``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def manifest(self) -> Manifest:
        """What the ledger is and how it was read. Raises LedgerError where nothing says so."""
        found = next(self.records(Manifest), None)
        if found is None:
            raise LedgerError("the ledger has no manifest: nothing says how it was read")
        return found

    def damage(self) -> str | None:
        """What is wrong with the file itself, if anything: the first finding of SQLite's quick check."""
        found = str(self._one("PRAGMA quick_check(1)"))
        return None if found == "ok" else " ".join(found.split())

    def counts(self) -> dict[Table, int]:
        """How many rows each table has."""
        return {table: self._one(f"SELECT count(*) FROM {table}") for table in KINDS}

    def report_ids(self) -> list[str]:
        """The ids of all reports, sorted."""
        return [id for (id,) in self._connection.execute("SELECT id FROM reports ORDER BY id")]

    def ended(self, name: str, digest: str) -> Input | None:
        """How the input of this name and digest ended, if there was one and its report is still there."""
        rows = rows_of(Input)
        sql = (
            f"SELECT {dialect.columns(rows, 't')} FROM inputs t WHERE t.name = ? AND t.digest = ? "
            "AND (t.report IS NULL OR EXISTS (SELECT 1 FROM reports r WHERE r.id = t.report)) ORDER BY t.key DESC"
        )
        found = self._connection.execute(sql, (name, digest)).fetchone()
        return rows.load(found) if found else None

    def annotated(self, report: str, tables: Collection[Table] | None = None) -> AnnotatedReport:
        """A report with everything read from it, or what is in some tables; UsageError when it is not there."""
        own = rows_of(ReportRow)
        found = self._connection.execute(
            f"SELECT {dialect.columns(own, 'r')}, r.key, x.text FROM reports r JOIN texts x ON x.key = r.text "
            "WHERE r.id = ?",
            (report,),
        ).fetchone()
        if found is None:
            raise UsageError(f"no report has the id {report!r}")
        *values, key, text = found
        layers: dict[Table, tuple[Any, ...]] = {}
        try:
            for table in (*RECORDS, Table.FAILURES):
                if tables is not None and table not in tables:
                    layers[table] = ()
                    continue
                rows = rows_of(KINDS[table])
                sql = f"SELECT {dialect.columns(rows, 't')} FROM {table} t WHERE t.report = ? ORDER BY t.key"
                layers[table] = tuple(rows.load(row, report) for row in self._connection.execute(sql, (key,)))
            return from_rows(own.load(tuple(values)), text, layers)
        except (ValueError, InputError) as error:
            raise LedgerError(f"report {report} cannot be read back: {error}") from error

    def every_annotated(self, tables: Collection[Table] | None = None) -> Sequence[AnnotatedReport]:
        """All reports sorted by id, each read from the ledger when it is asked for, with what is in some tables."""
        return StoredReports(self, tables)

    def text(self, report: str) -> str:
        """A report's text. Raises UsageError when there is none of that id."""
        sql = "SELECT x.text FROM reports r JOIN texts x ON x.key = r.text WHERE r.id = ?"
        found = self._connection.execute(sql, (report,)).fetchone()
        if found is None:
            raise UsageError(f"no report has the id {report!r}")
        return str(found[0])

    def links(self) -> Links:
        """All derived rows."""
        return Links(**{str(table): tuple(self.rows(table)) for table in DERIVED})  # type: ignore[arg-type]

    def records(self, table: type[T], where: Where | None = None, search: str | None = None) -> Iterator[T]:
        """The rows of the table that holds this type, one at a time. See ``store.base.View``."""
        yield from self.rows(TABLES[table], where, search)  # type: ignore[misc]

    def rows(self, table: Table, where: Where | None = None, search: str | None = None) -> Iterator[Struct]:
        """The rows of a table by its name."""
        rows = rows_of(KINDS[table])
        for row in self._rows(table, where or {}, search):
            try:
                loaded = rows.load(row[1:], row[0])
            except ValueError as error:
                id = row[1 + rows.names.index("id")] if "id" in rows.names else ""
                raise LedgerError(f"the row {id} of {table} cannot be read back: {error}") from error
            yield loaded

    def _rows(self, table: Table, where: Where, search: str | None) -> Iterator[tuple[Any, ...]]:
        if not where and search is None:
            yield from self._connection.execute(dialect.select(table).sql)
            return
        query, row = dialect.select_keys(table, where, search), dialect.select_row(table)
        found = self._connection.execute(query.sql, query.values)
        keys = self._in_order(table, found) if KINDS[table] in KEYED else array("q", (key for (key,) in found))
        for key in keys:
            yield from self._connection.execute(row, (key,))

    def _in_order(self, table: Table, found: Iterable[tuple[int, int]]) -> Iterator[int]:
        """The keys of rows, given with their reports' keys, in order: by the reports' ids, then within each."""
        under: dict[int, list[int]] = defaultdict(list)
        for report, key in found:
            under[report].append(key)
        if not under:
            return
        reports = [key for (key,) in self._connection.execute("SELECT key FROM reports ORDER BY id") if key in under]
        within = dialect.order_within(table)
        for report in reports:
            keys = under[report]
            if len(keys) == 1:
                yield keys[0]
                continue
            wanted = set(keys)
            yield from [key for (key,) in self._connection.execute(within, (report,)) if key in wanted]

    def find(self, prefix: str) -> list[Found]:
        """The rows whose id begins with ``prefix``, in all tables."""
        found: list[Found] = []
        for table in KINDS:
            if table is not Table.FAILURES:
                ids = self._connection.execute(dialect.by_prefix(table), (prefix, prefix + dialect.LAST))
                found.extend(Found(table, id) for (id,) in ids)
        return found

    def get(self, found: Found) -> Struct:
        """A row. Raises UsageError when there is none."""
        row = next(self.rows(found.table, {"id": found.id}), None)
        if row is None:
            raise UsageError(f"{found.table} has no row {found.id!r}")
        return row

    def members(self, table: Table) -> dict[str, str]:
        """For each record that a row of a derived table rests on, that row's id (the smallest of several)."""
        sql = 'SELECT record, min(derived) FROM rests WHERE "table" = ? GROUP BY record'
        return dict(self._connection.execute(sql, (str(table),)))

    def member_of(self, table: Table, record: str) -> str | None:
        """The id of the row of a derived table that rests on a record (the smallest of several), if any."""
        return self._one('SELECT min(derived) FROM rests WHERE record = ? AND "table" = ?', (record, str(table)))  # type: ignore[no-any-return]

    def resting_on(self, id: str) -> list[Found]:
        """The derived rows that rest on a record."""
        sql = 'SELECT "table", derived FROM rests WHERE record = ? ORDER BY "table", derived'
        return [Found(Table(table), derived) for table, derived in self._connection.execute(sql, (id,))]

    def search(self, words: str) -> Iterator[Hit]:
        """The passages that hold all the words, by report and place in it."""
        for passage in self.records(Passage, search=words):
            evidence = passage.evidence
            yield Hit(report=evidence.report, passage=passage.id, span=evidence.span, quote=evidence.quote)

    def verify(self) -> Iterator[Broken]:
        """Check every quote and part against its text, and everything that derived rows rest on."""
        for report in self.report_ids():
            try:
                annotated = self.annotated(report)
            except LedgerError as error:
                yield Broken(table=Table.REPORTS, id=report, problem=f"it cannot be read back: {error.__cause__}")
            else:
                yield from evidence.broken(annotated)
        for table in DERIVED:
            yield from self._unreadable(table)
        yield from self._unfounded()

    def _unreadable(self, table: Table) -> Iterator[Broken]:
        rows = rows_of(KINDS[table])
        for row in self._rows(table, {}, None):
            try:
                rows.load(row[1:], row[0])
            except ValueError as error:
                id = row[1 + rows.names.index("id")]
                yield Broken(table=table, id=id, problem=f"it cannot be read back: {error}")

    def _unfounded(self) -> Iterator[Broken]:
        homes = " UNION ALL ".join(f"SELECT id FROM {home}" for home in (*RECORDS, *DERIVED, Table.REPORTS))
        for statement in ("DROP TABLE IF EXISTS known", f"CREATE TEMP TABLE known AS {homes}"):
            self._connection.execute(statement)
        self._connection.execute("CREATE INDEX known_id ON known (id)")
        for table in DERIVED:
            sql = f"SELECT id FROM {table} WHERE json_array_length(rests_on) = 0 ORDER BY id"
            for (id,) in self._connection.execute(sql):
                yield Broken(table=table, id=id, problem="it rests on nothing")
            missing = "NOT EXISTS (SELECT 1 FROM known WHERE known.id = j.value)"
            sql = f"SELECT t.id, j.value FROM {table} t, json_each(t.rests_on) j WHERE {missing} ORDER BY 1, 2"
            for id, record in self._connection.execute(sql):
                yield Broken(table=table, id=id, problem=f"it rests on {record}, which is not there")
        self._connection.execute("DROP TABLE known")

    def _one(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        return self._connection.execute(sql, values).fetchone()[0]


class StoredReports(Sequence[AnnotatedReport]):
    """The reports of a ledger sorted by id; each is read when asked for, and none is kept."""

    def __init__(self, view: SqliteView, tables: Collection[Table] | None = None) -> None:
        self._view = view
        self._tables = tables
        self._ids = view.report_ids()

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> AnnotatedReport: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[AnnotatedReport]: ...

    def __getitem__(self, index: int | slice) -> AnnotatedReport | Sequence[AnnotatedReport]:
        if isinstance(index, slice):
            return [self._view.annotated(id, self._tables) for id in self._ids[index]]
        return self._view.annotated(self._ids[index], self._tables)

    def __iter__(self) -> Iterator[AnnotatedReport]:
        return (self._view.annotated(id, self._tables) for id in self._ids)
