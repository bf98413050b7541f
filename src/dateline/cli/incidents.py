"""``dateline incidents``."""

from typing import TYPE_CHECKING

import click

from dateline.cli.listing import EVENT_COLUMNS, event_options, listing_options, show, wanted
from dateline.cli.table import Line

if TYPE_CHECKING:
    from dateline.views.incidents import IncidentRow


@click.command("incidents")
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
    """List incidents: one row for all the reports that tell one event, as in the brief.

    What happened comes first, then what is planned and not yet seen, then earlier history. The last cell counts
    reports and publishers, and says as an interval how many origins they can go back to: copies are not counted as
    sources, and that no copying was found shows nothing more than that. An option keeps an incident when one of its
    tellings fits.

    \b
    Examples:
      dateline incidents
      dateline incidents --type ASSAULT --from 2022-09-29 --to 2022-10-01
      dateline incidents --csv > incidents.csv
    """
    from dateline.api import Ledger

    asked = wanted(kind, status, actor, place, first, last)
    with Ledger(ledger, read_only=True) as opened:
        found = opened.incidents(asked)
    show(found, form, limit, EVENT_COLUMNS, _line, lambda row: row.told_as)


def _line(row: "IncidentRow") -> Line:
    from dateline.views.words import DASH

    seen = f"; seen as {row.seen_as}" if row.seen_as else ""
    return Line(
        (
            (row.when, row.where),
            (row.what, row.who),
            (*(row.figure.split("; ") if row.figure != DASH else ()), f"by {'; '.join(row.claimed_by)}"),
            (row.status, row.sources),
        ),
        (f"“{row.words}” {row.report}; incident {row.incident}{seen}",),
    )
