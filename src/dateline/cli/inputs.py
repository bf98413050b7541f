"""``dateline inputs``."""

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, log_option, model_option, printable, set_up_logs

if TYPE_CHECKING:
    from dateline.api import Ledger
    from dateline.store.base import Input

_NUMBER = re.compile(r"\d+")
_DIGITS = 20


@click.command("inputs")
@click.option("--quarantined", is_flag=True, help="Only those that could not be taken, with the reasons.")
@click.option("--retry", is_flag=True, help="Take those again that could not be taken and whose source is still there.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one input a line.")
@ledger_option
@model_option
@log_option
def command(quarantined: bool, retry: bool, as_json: bool, ledger: str | None, model: str | None, log: str) -> None:
    """Say how every input ended, by name: stored, already there, or quarantined and why.

    An input is a file, a row or line of one, a record of an archive, or an address. One that could not be taken
    stays on the list until it was taken after all.

    \b
    Exit codes: 0 all well; 1 some inputs are quarantined after --retry; 5 the ledger.

    \b
    Examples:
      dateline inputs
      dateline inputs --quarantined
      dateline inputs --retry --ledger crisis.db
    """
    from dateline.api import Ledger
    from dateline.model.vocab import InputOutcome

    set_up_logs(log)
    with Ledger(ledger, model=model, create=False, read_only=not retry) as opened:
        if retry:
            _retry(opened)
        # As a list: a reader of the output that stops early must leave no query open.
        found = list(opened.inputs(InputOutcome.QUARANTINED if quarantined or retry else None))
        found.sort(key=lambda one: (_counting(one.name), one.report or ""))
        if as_json:
            _print_json(found)
            return
        counts: Counter[str] = Counter()
        for one in found:
            counts[one.outcome] += 1
            if one.outcome is InputOutcome.QUARANTINED or not quarantined:
                click.echo(printable(_line(one)))
        total = ", ".join(f"{counts[outcome]} {outcome.replace('_', ' ')}" for outcome in InputOutcome)
        if not (quarantined or retry):
            click.echo(f"{counts.total()} inputs: {total}.")
        elif not counts:
            click.echo("No input is quarantined.")
    sys.exit(1 if retry and counts else 0)


def _retry(ledger: "Ledger") -> None:
    summary = ledger.retry()
    taken = summary.stored + summary.already_there
    click.echo(f"{summary.inputs} inputs taken again: {taken} taken, {len(summary.quarantined)} still quarantined.")


def _counting(name: str) -> str:
    """A name that sorts line 2 of a file before its line 10."""
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), name)


def _line(one: "Input") -> str:
    from dateline.model.vocab import InputOutcome

    if one.outcome is InputOutcome.QUARANTINED:
        at = f" (at byte {one.offset})" if one.offset is not None else ""
        return f"quarantined    {one.name}: {one.reason}{at}"
    return f"{one.outcome.replace('_', ' '):<14} {one.name}: report {one.report}"


def _print_json(found: "list[Input]") -> None:
    import msgspec

    for one in found:
        click.echo(json.dumps(msgspec.to_builtins(one), ensure_ascii=False))
