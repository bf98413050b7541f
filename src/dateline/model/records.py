"""Records: rows drawn from one report, each tied to the words it came from."""

from typing import Any, Self

import msgspec
from msgspec import Struct, field

from dateline.errors import EvidenceError
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import (
    Act,
    Bound,
    Certainty,
    ConditionKind,
    CueClass,
    DoubtKind,
    Effect,
    EntityKind,
    EventBasis,
    Label,
    PassageKind,
    Polarity,
    Precision,
    ReadStatus,
    Relation,
    Sex,
    Stage,
    StatementKind,
    Status,
    TimeBasis,
    TimeType,
    Voice,
)


class Evidence(Struct, frozen=True):
    """The words that a record rests on, and the rule set that read them."""

    report: str
    span: Span
    quote: str
    producer: str
    version: str

    def check(self, text: str) -> None:
        """Raise EvidenceError unless the report's text holds the quote at the span."""
        if self.span.of(text) != self.quote or self.span.end > len(text):
            raise EvidenceError(
                f"report {self.report} does not read {self.quote[:60]!r} at {self.span.start}-{self.span.end}"
            )


class Part(Struct, frozen=True, kw_only=True):
    """A piece of a record with its own words: a speaker, a cue, an actor.

    ``span`` is the hull of ``spans``; ``referent`` is the report-local thing that it names, if known.
    ``stands_for`` are the words of the report that a pronoun or role without a referent stands for ("a witness" of
    "who").
    """

    text: str
    span: Span
    spans: tuple[Span, ...]
    referent: str | None = None
    stands_for: str | None = None

    @classmethod
    def at(cls, text: str, *spans: Span, referent: str | None = None) -> "Part":
        """The part of a report's text at the given spans (at least one), in order."""
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
        return cls(text=span.of(text), span=span, spans=tuple(sorted(spans)), referent=referent)


class Party(Part, frozen=True, kw_only=True):
    """An actor or recipient of an event: its words, country (ISO 3166-1 alpha-3) and PLOVER sector."""

    country: str | None = None
    sector: str | None = None


class Condition(Part, frozen=True, kw_only=True):
    """Under what condition an event was: how long, at gunpoint, under armed escort, without observers."""

    kind: ConditionKind


class Record(Struct, frozen=True, kw_only=True):
    """What every row drawn from a report carries.

    ``because`` names the rule and what it saw, in words for people; ``score`` is 0..1.
    """

    id: str
    evidence: Evidence
    because: str
    score: float = 1.0


class Passage(Record, frozen=True, kw_only=True):
    """A headline, standfirst, paragraph, caption, bullet or block quotation."""

    kind: PassageKind


class Mention(Record, frozen=True, kw_only=True):
    """An occurrence of a name. ``actor`` is the id of the known actor that it resolves to, if any."""

    label: Label
    referent: str | None = None
    actor: str | None = None


class Quotation(Record, frozen=True, kw_only=True):
    """A stretch between quotation marks. The evidence span covers the marks; ``inside`` does not.

    ``closed`` is False when the passage ended before the closing mark.
    ``scare`` marks words held at arm's length ("referendums") rather than quoted from somebody.
    """

    passage: int
    inside: Span
    closed: bool
    scare: bool = False


class Referent(Struct, frozen=True, kw_only=True):
    """One thing within a report, under all its mentions. ``id`` is its first mention's id."""

    id: str
    report: str
    name: str
    kind: EntityKind
    mentions: tuple[str, ...]
    because: str
    score: float = 1.0
    sex: Sex | None = None
    plural: bool = False
    roles: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    actor: str | None = None


