"""``dateline brief``."""

from pathlib import Path

import click

from dateline.cli.common import ledger_option, terminal_width
from dateline.errors import UsageError


@click.command("brief")
@ledger_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "md", "html"]),
    help="How (default: by -o's ending, else terminal).",
)
@click.option("--as-of", metavar="DATE", help="Only what was published by the end of this day, linked anew in memory.")
@click.option("--retrieved", is_flag=True, help="With --as-of: only what was retrieved by then.")
@click.option(
    "-o",
    "out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file: .html, .md or .txt.",
)
def command(ledger: str | None, form: str | None, as_of: str | None, retrieved: bool, out: Path | None) -> None:
    """Show what the reports say on one page.

    First the incidents, then what is planned and not yet seen, conflicting accounts, statements by speaker,
    positions, states, figures by claimant, copies and what they changed, lineage, storylines, revisions, doubts,
    background, captions (outside every count), and what was not resolved. Every line is footnoted with the words that
    it rests on.

    With --as-of it shows what could be known by then: reports that may have come out later, and those without a known
    time, are left out and counted at the head. The ledger stays as it is.

    \b
    Examples:
      dateline brief
      dateline brief --format html -o brief.html
      dateline brief --as-of 2022-09-30
    """
    from dateline.api import Ledger

    form = _form(form, out)
    if retrieved and as_of is None:
        raise UsageError("--retrieved goes with --as-of")
    with Ledger(ledger, read_only=True) as opened:
        brief = opened.brief(as_of, retrieved=retrieved)
    if form == "html":
        from dateline.export.html import brief_html

        text = brief_html(brief)
    elif form == "md":
        from dateline.export.markdown import brief_markdown

        text = brief_markdown(brief)
    else:
        from dateline.cli.terminal import brief_lines

        text = "\n".join(brief_lines(brief, terminal_width()))
    if out is None:
        click.echo(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror}") from None
    click.echo(f"wrote {out}", err=True)


_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".txt": "terminal"}


def _form(form: str | None, out: Path | None) -> str:
    """The format asked for, else that of the file's ending. Raises UsageError where they do not go together."""
    if out is None or (form is not None and not out.suffix):
        return form or "terminal"
    meant = _ENDINGS.get(out.suffix.lower())
    if meant is None or form not in (None, meant):
        given = f"--format {form}" if form else "the brief"
        endings = ", ".join(ending for ending, of in _ENDINGS.items() if form in (None, of))
        raise UsageError(f"{out}: {given} is written to a file that ends in {endings}")
    return meant
