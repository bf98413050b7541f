"""The brief as Markdown: tables, and the words that every line rests on as footnotes."""

from collections.abc import Iterator

from dateline.views.page import Brief, Section
from dateline.views.words import shorten


def brief_markdown(brief: Brief) -> str:
    """The brief as one Markdown text, ending in a newline."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {brief.title}"
    yield ""
    for line in brief.scope:
        yield from (_cell(line), "")
    yield " · ".join(f"{label}: {value}" for label, value in brief.facts)
    for section in brief.sections:
        yield from _section(section)
    labels = {report.id: report.label for report in brief.reports}
    yield ""
    yield "## Words"
    yield ""
    for note in brief.notes:
        where = f"{_cell(labels[note.report])} {note.span.start}–{note.span.end}"
        yield f'- <a id="n{note.number}"></a>[{note.number}] {where}: “{_cell(shorten(note.context, 400))}”'
    yield ""
    yield "## Reports"
    yield ""
    for report in brief.reports:
        yield f"- {_cell(report.label)}: {_cell(shorten(report.title, 120))} ({_cell(report.line)})"


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title} ({len(section.rows)})"
    yield ""
    if not section.rows:
        yield section.empty
        return
    yield section.intro
    yield ""
    yield "| " + " | ".join((*section.columns, "Notes")) + " |"
    yield "|" + "---|" * (len(section.columns) + 1)
    for row in section.rows:
        notes = " ".join(f"[[{number}]](#n{number})" for number in row.notes)
        yield "| " + " | ".join((*(_cell(cell) for cell in row.cells), notes)) + " |"


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split())
