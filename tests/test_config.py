"""What is configured is named, and the environment goes before the file."""

from pathlib import Path

import pytest

from dateline.api import make_verifier
from dateline.config import OFF, load_config
from dateline.errors import ModelError


def test_the_verifier_is_off_unless_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_VERIFIER", raising=False)
    assert load_config(folder=tmp_path, prefix=tmp_path).verifier == OFF
    (tmp_path / "dateline.toml").write_text('verifier = "all-MiniLM-L6-v2"\n', encoding="utf-8")
    assert load_config(folder=tmp_path).verifier == "all-MiniLM-L6-v2"
    monkeypatch.setenv("DATELINE_VERIFIER", OFF)
    assert load_config(folder=tmp_path).verifier == OFF


def test_off_makes_none_and_an_unknown_name_is_an_error() -> None:
    assert make_verifier(OFF) is None
    with pytest.raises(ModelError, match="unknown verifier 'some-model'"):
        make_verifier("some-model")
