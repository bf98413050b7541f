import os
import sqlite3
from pathlib import Path

import pytest

from dateline.errors import LedgerError
from dateline.store import dialect
from dateline.store.sqlite import SqliteStore, open_store
from tests.store.examples import SETUP, example


def refusal(path: Path, **how: bool) -> str:
    with pytest.raises(LedgerError) as caught:
        open_store(path, **how)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_settings_that_keep_what_was_written(store: SqliteStore) -> None:
    def pragma(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
    assert pragma("application_id") == dialect.APPLICATION_ID


def test_no_ledger_is_made_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    assert "no ledger" in refusal(path)
    assert not path.exists()
    path.touch()
    assert "no ledger" in refusal(path)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    assert "no ledger" in refusal(path)


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.write_text("These are words, and long enough to be taken for the head of a file. " * 20)
    assert "not a ledger" in refusal(path, create_new=True)
    assert path.read_text().startswith("These are words")


def test_somebody_elses_database(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE songs (title TEXT)")
    assert "something else" in refusal(path, create_new=True)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_a_folder_and_a_place_that_is_not_there(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path, create_new=True)
    assert "cannot be opened" in refusal(tmp_path / "nowhere" / "l.db", create_new=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with open_store(home / "l.db", create_new=True) as store:
        store.add([example()], SETUP)
    home.chmod(0o500)
    assert "cannot be" in refusal(home / "new.db", create_new=True)
    with open_store(home / "l.db", read_only=True) as store:
        assert store.report_ids() == ["r1"]
    home.chmod(0o700)


def test_opened_for_reading_it_cannot_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with open_store(path, create_new=True) as store:
        store.add([example()], SETUP)
    with open_store(path, read_only=True) as store:
        assert store.report_ids() == ["r1"]
        with pytest.raises(LedgerError, match="cannot be written to"):
            store.add([example("r2")], SETUP)


def test_a_full_disk_loses_the_batch_and_nothing_else(store: SqliteStore) -> None:
    store.add([example()], SETUP)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(LedgerError, match="disk is full") as caught:
        store.add([example(f"more-{n}") for n in range(200)], SETUP)
    assert "\n" not in str(caught.value)
    assert store.report_ids() == ["r1"]
    assert list(store.verify()) == []
    store._connection.execute(f"PRAGMA max_page_count = {pages + 4000}")
    store.add([example("r2")], SETUP)
    assert store.report_ids() == ["r1", "r2"]


def test_another_process_that_writes(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.store.sqlite._WAIT", 0.05)
    with store.transaction(), open_store(store.path) as other:
        assert other.report_ids() == []
        with pytest.raises(LedgerError, match="another process"):
            other.add([example()], SETUP)
