"""Scores the status rules on any predicate: shared/gold/factuality.jsonl (UW, MEANTIME).

The gold gives each predicate a number from -3 (did not happen) over 0 (nothing said) to 3 (happened): in UW the
mean of several readers. Ours is read off the status, polarity and certainty of a judgement by this table alone:

| judgement | stated | hedged |
|---|---|---|
| occurred, ongoing, background | 2.8 | 2.1 |
| planned, told in the clause's own future tense ("will land") | 2.5 | 1.9 |
| planned otherwise ("plans to land", "the planned landing") | 1.9 | 1.6 |
| possible, demanded | 1.5 | 1.2 |
| hypothetical | 1.4 | 1.1 |
| threatened | 0.8 | 0.5 |
| any of these negated or denied | minus half of it | minus half of it |

The numbers belong to the measure, not to the product. They were chosen on this half of the gold, near the mean that
readers gave to what is judged so. They take a flat "will" for nearly sure and a negation for less than sure, so
nothing told comes out at 3 or at -3. Pearson r, and F1 of yes (at least 2.5), no (at most -0.5) and maybe (what lies
between).

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
from dateline.read.events.status import REAL, Reality, judge

VALUES = {
    Status.BACKGROUND: 2.8,
    Status.OCCURRED: 2.8,
    Status.ONGOING: 2.8,
    Status.PLANNED: 1.9,
    Status.POSSIBLE: 1.5,
    Status.DEMANDED: 1.5,
    Status.HYPOTHETICAL: 1.4,
    Status.THREATENED: 0.8,
}
"""What each status is worth on the gold's scale from -3 to 3."""

FORETOLD = 2.5
"""What is worth a plan that its clause tells in the future tense."""

HEDGED_FACT, HEDGED_FUTURE, HEDGE = 2.1, 1.9, 0.3
"""What a hedged report of something that happened, or will, is worth, and what a hedge takes from anything else."""

NEGATED = -0.5
"""What negation makes of a value."""

Pair = tuple[float, float]


def value(reality: Reality) -> float:
    """The gold's number for a judgement, by the table above."""
    hedged = reality.certainty is Certainty.HEDGED
    if reality.foretold:
        worth = HEDGED_FUTURE if hedged else FORETOLD
    elif reality.status in REAL or reality.status is Status.BACKGROUND:
        worth = HEDGED_FACT if hedged else VALUES[reality.status]
    else:
        worth = VALUES[reality.status] - (HEDGE if hedged else 0.0)
    return worth if reality.polarity is Polarity.AFFIRMED else NEGATED * worth


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
