"""Words as they are compared, each looked up once: its key, how rare it is, and its number."""

from functools import lru_cache
from zlib import crc32

from msgspec import Struct

from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of


class Word(Struct, frozen=True, gc=False):
    """A word: its key, its rarity (0 to 4.6, and in tenths), and its number, the same everywhere (CRC-32)."""

    key: str
    weight: float
    tenths: int
    number: int


@lru_cache(maxsize=200_000)
def word_of(text: str) -> Word:
    """What is known of a word as written.

    >>> word_of("dams")
    Word(key='dam', weight=2.1, tenths=21, number=4286250477)
    """
    key = key_of(text)
    weight = weight_of(key)
    return Word(key, weight, round(10 * weight), crc32(key.encode()))


def words_in(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a text, or of a stretch of it that cuts none."""
    return [word_of(word) for word in WORD.findall(text, start, len(text) if end is None else end)]
