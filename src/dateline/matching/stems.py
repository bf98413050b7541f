"""Words of a text as comparable keys: stems, plain numbers, one spelling for British and American forms."""

import re
from functools import lru_cache

import Stemmer

from dateline.errors import KnowledgeError
from dateline.knowledge.load import DATA

WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.N.
    r"|\d+(?:[.,:]\d+)*"  # 300,000
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # Lyman, Arden’s
)
"""What counts as a word when two texts are compared: initials with stops, numbers, runs of letters."""

_NUMERALS = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "thousand": "1000", "dozen": "12"}
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)")
_OUR = re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|hood|hoods|ite|ites|able|er|ers)?$)")
_DOUBLED = re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)")
_DEMONYM = re.compile(r"(?<=[a-z]{3})(?:ians?|ia)$")
_TENSES = {
    **dict.fromkeys(["was", "were", "is", "are", "been", "being", "am"], "be"),
    **dict.fromkeys(["has", "had", "having"], "have"),
    "said": "say",
}
_ISM = re.compile(r"(?<=[a-z]{5})is[mt]s?$")
IRREGULAR = DATA / "lexicon" / "en" / "irregular.tsv"
_STEMMER = Stemmer.Stemmer("english")


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Irregular past forms with their verbs."""
    try:
        lines = IRREGULAR.read_text(encoding="utf-8").splitlines()
        return dict(line.split("\t") for line in lines if not line.startswith("#"))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{IRREGULAR.name}: {error}") from error


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """The key under which a word is compared: its stem, or its digits.

    Possessives go, British spellings fold into American ones, "Ardenia" and "Ardenian", "separatist" and
    "separatism", "sent" and "send" are one, numerals up to twenty become digits, a contracted "not" becomes
    "not". Stems are Snowball's (English). It does not know synonyms.

    >>> [key_of(word) for word in ("recognising", "recognized", "Arden’s", "300,000", "twelve", "U.N.")]
    ['recogn', 'recogn', 'arden', '300000', '12', 'un']
    """
    lower = word.lower().replace("’", "'")
    if lower[0].isdigit():
        return lower.replace(",", "").rstrip(".:")
    if "." in lower:
        return lower.replace(".", "")
    if lower in _NUMERALS:
        return _NUMERALS[lower]
    if lower.endswith("n't"):
        return "not"
    lower = lower.partition("'")[0]
    if lower in _TENSES:
        return _TENSES[lower]
    lower = _ISM.sub("", _DEMONYM.sub("", _irregular().get(lower, lower)))
    lower = _DOUBLED.sub("l", _OUR.sub("or", _ISE.sub("iz", lower)))
    return str(_STEMMER.stemWord(lower))
