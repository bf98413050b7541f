"""The words of a report's sentences as numbers: under what a sentence is found, and what it is first weighed by."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Self
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dateline.matching.rarity import weight_of
from dateline.matching.words import Word

RAREST = 7
"""How many of a sentence's rarest words make its keys: all unordered pairs of them."""
WORTH = 1.4
"""The least rarity of a word that may make a key."""
SHINGLE = 5
"""Words in a hashed run; of WINNOW neighbouring runs the smallest hash is kept (winnowing, Schleimer 2003)."""
WINNOW = 8
REPEATS = 24
"""The most sentences of one report under one key: a list that says the same a thousand times tells no more."""
RUN = 0
"""The bits of a key that is a run of words."""
WHOLE = 128
"""The bits of a key that is the whole wording of a passage, which stands under its first sentence."""

_FIRST, _SECOND = (np.array(side) for side in zip(*combinations(range(RAREST), 2), strict=True))
_PAIR_BITS = ((1 << _FIRST) | (1 << _SECOND)).astype(np.uint8)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.array([pow(0x100000001B3, SHINGLE - 1 - i, 1 << 64) for i in range(SHINGLE)], dtype=np.uint64)


class Keys(Struct, frozen=True):
    """Under what the sentences of a report are found: parallel arrays of hashes, sentences and words.

    ``bits`` say which of the sentence's rarest words make the key; RUN and WHOLE mark the other kinds.
    """

    hashes: NDArray[np.uint32]
    sentences: NDArray[np.uint32]
    bits: NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        """The arrays as bytes, one after the other, little-endian."""
        return self.hashes.astype("<u4").tobytes() + self.sentences.astype("<u4").tobytes() + self.bits.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What ``to_bytes`` gave."""
        size = len(data) // 9
        return cls(
            np.frombuffer(data, "<u4", size),
            np.frombuffer(data, "<u4", size, 4 * size),
            np.frombuffer(data, np.uint8, size, 8 * size),
        )


class Marks(Struct, frozen=True):
    """The words of a report's sentences, one after the other: half a hash and the rarity in tenths of each.

    ``ends`` tell where each sentence ends. Half a hash is enough for a bound: words that share one seem alike.
    """

    words: NDArray[np.uint16]
    tenths: NDArray[np.uint8]
    ends: NDArray[np.uint32]

    def to_bytes(self) -> bytes:
        """The arrays as bytes, little-endian, led by how many sentences there are."""
        head = np.array([len(self.ends), *self.ends.tolist()], "<u4").tobytes()
        return head + self.words.astype("<u2").tobytes() + self.tenths.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What ``to_bytes`` gave."""
        many = int.from_bytes(data[:4], "little")
        start = 4 + 4 * many
        size = (len(data) - start) // 3
        return cls(
            np.frombuffer(data, "<u2", size, start),
            np.frombuffer(data, np.uint8, size, start + 2 * size),
            np.frombuffer(data, "<u4", many, 4),
        )


def rarest(keys: Iterable[str]) -> tuple[str, ...]:
    """The rarest distinct keys among some, rarest first, ties in order of the alphabet."""
    ranked = sorted({(-weight, key) for key in keys if (weight := weight_of(key)) >= WORTH})
    return tuple(key for _, key in ranked[:RAREST])


def marks_of(sentences: Sequence[Sequence[Word]]) -> Marks:
    """The marks of a report's sentences."""
    words = [word for one in sentences for word in one]
    return Marks(
        (_numbers(words) & np.uint32(0xFFFF)).astype(np.uint16),
        np.array([word.tenths for word in words], np.uint8),
        np.cumsum([len(one) for one in sentences], dtype=np.uint32),
    )


def _numbers(words: Sequence[Word]) -> NDArray[np.uint32]:
    return np.array([word.number for word in words], np.uint32)


def keys_of(sentences: Sequence[Sequence[Word]], wholes: Sequence[tuple[int, str]]) -> Keys:
    """The keys of a report's sentences: pairs of rare words, winnowed runs, and whole passages.

    ``wholes`` are the wordings of passages, each with the number of its first sentence.
    """
    hashes, numbers, bits = _pairs(sentences)
    runs, at = _runs(sentences)
    whole = np.array([crc32(text.encode(), 1) for _, text in wholes], dtype=np.uint32)
    first = np.array([number for number, _ in wholes], dtype=np.uint32)
    kinds = [np.full(len(runs), RUN, np.uint8), np.full(len(whole), WHOLE, np.uint8)]
    every = np.concatenate([hashes, runs, whole])
    kept = _first_of_each(every)
    return Keys(every[kept], np.concatenate([numbers, at, first])[kept], np.concatenate([bits, *kinds])[kept])


def _first_of_each(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The places of the first REPEATS of each hash, in order."""
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]])) if len(ranked) else np.zeros(0, int)
    rank = np.arange(len(ranked)) - np.repeat(starts, np.diff(np.append(starts, len(ranked))))
    return np.sort(order[rank < REPEATS])


def _pairs(sentences: Sequence[Sequence[Word]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    rare = np.zeros((len(sentences), RAREST), dtype=np.uint64)
    many = np.zeros(len(sentences), dtype=np.int64)
    for number, one in enumerate(sentences):
        ranked = sorted({(-word.weight, word.key, word.number) for word in one if word.weight >= WORTH})[:RAREST]
        rare[number, : len(ranked)] = [hashed for _, _, hashed in ranked]
        many[number] = len(ranked)
    a, b = rare[:, _FIRST], rare[:, _SECOND]
    mixed = np.minimum(a, b) * _ODD + np.maximum(a, b)
    there = many[:, None] > _SECOND[None, :]
    numbers = np.broadcast_to(np.arange(len(sentences), dtype=np.uint32)[:, None], there.shape)
    bits = np.broadcast_to(_PAIR_BITS[None, :], there.shape)
    return _folded(mixed[there]), numbers[there], bits[there]


def _runs(sentences: Sequence[Sequence[Word]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The least hash of each WINNOW neighbouring runs of a sentence, each once, with the sentence."""
    reach = SHINGLE + WINNOW - 1
    words = _numbers([word for one in sentences for word in one]).astype(np.uint64)
    if len(words) < reach:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    runs = _folded(sliding_window_view(words, SHINGLE) @ _POWERS)
    least = sliding_window_view(runs, WINNOW).min(axis=1)
    sentence = np.repeat(np.arange(len(sentences)), [len(one) for one in sentences])
    inside = sentence[: len(least)] == sentence[reach - 1 :]
    kept = np.unique((sentence[: len(least)][inside] << 32) | least[inside])
    return (kept & 0xFFFFFFFF).astype(np.uint32), (kept >> 32).astype(np.uint32)


def _folded(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """64 bits mixed down to 32 (the finaliser of SplitMix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((values ^ (values >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)
