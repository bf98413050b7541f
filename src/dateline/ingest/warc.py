"""Web archives (WARC, ISO 28500): plain, .gz and .zst; whole or damaged.

Where records begin and end is worked out here, because readers at large end in silence where an archive breaks
off; what a whole record says is read by FastWARC.
"""

import re
from base64 import b32encode
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from typing import Final

from fastwarc.stream_io import BytesIOStream, FastWARCError
from fastwarc.warc import ArchiveIterator, WarcRecord
from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.codings import decode_codings, join_chunks
from dateline.ingest.members import DamagedError, Members
from dateline.ingest.raw import MOST_BYTES, Raw

MOST_HEAD: Final = 65_536
MOST_DAMAGE: Final = 10_000
"""Damaged places after which the rest of an archive is given up."""
_TAKEN: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_UNTOLD: Final = ("", "application/octet-stream", "application/unknown", "binary/octet-stream")
_BEGINS: Final = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n[A-Za-z][A-Za-z-]*:")
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_TYPE: Final = re.compile(rb"^warc-type:[ \t]*([A-Za-z]+)", re.I | re.M)
_DIGEST: Final = re.compile(rb"^warc-block-digest:[ \t]*sha1:([A-Z2-7]{32})[ \t]*\r?$", re.I | re.M)
_CHUNK: Final = re.compile(rb"[0-9a-fA-F]{1,12}[ \t]*(;[^\r\n]*)?\r\n")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_LONGEST_BEGINNING: Final = 64
_NOTHING: Final = Fields()


class Damage(Struct, frozen=True):
    """A place where the archive is not what it should be: where the record there begins, and what is wrong."""

    place: str
    offset: int
    reason: str


class Piece(Struct, frozen=True):
    """A whole record as it stands in the archive. ``place`` names it within the archive."""

    place: str
    offset: int
    kind: str
    data: bytes


def read_warc(path: Path, name: str, defaults: Fields, skipped: Counter[str]) -> Iterator[Raw | Ingested]:
    """The pages, plain texts and PDFs of an archive, and each damaged place as an input that has an error.

    An input is named ``<name>:<byte at which its member begins>``, and within a member that holds several records
    ``<byte>+<byte within>``. Other records, other kinds of files and answers other than 200 are counted in
    ``skipped``. After a damage reading goes on at the next record. Raises OSError.
    """
    with path.open("rb") as file:
        for piece in pieces(Members(file)):
            if isinstance(piece, Damage):
                yield Ingested(name=f"{name}:{piece.place}", error=piece.reason, offset=piece.offset)
            elif piece.kind not in ("response", "resource"):
                skipped[piece.kind] += 1
            else:
                try:
                    page = _page(piece, f"{name}:{piece.place}", defaults)
                except InputError as error:
                    yield Ingested(name=f"{name}:{piece.place}", error=str(error), offset=piece.offset)
                    continue
                if isinstance(page, Raw):
                    yield page
                else:
                    skipped[page] += 1


def is_warc(path: Path) -> bool:
    """Whether a file is a web archive, by how it begins, or by its name where its beginning is damaged.

    Raises OSError.
    """
    if path.name.lower().endswith((".warc", ".warc.gz", ".warc.zst")):
        return path.is_file()
    with path.open("rb") as file:
        try:
            return next(Members(file).stretches()).data.startswith(b"WARC/")
        except (DamagedError, StopIteration):
            return False


def pieces(members: Members) -> Iterator[Piece | Damage]:
    """Every whole record of an archive, and every damaged place, in the order of the file."""
    start: int | None = 0
    damages = 0
    while start is not None:
        tape = _Tape(members, start)
        try:
            for found in _on(tape):
                yield found
                damages += isinstance(found, Damage)
                if damages > MOST_DAMAGE:
                    yield Damage(tape.place(), tape.member(), "too much of the archive is damaged; the rest is left")
                    return
            return
        except DamagedError as damage:
            damages += 1
            whole = tape.empty() or damage.offset == tape.member()
            place = str(damage.offset) if tape.empty() else tape.place()
            yield Damage(place, damage.offset if whole else tape.member(), damage.reason)
            start = members.next_member(max(damage.offset, start) + 1)


