"""``dateline show``."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import ledger_option
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.api import Ledger
    from dateline.store.base import Found

_AROUND = 160
_MOST = 12


@click.command("show")
@click.argument("id")
@click.option("--why", is_flag=True, help="Also the rule, the score, and the rows that it rests on.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
@ledger_option
def command(id: str, why: bool, as_json: bool, ledger: str | None) -> None:
    """Show one row with the words that it rests on. The beginning of an id will do where it is clear.

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
            listed = ", ".join(f"{one.id} ({one.table})" for one in found[:_MOST])
            raise UsageError(f"{id!r} is not clear: {listed}")
        for one in found:
            row = opened.row(one)
            if as_json:
                click.echo(json.dumps({"table": str(one.table), **row}, ensure_ascii=False))
            else:
                click.echo("\n".join(_lines(opened, one, row, why)))


def _lines(ledger: "Ledger", found: "Found", row: Mapping[str, Any], why: bool) -> Iterator[str]:
    yield f"{found.table} {found.id}"
    if "quote" in row:
        yield f"  report {row['report']}, {row['start']}–{row['end']}"
        yield f"  {_in_context(ledger.store.text(row['report']), row['start'], row['end'])}"
    for key, value in row.items():
        if key not in _HIDDEN and value not in (None, [], ""):
            yield f"  {key}: {_plain(value)}"
    if why:
        yield f"  because: {row.get('because')}"
        yield f"  score {row.get('score')}, by {row.get('producer')} {row.get('version')}"
        for member in row.get("rests_on") or ():
            # A derived row bears the id of one of its members, which is then found under that id as well.
            for below in (one for one in ledger.store.find(member) if one.table != found.table):
                shown = ledger.row(below)
                yield f"  rests on {below.table} {below.id}: {_plain(shown.get('quote') or shown.get('name') or '')}"
        for above in ledger.store.resting_on(found.id):
            yield f"  {above.table} {above.id} rests on it"


_HIDDEN = frozenset({"id", "because", "score", "producer", "version", "start", "end", "quote", "rests_on", "report"})


def _in_context(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"…{before}⟦{text[start:end]}⟧{after}…".split())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["text"]) if "text" in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "; ".join(_plain(item) for item in value)
    return " ".join(str(value).split())
