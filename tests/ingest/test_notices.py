"""Corrections, retractions and updates: told where they open a passage, and nowhere else."""

import pytest

from dateline.ingest.base import Fields, make_report
from dateline.ingest.notices import find_notices
from dateline.knowledge.pages import NoticePattern, load_pages
from dateline.model.vocab import ReportMark

NOTICES = [(e.kind, example) for e in load_pages().entries(NoticePattern) for example in e.examples]


@pytest.mark.parametrize(("kind", "example"), NOTICES, ids=lambda value: str(value)[:30])
def test_the_examples_fire(kind: ReportMark, example: str) -> None:
    assert kind in find_notices(f"The dam failed.\n\n{example}")


@pytest.mark.parametrize(
    "text",
    [
        "The paper retracted its story about the dam, the mayor said.",
        "The mayor made a correction: the toll is nine.",
        "An earlier version of the plan was rejected by the council.",
        "An update on the dam is expected at noon.",
        "The article was shared 4,000 times.",
        "The correction of the river took nine years.",
        "This report covers the months from May to July.",
        "Update the map, the council demanded.",
    ],
)
def test_other_sentences_are_none(text: str) -> None:
    assert find_notices(text) == {}


def test_a_report_keeps_kind_and_words() -> None:
    report = make_report("Rain fell.\n\nCorrection: it fell on Tuesday.", Fields())
    assert report.marks == (ReportMark.CORRECTION,)
    assert report.facts[0].value == "Correction: it fell on Tuesday."
