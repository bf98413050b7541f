import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from dateline.api import Ledger
from dateline.run.follow import Feeds, Followed
from tests.cli.conftest import TEXT, Call
from tests.support.archives import gz, page, pages, record
from tests.support.server import LOOPBACK, Reply, serve


def test_an_archive_its_counts_and_what_was_no_input(call: Call, tmp_path: Path) -> None:
    members = [gz(one) for one in pages(3)]
    members.insert(1, gz(record("request", "http://courier.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http")))
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(members)[:-9])
    added = call("add", "crawl.warc.gz", "--no-link")
    assert added.code == 1
    assert added.out.splitlines() == [
        "3 inputs: 2 stored, 0 already there, 1 quarantined. Ledger: crisis.db",
        "No inputs: 1 request.",
    ]
    (line,) = added.complaints
    assert line.startswith(f"dateline: crawl.warc.gz:{sum(map(len, members[:3]))}: the archive breaks off")
    again = call("add", "crawl.warc.gz", "--no-link")
    assert again.out.startswith("3 inputs: 0 stored, 2 already there, 1 quarantined.")


def test_inputs_are_listed_and_tried_again(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.html").write_bytes(b"<html><p>Nothing here.</p></html>")
    (tmp_path / "c.jsonl").write_text('{"id": "c1", "text": ""}\n', encoding="utf-8")
    call("add", "a.txt", "b.html", "c.jsonl", "gone.txt", "--no-link", "--quiet")
    listed = call("inputs")
    assert listed.code == 0
    assert listed.out.splitlines()[-1] == "4 inputs: 1 stored, 0 already there, 3 quarantined."
    bad = call("inputs", "--quarantined").out.splitlines()
    assert [line.split()[1] for line in bad] == ["b.html:", "c.jsonl:1:", "gone.txt:"]
    rows = [json.loads(line) for line in call("inputs", "--json").out.splitlines()]
    assert sum(row["outcome"] == "quarantined" for row in rows) == 3
    (tmp_path / "b.html").write_bytes(page(1))
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "c1", "text": TEXT}) + "\n", encoding="utf-8")
    tried = call("inputs", "--retry")
    assert tried.code == 1
    assert tried.out.splitlines() == [
        "2 inputs taken again: 2 taken, 0 still quarantined.",
        "quarantined    gone.txt: No such file or directory",
    ]
    (tmp_path / "gone.txt").write_text(TEXT + " It rained.", encoding="utf-8")
    tried = call("inputs", "--retry")
    assert (tried.code, tried.out.splitlines()[-1]) == (0, "No input is quarantined.")
    assert call("inputs").out.splitlines()[-1] == "4 inputs: 4 stored, 0 already there, 0 quarantined."


def test_inputs_stand_in_order_each_on_one_line(call: Call, tmp_path: Path) -> None:
    rows = [{"id": f"r{n}\n\x1b[31m", "text": f"{TEXT} It rained {n} times."} for n in range(1, 12)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    call("add", "rows.jsonl", "--no-link", "--quiet")
    *lines, total = call("inputs").out.splitlines()
    assert [line.split()[1] for line in lines] == [f"rows.jsonl:{n}:" for n in range(1, 12)]
    assert all("\x1b" not in line for line in lines)
    assert lines[0].endswith(r"report r1\n\x1b[31m")
    assert total.startswith("11 inputs")


def test_a_retry_keeps_the_flags_of_the_first_call(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("body,outlet\n,Courier\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    call("add", "a.csv", "--column", "text=body", "--title", "Dam", "--no-link", "--quiet")
    call("add", "b.txt", "--encoding", "koi8-r", "--source", "Vestnik", "--no-link", "--quiet")
    (tmp_path / "a.csv").write_text(f'body,outlet\n"{TEXT}",Courier\n', encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("Паром между Холлином и Мирском вернулся на линию в четверг.".encode("koi8-r"))
    assert call("inputs", "--retry").code == 0
    rows = [json.loads(line) for line in call("query", "reports", "--json").out.splitlines()]
    assert {(row["title"], row["source"], row["language"]) for row in rows} == {
        ("Dam", None, "en"),
        (None, "Vestnik", "ru"),
    }


def test_an_address_that_is_refused(call: Call) -> None:
    added = call("add", "http://127.0.0.1:9/", "file:///etc/passwd")
    assert added.code == 4
    assert "not on the public Internet" in added.complaints[0]
    assert "only http and https are fetched" in added.complaints[1]


def test_feeds_are_followed(call: Call, tmp_path: Path) -> None:
    call("doctor")
    with serve() as site, Ledger(tmp_path / "crisis.db") as ledger:
        entry = f"<item><title>T</title><link>{site.root}/1</link></item>"
        site.replies["/feed"] = Reply(body=f'<rss version="2.0"><channel>{entry}</channel></rss>'.encode())
        site.replies["/1"] = Reply(body=page(1))
        feeds = Feeds(feeds=(Followed(address=f"{site.root}/feed"), Followed(address=f"{site.root}/none")), delay=0.01)
        troubles: list[str] = []
        stored = [
            [
                s.stored
                for s in ledger.follow(feeds, Event(), trouble=lambda *t: troubles.append(t[1]), networks=LOOPBACK)
            ]
            for _ in range(2)
        ]
    assert stored == [[1], [0]]
    assert len(troubles) == 1
    assert "404" in troubles[0]
    assert (tmp_path / "crisis.db.feeds.json").exists()


def test_a_file_of_feeds_with_a_wrong_key_is_the_calls_error(call: Call, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('[[feeds]]\nurl = "https://a.example"\n', encoding="utf-8")
    followed = call("follow", "feeds.toml", "--once")
    assert followed.code == 2
    assert "url" in followed.complaints[0]
    (tmp_path / "feeds.toml").write_text('[[feeds]]\naddress = "https://a.example"\n', encoding="utf-8")
    assert call("follow", "feeds.toml", "--every", "soon").code == 2


def test_a_watched_folder_until_ctrl_c(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")

    def stored() -> int:
        try:
            with sqlite3.connect(tmp_path / "crisis.db") as connection:
                return int(connection.execute("SELECT count(*) FROM inputs").fetchone()[0])
        except sqlite3.Error:
            return 0

    def put_and_stop() -> None:
        until(lambda: stored() >= 1 or ended.is_set())
        (tmp_path / "in" / "b.html").write_bytes(page(1))
        until(lambda: stored() >= 2 or ended.is_set())
        if not ended.is_set():
            os.kill(os.getpid(), signal.SIGINT)

    ended, before = Event(), signal.getsignal(signal.SIGINT)
    helper = Thread(target=put_and_stop)
    helper.start()
    watched = call("watch-folder", "in", "--settle", "0.2s")
    ended.set()
    helper.join()
    assert watched.code == 0
    assert watched.out.splitlines() == ["1 inputs: 1 stored, 0 already there, 0 quarantined."] * 2
    assert signal.getsignal(signal.SIGINT) is before


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
