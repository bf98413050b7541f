import sqlite3

import pytest

from dateline.errors import UsageError
from dateline.judge.judgements import correct, judge, judgements
from dateline.judge.ratings import rate, ratings
from dateline.model.vocab import RatingScale, Ruling, Table
from dateline.store.base import Found, Setup
from dateline.store.sqlite import SqliteStore
from tests.store.examples import SETUP, example, links_of

EVENT = Found(Table.EVENTS, example().events[0].id)
SAID = {"by": "A reader", "why": "the wire says so"}


@pytest.fixture
def ledger(store: SqliteStore) -> SqliteStore:
    store.add([example()], SETUP)
    store.replace_links(links_of(example()))
    return store


def test_a_judgement_is_listed_by_its_row(ledger: SqliteStore) -> None:
    second = correct(ledger, EVENT, "status", "planned", at="2031-05-08T09:00:00+00:00", **SAID)
    first = judge(ledger, EVENT, Ruling.REJECTED, at="2031-05-07T09:00:00+00:00", **SAID)
    other = judge(ledger, Found(Table.REPORTS, "r1"), Ruling.CONFIRMED, by="Another")
    assert list(judgements(ledger, EVENT.id)) == [first, second]
    assert (second.field, second.value, second.verdict) == ("status", "planned", Ruling.CORRECTED)
    assert other in list(judgements(ledger))
    assert len({first.id, second.id, other.id}) == 3


def test_the_same_judgement_twice_is_one(ledger: SqliteStore) -> None:
    for _ in range(2):
        judge(ledger, EVENT, Ruling.CONFIRMED, at="2031-05-07", **SAID)
    assert len(list(judgements(ledger))) == 1


def test_judgements_outlive_every_rebuild(ledger: SqliteStore) -> None:
    made = judge(ledger, EVENT, Ruling.CONFIRMED, **SAID)
    rated = rate(ledger, Found(Table.REPORTS, "r1"), RatingScale.RELIABILITY, "B", **SAID)
    ledger.replace_links(links_of(example()))
    ledger.add([example().replace(events=(), figures=())], Setup("m", "p", "k"), replace=True)
    assert list(judgements(ledger)) == [made]
    assert list(ratings(ledger)) == [rated]


@pytest.mark.parametrize("table", ["judgements", "ratings"])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET why = 'no'",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {} SELECT * FROM {}",
        "INSERT OR REPLACE INTO {} SELECT key + 100, * FROM (SELECT {columns} FROM {})",
    ],
)
def test_they_are_append_only(ledger: SqliteStore, table: str, change: str) -> None:
    judge(ledger, EVENT, Ruling.CONFIRMED, **SAID)
    rate(ledger, EVENT, RatingScale.CREDIBILITY, "2", **SAID)
    raw = sqlite3.connect(ledger.path)
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] != "key"]
    columns = ", ".join(f'"{name}"' for name in names)
    sql = change.replace("{columns}", columns).replace("SELECT key + 100, * FROM (SELECT ", "SELECT key + 100, ")
    sql = sql.replace(" FROM {})", " FROM {}").replace("{}", table)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(sql)
    raw.close()


def test_what_cannot_be_judged(ledger: SqliteStore) -> None:
    with pytest.raises(UsageError, match="no row"):
        judge(ledger, Found(Table.EVENTS, "gone"), Ruling.CONFIRMED, by="A reader")
    with pytest.raises(UsageError, match="not judged"):
        judge(ledger, Found(Table.MANIFEST, "manifest"), Ruling.CONFIRMED, by="A reader")
    with pytest.raises(UsageError, match="no column 'colour'"):
        correct(ledger, EVENT, "colour", "red", by="A reader")
    with pytest.raises(UsageError, match="names the field"):
        judge(ledger, EVENT, Ruling.CORRECTED, by="A reader")
    for scale, value in ((RatingScale.RELIABILITY, "G"), (RatingScale.CREDIBILITY, "A"), (RatingScale.CREDIBILITY, "")):
        with pytest.raises(UsageError, match="is one of"):
            rate(ledger, EVENT, scale, value, by="A reader")
