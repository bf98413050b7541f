"""RSS and Atom: what a feed lists. Its bytes are got by ``fetch``; nothing here goes to the network."""

import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from io import BytesIO
from typing import Any, Final

import msgspec
from msgspec import Struct

from dateline.errors import InputError

PARSE: Final = "dateline.ingest.feed:parse_packed"
"""How a process of its own is asked for ``parse_packed``."""
MOST_ENTRIES: Final = 2_000
_PARAGRAPH: Final = re.compile(r"<(p|div|br|li)\b", re.I)
_FEWEST_LETTERS: Final = 400
"""A text that a feed brings along and that is shorter is a teaser, not the report."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that a feed lists: its address, and what the feed says of it. Dates are ISO 8601.

    ``content`` is the whole text as HTML, where the feed brings more than a teaser.
    """

    address: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    content: str | None = None

    def page(self) -> bytes:
        """The text that the feed brings along, as a page of its own."""
        title = escape(self.title or "")
        body = self.content or ""
        if not _PARAGRAPH.search(body):
            body = f"<p>{body}</p>"
        head = f'<meta charset="utf-8"><title>{title}</title>'
        return (
            f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        ).encode("utf-8", "replace")


class Feed(Struct, frozen=True, kw_only=True):
    """A feed: its title and entries, in its order, each address once."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()


class Given(Struct, frozen=True):
    """A feed's bytes, where they came from, and the media type that was declared."""

    data: bytes
    address: str = ""
    media: str = ""


def parse_packed(argument: bytes) -> bytes:
    """``parse_feed`` of a Given, for a process of its own."""
    given = msgspec.msgpack.decode(argument, type=Given)
    return msgspec.msgpack.encode(parse_feed(given))


def parse_feed(given: Given) -> Feed:
    """The entries of a feed. Broken markup is taken as far as it can be read.

    An entry without an address of its own is left out, for nothing could be quoted from it. A date without a time
    zone is taken as it stands; one that cannot be read is left out. Raises InputError for what is no feed.
    """
    import feedparser  # type: ignore[import-untyped]

    headers = {"content-location": given.address, "content-type": given.media or "application/xml"}
    try:
        found = feedparser.parse(BytesIO(given.data), response_headers=headers)
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        raise InputError(f"this feed cannot be read ({type(error).__name__})") from None
    if not found.get("version") and not found.get("entries"):
        raise InputError("this is no feed")
    entries: dict[str, Entry] = {}
    for raw in found.get("entries", [])[:MOST_ENTRIES]:
        address = str(raw.get("link") or "").strip()
        if not address and str(raw.get("id") or "").startswith(("http://", "https://")):
            address = str(raw["id"]).strip()
        if address:
            entries.setdefault(address, _entry(address, raw))
    return Feed(title=_text(found.get("feed", {}), "title"), entries=tuple(entries.values()))


def _entry(address: str, raw: dict[str, Any]) -> Entry:
    published = _date(raw, "published")
    updated = _date(raw, "updated")
    return Entry(
        address=address,
        title=_text(raw, "title"),
        author=_text(raw, "author"),
        published=published or updated,
        modified=updated,
        content=_content(raw.get("content") or ()),
    )


def _content(parts: Sequence[Mapping[str, Any]]) -> str | None:
    whole = max((str(part.get("value") or "") for part in parts), key=len, default="")
    letters = re.sub(r"<[^>]*>", "", whole)
    return whole if len(letters) >= _FEWEST_LETTERS else None


def _text(raw: Mapping[str, Any], key: str) -> str | None:
    value = " ".join(re.sub(r"<[^>]*>", "", str(raw.get(key) or "")).split())
    return value or None


def _date(raw: dict[str, Any], key: str) -> str | None:
    """A date as the feed has it, on its own clock; else as the parser read it, which is in UTC."""
    # As a dict has it: the parser's own look-up gives one date for another.
    said = str(dict.get(raw, key) or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(said).isoformat(timespec="seconds")
        except (ValueError, TypeError, IndexError):
            continue
    parsed = dict.get(raw, f"{key}_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat(timespec="seconds") if parsed else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None
