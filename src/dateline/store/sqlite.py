"""A ledger in one SQLite file: opening it, and saying in one line what is wrong when that fails."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import dateline
from dateline.errors import LedgerError
from dateline.model.vocab import Table
from dateline.store import dialect
from dateline.store.base import Manifest
from dateline.store.knowledge import SqliteKnowledge
from dateline.store.migrations import MIGRATIONS, behind, create, migrate, schema
from dateline.store.rows import rows_of

_WAIT = 30.0
"""Seconds to wait for another process that is writing."""


class SqliteStore(SqliteKnowledge):
    """An open ledger. A context manager; ``close`` lets go of the file."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.path = path

    def close(self) -> None:
        """Let go of the file. What was written is there."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Connection(sqlite3.Connection):
    """A connection that tells of failures as LedgerErrors naming the ledger."""

    path = ""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        with ledger_errors(self.path):
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        with ledger_errors(self.path):
            return super().executemany(*arguments)


def open_store(path: Path | str, *, create_new: bool = False, read_only: bool = False) -> SqliteStore:
    """Open a ledger, or with ``create_new`` make it where there is none; an older one is brought up to date.

    ``read_only`` also opens one in a folder that cannot be written to. Raises LedgerError, in one line, for
    a file that is not there, not a database or not a ledger, a ledger that a newer Dateline made, a folder
    that cannot be written to, a full disk, a ledger that another process keeps locked.
    """
    path = Path(path)
    with ledger_errors(str(path)):
        fresh = not path.exists() or path.stat().st_size == 0
        if fresh and not create_new:
            raise LedgerError(f"{path}: there is no ledger here")
        if path.is_dir():
            raise LedgerError(f"{path}: it is a folder, not a ledger")
        connection = _connect(path, read_only and not fresh)
        try:
            _prepare(connection, path, create_new, read_only and not fresh)
        except BaseException:
            connection.close()
            raise
    return SqliteStore(path, connection)


@contextmanager
def ledger_errors(path: str) -> Iterator[None]:
    """Turn what SQLite and the system raise into a LedgerError that names the ledger.

    What is wrong with a row, and not with the ledger, is left as it is.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.InterfaceError):
        raise
    except sqlite3.ProgrammingError as error:
        if "binding" in str(error):
            raise sqlite3.InterfaceError(str(error)) from error
        raise LedgerError(f"{path}: {_in_words(error)}") from error
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(f"{path}: {_in_words(error)}") from error


def _in_words(error: Exception) -> str:
    said = str(error)
    for part, words in (
        ("file is not a database", "it is not a ledger (not a database)"),
        ("disk is full", "the disk is full; nothing of this batch was stored"),
        ("readonly database", "it cannot be written to"),
        ("unable to open", "it cannot be opened or made here; is the folder there, and can it be written to?"),
        ("locked", "another process is writing to it"),
        ("malformed", "the file is damaged"),
    ):
        if part in said:
            return words
    return said.splitlines()[0] if said else type(error).__name__


def _connect(path: Path, read_only: bool) -> _Connection:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    if read_only and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # A ledger in WAL mode needs files beside it, unless it is promised that nobody writes.
        uri += "&immutable=1"
    connection = sqlite3.connect(
        uri, uri=True, timeout=_WAIT, isolation_level=None, factory=_Connection, check_same_thread=False
    )
    connection.path = str(path)
    return connection


def _prepare(connection: _Connection, path: Path, create_new: bool, read_only: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != dialect.APPLICATION_ID and (application or tables):
        raise LedgerError(f"{path}: it is an SQLite database of something else, not a ledger")
    for pragma in dialect.ON_OPEN:
        connection.execute(pragma)
    if application != dialect.APPLICATION_ID:
        if not create_new:
            raise LedgerError(f"{path}: there is no ledger here")
        connection.execute("PRAGMA journal_mode = WAL")
        create(connection, schema())
    try:
        missing = behind(connection)
    except LedgerError as error:
        raise LedgerError(f"{path}: {error}") from error
    if missing and read_only:
        raise LedgerError(f"{path}: an older Dateline made it; open it for writing once to bring it up to date")
    migrate(connection)
    if not read_only and not connection.execute("SELECT count(*) FROM manifest").fetchone()[0]:
        manifest = Manifest(schema_version=len(MIGRATIONS), dateline_version=dateline.__version__)
        connection.execute(dialect.insert(Table.MANIFEST, ignore=True), rows_of(Manifest).dump(manifest))
