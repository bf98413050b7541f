"""From how many sources the tellings of one incident could come, as an interval."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from dateline.link.ties import tied
from dateline.link.world import Told, World
from dateline.matching.sources import one_source
from dateline.model.span import Span, covered
from dateline.model.vocab import Direction, Verdict

_CERTAIN = frozenset({Verdict.IDENTICAL, Verdict.LIGHT_EDIT})
SEVERAL = 2
"""From so many retold passages on, two reports surely share a source: one alone may be chance."""
COVERED = 0.8
"""The share of a report that two others tell together, when it is likely to be put together from them."""
SHOWN = 4


class Tie(Struct, frozen=True):
    """Why two reports may be one source, and whether that is sure.

    ``child`` is the one that took from the other, where known; ``spans`` are the copied words of each.
    """

    a: str
    b: str
    why: str
    sure: bool
    child: str | None = None
    spans: dict[str, list[Span]] = {}

    def other(self, report: str) -> str:
        """The report that it ties one to."""
        return self.b if report == self.a else self.a


def origins(group: Sequence[Told], world: World) -> tuple[int, int, str]:
    """The fewest and most sources that the tellings of one incident could come from, and what ties them."""
    claimants: dict[str, set[str | None]] = defaultdict(set)
    for one in group:
        claimants[one.report.id].add(one.claimant)
    return count_origins(claimants, world)


def count_origins(claimants: Mapping[str, set[str | None]], world: World) -> tuple[int, int, str]:
    """The same for reports with those whom each of them gives as claimants.

    Fewest: reports tied by any sign of copying, one agency, one claimant, one publisher, or not knowing the
    publisher count as one. Most: only near-verbatim copies, reports that share several retold passages, one agency
    or one publisher count as one. A report that surely follows several others is no source, and makes them one only
    where it has the same words from them. That no copying is found shows nothing more than that.
    """
    ids = sorted(claimants)
    ties = [tie for a, b in combinations(ids, 2) if (tie := _tie(a, b, claimants, world)) is not None]
    merged = {id for id in ids if _merges(id, ties, world, likely=True)}
    maybe = {id for id in ids if _merges(id, ties, world, likely=False)}
    words = [f"{tie.a} and {tie.b}: {tie.why}" for tie in ties[:SHOWN]]
    words += [f"{id} is put together from several" for id in sorted(merged)]
    if len(ids) > 1 and not ties:
        words.append("no copying found")
    fewest = _sources(ids, [_following(tie, merged) for tie in ties])
    most = _sources(ids, [_following(tie, maybe) for tie in ties if tie.sure])
    return fewest, most, "; ".join(words)


def _following(tie: Tie, merged: set[str]) -> Tie:
    child = min({tie.a, tie.b} & merged, default=None)
    return replace(tie, child=child) if tie.child is None and child in tie.spans else tie


def _merges(id: str, ties: Sequence[Tie], world: World, likely: bool) -> bool:
    """Whether a report whose place in time is unknown may be put together from others, or is likely to be.

    It may where two reports that share nothing with each other tell each a stretch of its own. It is likely where
    these make up the whole of it: that two took disjoint parts of it which leave nothing would be chance.
    """
    mine = {tie.other(id): tie for tie in ties if id in tie.spans}
    if any(tie.child is not None for tie in mine.values()):
        return False
    known = {frozenset((tie.a, tie.b)) for tie in ties}
    for x, y in combinations(sorted(mine), 2):
        held = mine[x].spans[id], mine[y].spans[id]
        if frozenset((x, y)) in known or _meet(*held):
            continue
        if not likely or _length(covered([*held[0], *held[1]])) >= COVERED * _told(id, world):
            return True
    return False


def _told(id: str, world: World) -> int:
    return sum(len(passage.evidence.span) for passage in world.reports[id].passages)


def _length(spans: Iterable[Span]) -> int:
    return sum(len(span) for span in spans)


def _sources(ids: Sequence[str], ties: Iterable[Tie]) -> int:
    """How many groups of reports are left when what is tied is joined.

    A report that took from others joins the first of them; those it joins only where they gave it the same words.
    """
    edges: list[tuple[str, str]] = []
    parents: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.child is None:
            edges.append((tie.a, tie.b))
        else:
            parents[tie.child].append(tie)
    for child, some in sorted(parents.items()):
        # What a parent itself took from others is told by those.
        firsts = [tie for tie in some if tie.other(child) not in parents] or some[:1]
        edges.append((child, firsts[0].other(child)))
        edges += [(x.other(child), y.other(child)) for x, y in combinations(firsts, 2)
                  if _meet(x.spans[child], y.spans[child])]  # fmt: skip
    return len(set(tied(ids, edges).values()))


def _meet(mine: Sequence[Span], theirs: Sequence[Span]) -> bool:
    """Whether two parents gave a report the same of its words."""
    return any(2 * (min(x.end, y.end) - max(x.start, y.start)) >= min(len(x), len(y)) for x in mine for y in theirs)


def _tie(a: str, b: str, claimants: Mapping[str, set[str | None]], world: World) -> Tie | None:
    copies = world.copies.get((a, b), []) or world.copies.get((b, a), [])
    one, two = world.reports[a].report, world.reports[b].report
    agency = world.credits.agency(a)
    if agency is not None and agency == world.credits.agency(b):
        return Tie(a, b, f"both credit {agency}", True)
    if one.source is not None and one.source == two.source:
        # What a publisher has from an agency is not its own.
        agencies = [found for id in (a, b) if (found := world.credits.agency(id)) is not None]
        own = all(one_source(found, one.source) for found in agencies)
        return Tie(a, b, "one publisher", own)
    if copies:
        near = any(copy.verdict in _CERTAIN for copy in copies)
        sure = near or len({copy.rests_on for copy in copies}) >= SEVERAL
        direction, _ = world.credits.direction(a, b)
        child = {Direction.A_FROM_B: a, Direction.B_FROM_A: b}.get(direction)
        spans: dict[str, list[Span]] = {a: [], b: []}
        for copy in copies:
            for site in (copy.a, copy.b):
                spans[site.report].append(site.span)
        return Tie(a, b, "nearly the same words" if near else "retold passages", sure, child, spans)
    if None not in claimants[a] | claimants[b] and claimants[a] & claimants[b]:
        return Tie(a, b, "one claimant", False)
    if one.source is None or two.source is None:
        return Tie(a, b, "no copying found, but a publisher is unknown", False)
    return None
