"""``dateline compare``."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from dateline.cli.common import ledger_option, terminal_width

if TYPE_CHECKING:
    from dateline.views.compare import Aligned, Comparison, Stretch

_LEAST = 60
"""A terminal narrower than this shows one report under the other."""
_GAP = "  "
_SAME = 240
"""Letters shown of what both reports say in the same words."""


@click.command("compare")
@click.argument("first", metavar="REPORT|FILE")
@click.argument("second", metavar="[REPORT|FILE]", required=False)
@click.option("--html", "out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="As a page.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@ledger_option
def command(first: str, second: str | None, out: Path | None, as_json: bool, ledger: str | None) -> None:
    """Align two reports side by side: what both tell, and what one changed, left out or added.

    Both are reports of the ledger (the beginning of an id will do), or both are files. One report alone is set
    against its earlier revision. Words in ⟦ ⟧ differ; each change in substance follows with its kind.

    \b
    Examples:
      dateline compare northline-0930 vale-0930
      dateline compare northline-0930@5d1c22aa
      dateline compare first.txt second.html --html differences.html
    """
    from dateline.api import Ledger, compare_files

    if second is not None and Path(first).is_file() and Path(second).is_file():
        found = compare_files(first, second)
    else:
        with Ledger(ledger, read_only=True) as opened:
            found = opened.compare(first, second)
    if out is not None:
        from dateline.export.html import comparison_html

        out.write_text(comparison_html(found), encoding="utf-8")
        click.echo(f"written to {out}", err=True)
    elif as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        click.echo("\n".join(comparison_lines(found, terminal_width())))


def comparison_lines(found: "Comparison", width: int) -> Iterator[str]:
    """The comparison in two columns, or in one where the terminal is narrow; no line is wider than ``width``."""
    for number, side in enumerate((found.first, found.second), 1):
        yield from textwrap.wrap(f"{number} {side.label}: {side.title}", width, subsequent_indent="  ")
        yield from _under("  ", f"{side.line}; {side.told:.0%} of it is told by the other", width)
    yield from textwrap.wrap(found.direction, width)
    yield from textwrap.wrap(found.counted(), width)
    for row in found.rows:
        yield ""
        yield from _row(row, width)


def _row(row: "Aligned", width: int) -> Iterator[str]:
    yield f"── {row.pairing.value} ".ljust(width, "─")
    left, right = (_words(one, short=row.pairing.value == "same") for one in (row.first, row.second))
    if width < _LEAST:
        for number, words in enumerate((left, right), 1):
            yield from textwrap.wrap(f"{number} {words}", width, subsequent_indent="  ") if words else ()
    else:
        column = (width - len(_GAP)) // 2
        columns = textwrap.wrap(left, column), textwrap.wrap(right, column)
        for n in range(max(map(len, columns))):
            here, there = (cells[n] if n < len(cells) else "" for cells in columns)
            yield f"{here:<{column}}{_GAP}{there}".rstrip()
    for one in row.differences:
        yield from _under("  ~ ", f"{one.kind}: {one.first or '—'} → {one.second or '—'}", width)


def _under(indent: str, words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=" " * len(indent))


def _words(one: "Stretch | None", short: bool) -> str:
    if one is None:
        return ""
    words = " ".join("".join(f"⟦{text}⟧" if kind else text for text, kind in one.pieces()).split())
    return textwrap.shorten(words, _SAME, placeholder=" …") if short else words
