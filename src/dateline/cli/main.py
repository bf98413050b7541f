"""The entry point. A command is imported only when it is called, so that ``--help`` stays quick."""

import importlib
import os
import sys
from typing import Any, Final

import click

from dateline import __version__
from dateline.errors import DatelineError

COMMANDS: Final = {
    "add": "Read reports into a ledger and link them.",
    "brief": "Show what the reports say on one page.",
    "compare": "Set two reports, or two revisions, side by side.",
    "conflicts": "List accounts that do not fit together.",
    "copies": "List passages that retell one another.",
    "doctor": "Say what is installed, configured and stored.",
    "events": "List what happened, is planned or is threatened.",
    "export": "Write the tables to files.",
    "figures": "List quantities by who gives them.",
    "follow": "Follow feeds: read what they list, again and again.",
    "incidents": "List incidents, one row for all reports of one event.",
    "inputs": "Say how every input ended, and retry.",
    "kb": "Import knowledge of names and offices, and list it.",
    "lineage": "Show what a report derives from.",
    "link": "Link the reports of a ledger anew.",
    "positions": "Show who stands where on an issue.",
    "query": "List the rows of a table.",
    "quotes": "List who said what.",
    "rate": "Rate a source or a row on the Admiralty scales.",
    "reread": "Read all reports of a ledger again.",
    "show": "Show one row with the words it rests on.",
    "states": "Show who holds what, according to whom.",
    "storylines": "List the reports on one course of events.",
    "verify": "Check every row against the words it came from.",
    "watch-folder": "Read the files that are put into a folder.",
}


class Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"dateline.cli.{cmd_name.replace('-', '_')}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Who reads its output may stop at any line, as ``head`` does: that is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(0) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dateline")
def dateline() -> None:
    """Read news reports on a crisis into a ledger: what happened, who says so, which reports only repeat
    one another, and where a copy changed the facts. Every row is tied to the words it came from.

    \b
    Examples:
      dateline add reports.jsonl
      dateline add report.txt --published 2022-09-30 --source "The Harbour Courier"
      dateline brief --format html -o brief.html
      dateline incidents --type ASSAULT
      dateline quotes --speaker Guterres --csv
      dateline positions annexation
      dateline export jsonl --out tables/
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; every error that Dateline raises on purpose is one line on standard error."""
    try:
        return dateline.main(args=arguments, prog_name="dateline", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("dateline: stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DatelineError as error:
        click.echo(f"dateline: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        click.echo(f"dateline: the output cannot be written: {error.strerror or error}", err=True)
        sys.exit(5)
    finally:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Send to nowhere what is still held back for an output that takes no more, so that leaving is quiet."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
