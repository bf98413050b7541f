"""Tell what bytes are by what they hold; the ending of a name decides only among kinds of plain text."""

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final


class Form(StrEnum):
    """What an input is."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"
    PDF = "pdf"
    MAIL = "mail"
    FEED = "feed"
    WARC = "warc"
    GZIP = "gzip"
    ZSTD = "zstd"
    ZIP = "zip"
    ARRAY = "array"
    BINARY = "binary"


HEAD: Final = 65_536
"""Bytes looked at."""

_MAGIC: Final = (
    (b"PAR1", Form.PARQUET),
    (b"WARC/", Form.WARC),
    (b"\x1f\x8b", Form.GZIP),
    (b"\x28\xb5\x2f\xfd", Form.ZSTD),
    (b"PK\x03\x04", Form.ZIP),
    (b"PK\x05\x06", Form.ZIP),
)
_ENDINGS: Final = {
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".csv": Form.CSV,
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".mhtml": Form.MAIL,
    ".eml": Form.MAIL,
}
_MARKUP: Final = re.compile(
    rb"^\s*(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|title|meta|article|main)\b", re.I | re.S
)
_TAGS: Final = re.compile(
    rb"</?(?:p|div|span|h[1-6]|a|br|table|td|ul|li|img|b|i|strong|em|section|article|font)\b[^<>]*>", re.I
)
_FEED: Final = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_HEADER: Final = re.compile(
    rb"^(?:Received|Return-Path|From|To|Date|Subject|MIME-Version|Message-ID|Delivered-To|Content-Type|Reply-To|Sender"
    rb"|DKIM-Signature|List-Id|X-[\w-]+):[ \t]",
    re.IGNORECASE,
)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes, name: str = "") -> Form:
    """What an input is, by its first bytes; of kinds of text that look alike, by the ending of its name.

    >>> sniff(b"%PDF-1.7"), sniff(b"<!DOCTYPE html><p>Rain", "report.txt"), sniff(b"Rain fell.")
    (<Form.PDF: 'pdf'>, <Form.HTML: 'html'>, <Form.TEXT: 'text'>)
    """
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    ending = _ENDINGS.get(PurePath(name).suffix.lower())
    plain = head
    for mark in _MARKS:
        plain = plain.removeprefix(mark)
    wide = plain.replace(b"\0", b"") if plain[:64].count(0) > len(plain[:64]) // 3 else plain
    start = wide.lstrip()
    if _MARKUP.match(wide):
        return Form.HTML
    if start.startswith(b"<?xml"):
        return (
            Form.FEED if _FEED.search(wide) else Form.HTML if re.search(rb"<html\b", wide[:4096], re.I) else Form.BINARY
        )
    if _FEED.match(start):
        return Form.FEED
    if ending not in (Form.CSV, Form.JSONL) and _is_mail(plain, ending):
        return Form.MAIL
    if ending not in (Form.HTML, Form.MAIL) and ending is not None:
        return ending
    if start.startswith(b"<") and len(_TAGS.findall(wide)) >= 3:
        return Form.HTML
    if ending is not None:
        return ending
    if start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b""):
        return Form.ARRAY
    if start.startswith(b"{"):
        return Form.JSONL
    return Form.BINARY if _is_binary(head[:4096]) else Form.TEXT


def _is_mail(head: bytes, ending: Form | None) -> bool:
    lines = re.split(rb"\r?\n", head[:8192])
    if lines and lines[0].startswith(b"From ") and b"@" in lines[0]:
        lines = lines[1:]
    known = 0
    for line in lines:
        if not line:
            break
        if _HEADER.match(line):
            known += 1
        elif not line.startswith((b" ", b"\t")) and not re.match(rb"^[\w-]+:", line):
            return False
    return known >= (1 if ending is Form.MAIL else 3)


def _is_binary(head: bytes) -> bool:
    """Many bytes that text in no encoding has; zeros alone may be UTF-16."""
    return sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head if byte) > len(head) // 50


def name_of(head: bytes) -> str:
    """What a binary input is, in words a person knows, where that can be told.

    >>> name_of(b"\\x89PNG\\r\\n\\x1a\\n" + b"\\0" * 64)
    'a png file'
    """
    import puremagic

    try:
        return f"a {puremagic.from_string(head[:4096]).lstrip('.')} file"
    except (puremagic.PureError, ValueError):
        return "binary"
