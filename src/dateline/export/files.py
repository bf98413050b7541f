"""A ledger's tables written into a folder, one file a table."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.export.tables import CONTRACT, Column, Exporter, columns
from dateline.model.vocab import Table
from dateline.store.base import View


class Format(StrEnum):
    """The formats that tables are written in; each is the ending of its files."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


Write = Callable[[Path, Sequence[Column], Iterable[dict[str, Any]]], int]


def export(view: View, form: Format, out: Path, tables: Sequence[Table] = CONTRACT) -> dict[Table, int]:
    """Write tables of a ledger into the folder ``out`` as ``<table>.<format>``; return the rows of each.

    A table without rows gives a file too. The files are the same for the same reports whatever order they
    came in. A file is put in place when it is whole. Raises UsageError where the folder cannot be written.
    """
    write: Write = import_module(f"dateline.export.{form}").write
    exporter = Exporter(view)
    counts: dict[Table, int] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for table in tables:
            path = out / f"{table}.{form}"
            unfinished = path.with_suffix(f".{form}.part")
            counts[table] = write(unfinished, columns(table), exporter.rows(table))
            unfinished.replace(path)
    except OSError as error:
        raise UsageError(f"{out}: it cannot be written to: {error.strerror or error}") from error
    return counts
