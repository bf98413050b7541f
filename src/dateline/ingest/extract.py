"""The report in an input's bytes, whatever they are: told by content, not by name."""

from contextlib import suppress
from datetime import date
from typing import Final

import msgspec

from dateline.errors import InputError
from dateline.ingest.one import read_one
from dateline.ingest.raw import MOST_BYTES, Raw
from dateline.ingest.sniff import HEAD, Form, sniff
from dateline.model.report import Fact, Published, Report
from dateline.model.vocab import PublishedBasis

FUNCTION: Final = "dateline.ingest.extract:extract_packed"
"""How a process of its own is asked for ``extract_packed``."""

_PAGES: Final = ("text/html", "application/xhtml+xml")
_raws: Final = msgspec.msgpack.Decoder(Raw)
_reports: Final = msgspec.msgpack.Decoder(Report)
_encoder: Final = msgspec.msgpack.Encoder()


def prepare() -> None:
    """Import and load what the first page needs, before a process is confined."""
    from dateline.ingest.html import read_page

    first = "The river rose again overnight, and the bridge at Arden has been closed to all traffic since dawn."
    second = "Two boats were lost in the storm that followed, the harbour master said, and their crews were rescued."
    with suppress(InputError):
        read_page(f"<title>Rain</title><h1>Rain</h1><p>{first}</p><p>{second}</p>".encode())


def pack(raw: Raw) -> bytes:
    """An input as ``extract_packed`` takes it."""
    return _encoder.encode(raw)


def extract_packed(argument: bytes) -> bytes:
    """``extract`` for a process of its own: bytes in, bytes out."""
    return _encoder.encode(extract(_raws.decode(argument)))


def report_of(answer: bytes) -> Report:
    """The report that ``extract_packed`` gave."""
    return _reports.decode(answer)


def extract(raw: Raw) -> Report:
    """The report of one input, with when it was retrieved, and the date of the feed that listed it where the page
    has none of its own. Raises InputError."""
    if len(raw.data) > MOST_BYTES:
        raise InputError(f"it has {len(raw.data):,} bytes; at most {MOST_BYTES:,} are taken")
    report = _read(raw)
    return _listed(msgspec.structs.replace(report, retrieved=raw.retrieved), raw)


def _read(raw: Raw) -> Report:
    form = raw.form
    if form is None and (raw.media or "").partition(";")[0].strip().lower() in _PAGES:
        # A page may begin with anything; only what is surely another thing is taken as such.
        told = sniff(raw.data[:HEAD])
        form = Form.HTML if told in (Form.TEXT, Form.MAIL) else told
    name = "" if raw.media else raw.name
    encoding = raw.declared or _charset(raw.media)
    return read_one(raw.data, raw.fields, name, encoding, _day(raw.retrieved), form)


def _listed(report: Report, raw: Raw) -> Report:
    if raw.listed is None:
        return report
    fact = Fact("published", raw.listed, PublishedBasis.FEED)
    if report.published is not None:
        return msgspec.structs.replace(report, facts=(*report.facts, fact))
    return msgspec.structs.replace(
        report, published=Published.parse(raw.listed), published_basis=PublishedBasis.FEED, facts=(*report.facts, fact)
    )


def _charset(media: str | None) -> str | None:
    """The charset parameter of a media type."""
    for parameter in (media or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _day(retrieved: str | None) -> date | None:
    try:
        return date.fromisoformat((retrieved or "")[:10])
    except ValueError:
        return None
