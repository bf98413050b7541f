"""What the commands print and how they end."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Call


@pytest.fixture
def ledger(call: Call, tmp_path: Path) -> Call:
    """A ledger with one report."""
    row = {"id": "velmar-1", "text": TEXT, "published": "2031-05-06", "source": "Velmar Post"}
    (tmp_path / "reports.jsonl").write_text(json.dumps(row), encoding="utf-8")
    added = call("add", "reports.jsonl")
    assert added.code == 0, added.err
    assert added.out == "1 inputs: 1 stored, 0 already there, 0 quarantined. Ledger: crisis.db\n"
    return call


def test_the_same_input_twice_changes_nothing(ledger: Call, tmp_path: Path) -> None:
    def tables() -> dict[str, str]:
        assert ledger("export", "jsonl", "--out", "tables").code == 0
        return {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()}

    before = tables()
    again = ledger("add", "reports.jsonl", "--json")
    assert again.code == 0
    assert json.loads(again.out)["already_there"] == 1
    after = tables()
    assert {name for name in before if before[name] != after[name]} <= {"inputs.jsonl"}


def test_rereading_finds_the_same(ledger: Call) -> None:
    before = ledger("query", "statements", "--json").out
    again = ledger("reread")
    assert (again.code, again.out) == (0, "1 reports read again. Ledger: crisis.db\n")
    assert before
    assert ledger("query", "statements", "--json").out == before


def test_query(ledger: Call) -> None:
    (row,) = (json.loads(line) for line in ledger("query", "statements", "--json").out.splitlines())
    assert row["speaker"]["text"] == "Mara Venn"
    assert TEXT[row["start"] : row["end"]] == row["quote"]
    assert ledger("query", "statements", "--where", "voice=unnamed").out == ""
    (line,) = csv.DictReader(io.StringIO(ledger("query", "statements", "--csv").out))
    assert line["id"] == row["id"]
    assert ledger("query", "passages", "--search", "dam Velmar").out
    assert ledger("query", "passages", "--search", "volcano").out == ""


def test_quotes(ledger: Call) -> None:
    shown = ledger("quotes", "--speaker", "venn")
    assert shown.code == 0
    assert "that the dam above Velmar was safe [paraphrased]" in shown.out
    (row,) = (json.loads(line) for line in ledger("quotes", "--about", "dam", "--json").out.splitlines())
    assert (row["speaker"], row["reports"], row["wordings"]) == ("Mara Venn", ["velmar-1"], [])
    (line,) = csv.DictReader(io.StringIO(ledger("quotes", "--since", "2031-05-01", "--csv").out))
    assert line["statement"] == row["statement"]
    nothing = ledger("quotes", "--kind", "direct")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "0 of 1 reports carry such a statement\n")


def test_states(ledger: Call) -> None:
    shown = ledger("states", "--of", "Velmar")
    assert shown.out == "0 relations of “Velmar” among 0 states in 1 report\n"
    assert ledger("states", "--json").out == ""


def test_positions(ledger: Call) -> None:
    shown = ledger("positions", "dam")
    assert shown.code == 0
    assert shown.out.startswith("1 of 1 report mention “dam”; 1 statement by 1 speaker")
    assert "Mara Venn · no stance told" in shown.out
    assert ledger("positions", "grain").out == "0 of 1 report mention “grain”\n"
    (row,) = (json.loads(line) for line in ledger("positions", "dam", "--json").out.splitlines())
    assert row["said"][0]["report"] == "velmar-1"


def test_show(ledger: Call) -> None:
    row = json.loads(ledger("query", "statements", "--json").out)
    shown = ledger("show", row["id"][:8], "--why")
    assert shown.code == 0
    assert "⟦" in shown.out
    assert "because the cue" in shown.out
    assert json.loads(ledger("show", row["id"], "--json").out.splitlines()[0])["table"] == "statements"


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "statments"],
        ["query", "statements", "--where", "colour=red"],
        ["query", "statements", "--where", "speaker"],
        ["quotes", "--since", "yesterday"],
        ["positions"],
        ["show", "zzzz"],
        ["export", "xml", "--out", "tables"],
        ["add"],
        ["add", "reports.jsonl", "--published", "last week"],
        ["add", "reports.jsonl", "--model", "en_core_web_xx", "--ledger", "other.db"],
        ["nothing"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_two(arguments: list[str], ledger: Call) -> None:
    ended = ledger(*arguments)
    assert ended.code == 2
    assert ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_brief(ledger: Call, tmp_path: Path) -> None:
    printed = ledger("brief")
    assert printed.code == 0
    assert "Mara Venn" in printed.out
    for form in ("md", "html"):
        assert ledger("brief", "-o", f"brief.{form}").code == 0
        assert "Mara Venn" in (tmp_path / f"brief.{form}").read_text(encoding="utf-8")


def test_export(ledger: Call, tmp_path: Path) -> None:
    from dateline.export.tables import CONTRACT

    for form in ("jsonl", "csv", "parquet"):
        assert ledger("export", form, "--out", form).code == 0
        assert {path.name for path in (tmp_path / form).iterdir()} == {f"{table}.{form}" for table in CONTRACT}


def test_verify_finds_what_was_tampered_with(ledger: Call, tmp_path: Path) -> None:
    import sqlite3

    assert ledger("verify").code == 0
    with sqlite3.connect(tmp_path / "crisis.db") as raw:
        raw.execute("UPDATE texts SET text = replace(text, 'safe', 'lost')")
    raw.close()
    broken = ledger("verify", "--json")
    assert broken.code == 5
    assert json.loads(broken.out)["broken"]


def test_a_ledger_that_is_not_there(call: Call, tmp_path: Path) -> None:
    for command in ("brief", "verify"):
        ended = call(command)
        assert ended.code == 5
        assert "crisis.db" in ended.err
    assert not (tmp_path / "crisis.db").exists()


def test_doctor_names_the_model(ledger: Call) -> None:
    told = ledger("doctor")
    assert told.code == 0
    assert "en_core_web_md (named)" in told.out
    assert "verifier of copies: off" in told.out
    assert ledger("doctor", "--model", "en_core_web_xx").code == 2


def test_a_verifier_that_is_not_there_is_told(ledger: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_VERIFIER", "no-such-model")
    told = ledger("doctor")
    assert "verifier of copies no-such-model (named): unknown verifier" in told.out
    assert told.code == 2
    assert ledger("link").code == 2


def test_dates_in_the_text_are_offered_and_not_taken(call: Call, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(f"VELMAR, May 6, 2031 (Northline) - {TEXT}", encoding="utf-8")
    added = call("add", "report.txt", "--no-link")
    assert added.code == 0
    assert "no publication date" in added.err
    assert json.loads(call("query", "reports", "--json").out)["published"] is None


def test_another_language_is_stored_and_not_read(call: Call, tmp_path: Path) -> None:
    text = "Der Bürgermeister sagte am Montag, der Damm oberhalb der Stadt sei sicher. Zwei Boote gingen verloren."
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert call("add", "report.txt", "--no-link", "--quiet").code == 0
    row = json.loads(call("query", "reports", "--json").out)
    assert (row["language"], row["status"]) == ("de", "unread_language")
    assert call("query", "statements").out == ""
    assert call("query", "passages", "--search", "Bürgermeister").out


def test_help_loads_neither_parser_nor_tables() -> None:
    code = "import sys; from dateline.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    heavy = "{m for m in ('spacy', 'numpy', 'pyarrow', 'sqlite3', 'yaml', 'jinja2', 'rich') if m in sys.modules}"
    done = subprocess.run([sys.executable, "-c", f"{code}print({heavy})"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
    assert "Examples:" in done.stdout
