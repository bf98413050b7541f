"""Storylines on ECB+ (topics 1-35): reports on one seminal event belong together.

python -m benchmarks.storylines [--limit N] [--misses K]
"""

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import comb
from typing import Any

from benchmarks.common import Measure, Statistic, measured, read_gold, run_scorer
from dateline.link.storylines import cluster, vector
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.read.segment import segment

PEERS = {"B³ F1": "names-and-numbers TF-IDF, centroids .916", "ARI": "the same .884"}
SHUFFLES = 5

Labelled = tuple[Hashable, Hashable]


def score(limit: int | None = None) -> list[Measure]:
    """B-cubed and adjusted Rand index; and whether shuffled input gives the same groups."""
    rows = read_gold("storylines", limit)
    if not rows:
        return []
    items = _labelled(rows)
    triples = _b_cubed(items)
    columns: dict[str, Statistic[tuple[float, float]]] = {
        name: lambda chosen, c=c: _mean(chosen)[c] for c, name in enumerate(("B³ precision", "B³ recall", "B³ F1"))
    }
    measures = measured(triples, columns, PEERS)
    ari = rand_index(items)
    measures.append(
        Measure(name="ARI", value=ari, low=ari, high=ari, n=len(rows), peers=PEERS["ARI"], note="no interval")
    )
    same = float(all(_shuffled(rows, seed) == dict(zip(_ids(rows), items, strict=True)) for seed in range(SHUFFLES)))
    measures.append(Measure(name="shuffles that give one answer", value=same, low=same, high=same, n=SHUFFLES))
    return measures


def _ids(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def _labelled(rows: Sequence[dict[str, Any]]) -> list[Labelled]:
    """Each report's gold cluster and the first report (by id) of the group that it is put in."""
    ordered = sorted(rows, key=lambda row: row["id"])
    made = [Report(id=row["id"], text=row["text"]) for row in ordered]
    vectors = [vector(AnnotatedReport(report=one, passages=segment(one))) for one in made]
    label: dict[str, str] = {}
    for group in cluster(vectors, [None] * len(vectors)):
        for i in group:
            label[made[i].id] = made[group[0]].id
    return [(row["cluster"], label[row["id"]]) for row in rows]


def _shuffled(rows: Sequence[dict[str, Any]], seed: int) -> dict[str, Labelled]:
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    return dict(zip(_ids(shuffled), _labelled(shuffled), strict=True))


def _b_cubed(items: Sequence[Labelled]) -> list[tuple[float, float]]:
    both, gold, ours = Counter(items), Counter(g for g, _ in items), Counter(o for _, o in items)
    return [(both[g, o] / ours[o], both[g, o] / gold[g]) for g, o in items]


def _mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    precision, recall = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    return precision, recall, 2 * precision * recall / (precision + recall)


def rand_index(items: Sequence[Labelled]) -> float:
    """The adjusted Rand index of (gold, ours) labels."""
    both = sum(comb(n, 2) for n in Counter(items).values())
    gold = sum(comb(n, 2) for n in Counter(g for g, _ in items).values())
    ours = sum(comb(n, 2) for n in Counter(o for _, o in items).values())
    expected = gold * ours / comb(len(items), 2)
    return (both - expected) / ((gold + ours) / 2 - expected)


def misses(limit: int | None = None) -> Iterator[str]:
    """The groups, those that mix the most topics first."""
    groups: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for gold, ours in _labelled(read_gold("storylines", limit) or []):
        groups[ours][gold] += 1
    mixed = sorted(groups.items(), key=lambda kv: -(sum(kv[1].values()) - max(kv[1].values())))
    for first, counts in mixed:
        yield f"{first} {dict(counts)}"


if __name__ == "__main__":
    run_scorer("storylines", score, misses)
