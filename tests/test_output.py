"""Output that takes no more: one line for a full disk, none for a reader that has seen enough."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.api import Ledger
from dateline.nlp.base import Parser
from tests.support.reader import MODEL

QUERY = [sys.executable, "-m", "dateline.cli.main", "query", "passages"]


@pytest.fixture
def environment(parser: Parser, tmp_path: Path) -> dict[str, str]:
    ledger = tmp_path / "crisis.db"
    with Ledger(ledger, model=MODEL) as opened:
        opened.add([{"text": "\n\n".join(f"The dam was safe. Pier {n} was closed." for n in range(400))}], link=False)
    return {**os.environ, "DATELINE_MODEL": MODEL, "DATELINE_LEDGER": str(ledger)}


def test_a_reader_that_stops_early_is_no_failure(environment: dict[str, str]) -> None:
    query = subprocess.Popen(QUERY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert query.stdout is not None
    assert query.stderr is not None
    query.stdout.readline()
    query.stdout.close()
    assert query.wait() == 0
    assert query.stderr.read() == b""
    query.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_output_is_one_line(environment: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(QUERY, stdout=full, stderr=subprocess.PIPE, env=environment, check=False, text=True)
    assert done.returncode == 5
    (line,) = done.stderr.splitlines()
    assert "cannot be written" in line


def test_standard_input_that_is_closed_is_named(environment: dict[str, str]) -> None:
    code = "import sys; sys.stdin = None; from dateline.cli.main import main; main(['add', '-'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False, text=True)
    assert done.returncode == 4
    assert done.stderr.splitlines() == ["dateline: standard input: it is closed"]
