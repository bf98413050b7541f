"""The brief: everything an analyst looks at first, on one page, every line footnoted."""

from collections.abc import Iterable

from dateline.knowledge.handle import Knowledge
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import PassageKind, ReadStatus
from dateline.views.material import Material, Notes
from dateline.views.page import Brief, Note, ReportText
from dateline.views.sections.copying import captions, copies
from dateline.views.sections.figures import figures
from dateline.views.sections.incidents import background, incidents, planned
from dateline.views.sections.questions import conflicts, doubts, unresolved
from dateline.views.sections.sayings import positions, statements, states
from dateline.views.words import DASH, count, day, days

SECTIONS = (
    incidents,
    planned,
    conflicts,
    statements,
    positions,
    states,
    figures,
    copies,
    doubts,
    background,
    captions,
    unresolved,
)


def make_brief(reports: Iterable[AnnotatedReport], links: Links, knowledge: Knowledge) -> Brief:
    """The brief of the given reports and their links; the same for any order of the reports.

    First the incidents, then what is planned and not yet seen, conflicting accounts, statements by speaker,
    positions, states, figures by claimant, copies and what they changed, doubts, background, captions (outside every
    count), and what was not resolved.
    """
    material = Material(reports, links, knowledge)
    notes = Notes(material)
    sections = tuple(section(material, notes) for section in SECTIONS)
    by_report: dict[str, list[Note]] = {}
    for note in notes.notes:
        by_report.setdefault(note.report, []).append(note)
    texts = tuple(_text(one, material, by_report.get(one.report.id, [])) for one in material.reports)
    return Brief(
        title=_title(material),
        facts=tuple(_facts(material)),
        sections=sections,
        notes=tuple(notes.notes),
        reports=texts,
    )


def _title(material: Material) -> str:
    dates = [one.report.published for one in material.reports if one.report.published]
    if not dates:
        return f"Brief of {count(len(material.reports), 'report')}"
    span = days(min(d.first for d in dates).isoformat(), max(d.last for d in dates).isoformat())
    return f"Brief of {count(len(material.reports), 'report')}, {span}"


def _facts(material: Material) -> Iterable[tuple[str, str]]:
    reports = material.reports
    named = {one.report.source for one in reports if one.report.source}
    unknown = sum(one.report.source is None for one in reports)
    unread = sum(one.status is not ReadStatus.READ for one in reports)
    yield "reports", str(len(reports))
    yield "publishers named", f"{len(named)}" + (f" ({count(unknown, 'report')} without)" if unknown else "")
    if unread:
        yield "unread (not in English)", str(unread)
    yield "incidents", str(len(material.links.incidents))
    yield "statements", str(sum(len(one.statements) for one in reports))
    yield "copies", str(len(material.links.copies))
    yield "changes in copies", str(len(material.links.changes))
    yield "doubts", str(sum(len(one.doubts) for one in reports))
    yield "captions", str(sum(p.kind is PassageKind.CAPTION for one in reports for p in one.passages))


def _text(one: AnnotatedReport, material: Material, notes: list[Note]) -> ReportText:
    report = one.report
    parts = [report.source or "publisher unknown", _dated(one)]
    if report.agency or one.head.agency:
        parts.append(f"credits {report.agency or one.head.agency}")
    if one.status is not ReadStatus.READ:
        parts.append(f"not read: language {report.language}")
    return ReportText(
        id=report.id,
        label=material.label(report.id),
        title=report.title or (one.passages[0].evidence.quote if one.passages else report.id),
        line=", ".join(parts),
        text=report.text,
        judging=material.judging(report.id),
        notes=tuple(sorted(notes, key=lambda note: (note.span.start, -note.span.end, note.number))),
    )


def _dated(one: AnnotatedReport) -> str:
    published = one.report.published
    if published is None:
        return "date unknown"
    shown = days(published.first.isoformat(), published.last.isoformat())
    return shown if shown != DASH else day(published.value)
