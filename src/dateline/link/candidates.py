"""Which sentences are worth comparing: those that share what few others share.

Two sentences are worth comparing when they share two or more of their rarest words and not more than CROWD sentences
of all hold the same ones (FAMILY, where the two share FULL of them); or a run of words that stands in no more than
CROWD; or when their passages read the same. Of a family larger than FAMILY each is compared with its first alone, by
report id. So what is compared depends on the set of reports and not on the order in which they came; what a new report
makes too common is told as *shaken*.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.link.index import WordIndex
from dateline.matching.marks import RUN, WHOLE
from dateline.matching.passages import may_match
from dateline.matching.postings import Indexed, distinct

CROWD = 24
"""What more sentences than this share is too common to tell anything."""
FULL = 5
"""From so many of its seven rarest words on, a sentence holds another's as good as wholly."""
FAMILY = 200
"""The most sentences alike that are all compared with each other."""

AT_ONCE = 16
"""Reports whose hits are held together."""

_SIZES = np.array([bin(mask).count("1") for mask in range(128)])
_LIMITS = np.where(_SIZES >= FULL, FAMILY, CROWD)
_LOWER = 0xFFFFFFFF
Numbers = NDArray[np.int64]


class Likely(Struct, frozen=True):
    """For one report (by id): the pairs of sentences worth comparing, by the number of the other report.

    A pair gives the place of the sentence in this report, then in the other. ``shaken`` are sets of numbers of older
    reports that may be worth comparing no longer.
    """

    report: str
    pairs: Mapping[int, Sequence[tuple[int, int]]]
    shaken: Sequence[frozenset[int]]


def likely(reports: Sequence[Indexed], index: WordIndex, since: int, below: float = 0.0) -> Iterator[Likely]:
    """The sentences worth comparing with those of some reports, all of which stand in the index.

    ``since`` is the number of the first sentence that the index did not hold before; ``below`` says how much less than
    a match words need promise.
    """
    hashes = distinct(np.concatenate([one.keys.hashes for one in reports]))
    found = index.find(hashes)
    many = np.bincount(found.asked, minlength=len(hashes))
    standing = _Standing(hashes, many, np.cumsum(many) - many, found.sentences)
    for start in range(0, len(reports), AT_ONCE):
        asked = _Asked(reports[start : start + AT_ONCE], index, standing)
        yield from _Finder(asked, index, since, below).each()


class _Standing(Struct, frozen=True):
    """What stands under the hashes of a batch: how many sentences under each, and from where on they are told."""

    hashes: NDArray[np.uint32]
    many: Numbers
    starts: Numbers
    sentences: NDArray[np.uint32]


class _Asked:
    """The keys of some reports, and what stands under them."""

    def __init__(self, reports: Sequence[Indexed], index: WordIndex, standing: _Standing) -> None:
        self.reports = reports
        self.firsts = [index.first(one.report) for one in reports]
        hashes = np.concatenate([one.keys.hashes for one in reports])
        bits = np.concatenate([one.keys.bits for one in reports])
        own = np.concatenate(
            [one.keys.sentences.astype(np.int64) + first for one, first in zip(reports, self.firsts, strict=True)]
        )
        at = np.searchsorted(standing.hashes, hashes)
        held = standing.many[at]
        rows = np.repeat(np.arange(len(hashes)), held)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(held) - held, held)
        self.key = rows
        """For each hit the key that it stands under."""
        self.own = own[rows]
        self.bits = bits[rows]
        self.other = standing.sentences[np.repeat(standing.starts[at], held) + within].astype(np.int64)
        self.held = held[rows]


