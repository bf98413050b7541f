"""What later texts at one address changed or no longer tell."""

from itertools import chain

from dateline.model.records import Record
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.revisions import Revised, numbers
from dateline.views.words import DASH, shorten


def revisions(material: Material, notes: Notes) -> Section:
    """A line for each change of a claim or a number, and for each sentence whose claims the later text dropped."""
    shown: dict[tuple[str, str], Row] = {}
    for told in chain(material.revised.values(), numbers(material.reports, material.links)):
        record = material.records[told.record]
        words = material.words(record)
        key = told.by, told.change or words
        if key not in shown:
            shown[key] = _row(told, record, words, material, notes)
    return Section(
        key="revisions",
        title="Revisions",
        intro="What a later text at the same address changed or no longer tells. The earlier text stays in every row.",
        columns=("Report", "Revision", "What became of it", "Earlier words", "Later words"),
        rows=tuple(shown.values()),
        empty="No report was revised in what it claims.",
    )


def _row(told: Revised, record: Record, words: str, material: Material, notes: Notes) -> Row:
    change = next((change for change in material.links.changes if change.id == told.change), None)
    earlier, later = words, DASH
    if change is not None:
        first, second = change.a_text or DASH, change.b_text or DASH
        turned = told.instead == (change.a_text or None)
        earlier, later = f"{change.kind}: “{second if turned else first}”", f"“{first if turned else second}”"
    return Row(
        id=told.change or told.record,
        cells=(
            material.label(record.evidence.report),
            material.label(told.by),
            told.how,
            shorten(earlier),
            shorten(later),
        ),
        notes=notes.all([record]),
        why=change.because if change is not None else f"nothing in {told.by} tells it",
    )
