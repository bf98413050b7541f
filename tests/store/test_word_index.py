import random
from pathlib import Path

import numpy as np
import pytest

from dateline.link.index import MemoryIndex
from dateline.matching.marks import keys_of, marks_of
from dateline.matching.postings import Indexed
from dateline.matching.words import word_of
from dateline.store import word_index
from dateline.store.sqlite import SqliteStore, open_store
from tests.store.examples import SETUP, example


def indexed(id: str, draw: random.Random) -> Indexed:
    words = [word_of(f"{letter}{vowel}lm") for letter in "bdfgkprstv" for vowel in "aou"]
    sentences = [draw.sample(words, draw.randint(1, 14)) for _ in range(draw.randint(0, 5))]
    wholes = [(0, " ".join(word.key for word in sentences[0]))] if sentences else []
    return Indexed(id, keys_of(sentences, wholes), marks_of(sentences))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks and lookups so small that a key's postings spread over several."""
    monkeypatch.setattr(word_index, "CHUNK", 3)
    monkeypatch.setattr(word_index, "AT_ONCE", 5)
    monkeypatch.setattr(word_index, "KEPT", 2)


@pytest.mark.parametrize("seed", range(5))
def test_a_stored_index_answers_as_one_in_memory(tmp_path: Path, small: None, seed: int) -> None:
    draw = random.Random(seed)
    ids = [f"r{number}" for number in range(24)]
    path = tmp_path / "ledger.db"
    with open_store(path, create_new=True) as store:
        store.add([example(id) for id in ids], SETUP)
    memory = MemoryIndex()
    waiting = list(ids)
    while waiting:
        some, waiting = waiting[: draw.randint(1, 6)], waiting[6:] if len(waiting) > 6 else []
        batch = [indexed(id, draw) for id in some]
        memory.add(batch)
        with open_store(path) as store, store.transaction():
            store.words().add(batch)
        with open_store(path) as store:
            same(store, memory, [one.report for one in batch])


def same(store: SqliteStore, memory: MemoryIndex, ids: list[str]) -> None:
    stored = store.words()
    assert stored.next == memory.next
    everything = np.unique(np.concatenate([memory._codes >> np.uint64(32), np.arange(3, dtype=np.uint64)]))
    asked = everything.astype(np.uint32)
    mine, theirs = stored.find(asked), memory.find(asked)
    assert mine.asked.tolist() == theirs.asked.tolist()
    assert mine.sentences.tolist() == theirs.sentences.tolist()
    assert len(theirs.sentences) == len(memory._codes)
    for id in ids:
        assert stored.first(id) == memory.first(id)
        assert stored.report(stored.number(id)) == id
    assert id not in stored.missing()
    everywhere = np.unique(theirs.sentences).astype(np.int64)
    for some in (everywhere[::-1], everywhere[1::3]):
        assert stored.marks(some).to_bytes() == memory.marks(some).to_bytes()


def test_merging_keeps_few_segments(tmp_path: Path) -> None:
    draw = random.Random(1)
    ids = [f"r{number:02}" for number in range(40)]
    with open_store(tmp_path / "ledger.db", create_new=True) as store:
        store.add([example(id) for id in ids], SETUP)
        index = store.words()
        for id in ids:
            with store.transaction():
                index.add([indexed(id, draw)])
        assert 1 <= len(index._segments) <= 5
        assert index.missing() == []
        index.clear()
        assert index.missing() == ids
        assert index.next == 0
        assert len(index.find(np.arange(9, dtype=np.uint32)).asked) == 0
        with pytest.raises(KeyError):
            index.number("r01")
