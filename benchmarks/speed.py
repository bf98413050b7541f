"""Measure how fast Dateline is, as ratios within one run, and print a Markdown table.

    python -m benchmarks.speed [--reports N] [--only NAME ...] [--write]

Bare parse: ``nlp.pipe`` over the same passages, batches of 256, the same components, one thread, in this run.
Nothing here passes or fails a test: what is measured depends on the machine.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from msgspec import Struct

from benchmarks.common import ROOT, read_gold
from benchmarks.material import Material
from benchmarks.page import put_section
from tests.support.reader import MODEL


class Timing(Struct, frozen=True):
    """A measure, what is wanted of it, and what it was measured on."""

    name: str
    value: str
    wanted: str = ""
    note: str = ""


def whole_add(reports: int) -> Iterator[Timing]:
    """Reports added and linked, against the bare parse of their passages: made ones, and real ones if there."""
    from dateline.api import Ledger

    _parse(["The council met on Monday."] * 8)
    # The first report read loads the knowledge, which a run of any size pays once.
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "warm.db", model=MODEL) as ledger:
        ledger.add(Material(seed=1).rows(4), link=False)
    yield from _added(list(Material().rows(reports)), "")
    articles = read_gold("quotes", reports)
    if articles:
        yield from _added([{"id": row["id"], "text": row["text"]} for row in articles], "real articles: ")


def _added(rows: list[dict[str, Any]], what: str) -> Iterator[Timing]:
    from dateline.api import Ledger
    from dateline.ingest.base import Fields, make_report
    from dateline.nlp.offsets import normalise
    from dateline.read.segment import segment

    passages = [
        normalise(passage.evidence.quote).text
        for row in rows
        for passage in segment(make_report(row["text"], Fields(id=row["id"])))
    ]
    words = sum(len(row["text"].split()) for row in rows)
    # Before and after what it is compared with, since a machine is not equally free all the time.
    before = _parse(passages)
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.db", model=MODEL) as ledger:
        gc.collect()
        read = _busy(lambda: ledger.add(rows, link=False))
        linked = _busy(ledger.link)
        bare = (before + _parse(passages)) / 2
        distinct = _parse(list(dict.fromkeys(passages)))
        note = f"{len(rows)} reports, {words:,} words, {bare:.1f} s"
        yield Timing(f"{what}bare parse", f"{words / bare:,.0f} words/s", note=note)
        yield Timing(f"{what}read and write / bare parse", f"{read / bare:.2f}", note=f"{read:.1f} s")
        yield Timing(f"{what}link / bare parse", f"{linked / bare:.2f}", note=f"{linked:.1f} s")
        yield Timing(
            f"{what}whole add / bare parse",
            f"{(read + linked) / bare:.2f}",
            "at most 1.35",
            f"{(read + linked) / distinct:.2f} of a parse that takes each passage once",
        )
        again = _busy(lambda: ledger.add(rows, link=False))
        yield Timing(f"{what}the same reports again / bare parse", f"{again / bare:.3f}", note="nothing is read")
        longer = [{**row, "id": f"longer-{row['id']}", "text": f"{row['text']}\n\nNo more was known."} for row in rows]
        grown = _busy(lambda: ledger.add(longer, link=False))
        yield Timing(
            f"{what}reports with one new passage / bare parse", f"{grown / bare:.2f}", "less than 1", "parses kept"
        )


def _parse(passages: list[str]) -> float:
    """Seconds that the pipeline takes over the passages, and nothing else."""
    from dateline.api import load_knowledge, make_parser
    from dateline.nlp.spacy import SpacyParser

    parser = make_parser(MODEL, load_knowledge())
    assert isinstance(parser, SpacyParser)
    nlp = parser._nlp
    gc.collect()
    return _busy(lambda: [None for _ in nlp.pipe(passages, batch_size=256)])


def memory(reports: int) -> Iterator[Timing]:
    """The peak of a process that adds 1,000 reports of 600 words, read as a stream, then links them."""
    with tempfile.TemporaryDirectory() as folder:
        source, ledger = Path(folder) / "reports.jsonl", Path(folder) / "ledger.db"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in Material(seed=11).rows(reports))
        for what, arguments in (("add", ["add", str(source), "--no-link", "--quiet"]), ("link", ["link"])):
            peak, taken = _peak([*arguments, "--ledger", str(ledger)])
            yield Timing(
                f"peak memory of {what}", f"{peak:,.0f} MB", "under 1,200 MB", f"{reports} reports, {taken:.0f} s"
            )
        size = ledger.stat().st_size / reports / 1024
        yield Timing("ledger", f"{size:,.0f} kB a report", note="parses included")


def writer(reports: int) -> Iterator[Timing]:
    """Ready records into the ledger."""
    from benchmarks import writer as bench

    for measure in bench.score(reports):
        wanted = "at least 300" if measure.name == "reports/s" else ""
        yield Timing(f"writer: {measure.name}", f"{measure.value:,.0f}", wanted, measure.note)


def identity(reports: int) -> Iterator[Timing]:
    """Who, where and when: pairs of names, the grammar of times, the extractors' share, the knowledge."""
    from benchmarks.whowhere import rates

    for rate in rates(reports):
        yield Timing(rate.name, rate.value, rate.wanted, rate.note)


