"""Passage matching on rewritten answers (Clough and Stevenson, half): are copies told from answers of one's own?

python -m benchmarks.rewrites [--limit N] [--misses K]
"""

import argparse

from benchmarks.common import Measure, bootstrap, read_gold, show
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
    measures = []
    for kind in ("cut", "light", "heavy"):
        items = [(value, category == kind) for category, value in scored if category in (kind, NONE)]
        value, low, high = bootstrap(items, auc)
        peers = PEERS.get(kind, "")
        measures.append(
            Measure(name=f"{kind} against none: AUC", value=value, low=low, high=high, n=len(items), peers=peers)
        )
    return measures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    print("\n".join(show("rewrites", score(args.limit))))
    rows = read_gold("rewrites", args.limit) or []
    ranked = sorted((match_passages(r["original"], r["text"]).score, r["category"], r["id"]) for r in rows)
    for value, category, id in ranked[: args.misses]:
        print(f"{value:.3f}  {category}  {id}")


if __name__ == "__main__":
    main()
