"""``dateline link``."""

import click

from dateline.cli.common import ledger_option, log_option, set_up_logs


@click.command("link")
@ledger_option
@log_option
def command(ledger: str | None, log: str) -> None:
    """Link the reports of a ledger anew: entities, copies, changes, incidents and all that rests on several.

    \b
    Example:
      dateline link --ledger crisis.db
    """
    from dateline.api import Ledger

    set_up_logs(log)
    with Ledger(ledger, create=False) as opened:
        opened.link()
