"""The brief of a small invented dossier, held to a snapshot.

After a change that is meant, renew it with ``DATELINE_RENEW=1 python -m pytest tests/views/test_brief.py``
and read the difference.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.cli.terminal import brief_lines
from dateline.export.html import brief_html, pieces
from dateline.export.markdown import brief_markdown
from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.records import AnnotatedReport, Failure
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.brief import make_brief
from dateline.views.page import Brief

SNAPSHOT = Path(__file__).resolve().parent.parent / "snapshots" / "brief.md"

REPORTS = (
    (
        "wire",
        "Northline",
        "2031-05-06",
        "SKARN, May 6 (Northline) - At least 12 people were killed when Varnian forces shelled a market in Skarn "
        "on Monday, Governor Mara Venn said.\n\n"
        '"This was a deliberate attack on civilians," Venn told reporters.\n\n'
        "Varnia's defence ministry denied that its troops had fired on the town.\n\n"
        "President Oskar Brandt will sign a decree on the mobilisation of reservists on Friday.",
    ),
    (
        "courier",
        "The Harbour Courier",
        "2031-05-06",
        "At least 12 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor Mara Venn "
        "said. (Northline)\n\n"
        '"This was a deliberate attack on civilians," Venn told reporters.',
    ),
    (
        "post",
        "Vale Evening Post",
        "2031-05-07",
        "At least 21 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor Mara Vane "
        "confirmed.\n\n"
        "The town is held by the Ostland army, according to its general staff. “We will never leave, he said.",
    ),
)


@pytest.fixture(scope="module")
def annotated(parser: Parser, knowledge: Knowledge) -> list[AnnotatedReport]:
    reports = [
        Report(id=id, source=source, published=Published.parse(day), text=text, language="en")
        for id, source, day, text in REPORTS
    ]
    return list(read_reports(reports, parser, knowledge))


def brief_of(annotated: Sequence[AnnotatedReport], knowledge: Knowledge) -> Brief:
    return make_brief(annotated, link(sorted(annotated, key=lambda one: one.report.id), knowledge), knowledge)


@pytest.fixture(scope="module")
def brief(annotated: list[AnnotatedReport], knowledge: Knowledge) -> Brief:
    return brief_of(annotated, knowledge)


def test_the_brief_is_as_it_was(brief: Brief) -> None:
    text = brief_markdown(brief)
    if os.environ.get("DATELINE_RENEW"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")


def test_the_order_of_reports_changes_nothing(
    annotated: list[AnnotatedReport], brief: Brief, knowledge: Knowledge
) -> None:
    assert brief_of(annotated[::-1], knowledge) == brief


def test_every_row_has_a_cell_for_each_column_and_its_notes_exist(brief: Brief) -> None:
    numbers = {note.number for note in brief.notes}
    for section in brief.sections:
        for row in section.rows:
            assert len(row.cells) == len(section.columns)
            assert set(row.notes) <= numbers


def test_every_note_quotes_its_report(brief: Brief) -> None:
    texts = {report.id: report.text for report in brief.reports}
    assert brief.notes
    for note in brief.notes:
        assert note.span.of(texts[note.report]) == note.quote
        assert f"⟦{' '.join(note.quote.split())}⟧" in note.context.replace("⟦ ", "⟦").replace(" ⟧", "⟧")


def test_the_page_leads_from_each_note_to_its_words(brief: Brief) -> None:
    page = brief_html(brief)
    for note in brief.notes:
        assert page.count(f'id="n{note.number}"') == 1
        assert f'href="#n{note.number}"' in page
    assert "http" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_pieces_put_together_are_the_text(brief: Brief) -> None:
    for report in brief.reports:
        assert "".join(piece.text for piece in pieces(report)) == report.text


def test_the_terminal_brief_keeps_to_the_width(brief: Brief) -> None:
    assert all(len(line) <= 80 or " " not in line.strip() for line in brief_lines(brief, 80))


def test_nothing_planned_stands_among_the_incidents(brief: Brief) -> None:
    seen, planned = (next(s for s in brief.sections if s.key == key) for key in ("incidents", "planned"))
    assert any("sign" in row.cells[2] for row in planned.rows)
    assert not any("sign" in row.cells[2] for row in seen.rows)


def test_a_layer_that_broke_is_told(annotated: list[AnnotatedReport], knowledge: Knowledge) -> None:
    failures = (Failure("places", None, "IndexError: odd"), Failure("times", 0, "ValueError: odd"))
    told = brief_of([annotated[0].replace(failures=failures), *annotated[1:]], knowledge)
    open_ = next(section for section in told.sections if section.key == "unresolved")
    # That a passage could not be read is a doubt, which reading itself makes.
    (row,) = [row for row in open_.rows if row.cells[0] == "reading"]
    assert row.id == annotated[0].report.id
    assert "places broke on this report" in row.cells[2]


def test_the_claimant_stands_beside_the_figure(brief: Brief) -> None:
    incidents = next(section for section in brief.sections if section.key == "incidents")
    killed = [row for row in incidents.rows if "killed" in row.cells[5]]
    assert killed
    assert all("Venn" in row.cells[5] or "Vane" in row.cells[5] for row in killed)
