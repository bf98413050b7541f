"""Calls of the command line, in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from dateline.cli.main import main
from dateline.nlp.base import Parser
from tests.support.reader import MODEL

TEXT = "Mara Venn said on Monday that the dam above Velmar was safe. Two boats were lost."


class Called(Struct, frozen=True):
    """How a call ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Call = Callable[..., Called]


@pytest.fixture
def call(tmp_path: Path, parser: Parser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call ``dateline`` in an empty folder with the ledger crisis.db; the parser is loaded once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_MODEL", MODEL)
    monkeypatch.setenv("DATELINE_LEDGER", "crisis.db")

    def called(*arguments: str) -> Called:
        capsys.readouterr()
        try:
            main(list(arguments))
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        printed = capsys.readouterr()
        return Called(code, printed.out, printed.err)

    return called
