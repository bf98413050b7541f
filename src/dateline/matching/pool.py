"""The marks of many reports' sentences, held side by side so that some are taken out at once."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dateline.matching.marks import Marks

Numbers = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)


class Pool:
    """Holds the marks of reports by the numbers of their sentences."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Let go of everything."""
        self.size = 0
        """How many words it holds."""
        self._words: NDArray[np.uint16] = np.zeros(1024, np.uint16)
        self._tenths: NDArray[np.uint8] = np.zeros(1024, np.uint8)
        self._starts: Numbers = np.zeros(0, np.int64)
        self._lengths: NDArray[np.int32] = np.zeros(0, np.int32)

    def put(self, first: int, marks: Marks) -> None:
        """Hold the marks of a report whose first sentence has that number."""
        after = first + len(marks.ends)
        ends = marks.ends.astype(np.int64)
        self._starts = _grown(self._starts, after, -1)
        self._lengths = _grown(self._lengths, after, 0)
        lengths = ends.copy()
        lengths[1:] -= ends[:-1]
        self._starts[first:after] = self.size + ends - lengths
        self._lengths[first:after] = lengths
        full = self.size + len(marks.words)
        self._words, self._tenths = _grown(self._words, full, 0), _grown(self._tenths, full, 0)
        self._words[self.size : full], self._tenths[self.size : full] = marks.words, marks.tenths
        self.size = full

    def lacks(self, sentences: Numbers) -> NDArray[np.bool_]:
        """Which of some sentences it does not hold."""
        known = sentences < len(self._starts)
        known[known] = self._starts[sentences[known]] >= 0
        return ~known

    def take(self, sentences: Numbers) -> Marks:
        """The marks of some sentences that it holds, in the order given."""
        lengths = self._lengths[sentences].astype(np.int64)
        after = np.cumsum(lengths)
        at = np.arange(after[-1] if len(after) else 0) + np.repeat(self._starts[sentences] - after + lengths, lengths)
        return Marks(self._words[at], self._tenths[at], after.astype(np.uint32))


def _grown(array: NDArray[T], size: int, fill: int) -> NDArray[T]:
    """An array of at least that size, twice as large as before where it must grow."""
    if size <= len(array):
        return array
    larger = np.full(max(size, 2 * len(array)), fill, array.dtype)
    larger[: len(array)] = array
    return larger
