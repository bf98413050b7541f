"""Scores the status rules on any predicate: shared/gold/factuality.jsonl (UW, MEANTIME).

The value of a predicate is read off its status, polarity and certainty (``VALUES``). Pearson r, and F1 of
yes (at least 2.5), no (at most -0.5) and maybe (what lies between).

    python -m benchmarks.factuality --limit 400 --misses 30
"""

import argparse
from collections.abc import Callable, Sequence
from math import sqrt

from benchmarks.common import Measure, bootstrap, f1, read_gold, show
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.status import status_cues
from dateline.model.vocab import Certainty, Polarity, Status
from dateline.nlp.base import Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.status import Reality, judge

VALUES = {
    Status.BACKGROUND: 3.0,
    Status.OCCURRED: 3.0,
    Status.ONGOING: 3.0,
    Status.PLANNED: 1.4,
    Status.POSSIBLE: 0.8,
    Status.HYPOTHETICAL: 0.6,
    Status.THREATENED: 1.0,
    Status.DEMANDED: 1.0,
}
"""What each status is worth on the gold's scale from -3 to 3."""

HEDGED = 1.6
"""What a hedged report of something that happened is worth."""

Pair = tuple[float, float]


def value(reality: Reality) -> float:
    """The gold's number for a judgement."""
    worth = VALUES[reality.status]
    if reality.certainty is Certainty.HEDGED:
        worth = min(worth, HEDGED)
    return worth if reality.polarity is Polarity.AFFIRMED else -worth


def pearson(pairs: Sequence[Pair]) -> float:
    n = len(pairs)
    mean_a, mean_b = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    both = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = sqrt(sum((a - mean_a) ** 2 for a, _ in pairs) * sum((b - mean_b) ** 2 for _, b in pairs))
    return both / spread if spread else 0.0


def band(number: float) -> str:
    return "yes" if number >= 2.5 else "no" if number <= -0.5 else "maybe"


def band_f1(name: str) -> Callable[[Sequence[Pair]], float]:
    def score(pairs: Sequence[Pair]) -> float:
        said = [(band(ours) == name, band(gold) == name) for ours, gold in pairs]
        return f1([(int(a and b), int(a and not b), int(b and not a)) for a, b in said])

    return score


def pairs(limit: int | None, misses: int = 0) -> list[Pair]:
    from tests.support.reader import gold_parser

    rows = read_gold("factuality", limit)
    if rows is None:
        return []
    knowledge = Knowledge()
    cues = status_cues(knowledge)
    parses = gold_parser(knowledge).parse([normalise(row["text"]).text for row in rows])
    found: list[Pair] = []
    wrong: list[tuple[float, str]] = []
    for row, parse in zip(rows, parses, strict=True):
        tokens = Tokens(parse, normalise(row["text"]), 0)
        for predicate in row["predicates"]:
            at = tokens.at(predicate["start"])
            if at is None:
                continue
            reality = judge(tokens, at, cues)
            ours, gold = value(reality), float(predicate["factuality"])
            found.append((ours, gold))
            wrong.append(
                (
                    abs(ours - gold),
                    f"{ours:+.1f} gold {gold:+.1f} {predicate['text']!r} "
                    f"[{reality.status} {reality.polarity} {reality.because}] {row['text'][:220]}",
                )
            )
    for _, line in sorted(wrong, key=lambda one: -one[0])[:misses]:
        print(line)
    return found


def score(limit: int | None = None, misses: int = 0) -> list[Measure]:
    """Pearson r and the three F1, over predicates."""
    found = pairs(limit, misses)
    measures = []
    for name, statistic in (("Pearson r", pearson), *((f"F1 {b}", band_f1(b)) for b in ("yes", "maybe", "no"))):
        point, low, high = bootstrap(found, statistic)
        measures.append(Measure(name=name, value=point, low=low, high=high, n=len(found)))
    return measures


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--limit", type=int)
    options.add_argument("--misses", type=int, default=0)
    chosen = options.parse_args()
    print("\n".join(show("factuality", score(chosen.limit, chosen.misses))))