def _on(tape: "_Tape") -> Iterator[Piece | Damage]:
    """The records of a tape from where it stands. Raises DamagedError."""
    while tape.ensure(1):
        end, problem = _measure(tape)
        if problem:
            yield Damage(tape.place(), tape.member(), problem)
            if not tape.skip_to_record():
                return
            continue
        data = tape.take(end)
        kind = _TYPE.search(data, 0, MOST_HEAD)
        yield Piece(tape.taken_place, tape.taken_member, kind[1].decode().lower() if kind else "untyped", data)


def _measure(tape: "_Tape") -> tuple[int, str]:
    """How long the record is that the tape stands at, or what is wrong with it."""
    head = tape.head()
    if head is None or not _BEGINS.match(tape.buffer):
        return 0, "these bytes are no record" if tape.buffer[:5] != b"WARC/" else "the record's head is broken"
    length = _LENGTH.search(tape.buffer, 0, head)
    if length is None:
        return 0, "the record does not say how long it is"
    size = int(length[1])
    if size > MOST_BYTES:
        return 0, f"the record has {size:,} bytes; at most {MOST_BYTES:,} are taken"
    end = head + size
    if not tape.ensure(end):
        return 0, "the archive ends before the record does"
    tape.ensure(end + 4)
    tail = bytes(tape.buffer[end : end + 4])
    for closing in (b"\r\n\r\n", b"\n\n"):
        if tail.startswith(closing):
            end += len(closing)
            break
    else:
        if tail.strip(b"\r\n"):
            return 0, "the record is not as long as it says"
        end += len(tail)
    # The checksum of its member is right only when the member has ended.
    while len(tape.buffer) == end and not tape.settled and tape.more():
        pass
    return end, ""


class _Tape:
    """Unpacked bytes from where a record begins."""

    def __init__(self, members: Members, start: int) -> None:
        self._stretches = members.stretches(start)
        self._packed = members.packed
        self.buffer = bytearray()
        self.settled = False
        self._marks: list[tuple[int, int]] = [(0, start)]
        """Where in the buffer members begin, counted from the tape's beginning."""
        self._gone = 0
        self.taken_place = ""
        self.taken_member = start

    def more(self) -> bool:
        """Unpack some more; whether there was more. Raises DamagedError."""
        stretch = next(self._stretches, None)
        if stretch is None:
            return False
        if stretch.first and stretch.member != self._marks[-1][1]:
            self._marks.append((self._gone + len(self.buffer), stretch.member))
        self.buffer += stretch.data
        self.settled = stretch.last
        return True

    def ensure(self, length: int) -> bool:
        """Whether the buffer holds, or can be made to hold, that many bytes."""
        while len(self.buffer) < length:
            if not self.more():
                return False
        return True

    def empty(self) -> bool:
        """Whether nothing of a record is in the buffer."""
        return not self.buffer

    def head(self) -> int | None:
        """Where the head ends that the buffer begins with."""
        looked = 0
        while True:
            if found := _HEAD_END.search(self.buffer, max(0, looked - 3), MOST_HEAD):
                return found.end()
            looked = len(self.buffer)
            if looked >= MOST_HEAD or not self.more():
                return None

    def member(self) -> int:
        """Where in the file the member begins that holds the buffer's first byte; in a plain file, that byte."""
        member, within = self._where()
        return member if self._packed else member + within

    def place(self) -> str:
        """The same as a name, with the byte within the member where it is not the first."""
        member, within = self._where()
        return f"{member}+{within}" if within and self._packed else str(self.member())

    def _where(self) -> tuple[int, int]:
        at, member = next(mark for mark in reversed(self._marks) if mark[0] <= self._gone)
        return member, self._gone - at

    def take(self, length: int) -> bytes:
        """Cut off the first bytes."""
        self.taken_place, self.taken_member = self.place(), self.member()
        data = bytes(self.buffer[:length])
        self._drop(length)
        return data

    def skip_to_record(self) -> bool:
        """Leave out what stands before the next beginning of a record; whether there is one."""
        self._drop(1)
        while True:
            if found := _BEGINS.search(self.buffer):
                self._drop(found.start())
                return True
            self._drop(max(0, len(self.buffer) - _LONGEST_BEGINNING))
            if not self.more():
                return False

    def _drop(self, length: int) -> None:
        del self.buffer[:length]
        self._gone += length
        while len(self._marks) > 1 and self._marks[1][0] <= self._gone:
            del self._marks[0]


