"""Everything made to do harm in one call, and calls that are killed: from the command line, as users make them."""

import gzip
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import brotli
import zstandard

from dateline.run.intake import Order, open_intake
from tests.cli.conftest import TEXT
from tests.ingest.test_bad_input import BAD
from tests.run.test_intake import tables
from tests.support.archives import gz, page, pages, response
from tests.support.reader import MODEL
from tests.support.server import LOOPBACK, Reply, serve

ADD = """
import resource, sys
from dateline.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    print("code", stop.code)
print("kB", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
NOTHING = bytes(80_000_000)
SHORT = 30
"""Seconds for all of the addresses, most of which answer with bombs."""


def environment() -> dict[str, str]:
    return {**os.environ, "DATELINE_MODEL": MODEL, "DATELINE_LEDGER": "crisis.db"}


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def test_a_folder_of_harm_is_one_line_each_and_the_rest_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    # A text of a million letters is taken, and then read for most of a minute, which is not what is tested here.
    some = {name: bad for name, bad in BAD.items() if name != "line breaks"}
    taken = {name for name, (_, words) in some.items() if words == "taken"}
    for number, (make, _) in enumerate(some.values()):
        (folder / f"{number:02}").write_bytes(make())
    (folder / "zip.zip").write_bytes(zipped("a.html", NOTHING))
    (folder / "bomb.warc.gz").write_bytes(
        b"".join(
            gz(one)
            for one in (
                response("http://c.example/1", brotli.compress(NOTHING, quality=1), headers="Content-Encoding: br\r\n"),
                response("http://c.example/2", gzip.compress(NOTHING), headers="Content-Encoding: gzip\r\n"),
                response("http://c.example/3", page(3)),
            )
        )
    )
    (folder / "good.html").write_bytes(page(1))
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ADD, "add", "in", "--no-link", "--json"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    told, code, held = done.stdout.splitlines()
    outcome = json.loads(told)
    assert code == "code 1"
    bad = outcome["quarantined"]
    assert len(bad) == len(some) - len(taken) + 3
    assert outcome["stored"] + outcome["already_there"] == len(taken) + 3
    assert all("\n" not in one["reason"] and len(one["reason"]) < 300 for one in bad)
    assert not [line for line in done.stderr.splitlines() if "Traceback" in line]
    assert int(held.split()[1]) < 512 * 1024


def test_addresses_that_answer_with_harm(tmp_path: Path) -> None:
    with serve() as site:
        bombs = {
            "br": brotli.compress(NOTHING, quality=1),
            "gzip": gzip.compress(NOTHING),
            "zstd": zstandard.compress(NOTHING),
        }
        for coding, data in bombs.items():
            site.replies[f"/{coding}"] = Reply(body=data, headers={"Content-Encoding": coding})
        site.replies["/zip"] = Reply(body=zipped("a.html", NOTHING), headers={"Content-Type": "text/html"})
        site.replies["/p"] = Reply(body=b"<html>" + b"<p>" * 10_000_000, headers={"Content-Type": "text/html"})
        site.replies["/deep"] = Reply(body=b"<html>" + b"<div>" * 100_000, headers={"Content-Type": "text/html"})
        site.replies["/loop"] = Reply(status=302, headers={"Location": "/loop"})
        site.replies["/good"] = Reply(body=page(1), headers={"Content-Type": "text/html"})
        started = time.monotonic()
        paths = [*bombs, "zip", "p", "deep", "loop", "good"]
        with open_intake(lambda name, digest: None, Order(), 2, LOOPBACK) as intake:
            ended = list(intake.take(f"{site.root}/{path}" for path in paths))
    assert [one.report is not None for one in ended] == [False] * 7 + [True]
    assert all(one.error and "\n" not in one.error and len(one.error) < 300 for one in ended[:7])
    assert time.monotonic() - started < SHORT


def test_a_call_killed_twice_leads_to_the_same_ledger(tmp_path: Path) -> None:
    count = 70
    archive = b"".join(gz(one) for one in pages(count, sentences=3))
    broken = gz(response("http://courier.example/x", b"<p>Nothing.</p>"))
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "crawl.warc.gz").write_bytes(archive + broken)
    command = [sys.executable, "-m", "dateline.cli.main", "add", "crawl.warc.gz", "--workers", "2", "--quiet"]

    def start(name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=tmp_path / name, env=environment(), stderr=subprocess.DEVNULL)

    whole = start("whole")
    counts = [0]
    while len(counts) < 3:
        running = start("killed")
        while running.poll() is None and ended(tmp_path / "killed" / "crisis.db") <= counts[-1]:
            time.sleep(0.01)
        assert running.poll() is None, "it ended before it could be killed"
        running.send_signal(signal.SIGKILL)
        running.wait()
        counts.append(ended(tmp_path / "killed" / "crisis.db"))
    assert 0 < counts[1] < counts[2] < count + 1
    assert start("killed").wait() == whole.wait() == 1
    assert tables(tmp_path / "killed" / "crisis.db") == tables(tmp_path / "whole" / "crisis.db")


def ended(ledger: Path) -> int:
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM inputs").fetchone()[0])
    except sqlite3.Error:
        return 0
