"""``dateline reread``."""

import click

from dateline.cli.common import ledger_option, log_option, model_option, set_up_logs


@click.command("reread")
@ledger_option
@model_option
@log_option
def command(ledger: str | None, model: str | None, log: str) -> None:
    """Read all reports of a ledger again and link them: after an upgrade, or when knowledge was imported.

    Texts, inputs and judgements stay; a passage that the same parser has parsed is not parsed again.

    \b
    Examples:
      dateline kb import ministers.csv && dateline reread
      dateline reread --ledger crisis.db --model en_core_web_md
    """
    from dateline.api import Ledger

    set_up_logs(log)
    with Ledger(ledger, model=model, create=False) as opened:
        click.echo(f"{opened.reread()} reports read again. Ledger: {opened.path}")