class _Finder:
    """Tells which hits count."""

    def __init__(self, asked: _Asked, index: WordIndex, since: int, below: float) -> None:
        self._asked, self._index, self._since, self._below = asked, index, since, below
        self._pairs: list[tuple[Numbers, Numbers]] = []
        self._shaken: dict[int, list[NDArray[np.int64]]] = defaultdict(list)

    def each(self) -> Iterator[Likely]:
        """What is likely for each report of the batch, in order."""
        self._words()
        self._runs()
        self._wholes()
        own = np.concatenate([a for a, _ in self._pairs])
        other = np.concatenate([b for _, b in self._pairs])
        codes = np.unique((own << 32) | other)
        own, other = codes >> 32, codes & _LOWER
        kept = own != other
        own, other = own[kept], other[kept]
        for one, first in zip(self._asked.reports, self._asked.firsts, strict=True):
            low, high = np.searchsorted(own, [first, first + len(one.marks.ends)])
            pairs = self._weighed(one, own[low:high] - first, other[low:high])
            shaken = [
                frozenset(self._index.reports(members)[0].tolist())
                for number in range(first, first + len(one.marks.ends))
                for members in self._shaken.get(number, ())
            ]
            yield Likely(one.report, pairs, shaken)

    def _words(self) -> None:
        asked = self._asked
        pairs = (asked.bits != RUN) & (asked.bits != WHOLE)
        code = (asked.own[pairs] << 32) | asked.other[pairs]
        if not len(code):
            return
        order = np.argsort(code, kind="stable")
        code, bits = code[order], asked.bits[pairs][order]
        starts = _starts(code)
        mask = np.bitwise_or.reduceat(bits, starts).astype(np.int64)
        own, other = code[starts] >> 32, code[starts] & _LOWER
        rows = _starts(own)
        at = np.repeat(np.arange(len(rows)), np.diff(np.append(rows, len(own))))
        counts = _held(at, mask, len(rows))
        enough = counts[at, mask] <= _LIMITS[mask]
        self._pairs.append((own[enough], other[enough]))
        for row, words in np.argwhere((counts > _LIMITS) & (_SIZES >= FULL)).tolist():
            here = slice(rows[row], rows[row + 1] if row + 1 < len(rows) else None)
            holding = mask[here] & words == words
            self._tie(int(own[rows[row]]), other[here][holding], other[here][mask[here] == words])
        old = other < self._since
        if old.any():
            before = _held(at[old], mask[old], len(rows))
            crossed = (counts > _LIMITS) & (before <= _LIMITS) & (before > 1) & (_SIZES > 1)
            for row, words in np.argwhere(crossed).tolist():
                here = slice(rows[row], rows[row + 1] if row + 1 < len(rows) else None)
                holding = old[here] & (mask[here] & words == words)
                self._shaken[int(own[rows[row]])].append(other[here][holding])

    def _runs(self) -> None:
        asked = self._asked
        runs = asked.bits == RUN
        few = runs & (asked.held <= CROWD)
        self._pairs.append((asked.own[few], asked.other[few]))
        self._cross_keys(runs, CROWD)

    def _wholes(self) -> None:
        asked = self._asked
        wholes = asked.bits == WHOLE
        few = wholes & (asked.held <= FAMILY)
        self._pairs.append((asked.own[few], asked.other[few]))
        many = wholes & ~few
        own, other = asked.own[many], asked.other[many]
        starts = _starts(asked.key[many]).tolist()
        for start, end in zip(starts, [*starts[1:], len(own)], strict=False):
            self._tie(int(own[start]), other[start:end], other[start:end])
        self._cross_keys(wholes, FAMILY)

    def _cross_keys(self, kind: NDArray[np.bool_], limit: int) -> None:
        asked = self._asked
        old = kind & (asked.other < self._since) & (asked.held > limit)
        _, starts, many = np.unique(asked.key[old], return_index=True, return_counts=True)
        own, other = asked.own[old], asked.other[old]
        for start, count in zip(starts.tolist(), many.tolist(), strict=True):
            if 1 < count <= limit:
                self._shaken[int(own[start])].append(other[start : start + count])

    def _tie(self, mine: int, family: Numbers, others: Numbers) -> None:
        """Tie a sentence to those others of which one or itself is the first of the family, by report id."""
        reports, _ = self._index.reports(family)
        ids = {number: self._index.report(number) for number in np.unique(reports).tolist()}
        first = min((ids[n], int(m)) for n, m in zip(reports.tolist(), family.tolist(), strict=True))[1]
        tied = others if first == mine else others[others == first]
        self._pairs.append((np.full(len(tied), mine), tied))
        if first == mine:
            self._shaken[mine].append(family[family < self._since])

    def _weighed(self, one: Indexed, own: Numbers, other: Numbers) -> dict[int, list[tuple[int, int]]]:
        """The pairs that could match by the words that both hold, by the number of the other report."""
        if not len(own):
            return {}
        reports, places = self._index.reports(other)
        good = np.flatnonzero(may_match(one.marks, own, self._index.marks(other), self._below))
        pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for report, mine, place in zip(reports[good].tolist(), own[good].tolist(), places[good].tolist(), strict=True):
            pairs[report].append((mine, place))
        return dict(pairs)


def _starts(values: Numbers) -> Numbers:
    """Where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))


def _held(at: Numbers, mask: Numbers, many: int) -> Numbers:
    """For each sentence (row) and each set of its words (column), how many sentences hold at least these."""
    table = np.bincount(at * 128 + mask, minlength=many * 128).reshape(many, 128)
    for bit in range(7):
        halves = table.reshape(many, -1, 2, 1 << bit)
        halves[:, :, 0, :] += halves[:, :, 1, :]
    return table
