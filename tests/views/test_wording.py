"""Words by which the reporter judges: marked in the text, kept out of titles and labels."""

import pytest

from dateline.export.html import brief_html
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.loaded import loaded
from dateline.link.linker import link
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.brief import make_brief
from dateline.views.page import Brief

TEXT = (
    "Puppet parliament of Varnia votes on union\n\n"
    "The puppet parliament of Varnia approved the bogus treaty on Monday. The slaughter in Skarn killed 12 people.\n\n"
    "Governor Mara Venn called the vote “a sham” and said the rigged count fooled nobody."
)


@pytest.fixture(scope="module")
def brief(parser: Parser, knowledge: Knowledge) -> Brief:
    texts = (TEXT, TEXT.replace("on Monday", "in the capital on Monday"))
    day = Published.parse("2031-05-06")
    reports = [Report(id=f"r{n}", text=text, published=day, language="en") for n, text in enumerate(texts)]
    annotated = list(read_reports(reports, parser, knowledge))
    links = link(annotated, knowledge)
    assert [line.title for line in links.storylines] == ["[…] parliament of Varnia votes on union"]
    return make_brief(annotated, links, knowledge)


def test_the_reporters_words_are_marked_and_others_are_not(brief: Brief) -> None:
    text = brief.reports[0]
    assert [span.of(text.text).lower() for span in text.judging] == ["puppet", "puppet", "bogus", "slaughter"]
    page = brief_html(brief)
    assert '<span class="judging" title="the reporter judges">' in page
    assert ">sham</span>" not in page


def test_no_label_judges(brief: Brief) -> None:
    rows = [row for section in brief.sections if section.key in ("incidents", "planned") for row in section.rows]
    assert rows
    for row in rows:
        what, who = row.cells[2], row.cells[3]
        assert not any(word in (what + who).lower() for word in ("puppet", "bogus", "slaughter"))


def test_quoted_words_stay_in_a_label(knowledge: Knowledge) -> None:
    words = loaded(knowledge)
    assert words.plain("Venn calls vote ‘a sham’ after bogus count") == "Venn calls vote ‘a sham’ after […] count"
    assert words.plain("The mocking bird") == "The mocking bird"
