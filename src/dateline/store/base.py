"""What a ledger takes and gives, whatever keeps it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import msgspec
from msgspec import Struct

from dateline.model.ids import content_id
from dateline.model.judgements import Judgement, Rating
from dateline.model.links import Change, Copy, Links
from dateline.model.records import AnnotatedReport, Failure, Part
from dateline.model.report import Block, Fact, Report
from dateline.model.span import Span
from dateline.model.vocab import BoundaryPolicy, InputOutcome, PublishedBasis, ReadStatus, ReportMark, Table

if TYPE_CHECKING:
    from dateline.store.word_index import StoredIndex

T = TypeVar("T", bound=Struct)

CONTRACT_VERSION = 1
"""The version of the export contract that the tables follow."""

Where = Mapping[str, Any]
"""Columns and what they must hold; None asks for rows without a value."""


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report without its text. ``published`` is as given, from and to are its first and last day.

    ``dateline`` and what follows it was read from the report's head.
    """

    id: str
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    published_basis: PublishedBasis = PublishedBasis.NONE
    modified: str | None = None
    modified_basis: PublishedBasis = PublishedBasis.NONE
    retrieved: str | None = None
    source: str | None = None
    agency: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    words: int = 0
    text_sha256: str
    revision_of: str | None = None
    status: ReadStatus = ReadStatus.READ
    dateline: Part | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    dateline_agency: str | None = None
    date_candidates: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()
    marks: tuple[ReportMark, ...] = ()
    facts: tuple[Fact, ...] = ()


class Input(Struct, frozen=True, kw_only=True):
    """How an input ended: its name, the report that it became, and why it did not become one.

    ``digest`` is that of its bytes and of what was said of them, where they had to be extracted; ``offset`` is the
    byte at which it begins in its archive. The same name with the same digest need not be extracted again. ``how`` is
    what was said of it by flags or a feed, as JSON, for taking it again.
    """

    id: str
    name: str
    outcome: InputOutcome
    reason: str = ""
    report: str | None = None
    digest: str | None = None
    offset: int | None = None
    how: str | None = None

    @classmethod
    def of(cls, name: str, outcome: InputOutcome, reason: str = "", report: str | None = None) -> Self:
        """An input under the id that its name, and its report or else the reason, give it."""
        key = content_id(str(Table.INPUTS), name, report or "", "" if report else reason)
        return cls(id=key, name=name, outcome=outcome, reason=reason, report=report)


class Setup(Struct, frozen=True):
    """What reports are read with. The same reports under the same setup give the same records.

    The knowledge's digest holds the boundary policy too; by itself it is there to be named.
    """

    model: str
    parser_digest: str
    knowledge_digest: str
    boundary_policy: BoundaryPolicy = BoundaryPolicy.DE_JURE


class Manifest(Struct, frozen=True, kw_only=True):
    """What a ledger is and how it was last read. ``read_otherwise`` counts reports read with another setup."""

    id: str = "manifest"
    contract_version: int = CONTRACT_VERSION
    schema_version: int
    dateline_version: str
    model: str | None = None
    parser_digest: str | None = None
    knowledge_digest: str | None = None
    read_otherwise: int = 0
    boundary_policy: BoundaryPolicy = BoundaryPolicy.DE_JURE


class FailureRow(Failure, frozen=True):
    """A failure with the report that it befell."""

    report: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    """How one input ended. ``report`` is the id under which the ledger knows it, if it does."""

    name: str
    outcome: InputOutcome
    report: str | None = None
    reason: str = ""
    failures: tuple[Failure, ...] = ()
    digest: str | None = None
    offset: int | None = None
    how: str | None = None

    def as_input(self) -> Input:
        """The row that the ledger keeps of it."""
        made = Input.of(self.name, self.outcome, self.reason, self.report)
        return msgspec.structs.replace(made, digest=self.digest, offset=self.offset, how=self.how)


class Admission(Struct, frozen=True, kw_only=True):
    """A report as the ledger will name it, and whether it still has to be read."""

    report: Report
    outcome: InputOutcome
    reason: str = ""


class Found(Struct, frozen=True, order=True):
    """A row: its table and id."""

    table: Table
    id: str


class Hit(Struct, frozen=True, kw_only=True):
    """A passage that holds the words searched for."""

    report: str
    passage: str
    span: Span
    quote: str


class Broken(Struct, frozen=True, kw_only=True):
    """A row that does not say what its report says, or rests on nothing."""

    table: Table
    id: str
    problem: str


