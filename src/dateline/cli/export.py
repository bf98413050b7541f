"""``dateline export``."""

from pathlib import Path

import click

from dateline.cli.common import ledger_option


@click.command("export")
@click.argument("form", type=click.Choice(["jsonl", "csv", "parquet"]))
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="The folder to fill."
)
@ledger_option
def command(form: str, out: Path, ledger: str | None) -> None:
    """Write one file a table, as the export contract (version 1) has them.

    \b
    Example:
      dateline export jsonl --out tables/ --ledger crisis.db
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        for table, rows in opened.export(form, out).items():
            click.echo(f"{out / table}.{form}: {rows} rows")
