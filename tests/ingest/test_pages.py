"""The corpus of saved pages: what is read from each is in order, quoted from it, and as the gold says."""

import json
import unicodedata
from pathlib import Path

import pytest

from benchmarks.pages import FOLDERS, THEIRS, mean, score, score_page, scores
from dateline.ingest.html import read_page
from dateline.model.vocab import PassageKind, PublishedBasis
from dateline.read.segment import segment
from tests.ingest.pages import SavedPage, saved_pages

PAGES = [page for folder in FOLDERS for page in saved_pages(folder)]
KNOWN = {"print_page-vote": "outlet", "print_page-fire": "outlet"}
"""Nothing on these pages says what the outlet is; its name stands there as bold words."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_read_as_its_gold_says(page: SavedPage) -> None:
    found = score_page(page)
    assert found.body >= 0.93, found.note
    for measure in ("title", "date", "byline", "outlet", "captions", "standfirst", "mark"):
        value = getattr(found, measure)
        assert value is None or value == 1.0 or KNOWN.get(page.name) == measure, (measure, found.note)
    assert found.body >= found.their_body - 0.03


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_cover_the_text_in_order(page: SavedPage) -> None:
    report = read_page(page.data)
    assert "\n\n".join(block.span.of(report.text) for block in report.blocks) == report.text
    assert unicodedata.is_normalized("NFC", report.text)
    assert (report.blocks[0].kind is PassageKind.HEADLINE) == bool(page.gold.title)
    kinds = {passage.evidence.span: passage.kind for passage in segment(report)}
    assert kinds == {block.span: block.kind for block in report.blocks}


def test_every_template_has_two_variants_or_a_language_of_its_own() -> None:
    templates = {page.template for page in saved_pages()}
    assert len(templates) >= 25
    assert mean(float(score_page(page).title) for page in PAGES[:10]) == 1.0


def test_the_floors_hold_and_no_template_is_read_worse_than_by_plain_trafilatura() -> None:
    found = scores()
    floors = json.loads((Path(__file__).parents[1] / "floors.json").read_text(encoding="utf-8"))["pages"]
    values = {measure.name: measure.value for measure in score()}
    for measure, floor in floors.items():
        assert values[measure] >= floor, measure
    for template in {one.template for one in found}:
        some = [one for one in found if one.template == template]
        for measure in THEIRS:
            ours, theirs = (mean(getattr(one, f"{of}{measure}") for one in some) for of in ("", "their_"))
            assert ours >= theirs - 0.01, (template, measure, ours, theirs)


def test_facts_keep_what_was_not_taken() -> None:
    (page,) = [page for page in PAGES if page.name == "wrong_metadata-raid"]
    report = read_page(page.data)
    assert report.published_basis is PublishedBasis.TIME_ELEMENT
    dates = {(fact.value[:10], fact.basis) for fact in report.facts if fact.field == "published"}
    assert ("2025-06-30", PublishedBasis.STRUCTURED_DATA) in dates


def test_a_time_on_the_outlets_own_clock_is_taken() -> None:
    (page,) = [page for page in PAGES if page.name == "time_zones-quake_en"]
    report = read_page(page.data)
    assert report.published is not None
    assert report.published.value == "2023-05-15T01:30:00+03:00"


def test_a_live_page_keeps_the_times_of_its_entries() -> None:
    (page,) = [page for page in PAGES if page.name == "liveblog-fire"]
    lines = read_page(page.data).text.split("\n\n")
    assert [line for line in lines if ":05" in line][:3] == ["19:05", "18:05", "17:05"]
