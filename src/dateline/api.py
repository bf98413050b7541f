"""The façade that people and the command line use. What a call does not need is not imported."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from dateline.config import Config, load_config
from dateline.errors import UsageError
from dateline.model.vocab import InputOutcome, Table

if TYPE_CHECKING:
    from dateline.ingest.base import Ingested
    from dateline.knowledge.handle import Knowledge
    from dateline.matching.names import NameMatch
    from dateline.matching.passages import PassageMatch
    from dateline.model.records import AnnotatedReport
    from dateline.nlp.base import Parser
    from dateline.store.base import Broken, Found, Manifest, Outcome, Store
    from dateline.views.page import Brief


def read_report(
    text: str,
    published: str | None = None,
    *,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    author: str | None = None,
    id: str | None = None,
    model: str | None = None,
) -> AnnotatedReport:
    """Everything that Dateline reads in one report, without a ledger.

    ``published`` is a date, a date-time or an interval of dates (ISO 8601). Without it, relative times stay
    unanchored. ``model`` names another parser than the configuration does. Raises InputError for a text or
    date that cannot be taken and ModelError when the named parser is not installed.
    """
    from dateline.ingest.base import Fields, make_report
    from dateline.read.pipeline import read_report as read

    fields = Fields(id=id, title=title, published=published, source=source, url=url, author=author)
    knowledge = load_knowledge()
    return read(make_report(text, fields), make_parser(model or load_config().model, knowledge), knowledge)


def match_names(a: str, b: str, kind: str | None = None) -> NameMatch:
    """Whether two names could be one thing's: ``score`` 0..1, ``match`` and ``because``.

    ``kind`` is ``person``, ``organisation`` or ``vessel``; without it the names themselves decide.

    >>> match_names("Mara Venn", "VENN, Mara", "person").match
    True
    """
    from dateline.matching import names

    return names.match_names(a, b, kind)


def match_passages(a: str, b: str) -> PassageMatch:
    """Whether one passage retells the other: ``score`` 0..1, ``match``, ``verdict``, ``changes``, ``because``.

    >>> match_passages("The mayor of Arden was appointed in May.", "The mayor of Arden was appointed in May.").verdict
    <Verdict.IDENTICAL: 'identical'>
    """
    from dateline.matching import passages

    return passages.match_passages(a, b)


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """The shipped knowledge; its parts are read at first use."""
    from dateline.knowledge.handle import Knowledge

    return Knowledge()


@lru_cache(maxsize=2)
def make_parser(model: str, knowledge: Knowledge) -> Parser:
    """The named parser with the ruler of known names. Raises ModelError when it is not installed."""
    from dateline.nlp.spacy import SpacyParser

    return SpacyParser(model, knowledge.actors.ruler())


class Summary(Struct, frozen=True, kw_only=True):
    """How the inputs of a call ended; the three counts add up to all inputs."""

    stored: int = 0
    already_there: int = 0
    quarantined: tuple[tuple[str, str], ...] = ()

    @property
    def inputs(self) -> int:
        """All inputs."""
        return self.stored + self.already_there + len(self.quarantined)


class Ledger:
    """A ledger, open: reports in, linked rows out. Use it as a context manager, or ``close`` it.

    ``path`` defaults to the configured ledger. With ``create=False`` a ledger that is not there raises
    LedgerError, as does a file that is not a ledger; ``read_only`` also opens one that cannot be written to.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        model: str | None = None,
        create: bool = True,
        read_only: bool = False,
    ) -> None:
        from dateline.store.sqlite import open_store

        self.config: Config = load_config(model=model, ledger=str(path) if path else None)
        self.path = Path(self.config.ledger)
        self.store: Store = open_store(self.path, create_new=create and not read_only, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the ledger's reports are read with."""
        return load_knowledge()

    def add(self, reports: Iterable[Mapping[str, Any]], *, link: bool = True) -> Summary:
        """Read reports given as mappings with ``text`` and the contract's optional keys, and link them."""
        from dateline.ingest.tabular import take

        return self.add_inputs((take(f"report {n}", dict(row)) for n, row in enumerate(reports, 1)), link=link)

    def add_inputs(
        self, inputs: Iterable[Ingested], *, link: bool = True, tell: Callable[[Outcome], None] | None = None
    ) -> Summary:
        """Read what ingest hands on, tell the outcome of each input as it ends, and link at the end.

        A report that is there already is not read again, and one whose id is known with another text is
        stored as a revision.
        """
        from dateline.run.local import read_into

        parser = make_parser(self.config.model, self.knowledge)
        stored = already = 0
        quarantined: list[tuple[str, str]] = []
        for outcome in read_into(self.store, inputs, parser, self.knowledge):
            if tell:
                tell(outcome)
            if outcome.outcome is InputOutcome.STORED:
                stored += 1
            elif outcome.outcome is InputOutcome.ALREADY_THERE:
                already += 1
            else:
                quarantined.append((outcome.name, outcome.reason))
        if link and stored:
            self.link()
        return Summary(stored=stored, already_there=already, quarantined=tuple(quarantined))

    def link(self) -> None:
        """Derive everything that rests on several reports anew."""
        from dateline.run.local import relink

        relink(self.store, self.knowledge)

    def brief(self) -> Brief:
        """The brief of all reports."""
        from dateline.views.brief import make_brief

        return make_brief(self.store.every_annotated(), self.store.links())

    def query(
        self, table: str, where: Mapping[str, Any] | None = None, search: str | None = None
    ) -> Generator[Mapping[str, Any], None, None]:
        """The rows of a table as the export contract has them. Raises UsageError for an unknown table or column."""
        from dateline.export.tables import plain_rows

        return plain_rows(self.store, table_named(table), where, search)

    def export(self, form: str, out: Path) -> dict[Table, int]:
        """Write one file a table into a folder, as ``jsonl``, ``csv`` or ``parquet``; the rows of each table."""
        from dateline.export.files import Format, export

        return export(self.store, Format(form), out)

    def find(self, prefix: str) -> list[Found]:
        """The rows whose id begins with ``prefix``."""
        return self.store.find(prefix)

    def row(self, found: Found) -> Mapping[str, Any]:
        """A row as the export contract has it. Raises UsageError when there is none."""
        return next(iter(self.query(found.table, {"id": found.id})))

    def verify(self) -> Iterator[Broken]:
        """Every row that does not say what its report says, or rests on nothing."""
        return self.store.verify()

    def manifest(self) -> Manifest:
        """What the ledger is and how it was read."""
        return self.store.manifest()


def table_named(name: str) -> Table:
    """The table of that name. Raises UsageError when there is none."""
    try:
        return Table(name)
    except ValueError:
        raise UsageError(f"there is no table {name!r}; there are {', '.join(sorted(Table))}") from None
