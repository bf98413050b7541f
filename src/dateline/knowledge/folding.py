"""Fold names to plain Latin letters, so that spellings of one name meet."""

import re
import unicodedata
from functools import lru_cache

from dateline.knowledge.load import DATA, read_yaml

_GAPS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def _letters() -> dict[int, str]:
    """Every letter that does not come apart by itself, lower and upper case, with its Latin writing."""
    scripts = read_yaml(DATA / "names" / "letters.yaml", dict[str, dict[str, str]])
    table = {letter: latin for script in scripts.values() for letter, latin in script.items()}
    raised = {letter.upper(): latin.capitalize() for letter, latin in table.items() if len(letter.upper()) == 1}
    return str.maketrans({**raised, **table})


def latin(text: str) -> str:
    """The text in Latin letters without diacritics; letters of scripts that are not in the table stay.

    >>> latin("Łódź, Володимир")
    'Lodz, Volodimir'
    """
    if text.isascii():
        return text.translate(_letters()) if "'" in text or "`" in text else text
    # First as it is (й is a letter of its own), then what decomposition leaves.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_letters()))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_letters())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in lower-case Latin letters and figures, its words one blank apart.

    Names that compare equal here differ at most in script, case, diacritics and punctuation. Empty when
    no letter of the name can be written in Latin.

    >>> fold("São Tomé & Príncipe")
    'sao tome principe'
    >>> fold("U.S.")
    'us'
    """
    return _GAPS.sub(" ", latin(name).lower().replace(".", "" if _abbreviated(name) else " ")).strip()


def _abbreviated(name: str) -> bool:
    """Whether the full stops stand between or after single letters (U.S.), not after words (St. Ives)."""
    return all(len(part.strip()) <= 1 for part in name.split("."))
