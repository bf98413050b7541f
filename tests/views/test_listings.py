"""What the list commands show, over a small invented dossier: the same rows as the brief."""

from datetime import date

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.report import Published, Report
from dateline.model.vocab import Effect, Status
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.brief import make_brief
from dateline.views.conflicts import list_conflicts
from dateline.views.copies import list_copies
from dateline.views.events import list_events
from dateline.views.figures import list_figures
from dateline.views.incidents import ToldAs, list_incidents
from dateline.views.lineage import list_lineage
from dateline.views.material import Material
from dateline.views.page import Brief
from dateline.views.storylines import list_storylines
from dateline.views.telling import Wanted

REPORTS = (
    (
        "wire",
        "Northline",
        "2031-05-06",
        "At least 12 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor Mara Venn "
        "said.\n\n"
        "President Oskar Brandt will sign a decree on the mobilisation of reservists on Friday.",
    ),
    (
        "courier",
        "The Harbour Courier",
        "2031-05-06",
        "At least 12 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor Mara Venn "
        "said. (Northline)",
    ),
    (
        "post",
        None,
        "2031-05-07",
        "At least 21 people were killed when Varnian forces shelled a market in Skarn on Monday, said Emil Roth, the "
        "head of the hospital.\n\n"
        "Emil Roth said the hospital had treated 40 wounded people.",
    ),
    ("notes", "Vale Evening Post", None, "The old bridge at Tarn was closed for repairs. Nobody was hurt."),
)


@pytest.fixture(scope="module")
def material(parser: Parser, knowledge: Knowledge) -> Material:
    reports = [
        Report(id=id, source=source, published=Published.parse(day) if day else None, text=text, language="en")
        for id, source, day, text in REPORTS
    ]
    annotated = sorted(read_reports(reports, parser, knowledge), key=lambda one: one.report.id)
    return Material(annotated, link(annotated, knowledge), knowledge)


@pytest.fixture(scope="module")
def brief(material: Material, knowledge: Knowledge) -> Brief:
    return make_brief(material.reports, material.links, knowledge)


def _cells(brief: Brief, key: str) -> dict[str, tuple[str, ...]]:
    section = next(section for section in brief.sections if section.key == key)
    return {row.id: row.cells for row in section.rows}


def test_incidents_are_those_of_the_brief(material: Material, brief: Brief) -> None:
    found = list_incidents(material)
    assert found.searched.endswith("in 4 reports")
    for told_as, key in ((ToldAs.HAPPENED, "incidents"), (ToldAs.PLANNED, "planned")):
        rows = {row.incident: row for row in found.rows if row.told_as is told_as}
        cells = _cells(brief, key)
        assert rows
        assert rows.keys() == cells.keys()
        for id, row in rows.items():
            assert cells[id][:4] == (row.when, row.where, row.what, row.who)
            assert cells[id][5:9] == (row.figure, row.status, row.sources, row.words)


def test_an_incident_counts_sources_and_never_calls_them_independent(material: Material) -> None:
    row = next(row for row in list_incidents(material).rows if len(row.reports) > 1)
    assert {"wire", "courier"} <= set(row.reports)
    assert row.sources.startswith(f"{len(row.reports)} reports, 2 publishers (of 1 report unknown), ")
    assert row.origins_low <= row.origins_high < len(row.reports)
    assert "no copying found" not in row.sources
    every = [row.sources for row in list_incidents(material).rows]
    assert not any("independent" in sources for sources in every)


def test_the_claimant_stands_with_the_figure(material: Material) -> None:
    row = next(row for row in list_incidents(material).rows if len(row.reports) > 1)
    assert "killed: at least 12 (Mara Venn" in row.figure
    assert "at least 21 (Emil Roth" in row.figure
    killed = list_figures(material, Effect.KILLED)
    assert {(one.low, one.high) for one in killed.rows} == {(12.0, None), (21.0, None)}
    assert all(one.claimant != "the reporter" for one in killed.rows)
    assert killed.searched.startswith(f"{len(killed.rows)} of ")
    assert not list_figures(material, Effect.DISPLACED).rows
    assert list_figures(material, Effect.DISPLACED).searched.startswith("0 of ")


def test_figures_are_those_of_the_brief(material: Material, brief: Brief) -> None:
    cells = _cells(brief, "figures")
    rows = {row.id: row for row in list_figures(material).rows}
    assert rows.keys() == cells.keys()
    for id, row in rows.items():
        assert cells[id] == (row.claimant, row.figure, row.of, row.against, row.quote, row.report)


