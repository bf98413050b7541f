"""Content-hash ids: the same words in the same publication always give the same id."""

from collections.abc import Iterable
from hashlib import blake2b, sha256

from dateline.model.span import Span
from dateline.model.vocab import Table

ID_LENGTH = 20
"""Hexadecimal digits in an id: 80 bits, so that a billion records collide with odds below one in a million."""


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: the ``text_sha256`` of a report."""
    return sha256(text.encode("utf-8")).hexdigest()


def content_id(*parts: str) -> str:
    """An id made of what it names; parts are kept apart, so that ("ab", "c") and ("a", "bc") differ.

    >>> content_id("ab", "c") == content_id("a", "bc")
    False
    """
    digest = blake2b(digest_size=ID_LENGTH // 2)
    for part in parts:
        coded = part.encode("utf-8")
        digest.update(len(coded).to_bytes(4, "big"))
        digest.update(coded)
    return digest.hexdigest()


def record_id(text_sha256: str, report: str, table: Table, span: Span, ordinal: int) -> str:
    """The id of a record: hash(text, publication, table, span, ordinal).

    No producer version is in it, so a judgement on a record survives a better extractor.
    ``ordinal`` counts the records of one table on one span within one report, from 0.
    """
    return content_id(text_sha256, report, str(table), str(span.start), str(span.end), str(ordinal))


def cluster_id(members: Iterable[str]) -> str:
    """The id of a derived thing with members: its smallest member's id.

    Raises ValueError when there are no members.
    """
    return min(members)


def pair_id(table: Table, *parts: str) -> str:
    """The id of a derived row about two (or more) things in order, such as a copy or a change."""
    return content_id(str(table), *parts)
