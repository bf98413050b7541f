"""A report: one publication, pointing to a text."""

from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct, field

from dateline.errors import InputError
from dateline.model.ids import text_digest
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, PublishedBasis, ReportMark


class Published(Struct, frozen=True):
    """When a report was published: a date, a date-time, or an interval of dates, as it was given.

    >>> Published.parse("2022-09-19/2022-09-21").last
    datetime.date(2022, 9, 21)
    """

    value: str
    first: date
    last: date

    @classmethod
    def parse(cls, value: str) -> "Published":
        """Read ISO 8601: ``2022-09-30``, ``2022-09-30T08:15:00+03:00`` or ``2022-09-29/2022-09-30``.

        The day of a date-time is the day on its own clock. Raises InputError for anything else.
        """
        text = value.strip()
        ends = text.split("/")
        if len(ends) > 2:
            raise InputError(f"published is a date, a date-time or an interval, not {value!r}")
        try:
            first, last = _day(ends[0]), _day(ends[-1])
        except ValueError:
            raise InputError(f"published is a date, a date-time or an interval, not {value!r}") from None
        if last < first:
            raise InputError(f"the interval {value!r} runs backwards")
        return cls(text, first, last)

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def days(self) -> int:
        """How many days the interval holds, at least 1."""
        return (self.last - self.first) // timedelta(days=1) + 1


def _day(text: str) -> date:
    stripped = text.strip()
    return date.fromisoformat(stripped) if len(stripped) <= 10 else datetime.fromisoformat(stripped).date()


class Block(Struct, frozen=True):
    """A stretch of the text that the page sets apart, and what it is there."""

    kind: PassageKind
    span: Span


class Fact(Struct, frozen=True):
    """What an input says about its report: a field, a value for it, and how that is known."""

    field: str
    value: str
    basis: PublishedBasis


class Report(Struct, frozen=True, kw_only=True):
    """One publication as it came in. Nothing unknown is filled.

    ``id`` is the id given on input, else the hash of the content (text, title, source, published).
    ``language`` is an ISO 639-1 code, or None when it could not be told. ``blocks`` are the passages as the page
    marks them, in order and apart; there are none where only the text is known. ``facts`` are all values found
    for title, author, source, published and modified, for each field the one taken first, and under ``notice`` the
    words of a correction, retraction or update. None of blocks,
    modified, marks and facts is part of an id.
    """

    id: str
    text: str
    title: str | None = None
    published: Published | None = None
    published_basis: PublishedBasis = PublishedBasis.NONE
    modified: str | None = None
    modified_basis: PublishedBasis = PublishedBasis.NONE
    retrieved: str | None = None
    source: str | None = None
    agency: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    revision_of: str | None = None
    text_sha256: str = field(default="")
    blocks: tuple[Block, ...] = ()
    marks: tuple[ReportMark, ...] = ()
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        if not self.text_sha256:
            msgspec.structs.force_setattr(self, "text_sha256", text_digest(self.text))
