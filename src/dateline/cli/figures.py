"""``dateline figures``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import listing_options, show
from dateline.cli.table import Column, Line
from dateline.model.vocab import Effect

if TYPE_CHECKING:
    from dateline.views.figures import FigureRow

_COLUMNS = (
    Column("Figure, claimed by", 30),
    Column("When, where", 19),
    Column("What, who → whom", 30),
    Column("Status, sources", 21),
)


@click.command("figures")
@click.option(
    "--effect", type=click.Choice([effect.value for effect in Effect]), help="Only what was done to those counted."
)
@listing_options
def command(effect: str | None, limit: int | None, form: str | None, ledger: str | None) -> None:
    """List quantities by who gives them: one row each time a report gives one.

    A figure stands with its bound ("at least 12", "5–7") and its claimant, a party to the conflict marked as such; no
    best estimate is made, and what is unknown is no 0. The other cells are those of the event that it is told of.

    \b
    Examples:
      dateline figures
      dateline figures --effect killed
      dateline figures --effect displaced --csv
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.figures(Effect(effect) if effect else None)
    show(found, form, limit, _COLUMNS, _line)


def _line(row: "FigureRow") -> Line:
    from dateline.views.words import DASH

    of = "" if row.of == DASH else f" {row.of}"
    return Line(
        (
            (row.figure + of, "" if row.against == DASH else row.against, f"by {row.claimant}"),
            tuple(dict.fromkeys((row.when, row.where))),
            tuple(dict.fromkeys((row.what, row.who))),
            (row.status, row.sources),
        ),
        (f"“{row.words}” {row.report}, {row.id}",),
    )
