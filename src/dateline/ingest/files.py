"""Paths, folders and standard input, in a fixed order."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import cast

from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested, make_report
from dateline.ingest.tabular import read_csv, read_jsonl
from dateline.ingest.text import decode, refuse_marked

STDIN = "-"
HEAD = 65_536
"""Bytes looked at to tell what an input is."""
_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}


class Source(Struct, frozen=True):
    """An input that can be opened: a path, or standard input."""

    name: str
    path: Path | None


def find_sources(paths: Iterable[str]) -> Iterator[Source]:
    """The inputs that the given paths name: a folder gives its files, in order of their names.

    Hidden files and folders are passed over, and so is what is neither a file nor a link.
    """
    for given in paths:
        if given == STDIN:
            yield Source("standard input", None)
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
    source: Source, defaults: Fields, form: str | None = None, encoding: str | None = None
) -> Iterator[Ingested]:
    """The reports of one input; ``form`` is text, jsonl or csv, else told by ending, else by content.

    JSONL is read line by line, so that a file of any length streams.
    """
    name = one_line(source.name)
    try:
        with _opened(source) as stream:
            head = stream.peek(HEAD)
            kind = form or _form(source, head)
            if not head:
                raise InputError("the input is empty")
            if encoding is None:
                refuse_marked(head)
            if kind == "jsonl":
                yield from read_jsonl(stream, name, defaults, encoding)
                return
            text = decode(stream.read(), encoding)
        if kind == "csv":
            yield from read_csv(text, name, defaults)
        else:
            yield Ingested(name=name, report=make_report(text, defaults))
    except InputError as error:
        yield Ingested(name=name, error=str(error))
    except OSError as error:
        yield Ingested(name=name, error=error.strerror or "it cannot be read")


def _opened(source: Source) -> AbstractContextManager[io.BufferedReader]:
    if source.path is not None and source.path.is_dir():
        raise InputError("there are no files in this folder")
    if source.path is None:
        if sys.stdin is None:
            raise InputError("it is closed")
        return nullcontext(io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), HEAD))
    return source.path.open("rb")


def _form(source: Source, head: bytes) -> str:
    if source.path is not None and source.path.suffix.lower() in _FORMATS:
        return _FORMATS[source.path.suffix.lower()]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"%pdf")):
        raise InputError("this is a web page, feed or PDF; give its text")
    if start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b""):
        raise InputError("this is a JSON array; give one report a line (JSONL)")
    return "jsonl" if start.startswith(b"{") else "text"


def one_line(name: str) -> str:
    r"""A name as it can stand in a message: what is not printed is written as Python escapes it.

    >>> one_line("first\nsecond.txt")
    'first\\nsecond.txt'
    """
    return name if name.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
