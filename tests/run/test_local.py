import logging
import resource
from collections.abc import Iterator, Sequence

import pytest

from dateline.errors import LedgerError
from dateline.ingest.base import Ingested
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Evidence, Failure, Passage
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import InputOutcome, PassageKind, Table
from dateline.nlp.base import EMPTY
from dateline.run import local
from dateline.run.local import read_into, reread
from dateline.store.base import Input
from dateline.store.sqlite import SqliteStore
from tests.store.test_cache import CountingParser

STORED, THERE, QUARANTINED = InputOutcome.STORED, InputOutcome.ALREADY_THERE, InputOutcome.QUARANTINED


def taken(id: str, text: str) -> Ingested:
    return Ingested(name=f"{id}.txt", report=Report(id=id, text=text, language="en"))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A reader that parses the whole text and writes it down as one passage; what it read is kept here."""
    read: list[str] = []

    def read_reports(
        reports: Sequence[Report], parser: CountingParser, knowledge: Knowledge, batch: int
    ) -> Iterator[AnnotatedReport]:
        if any("explosive" in report.text for report in reports):
            raise RuntimeError("boom")
        parser.parse([report.text for report in reports])
        for report in reports:
            read.append(report.id)
            quote = "lies" if "wrong" in report.text else report.text
            evidence = Evidence(report.id, Span(0, len(report.text)), quote, "test", "1")
            passage = Passage(id=f"p-{report.id}", evidence=evidence, because="all of it", kind=PassageKind.PARAGRAPH)
            yield AnnotatedReport(report=report, passages=(passage,), failures=(Failure("times", 0, "odd"),))

    monkeypatch.setattr(local, "read_reports", read_reports)
    return read


def test_each_input_is_answered_in_order(store: SqliteStore, reader: list[str]) -> None:
    parser = CountingParser()
    inputs = [
        taken("a", "one text"),
        Ingested(name="bad.txt", error="the text is empty"),
        taken("b", "one text"),
        taken("a", "one text"),
        taken("a", "another text"),
    ]
    outcomes = list(read_into(store, inputs, parser, Knowledge(), batch=10))
    assert [(o.name, o.outcome) for o in outcomes] == [
        ("a.txt", STORED), ("bad.txt", QUARANTINED), ("b.txt", STORED), ("a.txt", THERE), ("a.txt", STORED),
    ]  # fmt: skip
    assert outcomes[1].reason == "the text is empty"
    assert outcomes[0].failures == (Failure("times", 0, "odd"),)
    assert outcomes[4].report is not None
    assert outcomes[4].report.startswith("a@")
    assert store.annotated(outcomes[4].report).report.revision_of == "a"
    # equal texts are parsed once
    assert parser.asked == ["one text", "another text"]
    assert {(i.name, i.outcome) for i in store.records(Input)} == {
        ("a.txt", STORED), ("b.txt", STORED), ("bad.txt", QUARANTINED),
    }  # fmt: skip
    assert store.manifest().parser_digest == "one"


def test_the_same_inputs_again_change_nothing(store: SqliteStore, reader: list[str]) -> None:
    inputs = [taken("a", "one text"), taken("b", "two texts"), taken("a", "another"), Ingested(name="x", error="no")]
    first = list(read_into(store, inputs, CountingParser(), Knowledge()))
    before, had_read, parser = list(store._connection.iterdump()), list(reader), CountingParser()
    again = list(read_into(store, inputs, parser, Knowledge()))
    assert [o.outcome for o in again] == [THERE, THERE, THERE, QUARANTINED]
    assert [o.report for o in again] == [o.report for o in first]
    assert list(store._connection.iterdump()) == before
    assert (reader, parser.asked) == (had_read, [])


def test_what_a_batch_holds_makes_no_difference(store: SqliteStore, reader: list[str]) -> None:
    inputs = [Ingested(name=f"{n}", report=Report(id=f"r{n % 3}", text=f"text {n // 2}", url="u")) for n in range(9)]
    alone = [(o.report, o.outcome) for o in read_into(store, inputs, CountingParser(), Knowledge(), batch=1)]
    from dateline.store.sqlite import open_store

    with open_store(store.path.with_name("other.db"), create_new=True) as other:
        together = [(o.report, o.outcome) for o in read_into(other, inputs, CountingParser(), Knowledge(), batch=9)]
        assert together == alone
        assert list(other.every_annotated()) == list(store.every_annotated())


def test_a_report_that_breaks_the_reader_costs_itself(
    store: SqliteStore, reader: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    inputs = [taken("a", "one"), taken("b", "explosive"), taken("c", "wrong"), taken("d", "two")]
    with caplog.at_level(logging.CRITICAL):
        outcomes = list(read_into(store, inputs, CountingParser(), Knowledge()))
    assert [o.outcome for o in outcomes] == [STORED, QUARANTINED, QUARANTINED, STORED]
    assert "boom" in outcomes[1].reason
    assert "quotes 'lies'" in outcomes[2].reason
    assert store.report_ids() == ["a", "d"]
    assert outcomes[1].report is None
    assert store.counts()[Table.INPUTS] == 4
    assert list(store.verify()) == []


def test_a_ledger_that_fails_stops_the_run(store: SqliteStore, reader: list[str]) -> None:
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    inputs = (taken(f"r{n}", f"text {n} " * 500) for n in range(200))
    with pytest.raises(LedgerError, match="disk is full"):
        list(read_into(store, inputs, CountingParser(), Knowledge()))


def test_what_was_yielded_is_stored(store: SqliteStore, reader: list[str]) -> None:
    running = read_into(store, (taken(f"r{n}", f"text {n}") for n in range(10)), CountingParser(), Knowledge(), batch=2)
    for number, outcome in enumerate(running):
        assert outcome.report in store.report_ids()
        if number == 3:
            break
    assert store.report_ids() == ["r0", "r1", "r2", "r3"]


def test_no_more_is_held_than_a_batch(store: SqliteStore, reader: list[str]) -> None:
    made: list[int] = []

    def inputs() -> Iterator[Ingested]:
        for n in range(100):
            made.append(n)
            yield taken(f"r{n}", f"text {n}")

    done = 0
    for done, _ in enumerate(read_into(store, inputs(), CountingParser(), Knowledge(), batch=8), 1):
        assert len(made) - done <= 8
    assert done == 100


def test_a_thousand_reports_stream(store: SqliteStore, reader: list[str]) -> None:
    def inputs(first: int, last: int) -> Iterator[Ingested]:
        return (taken(f"r{n}", f"word{n} " * 600) for n in range(first, last))

    for _ in read_into(store, inputs(0, 300), CountingParser(), Knowledge()):
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in read_into(store, inputs(300, 1000), CountingParser(), Knowledge()):
        pass
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 40 * 1024, f"{grown} kB more"


def test_reading_again(store: SqliteStore, reader: list[str]) -> None:
    list(read_into(store, [taken("a", "one"), taken("b", "two")], CountingParser("old"), Knowledge()))
    outcomes = list(reread(store, CountingParser("new"), Knowledge()))
    assert [(o.report, o.outcome) for o in outcomes] == [("a", STORED), ("b", STORED)]
    assert reader == ["a", "b", "a", "b"]
    manifest = store.manifest()
    assert (manifest.parser_digest, manifest.read_otherwise) == ("new", 0)
    assert store.counts()[Table.INPUTS] == 2


def test_a_passage_without_tokens_is_no_failure(store: SqliteStore, reader: list[str]) -> None:
    assert CountingParser().parse(["broken"]) == [EMPTY]
    assert [o.outcome for o in read_into(store, [taken("a", "broken")], CountingParser(), Knowledge())] == [STORED]
