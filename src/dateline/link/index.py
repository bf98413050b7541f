"""Where sentences are found by their keys: what a linking asks of an index, and one that is kept in memory."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.matching.marks import Marks
from dateline.matching.pool import Pool
from dateline.matching.postings import Indexed, Postings, codes, look_up, owners


class WordIndex(Protocol):
    """Finds sentences by key. A sentence has one number in the whole index; those of a report follow each other."""

    def add(self, reports: Sequence[Indexed]) -> None:
        """Take in reports that are not there."""

    @property
    def next(self) -> int:
        """The number that the next sentence will have."""

    def find(self, hashes: NDArray[np.uint32]) -> Postings:
        """The sentences under each of some distinct hashes in rising order."""

    def first(self, report: str) -> int:
        """The number of a report's first sentence. Raises KeyError for one that is not there."""

    def reports(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each sentence the number of its report, and its place among that report's sentences."""

    def report(self, number: int) -> str:
        """The id of the report of that number."""

    def number(self, report: str) -> int:
        """The number of a report. Raises KeyError for one that is not there."""

    def marks(self, sentences: NDArray[np.int64]) -> Marks:
        """The marks of some sentences, in the order given."""


class MemoryIndex:
    """An index of a handful of reports, or of as many as the memory holds."""

    def __init__(self) -> None:
        self._codes: NDArray[np.uint64] = np.zeros(0, np.uint64)
        self._firsts: NDArray[np.int64] = np.zeros(0, np.int64)
        self._ids: list[str] = []
        self._pool = Pool()
        self._first: dict[str, int] = {}
        self._number: dict[str, int] = {}
        self._next = 0

    def add(self, reports: Sequence[Indexed]) -> None:
        """Take in reports that are not there."""
        fresh = []
        firsts = []
        for one in reports:
            fresh.append(codes(one.keys, self._next))
            firsts.append(self._next)
            self._first[one.report] = self._next
            self._number[one.report] = len(self._ids)
            self._ids.append(one.report)
            self._pool.put(self._next, one.marks)
            self._next += max(1, len(one.marks.ends))
        self._codes = np.sort(np.concatenate([self._codes, *fresh]))
        self._firsts = np.concatenate([self._firsts, np.array(firsts, np.int64)])

    @property
    def next(self) -> int:
        """The number that the next sentence will have."""
        return self._next

    def find(self, hashes: NDArray[np.uint32]) -> Postings:
        """The sentences under each of some distinct hashes in rising order."""
        return look_up(self._codes, hashes)

    def first(self, report: str) -> int:
        """The number of a report's first sentence. Raises KeyError for one that is not there."""
        return self._first[report]

    def reports(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each sentence the number of its report, and its place among that report's sentences."""
        return owners(self._firsts, sentences)

    def report(self, number: int) -> str:
        """The id of the report of that number."""
        return self._ids[number]

    def number(self, report: str) -> int:
        """The number of a report. Raises KeyError for one that is not there."""
        return self._number[report]

    def marks(self, sentences: NDArray[np.int64]) -> Marks:
        """The marks of some sentences, in the order given."""
        return self._pool.take(sentences)
