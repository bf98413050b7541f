from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store.sqlite import SqliteStore, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(tmp_path / "ledger.db", create_new=True) as store:
        yield store
