"""Cut text into words, digits and marks, and give each the classes that the rules speak of."""

import re
from collections.abc import Mapping

from msgspec import Struct

UNIT = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])|\d+|[^\W\d_]+|[^\w\s]")

MARKS: Mapping[str, str] = {
    ",": "comma",
    ".": "dot",
    "-": "hyphen",
    "–": "hyphen",
    "‑": "hyphen",
    "'": "apostrophe",
    "’": "apostrophe",
    ":": "colon",
    "/": "slash",
    "%": "percent",
    "(": "open",
    ")": "shut",
}
SHAPES = ("day", "month_digit", "hour", "minute", "number", "year", "decade_digit", "ordinal_digit")
CONTEXT = frozenset({*MARKS.values(), *SHAPES} - {"colon", "year", "decade_digit"})
"""Marks and shapes that make no time without something else."""

_DECADE = re.compile(r"(?:1[5-9]|20)?\d0s")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")


class Unit(Struct, frozen=True, array_like=True):
    """A word, a number or a mark: its text in lower case and where it stands."""

    word: str
    start: int
    end: int


def shapes(digits: str) -> frozenset[str]:
    """The classes of a string that starts with a digit.

    >>> sorted(shapes("30"))
    ['day', 'minute', 'number']
    >>> sorted(shapes("1,984")), sorted(shapes("1984"))
    (['number'], ['year'])
    """
    if not digits.isdigit():
        if _DECADE.fullmatch(digits):
            return frozenset({"decade_digit"})
        if _ORDINAL.fullmatch(digits):
            return frozenset({"day", "ordinal_digit"} if int(digits[:-2]) <= 31 else {"ordinal_digit"})
        return frozenset() if digits[-1].isalpha() else frozenset({"number"})
    value, found = int(digits) if len(digits) < 9 else -1, {"number"}
    if len(digits) == 4 and 1800 <= value <= 2099:
        # A count of 1,990 things is printed with a comma in news; a bare 1990 before "days" is rare.
        return frozenset({"year"})
    if len(digits) <= 2:
        found |= {name for name, top in (("day", 31), ("month_digit", 12), ("hour", 24)) if value <= top}
        if value == 0:
            found -= {"day", "month_digit"}
    if len(digits) == 2 and value < 60:
        found.add("minute")
    return frozenset(found)
