"""``dateline rate``."""

import getpass
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option, write_rows
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.model.judgements import Rating


@click.command("rate")
@click.argument("target", required=False, metavar="SOURCE|RECORD")
@click.option("--reliability", metavar="A-F", help="How reliable the source is: A completely, F cannot be judged.")
@click.option("--credibility", metavar="1-6", help="How credible the item is: 1 confirmed, 6 cannot be judged.")
@click.option("--why", default="", metavar="WORDS", help="The reason.")
@click.option("--by", metavar="NAME", help="Who rates (default: the name of the user).")
@click.option("--list", "listed", is_flag=True, help="List all ratings; the latest of a target holds.")
@click.option("--csv", "form", flag_value="csv", help="List as CSV.")
@click.option("--json", "form", flag_value="json", help="List as JSON, one row a line.")
@ledger_option
def command(
    target: str | None,
    reliability: str | None,
    credibility: str | None,
    why: str,
    by: str | None,
    listed: bool,
    form: str | None,
    ledger: str | None,
) -> None:
    """Rate a source or a row on the two scales of the Admiralty code.

    Reliability is of the ultimate source: the agency that a report carries, else its outlet, by its name.
    Credibility is of one row, by the beginning of its id. Until rated, both are F6. A rating is shown and never
    deletes or ranks anything; a later one takes its place, and the earlier stays in the ledger.

    \b
    Examples:
      dateline rate "Northline Wire" --reliability B --why "own correspondents on the spot"
      dateline rate 3fa91c --credibility 3
      dateline rate --list
    """
    from dateline.api import Ledger

    asked = listed or form is not None
    if asked == (target is not None):
        raise UsageError("name a source or a row to rate, or give --list")
    if asked and (reliability or credibility):
        raise UsageError("--list rates nothing")
    if not asked and (reliability is None) == (credibility is None):
        raise UsageError("give one of --reliability (of a source) and --credibility (of a row)")
    with Ledger(ledger, create=False, read_only=asked) as opened:
        if not asked:
            who = by or _user()
            made = opened.rate(target or "", reliability=reliability, credibility=credibility, by=who, why=why)
            click.echo(_line(made, holds=True))
            return
        rows = opened.ratings()
        if form:
            write_rows([one for one, _ in rows], form)
            return
        for one, holds in rows:
            click.echo(_line(one, holds))
        if not rows:
            click.echo("nothing is rated: all sources and rows are F6", err=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise UsageError("the user has no name here: say who rates with --by") from None


def _line(rating: "Rating", holds: bool) -> str:
    of = rating.target if rating.scale.value == "reliability" else f"{rating.table} {rating.target}"
    late = "" if holds else " (a later rating holds)"
    why = f": {rating.why}" if rating.why else ""
    return f"{rating.value} {rating.scale.value} of {of}, by {rating.by}, {rating.at[:16]}{late}{why}"
