"""Ledgers that were altered by hand or damaged: one line that says what, and never a trace."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Call


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE events SET status = 'dreamt'", "'dreamt' is not a valid Status"),
        ("UPDATE incidents SET status = 'dreamt'", "'dreamt' is not a valid Status"),
        ("DELETE FROM manifest", "no manifest"),
    ],
)
def test_a_ledger_altered_by_hand_is_one_line(call: Call, tmp_path: Path, harm: str, said: str) -> None:
    (tmp_path / "report.txt").write_text("Varnian forces shelled a market in Skarn on Monday.", encoding="utf-8")
    assert call("add", "report.txt", "--published", "2031-05-06").code == 0
    with closing(sqlite3.connect(tmp_path / "crisis.db", isolation_level=None)) as raw:
        raw.execute(harm)
    ended = call("brief")
    (line,) = ended.complaints
    assert ended.code == 5
    assert said in line
    assert ended.out == ""


def test_doctor_says_what_is_damaged(call: Call, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    assert call("add", "report.txt", "--published", "2031-05-06").code == 0
    ledger = tmp_path / "crisis.db"
    assert call("doctor").code == 0
    with ledger.open("r+b") as file:
        file.seek(ledger.stat().st_size // 2)
        file.write(b"\0" * 20_000)
    ended = call("doctor")
    assert ended.code == 5
    assert any("damaged" in line for line in ended.complaints), ended.err
    ledger.write_bytes(b"no ledger at all")
    assert call("doctor").code == 5
