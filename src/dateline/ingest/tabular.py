"""JSONL and CSV: one report a line or row, columns as in the export contract."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested, make_report
from dateline.ingest.text import decode

NOTHING = Fields()
MOST_LINE = 10_000_000
"""The longest JSONL line taken, in bytes."""
_TAKEN = frozenset({"text", *Fields.__struct_fields__})


def read_jsonl(lines: Iterable[bytes], name: str, defaults: Fields, encoding: str | None = None) -> Iterator[Ingested]:
    """One report a line; a line that cannot be taken is named with its number, and the others go on."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield take_row(f"{name}:{number}", partial(_json_row, line, encoding), defaults)


def read_csv(text: str, name: str, defaults: Fields) -> Iterator[Ingested]:
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
    if "text" not in header:
        raise InputError(f"the CSV has no column 'text'; it has {', '.join(header[:12]) or 'no header'}")
    twice = sorted({column for column in header if header.count(column) > 1 and column in _TAKEN})
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
            yield take_row(f"{name}:{before}", partial(_csv_row, header, cells), defaults)


def _csv_row(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    if len(cells) > len(header):
        # Most often a comma in a text without quotation marks around it: what is left would be half a text.
        raise InputError(f"the row has {len(cells)} cells and the header {len(header)}")
    return dict(zip(header, cells, strict=False))


def _json_row(line: bytes, encoding: str | None) -> Mapping[str, Any]:
    if len(line) > MOST_LINE:
        raise InputError(f"the line has {len(line):,} bytes; at most {MOST_LINE:,} are taken")
    try:
        row = json.loads(decode(line, encoding))
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
        raise InputError(f"this line is not JSON: {reason}") from None
    if not isinstance(row, dict):
        raise InputError("this line is JSON but not an object")
    return row


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
