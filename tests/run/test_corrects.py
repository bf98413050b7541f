"""A notice leads to the report that it is about: by its address, the text that it repeats, or the title it names."""

import pytest

from dateline.ingest.base import Fields, Ingested, make_report
from dateline.knowledge.handle import Knowledge
from dateline.model.vocab import ReportMark
from dateline.run import local
from dateline.run.local import read_into
from dateline.store.sqlite import SqliteStore
from tests.support.taking import NoParser, only_store

DAM = (
    "The dam on the upper Velm gave way early on Tuesday after a week of heavy rain, sending water into the lower "
    "streets of Arden. Mayor Tomas Hale told reporters that the first warning had come at ten minutes past three. "
)
STRIKE = "About 1,900 port workers in Calder Bay stopped work on Monday evening in a dispute over night shifts. "


def one(name: str, text: str, outlet: str = "Courier", **fields: str) -> Ingested:
    return Ingested(name=name, report=make_report(text, Fields(id=name, source=outlet, **fields)))


@pytest.fixture(autouse=True)
def _only_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "read_reports", only_store)


@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.parametrize(
    ("notice", "outlet", "first"),
    [
        ("(Updates death toll) " + DAM + "Eleven people died.", "Courier", "dam"),
        (DAM + "\n\nCorrection: an earlier version gave the day as Monday.", "Courier", "dam"),
        ("This story has been retracted: Port workers in Calder Bay walk out.", "Courier", "strike"),
        ("(Updates death toll) " + DAM + "Eleven people died.", "Ledger", None),
        (DAM + "Eleven people died.", "Courier", None),
        ("CORRECTION: the museum opens on Friday.", "Courier", None),
    ],
)
def test_a_notice_leads_to_what_it_is_about(
    store: SqliteStore, notice: str, outlet: str, first: str | None, batch: int
) -> None:
    inputs = [
        one("dam", DAM, title="Velm dam gives way after rain"),
        one("strike", STRIKE, title="Port workers in Calder Bay walk out"),
        one("notice", notice, outlet),
    ]
    *_, last = read_into(store, inputs, NoParser(), Knowledge(), batch)
    report = store.annotated("notice").report
    assert report.revision_of == first
    assert last.reason == (f"a revision of {first}" if first else "")
    assert all(mark in ReportMark for mark in report.marks)
    assert [row.id for row in (store.annotated(i).report for i in ("dam", "strike")) if row.revision_of] == []


def test_where_two_reports_fit_none_is_named(store: SqliteStore) -> None:
    inputs = [one("a", DAM), one("b", DAM + "It rained."), one("c", "(Adds quotes) " + DAM)]
    list(read_into(store, inputs, NoParser(), Knowledge()))
    assert store.annotated("c").report.revision_of is None
