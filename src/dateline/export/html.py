"""The brief, and a comparison, each as one self-contained HTML page; every footnote leads to the highlighted words."""

from collections.abc import Iterator
from itertools import pairwise

from jinja2 import Environment, PackageLoader
from msgspec import Struct

from dateline.views.compare import Comparison
from dateline.views.page import Brief, ReportText


class Piece(Struct, frozen=True):
    """A stretch of a report's text that carries the same notes throughout. ``judging``: an evaluative word."""

    text: str
    notes: tuple[int, ...]
    begins: tuple[int, ...]
    judging: bool = False


def brief_html(brief: Brief) -> str:
    """The brief as one page with no outside parts: no network is needed to read it."""
    environment = _environment()
    environment.filters["pieces"] = lambda report: list(pieces(report))
    return environment.get_template("brief.html").render(
        brief=brief, words={note.number: note.context for note in brief.notes}
    )


def comparison_html(found: Comparison) -> str:
    """Two reports side by side as one page with no outside parts."""
    return _environment().get_template("compare.html").render(found=found)


def _environment() -> Environment:
    return Environment(loader=PackageLoader("dateline.export", "templates"), autoescape=True)


def pieces(report: ReportText) -> Iterator[Piece]:
    """Cut a report's text where a note begins or ends, so that overlapping notes can all be shown."""
    spans = (*(note.span for note in report.notes), *report.judging)
    bounds = sorted({0, len(report.text), *(edge for span in spans for edge in (span.start, span.end))})
    for start, end in pairwise(bounds):
        over = [note for note in report.notes if note.span.start <= start and end <= note.span.end]
        yield Piece(
            report.text[start:end],
            tuple(note.number for note in over),
            tuple(note.number for note in over if note.span.start == start),
            any(span.start <= start and end <= span.end for span in report.judging),
        )
