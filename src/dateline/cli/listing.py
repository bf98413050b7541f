"""What the list commands share: their options, and how a listing is told on a terminal, as CSV and as JSON."""

import textwrap
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from dateline.cli.common import ledger_option, terminal_width, write_rows
from dateline.cli.table import Column, Line, table
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.views.listing import Listing
    from dateline.views.telling import Wanted

F = TypeVar("F", bound=Callable[..., Any])
R = TypeVar("R", bound=msgspec.Struct)

EVENT_COLUMNS = (
    Column("When, where", 19),
    Column("What, who → whom", 30),
    Column("Figure, claimed by", 30),
    Column("Status, sources", 21),
)
"""Of events and incidents: the claimant stands in the cell of the figure."""


def listing_options(command: F) -> F:
    """``--limit``, ``--csv``, ``--json`` and ``--ledger``."""
    for option in (
        ledger_option,
        click.option("--json", "form", flag_value="json", help="As JSON, one row a line."),
        click.option("--csv", "form", flag_value="csv", help="As CSV."),
        click.option("--limit", "-n", type=click.IntRange(1), metavar="N", help="At most this many rows."),
    ):
        command = option(command)
    return command


def event_options(command: F) -> F:
    """Which events: ``--type``, ``--status``, ``--actor``, ``--place``, ``--from`` and ``--to``."""
    for option in (
        click.option("--to", "last", metavar="DATE", help="Only what was on this day or earlier."),
        click.option("--from", "first", metavar="DATE", help="Only what was on this day or later."),
        click.option("--place", metavar="NAME", help="Only at a place of this name, or in that region or country."),
        click.option("--actor", metavar="NAME", help="Only what somebody of this name did, plans or threatens."),
        click.option("--status", metavar="STATUS", help="Only what is told as occurred, ongoing, planned and so on."),
        click.option("--type", "kind", metavar="TYPE", help="Only this PLOVER type, with or without its mode."),
    ):
        command = option(command)
    return command


def wanted(
    kind: str | None, status: str | None, actor: str | None, place: str | None, first: str | None, last: str | None
) -> "Wanted":
    """Which events a call asks for. Raises UsageError for a type, status or day that there is not, and for
    days the wrong way round."""
    from dateline.api import day_named, load_knowledge
    from dateline.model.vocab import Status
    from dateline.views.telling import Wanted

    knowledge = load_knowledge()
    types = knowledge.ontology.by_id
    if kind and kind.strip().upper().partition("/")[0] not in types:
        raise UsageError(f"there is no event type {kind!r}; there are {', '.join(sorted(types))}")
    if status and status.lower() not in list(Status):
        raise UsageError(f"there is no status {status!r}; there are {', '.join(Status)}")
    start, end = day_named("from", first), day_named("to", last)
    if start and end and end < start:
        raise UsageError(f"from is a day later than to: {start}, {end}")
    return Wanted(
        type=kind,
        status=Status(status.lower()) if status else None,
        actor=actor,
        place=place,
        country=knowledge.actors.country_of(place) if place else None,
        first=start,
        last=end,
    )


def show(
    listing: "Listing[R]",
    form: str | None,
    limit: int | None,
    columns: Sequence[Column],
    line: Callable[[R], Line],
    group: Callable[[R], str] = lambda row: "",
) -> None:
    """Tell a listing: what was searched, then its rows; the rows alone go to standard output as CSV or JSON."""
    rows = listing.rows[:limit]
    cut = f"; {len(rows)} shown" if len(rows) < len(listing.rows) else ""
    if form:
        click.echo(listing.searched + cut, err=True)
        write_rows(rows, form, listing.type.__struct_fields__)
        return
    for text in textwrap.wrap(listing.searched + cut, terminal_width()):
        click.echo(text)
    for title, some in groupby(rows, key=group):
        shown = [line(row) for row in some]
        click.echo(f"\n{title[0].upper()}{title[1:]} ({len(shown)})" if title else "")
        for text in table(columns, shown, terminal_width()):
            click.echo(text)
