import random

import pytest

from benchmarks.answers import open_key
from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.matching.paraphrase import Verifier
from dateline.model.links import Copy
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.run import linking
from dateline.run.linking import find_copies, relink
from dateline.store.base import Setup
from dateline.store.sqlite import SqliteStore
from tests.link.build import report
from tests.link.test_candidates import made
from tests.matching.test_paraphrase import FOUND, RETOLD, SYNONYMS
from tests.store.conftest import store as store
from tests.support.vectors import FakeEmbedder

SETUP = Setup("m", "p", "k")


@pytest.mark.parametrize("seed", range(3))
def test_linking_as_reports_come_gives_what_linking_at_once_gives(
    store: SqliteStore, knowledge: Knowledge, seed: int
) -> None:
    given = made(seed, 24)
    random.Random(seed).shuffle(given)
    for start in range(0, 24, 5):
        store.add(given[start : start + 5], SETUP)
        relink(store, knowledge)
    at_once = link(given, knowledge)
    assert store.links().copies == tuple(sorted(at_once.copies, key=lambda row: row.id))
    assert {row.id: row for row in store.links().changes} == {row.id: row for row in at_once.changes}
    assert store.links().lineage == at_once.lineage
    assert store.links().storylines == at_once.storylines
    assert list(store.verify()) == []
    assert find_copies(store, knowledge) == 0


def test_a_ledger_gives_what_its_reports_give_in_memory(
    store: SqliteStore, knowledge: Knowledge, parser: Parser
) -> None:
    _, reports = open_key("ferry") or pytest.fail("its reports are gone")
    given = tuple(read_reports(reports, parser, knowledge))
    store.add(given, SETUP)
    relink(store, knowledge)
    stored, at_once = store.links(), link(given, knowledge)
    for table in at_once.__struct_fields__:
        assert {row.id: row for row in getattr(stored, table)} == {row.id: row for row in getattr(at_once, table)}
    assert stored.incidents
    assert stored.conflicts


def test_other_knowledge_or_other_records_make_copies_anew(
    store: SqliteStore, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = made(1, 6)
    store.add(given, SETUP)
    assert find_copies(store, knowledge) == 6
    store.add(given[:2], SETUP, replace=True)
    assert find_copies(store, knowledge) == 6
    monkeypatch.setattr(linking.dateline, "__version__", "0")
    assert find_copies(store, knowledge) == 6
    assert find_copies(store, knowledge) == 0
    assert len(list(store.records(Copy))) == len(link(given, knowledge).copies)


def test_a_linking_that_breaks_leaves_nothing_that_rests_on_what_is_gone(
    store: SqliteStore, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = made(2, 8)
    store.add(given[:4], SETUP)
    relink(store, knowledge)
    before = store.links()
    store.add(given[4:], SETUP)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    with monkeypatch.context() as patch:
        patch.setattr(store, "replace_links", broken)
        with pytest.raises(RuntimeError):
            relink(store, knowledge)
    assert store.links().storylines == before.storylines
    assert list(store.verify()) == []
    relink(store, knowledge)
    assert store.links().copies == tuple(sorted(link(given, knowledge).copies, key=lambda row: row.id))


def test_a_verifier_switched_on_or_off_makes_copies_anew(store: SqliteStore, knowledge: Knowledge) -> None:
    given = [report("a", FOUND), report("b", RETOLD)]
    store.add(given, SETUP)
    verifier = Verifier(FakeEmbedder(SYNONYMS))
    for seconded, copies in ((None, 0), (verifier, 1), (None, 0)):
        assert find_copies(store, knowledge, seconded) == 2
        assert find_copies(store, knowledge, seconded) == 0
        assert len(list(store.records(Copy))) == copies
