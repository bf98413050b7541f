"""Copies planted among reports of our own making (benchmarks/plants.py): found, not imagined, and their changes named.

    python -m benchmarks.planted [--limit WORLDS] [--misses K] [--tune]

The figures are those of the held-out half of the words, events and names; ``--tune`` shows the other half.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from benchmarks.common import Measure, Statistic, measured, run_scorer
from benchmarks.plants import Degree, Planted, Planter, Sentence
from benchmarks.reading import product_verifier
from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.link.lineage import LEAST_SHARE, link_lineage
from dateline.link.origins import count_origins
from dateline.link.world import World
from dateline.model.links import Change, Copy, Lineage
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.model.vocab import Direction, Verdict
from dateline.read.segment import segment

WORLDS = 24
HELD_OUT_SEED = 1000
LIGHT = frozenset({Verdict.IDENTICAL, Verdict.LIGHT_EDIT})

Site = tuple[str, Span]


class Outcome(Struct, frozen=True, kw_only=True):
    """One thing that was right or wrong, for the measure of that name; ``what`` shows it."""

    measure: str
    right: bool
    what: str


class _World(Struct, frozen=True):
    """A world's reports with what was linked across them."""

    planted: dict[str, Planted]
    sites: dict[str, list[tuple[Sentence, Span]]]
    copies: tuple[Copy, ...]
    changes: tuple[Change, ...]
    lineage: tuple[Lineage, ...]
    world: World


def _linked(planted: Sequence[Planted], knowledge: Knowledge) -> _World:
    reports = []
    for one in planted:
        day = Published.parse(one.published) if one.published else None
        made = Report(id=one.id, text=one.text, published=day, source=one.source, language="en")
        reports.append(AnnotatedReport(report=made, passages=segment(made)))
    copies, changes = link_copies(reports, knowledge, product_verifier())
    return _World(
        {one.id: one for one in planted},
        {one.id: one.spans() for one in planted},
        copies,
        changes,
        link_lineage(reports, copies),
        World(reports, (), copies),
    )


def _outcomes(held_out: bool, seed: int, knowledge: Knowledge) -> Iterator[Outcome]:
    made = _linked(Planter(seed, held_out).reports(), knowledge)
    yield from _copies_found(made)
    yield from _copies_right(made)
    yield from _directions(made)
    yield from _origins(made)
    yield from _changes(made)
    yield from _second_hand(_linked(Planter(seed, held_out, further=True).reports(), knowledge))


def _meets(one: Span, other: Span) -> bool:
    both = min(one.end, other.end) - max(one.start, other.start)
    return 2 * both >= min(len(one), len(other)) > 0


def _pairs(made: _World) -> Iterator[tuple[Planted, Sentence, Span, str, Sentence, Span]]:
    """Each copied sentence with the one that it was copied from."""
    for child in made.planted.values():
        for sentence, span in made.sites[child.id]:
            if sentence.parent:
                parent = next(s for s in made.sites[sentence.parent] if s[0].line == sentence.line)
                yield child, sentence, span, sentence.parent, *parent


def _between(made: _World, a: str, b: str) -> Iterator[tuple[Copy, Span, Span]]:
    """The copies between two reports, with their spans in each."""
    for copy in made.world.copies.get((a, b), ()):
        yield copy, copy.a.span, copy.b.span
    for copy in made.world.copies.get((b, a), ()):
        yield copy, copy.b.span, copy.a.span


def _copies_found(made: _World) -> Iterator[Outcome]:
    for child, sentence, span, parent, other, there in _pairs(made):
        # That a quotation is shared shows no copying, be it copied.
        if sentence.line.endswith("-q"):
            continue
        copies = [c for c, x, y in _between(made, child.id, parent) if _meets(span, x) and _meets(there, y)]
        what = f"{child.degree} {child.id} {sentence.text!r} ~ {other.text!r}"
        yield Outcome(measure=f"{child.degree}: recall", right=bool(copies), what=what)
        if child.degree in (Degree.SPUN_20, Degree.SPUN_35, Degree.SPUN_50):
            yield Outcome(measure="spun: recall", right=bool(copies), what=what)
        if copies and child.degree is Degree.SYNDICATED:
            light = any(copy.verdict in LIGHT for copy in copies)
            yield Outcome(measure="verdict: syndicated is identical or a light edit, share", right=light, what=what)
        if copies and sentence.spun >= 0.4:
            rewrite = all(copy.verdict is Verdict.REWRITE for copy in copies)
            yield Outcome(measure="verdict: 40 % spun is a rewrite, share", right=rewrite, what=what)


