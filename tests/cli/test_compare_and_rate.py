import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

ROWS = (
    {
        "id": "wire-1",
        "published": "2031-05-04T08:00:00+00:00",
        "source": "Delta Wire",
        "url": "https://delta.example/velm",
        "text": "At least 14 people were killed when shells hit a grain store in Velm on Sunday, the mayor said.",
    },
    {
        "id": "wire-2",
        "published": "2031-05-04T11:00:00+00:00",
        "source": "Delta Wire",
        "url": "https://delta.example/velm",
        "text": "At least 19 people were killed when shells hit a grain store in Velm on Sunday, the mayor said.",
    },
)


@pytest.fixture
def ledger(call: Call, tmp_path: Path) -> Call:
    (tmp_path / "reports.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    assert call("add", "reports.jsonl").code == 0
    return call


@pytest.mark.parametrize("width", ["50", "80", "120"])
def test_two_columns_fit_the_terminal(width: str, ledger: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = ledger("compare", "wire-1", "wire-2")
    assert shown.code == 0, shown.err
    assert max(len(line) for line in shown.out.splitlines()) <= int(width)
    assert "⟦14⟧" in shown.out
    assert "number: 14 → 19" in shown.out


def test_a_revision_alone_is_compared_with_the_text_before(ledger: Call, tmp_path: Path) -> None:
    found = json.loads(ledger("compare", "wire-2", "--json").out)
    assert (found["first"]["id"], found["second"]["id"]) == ("wire-1", "wire-2")
    assert ledger("compare", "wire-2", "--html", "page.html").code == 0
    assert "wire-1 and wire-2" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_two_files_need_no_ledger(call: Call, tmp_path: Path) -> None:
    for name, row in zip(("a.txt", "b.txt"), ROWS, strict=True):
        (tmp_path / name).write_text(row["text"], encoding="utf-8")
    shown = call("compare", "a.txt", "b.txt")
    assert shown.code == 0, shown.err
    assert "number: 14 → 19" in shown.out
    assert not (tmp_path / "crisis.db").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["compare", "wire-1", "wire-1"], "both are report wire-1"),
        (["compare", "wire-1", "nobody"], "no report has an id"),
        (["compare", "wire", "wire-1"], "2 reports have an id"),
        (["rate", "Nobody", "--reliability", "B"], "no report is of, or credits"),
        (["rate", "Delta Wire", "--reliability", "G"], "reliability is one of"),
        (["rate", "wire-1", "--credibility", "9"], "credibility is one of"),
        (["rate", "wire-1"], "--reliability"),
        (["rate"], "--list"),
    ],
)
def test_a_wrong_call_is_two(arguments: list[str], why: str, ledger: Call) -> None:
    called = ledger(*arguments)
    assert called.code == 2
    assert why in called.err


def test_a_source_is_rated_by_its_short_name_or_its_long_one(ledger: Call, tmp_path: Path) -> None:
    row = {"id": "post-1", "source": "Vale Post", "agency": "Delta Wire", "text": "The road to Tarn was shut."}
    (tmp_path / "post.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert ledger("add", "post.jsonl").code == 0
    for name in ("Delta", "the delta wire", "Delta Wire Agency"):
        assert "of Delta Wire, by Ann" in ledger("rate", name, "--reliability", "B", "--by", "Ann").out
    assert ledger("rate", "Wire", "--reliability", "B", "--by", "Ann").code == 2


def test_ratings_are_appended_and_shown(ledger: Call) -> None:
    (incident,) = [json.loads(line) for line in ledger("query", "incidents", "--json").out.splitlines()]
    assert "; F6" in ledger("brief").out.replace("\n", " ")
    assert ledger("rate", "delta wire", "--reliability", "c", "--by", "Ann").code == 0
    assert ledger("rate", "Delta Wire", "--reliability", "B", "--by", "Ann", "--why", "on the spot").code == 0
    assert ledger("rate", incident["id"], "--credibility", "3", "--by", "Ben").code == 0
    listed = ledger("rate", "--list").out.splitlines()
    assert [line[0] for line in listed] == ["C", "B", "3"]
    assert "a later rating holds" in listed[0]
    assert "on the spot" in listed[1]
    assert [json.loads(line)["value"] for line in ledger("rate", "--json").out.splitlines()] == ["C", "B", "3"]
    assert "; B3" in ledger("brief").out.replace("\n", " ")
