"""Passage matching on news paraphrases (MRPC train half): is one sentence told after the other?

python -m benchmarks.paraphrases [--limit N] [--misses K]
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.common import Measure, bootstrap, measured, read_gold, run_scorer
from benchmarks.reading import product_verifier
from dateline.api import load_knowledge
from dateline.matching.passages import match_passages
from dateline.matching.profile import profile_of

PEERS = "target .76 (AUC), .94 (recall)"
FALSE_SHARE = 0.001
RANDOM_PAIRS = 10_000

Scored = tuple[float, bool]


def auc(items: Sequence[Scored]) -> float:
    """The chance that a true pair scores above a false one; ties count half."""
    ordered = sorted(items)
    right = sum(match for _, match in ordered)
    wrong = len(ordered) - right
    if not right or not wrong:
        return 0.0
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(match for _, match in ordered[at:end])
        at = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def score(limit: int | None = None) -> list[Measure]:
    """AUC on the gold pairs; recall of paraphrases at one false alarm in a thousand random pairs."""
    rows = read_gold("paraphrases", limit)
    if not rows:
        return []
    items = [(match_passages(row["a"], row["b"]).score, bool(row["paraphrase"])) for row in rows]
    measures = measured(items, {"AUC": auc}, {"AUC": PEERS})
    others = [match_passages(*pair) for pair in _random_pairs(rows)]
    threshold = sorted((found.score for found in others), reverse=True)[int(FALSE_SHARE * len(others))]
    right = [s for s, match in items if match]
    value, low, high = bootstrap(right, lambda scores: sum(s > threshold for s in scores) / len(scores))
    note = f"score above {threshold:.3f}"
    measures.append(Measure(name="recall at 0.1 % false", value=value, low=low, high=high, n=len(right), note=note))
    verifier, knowledge = product_verifier(), load_knowledge()

    def told(a: str, b: str) -> bool:
        alone = match_passages(a, b)
        return alone.match or bool(verifier and verifier.find(profile_of(a), profile_of(b), knowledge))

    called = [(told(row["a"], row["b"]), bool(row["paraphrase"])) for row in rows]
    measures += measured([found for found, right in called if right], {"paraphrases called a copy": share})
    measures += measured([right for found, right in called if found], {"paraphrases among those called a copy": share})
    false = [told(*pair) for pair in _random_pairs(rows)]
    return measures + measured(false, {"random pairs called a copy": share})


def share(found: Sequence[bool]) -> float:
    """The share that holds."""
    return sum(found) / len(found) if found else 0.0


def _random_pairs(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    rng = random.Random(11)
    pairs: list[tuple[str, str]] = []
    while len(pairs) < min(RANDOM_PAIRS, len(rows) ** 2 // 2):
        one, other = rng.choice(rows), rng.choice(rows)
        if one is not other:
            pairs.append((one["a"], other["b"]))
    return pairs


def misses(limit: int | None = None) -> Iterator[str]:
    """The paraphrases that were not told, the least like first."""
    rows = [(match_passages(r["a"], r["b"]), r) for r in read_gold("paraphrases", limit) or []]
    wrong = sorted((m.score, r["a"], r["b"], m.because) for m, r in rows if r["paraphrase"] and not m.match)
    for value, a, b, because in wrong:
        yield f"{value:.3f}  {a}\n       {b}\n       {because}"


if __name__ == "__main__":
    run_scorer("paraphrases", score, misses)
