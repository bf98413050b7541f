"""Name matching on one half of name_bench: F1 at the best threshold and at our own, and AUC."""

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.common import Measure, Statistic, measured, read_gold, run_scorer
from dateline.matching.names import THRESHOLD, match_names

PEERS = {"person": "LogicV2 .745, WRatio .732"}
Scored = tuple[float, bool]


def score(limit: int | None = None) -> list[Measure]:
    """F1 and AUC on persons, on organisations and companies, and on all; and pairs a second."""
    rows = read_gold("names", limit)
    if rows is None:
        return []
    measures: list[Measure] = []
    for group, kinds in (
        ("person", {"Person"}),
        ("organisation", {"Company", "Organization", "LegalEntity"}),
        ("all", None),
    ):
        items = [_scored(row) for row in rows if kinds is None or row["kind"] in kinds]
        if not items:
            continue
        best = max(sorted({s for s, _ in items}), key=lambda t: _f1(items, t))
        name = f"{group}: F1 at the best threshold ({best:.2f})"
        statistics: dict[str, Statistic[Scored]] = {
            name: lambda i, t=best: _f1(i, t),
            f"{group}: F1 at our threshold ({THRESHOLD})": lambda i: _f1(i, THRESHOLD),
            f"{group}: AUC": _auc,
        }
        measures += measured(items, statistics, {name: PEERS.get(group, "")})
    return measures


def _scored(row: dict[str, Any]) -> Scored:
    return match_names(row["a"], row["b"], row["kind"]).score, bool(row["match"])


def _f1(items: Any, threshold: float) -> float:
    tp = sum(1 for s, m in items if m and s >= threshold)
    wrong = sum(1 for s, m in items if m != (s >= threshold))
    return 2 * tp / (2 * tp + wrong) if tp else 0.0


def _auc(items: Any) -> float:
    right = [s for s, m in items if m]
    wrong = [s for s, m in items if not m]
    if not right or not wrong:
        return 0.0
    return sum((r > w) + 0.5 * (r == w) for r in right for w in wrong) / (len(right) * len(wrong))


def misses(limit: int | None = None) -> Iterator[str]:
    """How fast new pairs are compared, then the pairs judged wrongly."""
    rows = read_gold("names", limit) or []
    start = time.perf_counter()
    for row in rows:
        match_names(row["a"] + " ", row["b"], row["kind"])
    yield f"{len(rows) / (time.perf_counter() - start):,.0f} new pairs/s"
    wrong = [(r, m) for r in rows if (m := match_names(r["a"], r["b"], r["kind"])).match != r["match"]]
    for row, found in wrong:
        yield f"{row['kind']} {row['match']} {found.score} {row['a']} ~ {row['b']} -- {found.because}"


if __name__ == "__main__":
    run_scorer("names", score, misses)