def _copies_right(made: _World) -> Iterator[Outcome]:
    for copy in made.copies:
        if copy.verdict is Verdict.SHARED_QUOTE:
            continue
        lines = [
            {s.line for s, span in made.sites[site.report] if _meets(span, site.span)} for site in (copy.a, copy.b)
        ]
        words = [site.span.of(made.planted[site.report].text) for site in (copy.a, copy.b)]
        what = f"{copy.verdict} {words[0]!r} ~ {words[1]!r} [{copy.because}]"
        yield Outcome(measure="copies: precision", right=bool(lines[0] & lines[1]), what=what)


def _directions(made: _World) -> Iterator[Outcome]:
    rows = {frozenset((row.report, row.from_report or "")): row for row in made.lineage}
    for child in made.planted.values():
        for parent in child.parents:
            copied = [span for s, span in made.sites[child.id] if s.parent == parent]
            share = sum(map(len, copied)) / len(child.text)
            row = rows.get(frozenset((child.id, parent)))
            what = f"{child.id} from {parent}, {share:.0%}: {row.because if row else 'no row'}"
            if share >= 2 * LEAST_SHARE:
                yield Outcome(measure="lineage: recall", right=row is not None, what=what)
            if row is not None:
                known = row.direction is not Direction.UNKNOWN
                if child.published or child.credited:
                    right = known and row.report == child.id
                    yield Outcome(measure="direction with dates or credits: accuracy", right=right, what=what)
                else:
                    yield Outcome(measure="direction without: share left unknown", right=not known, what=what)
    for row in made.lineage:
        if row.from_report and row.direction is not Direction.UNKNOWN:
            known = row.from_report in made.planted[row.report].parents
            what = f"{row.report} from {row.from_report}: {row.because}"
            yield Outcome(measure="direction: precision (parent and child, not siblings)", right=known, what=what)


def _second_hand(made: _World) -> Iterator[Outcome]:
    """Where copies are copied again, to call no copy of a report a parent is not enough."""
    directed = {(row.report, row.from_report): row for row in made.lineage if row.direction is not Direction.UNKNOWN}
    for (report, other), row in directed.items():
        if other is not None:
            what = f"{report} from {other}: {row.because}"
            right = other in _ancestors(made, report)
            yield Outcome(measure="second hand: precision (forebear and heir, not siblings)", right=right, what=what)
    for child in made.planted.values():
        for parent in child.parents:
            if not child.published or not made.planted[parent].parents:
                continue
            known = (child.id, parent) in directed
            what = f"{child.id} ({child.degree}) from {parent} ({made.planted[parent].degree})"
            if made.planted[parent].degree is Degree.SYNDICATED:
                # Nothing tells a copy of a report from a copy of its word-for-word copy.
                yield Outcome(
                    measure="second hand: by a word-for-word copy, share left unknown", right=not known, what=what
                )
            else:
                yield Outcome(measure="second hand: by an edited or spun copy, share known", right=known, what=what)


def _ancestors(made: _World, report: str) -> set[str]:
    found: set[str] = set()
    left = [report]
    while left:
        more = set(made.planted[left.pop()].parents) - found
        found |= more
        left += more
    return found


