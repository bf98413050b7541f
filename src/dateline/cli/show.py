"""``dateline show``."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import ledger_option, printable, wrapped
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.api import Ledger
    from dateline.store.base import Found

_AROUND = 160
_MOST = 12


@click.command("show")
@click.argument("id")
@click.option("--why", is_flag=True, help="Also the rule with an example, the parse path, and what the row rests on.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
@ledger_option
def command(id: str, why: bool, as_json: bool, ledger: str | None) -> None:
    """Show one row with the words that it rests on. The beginning of an id will do where it is clear; of a row
    called just so and others whose ids begin so, the one called so is shown.

    With --why an event tells the rule that fired and an example of it, the words, and how the parse leads from them to
    each actor and recipient; a row derived from several reports tells what it rests on, down to the quotes.

    \b
    Examples:
      dateline show 3fa91c
      dateline show 3fa91c --why
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.find(id)
        if not found:
            raise UsageError(f"nothing has an id that begins with {id!r}")
        if len({one.id for one in found}) > 1:
            listed = ", ".join(f"{printable(one.id)} ({one.table})" for one in found[:_MOST])
            raise UsageError(f"{id!r} is not clear: {listed}")
        for one in found:
            row = opened.row(one)
            if as_json:
                reasons = [line for reason in opened.why(one) for line in reason.lines()] if why else []
                told = {"why": [{"depth": depth, "said": said} for depth, said in reasons]} if why else {}
                click.echo(json.dumps({"table": str(one.table), **row, **told}, ensure_ascii=False))
            else:
                for depth, line in _lines(opened, one, row, why):
                    for text in wrapped(printable(line), depth):
                        click.echo(text)


def _lines(ledger: "Ledger", found: "Found", row: Mapping[str, Any], why: bool) -> Iterator[tuple[int, str]]:
    """The lines with how deep each stands."""
    from dateline.model.span import Span
    from dateline.views.why import in_context

    yield 0, f"{found.table} {found.id}"
    if "quote" in row:
        yield 1, f"report {row['report']}, {row['start']}–{row['end']}"
        yield 1, in_context(ledger.store.text(row["report"]), Span(row["start"], row["end"]), _AROUND)
    for key, value in row.items():
        if key not in _HIDDEN and value not in (None, [], ""):
            yield 1, f"{key}: {_plain(value)}"
    if why:
        for reason in ledger.why(found):
            yield from reason.lines(1)
        yield 1, f"score {row.get('score')}, by {row.get('producer')} {row.get('version')}"


_HIDDEN = frozenset({"id", "because", "score", "producer", "version", "start", "end", "quote", "rests_on", "report"})


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["text"]) if "text" in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "; ".join(_plain(item) for item in value)
    return " ".join(str(value).split())
