"""Writing a ledger kept in SQLite."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

import dateline
from dateline.errors import EvidenceError, LedgerError
from dateline.model.judgements import Judgement, Rating
from dateline.model.links import Change, Copy, Derived, Links
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.model.vocab import InputOutcome, Table
from dateline.store import dialect
from dateline.store.base import Admission, Input, Outcome, ReportRow, Setup
from dateline.store.evidence import check
from dateline.store.reports import rows_in, to_row
from dateline.store.rows import DERIVED, RECORDS, TABLES, rows_of
from dateline.store.view import SqliteView
from dateline.store.word_index import StoredIndex

_AT_ONCE = 500
"""Keys asked for in one query: SQLite takes a limited number of values."""

_REFUSED = (sqlite3.IntegrityError, sqlite3.InterfaceError, OverflowError, UnicodeEncodeError)
"""What a row raises that breaks a constraint or holds a value that SQLite has no type for."""


class SqliteWriter(SqliteView):
    """Everything is written in transactions: a batch is there as a whole or not at all."""

    _depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is there afterwards, or none of it. One inside another joins it.

        Raises EvidenceError for a row that its table cannot hold.
        """
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self._connection.execute("COMMIT")
        except BaseException as error:
            # SQLite has rolled back by itself after some errors, such as a full disk.
            if self._depth == 1 and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, _REFUSED):
                raise EvidenceError(f"the ledger cannot hold a row: {error}") from error
            raise
        finally:
            self._depth -= 1

    def admit(self, report: Report, pending: Mapping[str, Report]) -> Admission:
        """Name a report before it is read: known already, new, or a revision under an id of its own.

        ``pending`` holds, by id, the reports that are admitted and not yet written. The same id with another
        text becomes ``<id>@<first digits of the text's digest>``; the same address with another text keeps
        its id. Both name the first of them in ``revision_of``.
        """
        sha = report.text_sha256
        for name in (report.id, *(f"{report.id}@{sha[:digits]}" for digits in (8, 16, 64))):
            taken = pending[name].text_sha256 if name in pending else self._digest(name)
            if taken == sha:
                return Admission(
                    report=msgspec.structs.replace(report, id=name),
                    outcome=InputOutcome.ALREADY_THERE,
                    reason=f"report {name} has this text",
                )
            if taken is None:
                first = report.revision_of or (report.id if name != report.id else self._revised(report, pending))
                new = msgspec.structs.replace(report, id=name, revision_of=first)
                reason = f"a revision of {first}" if first else ""
                return Admission(report=new, outcome=InputOutcome.STORED, reason=reason)
        raise LedgerError(f"no id is left for a revision of report {report.id}")

    def add(self, reports: Iterable[AnnotatedReport], setup: Setup, replace: bool = False) -> list[Outcome]:
        """Write reports with all their records, in one transaction. See ``store.base.Writer``.

        Raises LedgerError for a report whose id another text has: ``admit`` names revisions before they
        are read.
        """
        written: list[tuple[int, AnnotatedReport]] = []
        with self.transaction():
            reading = self._reading(setup)
            outcomes = [self._put(annotated, reading, replace, written) for annotated in reports]
            for table, insert in _INSERT.items():
                self._connection.executemany(insert, rows_in(table, written))
            self._sign(setup, reading)
        return outcomes

    def replace_links(self, links: Links, but: Collection[Table] = ()) -> None:
        """Put these derived rows in place of all others, in one transaction, but for those of some tables.

        Rows that are there already stay as they are, so that little is written when little is new. Judgements are not
        touched.
        """
        with self.transaction():
            for table in DERIVED:
                if table not in but:
                    self._replace(table, getattr(links, table))

    def replace_copies(
        self, pairs: Sequence[tuple[str, str]], copies: Sequence[Copy], changes: Sequence[Change]
    ) -> None:
        """Put these copies in place of all that pairs of reports (ids in order) have, in one transaction.

        What rested on those goes too.
        """
        with self.transaction():
            had = [id for pair in pairs for id in self._ids("copies", "a_report = ? AND b_report = ?", pair)]
            changed = [id for copy in had for id in self._ids("changes", "copy = ?", (copy,))]
            for table, ids, rows in ((Table.COPIES, had, copies), (Table.CHANGES, changed, changes)):
                self._remove(table, ids)
                self._insert(table, rows)
            gone = set(had) - {copy.id for copy in copies}
            self._remove(Table.LINEAGE, [f.id for id in gone for f in self.resting_on(id) if f.table is Table.LINEAGE])

    def copied(self, reports: Sequence[str]) -> set[tuple[str, str]]:
        """The pairs of these reports, or reports alone, that hold copies; ids in order."""
        there = set(reports)
        sql = "SELECT DISTINCT a_report, b_report FROM copies WHERE a_report = ?"
        return {(a, b) for one in reports for a, b in self._connection.execute(sql, (one,)) if b in there}

    def linked_with(self) -> str | None:
        """What the copies were found with, or None where they are to be found anew."""
        row = self._connection.execute("SELECT maker FROM linked_with").fetchone()
        return row[0] if row else None

    def begin_links(self, maker: str) -> None:
        """Let go of all copies and of their index, to find them anew with a maker of that name."""
        with self.transaction():
            self.words().clear()
            for table in (Table.COPIES, Table.CHANGES, Table.LINEAGE):
                self._replace(table, ())
            self._connection.execute("INSERT OR REPLACE INTO linked_with (key, maker) VALUES (1, ?)", (maker,))

    def words(self) -> StoredIndex:
        """The index by which copies are looked for."""
        return StoredIndex(self._connection)

    def _ids(self, table: str, where: str, values: tuple[str, ...]) -> list[str]:
        return [id for (id,) in self._connection.execute(f"SELECT id FROM {table} WHERE {where}", values)]

    def _replace(self, table: Table, rows: Iterable[Derived]) -> None:
        """Put rows in place of those of a derived table; equal ones are not touched."""
        kind = DERIVED[table]
        given = list(rows)
        fresh = {row.id: row for row in given}
        if len(fresh) < len(given):
            raise EvidenceError(f"two rows of {table} have one id")
        dumped = {id: tuple(rows_of(kind).dump(row)) for id, row in fresh.items()}
        at = rows_of(kind).names.index("id")
        sql = f"SELECT {dialect.columns(rows_of(kind), 't')} FROM {table} t"
        had = {row[at]: row for row in self._connection.execute(sql)}
        self._remove(table, [id for id, row in had.items() if dumped.get(id) != row])
        self._insert(table, [fresh[id] for id, row in sorted(dumped.items()) if had.get(id) != row])

    def _remove(self, table: Table, ids: Sequence[str]) -> None:
        records = f"SELECT value FROM {table} t, json_each(t.rests_on) WHERE t.id = ?1"
        sql = f"DELETE FROM rests WHERE record IN ({records}) AND \"table\" = '{table}' AND derived = ?1"
        self._connection.executemany(sql, [(id,) for id in ids])
        self._connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(id,) for id in ids])

    def _insert(self, table: Table, rows: Sequence[Derived]) -> None:
        dump = rows_of(DERIVED[table]).dump
        self._connection.executemany(dialect.insert(table), map(dump, rows))
        rests = sorted((record, str(table), row.id) for row in rows for record in row.rests_on)
        self._connection.executemany('INSERT OR IGNORE INTO rests (record, "table", derived) VALUES (?, ?, ?)', rests)

    def note(self, inputs: Iterable[Input]) -> None:
        """Write down how inputs ended. See ``store.base.Writer``."""
        told = list(inputs)
        with self.transaction():
            settled = f"DELETE FROM inputs WHERE name = ? AND outcome = '{InputOutcome.QUARANTINED}' AND id <> ?"
            self._connection.executemany(settled, [(one.name, one.id) for one in told])
            self._connection.executemany(_INSERT_INPUT, map(rows_of(Input).dump, told))

    def append(self, row: Judgement | Rating) -> None:
        """Add a judgement or rating; it can never be changed. The same one twice is one."""
        table = TABLES[type(row)]
        with self.transaction():
            if not self._one(f"SELECT count(*) FROM {table} WHERE id = ?", (row.id,)):
                self._connection.execute(dialect.insert(table), rows_of(type(row)).dump(row))

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found.update(self._connection.execute(f"SELECT digest, parse FROM parses WHERE digest IN ({marks})", some))
        return found

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Keep these; what is kept already stays."""
        with self.transaction():
            self._connection.executemany("INSERT OR IGNORE INTO parses (digest, parse) VALUES (?, ?)", parses.items())

    def _put(
        self, annotated: AnnotatedReport, reading: int, replace: bool, written: list[tuple[int, AnnotatedReport]]
    ) -> Outcome:
        report = annotated.report
        check(annotated)
        found = self._connection.execute("SELECT key, text_sha256 FROM reports WHERE id = ?", (report.id,)).fetchone()
        if found is not None and found[1] != report.text_sha256:
            raise LedgerError(f"report {report.id} is there with another text")
        done = Outcome(name=report.id, outcome=InputOutcome.STORED, report=report.id, failures=annotated.failures)
        if found is None:
            key = self._new_report(annotated, reading)
        elif replace:
            key = found[0]
            self._clear(key, annotated, reading)
        else:
            return msgspec.structs.replace(done, outcome=InputOutcome.ALREADY_THERE, failures=())
        written.append((key, annotated))
        return done

    def _new_report(self, annotated: AnnotatedReport, reading: int) -> int:
        report = annotated.report
        self._connection.execute(
            "INSERT OR IGNORE INTO texts (sha256, text) VALUES (?, ?)", (report.text_sha256, report.text)
        )
        text = self._one("SELECT key FROM texts WHERE sha256 = ?", (report.text_sha256,))
        row = rows_of(ReportRow).dump(to_row(annotated))
        return int(self._connection.execute(_INSERT_REPORT, [text, reading, *row]).lastrowid or 0)

    def _clear(self, key: int, annotated: AnnotatedReport, reading: int) -> None:
        """Take a report's records out and put its own row right, so that it can be written anew."""
        self._connection.execute("DELETE FROM linked_with")
        for table in (*RECORDS, Table.FAILURES):
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (key,))
        names = rows_of(ReportRow).names
        settings = ", ".join(f"{dialect.quoted(name)} = ?" for name in names)
        row = rows_of(ReportRow).dump(to_row(annotated))
        self._connection.execute(f"UPDATE reports SET reading = ?, {settings} WHERE key = ?", [reading, *row, key])

    def _digest(self, report: str) -> str | None:
        found = self._connection.execute("SELECT text_sha256 FROM reports WHERE id = ?", (report,)).fetchone()
        return found[0] if found else None

    def _revised(self, report: Report, pending: Mapping[str, Report]) -> str | None:
        """The first report at this one's address, when it has another text."""
        if report.url is None:
            return None
        sql = "SELECT coalesce(revision_of, id) FROM reports WHERE url = ? AND text_sha256 <> ? ORDER BY key LIMIT 1"
        found = self._connection.execute(sql, (report.url, report.text_sha256)).fetchone()
        if found:
            return str(found[0])
        others = (o for o in pending.values() if o.url == report.url and o.text_sha256 != report.text_sha256)
        first = next(others, None)
        return (first.revision_of or first.id) if first else None

    def _reading(self, setup: Setup) -> int:
        values = (setup.model, setup.parser_digest, setup.knowledge_digest, dateline.__version__)
        names = ("model", "parser_digest", "knowledge_digest", "dateline_version")
        self._connection.execute(f"INSERT OR IGNORE INTO readings ({', '.join(names)}) VALUES (?, ?, ?, ?)", values)
        return int(self._one(f"SELECT key FROM readings WHERE {' AND '.join(f'{name} = ?' for name in names)}", values))

    def _sign(self, setup: Setup, reading: int) -> None:
        otherwise = 0
        if self._one("SELECT count(*) FROM readings") > 1:
            otherwise = self._one("SELECT count(*) FROM reports WHERE reading <> ?", (reading,))
        self._connection.execute(
            "UPDATE manifest SET dateline_version = ?, model = ?, parser_digest = ?, knowledge_digest = ?, "
            "boundary_policy = ?, read_otherwise = ?",
            (dateline.__version__, *msgspec.structs.astuple(setup), otherwise),
        )


_INSERT = {table: dialect.insert(table, ("report",)) for table in (*RECORDS, Table.FAILURES)}
_INSERT_REPORT = dialect.insert(Table.REPORTS, ("text", "reading"))
_INSERT_INPUT = (
    f"{dialect.insert(Table.INPUTS)} ON CONFLICT (id) DO UPDATE SET "
    'digest = coalesce(excluded.digest, digest), "offset" = coalesce(excluded."offset", "offset"), '
    "how = coalesce(excluded.how, how)"
)
