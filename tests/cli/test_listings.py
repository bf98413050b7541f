"""The list commands, ``show --why`` and ``brief --as-of`` as a newcomer calls them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

REPORTS = (
    {
        "id": "wire-1",
        "source": "Northline",
        "published": "2031-05-06",
        "text": "At least 12 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor "
        "Mara Venn said.\n\nPresident Oskar Brandt will sign a decree on the mobilisation of reservists on Friday.",
    },
    {
        "id": "courier-1",
        "source": "The Harbour Courier",
        "published": "2031-05-07",
        "text": "At least 21 people were killed when Varnian forces shelled a market in Skarn on Monday, Governor "
        "Mara Venn said. (Northline)",
    },
    {"id": "notes-1", "text": "The old bridge at Tarn was closed. Nobody was hurt."},
)
LISTS = (["events"], ["figures"], ["incidents"], ["copies"], ["conflicts"], ["storylines"], ["lineage", "courier-1"])


@pytest.fixture
def ledger(call: Call, tmp_path: Path) -> Call:
    lines = "\n".join(json.dumps(row) for row in REPORTS)
    (tmp_path / "reports.jsonl").write_text(lines, encoding="utf-8")
    assert call("add", "reports.jsonl").code == 0
    return call


@pytest.mark.parametrize("width", [80, 120])
def test_tables_keep_to_the_width(ledger: Call, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in LISTS:
        shown = ledger(*arguments)
        assert shown.code == 0
        assert shown.err == ""
        assert max(map(len, shown.out.splitlines())) <= width


def test_what_is_told_in_full_keeps_to_the_width(ledger: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    events = [json.loads(line)["event"] for line in ledger("events", "--json").out.splitlines()]
    for arguments in (["states"], *(["show", event, "--why"] for event in events)):
        shown = ledger(*arguments)
        assert shown.code == 0
        assert len(shown.out.splitlines()) > 4
        assert max(map(len, shown.out.splitlines())) <= 60


def test_an_exact_id_wins_over_those_that_begin_with_it(ledger: Call, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(json.dumps({"id": "wire-10", "text": "The bridge at Tarn was closed."}))
    assert ledger("add", "more.jsonl").code == 0
    assert ledger("show", "wire-1").out.startswith("reports wire-1\n")
    assert json.loads(ledger("show", "wire-1", "--json").out)["id"] == "wire-1"
    assert "is not clear" in ledger("show", "wire-").err
    assert ledger("rate", "wire-1", "--credibility", "3", "--by", "Ann").code == 0


def test_rows_as_json_and_csv_are_the_same(ledger: Call) -> None:
    for arguments in LISTS:
        rows = [json.loads(line) for line in ledger(*arguments, "--json").out.splitlines()]
        cells = list(csv.DictReader(io.StringIO(ledger(*arguments, "--csv").out)))
        assert len(rows) == len(cells), arguments
        assert rows or arguments in (["storylines"], ["conflicts"]), arguments
        for row, cell in zip(rows, cells, strict=True):
            assert set(row) == set(cell)
        (searched,) = ledger(*arguments, "--json").complaints
        assert ledger(*arguments).out.replace("\n", " ").startswith(searched)


def test_a_limit_is_told(ledger: Call) -> None:
    every = ledger("events", "--json").out.splitlines()
    assert len(every) > 1
    one = ledger("events", "--json", "--limit", "1")
    assert one.out.splitlines() == every[:1]
    assert one.complaints[0].endswith("; 1 shown")


def test_what_is_not_found_is_said(ledger: Call) -> None:
    nothing = ledger("events", "--type", "AID")
    assert nothing.code == 0
    assert nothing.out.startswith("0 of ")
    empty = ledger("figures", "--effect", "displaced", "--csv")
    assert empty.out.startswith("claimant,claimant_is_party,figure,")
    assert len(empty.out.splitlines()) == 1
    assert "no copying found" in ledger("lineage", "notes").out


def test_events_by_place_and_day(ledger: Call) -> None:
    found = ledger("events", "--actor", "Varnian", "--from", "2031-05-05", "--to", "2031-05-05", "--json")
    rows = [json.loads(line) for line in found.out.splitlines()]
    assert {row["report"] for row in rows} == {"wire-1", "courier-1"}
    assert {row["claimed_by"] for row in rows} == {"Governor Mara Venn"}


def test_incidents_are_grouped(ledger: Call) -> None:
    shown = ledger("incidents").out
    assert "\nHappened (" in shown
    assert shown.index("\nHappened (") < shown.index("\nPlanned and not yet seen (")
    assert "independent" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["events", "--type", "SHELLING"],
        ["events", "--status", "maybe"],
        ["events", "--from", "Monday"],
        ["events", "--from", "2031-05-07", "--to", "2031-05-06"],
        ["incidents", "--from", "2031-05-07", "--to", "2031-05-06"],
        ["positions", ""],
        ["positions", " "],
        ["figures", "--effect", "eaten"],
        ["incidents", "--limit", "0"],
        ["lineage", "nobody"],
        ["brief", "--as-of", "Monday"],
        ["brief", "--retrieved"],
        ["brief", "-o", "brief.pdf"],
        ["brief", "-o", "brief"],
        ["brief", "-o", "brief.html", "--format", "md"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_two(arguments: list[str], ledger: Call, tmp_path: Path) -> None:
    ended = ledger(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err
    assert "Traceback" not in ended.err
    assert not list(tmp_path.glob("brief*"))


def test_a_refused_ending_names_those_allowed(ledger: Call) -> None:
    (line,) = ledger("brief", "-o", "brief.pdf").complaints
    assert line.endswith("ends in .html, .htm, .md, .txt")


def test_why_tells_rule_words_and_path(ledger: Call) -> None:
    rows = [json.loads(line) for line in ledger("events", "--type", "ASSAULT", "--json").out.splitlines()]
    row = next(row for row in rows if row["what"].startswith("shelled"))
    shown = ledger("show", row["event"], "--why").out
    assert "because frame assault-" in shown
    assert "of events.yaml, as in: “" in shown
    assert "fired by “shelled”" in shown
    lines = [json.loads(line) for line in ledger("show", row["event"], "--why", "--json").out.splitlines()]
    told = next(line["why"] for line in lines if line["table"] == "events")
    assert told[0]["said"].startswith("because frame assault-")
    assert told[1]["depth"] == 1
    assert "actor “Varnian forces”: shelled –nsubj→ forces" in shown
    assert "recipient “a market”: shelled –dobj→ market" in " ".join(shown.split())


def test_why_leads_from_an_incident_to_its_quotes(ledger: Call) -> None:
    rows = [json.loads(line) for line in ledger("incidents", "--json").out.splitlines()]
    row = next(row for row in rows if len(row["reports"]) == 2)
    shown = " ".join(ledger("show", row["incident"], "--why").out.split())
    for event in row["events"]:
        assert f"rests on events {event}" in shown
    assert "⟦shelled⟧" in shown
    assert "told by Governor Mara Venn" in shown
    assert "counts figures" in shown


def test_as_of_leaves_the_ledger_alone(ledger: Call, tmp_path: Path) -> None:
    before = ledger("query", "copies", "--json").out
    shown = ledger("brief", "--as-of", "2031-05-06")
    assert shown.code == 0
    head = " ".join(shown.out.splitlines()[:8])
    assert "Brief of 1 report, 6 May 2031, as of 6 May 2031" in head
    assert "perhaps later: 1 report (courier-1)." in head
    assert "not known when published: 1 report (notes-1)." in head
    assert "at least 21" not in shown.out
    assert "at least 21" in ledger("brief").out
    assert ledger("query", "copies", "--json").out == before
    for form in ("md", "html"):
        assert ledger("brief", "--as-of", "2031-05-06", "-o", f"then.{form}").code == 0
        assert "1 report (courier-1)" in (tmp_path / f"then.{form}").read_text(encoding="utf-8")