def _page(piece: Piece, name: str, defaults: Fields) -> Raw | str:
    """The page that a record holds, or the kind of what is skipped. Raises InputError."""
    try:
        record = next(iter(ArchiveIterator(BytesIOStream(piece.data), strict_mode=False)))
        said = {key.lower(): value for key, value in record.headers}
        sent = {key.lower(): value for key, value in record.http_headers or ()}
        address = said.get("warc-target-uri", "").strip("<> ")
        media = (sent if piece.kind == "response" else said).get("content-type", "")
        if skip := _skip(record, piece.kind, address, media):
            return skip
        _check_digest(piece.data)
        data = record.reader.read()
    except StopIteration:
        raise InputError("the record cannot be read") from None
    except (FastWARCError, ValueError, OSError, RuntimeError) as error:
        raise InputError(f"the record cannot be read ({' '.join(str(error).split())[:100]})") from None
    if cut := said.get("warc-truncated"):
        raise InputError(f"{address}: the archive holds only its beginning ({cut})")
    data = _decoded(data, sent, address)
    if not _worth(media, data):
        return "other files"
    fields = Fields(url=address or None)
    return Raw(
        name=name,
        data=data,
        fields=fields if defaults == _NOTHING else fields.over(defaults),
        media=media or None,
        retrieved=said.get("warc-date"),
        offset=piece.offset,
    )


def _check_digest(data: bytes) -> None:
    """Where a record brings the SHA-1 of its block, the block must have it. Other digests are not looked at."""
    head = _HEAD_END.search(data)
    stated = _DIGEST.search(data, 0, head.end()) if head else None
    size = _LENGTH.search(data, 0, head.end()) if head else None
    if head and stated and size:
        block = memoryview(data)[head.end() : head.end() + int(size[1])]
        if b32encode(sha1(block, usedforsecurity=False).digest()) != stated[1].upper():
            raise InputError("the record's bytes are not those that its digest was made of")


def _skip(record: WarcRecord, kind: str, address: str, media: str) -> str:
    if kind == "response":
        if not record.is_http or record.http_headers is None:
            return "other responses"
        if str(record.http_headers.status_code) != "200":
            return "answers other than 200"
    if address.startswith("dns:") or address.endswith("/robots.txt"):
        return "other files"
    bare = media.partition(";")[0].strip().lower()
    return "" if bare in _TAKEN or bare in _UNTOLD else "other files"


def _decoded(data: bytes, sent: Mapping[str, str], address: str) -> bytes:
    """The page without its codings. Some crawlers undo them and leave the headers as they were."""
    try:
        if "chunked" in sent.get("transfer-encoding", "").lower() and _CHUNK.match(data):
            data = join_chunks(data)
        codings = sent.get("content-encoding", "")
        if not codings or data.lstrip()[:1] == b"<" or data.startswith(b"%PDF"):
            return data
        return decode_codings(data, codings.split(","), MOST_BYTES)
    except InputError as error:
        raise InputError(f"{address}: {error}") from None


def _worth(media: str, data: bytes) -> bool:
    """Where the archive does not say what it holds, only what looks like a page or PDF is taken."""
    if media.partition(";")[0].strip().lower() not in _UNTOLD:
        return True
    return data.lstrip()[:1] == b"<" or data.startswith(b"%PDF")
