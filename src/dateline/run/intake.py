"""Sources in, inputs out: pages, archives, rows, each taken apart where it can do no harm, in their order."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.extract import FUNCTION, pack, report_of
from dateline.ingest.feed import PARSE, Feed, Given
from dateline.ingest.files import Source, find_sources, is_address, one_line, read_source
from dateline.ingest.raw import MOST_BYTES, Raw
from dateline.ingest.sniff import HEAD, Form, sniff
from dateline.ingest.unpack import unpack
from dateline.ingest.warc import is_warc, read_warc
from dateline.model.report import Report
from dateline.run.workers import Workers
from dateline.store.base import Input

if TYPE_CHECKING:
    from dateline.ingest.fetch import Fetch, Fetched, Fetcher

Ended = Callable[[str, str], Input | None]
"""How the input of a name and digest ended before, if there was one."""


class Order(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How inputs are to be taken: what holds for all, the format and encoding where they are declared, which column
    of a table holds which field, the date that a feed gives, and whether inputs that were quarantined before are
    tried again."""

    defaults: Fields = Fields()
    form: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = {}
    listed: str | None = None
    again: bool = False

    def noted(self) -> str | None:
        """What was said of inputs, as it is kept for a retry; None where nothing was. An address is no part of it:
        the input's name leads to it.

        >>> Order(encoding="koi8-r").noted()
        '{"defaults":{},"encoding":"koi8-r"}'
        """
        fields = msgspec.structs.replace(self.defaults, url=None, id=None)
        kept = msgspec.structs.replace(self, defaults=fields, again=False)
        return msgspec.json.encode(kept).decode() if kept != Order() else None


def order_again(how: str | None) -> Order:
    """The order under which inputs are taken again of which ``how`` was noted."""
    order = msgspec.json.decode(how, type=Order) if how else Order()
    return msgspec.structs.replace(order, again=True)


class Intake:
    """Takes sources in.

    ``skipped`` counts what was passed over because it is no report: requests, images and the like in archives.
    """

    def __init__(self, workers: Workers, fetch: "Fetch", ended: Ended, order: Order | None = None) -> None:
        self.workers = workers
        self.fetch = fetch
        self._ended = ended
        self._order = order or Order()
        self.skipped: Counter[str] = Counter()

    def take(self, paths: Iterable[str]) -> Iterator[Ingested]:
        """The inputs of all that the paths and addresses name, in order; each ends as one of these."""
        return self.extracted(item for source in find_sources(paths) for item in self._items(source))

    def under(self, order: Order) -> "Intake":
        """An intake with the same processes and connections that takes inputs in another way."""
        return Intake(self.workers, self.fetch, self._ended, order)

    def extracted(self, items: Iterable[Raw | Ingested]) -> Iterator[Ingested]:
        """Items in the same order, each raw one taken apart. One that ended before ends the same way again,
        without being taken apart."""
        return self.workers.map(self._extract, map(self._remember, items))

    def _remember(self, item: Raw | Ingested) -> Raw | Ingested:
        if isinstance(item, Ingested):
            return item if item.how or not item.error else msgspec.structs.replace(item, how=self._order.noted())
        before = self._ended(item.name, item.digest)
        if before is None or (before.report is None and self._order.again):
            return item
        error = None if before.report else before.reason
        return Ingested(
            name=item.name,
            known=before.report,
            error=error,
            digest=item.digest,
            offset=item.offset,
            how=before.how,
        )

    def _extract(self, item: Raw | Ingested) -> Ingested:
        if isinstance(item, Ingested):
            return item
        end = partial(Ingested, name=item.name, digest=item.digest, offset=item.offset)
        try:
            return end(report=self._report(item))
        except InputError as error:
            where = f"{item.fields.url}: " if item.fields.url and item.offset is not None else ""
            return end(error=f"{where}{error}", how=_said_of(item).noted())

    def _report(self, item: Raw) -> Report:
        return report_of(self.workers.call(FUNCTION, pack(item)))

    def parse_feed(self, given: Given) -> Feed:
        """What a feed lists. Raises InputError."""
        answer = self.workers.call(PARSE, msgspec.msgpack.encode(given))
        return msgspec.msgpack.decode(answer, type=Feed)

    def _fetched(self, address: str, name: str) -> Raw:
        got = self.fetch(address)
        fields = self._order.defaults
        fields = msgspec.structs.replace(fields, url=fields.url or got.address)
        media = got.header("content-type")
        return Raw(
            name=name,
            data=got.data,
            fields=fields,
            media=media,
            declared=self._order.encoding,
            retrieved=got.retrieved,
            listed=self._order.listed,
        )

    def _items(self, source: Source) -> Iterator[Raw | Ingested]:
        """The inputs of a source; only what could do harm is raw."""
        order = self._order
        name = one_line(source.name)
        try:
            if source.address is not None:
                yield self._fetched(source.address, name)
            elif source.path is not None and source.path.is_file() and is_warc(source.path):
                yield from read_warc(source.path, name, order.defaults, self.skipped)
            elif source.path is not None and not source.path.is_file():
                yield from read_source(source, order.defaults)
            elif (page := _page_of(source, name, order)) is not None:
                yield page
            else:
                yield from read_source(source, order.defaults, order.form, order.encoding, order.columns)
        except InputError as error:
            yield Ingested(name=name, error=str(error))
        except OSError as error:
            yield Ingested(name=name, error=error.strerror or "it cannot be read")