class Statement(Record, frozen=True, kw_only=True):
    """An act of saying (or an attitude). The evidence span is the hull of speaker, cue and content."""

    speaker: Part | None
    cue: Part | None
    content: tuple[Span, ...]
    kind: StatementKind
    cue_class: CueClass
    voice: Voice
    via: tuple[Part, ...] = ()
    addressee: Part | None = None
    venue: Part | None = None
    act: Act = Act.ASSERT
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    about: tuple[str, ...] = ()
    said_on: str | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A reported quantity. ``low`` and ``high`` are the interval that the bound allows; None is open."""

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None = None
    si_value: float | None = None
    si_unit: str | None = None
    counted: str | None = None
    effect: Effect | None = None
    base: str | None = None
    comparator: str | None = None
    realised: bool | None = None
    claimant: Part | None = None
    claimant_is_party: bool | None = None
    event: str | None = None
    statement: str | None = None


class Time(Record, frozen=True, kw_only=True):
    """A time expression. ``from_`` and ``to`` are ISO dates or date-times, both inclusive."""

    type: TimeType
    value: str
    from_: str | None = field(default=None, name="from")
    to: str | None = None
    basis: TimeBasis


class Candidate(Struct, frozen=True):
    """Another thing that a name could mean, with its score and reason."""

    id: str
    name: str
    score: float
    because: str


class Place(Record, frozen=True, kw_only=True):
    """A place name. Coordinates are WGS 84 degrees, or None when unresolved.

    ``disputed`` is the id of the disputed area that it lies in (``data/boundaries``); ``country`` then follows the
    boundary policy.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = None
    precision: Precision | None = None
    metonym: bool = False
    candidates: tuple[Candidate, ...] = ()
    disputed: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """What happened, is planned, or is said to: PLOVER type, mode and contexts, with who did it to whom.

    ``place`` is the place in the report's words and ``place_record`` its resolved row; ``scale`` is Goldstein-like.
    """

    trigger: Part
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: str | None = None
    place_record: str | None = None
    place_basis: EventBasis = EventBasis.NONE
    from_: str | None = field(default=None, name="from")
    to: str | None = None
    time_basis: EventBasis = EventBasis.NONE
    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    stage: Stage | None = None
    voice: Voice = Voice.REPORTER
    statement: str | None = None
    quad: str | None = None
    scale: float | None = None
    conditions: tuple[Condition, ...] = ()


class State(Record, frozen=True, kw_only=True):
    """A relation that holds for a time, as the report tells it."""

    subject: Part
    relation: Relation
    object: Part
    from_: str | None = field(default=None, name="from")
    to: str | None = None
    status: Status = Status.ONGOING
    polarity: Polarity = Polarity.AFFIRMED
    voice: Voice = Voice.REPORTER
    statement: str | None = None


class Doubt(Record, frozen=True, kw_only=True):
    """Something in the text that looks wrong. ``record`` is the row that it touches, if any."""

    kind: DoubtKind
    record: str | None = None
    suggestion: str | None = None


class Failure(Struct, frozen=True):
    """An extractor that broke on one passage (or, with passage None, on the whole report)."""

    extractor: str
    passage: int | None
    error: str


class Head(Struct, frozen=True, kw_only=True):
    """The place-and-date line at the head of a report, and the dates that might be its publication date."""

    dateline: Part | None = None
    place: str | None = None
    date: str | None = None
    agency: str | None = None
    date_candidates: tuple[Part, ...] = ()


class AnnotatedReport(Struct, frozen=True, kw_only=True):
    """A report with everything that was read from it, one layer a table, in order of the text."""

    report: Report
    status: ReadStatus = ReadStatus.READ
    head: Head = Head()
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    referents: tuple[Referent, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    states: tuple[State, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    failures: tuple[Failure, ...] = ()

    def replace(self, **layers: Any) -> Self:
        """The same report with the named layers replaced."""
        return msgspec.structs.replace(self, **layers)

    @property
    def text(self) -> str:
        """The report's text, which every span counts in."""
        return self.report.text

    def referent(self, id: str | None) -> Referent | None:
        """The referent of that id, or None."""
        return next((r for r in self.referents if r.id == id), None) if id else None
