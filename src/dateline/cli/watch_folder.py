"""``dateline watch-folder``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, log_option, model_option, set_up_logs
from dateline.cli.running import duration, stop_on_signal

if TYPE_CHECKING:
    from dateline.store.base import Outcome


@click.command("watch-folder")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--source", metavar="OUTLET", help="Who published what does not say it itself.")
@click.option("--settle", default="2s", show_default=True, metavar="TIME", help="How long a file must not change.")
@ledger_option
@model_option
@log_option
def command(folder: Path, source: str | None, settle: str, ledger: str | None, model: str | None, log: str) -> None:
    """Read the files of a folder and of those in it, then every file that is put there, and link them.

    A file is taken once it has not changed for a while, so that none is read half-written. Hidden files, and
    those named .part, .tmp, .crdownload and the like, are left alone. Stop with Ctrl-C; the next call goes on
    where this one was.

    \b
    Exit codes: 0 all well; 1 some inputs failed; 2 usage; 5 the ledger.

    \b
    Examples:
      dateline watch-folder inbox/ --ledger crisis.db
      dateline watch-folder inbox/ --settle 30s --source "The Harbour Courier"
    """
    from dateline.api import Ledger
    from dateline.ingest.base import Fields
    from dateline.model.vocab import InputOutcome
    from dateline.run.intake import Order

    set_up_logs(log)
    bad = 0

    def tell(outcome: "Outcome") -> None:
        if outcome.outcome is InputOutcome.QUARANTINED:
            click.echo(f"dateline: {outcome.name}: {outcome.reason}", err=True)

    order = Order(defaults=Fields(source=source))
    with stop_on_signal() as stop, Ledger(ledger, model=model) as opened:
        for summary in opened.watch(folder, stop, order, settle=duration(settle), tell=tell):
            bad += len(summary.quarantined)
            click.echo(
                f"{summary.inputs} inputs: {summary.stored} stored, {summary.already_there} already there, "
                f"{len(summary.quarantined)} quarantined."
            )
    sys.exit(1 if bad else 0)
