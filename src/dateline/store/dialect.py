"""The SQL that the ledger speaks, built from tables and columns; all of SQLite's ways are here."""

from collections.abc import Iterator, Sequence
from sqlite3 import complete_statement
from typing import Any

import msgspec
from msgspec import Struct

from dateline.errors import UsageError
from dateline.model.records import Part, Party
from dateline.model.vocab import Table
from dateline.store.base import Where
from dateline.store.rows import KEYED, KINDS, RECORDS, Column, Rows, rows_of

ON_OPEN = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 4294967296",
)
"""Set on every connection: a commit is on the disk when it returns; 64 MB of pages stay in memory, and what
is only read is read in place."""

APPLICATION_ID = 0x444C494E
"""Marks an SQLite file as a ledger ("DLIN")."""

_NONE = "''"

LAST = "\U0010ffff"
"""Sorts after every other character."""


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return f'"{name}"'


def insert(table: Table, extra: Sequence[str] = (), ignore: bool = False) -> str:
    """An INSERT of a row of the table, with further columns before the struct's own."""
    names = [*extra, *rows_of(KINDS[table]).names]
    columns = ", ".join(map(quoted, names))
    marks = ", ".join("?" * len(names))
    return f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({columns}) VALUES ({marks})"


def columns(rows: Rows[Any], alias: str) -> str:
    """The struct's columns, in the order that its rows are loaded in."""
    return ", ".join(f"{alias}.{quoted(name)}" for name in rows.names)


class Query(Struct, frozen=True):
    """A statement and its values."""

    sql: str
    values: tuple[Any, ...] = ()


def select(table: Table) -> Query:
    """All rows of a table in order, the report's id first where there is one (else an empty string)."""
    rows, keyed = rows_of(KINDS[table]), KINDS[table] in KEYED
    # The reports lead, so that nothing has to be sorted as a whole.
    home = f"reports r CROSS JOIN {table} t ON t.report = r.key" if keyed else f"{table} t"
    first = "r.id" if keyed else _NONE
    return Query(f"SELECT {first}, {columns(rows, 't')} FROM {home} ORDER BY {_order(rows, keyed)}")


def select_keys(table: Table, where: Where, search: str | None) -> Query:
    """The keys of the rows that meet all conditions: with their report's key and in no order where there is a
    report, else in order. Sorting many thousand rows by their reports' ids would cost more than finding them.
    """
    kind = KINDS[table]
    rows, keyed = rows_of(kind), kind in KEYED
    terms = [_term(table, rows, name, value) for name, value in where.items()]
    if search is not None:
        terms.append(_found(table, search))
    condition = " AND ".join(term.sql for term in terms)
    values = tuple(value for term in terms for value in term.values)
    if not keyed:
        return Query(f"SELECT t.key FROM {table} t WHERE {condition} ORDER BY {_order(rows, keyed)}", values)
    # The reports lead to an id, which is indexed under them.
    home = f"reports r CROSS JOIN {table} t ON t.report = r.key" if "id" in where else f"{table} t"
    return Query(f"SELECT t.report, t.key FROM {home} WHERE {condition}", values)


def order_within(table: Table) -> str:
    """The keys of one report's rows, in order."""
    rows = rows_of(KINDS[table])
    order = _order(rows, keyed=True).removeprefix("r.id, ")
    return f"SELECT t.key FROM {table} t WHERE t.report = ? ORDER BY {order}"


def select_row(table: Table) -> str:
    """The row of a key, as ``select`` gives it."""
    rows, keyed = rows_of(KINDS[table]), KINDS[table] in KEYED
    home = f"{table} t JOIN reports r ON r.key = t.report" if keyed else f"{table} t"
    return f"SELECT {'r.id' if keyed else _NONE}, {columns(rows, 't')} FROM {home} WHERE t.key = ?"


def _order(rows: Rows[Any], keyed: bool) -> str:
    if not keyed:
        return "t.id"
    places = [name for name in rows.names if name in ("start", "end")] + [name for name in rows.names if name == "id"]
    return ", ".join(["r.id", *(f"t.{quoted(name)}" for name in places or ["key"])])


