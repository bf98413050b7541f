"""Pages and web archives made up for tests and benchmarks."""

import gzip
import hashlib
import random
import zlib
from base64 import b32encode
from collections.abc import Callable

import zstandard

_NAMES = ("Mara Venn", "Ilo Brandt", "Sera Quill", "Tomas Hale", "Anki Rud")
_PLACES = ("Arden", "Velm", "Port Ossa", "Kestrel Bay", "Lower Tarn")
_DEEDS = (
    "the river rose again overnight and the bridge was closed",
    "two boats were lost in the storm and a crew of four was rescued",
    "the dam above the town was declared safe after three days of rain",
    "the council voted to reopen the road to the harbour",
    "engineers began to clear the pass, which a landslide had blocked",
)


def words(number: int, sentences: int = 8) -> str:
    """A text that no other number has."""
    rng = random.Random(number)
    lines = [
        f"{rng.choice(_NAMES)} said on Monday that {rng.choice(_DEEDS)} near {rng.choice(_PLACES)} ({number}.{n})."
        for n in range(sentences)
    ]
    return " ".join(lines)


def page(number: int, sentences: int = 8) -> bytes:
    """A plain page of the report of that number."""
    paragraphs = "".join(f"<p>{line.strip()}.</p>" for line in words(number, sentences).split(". ") if line.strip())
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report {number} | Harbour Courier</title>'
        f'<meta property="article:published_time" content="2031-05-06T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Report {number} from the coast</h1>{paragraphs}"
        "</article><footer>Harbour Courier</footer></body></html>"
    ).encode()


def response(
    address: str,
    body: bytes,
    media: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
    more: str = "",
) -> bytes:
    """A response record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return record("response", address, http, "application/http; msgtype=response", more)


def record(kind: str, address: str, block: bytes, media: str, more: str = "", length: int | None = None) -> bytes:
    """A record. ``length`` is its Content-Length if that is to be wrong."""
    digest = b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-05-07T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(block + address.encode(), usedforsecurity=False).hexdigest()}>\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\n{more}Content-Type: {media}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def pages(count: int, first: int = 0, sentences: int = 8) -> list[bytes]:
    """Response records of as many pages."""
    return [response(f"http://courier.example/{n}", page(n, sentences)) for n in range(first, first + count)]


def plain(data: bytes) -> bytes:
    """A record as it is."""
    return data


def gz(data: bytes) -> bytes:
    """A record as a gzip member."""
    return gzip.compress(data, 6, mtime=0)


def zst(data: bytes) -> bytes:
    """A record as a Zstandard frame with its checksum."""
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(data)


PACKED: dict[str, Callable[[bytes], bytes]] = {".warc": plain, ".warc.gz": gz, ".warc.zst": zst}
"""How records are packed, by the ending of the archive."""


def chunked(body: bytes, size: int = 300) -> bytes:
    """A body in HTTP's chunked coding."""
    parts = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def bomb(size: int = 3_000_000_000) -> bytes:
    """Gzip that unpacks to zeros, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join([*(packer.compress(zeros) for _ in range(size >> 20)), packer.flush()])
