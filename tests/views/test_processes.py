"""The brief's section on how far processes got."""

from dateline.knowledge.handle import Knowledge
from dateline.model.links import Links
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.material import Material, Notes
from dateline.views.page import Section
from dateline.views.sections.processes import processes


def section(parser: Parser, knowledge: Knowledge, *texts: str) -> Section:
    day = Published.parse("2031-03-07")
    reports = [Report(id=str(n), text=text, published=day, language="en") for n, text in enumerate(texts)]
    material = Material(read_reports(reports, parser, knowledge), Links(), knowledge)
    return processes(material, Notes(material))


def test_steps_stand_in_order_with_who_tells_them(parser: Parser, knowledge: Knowledge) -> None:
    shown = section(
        parser,
        knowledge,
        "Russia's parliament will ratify the treaty next week. "
        "The Russian president signed a treaty on Friday to annex Kherson, his spokesman said.",
    )
    assert [(row.cells[0], row.cells[1]) for row in shown.rows] == [("RUS", "signed"), ("RUS", "to be ratified")]
    assert shown.rows[0].cells[4] == "his spokesman"
    assert all(row.notes for row in shown.rows)


def test_one_stage_is_no_process(parser: Parser, knowledge: Knowledge) -> None:
    assert not section(parser, knowledge, "The Russian president signed a treaty on Friday to annex Kherson.").rows


def test_history_is_left_to_the_background(parser: Parser, knowledge: Knowledge) -> None:
    told = (
        "In March 2014 Russia signed a treaty to annex Crimea. In March 2014 Russia's parliament ratified the treaty."
    )
    assert not section(parser, knowledge, told).rows
