"""What the commands share: options, structured logs, and how a ledger is opened."""

import csv
import json
import logging
import shutil
import sys
import textwrap
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click
import msgspec

F = TypeVar("F", bound=Callable[..., Any])


def ledger_option(command: F) -> F:
    """``--ledger``: the file, else the configured one."""
    return click.option(
        "--ledger",
        "-l",
        metavar="FILE",
        help="The ledger (default: DATELINE_LEDGER, else dateline.toml, else dateline.db).",
    )(command)


def model_option(command: F) -> F:
    """``--model``: the parser model, else the configured one."""
    return click.option(
        "--model", metavar="NAME", help="The parser model (default: DATELINE_MODEL, else dateline.toml)."
    )(command)


class LogLine(logging.Formatter):
    """One JSON object a line: time, level, run, logger, message. No report text stands above DEBUG."""

    def __init__(self) -> None:
        super().__init__()
        self.run = uuid.uuid4().hex[:8]

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "run": self.run,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.levelno <= logging.DEBUG:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(level: str) -> None:
    """Send logs to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLine())
    logger = logging.getLogger("dateline")
    logger.handlers[:] = [handler]
    logger.setLevel(level.upper())
    logger.propagate = False


def log_option(command: F) -> F:
    """``--log``: how much is logged to standard error."""
    return click.option(
        "--log",
        type=click.Choice(["debug", "info", "warning", "error"]),
        default="warning",
        show_default=True,
        help="How much is logged, to standard error.",
    )(command)


def write_csv(rows: Sequence[Mapping[str, Any]], names: Sequence[str] = ()) -> None:
    """Print rows as CSV under ``names``, or under their keys; what is no plain value is JSON."""
    if not rows and not names:
        return
    writer = csv.DictWriter(sys.stdout, fieldnames=list(names or rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | tuple) else value


def write_rows(rows: Sequence[msgspec.Struct], form: str, names: Sequence[str] = ()) -> None:
    """Print rows of a view as CSV, with the header ``names`` even where there is none, or as JSON one row a line."""
    plain = [msgspec.to_builtins(row) for row in rows]
    if form == "csv":
        write_csv(plain, names)
        return
    for row in plain:
        click.echo(json.dumps(row, ensure_ascii=False))


def terminal_width() -> int:
    """How wide the terminal is."""
    return shutil.get_terminal_size((100, 40)).columns


def wrapped(text: str, depth: int = 0) -> Iterator[str]:
    """The text in lines that the terminal holds, two spaces in for each step of depth, further lines one step more."""
    indent = "  " * depth
    yield from textwrap.wrap(text, terminal_width(), initial_indent=indent, subsequent_indent=f"{indent}  ")


_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""The text with control characters, line breaks among them, and lone surrogates as escapes.

    >>> printable("report\n2")
    'report\\n2'
    """
    return "".join(repr(c)[1:-1] if unicodedata.category(c) in _UNPRINTABLE else c for c in text)
