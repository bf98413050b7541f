"""What the scorers share: where the gold lies, intervals, and how a measure is shown."""

import argparse
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

T = TypeVar("T")
Statistic = Callable[[Sequence[T]], float]

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 500


class Measure(Struct, frozen=True, kw_only=True):
    """A figure with its 95 % bootstrap interval, the number of items it rests on, and what peers reach."""

    name: str
    value: float
    low: float
    high: float
    n: int
    peers: str = ""
    note: str = ""


def shared() -> Path | None:
    """The folder of public gold beside the checkout (or in DATELINE_SHARED), or None."""
    folder = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def read_gold(name: str, limit: int | None = None) -> list[dict[str, Any]] | None:
    """The rows of a gold file, or None where it is absent. ``limit`` takes an even sample."""
    folder = shared()
    path = folder / "gold" / f"{name}.jsonl" if folder else None
    if path is None or not path.is_file():
        return None
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if limit and limit < len(rows):
        step = len(rows) / limit
        rows = [rows[int(i * step)] for i in range(limit)]
    return rows


def bootstrap(items: Sequence[T], statistic: Statistic[T]) -> tuple[float, float, float]:
    """The statistic with its 95 % interval over resamples of the items (percentile bootstrap, fixed seed)."""
    if not items:
        return 0.0, 0.0, 0.0
    rng = random.Random(7)
    values = sorted(statistic(rng.choices(items, k=len(items))) for _ in range(ROUNDS))
    return statistic(items), values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS) - 1]


def measured(
    items: Sequence[T],
    statistics: Mapping[str, Statistic[T]],
    peers: Mapping[str, str] | None = None,
    n: int | None = None,
) -> list[Measure]:
    """Each named statistic of the items with its interval; ``n`` where it rests on other things than the items."""
    measures = []
    for name, statistic in statistics.items():
        value, low, high = bootstrap(items, statistic)
        size = len(items) if n is None else n
        measures.append(Measure(name=name, value=value, low=low, high=high, n=size, peers=(peers or {}).get(name, "")))
    return measures


def f1(counts: Sequence[tuple[int, int, int]]) -> float:
    """F1 of (true positives, false positives, false negatives) summed over items."""
    tp, fp, fn = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def show(title: str, measures: Sequence[Measure]) -> Iterator[str]:
    """The lines of a Markdown table of measures."""
    yield f"### {title}"
    yield ""
    yield "| measure | value | 95 % interval | n | peers | note |"
    yield "|---|---|---|---|---|---|"
    for m in measures:
        yield f"| {m.name} | {m.value:.3f} | {m.low:.3f}–{m.high:.3f} | {m.n} | {m.peers} | {m.note} |"
    yield ""


def run_scorer(
    title: str, score: Callable[[int | None], Sequence[Measure]], misses: Callable[[int | None], Iterable[str]]
) -> None:
    """The command line of a scorer: its table for ``--limit`` rows, then the first ``--misses`` lines of misses."""
    options = argparse.ArgumentParser()
    options.add_argument("--limit", type=int, help="an even sample of the gold")
    options.add_argument("--misses", type=int, default=0, help="how many misses to show")
    given = options.parse_args()
    print("\n".join(show(title, score(given.limit))))
    if given.misses:
        print("\n".join(islice(misses(given.limit), given.misses)))
