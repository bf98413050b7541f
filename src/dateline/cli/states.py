"""``dateline states``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, wrapped, write_rows

if TYPE_CHECKING:
    from dateline.views.holdings import Holding
    from dateline.views.tracks import Track


@click.command("states")
@click.option("--of", metavar="PLACE", help="Only what is held of this place, by its name or part of it.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--json", "form", flag_value="json", help="As JSON, one relation a line.")
@ledger_option
def command(of: str | None, form: str | None, ledger: str | None) -> None:
    """Show who holds what, according to whom, over time.

    Control, occupation, claims, recognition, office and membership as the reports tell them, each with the voice
    that tells it; where voices differ, all stand. Then, for each state that acts on territory, the stages told:
    announced, voted, signed, ratified. Only what a report says is in force is in force.

    \b
    Examples:
      dateline states
      dateline states --of Zaporizhzhia
      dateline states --csv
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.holdings(of)
    if form:
        write_rows(found.holdings, form)
        click.echo(found.searched, err=True)
        return
    _tell(0, found.searched)
    what = None
    for held in found.holdings:
        if held.what != what:
            click.echo()
            _tell(0, held.what)
            what = held.what
        _tell(1, _line(held))
    for track in found.tracks:
        click.echo()
        for depth, line in _track(track):
            _tell(depth, line)


def _tell(depth: int, line: str) -> None:
    for text in wrapped(line, depth):
        click.echo(text)


def _line(held: "Holding") -> str:
    from dateline.views.words import count, days

    dated = held.first or held.last or not held.told
    when = days(held.first, held.last) if dated else f"told {days(held.told, held.told)}"
    told = held.reports[0] if len(held.reports) == 1 else count(len(held.reports), "report")
    return f"{when} · {held.who} · {held.relation} · {held.status} · according to {held.according_to} ({told})"


def _track(track: "Track") -> Iterator[tuple[int, str]]:
    from dateline.views.words import count, days

    of = f" of {', '.join(track.of)}" if track.of else ""
    yield 0, f"Stages told of what {track.whose} does with territory{of}: reached {track.reached or 'none yet'}"
    for step in track.steps:
        who = f"{step.who} · " if step.who else ""
        when = days(step.first, step.last)
        told = step.reports[0] if len(step.reports) == 1 else count(len(step.reports), "report")
        yield 1, f"{step.stage} · {step.status} · {when} · {who}{step.what} ({told})"
