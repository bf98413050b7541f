"""An annotated report as rows, and back."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dateline.model.records import AnnotatedReport, Failure, Head
from dateline.model.report import Published, Report
from dateline.model.vocab import Table
from dateline.store.base import FailureRow, ReportRow
from dateline.store.rows import RECORDS, rows_of


def to_row(annotated: AnnotatedReport) -> ReportRow:
    """The report's own row. ``words`` counts what white space parts."""
    report, head, published = annotated.report, annotated.head, annotated.report.published
    return ReportRow(
        id=report.id,
        title=report.title,
        published=published.value if published else None,
        published_from=published.first.isoformat() if published else None,
        published_to=published.last.isoformat() if published else None,
        published_basis=report.published_basis,
        modified=report.modified,
        modified_basis=report.modified_basis,
        retrieved=report.retrieved,
        source=report.source,
        agency=report.agency,
        url=report.url,
        author=report.author,
        language=report.language,
        words=len(report.text.split()),
        text_sha256=report.text_sha256,
        revision_of=report.revision_of,
        status=annotated.status,
        dateline=head.dateline,
        dateline_place=head.place,
        dateline_date=head.date,
        dateline_agency=head.agency,
        date_candidates=head.date_candidates,
        blocks=report.blocks,
        marks=report.marks,
        facts=report.facts,
    )


def rows_in(table: Table, keyed: Iterable[tuple[int, AnnotatedReport]]) -> Iterator[tuple[Any, ...]]:
    """The rows of one table drawn from reports, each led by its report's key, in the order of the layer."""
    if table is Table.FAILURES:
        for key, annotated in keyed:
            for one in annotated.failures:
                yield key, one.extractor, one.passage, one.error
        return
    dump = rows_of(RECORDS[table]).dump
    for key, annotated in keyed:
        for record in getattr(annotated, table):
            yield key, *dump(record)


def from_rows(row: ReportRow, text: str, found: dict[Table, tuple[Any, ...]]) -> AnnotatedReport:
    """The annotated report of its row, text and layers."""
    published = None
    if row.published is not None and row.published_from and row.published_to:
        first, last = date.fromisoformat(row.published_from), date.fromisoformat(row.published_to)
        published = Published(row.published, first, last)
    report = Report(
        id=row.id,
        text=text,
        title=row.title,
        published=published,
        published_basis=row.published_basis,
        modified=row.modified,
        modified_basis=row.modified_basis,
        retrieved=row.retrieved,
        source=row.source,
        agency=row.agency,
        url=row.url,
        author=row.author,
        language=row.language,
        revision_of=row.revision_of,
        text_sha256=row.text_sha256,
        blocks=row.blocks,
        marks=row.marks,
        facts=row.facts,
    )
    head = Head(
        dateline=row.dateline,
        place=row.dateline_place,
        date=row.dateline_date,
        agency=row.dateline_agency,
        date_candidates=row.date_candidates,
    )
    failures = tuple(_failure(one) for one in found.get(Table.FAILURES, ()))
    records = {str(table): found.get(table, ()) for table in RECORDS}
    return AnnotatedReport(report=report, status=row.status, head=head, failures=failures).replace(**records)


def _failure(row: FailureRow) -> Failure:
    return Failure(row.extractor, row.passage, row.error)
