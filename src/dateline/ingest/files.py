"""Paths, folders and standard input, in a fixed order."""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.one import read_one
from dateline.ingest.sniff import HEAD, Form, sniff
from dateline.ingest.tabular import AS_NAMED, Columns, read_csv, read_jsonl, read_parquet
from dateline.ingest.text import decode, refuse_marked
from dateline.ingest.unpack import unpack

STDIN = "-"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
MOST_BYTES = 64_000_000
"""The largest page, PDF or mail that is opened at all."""


class Source(Struct, frozen=True):
    """An input that can be opened: a path, an address on the web, or else standard input."""

    name: str
    path: Path | None
    address: str | None = None


def is_address(name: str) -> bool:
    """Whether this names something on the web, and not a path. What is not http or https is refused when fetched.

    >>> is_address("https://example.org/a"), is_address("pages/a.html")
    (True, False)
    """
    return _ADDRESS.match(name) is not None


def find_sources(paths: Iterable[str]) -> Iterator[Source]:
    """The inputs that the given paths name: a folder gives its files, in order of their names.

    Hidden files and folders are passed over, and so is what is neither a file nor a link.
    """
    for given in paths:
        if given == STDIN:
            yield Source("standard input", None)
            continue
        if is_address(given):
            yield Source(given, None, given)
            continue
        path = Path(given)
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() or (p.is_symlink() and not p.is_dir()))
            shown = (p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
            found = sorted(shown)
            # A folder without files is itself the input, so that it can be named.
            yield from (Source(str(p), p) for p in found or [path])
        else:
            yield Source(given, path)


def read_source(
    source: Source,
    defaults: Fields,
    form: str | None = None,
    encoding: str | None = None,
    columns: Columns = AS_NAMED,
) -> Iterator[Ingested]:
    """The reports of one input; ``form`` says what it is, else its content does, and its name only between texts.

    JSONL is read line by line and Parquet by groups of rows, so that a file of any length streams. What is
    compressed is unpacked within limits. ``columns`` says where a table holds which field.
    """
    name = one_line(source.name)
    try:
        with _opened(source) as stream:
            yield from _read(stream, name, defaults, form, encoding, columns)
    except InputError as error:
        yield Ingested(name=name, error=str(error))
    except OSError as error:
        yield Ingested(name=name, error=error.strerror or "it cannot be read")


def _read(
    stream: "io.BufferedReader[Any]",
    name: str,
    defaults: Fields,
    form: str | None,
    encoding: str | None,
    columns: Columns,
) -> Iterator[Ingested]:
    head = stream.peek(HEAD)
    if not head:
        raise InputError("the input is empty")
    kind = Form(form) if form else sniff(head, name)
    if kind in (Form.GZIP, Form.ZSTD):
        inside = io.BufferedReader(cast(io.RawIOBase, io.BytesIO(unpack(stream, kind))), HEAD)
        if sniff(inside.peek(HEAD)) in (Form.GZIP, Form.ZSTD):
            raise InputError("it is compressed more than once")
        yield from _read(inside, name.removesuffix(".gz").removesuffix(".zst"), defaults, form, encoding, columns)
    elif kind is Form.PARQUET:
        seekable = stream if stream.seekable() else io.BytesIO(_all(stream))
        yield from read_parquet(seekable, name, defaults, columns)
    elif kind is Form.JSONL:
        _refuse_marked(head, encoding)
        yield from read_jsonl(stream, name, defaults, encoding, columns)
    elif kind is Form.CSV:
        _refuse_marked(head, encoding)
        yield from read_csv(decode(stream.read(), encoding), name, defaults, columns)
    else:
        if kind in (Form.TEXT, Form.BINARY):
            _refuse_marked(head, encoding)
        report = read_one(_all(stream), defaults, name, encoding, form=kind)
        yield Ingested(name=name, report=report)


def _all(stream: io.BufferedReader) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"it has more than {MOST_BYTES:,} bytes")
    return data


def _refuse_marked(head: bytes, encoding: str | None) -> None:
    if encoding is None:
        refuse_marked(head)


def _opened(source: Source) -> AbstractContextManager[io.BufferedReader]:
    if source.path is not None and source.path.is_dir():
        raise InputError("there are no files in this folder")
    if source.path is None:
        if sys.stdin is None:
            raise InputError("it is closed")
        return nullcontext(io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), HEAD))
    return io.BufferedReader(source.path.open("rb", buffering=0), HEAD)


def one_line(name: str) -> str:
    r"""A name as it can stand in a message: what is not printed is written as Python escapes it.

    >>> one_line("first\nsecond.txt")
    'first\\nsecond.txt'
    """
    return name if name.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
