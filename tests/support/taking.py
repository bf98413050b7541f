"""Sources taken into a ledger with a reader that only stores, in this process or one of its own:

python -m tests.support.taking LEDGER WORKERS SOURCE ...    prints the name of each input as it ends
"""

import atexit
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from dateline.ingest.extract import FUNCTION
from dateline.ingest.fetch import Fetcher
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.model.vocab import BoundaryPolicy
from dateline.run import local
from dateline.run.intake import Intake, Order, open_intake
from dateline.run.local import read_into
from dateline.run.workers import Workers
from dateline.store.base import Outcome
from dateline.store.sqlite import open_store


class NoParser:
    """Parses nothing."""

    model = "none"
    digest = "none"

    def parse(self, texts: Sequence[str]) -> list[Any]:
        """Nothing."""
        return []


def only_store(reports: Sequence[Report], *_: object) -> Iterator[AnnotatedReport]:
    """Each report with nothing read from it."""
    for report in reports:
        yield AnnotatedReport(report=report)


class NoKnowledge:
    """Knows nothing."""

    digest = "none"
    boundary_policy = BoundaryPolicy.DE_JURE


@cache
def pool() -> Workers:
    """A process that is started once for all tests."""
    workers = Workers([FUNCTION], 1)
    atexit.register(workers.close)
    return workers


def take(
    ledger: Path,
    sources: Iterable[str],
    order: Order | None = None,
    workers: int | None = None,
    networks: Sequence[str] = (),
) -> Iterator[Outcome]:
    """Take sources into a ledger, four inputs at a time; without ``workers`` the one process of all tests is used."""
    before = local.read_reports
    local.read_reports = only_store  # type: ignore[assignment]
    try:
        with open_store(ledger, create_new=True) as store, ExitStack() as stack:
            if workers is None:
                fetch = stack.enter_context(Fetcher(allowed=networks)).fetch
                intake = Intake(pool(), fetch, store.ended, order)
            else:
                intake = stack.enter_context(open_intake(store.ended, order, workers, networks))
            nothing: Any = NoKnowledge()
            yield from read_into(store, intake.take(sources), NoParser(), nothing, 4)
    finally:
        local.read_reports = before


class Counted:
    """Counts what was taken apart while it is on."""

    def __init__(self) -> None:
        self.calls = 0
        self._call = Workers.call

    def __call__(self, workers: Workers, function: str, argument: bytes) -> bytes:
        """``Workers.call``, counted."""
        self.calls += 1
        return self._call(workers, function, argument)


if __name__ == "__main__":
    for outcome in take(Path(sys.argv[1]), sys.argv[3:], workers=int(sys.argv[2])):
        print(outcome.name, flush=True)
