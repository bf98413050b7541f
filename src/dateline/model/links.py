"""Links: rows derived across reports. All are rebuildable from reports, records and judgements."""

from msgspec import Struct, field

from dateline.model.span import Span
from dateline.model.vocab import (
    ChangeKind,
    ConflictKind,
    ConflictRelation,
    Direction,
    EntityKind,
    Sex,
    Stance,
    Status,
    Verdict,
)


class Derived(Struct, frozen=True, kw_only=True):
    """What every derived row carries: the records it rests on, and why."""

    id: str
    because: str
    score: float = 1.0
    producer: str
    version: str
    rests_on: tuple[str, ...]


class Suggestion(Struct, frozen=True):
    """A name that might be meant, never put in place of the report's own."""

    name: str
    score: float
    because: str


class Entity(Derived, frozen=True, kw_only=True):
    """One thing across reports. ``rests_on`` are the referents that name it."""

    name: str
    kind: EntityKind
    names: tuple[str, ...]
    country: str | None = None
    sector: str | None = None
    roles: tuple[str, ...] = ()
    sex: Sex | None = None
    wikidata: str | None = None
    suggestions: tuple[Suggestion, ...] = ()


class Site(Struct, frozen=True):
    """A stretch of one report's text."""

    report: str
    span: Span


class Copy(Derived, frozen=True, kw_only=True):
    """Two passages, one derived from the other or both from one origin. ``rests_on`` are the passages."""

    a: Site
    b: Site
    verdict: Verdict
    direction: Direction = Direction.UNKNOWN


class Change(Derived, frozen=True, kw_only=True):
    """A difference in substance between the passages of a copy. Empty spans mark what one side lacks."""

    copy: str
    kind: ChangeKind
    a_start: int
    a_end: int
    a_text: str
    b_start: int
    b_end: int
    b_text: str


class Lineage(Derived, frozen=True, kw_only=True):
    """How much of a report (by its words, 0..1) is found in another, or in an origin nobody has seen."""

    report: str
    from_report: str | None
    latent_origin: str | None = None
    share: float
    direction: Direction


class Utterance(Derived, frozen=True, kw_only=True):
    """One act of saying as told by one or several reports."""

    speaker: str | None
    statements: tuple[str, ...]
    reports: tuple[str, ...]


class Storyline(Derived, frozen=True, kw_only=True):
    """Reports on one course of events."""

    title: str
    reports: tuple[str, ...]
    from_: str | None = field(default=None, name="from")
    to: str | None = None


class FigureClaim(Struct, frozen=True, kw_only=True):
    """What one claimant gives for one effect: never a best estimate."""

    effect: str | None
    counted: str | None
    low: float | None
    high: float | None
    claimant: str | None
    claimant_is_party: bool | None
    figures: tuple[str, ...]


class Incident(Derived, frozen=True, kw_only=True):
    """One event as told by one or several reports. Origins count what could be told apart as sources."""

    type: str
    mode: str | None
    place: str | None
    from_: str | None = field(default=None, name="from")
    to: str | None = None
    status: Status
    events: tuple[str, ...]
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    origins_low: int
    origins_high: int
    claimants: tuple[str, ...]
    figures: tuple[FigureClaim, ...]
    seen_as: str | None = None


class Conflict(Derived, frozen=True, kw_only=True):
    """Two accounts that do not fit. ``left`` and ``right`` are record ids."""

    kind: ConflictKind
    relation: ConflictRelation
    left: str
    right: str


class Position(Derived, frozen=True, kw_only=True):
    """Which actor stands where on an issue, first and last said."""

    actor: str
    issue: str
    stance: Stance
    statements: tuple[str, ...]
    from_: str | None = field(default=None, name="from")
    to: str | None = None


class Links(Struct, frozen=True, kw_only=True):
    """Everything that linking derives, one field a table."""

    entities: tuple[Entity, ...] = ()
    copies: tuple[Copy, ...] = ()
    changes: tuple[Change, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    storylines: tuple[Storyline, ...] = ()
    incidents: tuple[Incident, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    positions: tuple[Position, ...] = ()
