"""Passage matching on rewritten answers (Clough and Stevenson, half): are copies told from answers of one's own?

python -m benchmarks.rewrites [--limit N] [--misses K]
"""

from collections.abc import Iterator

from benchmarks.common import Measure, measured, read_gold, run_scorer
from benchmarks.paraphrases import auc
from dateline.matching.passages import match_passages

PEERS = {"heavy": "unordered stem skip-bigrams 1.0 (162 pairs); target .98"}
NONE = "non"


def score(limit: int | None = None) -> list[Measure]:
    """AUC of each kind of rewriting against answers that copied nothing."""
    rows = read_gold("rewrites", limit)
    if not rows:
        return []
    scored = [(row["category"], match_passages(row["original"], row["text"]).score) for row in rows]
    measures: list[Measure] = []
    for kind in ("cut", "light", "heavy"):
        items = [(value, category == kind) for category, value in scored if category in (kind, NONE)]
        name = f"{kind} against none: AUC"
        measures += measured(items, {name: auc}, {name: PEERS.get(kind, "")})
    return measures


def misses(limit: int | None = None) -> Iterator[str]:
    """The answers, the least like first."""
    rows = read_gold("rewrites", limit) or []
    ranked = sorted((match_passages(r["original"], r["text"]).score, r["category"], r["id"]) for r in rows)
    for value, category, id in ranked:
        yield f"{value:.3f}  {category}  {id}"


if __name__ == "__main__":
    run_scorer("rewrites", score, misses)
