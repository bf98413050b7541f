"""Copies and what they changed, lineage and storylines; photo captions in a tray of their own."""

from dateline.model.vocab import PassageKind
from dateline.views.copies import CopyRow, change_shown, copy_rows
from dateline.views.lineage import lineage_rows
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.storylines import storyline_rows
from dateline.views.words import DASH, shorten


def copies(material: Material, notes: Notes) -> Section:
    """Passages that retell one another, with the differences in substance."""
    return Section(
        key="copies",
        title="Copies and what they changed",
        intro="A copy is not a witness. Pairs whose facts differ come first.",
        columns=("Reports", "Verdict", "Direction", "Changed", "First", "Second"),
        rows=tuple(_row(row, material, notes) for row in copy_rows(material) if not row.captions),
        empty="No copying found.",
    )


def lineage(material: Material, notes: Notes) -> Section:
    """How much of a report is found in another, and which of the two followed."""
    rows = [row for row in lineage_rows(material) if row.relation in ("derives from", "shares with", "revises")]
    return Section(
        key="lineage",
        title="Which report derives from which",
        intro="The share is that of the report's own words. Where neither is known to be first, none is said to be.",
        columns=("Report", "Relation", "Other report or source", "Share", "Changed", "Why"),
        rows=tuple(
            Row(
                id=row.lineage or row.report,
                cells=(
                    material.label(row.report),
                    row.relation,
                    f"{row.other}, not seen" if row.latent else material.label(row.other),
                    DASH if row.share is None else f"{row.share:.0%}",
                    ", ".join(row.changes) or DASH,
                    row.why,
                ),
                notes=(),
                why=row.why,
            )
            for row in sorted(rows, key=lambda row: (row.report, -(row.share or 0.0), row.other))
            if row.report == row.of or row.of is None
        ),
        empty="No report was found to derive from another.",
    )


def storylines(material: Material, notes: Notes) -> Section:
    """The reports on one course of events."""
    return Section(
        key="storylines",
        title="Storylines",
        intro="Reports on one course of events, with how many pairs of them retell one another.",
        columns=("When", "Storyline", "Sources", "Reports", "Why"),
        rows=tuple(
            Row(
                id=row.storyline,
                cells=(row.when, row.title, row.sources, ", ".join(map(material.label, row.reports)), row.why),
                notes=(),
                why=row.why,
            )
            for row in storyline_rows(material)
        ),
        empty="No two reports tell one course of events.",
    )


def captions(material: Material, notes: Notes) -> Section:
    """Photo captions: listed, never counted as events."""
    paired: dict[str, list[str]] = {}
    for copy in material.links.copies:
        shown = [change_shown(change) for change in material.changes.get(copy.id, ())]
        for passage in copy.rests_on:
            other = next((p for p in copy.rests_on if p != passage), passage)
            told = material.passages.get(other)
            if told is not None and told.evidence.report == material.passages[passage].evidence.report:
                paired.setdefault(passage, []).append("; ".join(shown) or "no change in substance")
    rows = tuple(
        Row(
            id=passage.id,
            cells=(
                material.label(passage.evidence.report),
                shorten(passage.evidence.quote, 320),
                " | ".join(paired.get(passage.id, ())) or DASH,
            ),
            notes=notes.all([passage]),
            why=passage.because,
        )
        for one in material.reports
        for passage in one.passages
        if passage.kind is PassageKind.CAPTION
    )
    return Section(
        key="captions",
        title="Photo captions",
        intro="Captions describe pictures. They stand here and outside every count.",
        columns=("Report", "Caption", "Told twice"),
        rows=rows,
        empty="There are no captions.",
    )


def _row(row: CopyRow, material: Material, notes: Notes) -> Row:
    reports = dict.fromkeys(material.label(report) for report in (row.first_report, row.second_report))
    cells = (
        " / ".join(reports),
        row.verdict,
        row.direction,
        "; ".join(row.differs) or DASH,
        row.first_words,
        row.second_words,
    )
    pair = [material.passages.get(id) for id in row.passages]
    return Row(id=row.copy, cells=cells, notes=notes.all(pair), why=row.why)
