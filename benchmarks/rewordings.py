"""Pairs of invented passages written without sight of the rules: is the copy told, and what it changed?

python -m benchmarks.rewordings [--limit N] [--misses K]

``tests/gold/blind/copies.toml`` says how each pair was written. A change counts as found where its kind is right and
its words overlap those of the gold, on each side that has any.
"""

import json
import tomllib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.common import ROOT, Measure, measured, run_scorer
from dateline.matching.changes import PassageChange
from dateline.matching.passages import PassageMatch, match_passages
from dateline.model.vocab import ChangeKind, Verdict

GOLD = ROOT / "tests" / "gold" / "blind" / "copies.toml"
FIRST = GOLD.with_name("first.json")
"""What was reached before anybody had looked at the gold."""
COPIED = frozenset({Verdict.IDENTICAL, Verdict.LIGHT_EDIT, Verdict.REWRITE})
FOUND = ("heavy", "light", "synonyms")
"""Groups in which one passage was made from the other."""


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    """Two passages, how the second was written, and what is to be said of them."""

    id: str
    group: str
    a: str
    b: str
    verdict: Verdict
    changes: tuple[tuple[ChangeKind, str, str], ...] = ()


class Told(Struct, frozen=True):
    """A pair with what was said of it."""

    pair: Pair
    match: PassageMatch

    @property
    def found(self) -> Sequence[tuple[ChangeKind, str, str]]:
        """The changes of the gold that were found."""
        return [gold for gold in self.pair.changes if any(self._meets(one, gold) for one in self.match.changes)]

    @property
    def right(self) -> Sequence[PassageChange]:
        """The changes told that stand in the gold."""
        return [one for one in self.match.changes if any(self._meets(one, gold) for gold in self.pair.changes)]

    def _meets(self, told: PassageChange, gold: tuple[ChangeKind, str, str]) -> bool:
        kind, *texts = gold
        return told.kind is kind and all(
            not text
            or (text in passage and span.start < passage.index(text) + len(text) and passage.index(text) < span.end)
            for text, passage, span in zip(texts, (self.pair.a, self.pair.b), (told.a, told.b), strict=True)
        )


class _Gold(Struct, frozen=True, forbid_unknown_fields=True):
    pair: tuple[Pair, ...]


def pairs(limit: int | None = None) -> tuple[Pair, ...]:
    """The pairs of the gold."""
    held = msgspec.convert(tomllib.loads(GOLD.read_text(encoding="utf-8")), _Gold).pair
    return held[:: max(1, len(held) // limit)] if limit else held


def score(limit: int | None = None) -> list[Measure]:
    """How many copies are told in each group, what else is taken for one, and the changes."""
    told = [Told(pair, match_passages(pair.a, pair.b)) for pair in pairs(limit)]
    measures: list[Measure] = []
    for group in FOUND:
        some = [one for one in told if one.pair.group == group]
        measures += measured(some, {f"{group}: told as a copy": _share_copied})
    rest = [one for one in told if one.pair.group not in FOUND]
    measures += measured(rest, {"taken for a copy that is none": _share_copied})
    measures += measured(told, {"changes: recall": _recall, "changes: precision": _precision})
    first = json.loads(FIRST.read_text(encoding="utf-8"))["copies"]
    return [replace(one, note=f"first {first[one.name]:.3f}") for one in measures]


def _share_copied(told: Sequence[Told]) -> float:
    return sum(one.match.verdict in COPIED for one in told) / len(told) if told else 0.0


def _recall(told: Sequence[Told]) -> float:
    keyed = sum(len(one.pair.changes) for one in told)
    return sum(len(one.found) for one in told) / keyed if keyed else 0.0


def _precision(told: Sequence[Told]) -> float:
    given = sum(len(one.match.changes) for one in told)
    return sum(len(one.right) for one in told) / given if given else 0.0


def misses(limit: int | None = None) -> Iterator[str]:
    """What is wrong, pair by pair."""
    for pair in pairs(limit):
        one = Told(pair, match_passages(pair.a, pair.b))
        if (one.match.verdict in COPIED) != (pair.group in FOUND):
            yield f"{pair.id}: {one.match.verdict} {one.match.score:.2f}, wanted {pair.verdict}"
        yield from (f"{pair.id}: not found: {' / '.join(gold)}" for gold in pair.changes if gold not in one.found)
        for change in one.match.changes:
            if change not in one.right:
                yield f"{pair.id}: not there: {change.kind} / {change.a_text} / {change.b_text}"


if __name__ == "__main__":
    run_scorer("rewordings", score, misses)
