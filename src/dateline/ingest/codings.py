"""Undo the codings that a page is sent in, never past a limit."""

import re
import zlib
from collections.abc import Callable, Sequence

from dateline.errors import InputError

_STEP = 1 << 20
_HEX = re.compile(rb"[0-9a-fA-F]{1,12}")


def decode_codings(data: bytes, codings: Sequence[str], limit: int) -> bytes:
    """The bytes that ``data`` stand for, given its codings in the order in which they were applied.

    Raises InputError for an unknown coding, for data that break off or are not in that coding, and as soon as
    more than ``limit`` bytes come out, so that a bomb costs no more memory than that.

    >>> decode_codings(zlib.compress(b"rain"), ["deflate"], 100)
    b'rain'
    """
    for coding in reversed([one.strip().lower() for one in codings]):
        if coding in ("", "identity"):
            continue
        if coding not in _DECODERS:
            raise InputError(f"it is sent in an unknown coding, {coding[:40]!r}")
        data = _DECODERS[coding](data, limit)
    return data


def join_chunks(data: bytes) -> bytes:
    """A body that HTTP/1.1 sent in chunks (RFC 9112), joined. Raises InputError for one that breaks off.

    >>> join_chunks(b"4\\r\\nrain\\r\\n0\\r\\n\\r\\n")
    b'rain'
    """
    parts: list[bytes] = []
    position = 0
    while True:
        line = data.find(b"\r\n", position, position + 1024)
        size = data[position:line].partition(b";")[0].strip() if line >= 0 else b""
        if not _HEX.fullmatch(size):
            raise InputError("it breaks off: its chunks have no end")
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        start = line + 2
        if len(data) < start + length:
            raise InputError("it breaks off: its chunks have no end")
        parts.append(data[start : start + length])
        position = start + length + 2


def _inflate(data: bytes, limit: int) -> bytes:
    """Gzip, zlib or, as some servers send for "deflate", bare deflate."""
    if not data:
        return b""
    for bits in (47, -15):
        try:
            return _inflate_as(bits, data, limit)
        except zlib.error as error:
            problem = error
    raise InputError(f"its compression is broken ({_plain(problem)})")


def _inflate_as(bits: int, data: bytes, limit: int) -> bytes:
    out: list[bytes] = []
    size = 0
    while data:
        inflate = zlib.decompressobj(bits)
        while not inflate.eof:
            piece = inflate.decompress(data, _STEP)
            data = inflate.unconsumed_tail
            if not piece and not data and not inflate.eof:
                raise InputError("it breaks off: its compressed data have no end")
            size = _count(size, piece, limit)
            out.append(piece)
        # A gzip file may hold several members; what follows that is none is padding.
        data = inflate.unused_data
        if not data.startswith(b"\x1f\x8b"):
            break
    return b"".join(out)


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli  # type: ignore[import-untyped]

    decoder = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    try:
        piece = decoder.process(data, output_buffer_limit=_STEP)
        while True:
            size = _count(size, piece, limit)
            out.append(piece)
            if decoder.is_finished():
                return b"".join(out)
            piece = decoder.process(b"", output_buffer_limit=_STEP)
            if not piece and not decoder.is_finished():
                raise InputError("it breaks off: its compressed data have no end")
    except brotli.error as error:
        raise InputError(f"its compression is broken ({_plain(error)})") from None


def _zstd(data: bytes, limit: int) -> bytes:
    import zstandard

    out: list[bytes] = []
    size = 0
    try:
        decoder = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        with decoder.stream_reader(data, read_across_frames=True) as reader:
            while piece := reader.read(_STEP):
                size = _count(size, piece, limit)
                out.append(piece)
    except zstandard.ZstdError as error:
        raise InputError(f"its compression is broken ({_plain(error)})") from None
    return b"".join(out)


def _count(size: int, piece: bytes, limit: int) -> int:
    size += len(piece)
    if size > limit:
        raise InputError(f"it unpacks to more than {limit:,} bytes")
    return size


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": _zstd,
}
