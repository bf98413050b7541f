import msgspec
import pytest

from dateline.errors import UsageError
from dateline.model.links import Incident
from dateline.model.records import Event, Figure, Mention, Passage, Referent, Statement
from dateline.model.vocab import Effect, Table
from dateline.store.base import Found, ReportRow
from dateline.store.sqlite import SqliteStore
from tests.store.examples import SETUP, TEXT, example, links_of

CALM = "VARN, May 5 - Mayor Ilse Tarn said shells killed 4 people.\nIt was a calm night for the harbours."


@pytest.fixture
def ledger(store: SqliteStore) -> SqliteStore:
    store.add([example("r2"), example("r1", CALM)], SETUP)
    store.replace_links(links_of(example("r1", CALM), example("r2")))
    return store


def test_rows_come_by_report_whatever_came_first(ledger: SqliteStore) -> None:
    assert [p.evidence.report for p in ledger.records(Passage)] == ["r1", "r1", "r2", "r2"]
    assert ledger.report_ids() == ["r1", "r2"]
    assert [r.id for r in ledger.records(ReportRow)] == ["r1", "r2"]
    assert [a.report.id for a in ledger.every_annotated()[:2]] == ["r1", "r2"]
    assert ledger.every_annotated()[1] == example("r2")


@pytest.mark.parametrize(
    ("kind", "where", "count"),
    [
        (Event, {}, 2),
        (Event, {"type": "ASSAULT"}, 2),
        (Event, {"type": "CONSULT"}, 0),
        (Event, {"type": "ASSAULT", "report": "r1"}, 1),
        (Event, {"from": None}, 2),
        (Event, {"actors": "shells"}, 2),
        (Event, {"actors": "rockets"}, 0),
        (Figure, {"value": "4"}, 2),
        (Figure, {"value": 4.0, "effect": Effect.KILLED}, 2),
        (Figure, {"claimant": "Mayor Ilse Tarn"}, 2),
        (Statement, {"about": "shelling"}, 2),
        (Statement, {"speaker": "Tarn"}, 0),
        (Referent, {"plural": "false"}, 2),
        (Referent, {"plural": "true"}, 0),
        (ReportRow, {"dateline_agency": "Varn Wire", "dateline": "VARN, May 5"}, 2),
        (Incident, {"reports": "r2"}, 1),
    ],
)
def test_where(ledger: SqliteStore, kind: type[msgspec.Struct], where: dict[str, object], count: int) -> None:
    assert len(list(ledger.records(kind, where))) == count


def test_where_by_what_linking_resolved(ledger: SqliteStore) -> None:
    (entity,) = ledger.links().entities
    assert len(list(ledger.records(Mention, {"entity": entity.id}))) == 2
    assert len(list(ledger.records(Statement, {"utterance": ledger.links().utterances[0].id}))) == 2
    assert list(ledger.records(Mention, {"entity": "nobody"})) == []


def test_a_column_that_is_not_there(ledger: SqliteStore) -> None:
    with pytest.raises(UsageError, match=r"events has no column 'colour'; it has: report, id"):
        list(ledger.records(Event, {"colour": "red"}))


def test_search(ledger: SqliteStore) -> None:
    assert [(h.report, h.quote) for h in ledger.search("harbour night")] == [("r1", CALM.split("\n")[1])]
    assert [h.report for h in ledger.search("SHELLS killing")] == ["r1", "r2"]
    assert list(ledger.search('"night calm"')) == []
    assert len(list(ledger.search('"calm night"'))) == 1
    assert len(list(ledger.records(Event, search="shells"))) == 2
    assert list(ledger.records(Event, search="harbours")) == []
    assert [r.id for r in ledger.records(ReportRow, search="harbours")] == ["r1"]
    assert len(list(ledger.records(Referent, search="mayor"))) == 2
    assert len(list(ledger.records(Incident, search="shells"))) == 1
    assert list(ledger.records(Incident, search="harbours")) == []
    with pytest.raises(UsageError):
        list(ledger.search("?!"))
    for odd in ('"', "a OR", "NEAR(", "quote:x", "x*", "it's", "-"):
        try:
            list(ledger.search(odd))
        except UsageError:
            assert not any(c.isalnum() for c in odd)


def test_find_in_all_tables(ledger: SqliteStore) -> None:
    (entity,) = ledger.links().entities
    assert {f.table for f in ledger.find(entity.id[:9])} == {Table.MENTIONS, Table.REFERENTS, Table.ENTITIES}
    assert Found(Table.REPORTS, "r1") in ledger.find("r")
    assert ledger.find("zzz") == []
    assert ledger.get(Found(Table.ENTITIES, entity.id)) == entity
    with pytest.raises(UsageError):
        ledger.get(Found(Table.EVENTS, entity.id))


def test_members_and_what_rests_on_them(ledger: SqliteStore) -> None:
    (incident,) = ledger.links().incidents
    assert ledger.members(Table.INCIDENTS) == dict.fromkeys(incident.events, incident.id)
    assert Found(Table.INCIDENTS, incident.id) in ledger.resting_on(incident.events[1])


def test_a_report_that_is_not_there(ledger: SqliteStore) -> None:
    for ask in (ledger.text, ledger.annotated):
        with pytest.raises(UsageError, match="no report has the id 'r7'"):
            ask("r7")


def test_counts_and_manifest(ledger: SqliteStore) -> None:
    counts = ledger.counts()
    wanted = {Table.REPORTS: 2, Table.PASSAGES: 4, Table.INCIDENTS: 1, Table.STATES: 0}
    assert {table: counts[table] for table in wanted} == wanted
    manifest = ledger.manifest()
    assert (manifest.model, manifest.parser_digest, manifest.knowledge_digest) == ("model", "parser", "knowledge")
    assert (manifest.contract_version, manifest.read_otherwise) == (1, 0)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE events SET quote = 'shells killed 5 people'", "evidence quotes"),
        ("UPDATE events SET start = start + 1", "evidence quotes"),
        ("UPDATE statements SET speaker = replace(speaker, 'Ilse', 'Olse')", "speaker quotes"),
        ("UPDATE statements SET content = '[[5, 5000]]'", "beyond the text"),
        ("UPDATE texts SET text = replace(text, '4', '5')", "not the one of its digest"),
        ("UPDATE events SET status = 'dreamt'", "cannot be read back"),
        ("UPDATE statements SET cue = '{'", "cannot be read back"),
        ("UPDATE incidents SET status = 'dreamt'", "cannot be read back"),
        ("UPDATE incidents SET rests_on = '[\"gone\"]'", "rests on gone"),
        ("UPDATE incidents SET rests_on = '[]'", "rests on nothing"),
        ("DELETE FROM events", "not there"),
    ],
)
def test_verify_finds_what_was_tampered_with(ledger: SqliteStore, harm: str, said: str) -> None:
    assert list(ledger.verify()) == []
    ledger._connection.execute(harm)
    broken = list(ledger.verify())
    assert any(said in one.problem for one in broken), broken


def test_the_text_is_given_as_it_is(ledger: SqliteStore) -> None:
    assert ledger.text("r2") == TEXT
