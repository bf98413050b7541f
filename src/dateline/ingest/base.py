"""What ingest hands on: each input with its report, or with the reason why there is none."""

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.language import tell_language
from dateline.ingest.notices import find_notices
from dateline.model.ids import content_id
from dateline.model.report import Block, Fact, Published, Report
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, PublishedBasis, ReportMark

MOST_CHARACTERS = 2_000_000
"""The longest text taken as one report: some 300,000 words, far beyond any news report."""


class Ingested(Struct, frozen=True, kw_only=True):
    """One input. ``name`` is what a person would call it ("reports.jsonl:14").

    Exactly one of ``report``, ``error`` and ``known`` is set; the last is the id of the report that this very
    input became before. ``digest``, ``offset`` and ``how`` are as in ``store.base.Input``.
    """

    name: str
    report: Report | None = None
    error: str | None = None
    known: str | None = None
    digest: str | None = None
    offset: int | None = None
    how: str | None = None


class Fields(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a report besides its text: from its row, else from the call's flags."""

    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None

    def over(self, defaults: "Fields") -> "Fields":
        """These fields, with ``defaults`` where one is not given."""
        return Fields(**{name: getattr(self, name) or getattr(defaults, name) for name in self.__struct_fields__})


class Found(Struct, frozen=True, kw_only=True):
    """What was found in a page, PDF or mail: its blocks in order, and for each field the best fact first."""

    blocks: tuple[tuple[PassageKind, str], ...]
    facts: tuple[Fact, ...] = ()
    url: str | None = None
    agency: str | None = None
    marks: tuple[ReportMark, ...] = ()

    def best(self, field: str) -> Fact | None:
        """The fact that is taken for a field."""
        return next((fact for fact in self.facts if fact.field == field), None)


def make_report(text: str, fields: Fields) -> Report:
    """A report from its text, code point for code point but for newlines, which become ``\\n``.

    The id is the one given, else a hash of text, title, source, address and date, so that the same input
    always has the same id. Raises InputError for an empty or oversized text, NUL, lone surrogates, or a
    date that is not one.

    >>> make_report("Rain fell.\\r\\nAll day.", Fields()).text
    'Rain fell.\\nAll day.'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check(text)
    published = Published.parse(fields.published) if fields.published else None
    notices = find_notices(text)
    return Report(
        id=fields.id or content_id(text, *(getattr(fields, n) or "" for n in ("title", "source", "url", "published"))),
        text=text,
        title=fields.title,
        published=published,
        published_basis=PublishedBasis.GIVEN if published else PublishedBasis.NONE,
        source=fields.source,
        url=fields.url,
        author=fields.author,
        language=tell_language(text),
        marks=tuple(notices),
        facts=tuple(Fact("notice", words, PublishedBasis.TEXT) for words in notices.values()),
    )


def make_found(found: Found, defaults: Fields) -> Report:
    """A report from what was found; ``defaults`` fill what was not. Its blocks stand apart by empty lines.

    The id is made as in ``make_report``. Raises InputError as that does.
    """
    text, blocks, start = "\n\n".join(words for _, words in found.blocks), [], 0
    for kind, words in found.blocks:
        blocks.append(Block(kind, Span(start, start + len(words))))
        start += len(words) + 2
    best = {fact.field: fact for fact in reversed(found.facts)}
    values = {field: fact.value for field, fact in best.items() if field in Fields.__struct_fields__}
    report = make_report(text, Fields(**values, url=found.url).over(defaults))
    modified, published = best.get("modified"), best.get("published")
    return msgspec.structs.replace(
        report,
        published_basis=published.basis if published else report.published_basis,
        modified=modified.value if modified else None,
        modified_basis=modified.basis if modified else PublishedBasis.NONE,
        agency=found.agency,
        blocks=tuple(blocks),
        marks=(*found.marks, *report.marks),
        facts=(*found.facts, *report.facts),
    )


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("the text is empty")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters; a report has at most {MOST_CHARACTERS:,}")
    if "\0" in text:
        raise InputError("the text holds NUL characters; it is binary or wrongly encoded")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"the text holds a lone surrogate at character {error.start}") from None
