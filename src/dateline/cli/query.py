"""``dateline query``."""

import json
from collections.abc import Mapping
from contextlib import closing
from itertools import islice
from typing import Any

import click

from dateline.cli.common import ledger_option, write_csv
from dateline.errors import UsageError


@click.command("query")
@click.argument("table")
@click.option("--where", "-w", multiple=True, metavar="FIELD=VALUE", help="Only rows with this value; may be repeated.")
@click.option("--search", "-s", metavar="WORDS", help="Only rows whose words stand in a passage with all of these.")
@click.option("--limit", "-n", type=click.IntRange(1), metavar="N", help="At most this many rows.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--json", "form", flag_value="json", help="As JSON, one row a line.")
@ledger_option
def command(
    table: str, where: tuple[str, ...], search: str | None, limit: int | None, form: str | None, ledger: str | None
) -> None:
    """List the rows of a table.

    A part such as a speaker is compared by all its words (for a name among them: dateline quotes), a list by any
    of its items; FIELD= asks for rows without a value.

    \b
    Examples:
      dateline query statements --where voice=unnamed
      dateline query events --where type=ASSAULT --where status=occurred --csv
      dateline query passages --search "power plant"
    """
    from dateline.api import Ledger

    conditions = dict(_condition(text) for text in where)
    with Ledger(ledger, read_only=True) as opened, closing(opened.query(table, conditions, search)) as found:
        rows = islice(found, limit)
        if form == "json":
            for row in rows:
                click.echo(json.dumps(row, ensure_ascii=False))
        elif form == "csv":
            write_csv(list(rows), opened.columns(table))
        else:
            for row in rows:
                click.echo(_line(row))


def _condition(text: str) -> tuple[str, Any]:
    field, sign, value = text.partition("=")
    if not sign or not field:
        raise UsageError(f"--where is FIELD=VALUE, not {text!r}")
    return field.strip(), value or None


_ASIDE = frozenset({"id", "because", "score", "producer", "version", "start", "end", "quote", "rests_on", "report"})


def _line(row: Mapping[str, Any]) -> str:
    """The row on one line: where its words are, the words, and the columns that hold something."""
    shown = [
        f"{key}={_short(value)}" for key, value in row.items() if key not in _ASIDE and value not in (None, [], "")
    ]
    where = f"{row['report']} {row['start']}–{row['end']} “{_short(row['quote'])}”  " if "quote" in row else ""
    return f"{row.get('id', '')}  {where}{'  '.join(shown)}"


def _short(value: Any) -> str:
    from dateline.views.words import shorten

    if isinstance(value, Mapping) and "text" in value:
        value = value["text"]
    if isinstance(value, list | tuple):
        return ",".join(_short(item) for item in value)
    return shorten(str(value), 80)
