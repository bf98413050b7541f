"""The façade that people and the command line use. What a call does not need is not imported."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec.structs import replace

from dateline.config import OFF, Config, load_config
from dateline.errors import InputError, UsageError
from dateline.model.vocab import BoundaryPolicy, Effect, InputOutcome, Table
from dateline.run.summary import Summary

if TYPE_CHECKING:
    from threading import Event

    from dateline.ingest.base import Ingested
    from dateline.knowledge.handle import Knowledge
    from dateline.knowledge.imported import Imported
    from dateline.matching.names import NameMatch
    from dateline.matching.paraphrase import Verifier
    from dateline.matching.passages import PassageMatch
    from dateline.model.judgements import Rating
    from dateline.model.records import AnnotatedReport
    from dateline.nlp.base import Parser
    from dateline.run.follow import Feeds
    from dateline.run.intake import Order
    from dateline.store.base import Broken, Found, Input, KnowledgeFile, Manifest, Outcome, Store
    from dateline.views.compare import Comparison
    from dateline.views.conflicts import ConflictRow
    from dateline.views.copies import CopyRow
    from dateline.views.events import EventRow
    from dateline.views.figures import FigureRow
    from dateline.views.holdings import Holdings
    from dateline.views.incidents import IncidentRow
    from dateline.views.lineage import LineageRow
    from dateline.views.listing import Listing
    from dateline.views.material import Material
    from dateline.views.page import Brief
    from dateline.views.positions import Stands
    from dateline.views.quotes import Saying
    from dateline.views.storylines import StorylineRow
    from dateline.views.telling import Wanted
    from dateline.views.why import Reason


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


def compare_files(first: str | Path, second: str | Path) -> Comparison:
    """The reports of two files side by side, without a ledger.

    Raises InputError for a file that cannot be taken and UsageError for one that holds not just one report.
    """
    from dateline.ingest.base import Fields
    from dateline.read.pipeline import read_reports
    from dateline.run.intake import Order, open_intake
    from dateline.views.compare import compare

    reports = []
    for path in (first, second):
        order = Order(defaults=Fields(id=Path(path).name))
        with open_intake(lambda name, digest: None, order, workers=1) as intake:
            taken = list(intake.take([str(path)]))
        if len(taken) != 1:
            raise UsageError(f"{path} holds {len(taken)} reports; only single ones are compared")
        if taken[0].report is None:
            raise InputError(f"{taken[0].name}: {taken[0].error}")
        reports.append(taken[0].report)
    if reports[0].id == reports[1].id:
        reports = [replace(one, id=str(path)) for one, path in zip(reports, (first, second), strict=True)]
    knowledge = load_knowledge()
    config = load_config()
    one, other = read_reports(reports, make_parser(config.model, knowledge), knowledge)
    return compare(one, other, knowledge, make_verifier(config.verifier))


def load_knowledge() -> Knowledge:
    """The shipped knowledge under the configured boundary policy; its parts are read at first use."""
    return _knowledge(load_config().boundary_policy)


@lru_cache(maxsize=2)
def _knowledge(policy: BoundaryPolicy) -> Knowledge:
    from dateline.knowledge.handle import Knowledge

    return Knowledge(boundary_policy=policy)


@lru_cache(maxsize=2)
def make_parser(model: str, knowledge: Knowledge) -> Parser:
    """The named parser with the ruler of known names. Raises ModelError when it is not installed."""
    from dateline.nlp.spacy import SpacyParser

    return SpacyParser(model, knowledge.actors.ruler())


@lru_cache(maxsize=2)
def make_verifier(name: str) -> Verifier | None:
    """The named verifier of copies; None where it is off. Raises ModelError when it is not installed."""
    if name == OFF:
        return None
    from dateline.matching.paraphrase import Verifier
    from dateline.nlp.embed import make_embedder

    return Verifier(make_embedder(name))


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

    @property
    def verifier(self) -> Verifier | None:
        """What takes a second look at passages that nearly match, if the configuration names one."""
        return make_verifier(self.config.verifier)

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
        if link:
            make_verifier(self.config.verifier)  # If it is missing, that is told before anything is read.
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
        from dateline.run.linking import relink

        relink(self.store, self.knowledge, self.verifier)

    def brief(self, as_of: str | None = None, *, retrieved: bool = False) -> Brief:
        """The brief of all reports, or of those published (or retrieved) by the end of a day, an ISO date.

        What was there by a day is linked anew in memory; the ledger stays as it is, and so do its ratings. Raises
        UsageError for what is no day.
        """
        from dateline.judge.ratings import ratings
        from dateline.run.asof import Clock, known_by
        from dateline.views.brief import make_brief

        knowledge = self.knowledge.under(self.manifest().boundary_policy)
        day, reports = day_named("as of", as_of), self.store.every_annotated()
        if day is None:
            return make_brief(reports, self.store.links(), knowledge, ratings(self.store))
        known = known_by(reports, knowledge, day, Clock.RETRIEVED if retrieved else Clock.PUBLISHED, self.verifier)
        return make_brief(known.reports, known.links, knowledge, ratings(self.store), known)

    def events(self, wanted: Wanted | None = None) -> Listing[EventRow]:
        """The events that are wanted, each telling a row, by day."""
        from dateline.views.events import list_events
        from dateline.views.telling import ALL

        return list_events(self._material(), wanted or ALL)

    def figures(self, effect: Effect | None = None) -> Listing[FigureRow]:
        """The figures, or those of one effect, by claimant."""
        from dateline.views.figures import list_figures

        return list_figures(self._material(), effect)

    def copies(self) -> Listing[CopyRow]:
        """The pairs of passages of which one retells the other, those whose facts differ first."""
        from dateline.views.copies import list_copies

        return list_copies(self._material())

    def incidents(self, wanted: Wanted | None = None) -> Listing[IncidentRow]:
        """The incidents of which a telling is wanted: what happened first, then plans, then history."""
        from dateline.views.incidents import list_incidents
        from dateline.views.telling import ALL

        return list_incidents(self._material(), wanted or ALL)

    def conflicts(self) -> Listing[ConflictRow]:
        """The accounts that do not fit together, each with who gives it."""
        from dateline.views.conflicts import list_conflicts

        return list_conflicts(self._material())

    def storylines(self) -> Listing[StorylineRow]:
        """The reports on one course of events."""
        from dateline.views.storylines import list_storylines

        return list_storylines(self._material())

    def lineage(self, report: str) -> Listing[LineageRow]:
        """What a report derives from, and what derives from it; the beginning of its id will do. Raises UsageError."""
        from dateline.views.lineage import list_lineage

        return list_lineage(self._material(), self._report(report))

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
            asked = Asked(speaker, about, day_named("since", since), StatementKind(kind) if kind else None)
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

    def compare(self, first: str, second: str | None = None) -> Comparison:
        """Two reports side by side, named by the beginnings of their ids; one alone with its earlier revision.

        Raises UsageError where an id is not clear, both are one report, or there is no other revision.
        """
        from dateline.store.base import ReportRow
        from dateline.views.compare import compare
        from dateline.views.revisions import neighbours

        named = self._report(first)
        if second is None:
            pair = neighbours(named, list(self.store.records(ReportRow)))
        else:
            pair = named, self._report(second)
            if pair[0] == pair[1]:
                raise UsageError(f"both are report {named}")
        one, other = (self.store.annotated(id) for id in pair)
        return compare(one, other, self.knowledge, self.verifier)

    def rate(
        self,
        target: str,
        *,
        reliability: str | None = None,
        credibility: str | None = None,
        by: str,
        why: str = "",
    ) -> Rating:
        """Append a rating: how reliable a source is, by its name, or how credible a row, by the beginning of its id.

        Raises UsageError for no such source, row or grade, where an id is not clear, or unless one scale is given.
        """
        from dateline.judge.ratings import rate, rate_source
        from dateline.model.vocab import RatingScale

        if (reliability is None) == (credibility is None):
            raise UsageError("a rating is of the reliability of a source or of the credibility of a row")
        if reliability is not None:
            return rate_source(self.store, target, reliability.upper(), by=by, why=why)
        found = self.find(target)
        if len({one.id for one in found}) != 1:
            listed = f"{len(found)} rows have" if found else "no row has"
            raise UsageError(f"{listed} an id that begins with {target!r}")
        # A derived row bears the id of one of its members; who rates means what several reports tell.
        chosen = next((one for one in found if one.table is Table.INCIDENTS), found[0])
        return rate(self.store, chosen, RatingScale.CREDIBILITY, credibility or "", by=by, why=why)

    def ratings(self) -> tuple[tuple[Rating, bool], ...]:
        """All ratings, oldest first, each with whether it holds: of one target on one scale the latest does."""
        from dateline.judge.ratings import holding, ratings

        every = tuple(ratings(self.store))
        held = {one.id for one in holding(every).values()}
        return tuple((one, one.id in held) for one in every)

    def _report(self, prefix: str) -> str:
        """The id of the report that is called so or whose id alone begins so."""
        found = [one.id for one in self.store.find(prefix) if one.table is Table.REPORTS]
        if prefix in found:
            return prefix
        if len(found) != 1:
            listed = f"{len(found)} reports have" if found else "no report has"
            raise UsageError(f"{listed} an id that begins with {prefix!r}")
        return found[0]

    def _material(self) -> Material:
        from dateline.judge.ratings import ratings
        from dateline.views.material import Material

        return Material(self.store.every_annotated(), self.store.links(), self.knowledge, ratings(self.store))

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
        """The rows that are called so, else those whose id begins with ``prefix``."""
        found = self.store.find(prefix)
        return [one for one in found if one.id == prefix] or found

    def row(self, found: Found) -> Mapping[str, Any]:
        """A row as the export contract has it. Raises UsageError when there is none."""
        return next(iter(self.query(found.table, {"id": found.id})))

    def why(self, found: Found) -> tuple[Reason, ...]:
        """Why a row is there: its rule, words and parse path, or what it rests on, down to the quotes."""
        from dateline.views.why import Why

        return Why(self.store, self.knowledge).of(found)

    def verify(self) -> Iterator[Broken]:
        """Every row that does not say what its report says, or rests on nothing."""
        return self.store.verify()

    def manifest(self) -> Manifest:
        """What the ledger is and how it was read."""
        return self.store.manifest()


def day_named(what: str, text: str | None) -> date | None:
    """The day of an ISO date, None where none is given. Raises UsageError that says ``what`` it was given for."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{what} is a day such as 2022-09-30, not {text!r}") from None


def table_named(name: str) -> Table:
    """The table of that name. Raises UsageError when there is none."""
    try:
        return Table(name)
    except ValueError:
        raise UsageError(f"there is no table {name!r}; there are {', '.join(sorted(Table))}") from None
