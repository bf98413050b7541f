"""Days of events that another event, an "until" or the text below gives."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import Event
from dateline.model.report import Published, Report
from dateline.model.vocab import EventBasis
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


def event(parser: Parser, knowledge: Knowledge, text: str, trigger: str) -> Event:
    report = Report(id="r", text=text, published=Published.parse("2031-03-08"), language="en")
    return next(e for e in read_report(report, parser, knowledge).events if e.trigger.text == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "first", "last", "basis"),
    [
        # 8 March 2031 is a Saturday.
        (
            "Troops have left, the ministry said on Saturday, a day after Oto Lind declared the region annexed.",
            "annexed",
            "2031-03-07",
            "2031-03-07",
            EventBasis.SENTENCE,
        ),
        (
            "The strike came hours before President Oto Lind was due to sign treaties annexing the delta.",
            "sign",
            "2031-03-08",
            "2031-03-08",
            EventBasis.PUBLISHED,
        ),
        (
            "Rebels shelled the port on Friday, two days after soldiers attacked a depot.",
            "attacked",
            "2031-03-05",
            "2031-03-05",
            EventBasis.SENTENCE,
        ),
        (
            "Rebels shelled the port on Friday, days after soldiers attacked a depot.",
            "attacked",
            "2031-03-08",
            "2031-03-08",
            EventBasis.PUBLISHED,
        ),
        (
            "The siege of the port began on Friday and is due to last until Tuesday.",
            "siege",
            "2031-03-07",
            "2031-03-11",
            EventBasis.CLAUSE,
        ),
        (
            "Rebels shell the port\n\nOfficials in the town spoke of it.\n\nRebels shelled it on Friday, they said.",
            "shell",
            "2031-03-07",
            "2031-03-07",
            EventBasis.REPORT,
        ),
    ],
)
def test_the_day_follows_from_another(
    parser: Parser, knowledge: Knowledge, text: str, trigger: str, first: str, last: str, basis: EventBasis
) -> None:
    found = event(parser, knowledge, text, trigger)
    assert (found.from_, found.to, found.time_basis) == (first, last, basis)