def _term(table: Table, rows: Rows[Any], name: str, value: Any) -> Query:
    """One column compared: a part by its words, a list by any of its items, entity and utterance by resolution."""
    if name == "report" and rows.kind in KEYED:
        return Query("t.report = (SELECT key FROM reports WHERE id = ?)", (value,))
    for resolved, home, by, derived in (
        ("entity", Table.MENTIONS, "referent", Table.ENTITIES),
        ("utterance", Table.STATEMENTS, "id", Table.UTTERANCES),
    ):
        if name == resolved and table is home:
            inner = f"SELECT value FROM json_each((SELECT rests_on FROM {derived} WHERE id = ?))"
            return Query(f"t.{by} IN ({inner})", (value,))
    column = rows.column(name)
    if column is None:
        raise UsageError(f"{table} has no column {name!r}; it has: {', '.join(names(table))}")
    at = f"t.{quoted(name)}"
    if value is None or (value == "" and column.affinity != "TEXT"):
        return Query(f"{at} IS NULL", ())
    if column.is_json:
        return _within(column, at, value)
    return Query(f"{at} = ?", (_scalar(column, value),))


def _within(column: Column, at: str, value: Any) -> Query:
    if column.type in (Part, Party):
        return Query(f"json_extract({at}, '$.text') = ?", (value,))
    item = "coalesce(json_extract(j.value, '$.text'), json_extract(j.value, '$.name'))"
    test = f"CASE j.type WHEN 'object' THEN {item} ELSE j.value END = ?"
    # Most rows do not hold the words at all, which is quicker to see than to parse.
    words = msgspec.json.encode(value).decode()
    return Query(f"instr({at}, ?) AND EXISTS (SELECT 1 FROM json_each({at}) j WHERE {test})", (words, value))


def _scalar(column: Column, value: Any) -> Any:
    if column.type is bool and isinstance(value, str):
        return {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}.get(value.lower(), value)
    return getattr(value, "value", value)


def names(table: Table) -> list[str]:
    """The columns that a condition may name."""
    kind = KINDS[table]
    resolved = {Table.MENTIONS: ["entity"], Table.STATEMENTS: ["utterance"]}.get(table, [])
    return [*(["report"] if kind in KEYED else []), *rows_of(kind).names, *resolved]


def _found(table: Table, search: str) -> Query:
    """The rows whose evidence touches a passage with all the words, or that rest on such a row."""
    words = match(search)
    hits = "(SELECT key FROM passages WHERE key IN (SELECT rowid FROM passages_words WHERE passages_words MATCH ?))"
    if table is Table.PASSAGES:
        return Query(f"t.key IN {hits}", (words,))
    if table is Table.REPORTS:
        return Query(f"t.key IN (SELECT report FROM passages WHERE key IN {hits})", (words,))
    if table in RECORDS:
        key = "id" if table is Table.REFERENTS else "key"
        return Query(f"t.{key} IN ({_touching(table, hits, key)})", (words,))
    touching = [_touching(record, hits, "id") for record in RECORDS]
    inner = " UNION ALL ".join(touching)
    sql = f'SELECT derived FROM rests WHERE "table" = ? AND record IN ({inner})'
    return Query(f"t.id IN ({sql})", (str(table), *(words for _ in touching)))


def _touching(table: Table, hits: str, column: str) -> str:
    if table is Table.REFERENTS:
        table, column = Table.MENTIONS, "referent"
    return (
        f"SELECT m.{column} FROM passages p CROSS JOIN {table} m ON m.report = p.report "
        f'WHERE p.key IN {hits} AND m.start < p."end" AND p.start < m."end"'
    )


def by_prefix(table: Table) -> str:
    """The ids of a table within bounds, each once."""
    if KINDS[table] in KEYED:
        # One look into each report, where ids are indexed.
        return (
            f"SELECT t.id FROM reports r CROSS JOIN {table} t ON t.report = r.key "
            "WHERE t.id >= ? AND t.id < ? ORDER BY t.id"
        )
    return f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id"


def match(words: str) -> str:
    """Words as full-text search takes them: all must be there; in quotation marks, in this order.

    >>> match('grain "safe corridor"')
    '"grain" AND "safe corridor"'
    """
    phrases: list[str] = []
    for index, piece in enumerate(words.split('"')):
        phrases.extend([piece] if index % 2 else piece.split())
    phrases = [phrase for phrase in phrases if any(c.isalnum() for c in phrase)]
    if not phrases:
        raise UsageError(f"nothing to search for in {words!r}")
    return " AND ".join(f'"{phrase}"' for phrase in phrases)


def statements_of(script: str) -> Iterator[str]:
    """The statements of a script, one by one, so that they can run in one transaction."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if complete_statement(waiting):
            yield waiting
            waiting = ""
    if waiting.strip() and not all(line.startswith("--") or not line.strip() for line in waiting.splitlines()):
        raise ValueError(f"the script breaks off: {waiting.strip()[:60]}")
