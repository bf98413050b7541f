"""JSONL, CSV and Parquet: one report a line or row, columns as in the export contract or under other names."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from dateline.errors import InputError, UsageError
from dateline.ingest.base import Fields, Ingested, make_report
from dateline.ingest.text import decode

Columns = Mapping[str, str]
"""Which column holds a field, where it has another name: ``{"text": "body"}``."""
NOTHING = Fields()
AS_NAMED: Columns = {}
MOST_GROUP = 256_000_000
"""Bytes that the columns read of one row group of a Parquet file may take in memory."""
BATCH = 200
"""Rows of a Parquet file read at a time."""
MOST_LINE = 10_000_000
"""The longest JSONL line taken, in bytes."""
_TAKEN = frozenset({"text", *Fields.__struct_fields__})


def column_map(given: Iterable[str]) -> Columns:
    """The map that ``field=column`` pairs give. Raises UsageError for a pair that is none, or a field that is none.

    >>> column_map(["text=body"])
    {'text': 'body'}
    """
    found: dict[str, str] = {}
    for pair in given:
        field, _, column = pair.partition("=")
        if field.strip() not in _TAKEN or not column.strip():
            raise UsageError(f"{pair!r} is not FIELD=COLUMN with a field of {', '.join(sorted(_TAKEN))}")
        found[field.strip()] = column.strip()
    return found


def read_jsonl(
    lines: Iterable[bytes], name: str, defaults: Fields, encoding: str | None = None, columns: Columns = AS_NAMED
) -> Iterator[Ingested]:
    """One report a line; a line that cannot be taken is named with its number, and the others go on."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield take_row(f"{name}:{number}", partial(_json_row, line, encoding, columns), defaults)


def read_parquet(source: Any, name: str, defaults: Fields, columns: Columns = AS_NAMED) -> Iterator[Ingested]:
    """One report a row of a Parquet file, a path or an open file; only the columns that are taken are read.

    Numbers and times are written as text. Raises InputError for what is no Parquet, lacks the text's column,
    or holds more in one row group than is taken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(source)
        there = table.schema_arrow.names
        wanted = [columns.get(field, field) for field in sorted(_TAKEN)]
        if columns.get("text", "text") not in there:
            raise InputError(
                f"the Parquet has no column {columns.get('text', 'text')!r}; it has {', '.join(there[:12])}"
            )
        read = [column for column in wanted if column in there]
        for group in range(table.num_row_groups):
            meta = table.metadata.row_group(group)
            sizes = [meta.column(i) for i in range(meta.num_columns)]
            size = sum(c.total_uncompressed_size for c in sizes if c.path_in_schema.split(".")[0] in read)
            if size > MOST_GROUP:
                raise InputError(f"a row group of the Parquet has {size:,} bytes; at most {MOST_GROUP:,} are taken")
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, columns=read):
            for row in batch.to_pylist():
                number += 1
                values = {key: _written(value) for key, value in row.items()}
                yield take(f"{name}:{number}", _named(values, columns), defaults)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"this is not Parquet: {str(error).splitlines()[0][:120]}") from None


def _written(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _named(row: Mapping[str, Any], columns: Columns) -> Mapping[str, Any]:
    """A row under the fields' own names."""
    return {**row, **{field: row.get(column) for field, column in columns.items()}} if columns else row


def read_csv(text: str, name: str, defaults: Fields, columns: Columns = AS_NAMED) -> Iterator[Ingested]:
    """One report a row; a row that cannot be taken is named with its line, and the others go on.

    Where the quotation marks of a row are broken, nobody can say where the next one begins: that row and
    all after it are left out, in one error. Raises InputError when the header has no ``text`` column.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise InputError(f"this is not CSV: {error}") from None
    wanted = columns.get("text", "text")
    if wanted not in header:
        raise InputError(f"the CSV has no column {wanted!r}; it has {', '.join(header[:12]) or 'no header'}")
    twice = sorted({column for column in header if header.count(column) > 1 and column in {*_TAKEN, *columns.values()}})
    if twice:
        raise InputError(f"the CSV has two columns {twice[0]!r}")
    before = rows.line_num
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Ingested(name=f"{name}:{before + 1}", error=f"from here on this is not CSV: {error}")
            return
        if cells is None:
            return
        before = rows.line_num
        if cells:
            yield take_row(f"{name}:{before}", partial(_csv_row, header, cells, columns), defaults)


def _csv_row(header: Sequence[str], cells: Sequence[str], columns: Columns) -> Mapping[str, Any]:
    if len(cells) > len(header):
        # Most often a comma in a text without quotation marks around it: what is left would be half a text.
        raise InputError(f"the row has {len(cells)} cells and the header {len(header)}")
    return _named(dict(zip(header, cells, strict=False)), columns)


def _json_row(line: bytes, encoding: str | None, columns: Columns) -> Mapping[str, Any]:
    if len(line) > MOST_LINE:
        raise InputError(f"the line has {len(line):,} bytes; at most {MOST_LINE:,} are taken")
    try:
        row = json.loads(decode(line, encoding))
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
        raise InputError(f"this line is not JSON: {reason}") from None
    if not isinstance(row, dict):
        raise InputError("this line is JSON but not an object")
    return _named(row, columns)


def take_row(name: str, row: Callable[[], Mapping[str, Any]], defaults: Fields) -> Ingested:
    """One report from a row that is read when it is asked for; what is wrong with it is its error."""
    try:
        return take(name, row(), defaults)
    except InputError as error:
        return Ingested(name=name, error=str(error))


def take(name: str, values: Mapping[str, Any], defaults: Fields = NOTHING) -> Ingested:
    """One report from its columns; unknown columns are passed over."""
    try:
        text = values.get("text")
        if not isinstance(text, str):
            raise InputError("there is no 'text'")
        return Ingested(name=name, report=make_report(text, _fields(values).over(defaults)))
    except InputError as error:
        return Ingested(name=name, error=str(error))


def _fields(values: Mapping[str, Any]) -> Fields:
    given: dict[str, str | None] = {}
    for key in Fields.__struct_fields__:
        value = values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputError(f"{key!r} is not text")
        if value and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
            raise InputError(f"{key!r} holds characters that are not text")
        given[key] = value.strip() or None if value else None
    return Fields(**given)
