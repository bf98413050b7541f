"""Scores events against shared/gold/events.jsonl: one marked dyad and its PLOVER type a sentence.

Share of sentences where any event has the type; share where an event that overlaps the marked actor or recipient
has it; macro F1 of the latter; events a sentence. YIELD in the gold is CONCEDE or RETREAT.

    python -m benchmarks.events --limit 300 --misses 30
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from benchmarks.common import Measure, Statistic, measured, read_gold, run_scorer
from benchmarks.reading import product_parser
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Event
from dateline.model.report import Report
from dateline.read.pipeline import read_reports

PEERS = {
    "any event has the type": "PETRARCH2 .30; told the dyad: TF-IDF with logistic regression .70, a GPU model .835"
}


class Scored(Struct, frozen=True):
    """One sentence: its gold type, the types of all our events, and the type nearest to the marked dyad."""

    gold: str
    types: tuple[str, ...]
    dyad: str | None


def as_gold(type_: str) -> str:
    """PLV's YIELD covers both of PLOVER's verbal and material concessions."""
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def overlap(event: Event, text: str, marked: Sequence[str]) -> int:
    """How many of the marked strings share words with a party of the event."""
    parties = [p.span for p in (*event.actors, *event.recipients)]
    hits = 0
    for words in marked:
        start = text.find(words)
        if start >= 0 and any(p.start < start + len(words) and start < p.end for p in parties):
            hits += 1
    return hits


def read_texts(texts: Sequence[str]) -> Iterator[AnnotatedReport]:
    """Each text read as a report of its own."""
    knowledge = Knowledge()
    reports = (Report(id=str(i), text=text, language="en") for i, text in enumerate(texts))
    yield from read_reports(reports, product_parser(knowledge), knowledge)


@lru_cache(maxsize=1)
def scored(limit: int | None) -> tuple[tuple[Scored, str], ...]:
    """Each sentence as scored, and in words; kept for what else is told of the same run."""
    return tuple(_scored(limit))


def _scored(limit: int | None) -> Iterator[tuple[Scored, str]]:
    rows = read_gold("events", limit) or []
    for row, annotated in zip(rows, read_texts([row["text"] for row in rows]), strict=True):
        marked = [one for one in (row["actor"], row["recipient"]) if one]
        ranked = sorted(annotated.events, key=lambda e: -overlap(e, row["text"], marked))
        best = ranked[0] if ranked and overlap(ranked[0], row["text"], marked) else None
        types = tuple(as_gold(e.type) for e in annotated.events)
        words = f"{row['type']} | {[(e.type, e.trigger.text) for e in annotated.events]} | {row['text'][:260]}"
        yield Scored(row["type"], types, as_gold(best.type) if best else None), words


def any_type(items: Sequence[Scored]) -> float:
    return sum(one.gold in one.types for one in items) / len(items)


def right_dyad(items: Sequence[Scored]) -> float:
    return sum(one.gold == one.dyad for one in items) / len(items)


def per_sentence(items: Sequence[Scored]) -> float:
    return sum(len(one.types) for one in items) / len(items)


def macro_f1(items: Sequence[Scored]) -> float:
    scores = []
    for type_ in {one.gold for one in items}:
        tp = sum(one.gold == type_ == one.dyad for one in items)
        said = sum(one.dyad == type_ for one in items)
        meant = sum(one.gold == type_ for one in items)
        scores.append(2 * tp / (said + meant) if said + meant else 0.0)
    return sum(scores) / len(scores)


def score(limit: int | None = None) -> list[Measure]:
    """Any-type, right-dyad type, its macro F1, and events a sentence."""
    return measured([one for one, _ in scored(limit)], STATISTICS, PEERS)


STATISTICS: dict[str, Statistic[Scored]] = {
    "any event has the type": any_type,
    "the marked dyad's event has the type": right_dyad,
    "macro F1 of the marked dyad": macro_f1,
    "events a sentence": per_sentence,
}


def misses(limit: int | None = None) -> Iterator[str]:
    """The ten largest confusions, then the sentences without an event of the type."""
    missed = [(one, words) for one, words in scored(limit) if one.gold not in one.types]
    confusion = Counter((one.gold, one.types[0] if one.types else "-") for one, _ in missed)
    yield f"largest confusions: {confusion.most_common(10)}"
    yield from (words for _, words in missed)


if __name__ == "__main__":
    run_scorer("events", score, misses)
