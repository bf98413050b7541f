"""What a person should look at: conflicts, doubts, and what was not resolved."""

from dateline.model.records import Doubt, Record, Statement
from dateline.views.conflicts import conflict_rows
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.words import DASH, shorten


def conflicts(material: Material, notes: Notes) -> Section:
    """Accounts that do not fit together."""
    rows = [
        Row(
            id=row.conflict,
            cells=(
                row.about,
                row.relation,
                f"{row.left}, by {row.left_by} — {material.label(row.left_report)}: {row.left_words}",
                f"{row.right}, by {row.right_by} — {material.label(row.right_report)}: {row.right_words}",
            ),
            notes=notes.all([material.records.get(row.left_record), material.records.get(row.right_record)]),
            why=row.why,
        )
        for row in conflict_rows(material)
    ]
    return Section(
        key="conflicts",
        title="Conflicting accounts",
        intro="Where accounts of one thing do not fit. Neither side is preferred.",
        columns=("About", "Relation", "One account", "The other"),
        rows=tuple(rows),
        empty="No accounts were found to conflict.",
    )


def doubts(material: Material, notes: Notes) -> Section:
    """What looks wrong in the texts themselves; nothing is repaired."""
    rows = tuple(
        Row(
            id=doubt.id,
            cells=(
                doubt.kind.value.replace("_", " "),
                shorten(doubt.evidence.quote),
                f"perhaps {doubt.suggestion}" if doubt.suggestion else DASH,
                doubt.because,
                material.label(doubt.evidence.report),
            ),
            notes=notes.all([doubt]),
            why=doubt.because,
        )
        for doubt in material.each("doubts", Doubt)
    )
    return Section(
        key="doubts",
        title="Doubts",
        intro="What looks wrong in the texts, for a person to judge. Nothing was repaired.",
        columns=("Doubt", "Words", "Suggestion", "Why", "Report"),
        rows=rows,
        empty="Nothing in the texts looks wrong.",
    )


def unresolved(material: Material, notes: Notes) -> Section:
    """Names, places and speakers that the reports give and that could not be told, and layers that broke."""
    rows = []
    for place in (p for one in material.reports for p in one.places):
        if place.lat is None and not place.metonym and not material.in_caption(place):
            rows.append(_open("place", place, place.because, material, notes))
    for statement in material.each("statements", Statement):
        speaker = statement.speaker
        if speaker is not None and speaker.referent is None and speaker.text.lower() in _PRONOUNS:
            rows.append(_open("speaker", statement, f"“{speaker.text}” could be nobody named", material, notes))
    for one in material.reports:
        for failure in one.failures:
            # A passage that could not be read is among the doubts.
            if failure.passage is None:
                why = f"{failure.extractor} broke on this report and found nothing in it ({failure.error})"
                label = material.label(one.report.id)
                cells = ("reading", one.report.title or label, why, label)
                rows.append(Row(id=one.report.id, cells=cells, notes=(), why=why))
        if one.report.published is None:
            why = "no publication date was given, so relative times stay unanchored"
            rows.append(
                Row(
                    id=one.report.id,
                    cells=(
                        "date",
                        one.report.title or material.label(one.report.id),
                        why,
                        material.label(one.report.id),
                    ),
                    notes=(),
                )
            )
    return Section(
        key="unresolved",
        title="Not resolved",
        intro="What could not be told and was left open.",
        columns=("What", "Words", "Why", "Report"),
        rows=tuple(rows),
        empty="Everything named was resolved.",
    )


_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who"})


def _open(kind: str, record: Record, why: str, material: Material, notes: Notes) -> Row:
    cells = (kind, shorten(record.evidence.quote), why, material.label(record.evidence.report))
    return Row(id=record.id, cells=cells, notes=notes.all([record]), why=why)
