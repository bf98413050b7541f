"""Score time expressions on times.jsonl (TimeBank): relaxed, strict and value F1, as TempEval-3 counts them.

Relaxed: the spans overlap, one to one. Strict: the same span. Value: relaxed and the same TIMEX3 value.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.common import Measure, bootstrap, f1, read_gold, show
from benchmarks.reading import product_parser
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Time
from dateline.model.report import Published, Report
from dateline.read.pipeline import read_reports
from dateline.read.times.grammar import compile_grammar

PEERS = {
    "relaxed F1": "recognizers-text .84, dateparser .77",
    "strict F1": "recognizers-text .68, dateparser .32",
    "value F1": "recognizers-text .43, dateparser .15",
}


def annotate(rows: Sequence[dict[str, Any]]) -> list[AnnotatedReport]:
    reports = [
        Report(id=row["id"], text=row["text"], published=Published.parse(row["published"]), language="en")
        for row in rows
    ]
    knowledge = Knowledge()
    return list(read_reports(reports, product_parser(knowledge), knowledge))


def pair(gold: Sequence[dict[str, Any]], found: Sequence[Time]) -> list[tuple[dict[str, Any] | None, Time | None]]:
    """Gold and found that overlap, one to one in order of the text, then what is left of either."""
    pairs: list[tuple[dict[str, Any] | None, Time | None]] = []
    left = list(found)
    for one in gold:
        met = [t for t in left if t.evidence.span.start < one["end"] and one["start"] < t.evidence.span.end]
        met.sort(key=lambda t: (t.evidence.span.start, t.evidence.span.end) != (one["start"], one["end"]))
        pairs.append((one, met[0] if met else None))
        if met:
            left.remove(met[0])
    return pairs + [(None, t) for t in left]


def counts(pairs: Sequence[tuple[dict[str, Any] | None, Time | None]], kind: str) -> tuple[int, int, int]:
    hits = sum(1 for gold, found in pairs if gold and found and right(gold, found, kind))
    golds, founds = sum(1 for g, _ in pairs if g), sum(1 for _, t in pairs if t)
    return hits, founds - hits, golds - hits


def right(gold: dict[str, Any], found: Time, kind: str) -> bool:
    span = found.evidence.span
    if kind == "strict F1":
        return (span.start, span.end) == (gold["start"], gold["end"])
    return kind == "relaxed F1" or bool(found.value == gold["value"])


def score(limit: int | None = None) -> list[Measure]:
    rows = read_gold("times", limit)
    if rows is None:
        return []
    every = [pair(row["times"], one.times) for row, one in zip(rows, annotate(rows), strict=True)]
    measures = []
    for name, peers in PEERS.items():
        items = [counts(pairs, name) for pairs in every]
        value, low, high = bootstrap(items, f1)
        measures.append(Measure(name=name, value=value, low=low, high=high, n=len(rows), peers=peers))
    return measures


def speed(limit: int | None = None) -> float:
    """Characters a second of the grammar alone, over the gold texts."""
    texts = [row["text"] for row in read_gold("times", limit) or []]
    grammar = compile_grammar(Knowledge())
    start = time.process_time()
    for text in texts:
        for _ in grammar.find(text, 0, len(text)):
            pass
    return sum(map(len, texts)) / (time.process_time() - start)


def misses(limit: int | None, kinds: str) -> list[str]:
    rows = read_gold("times", limit) or []
    lines: Counter[str] = Counter()
    for row, one in zip(rows, annotate(rows), strict=True):
        for gold, found in pair(row["times"], one.times):
            at = gold["start"] if gold else found.evidence.span.start if found else 0
            around = row["text"][max(0, at - 35) : at + 40].replace("\n", " ")
            if gold is None and found and "f" in kinds:
                lines[f"FALSE {found.evidence.quote} [{found.because}] .. {around}"] += 1
            elif gold and found is None and "m" in kinds:
                lines[f"MISSED {gold['text']} {gold['value']} .. {around}"] += 1
            elif gold and found and found.evidence.quote != gold["text"] and "s" in kinds:
                lines[f"SPAN {gold['text']} / {found.evidence.quote} [{found.because}]"] += 1
            if gold and found and found.value != gold["value"] and "v" in kinds:
                lines[
                    f"VALUE {row['published']} {gold['text']} {gold['value']} / {found.evidence.quote} {found.value}"
                    f" [{found.because}] .. {around}"
                ] += 1
    return [f"{n} {line}" for line, n in sorted(lines.items())]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--limit", type=int)
    options.add_argument("--misses", default="", help="any of m(issed) f(alse) s(pan) v(alue)")
    given = options.parse_args()
    if given.misses:
        print("\n".join(misses(given.limit, given.misses)))
    for line in show("Times (TimeBank)", score(given.limit)):
        print(line)
    print(f"grammar alone: {speed(given.limit):,.0f} characters/s")


if __name__ == "__main__":
    main()
