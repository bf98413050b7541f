from datetime import date

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.events.past import ahead
from dateline.read.pipeline import read_report


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        # 26 May 2022 is a Thursday.
        ("Arden and Tessaly failed to agree on a truce on Sunday.", "failed", "2022-05-22"),
        ("The armies clashed near Tessaly on Thursday.", "clashed", "2022-05-26"),
        ("A strike planned for Sunday was called off.", "called off", "2022-05-26"),
        ("Arden cancelled talks with Tessaly on June 8.", "cancelled", "2022-05-26"),
        ("Troops will leave Tessaly on Sunday.", "leave", "2022-05-29"),
    ],
)
def test_what_occurred_is_not_dated_after_publication(
    parser: Parser, knowledge: Knowledge, text: str, trigger: str, day: str
) -> None:
    report = Report(id="r", text=text, published=Published.parse("2022-05-26"), language="en")
    (event,) = (e for e in read_report(report, parser, knowledge).events if e.trigger.text == trigger)
    assert event.from_ == day


def test_nothing_is_ahead_of_an_unknown_publication() -> None:
    assert not ahead("2022-06-08", None)
    assert not ahead("2022-05-26", date(2022, 5, 26))
