"""The keys of reports, put aside until all are taken in and they are looked up."""

from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

from dateline.matching.marks import Keys, Marks
from dateline.matching.postings import Indexed

HELD = 1 << 28
"""Bytes held in memory; more go to a file that nobody else sees and that goes when it is closed."""


class Spool:
    """Takes reports in any number, and gives each back as often as it is asked for."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=HELD)  # noqa: SIM115 - closed by __exit__
        self._places: dict[str, tuple[int, int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def put(self, one: Indexed) -> None:
        """Put a report aside."""
        keys, marks = one.keys.to_bytes(), one.marks.to_bytes()
        start = self._file.seek(0, 2)
        self._file.write(keys + marks)
        self._places[one.report] = (start, len(keys), len(marks))

    def get(self, report: str) -> Indexed | None:
        """A report that was put aside; None for one that was not."""
        if report not in self._places:
            return None
        start, keys, marks = self._places[report]
        self._file.seek(start)
        data = self._file.read(keys + marks)
        return Indexed(report, Keys.from_bytes(data[:keys]), Marks.from_bytes(data[keys:]))
