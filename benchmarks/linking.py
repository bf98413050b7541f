"""Measure how the search for copies grows with the ledger, on reports that are written without being parsed.

    python -m benchmarks.linking [--reports N ...]

For each size a ledger is written through the Writer from ``benchmarks/stream.py``, then searched as a whole, then again
after each of a few more reports. A search is timed by the processor, one more report by the clock on the wall; the size
is that of the index within the ledger.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

from msgspec import Struct

from benchmarks.stream import Stream
from benchmarks.writer import SETUP
from dateline.api import load_knowledge
from dateline.model.vocab import Table
from dateline.run.linking import find_copies
from dateline.store.sqlite import SqliteStore, open_store

BATCH = 500
MORE = 9
"""Reports that come one at a time at the end."""


class Search(Struct, frozen=True):
    """How long the copies of a ledger took: seconds for all, seconds for one more, and the index in MB."""

    reports: int
    seconds: float
    one_more: float
    index: float
    copies: int
    memory: float

    @property
    def pace(self) -> float:
        """Reports a second."""
        return self.reports / self.seconds


def search(reports: int) -> Search:
    """Write so many reports and search them."""
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "ledger.db", create_new=True) as store:
        stream = Stream(reports)
        for start in range(0, reports, BATCH):
            store.add(stream.reports(min(BATCH, reports - start)), SETUP)
        begun = time.process_time()
        assert find_copies(store, knowledge) == reports
        seconds = time.process_time() - begun
        more = []
        for _ in range(MORE):
            store.add(stream.reports(1), SETUP)
            begun = time.perf_counter()
            assert find_copies(store, knowledge) == 1
            more.append(time.perf_counter() - begun)
        index = (_bytes(store, "index_chunks", "codes") + _bytes(store, "indexed_reports", "sentences")) / 1e6
        copies = store.counts()[Table.COPIES]
    return Search(
        reports, seconds, median(more), index, copies, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    )


def _bytes(store: SqliteStore, table: str, column: str) -> float:
    return float(store._connection.execute(f"SELECT coalesce(sum(length({column})), 0) FROM {table}").fetchone()[0])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000])
    before: Search | None = None
    for reports in parser.parse_args().reports:
        one = search(reports)
        print(
            f"{reports:,} reports: {one.seconds:.1f} s, {one.pace:.0f} a second; {one.copies:,} copies; one more "
            f"{one.one_more:.3f} s; index {one.index:.0f} MB; peak memory {one.memory:.0f} MB"
            + (f"; {one.seconds / before.seconds:.1f} times the time of {before.reports:,}" if before else ""),
            flush=True,
        )
        before = one


if __name__ == "__main__":
    main()
