"""Bad input: one line naming the input, the others taken, nothing stored harmed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Call
from tests.support.reader import MODEL

CYRILLIC = "Плотина выше города безопасна, сказала Мара Венн. Две лодки пропали."
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "cp1251.txt": (CYRILLIC.encode("cp1251"), "--encoding"),
    "utf16-bom.txt": (TEXT.encode("utf-16"), "UTF-16"),
    "utf16-bare.txt": (CYRILLIC.encode("utf-16-le"), "wrongly encoded"),
    "nul.txt": (TEXT.replace(" ", "\0", 1).encode(), "NUL"),
    "no-text.csv": (b"id,title\n1,A dam\n", "text"),
    "page.bin": (b"<!doctype html><p>A dam", "no text of a report"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_others_are_in(name: str, call: Call, tmp_path: Path) -> None:
    data, reason = BAD[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in" / "good.txt").write_text(TEXT, encoding="utf-8")
    added = call("add", "in", "--no-link", "--quiet", "--published", "2031-05-06")
    assert added.code == 1
    (line,) = added.complaints
    assert name in line
    assert reason in line
    assert call("query", "reports", "--json").out.count("\n") == 1
    assert "0 broken" in call("verify").out


@pytest.mark.parametrize("name", BAD)
def test_nothing_but_bad_input_is_four(name: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD[name][0])
    assert call("add", name, "--quiet").code == 4


def test_bad_lines_cost_themselves_alone(call: Call, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "first", "text": TEXT}),
        '{"id": "broken", "text": ',
        '["not", "an", "object"]',
        json.dumps({"id": "no-text"}),
        '{"id": "surrogate", "text": "A dam \\ud800 broke."}',
        json.dumps({"id": "no-date", "text": TEXT, "published": "last week"}),
        json.dumps({"id": "endless", "text": "dam " * 7_500_000}),
        json.dumps({"id": "last", "text": TEXT + " It rained."}),
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    added = call("add", "reports.jsonl", "--no-link", "--json")
    assert added.code == 1
    outcome = json.loads(added.out)
    assert outcome["stored"] == 2
    assert [bad["name"] for bad in outcome["quarantined"]] == [f"reports.jsonl:{n}" for n in range(2, 8)]
    complaints = [line for line in added.complaints if "reports.jsonl:" in line and "no publication date" not in line]
    assert len(complaints) == 6
    assert all(len(line) < 300 for line in complaints)
    ids = {json.loads(row)["id"] for row in call("query", "reports", "--json").out.splitlines()}
    assert ids == {"first", "last"}


def test_an_input_that_is_not_there(call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    added = call("add", "nowhere.txt", "good.txt", "--no-link", "--quiet")
    assert added.code == 1
    assert [line for line in added.complaints if "nowhere.txt" in line]


def test_a_file_that_is_no_ledger_is_left_as_it_was(call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    before = b"This is a shopping list, not a ledger. " * 100
    (tmp_path / "crisis.db").write_bytes(before)
    for command in (["add", "good.txt"], ["brief"], ["query", "events"], ["verify"], ["export", "csv", "--out", "t"]):
        ended = call(*command)
        assert ended.code == 5
        (line,) = ended.complaints
        assert "crisis.db" in line
    assert (tmp_path / "crisis.db").read_bytes() == before


def test_another_program_s_database_is_no_ledger(call: Call, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "crisis.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    before = (tmp_path / "crisis.db").read_bytes()
    assert call("add", "good.txt").code == 5
    assert (tmp_path / "crisis.db").read_bytes() == before


@pytest.mark.parametrize("ledger", ["/proc/crisis.db", "good.txt/crisis.db", "nowhere/crisis.db"])
def test_a_folder_that_cannot_be_written_to(ledger: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    added = call("add", "good.txt", "--quiet", "--ledger", ledger)
    assert added.code == 5
    (line,) = added.complaints
    assert ledger in line


@pytest.mark.parametrize("out", ["/proc/out", "good.txt/out"])
def test_output_that_cannot_be_written(out: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    call("add", "good.txt", "--quiet", "--no-link")
    for command in (["brief", "-o", f"{out}.md"], ["export", "jsonl", "--out", out]):
        ended = call(*command)
        assert ended.code in (2, 5), command
        assert len(ended.complaints) == 1, ended.err
        assert out in ended.err


def test_a_full_disk_leaves_what_was_stored(call: Call, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    assert call("add", "good.txt", "--quiet", "--no-link").code == 0
    rows = [{"id": f"r{n}", "text": f"{TEXT} The boat of pier {n} sank."} for n in range(200)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    # As on a full disk, files cannot grow. What the process keeps in temporary files is loaded before.
    code = (
        "import resource, sys; from dateline.cli.main import main; from dateline.ingest.language import tell_language;"
        "tell_language('The river rose again overnight.'); limit = int(sys.argv[1]);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)); main(sys.argv[2:])"
    )
    limit = (tmp_path / "crisis.db").stat().st_size + 20_000
    done = subprocess.run(
        [sys.executable, "-c", code, str(limit), "add", "many.jsonl", "--no-link", "--quiet"],
        env={**os.environ, "DATELINE_MODEL": MODEL, "DATELINE_LEDGER": "crisis.db"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    assert "crisis.db" in done.stderr.splitlines()[-1]
    assert "0 broken" in call("verify").out
    assert call("query", "reports", "--where", "id=r199").out == ""
    assert call("query", "reports", "--json").out.count("\n") >= 1
