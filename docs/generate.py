"""Make docs/reference/ from the code and docs/meanings.toml.

python docs/generate.py [--check]
"""

import argparse
import inspect
import re
import sys
import tomllib
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import click

import dateline
from dateline.cli import main as cli
from dateline.export.tables import CONTRACT, columns, fields
from dateline.model import vocab
from dateline.model.span import Span
from dateline.store.rows import KINDS

DOCS: Final = Path(__file__).resolve().parent
NOTE: Final = "<!-- Made by docs/generate.py; change it there or in docs/meanings.toml. -->"
Meanings = Mapping[str, Any]


class IncompleteError(Exception):
    """Something has no meaning in docs/meanings.toml, or a meaning is of nothing."""


def pages() -> dict[Path, str]:
    """Each generated page and what it must hold. Raises IncompleteError."""
    meanings = tomllib.loads((DOCS / "meanings.toml").read_text(encoding="utf-8"))
    made = {
        "commands.md": _commands(),
        "tables.md": _tables(meanings["shared"], meanings["columns"]),
        "terms.md": _terms(meanings["terms"]),
        "python.md": _names(),
    }
    return {DOCS / "reference" / name: _page(lines) for name, lines in made.items()}


def _page(lines: Iterator[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join([NOTE, "", *lines])).rstrip("\n") + "\n"


def _commands() -> Iterator[str]:
    group = cli.dateline
    context = click.Context(group, info_name="dateline")
    yield from ("# Commands", "", *_help(group), "")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from _command(name, command, context)
        if isinstance(command, click.Group):
            for inner, one in sorted(command.commands.items()):
                yield from _command(f"{name} {inner}", one, context)


def _command(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    """A command's help, arguments and options."""
    yield from (f"## dateline {name}", "", *_help(command), "")
    arguments = " ".join(p.make_metavar(context) for p in command.params if isinstance(p, click.Argument))
    yield from (f"    dateline {name} [OPTIONS] {arguments}".rstrip(), "")
    yield from ("| option | what it does |", "|---|---|")
    for option in (p for p in command.params if isinstance(p, click.Option)):
        yield f"| `{_spelt(option)}` | {option.help or ''} |"
    yield ""


def _help(command: click.Command) -> Iterator[str]:
    """A command's help: paragraphs run on, blocks marked to be left alone are shown as they are."""
    for block in inspect.cleandoc(command.help or "").split("\n\n"):
        if block.startswith("\b\n"):
            yield from ("```", *block.removeprefix("\b\n").splitlines(), "```")
        else:
            yield " ".join(block.split())
        yield ""


def _spelt(option: click.Option) -> str:
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {'/'.join(map(str, option.type.choices))}"
    return f"{names} {option.metavar or option.type.name.upper()}"


def _tables(shared: Meanings, own: Meanings) -> Iterator[str]:
    used: set[str] = set()
    yield from ("# Tables", "")
    yield "The export contract, version 1: a column or table may be added, none is renamed or removed."
    yield "A *part* is `{text, start, end, spans, entity}`; actors and recipients have `country` and `sector` too."
    yield "Terms are explained in [terms](terms.md)."
    _match("docs/meanings.toml [columns]", set(own), {str(table) for table in CONTRACT}, missing=False)
    for table in CONTRACT:
        here = dict(own.get(str(table), {}))
        yield from ("", f"## {table}", "", *_doc(KINDS[table]), "")
        yield from ("| column | type | meaning |", "|---|---|---|")
        for column in columns(table):
            meaning = here.pop(column.name, None)
            if meaning is None:
                meaning = shared.get(column.name)
                used.add(column.name)
            if meaning is None:
                raise IncompleteError(f"column {column.name} of table {table} has no meaning")
            yield f"| `{column.name}` | {_type(column.type)} | {meaning} |"
        if here:
            raise IncompleteError(f"table {table} has no column {', '.join(sorted(here))}")
    _match("docs/meanings.toml [shared]", set(shared), used)


def _doc(kind: type) -> Iterator[str]:
    for block in inspect.cleandoc(kind.__doc__ or "").split("\n\n"):
        yield from (" ".join(block.replace("``", "`").split()), "")


def _type(kind: Any) -> str:
    if kind is Span:
        return "[start, end]"
    if typing.get_origin(kind) is tuple:
        return f"list of {_type(typing.get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"[{kind.__name__}](terms.md#{kind.__name__.lower()})"
    named = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if kind in named:
        return named[kind]
    return "part" if {"text", "spans"} <= {field.name for field in fields(kind) or ()} else "object"


def _terms(meanings: Meanings) -> Iterator[str]:
    kinds = [
        kind
        for _, kind in inspect.getmembers(vocab, inspect.isclass)
        if issubclass(kind, StrEnum) and kind.__module__ == vocab.__name__
    ]
    _match("docs/meanings.toml [terms]", set(meanings), {kind.__name__ for kind in kinds})
    yield from ("# Terms", "")
    yield "Every value that a column can have, as `dateline.model.vocab` lists them. The types, modes and contexts of"
    yield "events are PLOVER's and stand with their definitions in `src/dateline/data/ontology/`."
    for kind in kinds:
        _match(f"docs/meanings.toml [terms.{kind.__name__}]", set(meanings[kind.__name__]), {str(v) for v in kind})
        yield from ("", f"## {kind.__name__}", "", *_doc(kind))
        yield from ("| value | meaning |", "|---|---|")
        for value in kind:
            yield f"| `{value}` | {meanings[kind.__name__][value]} |"


def _match(where: str, told: set[str], there: set[str], missing: bool = True) -> None:
    if missing and there - told:
        raise IncompleteError(f"{where} lacks {', '.join(sorted(there - told))}")
    if told - there:
        raise IncompleteError(f"{where} explains what is not there: {', '.join(sorted(told - there))}")


def _names() -> Iterator[str]:
    yield from ("# Python", "", "The public names of `dateline`. All else may change.", "")
    for name in dateline.__all__:
        thing = getattr(dateline, name)
        if not callable(thing):
            yield from (f"## {name}", "", f"The version: a {type(thing).__name__}.", "")
            continue
        yield from (f"## {name}", "", "```python", f"{name}{_signature(thing)}", "```", "", *_prose(thing))
        if inspect.isclass(thing):
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if not method.startswith("_"):
                    yield from (f"### {name}.{method}", "", "```python", f"{method}{_signature(function)}", "```", "")
                    yield from _prose(function)


def _signature(thing: Any) -> str:
    return re.sub(r"'", "", str(inspect.signature(thing)))


def _prose(thing: Any) -> Iterator[str]:
    doc = inspect.getdoc(thing)
    if not doc:
        raise IncompleteError(f"{thing.__qualname__} has no docstring")
    for block in doc.split("\n\n"):
        if block.startswith(">>>"):
            yield from ("```python", *block.splitlines(), "```", "")
        else:
            yield from (" ".join(block.replace("``", "`").split()), "")


def main() -> None:
    """Write the pages, or with --check only say which are out of date."""
    options = argparse.ArgumentParser(description="Make docs/reference/.")
    options.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is out of date")
    given = options.parse_args()
    stale = {path: text for path, text in pages().items() if not path.is_file() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        print(path.relative_to(DOCS.parent))
        if not given.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    sys.exit(1 if given.check and stale else 0)


if __name__ == "__main__":
    main()
