"""The two real reports beside the checkout: their key fits their texts, and reading them holds its floors."""

import json
import tomllib
from pathlib import Path

import pytest

from benchmarks.answers import key_path, open_key, read_key, score_answers
from benchmarks.key import Key
from dateline.knowledge.handle import Knowledge
from dateline.model.links import Links
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports

FLOORS = Path(__file__).parent / "floors.json"


@pytest.fixture(scope="module")
def opened() -> tuple[Key, tuple[Report, ...]]:
    found = open_key("seeds")
    if found is None:
        pytest.skip("the seed reports are not beside the checkout")
    return found


def test_key_fits_its_texts(opened: tuple[Key, tuple[Report, ...]]) -> None:
    # Opening it has checked the SHA-256 of the texts, every offset against them, and every term.
    key, reports = opened
    assert {report.id: report.text for report in reports} == dict(key.texts)
    assert all(report.published is not None for report in reports)
    for table in ("statement", "event", "figure", "time", "place", "state", "caption", "doubt", "copy", "change"):
        assert getattr(key.tables, table), f"the key has no {table}"


def test_spans_stand_at_word_boundaries(opened: tuple[Key, tuple[Report, ...]]) -> None:
    key, _ = opened
    tables = key.tables
    named = [(row.report, row.span) for rows in (tables.place, tables.time, tables.figure) for row in rows]
    for report, span in (*named, *((row.report, row.trigger) for row in tables.event)):
        text = key.texts[report]
        assert span.of(text) == span.of(text).strip()
        for at in (span.start, span.end):
            assert not (0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()), (report, span)


def test_key_holds_no_words_of_the_texts() -> None:
    # Labels and names only: nothing as long as a sentence, and no location by words. Needs no texts.
    path, _ = key_path("seeds")
    for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for row in rows:
            for field, value in row.items():
                assert not isinstance(value, dict)
                if isinstance(value, str) and field not in ("sha256", "file", "id"):
                    assert len(value.split()) <= 7, (table, field, value)
                if field in ("content", "speaker", "cue", "via", "trigger", "actor", "recipient", "claimant", "span"):
                    assert isinstance(value, list), (table, field)


@pytest.mark.parametrize(
    "measure", ["statements (content and speaker): precision", "statements (content and speaker): recall"]
)
def test_statements_hold_their_floor(
    opened: tuple[Key, tuple[Report, ...]], parser: Parser, knowledge: Knowledge, measure: str
) -> None:
    key, reports = opened
    scored = score_answers(key, list(read_reports(reports, parser, knowledge)), Links())
    floor = json.loads(FLOORS.read_text(encoding="utf-8"))["seeds"][measure]
    value = next(m.value for m in scored.measures if m.name == measure)
    assert value >= floor, f"{measure} is {value:.3f}, its floor {floor}"


def test_what_was_read_can_be_scored_with_its_links(
    opened: tuple[Key, tuple[Report, ...]], parser: Parser, knowledge: Knowledge
) -> None:
    key, reports = opened
    scored = score_answers(key, *read_key(reports, parser, knowledge))
    assert all(0.0 <= m.low <= m.value <= m.high <= 1.0 for m in scored.measures)
    assert {"statements", "events", "figures"} <= set(scored.lines)
