from collections.abc import Callable

import msgspec
import pytest

from dateline.errors import EvidenceError, LedgerError
from dateline.model.records import AnnotatedReport, Part
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import InputOutcome, Table
from dateline.store.base import Input, Setup
from dateline.store.evidence import check
from dateline.store.sqlite import SqliteStore
from tests.store.examples import SETUP, TEXT, example, links_of

replace = msgspec.structs.replace


def test_the_same_report_again_changes_nothing(store: SqliteStore) -> None:
    assert [o.outcome for o in store.add([example()], SETUP)] == [InputOutcome.STORED]
    before = list(store._connection.iterdump())
    again = store.add([example()], SETUP)
    assert [(o.outcome, o.report) for o in again] == [(InputOutcome.ALREADY_THERE, "r1")]
    assert list(store._connection.iterdump()) == before


def test_a_text_is_stored_once(store: SqliteStore) -> None:
    store.add([example("a"), example("b")], SETUP)
    assert store._connection.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    assert store.text("a") == store.text("b") == TEXT


def wrong_quote(a: AnnotatedReport) -> AnnotatedReport:
    event = a.events[0]
    return a.replace(events=(replace(event, evidence=replace(event.evidence, quote="shells killed 5 people")),))


def beyond_the_end(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(statements=(replace(a.statements[0], content=(Span(3, 9), Span(5, len(a.text) + 1))),))


def wrong_part(a: AnnotatedReport) -> AnnotatedReport:
    speaker = Part(text="Mayor Olse Tarn", span=Span(14, 29), spans=(Span(14, 29),))
    return a.replace(statements=(replace(a.statements[0], speaker=speaker),))


def wrong_actor(a: AnnotatedReport) -> AnnotatedReport:
    actor = replace(a.events[0].actors[0], text="rockets")
    return a.replace(events=(replace(a.events[0], actors=(actor,)),))


def loose_spans(a: AnnotatedReport) -> AnnotatedReport:
    cue = a.statements[0].cue
    assert cue is not None
    cue = replace(cue, spans=(Span(cue.span.start, cue.span.end - 1),))
    return a.replace(statements=(replace(a.statements[0], cue=cue),))


def wrong_head(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(head=replace(a.head, dateline=Part(text="VURN", span=Span(0, 4), spans=(Span(0, 4),))))


def another_report(a: AnnotatedReport) -> AnnotatedReport:
    mention = a.mentions[0]
    return a.replace(mentions=(replace(mention, evidence=replace(mention.evidence, report="r9")),))


def twice(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(mentions=a.mentions * 2)


def wrong_type(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(events=(replace(a.events[0], status="happened"),))


def no_number(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(figures=(replace(a.figures[0], value="four"),))


def lone_surrogate(a: AnnotatedReport) -> AnnotatedReport:
    return a.replace(figures=(replace(a.figures[0], counted="\ud800"),))


@pytest.mark.parametrize(
    "spoil",
    [
        wrong_quote, beyond_the_end, wrong_part, wrong_actor, loose_spans, wrong_head, another_report, twice,
        wrong_type, no_number, lone_surrogate,
    ],
)  # fmt: skip
def test_what_the_text_does_not_bear_out_is_refused(
    store: SqliteStore, spoil: Callable[[AnnotatedReport], AnnotatedReport]
) -> None:
    with pytest.raises(EvidenceError) as caught:
        store.add([example("good"), spoil(example())], SETUP)
    assert "\n" not in str(caught.value)
    assert not any(n for table, n in store.counts().items() if table is not Table.MANIFEST)
    assert store.add([example("good")], SETUP)[0].outcome is InputOutcome.STORED


def test_the_refusal_names_the_record() -> None:
    with pytest.raises(EvidenceError, match=r"report r1: events [0-9a-f]{20}: evidence quotes 'shells killed 5"):
        check(wrong_quote(example()))


def test_revisions_have_ids_of_their_own(store: SqliteStore) -> None:
    store.add([example("r1", url="http://varn.example/1")], SETUP)
    same = store.admit(Report(id="r1", text=TEXT), {})
    assert (same.outcome, same.report.id) == (InputOutcome.ALREADY_THERE, "r1")

    other = Report(id="r1", text="Another text.")
    revised = store.admit(other, {})
    assert revised.outcome is InputOutcome.STORED
    assert revised.report.id == f"r1@{other.text_sha256[:8]}"
    assert revised.report.revision_of == "r1"
    store.add([AnnotatedReport(report=revised.report)], SETUP)
    assert store.admit(other, {}).outcome is InputOutcome.ALREADY_THERE

    moved = store.admit(Report(id="r2", text="A third text.", url="http://varn.example/1"), {})
    assert (moved.report.id, moved.report.revision_of) == ("r2", "r1")
    copied = store.admit(Report(id="r3", text=TEXT, url="http://varn.example/1"), {})
    assert (copied.report.id, copied.report.revision_of) == ("r3", None)


def test_revisions_within_one_batch(store: SqliteStore) -> None:
    first = Report(id="r1", text="One.", url="u")
    second, third = Report(id="r1", text="Two."), Report(id="r2", text="Three.", url="u")
    pending = {"r1": first}
    assert store.admit(first, pending).outcome is InputOutcome.ALREADY_THERE
    assert store.admit(second, pending).report.revision_of == "r1"
    assert store.admit(third, pending).report.revision_of == "r1"


def test_an_id_is_never_given_to_another_text(store: SqliteStore) -> None:
    store.add([example()], SETUP)
    with pytest.raises(LedgerError, match="another text"):
        store.add([AnnotatedReport(report=Report(id="r1", text="Another text."))], SETUP)
    assert store.text("r1") == TEXT


def test_replacing_a_reports_records(store: SqliteStore) -> None:
    store.add([example(), example("r2")], SETUP)
    store.add([example().replace(events=(), figures=())], Setup("model", "parser", "newer"), replace=True)
    assert store.annotated("r1") == example().replace(events=(), figures=())
    assert store.annotated("r2") == example("r2")
    assert [hit.report for hit in store.search("blamed")] == ["r1", "r2"]
    manifest = store.manifest()
    assert (manifest.knowledge_digest, manifest.read_otherwise) == ("newer", 1)


def test_links_are_rebuilt_as_a_whole(store: SqliteStore) -> None:
    one, two = example("r1"), example("r2")
    store.add([one, two], SETUP)
    store.replace_links(links_of(one, two))
    first = store.links()
    store.replace_links(links_of(one))
    assert store.links() == links_of(one)
    store.replace_links(links_of(two, one))
    assert store.links() == first
    assert list(store.verify()) == []


def test_links_that_cannot_be_held_leave_the_old_ones(store: SqliteStore) -> None:
    one = example()
    store.add([one], SETUP)
    store.replace_links(links_of(one))
    links = links_of(one)
    with pytest.raises(EvidenceError):
        store.replace_links(replace(links, conflicts=links.conflicts * 2))
    assert store.links() == links


def test_inputs_are_written_down_once(store: SqliteStore) -> None:
    stored = Input.of("a.jsonl:1", InputOutcome.STORED, report="r1")
    store.note([stored, Input.of("a.jsonl:2", InputOutcome.QUARANTINED, "it is empty")])
    store.note([Input.of("a.jsonl:1", InputOutcome.ALREADY_THERE, "there", "r1")])
    assert sorted((i.name, i.outcome) for i in store.records(Input)) == [
        ("a.jsonl:1", InputOutcome.STORED),
        ("a.jsonl:2", InputOutcome.QUARANTINED),
    ]


def test_an_input_that_ended_is_found_by_name_and_digest(store: SqliteStore) -> None:
    one = example("r1")
    store.add([one], SETUP)
    stored = replace(Input.of("a.html", InputOutcome.STORED, report="r1"), digest="d1")
    bad = replace(Input.of("b.html", InputOutcome.QUARANTINED, "it is empty"), digest="d2", offset=7)
    lost = replace(Input.of("c.html", InputOutcome.STORED, report="gone"), digest="d3")
    store.note([stored, bad, lost])
    assert store.ended("a.html", "d1") == stored
    assert store.ended("b.html", "d2") == bad
    assert [store.ended(*key) for key in (("a.html", "d2"), ("x.html", "d1"), ("c.html", "d3"))] == [None] * 3
    store.note([replace(stored, digest="d4")])
    assert store.ended("a.html", "d1") is None
    assert store.ended("a.html", "d4") is not None


def test_an_input_that_was_taken_is_no_longer_quarantined(store: SqliteStore) -> None:
    store.note([Input.of("a", InputOutcome.QUARANTINED, "one"), Input.of("b", InputOutcome.QUARANTINED, "one")])
    store.note([Input.of("a", InputOutcome.QUARANTINED, "two")])
    store.note([Input.of("b", InputOutcome.STORED, report="r1")])
    assert [(i.name, i.reason) for i in store.records(Input, {"outcome": "quarantined"})] == [("a", "two")]


def test_one_transaction_inside_another_is_one(store: SqliteStore) -> None:
    def write_and_fail() -> None:
        with store.transaction():
            store.add([example()], SETUP)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert store.report_ids() == []
