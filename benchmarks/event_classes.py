"""Scores the penta class of a sentence: shared/gold/event_classes.jsonl (CAMEO classes).

0 statement, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. The rule that
picks one: no event, then 0; else the class of the first event in the text, real ones (occurred, ongoing, planned,
background) before others, and those with an actor or recipient before those without.

    python -m benchmarks.event_classes --limit 300 --misses 30
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.common import Measure, measured, read_gold, run_scorer
from benchmarks.events import read_texts
from dateline.model.records import Event
from dateline.model.vocab import Status

CLASS = {"verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4}
REAL = (Status.OCCURRED, Status.ONGOING, Status.PLANNED, Status.BACKGROUND)

Pair = tuple[int, int]


def penta(events: Sequence[Event]) -> int:
    """The class of a sentence with these events: its first real one with a party, else its first, else 0."""
    if not events:
        return 0
    ranked = sorted(events, key=lambda e: (e.status not in REAL, not (e.actors or e.recipients), e.evidence.span.start))
    return CLASS[ranked[0].quad or "verbal_cooperation"]


def pairs(limit: int | None) -> Iterator[tuple[Pair, str]]:
    """Our class and the gold's of each sentence, and both in words."""
    rows = read_gold("event_classes", limit) or []
    for row, annotated in zip(rows, read_texts([row["text"] for row in rows]), strict=True):
        ours = penta(annotated.events)
        events = [(e.type, e.trigger.text) for e in annotated.events]
        yield (ours, row["penta"]), f"gold {row['penta']} ours {ours} {events} {row['text'][:220]}"


def class_f1(number: int, items: Sequence[Pair]) -> float:
    tp = sum(ours == gold == number for ours, gold in items)
    said, meant = sum(ours == number for ours, _ in items), sum(gold == number for _, gold in items)
    return 2 * tp / (said + meant) if said + meant else 0.0


def macro_f1(items: Sequence[Pair]) -> float:
    return sum(class_f1(number, items) for number in range(5)) / 5


def accuracy(items: Sequence[Pair]) -> float:
    return sum(ours == gold for ours, gold in items) / len(items)


def score(limit: int | None = None) -> list[Measure]:
    """Macro F1 and accuracy of the penta class."""
    return measured([pair for pair, _ in pairs(limit)], {"penta macro F1": macro_f1, "penta accuracy": accuracy})


def misses(limit: int | None = None) -> Iterator[str]:
    """How often each class was taken for each, then the sentences put in a wrong one."""
    every = list(pairs(limit))
    yield f"gold, ours: {sorted(Counter((gold, ours) for (ours, gold), _ in every).items())}"
    yield from (words for (ours, gold), words in every if ours != gold)


if __name__ == "__main__":
    run_scorer("event classes", score, misses)
