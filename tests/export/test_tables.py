import csv
import itertools
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline.errors import UsageError
from dateline.export.files import Format, export
from dateline.export.tables import CONTRACT, columns, plain_rows
from dateline.judge.judgements import judge
from dateline.model.records import Record
from dateline.model.vocab import Ruling, Table
from dateline.store.base import Found
from dateline.store.rows import RECORDS
from dateline.store.sqlite import SqliteStore, open_store
from tests.store.examples import SETUP, TEXT, example, links_of

PART = {"text", "start", "end", "spans", "entity"}
PROMISED = {
    "reports": "title published published_basis retrieved source agency url author language words text_sha256 "
    "revision_of dateline",
    "passages": "kind",
    "mentions": "label referent entity",
    "entities": "name kind names country sector roles sex wikidata suggestions",
    "statements": "speaker cue content kind cue_class voice via addressee venue act polarity certainty about said_on "
    "utterance",
    "figures": "value low high bound unit si_value si_unit counted effect base comparator realised claimant "
    "claimant_is_party event statement",
    "times": "type value from to basis",
    "places": "name lat lon geonames_id country admin1 feature precision metonym candidates",
    "events": "trigger type mode contexts actors recipients place place_basis from to time_basis status polarity "
    "certainty stage voice statement quad scale conditions",
    "states": "subject relation object from to status polarity voice statement",
    "doubts": "kind record suggestion",
    "copies": "a_report a_start a_end b_report b_start b_end verdict direction",
    "changes": "copy kind a_start a_end a_text b_start b_end b_text",
    "lineage": "report from_report latent_origin share direction",
    "utterances": "speaker statements reports",
    "storylines": "title reports from to",
    "incidents": "type mode place from to status events reports publishers origins_low origins_high claimants figures "
    "seen_as",
    "conflicts": "kind relation left right",
    "positions": "actor issue stance statements from to",
    "judgements": "target verdict field value by at why",
    "ratings": "target scale value by at why",
    "inputs": "name outcome reason report",
    "manifest": "contract_version model knowledge_digest",
}
EVIDENCE = [t for t, kind in RECORDS.items() if issubclass(kind, Record)]
DERIVED = "entities copies changes lineage utterances storylines incidents conflicts positions"


@pytest.fixture
def ledger(store: SqliteStore) -> SqliteStore:
    reports = [example("r2"), example("r1")]
    store.add(reports, SETUP)
    store.replace_links(links_of(*reports))
    return store


def test_the_contract_is_kept() -> None:
    for table, promised in PROMISED.items():
        names = {column.name for column in columns(Table(table))}
        assert {"id", "because", "score", "producer", "version"} <= names, table
        assert set(promised.split()) <= names, table
    for record in EVIDENCE:
        assert {"report", "start", "end", "quote"} <= {column.name for column in columns(record)}
    for table in DERIVED.split():
        assert "rests_on" in {column.name for column in columns(Table(table))}


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_jsonl(ledger: SqliteStore, tmp_path: Path) -> None:
    judge(ledger, Found(Table.REPORTS, "r1"), Ruling.CONFIRMED, by="A reader", why="seen")
    counts = export(ledger, Format.JSONL, tmp_path / "deep" / "out")
    out = tmp_path / "deep" / "out"
    assert {path.name for path in out.iterdir()} == {f"{table}.jsonl" for table in CONTRACT}
    for table in CONTRACT:
        rows = read(out / f"{table}.jsonl")
        assert len(rows) == counts[table]
        for row in rows:
            assert list(row) == [column.name for column in columns(table)]
            assert row["id"]
            assert row["producer"]
            assert row["version"]
            if "quote" in row:
                assert row["quote"] == TEXT[row["start"] : row["end"]]  # type: ignore[misc]

    (entity,) = read(out / "entities.jsonl")
    said = read(out / "statements.jsonl")[0]
    assert said["report"] == "r1"
    speaker = said["speaker"]
    assert isinstance(speaker, dict)
    assert set(speaker) == PART
    assert speaker["entity"] == entity["id"]
    assert speaker["spans"] == [[speaker["start"], speaker["end"]]]
    assert said["utterance"] == read(out / "utterances.jsonl")[0]["id"]
    assert said["content"] == [[35, 57]]
    assert read(out / "mentions.jsonl")[0]["entity"] == entity["id"]
    event = read(out / "events.jsonl")[0]
    assert isinstance(event["actors"], list)
    assert set(event["actors"][0]) == PART | {"country", "sector"}
    assert event["from"] is None
    report = read(out / "reports.jsonl")[0]
    assert (report["id"], report["published"], report["words"]) == ("r1", "2031-05-06", 17)
    assert report["agency"] == "Varn Wire"
    assert isinstance(report["dateline"], dict)
    assert report["dateline"]["text"] == "VARN, May 5"
    (manifest,) = read(out / "manifest.jsonl")
    assert (manifest["contract_version"], manifest["knowledge_digest"]) == (1, "knowledge")
    (judgement,) = read(out / "judgements.jsonl")
    assert (judgement["because"], judgement["producer"]) == ("seen", "A reader")
    assert read(out / "positions.jsonl") == []


def test_csv(ledger: SqliteStore, tmp_path: Path) -> None:
    export(ledger, Format.CSV, tmp_path)
    for table in CONTRACT:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in columns(table)]
        assert len(rows) == len(list(plain_rows(ledger, table)))
    with (tmp_path / "statements.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert json.loads(row["speaker"])["text"] == "Mayor Ilse Tarn"
    assert row["addressee"] == ""


def test_parquet_holds_the_same_as_jsonl(ledger: SqliteStore, tmp_path: Path) -> None:
    export(ledger, Format.PARQUET, tmp_path)
    for table in CONTRACT:
        found = pq.read_table(tmp_path / f"{table}.parquet")
        assert found.column_names == [column.name for column in columns(table)]
        assert found.to_pylist() == list(plain_rows(ledger, table))


@pytest.mark.parametrize("form", Format)
def test_the_same_in_any_order_of_arrival(tmp_path: Path, form: Format) -> None:
    written = []
    for order in itertools.permutations(("a", "b", "c")):
        home = tmp_path / "".join(order)
        home.mkdir()
        with open_store(home / "l.db", create_new=True) as store:
            for id in order:
                store.add([example(id)], SETUP)
            store.replace_links(links_of(*store.every_annotated()))
            export(store, form, home / "out")
        written.append({path.name: path.read_bytes() for path in (home / "out").iterdir()})
    assert all(one == written[0] for one in written)


def test_where_and_search(ledger: SqliteStore) -> None:
    assert [row["report"] for row in plain_rows(ledger, Table.EVENTS, {"report": "r2"}, "shells")] == ["r2"]


def test_a_folder_that_cannot_be_written_to(ledger: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="cannot be written to") as caught:
        export(ledger, Format.JSONL, tmp_path / "file")
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path).count("file") == 1
