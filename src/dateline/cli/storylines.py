"""``dateline storylines``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import listing_options, show
from dateline.cli.table import Column, Line

if TYPE_CHECKING:
    from dateline.views.storylines import StorylineRow

_COLUMNS = (Column("When", 20), Column("Storyline", 35), Column("Sources", 20), Column("Reports", 25))


@click.command("storylines")
@listing_options
def command(limit: int | None, form: str | None, ledger: str | None) -> None:
    """List storylines: the reports on one course of events, by day, and how many pairs of them retell one another.

    \b
    Examples:
      dateline storylines
      dateline storylines --json
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.storylines()
    show(found, form, limit, _COLUMNS, _line)


def _line(row: "StorylineRow") -> Line:
    return Line(((row.when,), (row.title,), (row.sources,), row.reports), (f"{row.why}; storyline {row.storyline}",))
