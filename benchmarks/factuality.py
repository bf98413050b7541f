"""Scores the status rules on any predicate: shared/gold/factuality.jsonl (UW, MEANTIME).

The value of a predicate is read off its status, polarity and certainty (``VALUES``). Pearson r, and F1 of
yes (at least 2.5), no (at most -0.5) and maybe (what lies between).

    python -m benchmarks.factuality --limit 400 --misses 30
"""

from collections.abc import Iterator, Sequence
from math import sqrt

from benchmarks.common import Measure, Statistic, f1, measured, read_gold, run_scorer
from benchmarks.reading import product_parser
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


def band_f1(name: str) -> Statistic[Pair]:
    def score(pairs: Sequence[Pair]) -> float:
        said = [(band(ours) == name, band(gold) == name) for ours, gold in pairs]
        return f1([(int(a and b), int(a and not b), int(b and not a)) for a, b in said])

    return score


def pairs(limit: int | None) -> Iterator[tuple[Pair, str]]:
    """Our value and the gold's of each predicate, and both in words."""
    rows = read_gold("factuality", limit) or []
    knowledge = Knowledge()
    cues = status_cues(knowledge)
    parses = product_parser(knowledge).parse([normalise(row["text"]).text for row in rows])
    for row, parse in zip(rows, parses, strict=True):
        tokens = Tokens(parse, normalise(row["text"]), 0)
        for predicate in row["predicates"]:
            at = tokens.at(predicate["start"])
            if at is None:
                continue
            reality = judge(tokens, at, cues)
            ours, gold = value(reality), float(predicate["factuality"])
            read = f"{reality.status} {reality.polarity} {reality.because}"
            yield (ours, gold), f"{ours:+.1f} gold {gold:+.1f} {predicate['text']!r} [{read}] {row['text'][:220]}"


def score(limit: int | None = None) -> list[Measure]:
    """Pearson r and the three F1, over predicates."""
    bands = {f"F1 {name}": band_f1(name) for name in ("yes", "maybe", "no")}
    return measured([pair for pair, _ in pairs(limit)], {"Pearson r": pearson, **bands})


def misses(limit: int | None = None) -> Iterator[str]:
    """The predicates, those furthest off first."""
    yield from (words for _, words in sorted(pairs(limit), key=lambda one: -abs(one[0][0] - one[0][1])))


if __name__ == "__main__":
    run_scorer("factuality", score, misses)
