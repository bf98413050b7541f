"""Named steps that lead an older ledger to the newest schema, all in one transaction.

``schema.sql`` is the schema as it is now and makes new ledgers; a change to it comes with a step here that
makes the same change in an old one. Steps are only ever added at the end.
"""

import sqlite3
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Final

from msgspec import Struct

from dateline.errors import LedgerError
from dateline.store import dialect


class Migration(Struct, frozen=True):
    """A step: SQL, or a function of the connection for what SQL cannot say. It never begins or commits."""

    name: str
    apply: str | Callable[[sqlite3.Connection], None]


_PAGES = """
ALTER TABLE reports ADD COLUMN modified TEXT;
ALTER TABLE reports ADD COLUMN modified_basis TEXT NOT NULL DEFAULT 'none';
ALTER TABLE reports ADD COLUMN blocks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reports ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reports ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';
"""

_INPUTS = """
ALTER TABLE inputs ADD COLUMN digest TEXT;
ALTER TABLE inputs ADD COLUMN "offset" INTEGER;
CREATE INDEX inputs_name ON inputs (name);
"""

_KNOWLEDGE = """
CREATE TABLE knowledge_files (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    form TEXT NOT NULL,
    actors INTEGER NOT NULL,
    offices INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;
CREATE TABLE knowledge_actors (
    key INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES knowledge_files (key) ON DELETE CASCADE,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX knowledge_actors_file ON knowledge_actors (file);
"""

_BOUNDARIES = """
ALTER TABLE places ADD COLUMN disputed TEXT;
ALTER TABLE manifest ADD COLUMN boundary_policy TEXT NOT NULL DEFAULT 'de_jure';
"""

_INDEX = """
CREATE TABLE indexed_reports (
    report INTEGER PRIMARY KEY REFERENCES reports (key),
    first INTEGER NOT NULL UNIQUE,
    next INTEGER NOT NULL,
    sentences BLOB NOT NULL
) STRICT;

CREATE TABLE index_segments (
    key INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    firsts BLOB NOT NULL
) STRICT;

CREATE TABLE index_chunks (
    key INTEGER PRIMARY KEY,
    codes BLOB NOT NULL
) STRICT;

CREATE TABLE linked_with (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    maker TEXT NOT NULL
) STRICT;

CREATE INDEX copies_reports ON copies (a_report, b_report);
CREATE INDEX changes_copy ON changes (copy);
"""

MIGRATIONS: Final[tuple[Migration, ...]] = (
    Migration("0001-foundation", "-- schema.sql as it began\n"),
    Migration("0002-pages", _PAGES),
    Migration("0003-inputs", _INPUTS),
    Migration("0004-knowledge", _KNOWLEDGE),
    Migration("0005-inputs-how", "ALTER TABLE inputs ADD COLUMN how TEXT;\n"),
    Migration("0006-boundaries", _BOUNDARIES),
    Migration("0007-index", _INDEX),
    Migration("0008-conditions", "ALTER TABLE events ADD COLUMN conditions TEXT NOT NULL DEFAULT '[]';\n"),
)

_LOG = "CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT"


def schema() -> str:
    """The newest schema."""
    return files("dateline.store").joinpath("schema.sql").read_text(encoding="utf-8")


def create(connection: sqlite3.Connection, script: str, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make a new ledger in an empty database, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] == dialect.APPLICATION_ID:
            # Another process made it while this one waited.
            connection.execute("ROLLBACK")
            return
        for statement in dialect.statements_of(script):
            connection.execute(statement)
        _record(connection, migrations)
        connection.execute(f"PRAGMA application_id = {dialect.APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        _rollback(connection)
        raise


def behind(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """The steps that a ledger still lacks.

    Raises LedgerError for a ledger that knows steps which are not in the list: a newer Dateline made it.
    """
    done = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY position")]
    known = [migration.name for migration in migrations]
    if done != known[: len(done)]:
        strange = next(name for name in done if name not in known[: len(done)] or name != known[done.index(name)])
        raise LedgerError(f"a newer Dateline made it (its schema has {strange!r}); upgrade Dateline")
    return list(migrations[len(done) :])


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """Lead a ledger to the newest schema and return the names of the steps taken.

    All of them or, when one fails, none.
    """
    if not behind(connection, migrations):
        return []
    connection.execute("BEGIN IMMEDIATE")
    try:
        missing = behind(connection, migrations)
        for migration in missing:
            if isinstance(migration.apply, str):
                for statement in dialect.statements_of(migration.apply):
                    connection.execute(statement)
            else:
                migration.apply(connection)
        _record(connection, migrations)
        connection.execute("UPDATE manifest SET schema_version = ?", (len(migrations),))
        connection.execute("COMMIT")
    except BaseException:
        _rollback(connection)
        raise
    return [migration.name for migration in missing]


def _record(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    connection.execute(_LOG)
    connection.executemany(
        "INSERT OR IGNORE INTO migrations (position, name) VALUES (?, ?)",
        [(position, migration.name) for position, migration in enumerate(migrations, 1)],
    )
    connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _rollback(connection: sqlite3.Connection) -> None:
    # SQLite has rolled back by itself after some errors, such as a full disk.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
