"""Bytes that hold one report: a page, a PDF, a mail or plain text, told by their content."""

from datetime import date

from dateline.errors import InputError
from dateline.ingest.base import Fields, make_report
from dateline.ingest.sniff import HEAD, Form, name_of, sniff
from dateline.ingest.text import decode
from dateline.model.report import Report

REFUSED = {
    Form.FEED: "this is a feed; it names reports and does not hold them",
    Form.WARC: "this is a web archive (WARC)",
    Form.ZIP: "this is a ZIP archive or an office document; unpack it, or save it as PDF or text",
    Form.GZIP: "this is compressed",
    Form.ZSTD: "this is compressed",
    Form.ARRAY: "this is a JSON array; give one report a line (JSONL)",
    Form.JSONL: "this is JSON, not a report",
    Form.PARQUET: "this is a table, not a report",
}
"""Why what is of some form is not one report."""


def read_one(
    data: bytes,
    defaults: Fields,
    name: str = "",
    encoding: str | None = None,
    retrieved: date | None = None,
    form: Form | None = None,
) -> Report:
    """The one report that these bytes hold. What reads it is imported when it is needed.

    ``encoding`` is the one that is declared for them, ``retrieved`` the day they were fetched. Raises InputError
    for what holds no report, or not one.
    """
    kind = form or sniff(data[:HEAD], name)
    if kind in REFUSED:
        raise InputError(REFUSED[kind])
    if kind is Form.PDF:
        from dateline.ingest.pdf import read_pdf

        return read_pdf(data, defaults)
    if kind is Form.MAIL:
        from dateline.ingest.mail import read_mail

        return read_mail(data, defaults)
    if kind is Form.HTML:
        from dateline.ingest.html import read_page

        return read_page(data, defaults, encoding, retrieved)
    return make_report(_text(data, kind, encoding), defaults)


def _text(data: bytes, kind: Form, encoding: str | None) -> str:
    try:
        return decode(data, encoding)
    except InputError:
        known = name_of(data) if kind is Form.BINARY and encoding is None else "binary"
        if known == "binary":
            raise
        raise InputError(f"this is {known}, not text") from None
