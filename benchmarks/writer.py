"""How many ready records a second the writer takes, on reports of 600 words."""

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.common import Measure, bootstrap, show
from dateline.model.ids import record_id
from dateline.model.records import (
    AnnotatedReport,
    Candidate,
    Event,
    Evidence,
    Figure,
    Mention,
    Part,
    Party,
    Passage,
    Place,
    Referent,
    Statement,
    Time,
)
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.model.vocab import (
    Bound,
    CueClass,
    Effect,
    EntityKind,
    Label,
    PassageKind,
    Precision,
    StatementKind,
    Status,
    Table,
    TimeBasis,
    TimeType,
    Voice,
)
from dateline.store.base import Setup
from dateline.store.dialect import ON_OPEN
from dateline.store.rows import RECORDS
from dateline.store.sqlite import SqliteStore, open_store

SETUP = Setup("none", "none", "none")
BATCH = 32
_SYLLABLES = ("ba", "den", "kor", "lim", "sa", "tev", "ran", "mol", "vi", "shu", "pek", "or", "al", "ne", "zor", "gra")


class Maker:
    """Makes annotated reports of invented words with as many records as a report of news has."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4))) for _ in range(8000)]

    def reports(self, count: int) -> Iterator[AnnotatedReport]:
        """So many reports, one at a time."""
        for number in range(count):
            yield self.report(f"report-{number:06}")

    def report(self, id: str) -> AnnotatedReport:
        """One report: 600 words, 20 passages, 90 mentions, 25 statements, 35 events and the rest."""
        self._report = Report(
            id=id,
            text="\n".join(" ".join(self._random.choices(self._words, k=30)) for _ in range(20)),
            title="An invented report",
            published=Published.parse("2031-05-06"),
            source=f"Outlet {self._random.randint(1, 40)}",
            language="en",
        )
        self._used: dict[tuple[Table, Span], int] = {}
        mentions = [self._mention() for _ in range(90)]
        return AnnotatedReport(
            report=self._report,
            passages=tuple(self._passages()),
            mentions=tuple(mentions),
            referents=tuple(
                Referent(
                    id=one.id, report=id, name="Somebody", kind=EntityKind.PERSON, mentions=(one.id,), because="a name"
                )
                for one in mentions[:30]
            ),
            times=tuple(
                Time(**self._common(Table.TIMES, 12), type=TimeType.DATE, value="2031-05-05", basis=TimeBasis.RELATIVE)
                for _ in range(10)
            ),
            places=tuple(self._place() for _ in range(25)),
            statements=tuple(self._statement() for _ in range(25)),
            events=tuple(self._event() for _ in range(35)),
            figures=tuple(self._figure() for _ in range(10)),
        )

    def _span(self, length: int) -> Span:
        start = self._random.randrange(len(self._report.text) - length)
        return Span(start, start + length)

    def _part(self, length: int) -> Part:
        return Part.at(self._report.text, self._span(length), referent="0" * 20)

    def _party(self) -> Party:
        part = self._part(14)
        return Party(text=part.text, span=part.span, spans=part.spans, country="RUS", sector="GOV")

    def _common(self, table: Table, length: int, span: Span | None = None) -> dict[str, Any]:
        span = span or self._span(length)
        ordinal = self._used.get((table, span), 0)
        self._used[table, span] = ordinal + 1
        return {
            "id": record_id(self._report.text_sha256, self._report.id, table, span, ordinal),
            "evidence": Evidence(self._report.id, span, span.of(self._report.text), "maker", "1"),
            "because": "the rule fired on these words",
        }

    def _passages(self) -> Iterator[Passage]:
        start = 0
        for line in self._report.text.split("\n"):
            span = Span(start, start + len(line))
            yield Passage(**self._common(Table.PASSAGES, 0, span), kind=PassageKind.PARAGRAPH)
            start = span.end + 1

    def _mention(self) -> Mention:
        return Mention(**self._common(Table.MENTIONS, 14), label=Label.PERSON, referent="0" * 20)

    def _place(self) -> Place:
        return Place(
            **self._common(Table.PLACES, 8),
            name=self._random.choice(self._words),
            lat=50.0,
            lon=30.0,
            geonames_id=1,
            country="UKR",
            precision=Precision.PLACE,
            candidates=(Candidate("2", "Elsewhere", 0.3, "it is smaller"),),
        )

    def _statement(self) -> Statement:
        span = self._span(200)
        return Statement(
            **self._common(Table.STATEMENTS, 0, span),
            speaker=self._part(14),
            cue=self._part(4),
            content=(span,),
            kind=StatementKind.INDIRECT,
            cue_class=CueClass.SPEECH,
            voice=Voice.NAMED,
        )

    def _event(self) -> Event:
        return Event(
            **self._common(Table.EVENTS, 120),
            trigger=self._part(8),
            type=self._random.choice(("ASSAULT", "CONSULT", "ACCUSE", "SANCTION")),
            contexts=("military",),
            actors=(self._party(),),
            recipients=(self._party(),),
            from_="2031-05-05",
            to="2031-05-05",
            status=self._random.choice(list(Status)),
        )

    def _figure(self) -> Figure:
        return Figure(
            **self._common(Table.FIGURES, 10),
            value=30.0,
            low=30.0,
            high=30.0,
            bound=Bound.EXACT,
            counted="people",
            effect=Effect.KILLED,
            claimant=self._part(14),
        )


def write(store: SqliteStore, reports: list[AnnotatedReport]) -> list[tuple[float, float]]:
    """Write the reports in batches; the seconds that each batch took, by the clock and of the processor."""
    taken = []
    for start in range(0, len(reports), BATCH):
        begun, worked = time.perf_counter(), time.process_time()
        store.add(reports[start : start + BATCH], SETUP)
        taken.append((time.perf_counter() - begun, time.process_time() - worked))
    return taken


def yardstick(reports: list[AnnotatedReport]) -> float:
    """Seconds of processor time that SQLite takes for as many bare rows of as many bytes, committed as often.

    What the writer does beyond that is checking, encoding, indices and the search for words.
    """
    rows = [[msgspec.json.encode(record) for table in RECORDS for record in getattr(one, table)] for one in reports]
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "bare.db") as connection:
        connection.isolation_level = None
        for pragma in (*ON_OPEN, "PRAGMA journal_mode = WAL"):
            connection.execute(pragma)
        connection.execute("CREATE TABLE bare (key INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT")
        begun = time.process_time()
        for start in range(0, len(rows), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            some = ((row,) for one in rows[start : start + BATCH] for row in one)
            connection.executemany("INSERT INTO bare (row) VALUES (?)", some)
            connection.execute("COMMIT")
        return time.process_time() - begun


def score(limit: int | None = None) -> list[Measure]:
    """Reports a second, over batches made beforehand, and the memory at the end."""
    count, bare = limit or 2016, 0.0
    taken: list[tuple[float, float]] = []
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "ledger.db", create_new=True) as store:
        for first in range(0, count, 10 * BATCH):
            ready = [maker.report(f"report-{n:06}") for n in range(first, min(count, first + 10 * BATCH))]
            taken += write(store, ready)
            bare += yardstick(ready)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clock, processor = ([pair[i] for pair in taken] for i in (0, 1))
    return [
        _rate("reports/s", clock, "at least 300 wanted, on a machine that does nothing else"),
        _rate("reports/s of processor time", processor, "what others on the machine leave alone"),
        Measure(
            name="processor time / bare inserts",
            value=sum(processor) / bare,
            low=0,
            high=0,
            n=count,
            note="as many rows of as many bytes into one table, in the same run",
        ),
        Measure(name="kB a report", value=size / count / 1024, low=0, high=0, n=count),
        Measure(name="peak memory, MB", value=memory, low=0, high=0, n=count, note="holds 320 ready reports"),
    ]


def _rate(name: str, seconds: list[float], note: str) -> Measure:
    value, low, high = bootstrap(seconds, lambda some: BATCH * len(some) / sum(some))
    return Measure(name=name, value=value, low=low, high=high, n=BATCH * len(seconds), note=note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None, help="how many reports")
    print("\n".join(show("The writer", score(parser.parse_args().limit))))


if __name__ == "__main__":
    main()
