"""The façade that people and the command line use. What a call does not need is not imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from dateline.config import Config, load_config
from dateline.errors import UsageError
from dateline.model.vocab import InputOutcome, Table

if TYPE_CHECKING:
    from threading import Event

    from dateline.ingest.base import Ingested
    from dateline.knowledge.handle import Knowledge
    from dateline.knowledge.imported import Imported
    from dateline.matching.names import NameMatch
    from dateline.matching.passages import PassageMatch
    from dateline.model.records import AnnotatedReport
    from dateline.nlp.base import Parser
    from dateline.run.follow import Feeds
    from dateline.run.intake import Order
    from dateline.store.base import Broken, Found, Input, KnowledgeFile, Manifest, Outcome, Store
    from dateline.views.holdings import Holdings
    from dateline.views.material import Material
    from dateline.views.page import Brief
    from dateline.views.positions import Stands
    from dateline.views.quotes import Saying


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
    """How the inputs of a call ended; the three counts add up to all inputs.

    ``skipped`` counts, by kind, what archives hold besides pages: that is no input.
    """

    stored: int = 0
    already_there: int = 0
    quarantined: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()

    def plus(self, other: Summary) -> Summary:
        """Both together."""
        skipped = Counter(dict(self.skipped)) + Counter(dict(other.skipped))
        return Summary(
            stored=self.stored + other.stored,
            already_there=self.already_there + other.already_there,
            quarantined=self.quarantined + other.quarantined,
            skipped=tuple(sorted(skipped.items())),
        )

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
        """What the ledger's reports are read with: the shipped knowledge and what was imported into the ledger."""
        from dateline.knowledge.imported import actors_from

        return load_knowledge().plus(actors_from(self.store.imported_actors()))

    def import_knowledge(self, path: str | Path, country: str | None = None) -> tuple[KnowledgeFile, Imported | None]:
        """Import a table of office-holders or FollowTheMoney entities; None beside the file when it is there already.

        An earlier file of the same name gives way. Reports that are read already stay as they are. ``country`` (a name
        or ISO 3166-1 alpha-3) is that of offices that name none. Raises InputError for what is no such file.
        """
        from dateline.run.importing import import_file

        done = import_file(self.store, Path(path), load_knowledge(), country)
        self.__dict__.pop("knowledge", None)
        return done

    def forget_knowledge(self, name: str) -> bool:
        """Let go of what was imported from a file; whether there was such a file."""
        self.__dict__.pop("knowledge", None)
        return self.store.forget_knowledge(name)

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

    def add_sources(
        self,
        sources: Iterable[str],
        order: Order | None = None,
        *,
        workers: int | None = None,
        link: bool = True,
        tell: Callable[[Outcome], None] | None = None,
    ) -> Summary:
        """Read the reports of files, folders, archives and addresses (``https://...``).

        What has to be taken apart is taken apart in ``workers`` processes, by default one a core up to four; the
        answer is the same with any number. What ended in an earlier call is not taken apart again.
        """
        from dateline.run.intake import open_intake

        with open_intake(self.store.ended, order, workers) as intake:
            summary = self.add_inputs(intake.take(sources), link=link, tell=tell)
            return summary.plus(Summary(skipped=tuple(intake.skipped.items())))

    def inputs(self, outcome: InputOutcome | None = None) -> Iterator[Input]:
        """How all inputs ended, or those that ended in one way, in the order in which they came."""
        from dateline.store.base import Input

        return self.store.records(Input, {"outcome": outcome.value} if outcome else None)

    def retry(self, *, link: bool = True, tell: Callable[[Outcome], None] | None = None) -> Summary:
        """Take the inputs again that were quarantined and whose source is still there, under the flags of
        the call or the words of the feed that brought them; the others stay as they are."""
        from dateline.run.intake import open_intake, order_again, source_of

        waiting: dict[str | None, set[str]] = {}
        for one in self.inputs(InputOutcome.QUARANTINED):
            waiting.setdefault(one.how, set()).add(one.name)
        with open_intake(self.store.ended) as intake:

            def again() -> Iterator[Ingested]:
                for how, names in waiting.items():
                    sources = dict.fromkeys(source for name in sorted(names) if (source := source_of(name)))
                    taken = intake.under(order_again(how)).take(sources)
                    yield from (one for one in taken if one.name in names)

            return self.add_inputs(again(), link=link, tell=tell)

    def follow(
        self,
        feeds: Feeds,
        stop: Event,
        *,
        every: float | None = None,
        tell: Callable[[Outcome], None] | None = None,
        trouble: Callable[[str, str], None] | None = None,
        networks: Iterable[str] = (),
    ) -> Iterator[Summary]:
        """Ask feeds, read what they list that is new, and link: one round once, or ``every`` so many seconds.

        What is known of the feeds is kept in ``<ledger>.feeds.json``. ``trouble`` is told of feeds that cannot be
        had; ``networks`` are fetched from though they are not public. Ends after the round in which ``stop`` is set.
        """
        from dateline.run.follow import Follower, StateFile, next_round
        from dateline.run.intake import open_intake

        states = StateFile(self.path.with_name(f"{self.path.name}.feeds.json"))
        with open_intake(self.store.ended, networks=networks) as intake:
            follower = Follower(feeds, states, intake.fetch, intake.parse_feed, trouble, stop)
            while True:
                summary = Summary()
                for items in follower.round():
                    summary = summary.plus(self.add_inputs(intake.extracted(items), link=False, tell=tell))
                if summary.stored:
                    self.link()
                yield summary
                if every is None or stop.wait(next_round(states, feeds.feeds, every)):
                    return

    def watch(
        self,
        folder: Path,
        stop: Event,
        order: Order | None = None,
        *,
        settle: float = 2.0,
        tell: Callable[[Outcome], None] | None = None,
    ) -> Iterator[Summary]:
        """Read the files of a folder, and those that come into it once they have not changed for ``settle`` seconds,
        and link after each group of them. Ends when ``stop`` is set and the files at hand are done."""
        from dateline.run.intake import open_intake
        from dateline.run.watch import settled_files

        with open_intake(self.store.ended, order) as intake:
            for paths in settled_files(folder, stop, settle):
                taken = (one for path in paths if not stop.is_set() for one in intake.take([str(path)]))
                yield self.add_inputs(taken, tell=tell)

    def reread(self, *, tell: Callable[[Outcome], None] | None = None) -> int:
        """Read all reports again, with the model and knowledge of now, and link them; how many there are.

        Judgements stay, and so do the ids of rows that come out again.
        """
        from dateline.run.local import reread

        number = 0
        for outcome in reread(self.store, make_parser(self.config.model, self.knowledge), self.knowledge):
            number += 1
            if tell:
                tell(outcome)
        self.link()
        return number

    def link(self) -> None:
        """Derive everything that rests on several reports anew."""
        from dateline.run.local import relink

        relink(self.store, self.knowledge)

    def brief(self) -> Brief:
        """The brief of all reports."""
        from dateline.views.brief import make_brief

        return make_brief(self.store.every_annotated(), self.store.links(), self.knowledge)

    def quotes(
        self,
        speaker: str | None = None,
        about: str | None = None,
        since: str | None = None,
        kind: str | None = None,
    ) -> tuple[Saying, ...]:
        """Who said what, one row an act of saying, by day. ``since`` is an ISO date; UsageError where it is none."""
        from dateline.model.vocab import StatementKind
        from dateline.views.quotes import Asked, quotes

        try:
            day = date.fromisoformat(since) if since else None
        except ValueError:
            raise UsageError(f"since is a day such as 2022-09-30, not {since!r}") from None
        try:
            asked = Asked(speaker, about, day, StatementKind(kind) if kind else None)
        except ValueError as error:
            raise UsageError(f"quotes: {error}") from None
        return quotes(self._material(), asked)

    def positions(self, issue: str) -> Stands:
        """Who stands where on an issue (an entity's name, an event type, or words), and what was searched."""
        from dateline.views.positions import find_positions

        return find_positions(self._material(), issue)

    def holdings(self, of: str | None = None) -> Holdings:
        """Who holds what according to whom over time, of one place or of all, and how far each annexation got."""
        from dateline.views.holdings import find_holdings

        return find_holdings(self._material(), of)

    def _material(self) -> Material:
        from dateline.views.material import Material

        return Material(self.store.every_annotated(), self.store.links(), self.knowledge)

    def query(
        self, table: str, where: Mapping[str, Any] | None = None, search: str | None = None
    ) -> Generator[Mapping[str, Any], None, None]:
        """The rows of a table as the export contract has them. Raises UsageError for an unknown table or column."""
        from dateline.export.tables import plain_rows

        return plain_rows(self.store, table_named(table), where, search)

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns. Raises UsageError for an unknown table."""
        from dateline.export.tables import columns

        return [column.name for column in columns(table_named(table))]

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
