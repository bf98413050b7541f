"""JSON lines: one row a line, keys in the order of the columns, UTF-8."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline.export.tables import Column


def write(path: Path, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> int:
    """Write the rows and return how many there were."""
    encode = msgspec.json.Encoder().encode
    count = 0
    with path.open("wb") as file:
        for row in rows:
            file.write(encode(row) + b"\n")
            count += 1
    return count
