"""How fast reading is room by room: name pairs, the grammar of times, the extractors' shares, the knowledge."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from msgspec import Struct

from benchmarks import times
from benchmarks.common import read_gold
from benchmarks.material import Material
from dateline.ingest.base import Fields, make_report
from dateline.knowledge.handle import Knowledge
from dateline.matching.names import match_names
from dateline.model.report import Report
from dateline.nlp.offsets import normalise
from dateline.nlp.spacy import SpacyParser
from dateline.read.pipeline import extractors, read_reports
from dateline.read.reading import Extractor
from dateline.read.segment import segment
from tests.support.reader import MODEL

SHARES = {
    "who, where, when / bare parse": (("mentions", "referents", "places", "times"), "at most 6 %"),
    "events, figures, states / bare parse": (("events", "figures", "states"), "at most 9 %"),
    "statements / bare parse": (("quotes", "statements"), ""),
}
_READY = """
import re, time
from pathlib import Path
begun = time.process_time()
from dateline.api import load_knowledge
knowledge = load_knowledge()
knowledge.digest, knowledge.ontology, knowledge.boundaries, knowledge.actors.ruler()
knowledge.gazetteer.lookup("Kyiv")
taken = time.process_time() - begun
# The peak of this process alone; getrusage would count what it was forked from.
print(taken, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


class Rate(Struct, frozen=True):
    """A measure as the table of speed shows it."""

    name: str
    value: str
    wanted: str
    note: str


def rates(reports: int) -> Iterator[Rate]:
    """All of them, on real articles where they are there, else on made ones."""
    yield _pairs()
    if read_gold("times", 1):
        yield Rate("times: grammar", f"{times.speed():,.0f} characters/s", ">= 1,000,000/s", "no parse")
    yield from _shares(reports)
    yield from _knowledge()


def _pairs(count: int = 40_000) -> Rate:
    rows = read_gold("names") or []
    names = sorted({row[side] for row in rows for side in ("a", "b")}) or [f"Mara Venn {n}" for n in range(500)]
    choose = random.Random(7)
    pairs = [(choose.choice(names), choose.choice(names)) for _ in range(count)]
    begun = time.process_time()
    for a, b in pairs:
        match_names(a, b, "person")
    pace = count / (time.process_time() - begun)
    return Rate("match_names", f"{pace:,.0f} pairs/s", ">= 20,000/s", f"{len(names)} names, no two pairs prepared")


class _Timed:
    """Adds up what extractors take, each in place of one of the pipeline's."""

    def __init__(self) -> None:
        self.taken = 0.0

    def around(self, one: Extractor) -> Extractor:
        def run(reading):  # type: ignore[no-untyped-def]
            begun = time.process_time()
            try:
                return one.run(reading)
            finally:
                self.taken += time.process_time() - begun

        return Extractor(one.name, one.requires, one.assigns, run)


def _shares(count: int) -> Iterator[Rate]:
    """Some extractors against the bare parse of the same passages."""
    rows = read_gold("quotes", count)
    texts = [row["text"] for row in rows] if rows else [row["text"] for row in Material(seed=5).rows(count)]
    reports = [make_report(text, Fields(id=str(n), published="2024-05-01")) for n, text in enumerate(texts)]
    knowledge = Knowledge()
    parser = SpacyParser(MODEL, knowledge.actors.ruler())
    list(read_reports(reports[:4], parser, knowledge))
    bare = _bare(reports, parser)
    timed = {name: _Timed() for names, _ in SHARES.values() for name in names}
    steps = [timed[one.name].around(one) for one in extractors() if one.name in timed]
    _read(reports, parser, knowledge, steps)
    bare = (bare + _bare(reports, parser)) / 2
    for what, (names, wanted) in SHARES.items():
        taken = sum(timed[name].taken for name in names)
        note = ", ".join(f"{name} {timed[name].taken / bare:.1%}" for name in names)
        yield Rate(what, f"{taken / bare:.1%}", wanted, note)


def _bare(reports: Sequence[Report], parser: SpacyParser) -> float:
    passages = [normalise(p.evidence.quote).text for report in reports for p in segment(report)]
    begun = time.process_time()
    for _ in parser._nlp.pipe(passages, batch_size=256):
        pass
    return time.process_time() - begun


def _read(reports: Sequence[Report], parser: SpacyParser, knowledge: Knowledge, steps: Sequence[Extractor]) -> None:
    """Read with these steps in place of the pipeline's of the same name."""
    from dateline.read import pipeline

    named = {step.name: step for step in steps}
    usual = pipeline.extractors
    pipeline.extractors = lambda: tuple(named.get(one.name, one) for one in usual())  # type: ignore[assignment]
    try:
        for _ in read_reports(reports, parser, knowledge):
            pass
    finally:
        pipeline.extractors = usual


def _knowledge() -> Iterator[Rate]:
    """Time and memory of a process that makes the knowledge ready, once it was compiled."""
    Knowledge().gazetteer.lookup("Kyiv")
    told = [
        subprocess.run([sys.executable, "-c", _READY], check=True, capture_output=True, text=True) for _ in range(3)
    ]
    seconds, memory = zip(*((float(word) for word in one.stdout.split()) for one in told), strict=True)
    yield Rate(
        "knowledge ready", f"{min(seconds):.2f} s", "under 0.6 s", "compiled before; best of 3, of the process alone"
    )
    yield Rate("knowledge in memory", f"{max(memory):.0f} MB", "under 150 MB", "the whole process")
