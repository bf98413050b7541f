"""Undo compression of one input, within a limit that stops a bomb before it goes off."""

import gzip
import io
import zlib
from typing import Final

import zstandard

from dateline.errors import InputError

MOST_UNPACKED: Final = 64_000_000
"""Bytes that a compressed input may become: a bomb of 10 MB becomes 10 GB."""


def unpack(stream: io.BufferedReader, form: str) -> bytes:
    """What a gzip or zstd stream holds, of one member or many.

    Raises InputError for one that is damaged, ends early, or holds more than is taken.
    """
    out = bytearray()
    try:
        with _reader(stream, form) as reader:
            while len(out) <= MOST_UNPACKED and (chunk := reader.read(1 << 20)):
                out += chunk
    except EOFError:
        raise InputError("the compressed data end too early") from None
    except (OSError, zlib.error, zstandard.ZstdError, ValueError) as error:
        raise InputError(
            f"the compression is damaged: {str(error).splitlines()[0][:80] if str(error) else 'no data'}"
        ) from None
    if len(out) > MOST_UNPACKED:
        raise InputError(f"it unpacks to more than {MOST_UNPACKED:,} bytes")
    return bytes(out)


def _reader(stream: io.BufferedReader, form: str) -> io.BufferedIOBase:
    if form == "gzip":
        return gzip.GzipFile(fileobj=stream)
    window = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return window.stream_reader(stream, read_across_frames=True, closefd=False)  # type: ignore[return-value]
