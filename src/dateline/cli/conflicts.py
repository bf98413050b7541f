"""``dateline conflicts``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import listing_options, show
from dateline.cli.table import Column, Line

if TYPE_CHECKING:
    from dateline.views.conflicts import ConflictRow

_COLUMNS = (Column("About", 16), Column("One account", 42), Column("The other", 42))


@click.command("conflicts")
@listing_options
def command(limit: int | None, form: str | None, ledger: str | None) -> None:
    """List accounts that do not fit together, each with who gives it, its report and its words.

    The account published first stands left; neither is preferred. Contradictions come first. One account supersedes
    another only with the same claimant or the words of an update; the last line says which, and why.

    \b
    Examples:
      dateline conflicts
      dateline conflicts --json
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.conflicts()
    show(found, form, limit, _COLUMNS, _line)


def _line(row: "ConflictRow") -> Line:
    return Line(
        (
            (row.about, row.relation),
            (row.left, f"by {row.left_by}", f"{row.left_report}, {row.left_published}: “{row.left_words}”"),
            (row.right, f"by {row.right_by}", f"{row.right_report}, {row.right_published}: “{row.right_words}”"),
        ),
        (f"{row.why}; conflict {row.conflict}",),
    )
