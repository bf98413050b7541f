"""``dateline copies``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import listing_options, show
from dateline.cli.table import Column, Line

if TYPE_CHECKING:
    from dateline.views.copies import CopyRow

_COLUMNS = (Column("Verdict, direction", 18), Column("Changed", 28), Column("First", 27), Column("Second", 27))


@click.command("copies")
@listing_options
def command(limit: int | None, form: str | None, ledger: str | None) -> None:
    """List passages that retell one another, those whose facts differ first.

    A copy is not a witness. What differs in substance is told as first / second; spelling, order and synonyms are no
    change. Pairs of photo captions stand last, by themselves.

    \b
    Examples:
      dateline copies
      dateline copies --limit 10
      dateline copies --csv
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.copies()
    show(found, form, limit, _COLUMNS, _line, lambda row: "photo captions" if row.captions else "passages")


def _line(row: "CopyRow") -> Line:
    within = row.first_report == row.second_report
    return Line(
        (
            (row.verdict, "within one report" if within else row.direction),
            row.differs or ("nothing in substance",),
            (f"{row.first_report}:", row.first_words),
            (f"{row.second_report}:", row.second_words),
        ),
        (f"{row.why}; copy {row.copy}",),
    )
