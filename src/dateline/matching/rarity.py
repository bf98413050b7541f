"""How rare a word is in English at large: a frozen table, so that no edge depends on what else is stored.

The table ``data/lexicon/en/rarity.tsv`` holds, for each stem, the Zipf frequency (log10 of occurrences per
billion words) in tenths. It is made by ``tools/make_rarity.py`` from wordfreq 3.1 (Robyn Speer, CC BY-SA 4.0).
"""

from functools import lru_cache

from dateline.errors import KnowledgeError
from dateline.knowledge.load import DATA

TABLE = DATA / "lexicon" / "en" / "rarity.tsv"
COMMON = 6.4
"""The Zipf frequency from which a word weighs nothing: "the", "of", "in"."""
UNSEEN = 1.8
"""The Zipf frequency taken for a stem that the table lacks: rarer than all that it holds."""


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    weights: dict[str, float] = {}
    try:
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                stem, tenths = line.split("\t")
                weights[stem] = max(0.0, round(COMMON - int(tenths) / 10, 2))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{TABLE.name}: {error}") from error
    return weights


@lru_cache(maxsize=200_000)
def weight_of(key: str) -> float:
    """How much sharing a key tells, 0 (everywhere) to 4.6 (in no word list); digits weigh by their number.

    >>> weight_of("the") < weight_of("presid") < weight_of("sabotag") < weight_of("oskavar")
    True
    """
    if key[0].isdigit():
        digits = sum(character.isdigit() for character in key)
        return min(1.2 + 0.8 * digits, COMMON - UNSEEN)
    return _table().get(key, COMMON - UNSEEN)


@lru_cache(maxsize=200_000)
def tenths_of(key: str) -> int:
    """``weight_of`` in tenths: whole, so that a sum is the same in any order."""
    return round(10 * weight_of(key))
