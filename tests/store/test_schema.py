import sqlite3
from pathlib import Path

import pytest

from dateline.errors import LedgerError
from dateline.model.vocab import Table
from dateline.store import migrations
from dateline.store.migrations import MIGRATIONS, Migration, create, migrate, schema
from dateline.store.rows import KEYED, KINDS, RECORDS, rows_of
from dateline.store.sqlite import open_store

EXTRA = {Table.REPORTS: ["text", "reading"]}


def connect() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def shape(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Every table's columns and every index and trigger."""
    tables = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = [(t, *map(str, row[1:])) for t in tables for row in connection.execute(f"PRAGMA table_info({t})")]
    others = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY name")
    return found + [tuple(map(str, row)) for row in others]


@pytest.mark.parametrize("table", KINDS)
def test_a_table_has_the_columns_of_its_struct(table: Table) -> None:
    connection = connect()
    create(connection, schema())
    kind = KINDS[table]
    wanted = [("key", "INTEGER", 0)]
    wanted += [("report", "INTEGER", 1)] if kind in KEYED else []
    wanted += [(c.name, c.affinity, int(not c.optional)) for c in rows_of(kind).columns]
    wanted += [(name, "INTEGER", 1) for name in EXTRA.get(table, [])]
    found = [row[1:4] for row in connection.execute(f"PRAGMA table_info({table})")]
    assert found == wanted


def test_every_table_is_strict() -> None:
    connection = connect()
    create(connection, schema())
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    assert [name for name, strict in tables if not strict and not name.startswith(("sqlite_", "passages_words"))] == []


def test_records_and_contract_columns() -> None:
    assert rows_of(KINDS[Table.EVENTS]).names[:8] == (
        "id", "because", "score", "producer", "version", "start", "end", "quote",
    )  # fmt: skip
    assert {"from", "to", "place_basis", "time_basis"} <= set(rows_of(KINDS[Table.EVENTS]).names)
    assert {"a_report", "a_start", "a_end", "b_report"} <= set(rows_of(KINDS[Table.COPIES]).names)
    assert set(RECORDS) <= set(KINDS)


OLD = schema().replace("    realised INTEGER,\n", "")
FIRST = MIGRATIONS[0]
ADD = Migration("0002-figures-realised", "ALTER TABLE figures ADD COLUMN realised INTEGER;")


def test_an_older_ledger_is_led_to_the_newest_schema() -> None:
    assert schema() != OLD
    old = connect()
    create(old, OLD, [FIRST])
    assert migrate(old, [FIRST, ADD]) == ["0002-figures-realised"]
    assert migrate(old, [FIRST, ADD]) == []
    new = connect()
    create(new, schema(), [FIRST, ADD])

    def columns(connection: sqlite3.Connection) -> list[str]:
        return sorted(row[1] for row in connection.execute("PRAGMA table_info(figures)"))

    assert columns(old) == columns(new)
    assert old.execute("PRAGMA user_version").fetchone() == new.execute("PRAGMA user_version").fetchone()


def test_a_step_that_fails_takes_all_of_them_back() -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM readings")
        raise RuntimeError("no")

    old = connect()
    create(old, OLD, [FIRST])
    before = shape(old)
    with pytest.raises(RuntimeError):
        migrate(old, [FIRST, ADD, Migration("0003-fails", fail)])
    assert shape(old) == before
    assert migrate(old, [FIRST, ADD]) == ["0002-figures-realised"]


def test_a_newer_ledger_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(path, create_new=True).close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO migrations VALUES (99, '0099-from-the-future')")
    with pytest.raises(LedgerError, match="newer Dateline") as caught:
        open_store(path)
    assert "\n" not in str(caught.value)
    assert "0099-from-the-future" in str(caught.value)


def test_an_older_ledger_opened_for_reading_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    open_store(path, create_new=True).close()
    monkeypatch.setattr(migrations.behind, "__defaults__", ((*MIGRATIONS, ADD),))
    with pytest.raises(LedgerError, match="older Dateline"):
        open_store(path, read_only=True)


def test_ledgers_from_before_pages_are_led_on() -> None:
    columns = ("modified", "modified_basis", "blocks", "marks", "facts")
    lines = [line for line in schema().splitlines() if line.split(" ")[4:5] not in [[name] for name in columns]]
    old = connect()
    create(old, "\n".join(lines), MIGRATIONS[:1])
    assert migrate(old, MIGRATIONS[:2]) == ["0002-pages"]
    new = connect()
    create(new, schema())

    def names(connection: sqlite3.Connection) -> set[str]:
        return {row[1] for row in connection.execute("PRAGMA table_info(reports)")}

    assert names(old) == names(new)
    assert set(columns) <= names(old)
