"""The reports together, looked up from every side: what the linking rooms share."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.link.credits import Credits
from dateline.model.links import Copy, Entity
from dateline.model.records import AnnotatedReport, Event, Figure, Part, Statement
from dateline.model.report import Report
from dateline.model.vocab import PassageKind, Precision

_WIDE = frozenset({Precision.COUNTRY, Precision.REGION, Precision.SEA, Precision.LINE})
"""Places too wide to tell that two events are one."""


class Told(Struct, frozen=True):
    """An event with its report, the passage that holds it, and who is behind it, as entities where known.

    ``narrow`` is whether the place is near enough to tell events apart by it.
    """

    event: Event
    annotated: AnnotatedReport
    passage: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    claimant: str | None
    narrow: bool

    @property
    def report(self) -> Report:
        """The report that tells the event."""
        return self.annotated.report

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day on which it may have happened, as the report tells; None when it does not."""
        return days(self.event.from_, self.event.to)


class World:
    """Reports, entities and copies, indexed. Built once a linking; nothing in it changes."""

    def __init__(self, reports: Sequence[AnnotatedReport], entities: Iterable[Entity], copies: Iterable[Copy]) -> None:
        self.reports = {one.report.id: one for one in reports}
        self.entities = {entity.id: entity for entity in entities}
        self._entity_of = {referent: entity.id for entity in self.entities.values() for referent in entity.rests_on}
        self.statements: dict[str, Statement] = {s.id: s for one in reports for s in one.statements}
        self.figures: dict[str, list[tuple[Figure, AnnotatedReport]]] = {}
        for one in reports:
            for figure in one.figures:
                if figure.event:
                    self.figures.setdefault(figure.event, []).append((figure, one))
        self.credits = Credits(reports)
        self.copies: dict[tuple[str, str], list[Copy]] = {}
        self.partners: dict[str, set[str]] = {}
        self._wide = {p.id for one in reports for p in one.places if p.precision in _WIDE or p.precision is None}
        for copy in copies:
            self.copies.setdefault((copy.a.report, copy.b.report), []).append(copy)
            first, last = copy.rests_on[0], copy.rests_on[-1]
            self.partners.setdefault(first, set()).add(last)
            self.partners.setdefault(last, set()).add(first)

    def entity(self, part: Part | None) -> str | None:
        """The entity that a part names, by its referent; None where it is not known."""
        return self.entity_of(part.referent) if part is not None else None

    def entity_of(self, referent: str | None) -> str | None:
        """The entity of a referent; None where there is none."""
        return self._entity_of.get(referent) if referent else None

    def named(self, part: Part | None) -> str | None:
        """A part's entity, else its words in small letters: enough to tell same from other."""
        if part is None:
            return None
        return self.entity(part) or " ".join(part.text.lower().split()) or None

    def name(self, key: str | None, part: Part | None = None) -> str | None:
        """The name to show for what ``named`` gave."""
        entity = self.entities.get(key) if key else None
        return entity.name if entity else part.text if part is not None else key

    def telling(self, key: str) -> bool:
        """Whether what ``named`` gave says who is meant: an entity, or more than one word ("them" does not)."""
        return key in self.entities or " " in key

    def events(self) -> list[Told]:
        """All events that stand outside captions, in order of report and text."""
        told: list[Told] = []
        for _, one in sorted(self.reports.items()):
            spans = [(p.evidence.span.start, p.evidence.span.end, p) for p in one.passages]
            at = 0
            for event in sorted(one.events, key=lambda e: (e.trigger.span, e.id)):
                while at < len(spans) and spans[at][1] <= event.trigger.span.start:
                    at += 1
                passage = spans[at][2] if at < len(spans) and spans[at][0] <= event.trigger.span.start else None
                if passage is None or passage.kind is not PassageKind.CAPTION:
                    told.append(self._told(event, one, passage.id if passage else None))
        return told

    def _told(self, event: Event, one: AnnotatedReport, passage: str | None) -> Told:
        statement = self.statements.get(event.statement) if event.statement else None
        claimant = self.named(statement.speaker) if statement else None
        narrow = event.place is not None and event.place_record is not None and event.place_record not in self._wide
        return Told(event, one, passage, self._parties(event.actors), self._parties(event.recipients), claimant, narrow)

    def _parties(self, parties: Iterable[Part]) -> frozenset[str]:
        return frozenset(name for party in parties if (name := self.named(party)))


def days(start: str | None, end: str | None) -> tuple[date, date] | None:
    """The days that two ISO dates or date-times span; an end that is missing or unreadable leaves the start."""
    first, last = _day(start), _day(end)
    if first is None and last is None:
        return None
    first, last = first or last or date.min, last or first or date.max
    return (first, last) if first <= last else (last, first)


def near(a: tuple[date, date] | None, b: tuple[date, date] | None, slack: int) -> bool:
    """Whether two intervals of days come within ``slack`` days of each other; an unknown one fits any."""
    if a is None or b is None:
        return True
    by = timedelta(days=slack)
    return a[0] - by <= b[1] and b[0] - by <= a[1]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
