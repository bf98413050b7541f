"""CSV (RFC 4180) in UTF-8: a header, then one row a line; parts and lists are JSON in their cell."""

from collections.abc import Iterable, Sequence
from csv import writer
from pathlib import Path
from typing import Any

import msgspec

from dateline.export.tables import Column


def write(path: Path, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> int:
    """Write the rows and return how many there were. What has no value is an empty cell."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = writer(file)
        out.writerow([column.name for column in columns])
        for row in rows:
            out.writerow([cell(value) for value in row.values()])
            count += 1
    return count


def cell(value: Any) -> str:
    """A value as a cell holds it.

    >>> cell(True), cell(None), cell(["a"])
    ('true', '', '["a"]')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | list | dict):
        return msgspec.json.encode(value).decode()
    return str(value)
