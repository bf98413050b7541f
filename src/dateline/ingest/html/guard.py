"""Parse a page, and refuse before parsing what would take minutes or gigabytes."""

import logging
import re
from typing import Any, Final

from lxml import etree
from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.html.charset import decode_page

MOST_BYTES: Final = 12_000_000
"""The largest page: beyond what any newsroom sends; a saved page with pictures in it is counted without them."""
MOST_TAGS: Final = 120_000
"""Angle brackets in a page: the longest live blogs have some 60,000; a tree takes about 300 bytes for each."""
MOST_ATTRIBUTES: Final = 300
"""Attributes in one tag: the parser compares each with all before it, so that 200,000 take minutes."""
ALL_ATTRIBUTES: Final = 200_000
"""Attributes in the long tags of a page together: a tree takes about 400 bytes for each."""
LONG_VALUE: Final = 4_000
"""Attribute values longer than this (pictures, states of scripts) are emptied: nothing is read from them."""
LONG_TAG: Final = 500
"""Only in tags longer than this are attributes counted."""
HEAD_ZEROS: Final = 4096
"""Bytes in which zeros tell that this is no page."""
MOST_SCRIPT: Final = 3_000_000
"""The longest script that is kept to be read as data."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_VALUE: Final = re.compile(rf'="[^"]{{{LONG_VALUE},}}"|=\'[^\']{{{LONG_VALUE},}}\'')
_DATA_URI: Final = re.compile(rb"data:[\w.+-]{1,40}/[\w.+-]{1,40};base64,[A-Za-z0-9+/=%\s]{1000,}")
_OPENS: Final = re.compile(r"<[a-zA-Z]")
_SCRIPT: Final = re.compile(r"<(script|style)\b", re.IGNORECASE)
_CLOSE: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_JSON: Final = re.compile(r"type\s*=\s*[\"']?(application/ld\+json|application/json)", re.IGNORECASE)
_SAVED: Final = re.compile(
    r"<!-- saved from url=\(\d{4}\)(https?://[^\s>]{4,500}) -->|^\s*url: (https?://\S{4,500})\s*$", re.M
)
_ILL: Final = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


class Page(Struct, frozen=True):
    """A parsed page: its tree without scripts and styles, its and the scripts that hold data."""

    tree: Any
    linked: tuple[str, ...]
    states: tuple[str, ...]
    saved_from: str | None


def parse_page(data: bytes, charset: str | None = None) -> Page:
    """The page that these bytes are. ``charset`` is what the server says they are written in.

    Raises InputError for a page that is empty, too large, nested too deeply, or not markup at all.
    """
    if len(data) > MOST_BYTES:
        data = _DATA_URI.sub(b"", data)
    if len(data) > MOST_BYTES:
        raise InputError(f"the page has {len(data):,} bytes; at most {MOST_BYTES:,} are taken")
    if data[:HEAD_ZEROS].count(0) > len(data[:HEAD_ZEROS]) * 0.6:
        raise InputError("this is binary, not a page")
    text = decode_page(data, charset)
    saved = _SAVED.search(text[:4000])
    text, linked, states = _without_scripts(_ILL.sub("", text))
    text = _VALUE.sub('=""', text)
    _check(text)
    # The plain parser: the elements of lxml.html are made in Python, one by one.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = text.encode("utf-8", "replace")
    try:
        tree = etree.fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"the page cannot be parsed: {str(error).splitlines()[0][:120] if str(error) else 'empty'}"
        ) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in list(parser.error_log)[-1:]):
        raise InputError("the page is nested more than 255 deep, or one piece of it is too long")
    if tree is None:
        raise InputError("the page is empty")
    return Page(tree, linked, states, next(filter(None, saved.groups()), None) if saved else None)


def _check(text: str) -> None:
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise InputError(f"the page has {tags:,} tags; at most {MOST_TAGS:,} are taken")
    every = 0
    for piece in text.split(">"):
        if len(piece) > LONG_TAG and (opens := _OPENS.search(piece)):
            inside = piece[opens.start() :]
            attributes = len(inside.split())
            if attributes > MOST_ATTRIBUTES and _is_tag(inside):
                raise InputError(
                    f"a tag of the page has {attributes:,} attributes; at most {MOST_ATTRIBUTES} are taken"
                )
            every += attributes if _is_tag(inside) else 0
    if every > ALL_ATTRIBUTES:
        raise InputError(f"the page has {every:,} attributes in long tags; at most {ALL_ATTRIBUTES:,} are taken")


def _is_tag(piece: str) -> bool:
    """Whether what follows an angle bracket is a tag's attributes and not prose after a stray bracket."""
    words = piece.split()
    return (
        sum("=" in word or not word.isalpha() or len(word) < 3 for word in words) > len(words) // 2 or len(words) > 2000
    )


def _without_scripts(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The text without scripts and styles, the JSON-LD in it, and other JSON in it. One pass, whatever is unclosed."""
    linked: list[str] = []
    states: list[str] = []
    kept: list[str] = []
    at = 0
    while opens := _SCRIPT.search(text, at):
        kept.append(text[at : opens.start()])
        opened = text.find(">", opens.end())
        close = _CLOSE[opens[1].lower()].search(text, opens.end())
        if close is None or opened < 0:
            break
        if opened < close.start() <= opened + MOST_SCRIPT and (kind := _JSON.search(text, opens.end(), opened)):
            (linked if "ld" in kind[1].lower() else states).append(text[opened + 1 : close.start()])
        at = text.find(">", close.end()) + 1
        if not at:
            break
    else:
        kept.append(text[at:])
    return "".join(kept), tuple(linked), tuple(states)
