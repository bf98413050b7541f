"""``dateline events``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import EVENT_COLUMNS, event_options, listing_options, show, wanted
from dateline.cli.table import Line

if TYPE_CHECKING:
    from dateline.views.events import EventRow


@click.command("events")
@event_options
@listing_options
def command(
    kind: str | None,
    status: str | None,
    actor: str | None,
    place: str | None,
    first: str | None,
    last: str | None,
    limit: int | None,
    form: str | None,
    ledger: str | None,
) -> None:
    """List what happened, is planned or is threatened: one row each time a report tells it, by day.

    Who says so stands in the cell of the figure; the last cell says how real it is told to be, and from how many
    sources the incident that it belongs to could come. The same event told by several reports is one incident: see
    dateline incidents.

    \b
    Examples:
      dateline events
      dateline events --type ASSAULT --status occurred --from 2022-09-29
      dateline events --actor Putin --place Moscow --csv
    """
    from dateline.api import Ledger

    asked = wanted(kind, status, actor, place, first, last)
    with Ledger(ledger, read_only=True) as opened:
        found = opened.events(asked)
    show(found, form, limit, EVENT_COLUMNS, _line)


def _line(row: "EventRow") -> Line:
    from dateline.views.words import DASH

    return Line(
        (
            (row.when, row.where),
            (row.what, row.who),
            ("" if row.figure == DASH else row.figure, f"by {row.claimed_by}"),
            (row.status, row.sources),
        ),
        (f"“{row.words}” {row.report}, {row.event}",),
    )
