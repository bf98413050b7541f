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
    passages = annotated.passages
    published = annotated.report.published
    anchor = published.first if published is not None else None
    line, place, on, agency = None, None, None, None
    for passage in passages[:TOP]:
        found = _dateline(passage, names)
        if found is not None:
            at = passage.evidence.span.start
            line = Part.at(annotated.text, Span(at, at + found.end()).strip(annotated.text, " .-–—"))
            place, agency = _titled(found["place"]), names.agencies.get(found["agency"] or "", found["agency"])
            on = _day(found["date"], grammar, anchor) if found["date"] else None
            break
    return annotated.replace(
        head=Head(
            dateline=line,
            place=place,
            date=on,
            agency=agency or _credit(passages, names),
            date_candidates=tuple(_candidates(annotated, names, grammar)),
        )
    )


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


def _credit(passages: tuple[Passage, ...], names: _Names) -> str | None:
    """An agency named in brackets or alone at the end of the report, or alone on a line at its top."""
    for passage in (*reversed(passages[-FOOT:]), *passages[:TOP]):
        match = names.credit.search(passage.evidence.quote[-60:])
        if match is not None and (match["name"] or len(passage.evidence.quote) <= 60):
            return names.agencies[match["name"] or match["line"]]
    return None


def _candidates(annotated: AnnotatedReport, names: _Names, grammar: Grammar) -> Iterator[Part]:
    passages = annotated.passages
    seen: set[Span] = set()
    for passage in (*passages[:TOP], *passages[-FOOT:]):
        span = passage.evidence.span
        if not _YEAR.search(annotated.text, span.start, min(span.end, span.start + 200)):
            continue
        for hit in grammar.find(annotated.text, span.start, min(span.end, span.start + 200)):
            found = Span(hit.start, hit.end)
            if found not in seen and _dated(hit) and _announced(annotated.text, span, found, names):
                seen.add(found)
                yield Part.at(annotated.text, found)


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
