"""The brief on a terminal: a block a row, wrapped to the width."""

import textwrap
from collections.abc import Iterator

from dateline.views.page import Brief, Row, Section
from dateline.views.words import DASH, shorten


def brief_lines(brief: Brief, width: int) -> Iterator[str]:
    """The lines of the brief, none wider than ``width`` but for single long words."""
    yield brief.title
    yield "=" * min(width, len(brief.title))
    for line in brief.scope:
        yield from textwrap.wrap(line, width)
    yield from textwrap.wrap("  ".join(f"{label}: {value}" for label, value in brief.facts), width)
    for section in brief.sections:
        yield from _section(section, width)
    labels = {report.id: report.label for report in brief.reports}
    yield ""
    yield "Words"
    yield "-----"
    for note in brief.notes:
        words = (
            f"[{note.number}] {labels[note.report]} {note.span.start}–{note.span.end}: “{shorten(note.context, 240)}”"
        )
        yield from textwrap.wrap(words, width, subsequent_indent="    ")


def _section(section: Section, width: int) -> Iterator[str]:
    heading = f"{section.title} ({len(section.rows)})"
    yield ""
    yield heading
    yield "-" * min(width, len(heading))
    if not section.rows:
        yield section.empty
    for row in section.rows:
        yield from _row(section, row, width)


def _row(section: Section, row: Row, width: int) -> Iterator[str]:
    """The first three cells head the block; the others follow under their columns' names."""
    head = " · ".join(cell for cell in row.cells[:3] if cell != DASH)
    notes = "".join(f"[{number}]" for number in row.notes)
    yield from textwrap.wrap(f"• {head} {notes}", width, subsequent_indent="  ")
    named = zip(section.columns[3:], row.cells[3:], strict=True)
    rest = "; ".join(f"{column.lower()}: {cell}" for column, cell in named if cell not in ("", DASH))
    if rest:
        yield from textwrap.wrap(rest, width, initial_indent="    ", subsequent_indent="    ")