def test_events_are_chosen_by_type_actor_status_and_day(material: Material) -> None:
    shelled = list_events(material, Wanted(type="assault", actor="Varnian"))
    assert {row.report for row in shelled.rows} == {"wire", "courier", "post"}
    assert all(row.status == "occurred" and row.incident for row in shelled.rows)
    planned = list_events(material, Wanted(status=Status.PLANNED))
    assert planned.rows
    assert {row.report for row in planned.rows} == {"wire"}
    assert not list_events(material, Wanted(type="SANCTION")).rows
    assert list_events(material, Wanted(type="SANCTION")).searched.startswith("0 of ")
    (monday,) = {row.first for row in shelled.rows}
    assert monday == "2031-05-05"
    assert list_events(material, Wanted(actor="Varnian", first=date(2031, 5, 5), last=date(2031, 5, 5))).rows
    assert not list_events(material, Wanted(actor="Varnian", first=date(2031, 5, 6))).rows


def test_a_place_lies_in_its_country(parser: Parser, knowledge: Knowledge) -> None:
    text = "Varnian forces shelled a market in Kharkiv on Monday.\n\nVarnian forces shelled a mill in Skarn on Tuesday."
    (one,) = read_reports([Report(id="x", text=text, language="en")], parser, knowledge)
    material = Material([one], link([one], knowledge), knowledge)
    within = list_events(material, Wanted(place="Ukraine", country="UKR"))
    assert [row.place for row in within.rows] == ["Kharkiv"]
    assert not list_events(material, Wanted(place="Ukraine")).rows
    assert [row.place for row in list_events(material, Wanted(place="Kharkiv")).rows] == ["Kharkiv"]


def test_events_come_by_day(material: Material) -> None:
    days = [row.first or "9999" for row in list_events(material).rows]
    assert days == sorted(days)


def test_copies_and_lineage(material: Material, brief: Brief) -> None:
    copies = list_copies(material)
    assert {frozenset((row.first_report, row.second_report)) for row in copies.rows} >= {frozenset(("wire", "courier"))}
    assert {row.copy for row in copies.rows} == set(_cells(brief, "copies"))
    courier = list_lineage(material, "courier")
    assert courier.searched.startswith("courier (The Harbour Courier, 6 May 2031")
    assert ("derives from", "wire") in {(row.relation, row.other) for row in courier.rows}
    wire = list_lineage(material, "wire")
    assert ("is the source of", "courier") in {(row.relation, row.other) for row in wire.rows}
    alone = list_lineage(material, "notes")
    assert (alone.searched, alone.rows) == (
        "notes (Vale Evening Post, date unknown): no copying found between it and 3 other reports",
        (),
    )


def test_lineage_of_the_brief_tells_each_tie_once(material: Material, brief: Brief) -> None:
    assert len(_cells(brief, "lineage")) == len(material.links.lineage)
    assert material.links.lineage


def test_storylines(material: Material, brief: Brief) -> None:
    found = list_storylines(material)
    assert {row.storyline for row in found.rows} == set(_cells(brief, "storylines"))
    told = {report for row in found.rows for report in row.reports}
    assert "notes" not in told
    assert found.searched.endswith(f"{4 - len(told)} reports in none" if len(told) < 3 else "1 report in none")


def test_conflicts_stand_with_both_claimants(material: Material, brief: Brief) -> None:
    found = list_conflicts(material)
    assert {row.conflict for row in found.rows} == set(_cells(brief, "conflicts"))
    for row in found.rows:
        assert material.order[row.left_report] <= material.order[row.right_report]
        assert row.left_by
        assert row.right_by
        assert row.left_words
        assert row.why


def test_nothing_found_is_said(parser: Parser, knowledge: Knowledge) -> None:
    (one,) = read_reports([Report(id="calm", text="It rained in Tarn all day.", language="en")], parser, knowledge)
    material = Material([one], link([one], knowledge), knowledge)
    assert list_copies(material).searched == "no copying found among 1 report"
    assert list_conflicts(material).searched == "no accounts were found to conflict among 0 incidents in 1 report"
    assert list_incidents(material).searched == "0 incidents in 1 report"
    assert list_storylines(material).searched == "0 storylines in 1 report; 1 report in none"
    assert list_events(material).searched == "0 events in 1 report"
