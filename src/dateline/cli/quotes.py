"""``dateline quotes``."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, terminal_width, write_rows

if TYPE_CHECKING:
    from dateline.views.quotes import Saying


@click.command("quotes")
@click.option("--speaker", metavar="NAME", help="Only what somebody of this name says.")
@click.option("--about", metavar="NAME", help="Only what is about this name or holds these words.")
@click.option("--since", metavar="DATE", help="Only what was said (or, undated, published) on this day or later.")
@click.option("--kind", type=click.Choice(["direct", "mixed", "indirect"]), help="Only what is given in this way.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--json", "form", flag_value="json", help="As JSON, one row a line.")
@ledger_option
def command(
    speaker: str | None, about: str | None, since: str | None, kind: str | None, form: str | None, ledger: str | None
) -> None:
    """List who said what, one row an act of saying, by day.

    Words in “ ” are verbatim; a paraphrase is marked as such and stands without marks. A row names every report
    that carries the utterance. Where reports word it otherwise, both wordings follow, with what differs in ⟦ ⟧.

    \b
    Examples:
      dateline quotes --speaker Guterres
      dateline quotes --about annexation --since 2022-09-29
      dateline quotes --kind direct --csv
    """
    from dateline.api import Ledger

    with Ledger(ledger, read_only=True) as opened:
        found = opened.quotes(speaker, about, since, kind)
        reports = len(opened.store.report_ids())
    if form:
        write_rows(found, form)
        return
    for saying in found:
        click.echo("\n".join(_lines(saying, terminal_width())))
    if not found:
        click.echo(f"0 of {reports} reports carry such a statement", err=True)


def _lines(saying: "Saying", width: int) -> Iterator[str]:
    from dateline.views.words import day

    when = day(saying.said_on) if saying.said_on else f"by {day(saying.published)}" if saying.published else None
    to = f"to {saying.addressee}" if saying.addressee else None
    via = f"passed on by {', '.join(saying.via)}" if saying.via else None
    yield " · ".join(part for part in (saying.speaker, saying.does, when, to, saying.venue, via) if part)
    marked = saying.words if saying.given == "verbatim" else f"{saying.words} [{saying.given}]"
    yield from textwrap.wrap(marked, width, initial_indent="  ", subsequent_indent="  ")
    utterance = f"; utterance {saying.utterance}" if saying.utterance else ""
    yield from textwrap.wrap(
        f"in {', '.join(saying.reports)}; statement {saying.statement}{utterance}",
        width,
        initial_indent="    ",
        subsequent_indent="    ",
    )
    for other in saying.wordings:
        for report, words in ((saying.reports[0], other.here), (other.report, other.there)):
            yield from textwrap.wrap(f"{report}: {words}", width, initial_indent="    ~ ", subsequent_indent="      ")
    yield ""