def _origins(made: _World) -> Iterator[Outcome]:
    events: dict[str, list[Planted]] = defaultdict(list)
    for one in made.planted.values():
        events[one.event].append(one)
    for event, group in events.items():
        if len(group) < 2:
            continue
        truth = sum(not one.parents for one in group)
        low, high, why = count_origins({one.id: {None} for one in group}, made.world)
        what = f"{event}: {truth} origins, found {low}-{high} {[(o.id, o.parents, str(o.degree)) for o in group]} {why}"
        yield Outcome(measure="origins: interval holds the truth, share", right=low <= truth <= high, what=what)
        yield Outcome(measure="origins: exact, share", right=low == high == truth, what=what)


def _changes(made: _World) -> Iterator[Outcome]:
    copies = {copy.id: copy for copy in made.copies}
    by_pair: dict[tuple[str, str], list[tuple[Change, Span, Span]]] = defaultdict(list)
    for change in made.changes:
        copy = copies[change.copy]
        a, b = Span(change.a_start, change.a_end), Span(change.b_start, change.b_end)
        by_pair[copy.a.report, copy.b.report].append((change, a, b))
        by_pair[copy.b.report, copy.a.report].append((change, b, a))
    true: set[str] = set()
    for child, sentence, span, parent, other, there in _pairs(made):
        altered = sentence.altered
        if altered is None or sentence.text == other.text:
            continue
        mine, theirs = (
            [at.shift(whole.start) for at in one.where(altered.key) if len(at)] or [whole]
            for one, whole in ((sentence, span), (other, there))
        )
        there_too = [
            c
            for c, x, y in by_pair[child.id, parent]
            if any(_near(x, at) for at in mine) and any(_near(y, at) for at in theirs)
        ]
        met = any(c.kind is altered.kind for c in there_too)
        # A second name for one change, beside the right one, is no alarm.
        if met:
            true.update(c.id for c in there_too)
        copied = any(_meets(span, x) and _meets(there, y) for _, x, y in _between(made, child.id, parent))
        what = f"{altered.kind} {'' if copied else '(no copy)'} {other.text!r} -> {sentence.text!r}"
        yield Outcome(measure="changes: recall", right=met, what=what)
        yield Outcome(measure=f"changes, {altered.kind}: recall", right=met, what=what)
    for change in made.changes:
        copy = copies[change.copy]
        one_report, other_report = made.planted[copy.a.report], made.planted[copy.b.report]
        if one_report.id in other_report.parents or other_report.id in one_report.parents:
            words = [site.span.of(made.planted[site.report].text) for site in (copy.a, copy.b)]
            what = f"{change.kind} {change.a_text!r} -> {change.b_text!r} ({change.because}) {words}"
            yield Outcome(measure="changes: precision", right=change.id in true, what=what)


def _near(one: Span, other: Span) -> bool:
    return one.start <= other.end + 1 and other.start <= one.end + 1


@lru_cache(maxsize=4)
def outcomes(held_out: bool, worlds: int) -> tuple[Outcome, ...]:
    """All outcomes of so many worlds of one half."""
    knowledge = Knowledge()
    first = HELD_OUT_SEED if held_out else 0
    return tuple(o for n in range(worlds) for o in _outcomes(held_out, first + n, knowledge))


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def score(limit: int | None = None, held_out: bool = True) -> list[Measure]:
    """The share that came out right, for each measure."""
    by_measure: dict[str, list[bool]] = defaultdict(list)
    for one in outcomes(held_out, min(limit or WORLDS, WORLDS)):
        by_measure[one.measure].append(one.right)
    statistics: Mapping[str, Statistic[bool]] = dict.fromkeys(by_measure, _share)
    return [m for name in sorted(by_measure) for m in measured(by_measure[name], {name: statistics[name]})]


def misses(limit: int | None = None, held_out: bool = True) -> Iterator[str]:
    """What came out wrong, by measure."""
    for one in sorted(outcomes(held_out, min(limit or WORLDS, WORLDS)), key=lambda o: o.measure):
        if not one.right:
            yield f"{one.measure} | {one.what}"


if __name__ == "__main__":
    tune = "--tune" in sys.argv
    sys.argv = [word for word in sys.argv if word != "--tune"]
    run_scorer("planted", lambda n: score(n, not tune), lambda n: misses(n, not tune))
