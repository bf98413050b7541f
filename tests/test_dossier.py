"""The example dossier, end to end: added to a ledger as a person would, verified, briefed, exported, scored."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.answers import open_key, score_answers
from benchmarks.common import Measure
from dateline.api import Ledger
from dateline.export.tables import CONTRACT
from dateline.ingest.base import Fields
from dateline.ingest.files import find_sources, read_source
from dateline.model.vocab import Table
from tests.support.reader import MODEL

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["dossier"]
DOSSIER = Path(__file__).resolve().parent.parent / "examples" / "annexation" / "reports.jsonl"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("dossier") / "dossier.db", model=MODEL) as opened:
        (source,) = find_sources([str(DOSSIER)])
        summary = opened.add_inputs(read_source(source, Fields()))
        assert (summary.stored, summary.quarantined) == (18, ())
        yield opened


@pytest.fixture(scope="module")
def measures(ledger: Ledger) -> dict[str, Measure]:
    opened = open_key("dossier")
    assert opened is not None
    key, _ = opened
    scored = score_answers(key, list(ledger.store.every_annotated()), ledger.store.links())
    return {measure.name: measure for measure in scored.measures}


@pytest.mark.parametrize("name", FLOORS)
def test_each_kind_holds_its_floor(name: str, measures: dict[str, Measure]) -> None:
    assert measures[name].value >= FLOORS[name], measures[name]


def test_every_row_is_what_its_report_says(ledger: Ledger) -> None:
    assert list(ledger.verify()) == []


def test_adding_it_again_changes_nothing(ledger: Ledger) -> None:
    before = {table: list(ledger.query(table)) for table in CONTRACT if table is not Table.INPUTS}
    (source,) = find_sources([str(DOSSIER)])
    summary = ledger.add_inputs(read_source(source, Fields()))
    assert (summary.stored, summary.already_there) == (0, 18)
    ledger.link()
    assert {table: list(ledger.query(table)) for table in before} == before


def test_every_table_comes_out(ledger: Ledger, tmp_path: Path) -> None:
    rows = ledger.export("jsonl", tmp_path)
    for table, count in rows.items():
        lines = (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == count
    filled = ("reports", "statements", "figures", "times", "places", "events", "states", "doubts", "copies", "changes")
    assert all(rows[Table(name)] for name in (*filled, "entities", "storylines", "incidents", "conflicts", "lineage"))


def test_an_annexation_is_not_told_as_having_happened_before_it_was_signed(ledger: Ledger) -> None:
    early = [e for e in ledger.query("events", {"report": "northline-0920-votes"}) if "annex" in e["quote"].lower()]
    assert all(event["status"] != "occurred" for event in early)


def test_positions_are_those_that_the_reports_tell(ledger: Ledger) -> None:
    stands = {stand.actor: stand for stand in ledger.positions("annexation").stands}
    assert stands["Antonio Guterres"].stance == stands["The leaders of the European Union"].stance == "opposes"
    assert stands["Jens Stoltenberg"].stance is None
    votes = {stand.actor: stand.stance for stand in ledger.positions("votes").stands if stand.stance}
    assert votes == {"Dmitry Medvedev": "supports", "Ukraine's foreign ministry": "opposes"}
    assert ledger.positions("grain exports").searched == "0 of 18 reports mention “grain exports”"
    issues = {row["issue"] for row in ledger.query("positions")}
    assert not issues & {"Russia", "Ukrainian", "Russian", "Nord Stream"}


def test_reports_that_word_a_statement_otherwise_stand_side_by_side(ledger: Ledger) -> None:
    (told,) = [row for row in ledger.quotes(speaker="Tymoshenko") if "missiles" in row.words]
    assert told.reports == ("harbour-0930-convoy", "northline-0930-convoy")
    assert "⟦that⟧" in told.wordings[0].there


def test_nothing_is_quoted_from_two_speakers(ledger: Ledger) -> None:
    assert list(ledger.query("conflicts", {"kind": "speaker"})) == []


def test_a_toll_names_each_effect_once_and_marks_a_party(ledger: Ledger) -> None:
    tolls = [cells[5] for cells in _incidents(ledger) if "killed:" in cells[5]]
    assert tolls
    assert all(toll.count("killed:") == 1 for toll in tolls)
    assert any("Vladimir Rogov, a party" in toll for toll in tolls)


def test_a_step_of_a_process_is_not_shown_as_through(ledger: Ledger) -> None:
    steps = {cells[2].split()[0]: cells[6] for cells in _incidents(ledger)}
    assert steps["signed"].startswith("signed")
    assert steps["mobilisation"] == "only announced"


def _incidents(ledger: Ledger) -> list[tuple[str, ...]]:
    return [row.cells for row in next(s for s in ledger.brief().sections if s.key == "incidents").rows]
