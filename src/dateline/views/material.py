"""The records and links that a view is drawn from, with the look-ups that every section needs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

from dateline.judge.ratings import ultimate_sources
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.loaded import loaded
from dateline.matching.sentences import sentences
from dateline.model.judgements import Rating
from dateline.model.links import Change, Entity, Incident, Links
from dateline.model.records import (
    AnnotatedReport,
    Event,
    Figure,
    Part,
    Passage,
    Place,
    Record,
    Referent,
    Statement,
)
from dateline.model.span import Span, hull
from dateline.model.vocab import Direction, EntityKind, PassageKind, Verdict
from dateline.views.grades import Grades
from dateline.views.page import Note
from dateline.views.revisions import Revised, revised
from dateline.views.words import DASH, day, days

R = TypeVar("R", bound=Record)
_HASH = re.compile(r"[0-9a-f]{20}")


class Material:
    """Annotated reports in order of publication, with what linking derived from them."""

    def __init__(
        self,
        reports: Iterable[AnnotatedReport],
        links: Links,
        knowledge: Knowledge,
        ratings: Iterable[Rating] = (),
    ) -> None:
        self.reports = tuple(sorted(reports, key=_published))
        self.links = links
        self.loaded = loaded(knowledge)
        self.grades = Grades(ratings)
        self._cut: dict[str, tuple[Span, ...]] = {}
        self._heated: dict[str, tuple[Span, ...]] = {}

    @cached_property
    def by_id(self) -> dict[str, AnnotatedReport]:
        """The reports by their ids."""
        return {one.report.id: one for one in self.reports}

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each report stands in order of publication."""
        return {one.report.id: n for n, one in enumerate(self.reports)}

    @cached_property
    def first_published(self) -> date | None:
        """The day on which the first dated report was published, or None where none has a date."""
        return min((one.report.published.first for one in self.reports if one.report.published), default=None)

    @cached_property
    def events(self) -> dict[str, Event]:
        """All events by id."""
        return self._index("events")

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements by id."""
        return self._index("statements")

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """All figures by id."""
        return self._index("figures")

    @cached_property
    def places(self) -> dict[str, Place]:
        """All places by id."""
        return self._index("places")

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """All passages by id."""
        return self._index("passages")

    @cached_property
    def records(self) -> dict[str, Record]:
        """Every record by id."""
        layers = (
            "passages",
            "mentions",
            "statements",
            "figures",
            "times",
            "places",
            "events",
            "states",
            "doubts",
        )
        return {record.id: record for one in self.reports for layer in layers for record in getattr(one, layer)}

    @cached_property
    def referents(self) -> dict[str, Referent]:
        """Every referent by id."""
        return {referent.id: referent for one in self.reports for referent in one.referents}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entity of each referent."""
        return {member: entity for entity in self.links.entities for member in entity.rests_on}

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """The incident that each event belongs to."""
        return {event: incident for incident in self.links.incidents for event in incident.events}

    @cached_property
    def changes(self) -> dict[str, tuple[Change, ...]]:
        """What each copy changed."""
        found: dict[str, list[Change]] = {}
        for change in self.links.changes:
            found.setdefault(change.copy, []).append(change)
        return {copy: tuple(some) for copy, some in found.items()}

    @cached_property
    def parents(self) -> dict[str, frozenset[str]]:
        """The reports that each is known to follow."""
        found: dict[str, set[str]] = {}
        for one in self.links.lineage:
            if one.from_report is not None and one.direction is not Direction.UNKNOWN:
                found.setdefault(one.report, set()).add(one.from_report)
        return {report: frozenset(some) for report, some in found.items()}

    @cached_property
    def ultimate(self) -> dict[str, str | None]:
        """Whom each report is from in the end: the agency that it carries, else its outlet."""
        told = [(one.report.source, one.report.agency or one.head.agency) for one in self.reports]
        return dict(zip(self.by_id, ultimate_sources(told), strict=True))

    @cached_property
    def revised(self) -> dict[str, Revised]:
        """The claims that a later text at one address changed or no longer tells, by record."""
        return revised(self.reports, self.links)

    @cached_property
    def told_in(self) -> dict[tuple[str, str], tuple[Span, ...]]:
        """The stretches of a report that another tells too, by the two."""
        found: dict[tuple[str, str], list[Span]] = {}
        for copy in self.links.copies:
            for mine, other in ((copy.a, copy.b), (copy.b, copy.a)):
                found.setdefault((mine.report, other.report), []).append(mine.span)
        return {pair: tuple(spans) for pair, spans in found.items()}

    @cached_property
    def _partners(self) -> dict[str, set[str]]:
        """For each report those that share a passage with it, words quoted in both aside."""
        found: dict[str, set[str]] = {}
        for copy in self.links.copies:
            if copy.a.report != copy.b.report and copy.verdict is not Verdict.SHARED_QUOTE:
                found.setdefault(copy.a.report, set()).add(copy.b.report)
                found.setdefault(copy.b.report, set()).add(copy.a.report)
        return found

    def copying(self, reports: Iterable[str]) -> int:
        """How many pairs of these reports retell a passage of one another."""
        among = set(reports)
        return sum(len(among & self._partners.get(report, set())) for report in among) // 2

    @cached_property
    def _captions(self) -> dict[str, list[Span]]:
        return {
            one.report.id: [p.evidence.span for p in one.passages if p.kind is PassageKind.CAPTION]
            for one in self.reports
        }

    def in_caption(self, record: Record) -> bool:
        """Whether a record's words stand in a photo caption."""
        spans = self._captions.get(record.evidence.report, ())
        return any(span.overlaps(record.evidence.span) for span in spans)

    def each(self, layer: str, kind: type[R]) -> Iterator[R]:
        """The records of one layer over all reports, in order."""
        for one in self.reports:
            yield from getattr(one, layer)

    def entity(self, part: Part | None) -> Entity | None:
        """The entity that a part names, if it is resolved."""
        return self.entities.get(part.referent) if part and part.referent else None

    def named(self, part: Part | None) -> str:
        """A part's own words, with the resolved name beside them where that says more."""
        if part is None:
            return ""
        surface = " ".join(part.text.split())
        referent, entity = self.referents.get(part.referent or ""), self.entity(part)
        if entity and entity.kind is EntityKind.GOVERNMENT:
            name = entity.name
        else:
            name = referent.name if referent else " ".join((part.stands_for or "").split())
        return f"{name} (“{surface}”)" if name and name.casefold() not in surface.casefold() else surface

    def judging(self, report: str) -> tuple[Span, ...]:
        """The evaluative words of the reporter: those outside quotation marks and outside what others say."""
        one = self.by_id[report]
        return tuple(self.loaded.find(one.text, self._spoken(one)))

    def heated(self, report: str) -> tuple[Span, ...]:
        """The same with the words that judge what they tell: "massacred"."""
        if report not in self._heated:
            one = self.by_id[report]
            self._heated[report] = tuple(self.loaded.find(one.text, self._spoken(one), telling=True))
        return self._heated[report]

    @staticmethod
    def _spoken(one: AnnotatedReport) -> list[Span]:
        quoted = [quotation.evidence.span for quotation in one.quotations]
        return quoted + [span for statement in one.statements for span in statement.content]

    def sentence(self, record: Record) -> Span:
        """The sentence (or run of sentences) of the report that holds a record's words."""
        report = record.evidence.report
        holding = [span for span in self._sentences(report) if span.overlaps(record.evidence.span)]
        return hull(holding) if holding else record.evidence.span

    def words(self, record: Record) -> str:
        """The sentence that holds a record's words, on one line."""
        return " ".join(self.sentence(record).of(self.by_id[record.evidence.report].text).split())

    def label(self, report: str) -> str:
        """A report's short name: the id that it was given, or the beginning of its content hash."""
        return report[:8] if _HASH.fullmatch(report) else report

    def dated(self, report: str) -> str:
        """When a report was published, in words; a dash where the report is not here."""
        one = self.by_id.get(report)
        if one is None:
            return DASH
        published = one.report.published
        if published is None:
            return "date unknown"
        shown = days(published.first.isoformat(), published.last.isoformat())
        return shown if shown != DASH else day(published.value)

    def _sentences(self, report: str) -> tuple[Span, ...]:
        if report not in self._cut:
            one = self.by_id[report]
            spans = [p.evidence.span for p in one.passages]
            cut = (s.shift(span.start) for span in spans for s in sentences(span.of(one.text)))
            self._cut[report] = tuple(cut)
        return self._cut[report]

    def _index(self, layer: str) -> dict[str, R]:
        return {record.id: record for one in self.reports for record in getattr(one, layer)}


class Notes:
    """Numbers footnotes in order of first use; the same words of one report keep one number."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._numbers: dict[tuple[str, Span], int] = {}
        self.notes: list[Note] = []

    def to(self, record: Record) -> int:
        """The number of the footnote to a record's words."""
        evidence = record.evidence
        key = (evidence.report, evidence.span)
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(
                Note(
                    number=self._numbers[key],
                    report=evidence.report,
                    span=evidence.span,
                    quote=evidence.quote,
                    context=self._context(record),
                    record=record.id,
                )
            )
        return self._numbers[key]

    def all(self, records: Sequence[Record | None]) -> tuple[int, ...]:
        """The footnotes of several records, each once, in order."""
        numbers = [self.to(record) for record in records if record is not None]
        return tuple(dict.fromkeys(numbers))

    def _context(self, record: Record) -> str:
        span, words = self._material.sentence(record), record.evidence.span
        text = self._material.by_id[record.evidence.report].text
        around = text[span.start : words.start] + "⟦" + record.evidence.quote + "⟧" + text[words.end : span.end]
        return " ".join(around.split())


def _published(one: AnnotatedReport) -> tuple[str, str]:
    published = one.report.published
    return (published.first.isoformat() if published else "9999", one.report.id)
