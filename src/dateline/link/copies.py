"""Copies across reports: found among all at once, or kept up as reports come.

A new report is compared with what it could have to do with, and nothing else anew. The result is the same: what two
reports share depends on the other reports only through which sentences are worth comparing, and pairs for which that
changed are compared again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.banners import banner
from dateline.link.between import VERSION as VERSION
from dateline.link.between import Pairs, Rows, between, within
from dateline.link.candidates import Likely, likely
from dateline.link.credits import Credits
from dateline.link.index import MemoryIndex, WordIndex
from dateline.link.spool import Spool
from dateline.link.ties import tied
from dateline.link.wording import Wording, indexed, wording_of
from dateline.matching.paraphrase import BELOW, Verifier
from dateline.matching.passages import find_copy
from dateline.matching.postings import Indexed
from dateline.matching.profile import profile_of
from dateline.model.links import Change, Copy
from dateline.model.records import AnnotatedReport

BATCH = 4096
"""Reports taken in and looked up together: the index is read through about once for each batch."""
HELD = 1024
"""Reports held in memory, as those that others are likely to be compared with."""
STRETCH = 100_000
"""Reports that are looked up before what they could have to do with is compared, so that each is read twice at most.
What is to be compared takes about 1 kB a report."""

Pair = tuple[str, str]
Find = Callable[[str], AnnotatedReport]
Copied = Callable[[Sequence[str]], Iterable[Pair]]
"""Which pairs of these reports, or reports alone, hold copies now; the ids of a pair in order."""


def link_copies(reports: Sequence[AnnotatedReport], knowledge: Knowledge, verifier: Verifier | None = None) -> Rows:
    """All copies between the passages of the reports, with their changes, in order of their sites."""
    by_id = {one.report.id: one for one in reports}
    grower = Grower(MemoryIndex(), by_id.__getitem__, knowledge, verifier)
    return merged(rows for _, rows in grower.grow(sorted(by_id), lambda _: ()))


def merged(rows: Iterable[Rows]) -> Rows:
    """The copies and changes of several pairs of reports, in order."""
    copies: dict[str, Copy] = {}
    changes: dict[str, Change] = {}
    for some, changed in rows:
        copies.update((copy.id, copy) for copy in some)
        changes.update((change.id, change) for change in changed)
    return in_order(copies.values(), changes.values())


def in_order(copies: Iterable[Copy], changes: Iterable[Change]) -> Rows:
    """Copies in the order of their sites, changes in that of their copies."""
    return (
        tuple(sorted(copies, key=lambda c: (c.a.report, c.a.span, c.b.report, c.b.span))),
        tuple(sorted(changes, key=lambda c: (c.copy, c.a_start, c.b_start, c.kind, c.id))),
    )


class Grower:
    """Compares new reports with those of an index, and takes them into it."""

    def __init__(self, index: WordIndex, find: Find, knowledge: Knowledge, verifier: Verifier | None = None) -> None:
        # None of these refers to the grower: what they hold goes when it goes.
        held = lru_cache(maxsize=HELD)(find)
        banners = banner(knowledge)
        worded = lru_cache(maxsize=HELD)(lambda id: wording_of(held(id), banners))
        self._index = index
        self._find, self._wording = held, worded
        self._indexed: Callable[[str], Indexed] = lambda id: indexed(held(id), banners)
        self._credit = Credits(held)
        self._knowledge = knowledge
        self._verifier = verifier

    def grow(self, new: Sequence[str], copied: Copied) -> Iterator[tuple[Pair, Rows]]:
        """The copies of each pair of reports that has them because of the new ones, or has others now.

        Pairs come with ids in order; a report alone stands twice. What is given for a pair takes the place of all
        that it had. ``copied`` is asked once, after all new pairs were given.
        """
        since = self._index.next
        with Spool() as spool:
            for some in _batches(new, BATCH):
                batch = [self._indexed(id) for id in some]
                self._index.add(batch)
                for one in batch:
                    spool.put(one)
            fresh = set(new)
            shaken: list[Sequence[str]] = []
            for stretch in _batches(new, STRETCH):
                jobs: dict[Pair, tuple[str, NDArray[np.uint32]]] = {}
                for found in self._likely(stretch, since, spool):
                    jobs.update(
                        (pair, (found.report, np.array(pairs, np.uint32)))
                        for pair, pairs in self._pairs(found)
                        if found.report == pair[0] or pair[0] not in fresh
                    )
                    shaken += [[self._index.report(number) for number in sorted(numbers)] for numbers in found.shaken]
                for pair in _by_family(jobs):
                    report, pairs = jobs[pair]
                    yield pair, self._compared(report, pair, pairs.tolist())
            again = {pair for reports in shaken for pair in copied(reports)}
            yield from self._again(again, spool)
        for remembered in (find_copy, profile_of):
            remembered.cache_clear()

    def _again(self, pairs: set[Pair], spool: Spool) -> Iterator[tuple[Pair, Rows]]:
        """The copies of old pairs, compared anew."""
        found: dict[Pair, Rows] = dict.fromkeys(pairs, ((), ()))
        for one in self._likely(sorted({first for first, _ in pairs}), 0, spool):
            for pair, some in self._pairs(one):
                if pair in found and pair[0] == one.report:
                    found[pair] = self._compared(one.report, pair, some)
        yield from sorted(found.items(), key=lambda item: item[0])

    def _likely(self, reports: Sequence[str], since: int, spool: Spool) -> Iterator[Likely]:
        below = BELOW if self._verifier else 0.0
        for some in _batches(reports, BATCH):
            yield from likely([spool.get(id) or self._indexed(id) for id in some], self._index, since, below)

    def _pairs(self, found: Likely) -> Iterator[tuple[Pair, Pairs]]:
        """The pairs of reports to compare; of a report with itself always, for what it tells twice."""
        by_id = {self._index.report(number): pairs for number, pairs in found.pairs.items()}
        by_id.setdefault(found.report, ())
        for other, pairs in sorted(by_id.items()):
            yield (min(found.report, other), max(found.report, other)), pairs

    def _compared(self, report: str, pair: Pair, pairs: Pairs) -> Rows:
        """``pairs`` give the place of a sentence in ``report`` first."""
        if pair[0] == pair[1]:
            own = self._wording(report) if pairs else Wording(report, ())
            return within(self._find(report), own, pairs, self._knowledge, self._credit, self._verifier)
        a, b = (self._wording(id) for id in pair)
        turned = pairs if pair[0] == report else [(j, i) for i, j in pairs]
        return between(a, b, turned, self._knowledge, self._credit, self._verifier)


def _batches(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    waiting = iter(ids)
    while some := list(islice(waiting, size)):
        yield some


def _by_family(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs of reports in such an order that those follow each other which have a report in common: each is then read
    once, however many a ledger holds."""
    family = tied((), pairs)
    return sorted(pairs, key=lambda pair: (family[pair[0]], pair))
