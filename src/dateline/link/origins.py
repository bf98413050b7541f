"""From how many sources the tellings of one incident could come, as an interval."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from dateline.link.world import Told, World
from dateline.model.vocab import Verdict

_CERTAIN = frozenset({Verdict.IDENTICAL, Verdict.LIGHT_EDIT})


def origins(group: Sequence[Told], world: World) -> tuple[int, int, str]:
    """The fewest and most sources that the tellings could come from, and what ties them.

    Fewest: reports tied by any sign of copying, one agency, one claimant, one publisher, or not knowing the
    publisher count as one. Most: only near-verbatim copies, one agency or one publisher count as one. That no
    copying is found shows nothing more than that.
    """
    told: dict[str, list[Told]] = defaultdict(list)
    for one in group:
        told[one.report.id].append(one)
    ids = sorted(told)
    possible: list[tuple[str, str]] = []
    certain: list[tuple[str, str]] = []
    words: list[str] = []
    for a, b in combinations(ids, 2):
        tie, sure = _tie(a, b, told, world)
        if tie:
            possible.append((a, b))
            if len(words) < 4:
                words.append(f"{a} and {b}: {tie}")
        if sure:
            certain.append((a, b))
    if len(ids) > 1 and not possible:
        words.append("no copying found")
    return _groups(ids, possible), _groups(ids, certain), "; ".join(words)


def _tie(a: str, b: str, told: dict[str, list[Told]], world: World) -> tuple[str | None, bool]:
    copies = world.copies.get((a, b), []) or world.copies.get((b, a), [])
    one, two = world.reports[a].report, world.reports[b].report
    verdicts = {copy.verdict for copy in copies}
    if verdicts & _CERTAIN:
        return "nearly the same words", True
    agency = world.credits.agency(a)
    if agency is not None and agency == world.credits.agency(b):
        return f"both credit {agency}", True
    if one.source is not None and one.source == two.source:
        return "one publisher", True
    if verdicts:
        return "retold passages", False
    claimants = ({t.claimant for t in told[a]}, {t.claimant for t in told[b]})
    if None not in claimants[0] | claimants[1] and claimants[0] & claimants[1]:
        return "one claimant", False
    if one.source is None or two.source is None:
        return "no copying found, but a publisher is unknown", False
    return None, False


def _groups(ids: Sequence[str], ties: Iterable[tuple[str, str]]) -> int:
    first = {id: id for id in ids}
    for a, b in ties:
        x, y = first[a], first[b]
        first = {id: (min(x, y) if now in (x, y) else now) for id, now in first.items()}
    return len(set(first.values()))
