"""The index by which copies are looked for, kept in the ledger: sentences by the hashes of what they hold.

Postings stand in sorted segments, each cut into chunks that are read when they are needed. What is added makes a new
segment; small ones are merged, so that few stand side by side (a log-structured merge tree, O'Neil and others 1996).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.matching.marks import Marks
from dateline.matching.pool import Pool
from dateline.matching.postings import HALF, Indexed, Postings, codes, joined, look_up, owners

CHUNK = 4096
"""Postings to a chunk, of 8 bytes each."""
GROWTH = 4
"""A segment is merged with the one before it unless that is so many times as large."""
AT_ONCE = 20_000
"""Hashes looked up at a time, so that no more chunks than that are held."""
KEPT = 100_000_000
"""Words whose marks are held, of 3 bytes each: those of some 160,000 reports of news."""
_SEGMENT = 24
"""Bits of a chunk's key that number it within its segment."""
_ASKED = 500


class _Segment(Struct, frozen=True):
    key: int
    size: int
    firsts: NDArray[np.uint64]


class StoredIndex:
    """See ``link.index.WordIndex``. Reports are numbered in the order in which they were taken in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pool = Pool()
        self._numbers: dict[str, int] = {}
        self._segments: list[_Segment] = []
        self._read()

    def _read(self) -> None:
        rows = self._connection.execute("SELECT first, report, next FROM indexed_reports ORDER BY first").fetchall()
        self._firsts = np.array([first for first, _, _ in rows], np.int64)
        self._keys = [key for _, key, _ in rows]
        self._next = int(rows[-1][2]) if rows else 0
        self._read_segments()

    def _read_segments(self) -> None:
        sql = "SELECT key, size, firsts FROM index_segments ORDER BY key"
        self._segments = [
            _Segment(k, size, np.frombuffer(data, "<u8")) for k, size, data in self._connection.execute(sql)
        ]

    @property
    def next(self) -> int:
        """The number that the next sentence will have."""
        return self._next

    def missing(self) -> list[str]:
        """The ids of the reports that it has not taken in, sorted."""
        there = "EXISTS (SELECT 1 FROM indexed_reports i WHERE i.report = r.key)"
        sql = f"SELECT id FROM reports r WHERE NOT {there} ORDER BY id"
        return [id for (id,) in self._connection.execute(sql)]

    def clear(self) -> None:
        """Let go of everything."""
        for table in ("indexed_reports", "index_segments", "index_chunks"):
            self._connection.execute(f"DELETE FROM {table}")
        self._pool.clear()
        self._numbers.clear()
        self._read()

    def add(self, reports: Sequence[Indexed]) -> None:
        """Take in reports that are in the ledger and not in the index."""
        fresh: list[NDArray[np.uint64]] = []
        firsts: list[int] = []
        sql = "INSERT INTO indexed_reports (report, first, next, sentences) VALUES (?, ?, ?, ?)"
        for one in reports:
            key = self._connection.execute("SELECT key FROM reports WHERE id = ?", (one.report,)).fetchone()[0]
            fresh.append(codes(one.keys, self._next))
            after = self._next + max(1, len(one.marks.ends))
            self._connection.execute(sql, (key, self._next, after, one.marks.to_bytes()))
            self._hold(self._next, one.marks)
            self._keys.append(key)
            firsts.append(self._next)
            self._next = after
        self._firsts = np.concatenate([self._firsts, np.array(firsts, np.int64)])
        number = self._segments[-1].key + 1 if self._segments else 1
        self._write(number, np.sort(np.concatenate(fresh)) if fresh else np.zeros(0, np.uint64))
        self._read_segments()
        while len(self._segments) > 1 and self._segments[-1].size * GROWTH >= self._segments[-2].size:
            self._merge(*self._segments[-2:])
            self._read_segments()

    def find(self, hashes: NDArray[np.uint32]) -> Postings:
        """The sentences under each of some distinct hashes in rising order."""
        if not self._segments:
            return Postings(np.zeros(0, np.int64), np.zeros(0, np.uint32))
        return joined([self._within(segment, hashes) for segment in self._segments])

    def first(self, report: str) -> int:
        """The number of a report's first sentence. Raises KeyError for one that is not there."""
        return int(self._firsts[self.number(report)])

    def reports(self, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each sentence the number of its report, and its place among that report's sentences."""
        return owners(self._firsts, sentences)

    def report(self, number: int) -> str:
        """The id of the report of that number."""
        sql = "SELECT id FROM reports WHERE key = ?"
        return str(self._connection.execute(sql, (self._keys[number],)).fetchone()[0])

    def number(self, report: str) -> int:
        """The number of a report. Raises KeyError for one that is not there."""
        if report not in self._numbers:
            sql = "SELECT i.first FROM indexed_reports i JOIN reports r ON r.key = i.report WHERE r.id = ?"
            row = self._connection.execute(sql, (report,)).fetchone()
            if row is None:
                raise KeyError(report)
            self._numbers[report] = int(np.searchsorted(self._firsts, row[0]))
        return self._numbers[report]

    def marks(self, sentences: NDArray[np.int64]) -> Marks:
        """The marks of some sentences, in the order given."""
        missing = sentences[self._pool.lacks(sentences)]
        if len(missing):
            if self._pool.size + len(missing) > KEPT:
                self._pool.clear()
                missing = sentences
            numbers, _ = self.reports(missing)
            by_key = {self._keys[n]: int(self._firsts[n]) for n in np.unique(numbers).tolist()}
            sql = "SELECT report, sentences FROM indexed_reports WHERE report IN ({})"
            for key, data in self._each(sql, sorted(by_key)):
                self._pool.put(by_key[key], Marks.from_bytes(data))
        return self._pool.take(sentences)

    def _hold(self, first: int, marks: Marks) -> None:
        if self._pool.size + len(marks.words) > KEPT:
            self._pool.clear()
        self._pool.put(first, marks)

    def _within(self, segment: _Segment, hashes: NDArray[np.uint32]) -> Postings:
        asked: list[NDArray[np.int64]] = []
        found: list[NDArray[np.uint32]] = []
        low = hashes.astype(np.uint64) << HALF
        first = np.maximum(np.searchsorted(segment.firsts, low, "right") - 1, 0)
        last = np.maximum(np.searchsorted(segment.firsts, low | np.uint64(0xFFFFFFFF), "right") - 1, 0)
        for start in range(0, len(hashes), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            wanted = np.unique(np.concatenate([first[some], last[some], _between(first[some], last[some])]))
            held = np.concatenate(list(self._chunks(segment.key, wanted.tolist())))
            part = look_up(held, hashes[some])
            asked.append(part.asked + start)
            found.append(part.sentences)
        return Postings(np.concatenate(asked), np.concatenate(found))

    def _chunks(self, segment: int, numbers: Sequence[int]) -> Iterator[NDArray[np.uint64]]:
        """These chunks of a segment, whose numbers come in rising order."""
        base = segment << _SEGMENT
        sql = "SELECT codes FROM index_chunks WHERE key IN ({}) ORDER BY key"
        for (data,) in self._each(sql, [base | number for number in numbers]):
            yield np.frombuffer(data, "<u8")

    def _each(self, sql: str, keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query for some keys, in the order of the keys' lots."""
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            yield from self._connection.execute(sql.format(", ".join("?" * len(some))), some)

    def _write(self, key: int, postings: NDArray[np.uint64]) -> None:
        if not len(postings):
            return
        sql = "INSERT INTO index_segments (key, size, firsts) VALUES (?, ?, ?)"
        firsts = postings[::CHUNK].astype("<u8").tobytes()
        self._connection.execute(sql, (key, len(postings), firsts))
        rows = (
            (key << _SEGMENT | number, postings[start : start + CHUNK].astype("<u8").tobytes())
            for number, start in enumerate(range(0, len(postings), CHUNK))
        )
        self._connection.executemany("INSERT INTO index_chunks (key, codes) VALUES (?, ?)", rows)

    def _merge(self, earlier: _Segment, later: _Segment) -> None:
        both = [chunk for one in (earlier, later) for chunk in self._chunks(one.key, range(len(one.firsts)))]
        merged = np.sort(np.concatenate(both), kind="stable")
        for one in (earlier, later):
            self._connection.execute("DELETE FROM index_segments WHERE key = ?", (one.key,))
            span = (one.key << _SEGMENT, (one.key + 1) << _SEGMENT)
            self._connection.execute("DELETE FROM index_chunks WHERE key >= ? AND key < ?", span)
        self._write(earlier.key, merged)


def _between(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """The chunks that lie between the first and the last of some keys."""
    wide = np.flatnonzero(last - first > 1)
    inner = [np.arange(first[i] + 1, last[i]) for i in wide.tolist()]
    return np.concatenate(inner) if inner else np.zeros(0, np.int64)
