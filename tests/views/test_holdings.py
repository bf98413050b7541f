"""Who holds what, according to whom, and how far a process got."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.links import Links
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.holdings import find_holdings
from dateline.views.material import Material

TEXTS = {
    "a": "Russian forces occupy the city of Kherson. Russia's president announced the annexation of Kherson.",
    "b": "On Friday the Russian president signed a treaty to annex Kherson. Parliament will ratify the treaty in May.",
    "c": "The Russian president said that Ukraine controls Kherson.",
}


@pytest.fixture(scope="module")
def material(parser: Parser, knowledge: Knowledge) -> Material:
    day = Published.parse("2031-03-04")
    reports = [Report(id=id, text=text, published=day, language="en") for id, text in TEXTS.items()]
    return Material(read_reports(reports, parser, knowledge), Links(), knowledge)


def test_voices_that_differ_both_stand(material: Material) -> None:
    found = find_holdings(material, "Kherson")
    told = {(row.relation, row.who, row.reports) for row in found.holdings}
    assert ("occupies", "Russian forces", ("a",)) in told
    assert ("controls", "Ukraine", ("c",)) in told
    assert not any(row.first for row in found.holdings)
    assert {row.told for row in found.holdings} == {"2031-03-04"}


def test_another_place_has_none(material: Material) -> None:
    found = find_holdings(material, "Velmar")
    assert found.searched.startswith("0 relations of “Velmar”")
    assert not found.holdings
    assert not found.tracks


def test_what_is_signed_is_no_more_than_signed(material: Material) -> None:
    (track,) = find_holdings(material).tracks
    assert track.whose == "RUS"
    assert track.reached == "signed"
    stages = [(step.stage, step.status) for step in track.steps]
    assert ("ratified", "planned") in stages
    assert stages == sorted(stages, key=lambda one: ["announced", "signed", "ratified"].index(one[0]))


def test_one_act_is_one_step(parser: Parser, knowledge: Knowledge) -> None:
    texts = {
        "e": ("2031-03-05", "The Russian president will sign a treaty to annex Kherson on March 7."),
        "f": ("2031-03-06", "The strike came before the Russian president was due to sign a treaty to annex Kherson."),
        "g": ("2031-03-07", "The Russian president signed a treaty on Friday to annex Kherson."),
        "h": ("2031-03-08", "Voting on joining Russia took place in Kherson. Parliament will ratify the treaty."),
    }
    reports = [
        Report(id=id, text=text, published=Published.parse(day), language="en") for id, (day, text) in texts.items()
    ]
    (track,) = find_holdings(Material(read_reports(reports, parser, knowledge), Links(), knowledge)).tracks
    signed = [step for step in track.steps if step.stage == "signed"]
    assert [(step.status, step.first, step.reports) for step in signed] == [
        ("occurred", "2031-03-07", ("g", "e", "f")),
    ]
    assert track.reached == "signed"
