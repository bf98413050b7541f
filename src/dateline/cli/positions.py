"""``dateline positions``."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, terminal_width, write_rows
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.views.positions import Stand


@click.command("positions")
@click.argument("issue")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--json", "form", flag_value="json", help="As JSON, one actor a line.")
@ledger_option
def command(issue: str, form: str | None, ledger: str | None) -> None:
    """Show who stands where on an issue: the name of an entity, an event type, or words.

    Each actor comes with the stance that its own words show (supports, opposes, or none that could be told), on
    what, when it was first and last said, and the statements it rests on. What was searched is told first, so that
    "0 of 2 reports mention it" is not taken for silence on the issue.

    \b
    Examples:
      dateline positions annexation
      dateline positions "Nord Stream"
      dateline positions SANCTION --json
    """
    from dateline.api import Ledger

    if not issue.strip():
        raise UsageError("name an issue: an entity, an event type or words")
    with Ledger(ledger, read_only=True) as opened:
        found = opened.positions(issue)
    if form:
        write_rows(found.stands, form)
        click.echo(found.searched, err=True)
        return
    click.echo(found.searched)
    for stand in found.stands:
        click.echo("\n".join(_lines(stand, terminal_width())))


def _lines(stand: "Stand", width: int) -> Iterator[str]:
    from dateline.views.words import days

    on = f" {' / '.join(f'“{issue}”' for issue in stand.on)}" if stand.on else ""
    yield ""
    yield f"{stand.actor} · {stand.stance or 'no stance told'}{on} · {days(stand.first, stand.last)}"
    for said in stand.said:
        words = said.words if said.given == "verbatim" else f"{said.words} [{said.given}]"
        line = f"{said.does}: {words} ({said.report}, {said.statement})"
        yield from textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="    ")
