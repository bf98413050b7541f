"""Runs the gold cases of ``tests/gold/<table>.toml`` and counts hits, misses and false alarms.

python -m tests.support.gold statements --misses
"""

import argparse
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from benchmarks.common import bootstrap, f1
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Part, Record
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports

GOLD = Path(__file__).resolve().parent.parent / "gold"
LAYERS = {"metonyms": "places", "roles": "doubts"}
"""Tables of gold that ask for a layer of another name."""


class Near(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a resolved place of that quote must lie: within ``km`` of a point."""

    case: str
    quote: str
    lat: float
    lon: float
    km: float

    def missed_by(self, row: Mapping[str, Any]) -> bool:
        if row["quote"] != self.quote or row["lat"] is None:
            return False
        north, east = radians(row["lat"] - self.lat), radians(row["lon"] - self.lon)
        return 6371 * hypot(north, east * cos(radians(self.lat))) > self.km


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One gold case: a text with the records that it must and must not give."""

    id: str
    text: str
    published: str | None = None
    title: str | None = None
    source: str | None = None
    expect: tuple[dict[str, Any], ...] = ()
    reject: tuple[dict[str, Any], ...] = ()
    exhaustive: bool = True
    near: tuple[Near, ...] = ()

    def report(self) -> Report:
        published = Published.parse(self.published) if self.published else None
        return Report(
            id=self.id, text=self.text, title=self.title, source=self.source, published=published, language="en"
        )


class Outcome(Struct, frozen=True, kw_only=True):
    """What one case gave: expectations met, false alarms, expectations missed."""

    case: Case
    hits: int
    false: tuple[str, ...]
    missed: tuple[str, ...]
    rejected: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.hits, len(self.false) + len(self.rejected), len(self.missed)


def load_cases(table: str) -> tuple[Case, ...]:
    """The cases of a table; raises for an unknown key or an id that stands twice."""
    raw = tomllib.loads((GOLD / f"{table}.toml").read_text(encoding="utf-8"))
    cases = msgspec.convert(raw["case"], tuple[Case, ...])
    ids = [case.id for case in cases]
    assert len(set(ids)) == len(ids), f"{table}: an id stands twice"
    near = msgspec.convert(raw.get("near", ()), tuple[Near, ...])
    assert {one.case for one in near} <= set(ids), f"{table}: a near is of no case"
    return tuple(msgspec.structs.replace(case, near=tuple(n for n in near if n.case == case.id)) for case in cases)


def run(table: str, cases: Sequence[Case], parser: Parser, knowledge: Knowledge) -> list[Outcome]:
    """Read all cases together and compare; ``blind/statements`` compares statements."""
    annotated = read_reports((case.report() for case in cases), parser, knowledge)
    stem = Path(table).stem
    return [compare(case, one, LAYERS.get(stem, stem)) for case, one in zip(cases, annotated, strict=True)]


def compare(case: Case, annotated: AnnotatedReport, table: str) -> Outcome:
    """Match expectations to records one to one, the most demanding expectation first.

    A place that lies elsewhere than it must meets nothing.
    """
    rows = [flat(record, annotated) for record in getattr(annotated, table)]
    left = list(rows)
    hits, missed = 0, []
    for wanted in sorted(case.expect, key=len, reverse=True):
        met = next((row for row in left if meets(row, wanted) and not any(n.missed_by(row) for n in case.near)), None)
        if met is None:
            missed.append(f"{wanted} among {[brief(row, wanted) for row in rows]}")
        else:
            hits += 1
            left.remove(met)
    rejected = [str(row) for row in rows for wrong in case.reject if meets(row, wrong)]
    false = [str(row) for row in left] if case.exhaustive and not rejected else []
    return Outcome(case=case, hits=hits, false=tuple(false), missed=tuple(missed), rejected=tuple(rejected))


def flat(record: Record, annotated: AnnotatedReport) -> dict[str, Any]:
    """A record as the gold compares it: parts by their text, spans by their words.

    Whom or what a part resolves to stands beside it: ``speaker`` "She", ``speaker_is`` "Mara Venn".
    """
    row: dict[str, Any] = {"quote": record.evidence.quote}
    names = {referent.id: referent.name for referent in annotated.referents}
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if field.name not in ("id", "evidence"):
            row[field.encode_name] = plain(value, annotated)
        if isinstance(value, Part):
            row[f"{field.encode_name}_is"] = names.get(value.referent) if value.referent else None
    return row


def plain(value: Any, annotated: AnnotatedReport) -> Any:
    if isinstance(value, Part):
        return " ".join(span.of(annotated.text) for span in value.spans)
    if isinstance(value, Span):
        return value.of(annotated.text)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item, annotated) for item in value]
    if isinstance(value, Struct):
        return msgspec.to_builtins(value)
    return value


def meets(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a record has every value wanted; "" wants None."""
    for key, value in wanted.items():
        if key not in row:
            raise KeyError(f"no column {key!r}; there are {sorted(row)}")
        if row[key] != (None if value == "" else value):
            return False
    return True


def brief(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("quote", *wanted) if key in row}


def precision(counts: Sequence[tuple[int, int, int]]) -> float:
    hits, false = sum(c[0] for c in counts), sum(c[1] for c in counts)
    return hits / (hits + false) if hits + false else 1.0


def recall(counts: Sequence[tuple[int, int, int]]) -> float:
    hits, missed = sum(c[0] for c in counts), sum(c[2] for c in counts)
    return hits / (hits + missed) if hits + missed else 1.0


def summary(table: str, outcomes: Iterable[Outcome]) -> str:
    counts = [outcome.counts for outcome in outcomes]
    shown = []
    for name, statistic in (("precision", precision), ("recall", recall), ("F1", f1)):
        value, low, high = bootstrap(counts, statistic)
        shown.append(f"{name} {value:.3f} ({low:.3f}-{high:.3f})")
    return f"{table}: {len(counts)} cases, " + ", ".join(shown)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("tables", nargs="*")
    options.add_argument("--misses", action="store_true")
    chosen = options.parse_args()
    from tests.support.reader import gold_parser

    knowledge = Knowledge()
    parser = gold_parser(knowledge)
    for table in chosen.tables or sorted(path.stem for path in GOLD.glob("*.toml") if path.stem != "changes"):
        outcomes = run(table, load_cases(table), parser, knowledge)
        if chosen.misses:
            for outcome in outcomes:
                for label in ("missed", "false", "rejected"):
                    for line in getattr(outcome, label):
                        print(f"[{outcome.case.id}] {label}: {line}")
        print(summary(table, outcomes))


if __name__ == "__main__":
    main()