@contextmanager
def open_intake(
    ended: Ended, order: Order | None = None, workers: int | None = None, networks: Iterable[str] = ()
) -> Iterator[Intake]:
    """An intake with its processes and its connections, which are made when they are first needed.

    ``networks`` are fetched from though they are not public.
    """
    with ExitStack() as stack:

        @cache
        def fetcher() -> "Fetcher":
            from dateline.ingest.fetch import Fetcher

            return stack.enter_context(Fetcher(allowed=networks))

        def fetch(
            address: str,
            *,
            etag: str | None = None,
            modified: str | None = None,
            may: Callable[[str], None] | None = None,
        ) -> "Fetched":
            return fetcher().fetch(address, etag=etag, modified=modified, may=may)

        yield Intake(stack.enter_context(Workers([FUNCTION], workers)), fetch, ended, order)


_PLACE: Final = re.compile(r":\d+(\+\d+)?$")


def _said_of(item: Raw) -> Order:
    return Order(defaults=item.fields, form=item.form, encoding=item.declared, listed=item.listed)


def source_of(name: str) -> str | None:
    """The path or address that an input of this name came from, or None where nothing is there any more.

    >>> source_of("https://example.org/a")
    'https://example.org/a'
    """
    if is_address(name):
        return name
    return next((one for one in (name, _PLACE.sub("", name)) if Path(one).exists()), None)


_APART: Final = (Form.HTML, Form.PDF, Form.MAIL)
"""What is taken apart in a process of its own: its markup may be made to do harm."""
_PACKED: Final = (Form.GZIP, Form.ZSTD)


def _page_of(source: Source, name: str, order: Order) -> Raw | None:
    """The bytes of a source that is to be taken apart, or None for one that holds rows or plain text.

    Raises InputError and OSError.
    """
    if source.path is None:
        stream = sys.stdin.buffer if sys.stdin else None
        if not isinstance(stream, BufferedReader) or _form(stream.peek(HEAD), name, order) not in _APART:
            return None
        return _raw(stream.read(MOST_BYTES + 1), name, order)
    with source.path.open("rb") as file:
        kind = _form(file.peek(HEAD), name, order)
        if kind in _PACKED:
            data = unpack(file, kind)
            inside = name.removesuffix(".gz").removesuffix(".zst")
            return _raw(data, name, order) if _form(data[:HEAD], inside, order) in _APART else None
        return _raw(file.read(MOST_BYTES + 1), name, order) if kind in _APART else None


def _form(head: bytes, name: str, order: Order) -> Form:
    return Form(order.form) if order.form else sniff(head, name)


def _raw(data: bytes, name: str, order: Order) -> Raw:
    if len(data) > MOST_BYTES:
        raise InputError(f"it has more than {MOST_BYTES:,} bytes")
    form = Form(order.form) if order.form else None
    return Raw(name=name, data=data, fields=order.defaults, declared=order.encoding, form=form)
