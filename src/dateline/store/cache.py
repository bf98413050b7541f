"""The cache of parses: a passage that was parsed before, by the same parser, is not parsed again."""

import zlib
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from dateline.nlp.base import Parse, Parser
from dateline.store.base import ParseStore

_LEVEL = 1
"""Of compression: higher ones save little and cost much."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Parse).decode


class CachedParser:
    """A parser that asks the ledger first. Model and digest are those of the parser inside.

    Equal passages of one call are parsed once. A cached parse that cannot be read is parsed anew.
    """

    def __init__(self, parser: Parser, store: ParseStore) -> None:
        self._parser = parser
        self._store = store

    @property
    def model(self) -> str:
        """The model's name, as configured."""
        return self._parser.model

    @property
    def digest(self) -> str:
        """What a cached parse is kept under, beside its passage."""
        return self._parser.digest

    def parse(self, passages: Sequence[str]) -> list[Parse]:
        """The parses of the passages, in order; only unknown ones are parsed, all together."""
        keys = [_key(passage, self.digest) for passage in passages]
        kept = self._store.parses(list(dict.fromkeys(keys)))
        known = {key: parse for key, body in kept.items() if (parse := _read(body))}
        unknown = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in known}
        if unknown:
            fresh = dict(zip(unknown, self._parser.parse(list(unknown.values())), strict=True))
            # A passage that broke the parser has no parse, which may be otherwise next time.
            self._store.keep_parses({key: _write(parse) for key, parse in fresh.items() if parse.words})
            known |= fresh
        return [known[key] for key in keys]


def kept_parse(store: ParseStore, passage: str, digest: str) -> Parse | None:
    """The parse that is kept of a normalised passage by the parser of that digest; no parser is needed for it."""
    kept = store.parses([key := _key(passage, digest)]).get(key)
    return _read(kept) if kept else None


def _key(passage: str, digest: str) -> bytes:
    return blake2b(passage.encode("utf-8"), digest_size=16, key=digest.encode("utf-8")[:64]).digest()


def _write(parse: Parse) -> bytes:
    return zlib.compress(_encode(parse), _LEVEL)


def _read(kept: bytes) -> Parse | None:
    try:
        return _decode(zlib.decompress(kept))
    except (zlib.error, msgspec.DecodeError):
        return None
