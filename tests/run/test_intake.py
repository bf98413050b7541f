import gzip
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.model.vocab import InputOutcome
from dateline.run.intake import Order, source_of
from dateline.run.workers import Workers
from dateline.store.base import Input, Outcome
from dateline.store.sqlite import open_store
from tests.support.archives import bomb, gz, page, pages, record, response
from tests.support.pdf import make_pdf
from tests.support.server import LOOPBACK, Reply, serve
from tests.support.taking import Counted, take

ROOT = Path(__file__).resolve().parents[2]
STORED, THERE, QUARANTINED = InputOutcome.STORED, InputOutcome.ALREADY_THERE, InputOutcome.QUARANTINED


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    spy = Counted()
    monkeypatch.setattr(Workers, "call", lambda self, function, argument: spy(self, function, argument))
    return spy


def ends(tmp_path: Path, *sources: Path, order: Order | None = None, workers: int | None = None) -> list[Outcome]:
    return list(take(tmp_path / "ledger.db", map(str, sources), order, workers))


def archive(tmp_path: Path, count: int = 12) -> Path:
    """Pages, a damaged member in the middle, a page without text, and records that are no pages."""
    members = [gz(one) for one in pages(count)]
    members[5] = members[5][:40] + b"damage" + members[5][46:]
    members.insert(3, gz(record("request", "http://courier.example/3", b"GET /3 HTTP/1.1\r\n\r\n", "application/http")))
    members.insert(4, gz(response("http://courier.example/void", b"<html><p>Nothing here.</p></html>")))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(members))
    return path


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a ledger."""
    with sqlite3.connect(path) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {name: list(connection.execute(f"SELECT * FROM {name} ORDER BY 1")) for name in names}
    connection.close()
    return found


def test_every_input_ends_and_the_counts_add_up(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The river rose again overnight, and the bridge was closed.", encoding="utf-8")
    (tmp_path / "b.html").write_bytes(page(100))
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(page(101)))
    (tmp_path / "d.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "e.jsonl").write_text('{"text": "It rained all day in Arden."}\n{"no": 1}\n', encoding="utf-8")
    path = archive(tmp_path)
    sources = [tmp_path / name for name in ("a.txt", "b.html", "c.html.gz", "d.bin", "e.jsonl", "none.txt")]
    outcomes = ends(tmp_path, *sources, path)
    assert [one.outcome for one in outcomes[:7]] == [
        STORED,
        STORED,
        STORED,
        QUARANTINED,
        STORED,
        QUARANTINED,
        QUARANTINED,
    ]
    inside = outcomes[7:]
    assert [one.outcome for one in inside] == [STORED] * 3 + [QUARANTINED] + [STORED] * 2 + [QUARANTINED] + [STORED] * 6
    assert "http://courier.example/void: there is no text" in inside[3].reason
    assert "gzip member is broken" in inside[6].reason
    assert all(one.offset is not None for one in inside)
    with open_store(tmp_path / "ledger.db") as store:
        kept = list(store.records(Input))
        assert [(one.name, one.outcome, one.offset) for one in kept] == [
            (one.name, one.outcome, one.offset)
            for one in sorted(outcomes, key=lambda o: Input.of(o.name, o.outcome, o.reason, o.report).id)
        ]
        report = store.annotated(str(inside[0].report)).report
        assert (report.url, report.retrieved) == ("http://courier.example/0", "2031-05-07T10:00:00Z")
        assert report.title == "Report 0 from the coast"


def test_plain_text_needs_no_process(tmp_path: Path, counted: Counted) -> None:
    (tmp_path / "a.txt").write_text("The river rose again overnight, and the bridge was closed.", encoding="utf-8")
    assert [one.outcome for one in ends(tmp_path, tmp_path / "a.txt")] == [STORED]
    assert counted.calls == 0


def test_one_process_or_many_give_the_same(tmp_path: Path) -> None:
    path = archive(tmp_path, 20)
    for count in (1, 3):
        (tmp_path / str(count)).mkdir()
        ends(tmp_path / str(count), path, workers=count)
    assert tables(tmp_path / "1" / "ledger.db") == tables(tmp_path / "3" / "ledger.db")


def test_what_ended_is_not_taken_apart_again(tmp_path: Path, counted: Counted) -> None:
    path = archive(tmp_path)
    first = ends(tmp_path, path)
    before = tables(tmp_path / "ledger.db")
    calls, counted.calls = counted.calls, 0
    again = ends(tmp_path, path)
    assert (calls, counted.calls) == (12, 0)
    assert [one.name for one in again] == [one.name for one in first]
    assert [one.outcome for one in again] == [THERE if o.outcome is STORED else QUARANTINED for o in first]
    assert [one.report for one in again] == [one.report for one in first]
    assert tables(tmp_path / "ledger.db") == before
    ends(tmp_path, path, order=Order(again=True))
    assert counted.calls == 1


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, counted: Counted) -> None:
    path = archive(tmp_path, 24)
    (tmp_path / "whole").mkdir()
    ends(tmp_path / "whole", path)
    whole = tables(tmp_path / "whole" / "ledger.db")
    for after in (1, 9, 18):
        folder = tmp_path / str(after)
        folder.mkdir()
        ledger = folder / "ledger.db"
        command = [sys.executable, "-m", "tests.support.taking", str(ledger), "2", str(path)]
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        told = [running.stdout.readline().strip() for _ in range(after)]
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        with open_store(ledger) as store:
            ended = {one.name: one for one in store.records(Input)}
        assert after <= len(ended) < 25
        assert set(told) <= set(ended)
        counted.calls = 0
        assert len(ends(folder, path)) == 25
        assert counted.calls == 24 - sum(1 for one in ended.values() if one.digest)
        assert tables(ledger) == whole


def test_a_page_that_changed_is_a_revision(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(response("http://courier.example/1", page(1)) + response("http://courier.example/1", page(2)))
    first, second = ends(tmp_path, path)
    with open_store(tmp_path / "ledger.db") as store:
        assert store.annotated(str(second.report)).report.revision_of == first.report
        assert store.annotated(str(first.report)).report.revision_of is None


def test_an_address_again(tmp_path: Path, counted: Counted) -> None:
    with serve() as site:

        def ask() -> Outcome:
            (outcome,) = take(tmp_path / "ledger.db", [f"{site.root}/1"], networks=LOOPBACK)
            return outcome

        site.replies["/1"] = Reply(body=page(1), headers={"Content-Type": "text/html; charset=utf-8"})
        first, again = ask(), ask()
        assert (first.outcome, again.outcome, again.report) == (STORED, THERE, first.report)
        assert counted.calls == 1
        site.replies["/1"] = Reply(body=page(2))
        changed = ask()
        site.replies["/1"] = Reply(status=404)
        assert ask().reason == "the server answers 404"
    assert changed.outcome is STORED
    with open_store(tmp_path / "ledger.db") as store:
        report = store.annotated(str(changed.report)).report
        assert report.revision_of == first.report
        assert report.url == f"{site.root}/1"
        assert str(report.retrieved).endswith("+00:00")


def test_an_input_that_was_taken_after_all_is_no_longer_quarantined(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_bytes(b"<html><p>Nothing here.</p></html>")
    assert [one.outcome for one in ends(tmp_path, source)] == [QUARANTINED]
    source.write_bytes(page(1))
    assert [one.outcome for one in ends(tmp_path, source)] == [STORED]
    with open_store(tmp_path / "ledger.db") as store:
        assert [one.outcome for one in store.records(Input)] == [STORED]


def test_bombs_cost_themselves(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html.gz").write_bytes(bomb(200_000_000))
    (tmp_path / "in" / "b.html").write_bytes(b"<div>" * 100_000 + b"rain")
    (tmp_path / "in" / "c.html").write_bytes(page(1))
    outcomes = ends(tmp_path, tmp_path / "in")
    assert [one.outcome for one in outcomes] == [QUARANTINED, QUARANTINED, STORED]
    assert all(one.reason and "\n" not in one.reason for one in outcomes[:2])


def test_another_flag_is_another_input(tmp_path: Path, counted: Counted) -> None:
    from dateline.ingest.base import Fields

    source = tmp_path / "a.html"
    source.write_bytes(page(1))
    ends(tmp_path, source)
    ends(tmp_path, source, order=Order(defaults=Fields(source="Northline")))
    assert counted.calls == 2


def test_where_an_input_came_from(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("x", encoding="utf-8")
    assert source_of(f"{path}:14") == str(path)
    assert source_of(f"{path}:0+62710") == str(path)
    assert source_of(str(path)) == str(path)
    assert source_of(f"{path}x:14") is None
    assert source_of("https://courier.example/a:14") == "https://courier.example/a:14"


def test_pdfs_in_archives_and_files(tmp_path: Path) -> None:
    lines = [
        (72.0, 700.0 - 16 * n, 11.0, f"The river rose again overnight and bridge {n} was closed.") for n in range(12)
    ]
    (tmp_path / "locked.pdf").write_bytes(make_pdf([lines], password="secret"))
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(response("http://courier.example/a.pdf", make_pdf([lines]), "application/pdf"))
    locked, inside = ends(tmp_path, tmp_path / "locked.pdf", crawl)
    assert locked.outcome is QUARANTINED
    assert inside.outcome is STORED
    with open_store(tmp_path / "ledger.db") as store:
        report = store.annotated(str(inside.report)).report
        assert "bridge 3 was closed" in report.text
        assert (report.url, report.retrieved) == ("http://courier.example/a.pdf", "2031-05-07T10:00:00Z")
