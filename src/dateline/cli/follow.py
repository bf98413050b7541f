"""``dateline follow``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, log_option, model_option, set_up_logs
from dateline.cli.running import duration, stop_on_signal

if TYPE_CHECKING:
    from dateline.store.base import Outcome


@click.command("follow")
@click.argument("feeds", metavar="FEEDS.toml", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Ask each feed once and end.")
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="Between two rounds: 90s, 15m, 2h.")
@ledger_option
@model_option
@log_option
def command(feeds: Path, once: bool, every: str, ledger: str | None, model: str | None, log: str) -> None:
    """Follow RSS and Atom feeds: fetch what they list, read and link it, again and again.

    FEEDS.toml names them; a source holds for pages that do not name their outlet:

    \b
      delay = 2.0          # seconds between two requests to one host
      [[feeds]]
      address = "https://harbour-courier.example/world.rss"
      source = "The Harbour Courier"

    robots.txt is kept to, feeds are asked only for what is new, and servers that are busy are left alone for as
    long as they ask. Where a page cannot be had, the text is taken that the feed brings, if it brings one. Stop
    with Ctrl-C; the next call goes on where this one was.

    \b
    Exit codes: 0 all well; 1 some inputs failed or some feeds could not be had; 2 usage; 5 the ledger.

    \b
    Examples:
      dateline follow feeds.toml --once
      dateline follow feeds.toml --every 30m --ledger crisis.db
    """
    from dateline.api import Ledger
    from dateline.model.vocab import InputOutcome
    from dateline.run.follow import load_feeds
    from dateline.run.summary import Summary

    set_up_logs(log)
    named = load_feeds(feeds)
    pause = None if once else duration(every)
    troubled: list[str] = []

    def trouble(address: str, reason: str) -> None:
        troubled.append(address)
        click.echo(f"dateline: {address}: {reason}", err=True)

    def tell(outcome: "Outcome") -> None:
        if outcome.outcome is InputOutcome.QUARANTINED:
            click.echo(f"dateline: {outcome.name}: {outcome.reason}", err=True)

    total = Summary()
    with stop_on_signal() as stop, Ledger(ledger, model=model) as opened:
        for summary in opened.follow(named, stop, every=pause, tell=tell, trouble=trouble):
            total = total.plus(summary)
            click.echo(
                f"{summary.inputs} inputs: {summary.stored} stored, {summary.already_there} already there, "
                f"{len(summary.quarantined)} quarantined."
            )
    sys.exit(1 if total.quarantined or troubled else 0)
