"""The brief: everything an analyst looks at first, on one page, every line footnoted."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.knowledge.handle import Knowledge
from dateline.link.wording import opening
from dateline.model.judgements import Rating
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import PassageKind, ReadStatus
from dateline.run.asof import Known
from dateline.views.material import Material, Notes
from dateline.views.page import Brief, Note, ReportText
from dateline.views.sections.boundaries import boundaries
from dateline.views.sections.copying import captions, copies, lineage, storylines
from dateline.views.sections.figures import figures
from dateline.views.sections.incidents import background, incidents, planned
from dateline.views.sections.processes import processes
from dateline.views.sections.questions import conflicts, doubts, unresolved
from dateline.views.sections.revisions import revisions
from dateline.views.sections.sayings import positions, statements, states
from dateline.views.words import count, day, days

SECTIONS = (
    incidents,
    planned,
    processes,
    conflicts,
    statements,
    positions,
    states,
    figures,
    copies,
    lineage,
    storylines,
    revisions,
    doubts,
    background,
    captions,
    unresolved,
)

MOST_NAMED = 12
"""Reports left out that are named; the others are counted."""


def make_brief(
    reports: Iterable[AnnotatedReport],
    links: Links,
    knowledge: Knowledge,
    ratings: Iterable[Rating] = (),
    known: Known | None = None,
) -> Brief:
    """The brief of the given reports and their links; the same for any order of the reports.

    First the incidents, then what is planned and not yet seen, how far processes got, conflicting accounts, statements
    by speaker, positions, states, figures by claimant, copies and what they changed, lineage, storylines, revisions,
    doubts, background, captions (outside every count), what was not resolved, and the disputed areas that places lie
    in.
    ``known`` says by which day the reports were there and which were left out; that stands at the head.
    """
    material = Material(reports, links, knowledge, ratings)
    notes = Notes(material)
    sections = (*(one(material, notes) for one in SECTIONS), boundaries(material, notes, knowledge.boundaries))
    by_report: dict[str, list[Note]] = {}
    for note in notes.notes:
        by_report.setdefault(note.report, []).append(note)
    texts = tuple(_text(one, material, by_report.get(one.report.id, [])) for one in material.reports)
    policy = ("boundaries", knowledge.boundary_policy.replace("_", " "))
    return Brief(
        title=_title(material) + (f", as of {day(known.day.isoformat())}" if known else ""),
        scope=tuple(_scope(known, material)) if known else (),
        facts=(*_facts(material), policy),
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


def _scope(known: Known, material: Material) -> Iterator[str]:
    """By which day the brief knows what it knows, and which reports it therefore leaves out."""
    yield f"Only what was {known.clock} by the end of {day(known.day.isoformat())} is told and linked here."
    yield f"Left out, {known.clock} later or perhaps later: {_listed(known.later, material)}."
    yield f"Left out, not known when {known.clock}: {_listed(known.undated, material)}."


def _listed(ids: Sequence[str], material: Material) -> str:
    if not ids:
        return "none"
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return f"{count(len(ids), 'report')} ({', '.join(map(material.label, ids[:MOST_NAMED]))}{more})"


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
    parts = [report.source or "publisher unknown", material.dated(report.id)]
    if report.agency or one.head.agency:
        parts.append(f"credits {report.agency or one.head.agency}")
    if one.status is not ReadStatus.READ:
        parts.append(f"not read: language {report.language}")
    return ReportText(
        id=report.id,
        label=material.label(report.id),
        title=report.title or opening(one),
        line=", ".join(parts),
        text=report.text,
        judging=material.judging(report.id),
        notes=tuple(sorted(notes, key=lambda note: (note.span.start, -note.span.end, note.number))),
    )
