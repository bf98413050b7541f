"""What ingest hands on: each input with its report, or with the reason why there is none."""

from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.language import tell_language
from dateline.model.ids import content_id
from dateline.model.report import Published, Report
from dateline.model.vocab import PublishedBasis

MOST_CHARACTERS = 2_000_000
"""The longest text taken as one report: some 300,000 words, far beyond any news report."""


class Ingested(Struct, frozen=True, kw_only=True):
    """One input. ``name`` is what a person would call it ("reports.jsonl:14"); exactly one of the two is set."""

    name: str
    report: Report | None = None
    error: str | None = None


class Fields(Struct, frozen=True, kw_only=True):
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