class View(Protocol):
    """Reading a ledger. Rows come in the same order whatever order their reports came in:
    by report, start, end and id, or by id where there is no report."""

    def manifest(self) -> Manifest:
        """What the ledger is and how it was read. Raises LedgerError where nothing says so."""

    def damage(self) -> str | None:
        """What is wrong with the file itself, if anything."""

    def counts(self) -> dict[Table, int]:
        """How many rows each table has."""

    def report_ids(self) -> list[str]:
        """The ids of all reports, sorted."""

    def ended(self, name: str, digest: str) -> Input | None:
        """How the input of this name and digest ended, if there was one and its report is still there."""

    def annotated(self, report: str, tables: Collection[Table] | None = None) -> AnnotatedReport:
        """A report with everything read from it, or what is in some tables; UsageError when it is not there."""

    def every_annotated(self, tables: Collection[Table] | None = None) -> Sequence[AnnotatedReport]:
        """All reports sorted by id, each read from the ledger when it is asked for, with what is in some tables."""

    def text(self, report: str) -> str:
        """A report's text. Raises UsageError when it is not there."""

    def links(self) -> Links:
        """All derived rows."""

    def records(self, table: type[T], where: Where | None = None, search: str | None = None) -> Iterator[T]:
        """The rows of the table that holds this type, one at a time.

        ``where`` compares columns; a part compares by its words, a list by any of its items.
        ``search`` keeps the rows whose evidence touches a passage with all the words. Raises UsageError
        for a column that is not there.
        """

    def rows(self, table: Table, where: Where | None = None, search: str | None = None) -> Iterator[Struct]:
        """The same, for a table by its name."""

    def find(self, prefix: str) -> list[Found]:
        """The rows whose id begins with ``prefix``, in all tables."""

    def get(self, found: Found) -> Struct:
        """A row. Raises UsageError when there is none."""

    def members(self, table: Table) -> dict[str, str]:
        """For each record that a row of a derived table rests on, that row's id."""

    def member_of(self, table: Table, record: str) -> str | None:
        """The id of the row of a derived table that rests on a record, if any."""

    def resting_on(self, id: str) -> list[Found]:
        """The derived rows that rest on a record."""

    def search(self, words: str) -> Iterator[Hit]:
        """The passages that hold all the words, by report and place in it."""

    def verify(self) -> Iterator[Broken]:
        """Check every quote and part against its text, and everything that derived rows rest on."""


class Writer(Protocol):
    """Writing a ledger."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is there afterwards, or none of it."""

    def admit(self, report: Report, pending: Mapping[str, Report]) -> Admission:
        """Name a report before it is read: known already, new, or a revision under an id of its own.

        ``pending`` holds, by id, the reports that are admitted and not yet written.
        """

    def add(self, reports: Iterable[AnnotatedReport], setup: Setup, replace: bool = False) -> list[Outcome]:
        """Write reports with all their records, in one transaction.

        A report that is there already changes nothing unless ``replace`` asks for its records to be
        written anew. Raises EvidenceError, and writes nothing, when a record does not quote its text.
        """

    def replace_links(self, links: Links, but: Collection[Table] = ()) -> None:
        """Put these derived rows in place of all others, in one transaction, but for those of some tables."""

    def note(self, inputs: Iterable[Input]) -> None:
        """Write down how inputs ended; what is written already stays as it is, but for its digest and offset.

        An input that ended otherwise before is no longer quarantined for the earlier reason.
        """

    def append(self, row: Judgement | Rating) -> None:
        """Add a judgement or rating; it can never be changed. The same one twice is one."""


class ParseStore(Protocol):
    """Keeps bytes under digests: the parses of passages."""

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys."""

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Keep these; what is kept already stays."""


class CopyStore(Protocol):
    """Keeps the copies between pairs of reports, and the index by which they are looked for."""

    def words(self) -> "StoredIndex":
        """The index by which copies are looked for."""

    def linked_with(self) -> str | None:
        """What the copies were found with, or None where they are to be found anew."""

    def begin_links(self, maker: str) -> None:
        """Let go of all copies and of their index, to find them anew with a maker of that name."""

    def copied(self, reports: Sequence[str]) -> set[tuple[str, str]]:
        """The pairs of these reports, or reports alone, that hold copies; ids in order."""

    def replace_copies(
        self, pairs: Sequence[tuple[str, str]], copies: Sequence[Copy], changes: Sequence[Change]
    ) -> None:
        """Put these copies in place of all that pairs of reports (ids in order) have, in one transaction."""


class KnowledgeFile(Struct, frozen=True, kw_only=True):
    """A file of imported knowledge: its name as given, the digest of its bytes and of how it was read, and counts."""

    name: str
    digest: str
    form: str
    actors: int
    offices: int
    refused: int


class KnowledgeStore(Protocol):
    """Keeps the actors of imported files, whatever they are made of, as JSON."""

    def knowledge_files(self) -> list[KnowledgeFile]:
        """The imported files, in the order in which they were imported."""

    def imported_actors(self) -> list[str]:
        """The actors of all imported files, file by file."""

    def import_knowledge(self, file: KnowledgeFile, actors: Iterable[str]) -> None:
        """Keep the actors of a file in place of those of an earlier file of that name."""

    def forget_knowledge(self, name: str) -> bool:
        """Let go of a file's actors; whether there was such a file."""


class Store(View, Writer, ParseStore, CopyStore, KnowledgeStore, Protocol):
    """A ledger, open."""

    def close(self) -> None:
        """Let go of the file."""
