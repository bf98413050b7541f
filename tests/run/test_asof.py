"""What was known by a day: which reports are left out, and that only the others are linked."""

from datetime import date

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.run.asof import Clock, known_by
from dateline.views.brief import make_brief

TEXT = "Varnian forces shelled a market in Skarn on Monday, Governor Mara Venn said."
GIVEN = (
    ("early", "2031-05-06T23:50:00+02:00", "2031-05-09T10:00:00+00:00"),
    ("between", "2031-05-06/2031-05-07", "2031-05-07T10:00:00Z"),
    ("late", "2031-05-07", None),
    ("undated", None, "2031-05-06T10:00:00Z"),
)


@pytest.fixture(scope="module")
def annotated(parser: Parser, knowledge: Knowledge) -> list[AnnotatedReport]:
    reports = [
        Report(id=id, text=TEXT, published=Published.parse(day) if day else None, retrieved=got, language="en")
        for id, day, got in GIVEN
    ]
    return list(read_reports(reports, parser, knowledge))


def test_what_may_be_later_is_left_out(annotated: list[AnnotatedReport], knowledge: Knowledge) -> None:
    known = known_by(annotated, knowledge, date(2031, 5, 6))
    assert [one.report.id for one in known.reports] == ["early"]
    assert (known.later, known.undated) == (("between", "late"), ("undated",))
    assert {report for incident in known.links.incidents for report in incident.reports} == {"early"}
    assert not known.links.copies


def test_a_day_later_all_that_have_a_date_are_there(annotated: list[AnnotatedReport], knowledge: Knowledge) -> None:
    known = known_by(annotated, knowledge, date(2031, 5, 7))
    assert (known.later, known.undated) == ((), ("undated",))
    assert known.links.copies


def test_retrieval_is_a_clock_of_its_own(annotated: list[AnnotatedReport], knowledge: Knowledge) -> None:
    known = known_by(annotated, knowledge, date(2031, 5, 7), Clock.RETRIEVED)
    assert [one.report.id for one in known.reports] == ["between", "undated"]
    assert (known.later, known.undated) == (("early",), ("late",))


def test_the_brief_says_at_its_head_what_it_leaves_out(annotated: list[AnnotatedReport], knowledge: Knowledge) -> None:
    known = known_by(annotated, knowledge, date(2031, 5, 6))
    brief = make_brief(known.reports, known.links, knowledge, known=known)
    assert brief.title == "Brief of 1 report, 6 May 2031, as of 6 May 2031"
    assert brief.scope == (
        "Only what was published by the end of 6 May 2031 is told and linked here.",
        "Left out, published later or perhaps later: 2 reports (between, late).",
        "Left out, not known when published: 1 report (undated).",
    )
    nothing = known_by(annotated, knowledge, date(2031, 1, 1))
    empty = make_brief(nothing.reports, nothing.links, knowledge, known=nothing)
    assert empty.title == "Brief of 0 reports, as of 1 Jan 2031"
    assert not empty.notes
