"""The bytes of an archive, unpacked, with where in the file each stretch of them began.

An archive is plain, or a row of gzip members or Zstandard frames, mostly one for each record. Readers at large end
in silence where such a file breaks off or is damaged; here that is always said, and where reading can go on.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec import Struct

if TYPE_CHECKING:
    import zstandard

GZIP: Final = b"\x1f\x8b\x08"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
_SKIPPED: Final = tuple(bytes([0x50 + n, 0x2A, 0x4D, 0x18]) for n in range(16))
"""How Zstandard's skippable frames begin; a dictionary is one of them (WARC-Zstandard 1.0)."""
_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
_READ: Final = 16_384
_OUT: Final = 1 << 18
_WINDOW: Final = 1 << 27
"""The most memory that a frame may ask for: what Zstandard's own tool allows."""


class DamagedError(Exception):
    """The file is broken at ``offset``."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


class Stretch(Struct, frozen=True):
    """Some unpacked bytes. ``member`` is where in the file the member began that they are from; ``first`` marks
    the member's first bytes, ``last`` that it ended well (its checksum was right)."""

    data: bytes
    member: int
    first: bool
    last: bool


class Members:
    """The members of an open file that can be sought in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, 2)
        file.seek(0)
        head = file.read(4)
        self.packed = head.startswith(GZIP) or head == ZSTD or head in _SKIPPED
        self._zstd = self.packed and not head.startswith(GZIP)
        self._dictionary = self._find_dictionary() if self._zstd else None

    def stretches(self, start: int = 0) -> Iterator[Stretch]:
        """The file unpacked from ``start`` on, where a member begins. Raises DamagedError."""
        if not self.packed:
            yield from self._plain(start)
        elif self._zstd:
            yield from self._frames(start)
        else:
            yield from self._gzip(start)

    def next_member(self, after: int) -> int | None:
        """Where the next member begins that holds a record's beginning, or None."""
        magic = ZSTD if self._zstd else GZIP
        while (at := self._find(magic, after)) is not None:
            if self._begins_record(at):
                return at
            after = at + 1
        return None

    def _begins_record(self, at: int) -> bool:
        try:
            return next(self.stretches(at)).data.startswith(b"WARC/")
        except (DamagedError, StopIteration):
            return False

    def _find(self, magic: bytes, after: int) -> int | None:
        overlap = len(magic) - 1
        while after < self.size:
            chunk = self._at(after, 1 << 20)
            found = chunk.find(magic)
            if found >= 0:
                return after + found
            after += max(1, len(chunk) - overlap)
        return None

    def _at(self, position: int, length: int) -> bytes:
        self._file.seek(position)
        return self._file.read(length)

    def _plain(self, start: int) -> Iterator[Stretch]:
        position = start
        while chunk := self._at(position, _OUT):
            position += len(chunk)
            yield Stretch(chunk, start, position - len(chunk) == start, position >= self.size)

    def _gzip(self, start: int) -> Iterator[Stretch]:
        position = start
        waiting = b""
        while waiting or position < self.size:
            member = position - len(waiting)
            if len(waiting) < len(GZIP):
                more = self._at(position, _READ)
                position += len(more)
                waiting += more
            if not waiting.startswith(GZIP):
                if self._is_padding(member):
                    return
                raise DamagedError(member, "these bytes are no gzip member")
            inflate = zlib.decompressobj(31)
            first = True
            while not inflate.eof:
                if not waiting:
                    waiting = self._at(position, _READ)
                    position += len(waiting)
                    if not waiting:
                        raise DamagedError(member, "the archive breaks off inside this member")
                try:
                    data = inflate.decompress(waiting, _OUT)
                except zlib.error as error:
                    raise DamagedError(member, f"this gzip member is broken ({_plain(error)})") from None
                waiting = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
                if data or inflate.eof:
                    yield Stretch(data, member, first, inflate.eof)
                    first = False

    def _is_padding(self, position: int) -> bool:
        """Whether nothing but zeros is left, as tapes and some tools fill files up."""
        while chunk := self._at(position, _OUT):
            if chunk.strip(b"\0"):
                return False
            position += len(chunk)
        return True

    def _frames(self, start: int) -> Iterator[Stretch]:
        import zstandard

        position = start
        decoder = zstandard.ZstdDecompressor(dict_data=self._dictionary, max_window_size=_WINDOW)
        while position < self.size:
            if self._at(position, 1) == b"\0" and self._is_padding(position):
                return
            end, skip = self._frame_end(position)
            if not skip:
                reader = decoder.stream_reader(_Part(self._file, position, end), read_size=_READ)  # type: ignore[arg-type]
                first = True
                try:
                    while data := reader.read(_OUT):
                        yield Stretch(data, position, first, False)
                        first = False
                except zstandard.ZstdError as error:
                    raise DamagedError(position, f"this Zstandard frame is broken ({_plain(error)})") from None
                yield Stretch(b"", position, first, True)
            position = end

    def _frame_end(self, at: int) -> tuple[int, bool]:
        """Where a frame ends, by the lengths that its blocks state (RFC 8878), and whether it is to be skipped."""
        head = self._at(at, 18)
        if head[:4] in _SKIPPED and len(head) >= 8:
            end = at + 8 + int(struct.unpack("<I", head[4:8])[0])
            return self._within(at, end), True
        if head[:4] != ZSTD or len(head) < 6:
            raise DamagedError(at, "these bytes are no Zstandard frame")
        flags = head[4]
        single = bool(flags & 0x20)
        size = (0, 2, 4, 8)[flags >> 6] or int(single)
        position = at + 5 + (not single) + (0, 1, 2, 4)[flags & 3] + size
        last = 0
        while not last:
            block = self._at(position, 3)
            if len(block) < 3:
                raise DamagedError(at, "the archive breaks off inside this frame")
            value = int.from_bytes(block, "little")
            last, kind, length = value & 1, value >> 1 & 3, value >> 3
            if kind == 3:
                raise DamagedError(at, "this Zstandard frame is broken (no such block)")
            position += 3 + (1 if kind == 1 else length)
        return self._within(at, position + (4 if flags & 4 else 0)), False

    def _within(self, at: int, end: int) -> int:
        if end > self.size:
            raise DamagedError(at, "the archive breaks off inside this frame")
        return end

    def _find_dictionary(self) -> "zstandard.ZstdCompressionDict | None":
        import zstandard

        if self._at(0, 4) != _DICTIONARY:
            return None
        end, _ = self._frame_end(0)
        data = self._at(8, end - 8)
        if data.startswith(ZSTD):
            reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(BytesIO(data))
            data = reader.read(_WINDOW)
        return zstandard.ZstdCompressionDict(data)


class _Part:
    """A part of a file, for a reader that only reads on."""

    def __init__(self, file: BinaryIO, position: int, end: int) -> None:
        self._file = file
        self._position = position
        self._end = end

    def read(self, size: int) -> bytes:
        """The next bytes, none past the end."""
        self._file.seek(self._position)
        data = self._file.read(min(size, self._end - self._position))
        self._position += len(data)
        return data


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:100]
