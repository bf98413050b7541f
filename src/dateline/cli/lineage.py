"""``dateline lineage``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import listing_options, show
from dateline.cli.table import Column, Line

if TYPE_CHECKING:
    from dateline.views.lineage import LineageRow

_COLUMNS = (Column("Relation", 20), Column("Other report", 35), Column("Share", 20), Column("Changed", 25))


@click.command("lineage")
@click.argument("report")
@listing_options
def command(report: str, limit: int | None, form: str | None, ledger: str | None) -> None:
    """Show what a report derives from, what derives from it, and its revisions. The beginning of its id will do.

    The share is how much of the words of the one that follows is found in the other. Where nothing says which came
    first, they share it, and neither is said to be the source. A source that nobody has seen, such as an agency's own
    text, is marked.

    \b
    Examples:
      dateline lineage harbour-0930-convoy
      dateline lineage harbour-0930 --json
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.lineage(report)
    show(found, form, limit, _COLUMNS, _line)


def _line(row: "LineageRow") -> Line:
    from dateline.views.words import count

    other = (f"{row.other}, a source not seen",) if row.latent else (row.other, f"{row.publisher}, {row.published}")
    of = "" if row.of in (None, row.report) else " of the other"
    share = () if row.share is None else (f"{row.share:.0%} of its text" if not of else f"{row.share:.0%}{of}'s text",)
    passages = (count(row.passages, "passage"),) if row.passages else ()
    return Line(
        ((row.relation,), other, share + passages, row.changes), (f"{row.of}: {row.why}" if row.of else row.why,)
    )
