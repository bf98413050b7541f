"""Parquet: parts and lists are nested columns, so that they can be queried as they are."""

import typing
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.export.tables import Column, fields
from dateline.model.span import Span

_GROUP = 10_000
"""Rows a row group: as many are held in memory."""

_SCALARS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def write(path: Path, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> int:
    """Write the rows and return how many there were."""
    schema = pa.schema([(column.name, arrow_type(column.type)) for column in columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for group in _groups(iter(rows)):
            out.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def arrow_type(kind: Any) -> Any:
    """The Arrow type of the plain values that values of this type become."""
    if kind is Span:
        return pa.list_(pa.int64())
    if typing.get_origin(kind) is tuple:
        return pa.list_(arrow_type(typing.get_args(kind)[0]))
    nested = fields(kind)
    if nested is not None:
        return pa.struct([(column.name, arrow_type(column.type)) for column in nested])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return pa.string()
    return _SCALARS[kind]


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, _GROUP)):
        yield group
