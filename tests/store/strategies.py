"""Any annotated report and any links, drawn from the structs' own annotations: a new column is covered at once."""

import string
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

from dateline.model.links import Derived, Links, Site
from dateline.model.records import AnnotatedReport, Evidence, Failure, Head, Part, Party, Record
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.store.rows import DERIVED, RECORDS, bare

Draw = Callable[[st.SearchStrategy[Any]], Any]

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
ids = st.text(string.hexdigits, min_size=1, max_size=8)
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
numbers = st.floats(allow_nan=False, allow_infinity=False)


class Filler:
    """Draws values of the types that structs name, with spans inside one text."""

    def __init__(self, draw: Draw, report: str, text: str) -> None:
        self._draw = draw
        self._report = report
        self._text = text

    def fill(self, kind: type[Struct], **given: Any) -> Any:
        fields = {f.name: f.type for f in msgspec.structs.fields(kind) if f.name not in given}
        return kind(**given, **{name: self.value(of) for name, of in fields.items()})

    def value(self, of: Any) -> Any:
        inner, optional = bare(of)
        if optional and self._draw(st.booleans()):
            return None
        if typing.get_origin(inner) is tuple:
            item = typing.get_args(inner)[0]
            return tuple(self.value(item) for _ in range(self._draw(st.integers(0, 3))))
        if inner is Span:
            return self.span()
        if inner is Evidence:
            span = self.span()
            return Evidence(self._report, span, span.of(self._text), self._draw(words), self._draw(words))
        if inner in (Part, Party):
            return self.part(inner)
        if inner is Site:
            return Site(self._draw(ids), self.span())
        if issubclass(inner, Enum):
            return self._draw(st.sampled_from(list(inner)))
        if issubclass(inner, Struct):
            return self.fill(inner)
        by_type = {str: words, bool: st.booleans(), int: st.integers(0, 2**40), float: numbers}
        return self._draw(by_type[inner])

    def span(self) -> Span:
        start = self._draw(st.integers(0, len(self._text)))
        return Span(start, self._draw(st.integers(start, len(self._text))))

    def part(self, kind: type[Part]) -> Part:
        spans = sorted(self.span() for _ in range(self._draw(st.integers(1, 2))))
        part = Part.at(self._text, *spans, referent=self.value(str | None))
        known = {"text": part.text, "span": part.span, "spans": part.spans, "referent": part.referent}
        return self.fill(kind, **known)


@st.composite
def annotated_reports(draw: Draw, id: str | None = None) -> AnnotatedReport:
    id = id or draw(ids)
    text = draw(texts)
    filler = Filler(draw, id, text)
    first = draw(st.dates())
    published = draw(st.none() | st.just(Published(first.isoformat(), first, first)))
    # text_sha256 is left to the report itself
    fields = [f for f in msgspec.structs.fields(Report) if f.name not in ("id", "text", "published", "text_sha256")]
    report = Report(id=id, text=text, published=published, **{f.name: filler.value(f.type) for f in fields})
    layers: dict[str, Any] = {}
    for table, kind in RECORDS.items():
        keys = draw(st.lists(ids, max_size=3, unique=True))
        given = {} if issubclass(kind, Record) else {"report": id}
        # Ids of one table never meet across reports; here the report's id keeps them apart.
        layers[table] = tuple(filler.fill(kind, id=f"{id}/{key}", **given) for key in keys)
    return AnnotatedReport(
        report=report,
        head=filler.fill(Head),
        failures=tuple(filler.fill(Failure) for _ in range(draw(st.integers(0, 2)))),
        **layers,
    )


@st.composite
def any_links(draw: Draw) -> Links:
    filler = Filler(draw, "r", "A text that nobody wrote.")
    layers: dict[str, tuple[Derived, ...]] = {}
    for table, kind in DERIVED.items():
        keys = sorted(draw(st.lists(ids, max_size=3, unique=True)))
        layers[table] = tuple(filler.fill(kind, id=key) for key in keys)
    return Links(**layers)
