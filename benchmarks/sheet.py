"""A score sheet: an answer key beside what was seen in its reports, and what was right and wrong so far."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.common import Measure
from benchmarks.key import Key
from benchmarks.likeness import Seen
from benchmarks.pairing import Paired, pair, precision_recall, share
from dateline.model.links import Links
from dateline.model.span import Span

Lines = dict[str, list[str]]
"""Misses and false alarms by kind, in words for people."""


class Sheet:
    """The key, what was seen and linked, what each measure rests on, and the lines of misses."""

    def __init__(self, key: Key, seen: dict[str, Seen], links: Links) -> None:
        self.key = key
        self.seen = seen
        self.links = links
        self.items: dict[str, list[float]] = {}
        self.notes: dict[str, str] = {}
        self.lines: Lines = {}

    def tell(self, name: str, items: Iterable[float], note: str = "") -> None:
        """The items, right or wrong, or a number each, whose mean is the measure of that name."""
        self.items.setdefault(name, []).extend(items)
        if note:
            self.notes[name] = note

    def by_report(
        self, kind: str, rows: Sequence[Any], layer: Callable[[Seen], Sequence[Any]], like: Callable[..., float]
    ) -> Paired[Any, tuple[Seen, Any]]:
        """Keyed and found rows of a kind paired report by report; found rows carry their report."""
        pairs: list[tuple[Any, tuple[Seen, Any]]] = []
        missed: list[Any] = []
        false: list[tuple[Seen, Any]] = []
        for id, seen in self.seen.items():
            found = [(seen, record) for record in layer(seen)]
            keyed = [row for row in rows if row.report == id]
            met = pair(keyed, found, lambda k, f: like(k, f[1]))
            pairs.extend(met.pairs)
            missed.extend(met.missed)
            false.extend(met.false)
        return Paired(tuple(pairs), tuple(missed), tuple(false))

    def both(self, name: str, met: Paired[Any, Any], right: Callable[..., bool] | None = None) -> None:
        for measure, hits in precision_recall(name, met, right):
            self.tell(measure, hits)

    def field(self, name: str, met: Paired[Any, Any], column: str, right: Callable[..., bool]) -> None:
        """The share of pairs that agree in a field, over the pairs where the key judges it."""
        judged = [right(k, f) for k, f in met.pairs if getattr(k, column) is not None]
        if judged:
            self.tell(f"{name}: {column.rstrip('_')} of matched", judged)

    def note(self, kind: str, met: Paired[Any, Any], wrong: Callable[[Any, Any], str] | None = None) -> None:
        lines = self.lines.setdefault(kind, [])
        lines += [f"MISSED  {self.shown(row)}" for row in met.missed]
        for k, f in met.pairs:
            if wrong and (why := wrong(k, f)):
                lines.append(f"WRONG   {self.shown(k)}\n        found {why}")
        lines += [f"FALSE   {seen.annotated.report.id} {seen.shown(record)}" for seen, record in met.false]

    def linked(self, kind: str, name: str, met: Paired[Any, Any], words: Callable[[Any], str]) -> None:
        """Precision and recall of a derived kind, and its misses and false alarms, the latter in ``words``."""
        self.both(name, met)
        self.lines[kind] = [f"MISSED  {self.shown(row)}" for row in met.missed]
        self.lines[kind] += [f"FALSE   {words(row)}" for row in met.false]

    def shown(self, row: Any) -> str:
        """A keyed row in words: its fields, and what stands at its spans."""
        words = []
        for field in row.__struct_fields__:
            value = getattr(row, field)
            text = self.key.texts.get(getattr(row, row.located.get(field, "report"), ""), "")
            if isinstance(value, Span):
                words.append(f"{field}={value.of(text)!r}")
            elif isinstance(value, tuple) and value and isinstance(value[0], Span):
                words.append(f"{field}={' / '.join(span.of(text) for span in value)!r}")
            elif value not in (None, False, ()):
                words.append(f"{field}={value}" if "report" not in field else f"{value}:")
        return " ".join(words)


def measures_of(sheets: Sequence[Sheet]) -> tuple[Measure, ...]:
    """The measures of one sheet, or of several whose items are pooled; what rests on no item is left out."""
    pooled: dict[str, list[float]] = {}
    notes: dict[str, str] = {}
    for sheet in sheets:
        notes |= sheet.notes if len(sheets) == 1 else {}
        for name, items in sheet.items.items():
            pooled.setdefault(name, []).extend(items)
    return tuple(share(name, items, notes.get(name, "")) for name, items in pooled.items() if items)
