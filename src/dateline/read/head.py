"""The head of a report: its dateline (place, date, agency), agency credits, and dates of publication offered.

A dateline opens a paragraph: a place in capitals (or in any letters before an agency in brackets), perhaps a
date, perhaps the agency, then a dash or full stop. A date that a line announces ("Published 30 September
2022"), or that a line consists of, is a candidate with its words; it is never taken as the date of the report.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.head import HeadKind, HeadWords
from dateline.model.ids import record_id
from dateline.model.records import AnnotatedReport, Evidence, Head, Part, Passage
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import Table, TimeBasis
from dateline.nlp.base import Tokens
from dateline.read.reading import Extractor, Reading
from dateline.read.times.grammar import Grammar, Hit, compile_grammar
from dateline.read.times.reckon import RECKONINGS, Reckoned

TOP = 8
"""Passages from the top in which a dateline or a line with the date of publication may stand."""
FOOT = 3
"""Passages from the end in which an agency credit or a date of publication may stand."""

_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)??)"
    r"(?:[,.] (?P<date>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?))?"
    r"(?:[,.]? ?[(/](?P<agency>[A-Z][\w’'. -]{1,30}|dpa)[)/])?"
    r"(?P<end>\.? ?(?:--|[-–—])(?=\s|$)|\.(?= [A-Z]|$))"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class _Names(Struct, frozen=True):
    agencies: dict[str, str]
    credit: re.Pattern[str]
    announced: re.Pattern[str]


class _Gleaned(Struct, frozen=True):
    """What one passage tells of the report as a whole; ``dateline`` to ``agency`` come of its place-and-date line."""

    index: int
    dateline: Part | None = None
    place: str | None = None
    date: str | None = None
    agency: str | None = None
    credit: str | None = None
    candidates: tuple[Part, ...] = ()


_NOTHING = _Gleaned(-1)


@lru_cache(maxsize=4)
def _compile(knowledge: Knowledge) -> _Names:
    entries = knowledge.lexicon(HeadWords)
    agencies = {word: e.words[0] for e in entries if e.kind is HeadKind.AGENCY for word in e.words}
    labels = sorted((w for e in entries if e.kind is HeadKind.PUBLISHED for w in e.words), key=len, reverse=True)
    either = "|".join(re.escape(name) for name in sorted(agencies, key=len, reverse=True))
    return _Names(
        agencies,
        re.compile(rf"[(—–/-] ?(?P<name>{either})[)/]?\.?$|^(?:©|\(c\))? ?(?:\d{{4}} )?(?P<line>{either})\.?$"),
        re.compile(rf"(?:{'|'.join(map(re.escape, labels))})\b[\s:|–—-]*(?:on )?(?:\w+day,? )?", re.IGNORECASE),
    )


def part_dateline(passages: tuple[Passage, ...], report: Report, knowledge: Knowledge) -> tuple[Passage, ...]:
    """The passages with the dateline, if there is one, as a passage of its own.

    Left in front of its paragraph it would be parsed into the first sentence, as its subject as a rule.
    """
    names = _compile(knowledge)
    for index, passage in enumerate(passages[:TOP]):
        found = _dateline(passage, names)
        if found is not None:
            start, end = passage.evidence.span.start, passage.evidence.span.end
            pieces = [Span(start, start + found.end()).strip(report.text), Span(start + found.end(), end)]
            rest = pieces[1].strip(report.text)
            if not len(rest):
                return passages
            first = _piece(passage, pieces[0], report, "the place-and-date line")
            return (*passages[:index], first, _piece(passage, rest, report, passage.because), *passages[index + 1 :])
    return passages


def _piece(passage: Passage, span: Span, report: Report, because: str) -> Passage:
    evidence = Evidence(report.id, span, span.of(report.text), passage.evidence.producer, passage.evidence.version)
    key = record_id(report.text_sha256, report.id, Table.PASSAGES, span, 0)
    return Passage(id=key, evidence=evidence, because=because, kind=passage.kind)


def run(reading: Reading) -> AnnotatedReport:
    """The report with its ``head``."""
    annotated, names = reading.annotated, _compile(reading.knowledge)
    grammar = compile_grammar(reading.knowledge)
    published = annotated.report.published
    anchor = published.first if published is not None else None
    foot = len(annotated.passages) - FOOT

    def glean(index: int, passage: Passage, _: Tokens) -> list[_Gleaned]:
        if TOP <= index < foot:
            return []
        found = _dateline(passage, names) if index < TOP else None
        at = passage.evidence.span.start
        return [
            _Gleaned(
                index,
                Part.at(annotated.text, Span(at, at + found.end()).strip(annotated.text, " .-–—")) if found else None,
                _titled(found["place"]) if found else None,
                _day(found["date"], grammar, anchor) if found and found["date"] else None,
                names.agencies.get(found["agency"] or "", found["agency"]) if found else None,
                _credit(passage, names),
                tuple(_candidates(passage, annotated.text, names, grammar)),
            )
        ]

    gleaned = reading.each_passage("head", glean)
    line = next((one for one in gleaned if one.dateline is not None), _NOTHING)
    return annotated.replace(
        head=Head(
            dateline=line.dateline,
            place=line.place,
            date=line.date,
            agency=line.agency or _credited(gleaned, foot),
            date_candidates=tuple(part for one in gleaned for part in one.candidates),
        )
    )


def _credited(gleaned: list[_Gleaned], foot: int) -> str | None:
    """The agency that the last passages credit, else the first."""
    order = [*(one for one in reversed(gleaned) if one.index >= foot), *(one for one in gleaned if one.index < TOP)]
    return next((one.credit for one in order if one.credit is not None), None)


def _dateline(passage: Passage, names: _Names) -> re.Match[str] | None:
    match = _DATELINE.match(passage.evidence.quote)
    if match is None:
        return None
    place, agency = match["place"], match["agency"]
    shouted = place.split(",")[0].isupper() and len(place) > 2
    known = agency in names.agencies
    if match["end"] == ".":
        return match if shouted and known else None
    if shouted and (agency or match["date"] or len(place.split()) <= 3):
        return match
    return match if known else None


def _titled(place: str) -> str:
    """A place as its name is written: "KYIV" is Kyiv; "WASHINGTON, D.C." keeps its initials.

    >>> _titled("PORT VELM")
    'Port Velm'
    """
    return " ".join(w.capitalize() if w.isupper() and "." not in w and len(w) > 2 else w for w in place.split())


def _day(words: str, grammar: Grammar, anchor: date | None) -> str | None:
    for hit in grammar.find(words, 0, len(words)):
        reckoned = RECKONINGS[hit.reckon](hit, anchor, -1)
        if reckoned is not None:
            return reckoned.value
    return None


def _credit(passage: Passage, names: _Names) -> str | None:
    """An agency named in brackets at the end of the passage, or alone on its line."""
    match = names.credit.search(passage.evidence.quote[-60:])
    if match is not None and (match["name"] or len(passage.evidence.quote) <= 60):
        return names.agencies[match["name"] or match["line"]]
    return None


def _candidates(passage: Passage, text: str, names: _Names, grammar: Grammar) -> Iterator[Part]:
    span = passage.evidence.span
    end = min(span.end, span.start + 200)
    if not _YEAR.search(text, span.start, end):
        return
    for hit in grammar.find(text, span.start, end):
        found = Span(hit.start, hit.end)
        if _dated(hit) and _announced(text, span, found, names):
            yield Part.at(text, found)


def _announced(text: str, passage: Span, found: Span, names: _Names) -> bool:
    """Whether a label goes before the date, or the line holds little else."""
    before = text[passage.start : found.start]
    if any(match.end() == len(before) for match in names.announced.finditer(before)):
        return True
    rest = before + text[found.end : passage.end]
    return len(passage) <= 60 and sum(map(str.isalpha, rest)) <= 10


def _dated(hit: Hit) -> bool:
    """Whether the words give a full date with its year."""
    if hit.reckon not in ("calendar", "clock"):
        return False
    reckoned: Reckoned | None = RECKONINGS[hit.reckon](hit, None, 0)
    return reckoned is not None and reckoned.basis is TimeBasis.EXPLICIT and len(reckoned.value) >= 10


EXTRACTOR = Extractor("head", frozenset({"passages"}), frozenset({"head"}), run)
