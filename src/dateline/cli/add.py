"""``dateline add``."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import ledger_option, log_option, model_option, set_up_logs

if TYPE_CHECKING:
    from dateline.api import Ledger
    from dateline.ingest.base import Fields
    from dateline.run.summary import Summary
    from dateline.store.base import Outcome


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|FOLDER|ADDRESS|- ...")
@ledger_option
@click.option("--published", metavar="DATE", help="Date, date-time, or interval as 2022-09-19/2022-09-21.")
@click.option("--source", metavar="OUTLET", help="Who published it.")
@click.option("--title", metavar="TITLE", help="Its title.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "jsonl", "csv", "parquet", "html", "pdf", "mail"]),
    help="What the input is, where its content does not say.",
)
@click.option("--encoding", metavar="NAME", help="The encoding of the input, where it is not UTF-8 or declared in it.")
@click.option(
    "--column", "columns", metavar="FIELD=COLUMN", multiple=True, help="The column of a table that holds a field."
)
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that take pages apart (default: up to 4)."
)
@click.option("--no-link", is_flag=True, help="Only read; link later with 'dateline link'.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@model_option
@log_option
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Read reports into a ledger and link them.

    Takes web pages, PDFs, mails and plain text (one report a file), from files, folders or addresses; tables,
    which are JSONL (one report a line), CSV and Parquet (one a row), with the columns text and, as they are
    known, id, title, published, source, url, author; and web archives (.warc, .warc.gz, .warc.zst). What a file
    is, is told by its content. The same input twice changes nothing, and a call
    that was interrupted is taken up by calling it again. A flag such as --source holds for the reports that do
    not bring their own.

    \b
    Exit codes: 0 all well; 1 some inputs failed (each is named, the others are in); 2 usage;
    4 nothing could be processed; 5 the ledger.

    \b
    Examples:
      dateline add reports.jsonl
      dateline add report.txt --published 2022-09-30 --source "The Harbour Courier"
      dateline add https://harbour-courier.example/2022/09/30/treaties saved-pages/ crawl.warc.gz
      dateline add page.html release.pdf mail.eml saved-pages/
      dateline add articles.parquet --column text=body --column source=outlet
      cat reports.jsonl | dateline add - --as jsonl --ledger crisis.db
    """
    from dateline.api import Ledger
    from dateline.ingest.base import Fields
    from dateline.ingest.tabular import column_map
    from dateline.run.intake import Order

    set_up_logs(options["log"])
    defaults = Fields(published=options["published"], source=options["source"], title=options["title"])
    _check(defaults)
    columns = column_map(options["columns"])
    with Ledger(options["ledger"], model=options["model"]) as ledger:
        told: list[Outcome] = []
        order = Order(defaults=defaults, form=options["form"], encoding=options["encoding"], columns=columns)
        with _progress(options["quiet"]) as advance:

            def tell(outcome: "Outcome") -> None:
                told.append(outcome)
                advance()

            summary = ledger.add_sources(
                paths, order, workers=options["workers"], link=not options["no_link"], tell=tell
            )
        _report(ledger, summary, told, options)
    sys.exit(_exit_code(summary))


def _check(defaults: "Fields") -> None:
    """A flag that is off is the call's error, not an input's."""
    from dateline.errors import InputError, UsageError
    from dateline.model.report import Published

    if defaults.published:
        try:
            Published.parse(defaults.published)
        except InputError as error:
            raise UsageError(f"--published: {error}") from None


def _progress(quiet: bool) -> AbstractContextManager[Any]:
    if quiet or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    return _bar()


class _bar:  # noqa: N801
    """A running count on the terminal."""

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.completed} reports"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.progress.start()
        task = self.progress.add_task("add", total=None)
        return lambda: self.progress.advance(task)

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


def _report(ledger: "Ledger", summary: "Summary", told: "list[Outcome]", options: dict[str, Any]) -> None:
    for name, reason in summary.quarantined:
        click.echo(f"dateline: {name}: {reason}", err=True)
    if not options["quiet"]:
        _offer_dates(ledger, told)
    if options["as_json"]:
        outcome = {
            "ledger": str(ledger.path),
            "stored": summary.stored,
            "already_there": summary.already_there,
            "quarantined": [{"name": name, "reason": reason} for name, reason in summary.quarantined],
            "skipped": dict(summary.skipped),
        }
        click.echo(json.dumps(outcome, ensure_ascii=False))
    elif not options["quiet"]:
        bad = len(summary.quarantined)
        click.echo(
            f"{summary.inputs} inputs: {summary.stored} stored, {summary.already_there} already there, "
            f"{bad} quarantined. Ledger: {ledger.path}"
        )
        if summary.skipped:
            click.echo("No inputs: " + ", ".join(f"{count} {kind}" for kind, count in summary.skipped) + ".")


def _offer_dates(ledger: "Ledger", told: "list[Outcome]") -> None:
    """Name the dates that a text without a publication date offers; none is taken."""
    from dateline.model.vocab import InputOutcome, Table
    from dateline.store.base import Found, ReportRow

    for outcome in told:
        if outcome.outcome is not InputOutcome.STORED or outcome.report is None:
            continue
        row = ledger.store.get(Found(Table.REPORTS, outcome.report))
        if isinstance(row, ReportRow) and row.published is None:
            offered = ", ".join(f"“{p.text}” at {p.span.start}–{p.span.end}" for p in row.date_candidates)
            hint = f"; the text offers {offered}" if offered else ""
            click.echo(f"dateline: {outcome.name}: no publication date given (--published){hint}", err=True)


def _exit_code(summary: "Summary") -> int:
    if not summary.quarantined:
        return 0 if summary.inputs else 4
    return 1 if summary.stored or summary.already_there else 4