def copies(reports: int) -> Iterator[Timing]:
    """The search for copies in a ledger of a tenth of the reports and of all, and for those of one report more."""
    from benchmarks.linking import search

    few, many = search(reports // 10), search(reports)
    note = f"{many.copies:,} copies; written without a parse"
    yield Timing(f"copy search in {reports:,} reports", f"{many.pace:.0f} reports/s", "at least 200", note)
    ratio = f"{many.seconds / few.seconds:.1f}"
    yield Timing("copy search: ten times the reports", f"{ratio} times the time", "at most 12", f"{few.pace:.0f}/s")
    yield Timing("copy search: one more report", f"{many.one_more:.3f} s", "under 0.5 s", "median of 9, by the clock")
    yield Timing("copy search: index", f"{many.index * 1000 / reports:.1f} kB a report", "under 10 kB", "in the ledger")


def commands(reports: int) -> Iterator[Timing]:
    """The time of short commands, start of the interpreter included; ``query`` on a ledger of many reports."""
    from benchmarks.writer import BATCH, Maker, write
    from dateline.store.sqlite import open_store

    yield _command("--help", ["--help"], "under 0.4 s")
    yield _command("add --help", ["add", "--help"], "under 0.4 s")
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with open_store(path, create_new=True) as store:
            for first in range(0, reports, 10 * BATCH):
                write(store, [maker.report(f"report-{n:06}") for n in range(first, min(reports, first + 10 * BATCH))])
        word = maker.report("word").report.text.split()[0]
        for name, arguments in (
            ("query --where", ["events", "--where", "type=ASSAULT", "--limit", "20"]),
            ("query --search", ["passages", "--search", word, "--limit", "20"]),
        ):
            arguments = ["query", *arguments, "--ledger", str(path)]
            yield _command(name, arguments, "under 0.3 s", f"{reports:,} reports, 20 rows")


def intake(pages: int) -> Iterator[Timing]:
    """Pages and archives on their way in, before anything is read from their texts."""
    from benchmarks.intake import archive
    from benchmarks.intake import memory as flat
    from benchmarks.pages import padded
    from dateline.ingest.html import read_page
    from tests.ingest.pages import saved_pages

    made = [padded(page.data, number) for number, page in enumerate(saved_pages())]
    read_page(made[0])
    rounds = max(1, pages // (5 * len(made)))
    busy = _busy(lambda: [read_page(data) for _ in range(rounds) for data in made])
    size = sum(map(len, made)) / len(made) / 1000
    yield Timing("web pages a core", f"{rounds * len(made) / busy:.0f}/s", ">= 120/s", f"{size:.0f} kB a page")
    for ending in (".warc", ".warc.gz", ".warc.zst"):
        rate, _, note = archive(ending, 4 * pages).removeprefix(f"{ending}: ").partition(" (")
        yield Timing(f"records of {ending}", rate, ">= 10,000 records/s", note.removesuffix(")"))
    yield Timing("pages through processes", flat(pages, 2), "memory flat", "with what the parts above still hold")


PARTS: Final[dict[str, tuple[Callable[[int], Iterator[Timing]], int]]] = {
    "add": (whole_add, 120),
    "memory": (memory, 1000),
    "writer": (writer, 960),
    "identity": (identity, 60),
    "copies": (copies, 10_000),
    "commands": (commands, 10_000),
    "intake": (intake, 2_000),
}
"""Each part with the number of reports that it measures."""


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _busy(run: Callable[[], object]) -> float:
    """Seconds of this process alone, whatever else the machine is doing."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def _call(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "dateline.cli.main", *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "DATELINE_MODEL": MODEL}


def _command(name: str, arguments: Sequence[str], wanted: str, note: str = "") -> Timing:
    def run() -> None:
        subprocess.run(_call(arguments), check=True, stdout=subprocess.DEVNULL, env=_environment(), cwd=ROOT)

    return Timing(name, f"{median(_seconds(run) for _ in range(5)):.2f} s", wanted, note or "median of 5")


def _peak(arguments: Sequence[str]) -> tuple[float, float]:
    """Peak memory in MB and seconds of a command, from a process of its own that calls nothing else."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *_call(arguments)], check=True, capture_output=True, text=True, env=_environment()
    )
    return int(done.stdout) / 1024, time.perf_counter() - begun


def lines_of(name: str, timings: Iterator[Timing]) -> Iterator[str]:
    """A part's rows in Markdown; a part that breaks says so and costs itself alone."""
    try:
        for t in timings:
            yield f"| {t.name} | {t.value} | {t.wanted} | {t.note} |"
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        yield f"| {name} | not measured | | {said} |"


def main() -> None:
    """Print the table."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    options = argparse.ArgumentParser(description="Measure how fast Dateline is.")
    options.add_argument("--only", nargs="*", default=[], choices=sorted(PARTS), metavar="PART", help=", ".join(PARTS))
    options.add_argument("--reports", type=int, help="how many reports in each part, to try it out")
    options.add_argument("--write", action="store_true", help="also into docs/quality.md")
    given = options.parse_args()
    sheet: list[str] = []

    def tell(line: str) -> None:
        sheet.append(line)
        print(line, flush=True)

    tell(f"Parser model: {MODEL}. {os.cpu_count()} cores, one thread.")
    tell("")
    tell("| measure | value | wanted | note |")
    tell("|---|---|---|---|")
    for name, (measure, reports) in PARTS.items():
        if not given.only or name in given.only:
            for line in lines_of(name, measure(given.reports or reports)):
                tell(line)
    if given.write:
        put_section("speed", "make bench", sheet)


if __name__ == "__main__":
    main()
