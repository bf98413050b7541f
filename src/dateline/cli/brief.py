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
@click.option("-o", "out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
def command(ledger: str | None, form: str | None, out: Path | None) -> None:
    """Show what the reports say on one page.

    First the incidents, then what is planned and not yet seen, conflicting accounts, statements by speaker,
    positions, states, figures by claimant, copies and what they changed, doubts, background, captions (outside every
    count), and what was not resolved. Every line is footnoted with the words that it rests on.

    \b
    Examples:
      dateline brief
      dateline brief --format html -o brief.html
    """
    from dateline.api import Ledger

    form = form or {".html": "html", ".md": "md"}.get(out.suffix if out else "", "terminal")
    with Ledger(ledger, read_only=True) as opened:
        brief = opened.brief()
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
