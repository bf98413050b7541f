"""Whether an annotated report says only what its text says."""

import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from dateline.errors import EvidenceError
from dateline.model.ids import text_digest
from dateline.model.records import AnnotatedReport, Evidence, Head, Part, Party
from dateline.model.span import Span
from dateline.model.vocab import Table
from dateline.store.base import Broken
from dateline.store.rows import RECORDS, bare


def check(annotated: AnnotatedReport) -> None:
    """Raise EvidenceError for the first record that its report does not bear out. See ``broken``."""
    first = next(broken(annotated), None)
    if first is not None:
        raise EvidenceError(f"report {annotated.report.id}: {first.table} {first.id}: {first.problem}")


def broken(annotated: AnnotatedReport) -> Iterator[Broken]:
    """The records of a report that do not hold.

    Every quote and every part must read in the text as it is written down, at its span; every other span
    must lie within the text; a record belongs to this report, and its id to no other row of its table.
    """
    report = annotated.report
    if text_digest(report.text) != report.text_sha256:
        yield Broken(table=Table.REPORTS, id=report.id, problem="the text is not the one of its digest")
    for name, test in _tests(Head):
        value = getattr(annotated.head, name)
        if value and (problem := test(value, report.text)) is not None:
            yield Broken(table=Table.REPORTS, id=report.id, problem=f"{name} {problem}")
    for table, kind in RECORDS.items():
        seen: set[str] = set()
        tests = _tests(kind)
        for record in getattr(annotated, table):
            if record.id in seen:
                yield Broken(table=table, id=record.id, problem="the id is there twice")
            seen.add(record.id)
            owner = record.report if table is Table.REFERENTS else record.evidence.report
            if owner != report.id:
                yield Broken(table=table, id=record.id, problem=f"it belongs to report {owner}")
            for name, test in tests:
                value = getattr(record, name)
                if value and (problem := test(value, report.text)) is not None:
                    yield Broken(table=table, id=record.id, problem=f"{name} {problem}")


Test = Callable[[Any, str], str | None]


@cache
def _tests(kind: type[Struct]) -> tuple[tuple[str, Test], ...]:
    """The fields of a struct that point into the text, each with its test."""
    found: list[tuple[str, Test]] = []
    for field in msgspec.structs.fields(kind):
        inner, _ = bare(field.type)
        item = typing.get_args(inner)[0] if typing.get_origin(inner) is tuple else None
        if item in _TESTS:
            found.append((field.name, _each(_TESTS[item])))
        elif inner in _TESTS:
            found.append((field.name, _TESTS[inner]))
    return tuple(found)


def _each(test: Test) -> Test:
    def tests(values: tuple[Any, ...], text: str) -> str | None:
        for value in values:
            problem = test(value, text)
            if problem is not None:
                return problem
        return None

    return tests


def _evidence(evidence: Evidence, text: str) -> str | None:
    return _quote(evidence.quote, evidence.span, text)


def _part(part: Part, text: str) -> str | None:
    if len(part.spans) == 1 and part.spans[0] == part.span:
        return _quote(part.text, part.span, text)
    if not part.spans:
        return "has a part without spans"
    if part.spans[0].start != part.span.start or max(span.end for span in part.spans) != part.span.end:
        return f"has a part at {part.span.start}-{part.span.end} whose spans do not reach from end to end"
    return _quote(part.text, part.span, text)


def _span(span: Span, text: str) -> str | None:
    if span.end > len(text):
        return f"points to {span.start}-{span.end}, beyond the text's end at {len(text)}"
    return None


def _quote(quote: str, span: Span, text: str) -> str | None:
    if text[span.start : span.end] == quote and span.end <= len(text):
        return None
    return f"quotes {quote[:60]!r}, which does not stand at {span.start}-{span.end}"


_TESTS: dict[Any, Test] = {Evidence: _evidence, Part: _part, Party: _part, Span: _span}
