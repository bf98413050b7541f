"""``dateline verify``."""

import json
import sys

import click

from dateline.cli.common import ledger_option


@click.command("verify")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def command(ledger: str | None, as_json: bool) -> None:
    """Check every row against the words it came from, and every derived row against what it rests on.

    Exits with 5 when a row is broken.

    \b
    Example:
      dateline verify --ledger crisis.db
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        broken = list(opened.verify())
        checked = sum(opened.store.counts().values())
    if as_json:
        rows = [{"table": str(b.table), "id": b.id, "problem": b.problem} for b in broken]
        click.echo(json.dumps({"rows": checked, "broken": rows}, ensure_ascii=False))
    else:
        for one in broken:
            click.echo(f"{one.table} {one.id}: {one.problem}")
        click.echo(f"{checked} rows checked, {len(broken)} broken")
    sys.exit(5 if broken else 0)
