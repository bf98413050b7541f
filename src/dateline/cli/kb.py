"""``dateline kb``: knowledge of names and offices beside the shipped."""

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from dateline.cli.common import ledger_option

if TYPE_CHECKING:
    from dateline.knowledge.imported import Imported
    from dateline.store.base import KnowledgeFile

_NAMED = 20
"""Bad rows of a file that are named one by one; of more of them only the reasons are counted."""


@click.group("kb")
def command() -> None:
    """Bring knowledge of people, organisations and offices into a ledger, list it, and let go of it.

    What is imported stands beside the shipped knowledge: mentions of imported names are known, entities show their
    Wikidata id and offices, and doubts and suggestions about people use it. Reports that were read before stay as they
    are until 'dateline reread'.

    \b
    Examples:
      dateline kb import ministers.csv --country Ukraine
      dateline kb list
      dateline kb forget ministers.csv
    """


@command.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE ...")
@click.option("--country", metavar="COUNTRY", help="The country of offices that name none: its name or ISO code.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@ledger_option
def import_(files: tuple[str, ...], country: str | None, quiet: bool, as_json: bool, ledger: str | None) -> None:
    """Import tables of office-holders (CSV) and FollowTheMoney entities (JSON lines) into the ledger.

    A table has a tenure a row, in the columns position and person and, as they are known, personID (a Wikidata id),
    start, end, gender, DOD, country, names (further ones, with | between); or as a Wikidata query names them:
    positionLabel, officeholderLabel, officeholder, start_year, end_year. The country of an office is the row's, else
    the one that the position names, else --country, else the one with which the file's name begins. Of FollowTheMoney,
    Person, Organization, PublicBody, Company, LegalEntity, Vessel, Position, Occupancy and Membership are taken.

    A row that cannot be taken is named and the others are taken. The same file twice changes nothing; a file of the
    same name with other content takes the place of the earlier one.

    \b
    Exit codes: 0 all well; 1 some rows or files failed (each is named, the others are in); 2 usage;
    4 nothing could be taken; 5 the ledger.

    \b
    Examples:
      dateline kb import ukraine-cabinet.csv world-leaders.csv
      dateline kb import ministers.csv --country Italy --ledger crisis.db
      dateline kb import entities.ftm.json --json
    """
    from dateline.api import Ledger
    from dateline.errors import InputError

    done: list[tuple[KnowledgeFile, Imported | None]] = []
    failed: dict[str, str] = {}
    with Ledger(ledger) as opened:
        for name in files:
            try:
                file, imported = opened.import_knowledge(name, country)
            except InputError as error:
                failed[name] = str(error)
                click.echo(f"dateline: {error}", err=True)
                continue
            _name_refused(file, imported)
            done.append((file, imported))
            if not quiet and not as_json:
                click.echo(_told(file, imported))
        if as_json:
            told = {"ledger": str(opened.path), "knowledge": opened.knowledge.digest, "failed": failed}
            click.echo(json.dumps(told | {"files": [_plain(*one) for one in done]}, ensure_ascii=False))
        elif not quiet and any(imported and imported.actors for _, imported in done):
            click.echo(f"Knowledge is now {opened.knowledge.digest}. Ledger: {opened.path}")
    sys.exit(_exit_code([file for file, _ in done], failed))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one file a line as JSON.")
@ledger_option
def list_(as_json: bool, ledger: str | None) -> None:
    """List the files of knowledge that were imported into the ledger, with what they hold.

    \b
    Example:
      dateline kb list --ledger crisis.db
    """
    import msgspec

    from dateline.api import Ledger

    with Ledger(ledger, create=False) as opened:
        files = opened.store.knowledge_files()
        for file in files:
            click.echo(json.dumps(msgspec.to_builtins(file), ensure_ascii=False) if as_json else _line(file))
        if not as_json:
            click.echo(f"{len(files)} files. Knowledge: {opened.knowledge.digest}")


@command.command("forget")
@click.argument("names", nargs=-1, required=True, metavar="FILE ...")
@ledger_option
def forget(names: tuple[str, ...], ledger: str | None) -> None:
    """Let go of what was imported from files, by their names as `dateline kb list` shows them.

    \b
    Example:
      dateline kb forget ministers.csv
    """
    from dateline.api import Ledger

    with Ledger(ledger, create=False) as opened:
        unknown = [name for name in names if not opened.forget_knowledge(name)]
    for name in unknown:
        click.echo(f"dateline: {name}: no such file was imported", err=True)
    sys.exit(0 if not unknown else 1 if len(unknown) < len(names) else 4)


def _name_refused(file: "KnowledgeFile", imported: "Imported | None") -> None:
    refused = imported.refused if imported else ()
    for one in refused[:_NAMED]:
        click.echo(f"dateline: {file.name}, line {one.line}: {one.reason}", err=True)
    if len(refused) > _NAMED:
        click.echo(f"dateline: {file.name}: {len(refused) - _NAMED} further rows cannot be taken", err=True)


def _line(file: "KnowledgeFile") -> str:
    refused = f", {file.refused} rows refused" if file.refused else ""
    return f"{file.name}: {file.form}, {file.actors} actors, {file.offices} tenures{refused}"


def _told(file: "KnowledgeFile", imported: "Imported | None") -> str:
    if imported is None:
        return f"{file.name}: already there"
    skipped = ", ".join(f"{count} {schema}" for schema, count in Counter(dict(imported.skipped)).most_common(5))
    return (
        _line(file)
        + (f"; offices without a country are of {imported.country}" if imported.country else "")
        + (f"; not taken: {skipped}" if skipped else "")
    )


def _plain(file: "KnowledgeFile", imported: "Imported | None") -> dict[str, object]:
    import msgspec

    rows: dict[str, object] = msgspec.to_builtins(file) | {"already_there": imported is None}
    if imported is not None:
        rows |= {
            "rows": imported.rows,
            "country": imported.country,
            "skipped": dict(imported.skipped),
            "refused": msgspec.to_builtins(imported.refused),
        }
    return rows


def _exit_code(files: "list[KnowledgeFile]", failed: dict[str, str]) -> int:
    taken = any(file.actors for file in files)
    if not taken:
        return 4
    return 1 if failed or any(file.refused for file in files) else 0
