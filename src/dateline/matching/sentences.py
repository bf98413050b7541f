"""Sentence ends found without a parse: good enough to cut a long line or to compare sentence by sentence."""

import re

from dateline.model.span import Span

_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"”’')\]]*(\s+)(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "maj",
        "capt",
        "lt",
        "sgt",
        "sen",
        "rep",
        "gov",
        "st",
        "jr",
        "sr",
        "no",
        "vs",
        "rev",
        "hon",
        "pres",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "inc",
        "ltd",
        "co",
        "corp",
    ]
)
_LAST_WORD = re.compile(r"[^\W\d_]+(?=\.$)")


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space between them.

    A stop ends a sentence when a capital or digit follows, unless it belongs to initials ("J. Venn",
    "U.N.") or to a title or month cut short ("Gen.", "Sept."). A closed set stands in the code: these
    abbreviations are part of English spelling.

    >>> [span.of("Gen. Venn left. Oskavar fell.") for span in sentences("Gen. Venn left. Oskavar fell.")]
    ['Gen. Venn left.', 'Oskavar fell.']
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        word = _LAST_WORD.search(text, max(start, match.start() - 12), match.start() + 1)
        if word and (len(word.group()) == 1 or word.group().lower() in _TITLES):
            continue
        _add(found, text, start, match.start(1))
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    span = Span(start, end).strip(text)
    if len(span):
        found.append(span)
