"""Sorted postings: a key's hash and a sentence's number in one integer, found by bisection."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.matching.marks import Keys, Marks

T = TypeVar("T", bound=np.unsignedinteger[Any])
HALF = np.uint64(32)


class Indexed(Struct, frozen=True):
    """A report as an index takes it."""

    report: str
    keys: Keys
    marks: Marks


class Postings(Struct, frozen=True):
    """Which sentences stand under the hashes asked for: parallel arrays, sorted by hash (its place) and sentence."""

    asked: NDArray[np.int64]
    sentences: NDArray[np.uint32]


def codes(keys: Keys, first: int) -> NDArray[np.uint64]:
    """The postings of a report whose first sentence has that number: hash in the upper half, sentence in the lower."""
    return (keys.hashes.astype(np.uint64) << HALF) | (keys.sentences.astype(np.uint64) + np.uint64(first))


def look_up(postings: NDArray[np.uint64], hashes: NDArray[np.uint32]) -> Postings:
    """What stands in sorted postings under distinct hashes in rising order."""
    low = hashes.astype(np.uint64) << HALF
    starts = np.searchsorted(postings, low)
    many = np.searchsorted(postings, low | np.uint64(0xFFFFFFFF), "right") - starts
    asked = np.repeat(np.arange(len(hashes)), many)
    within = np.arange(len(asked)) - np.repeat(np.cumsum(many) - many, many)
    found = postings[np.repeat(starts, many) + within]
    return Postings(asked, (found & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def joined(some: Sequence[Postings]) -> Postings:
    """What several lots of postings hold together, of which each holds sentences after those of the one before."""
    if len(some) == 1:
        return some[0]
    asked = np.concatenate([one.asked for one in some])
    sentences = np.concatenate([one.sentences for one in some])
    order = np.argsort(asked, kind="stable")
    return Postings(asked[order], sentences[order])


def owners(firsts: NDArray[np.int64], sentences: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each sentence the place of its report among those whose first sentences are given, and its own in that.

    >>> places, own = owners(np.array([0, 3]), np.array([2, 4]))
    >>> places.tolist(), own.tolist()
    ([0, 1], [2, 1])
    """
    places = np.searchsorted(firsts, sentences, "right") - 1
    return places, sentences - firsts[places]


def distinct(values: NDArray[T]) -> NDArray[T]:
    """Each value once, in rising order: ``numpy.unique`` by sorting, which for whole numbers is the faster way."""
    ranked = np.sort(values)
    return ranked[np.concatenate([[True], ranked[1:] != ranked[:-1]])] if len(ranked) else ranked
