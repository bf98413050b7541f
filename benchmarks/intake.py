"""Measure how fast sources come in, and that memory stays flat.

    python -m benchmarks.intake [--records N] [--pages N]

Archives: records a second of a core up to the point where a page is handed on to be extracted; half of them are
requests, as crawlers write them. Pages: on one core of this process, and through processes of their own, with the
memory that this process and those hold after a tenth of the pages and after all.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.ingest.base import Fields
from dateline.ingest.raw import Raw
from dateline.ingest.warc import read_warc
from dateline.run.intake import Intake, open_intake
from tests.support.archives import PACKED, page, record, response

KINDS = 50
"""Different pages made; the others are these again."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=8_000)
    parser.add_argument("--pages", type=int, default=2_500)
    options = parser.parse_args()
    for ending in PACKED:
        print(archive(ending, options.records))
    for workers in (1, 2):
        print(memory(options.pages, workers))


def archive(ending: str, records: int) -> str:
    """Records a second of one kind of archive."""
    pack = PACKED[ending]
    pairs = []
    for n in range(KINDS):
        address = f"http://courier.example/{n}"
        pairs.append(
            pack(record("request", address, b"GET / HTTP/1.1\r\nHost: courier.example\r\n\r\n", "application/http"))
        )
        pairs.append(pack(response(address, page(n, 60))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        with path.open("wb") as file:
            for n in range(records):
                file.write(pairs[n % len(pairs)])
        size = path.stat().st_size
        start = time.process_time()
        skipped: Counter[str] = Counter()
        taken = sum(1 for _ in read_warc(path, "a", Fields(), skipped))
        took = time.process_time() - start
    assert taken + skipped.total() == records
    what = f"{records:,} records, {size / 1e6:.0f} MB, a page has {len(page(0, 60)):,} bytes"
    return f"{ending}: {records / took:,.0f} records/s a core ({what})"


def memory(pages: int, workers: int) -> str:
    """Pages a second, and memory after a tenth and after all."""
    marks: list[int] = []

    def raws() -> Iterator[Raw]:
        for n in range(pages):
            yield Raw(
                name=str(n), data=page(n, 60), fields=Fields(url=f"http://courier.example/{n}"), media="text/html"
            )

    start = time.monotonic()
    with open_intake(lambda name, digest: None, workers=workers) as intake:
        bad = 0
        for done, one in enumerate(intake.extracted(raws()), 1):
            bad += one.report is None
            if done in (pages // 10, pages):
                marks.append(held(intake))
    took = time.monotonic() - start
    assert not bad
    first, last = (mark / 1e6 for mark in marks)
    grown = f"{first:.0f} MB after {pages // 10:,} pages, {last:.0f} MB after {pages:,}"
    return f"{workers} processes: {pages / took:,.0f} pages/s; {grown}"


def held(intake: Intake) -> int:
    """Bytes that this process and its workers hold."""
    return sum(rss(number) for number in ("self", *map(str, intake.workers.numbers())))


def rss(process: str) -> int:
    """Bytes that a process holds, as Linux tells."""
    fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * 4096


if __name__ == "__main__":
    main()
