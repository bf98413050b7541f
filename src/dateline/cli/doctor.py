"""``dateline doctor``."""

import platform
import sqlite3
import sys

import click

from dateline import __version__
from dateline.cli.common import ledger_option, model_option
from dateline.errors import LedgerError


@click.command("doctor")
@ledger_option
@model_option
def command(ledger: str | None, model: str | None) -> None:
    """Say what is installed, which parser model and verifier are named and whether they are there, and what the
    ledger holds.

    Exits with 2 when the named parser model or verifier is not installed, and with 5 when the ledger is damaged or
    cannot be opened. Nothing is written. Whether every row says what its report says is told by dateline verify.

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
    there = _tell_verifier(config.verifier) and there
    click.echo(f"knowledge: {load_knowledge().digest}")
    sound = _tell_ledger(config.ledger)
    sys.exit(LedgerError.exit_code if not sound else 0 if there else 2)


def _tell_verifier(name: str) -> bool:
    """Tell whether copies get a second look; whether what is named for it is there."""
    from dateline.api import make_verifier
    from dateline.errors import ModelError

    try:
        verifier = make_verifier(name)
    except ModelError as error:
        click.echo(f"verifier of copies {name} (named): {error}")
        return False
    click.echo(f"verifier of copies: {verifier.name}" if verifier else "verifier of copies: off")
    return True


def _tell_ledger(path: str) -> bool:
    """Tell what the ledger holds; whether it is sound. One that is not there yet is."""
    from pathlib import Path

    from dateline.api import Ledger

    if not Path(path).exists():
        click.echo(f"ledger {path}: not there yet")
        return True
    try:
        with Ledger(path, read_only=True) as opened:
            if damage := opened.store.damage():
                raise LedgerError(f"{path}: the file is damaged: {damage}")
            counts = ", ".join(f"{table} {n}" for table, n in opened.store.counts().items() if n)
            manifest = opened.manifest()
            click.echo(f"ledger {path}: read with {manifest.model}; {counts or 'empty'}")
            if files := opened.store.knowledge_files():
                click.echo(f"  knowledge with {len(files)} imported files: {opened.knowledge.digest}")
            if manifest.read_otherwise:
                click.echo(f"  {manifest.read_otherwise} reports were read with another model or knowledge")
    except LedgerError as error:
        click.echo(f"ledger {error}" if str(error).startswith(path) else f"ledger {path}: {error}", err=True)
        return False
    return True
