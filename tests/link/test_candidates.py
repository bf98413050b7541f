import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link import candidates
from dateline.link.copies import Grower, Pair, Rows, link_copies
from dateline.link.index import MemoryIndex
from dateline.model.records import AnnotatedReport
from tests.link.build import report

PASSAGES = (
    "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.",
    "Rescuers pulled 14 miners from the flooded Dorvik shaft, the Ardovian water board said.",
    "Premier Ilse Torvald flew to Oskavar and promised tents, blankets and stoves to every household.",
    "A choir from Brannik won the harvest prize with a setting of an old fishing song about herons.",
    "Bakers in Hreb went on strike over the price of flour and closed forty shops in the quarter.",
    "Smugglers sank a ferry off Velm, and divers recovered copper, tobacco and two rusted rifles.",
)
OTHERS = ("herons", "lanterns", "quarry", "tenants", "copper", "harvest", "stoves", "ferry", "sluice", "Oskavar")


def made(seed: int, many: int) -> list[AnnotatedReport]:
    """Reports that take passages from each other, word for word or with words changed."""
    draw = random.Random(seed)
    reports = []
    for number in range(many):
        taken = draw.sample(PASSAGES, draw.randint(1, 4))
        lines = [
            " ".join(draw.choice(OTHERS) if draw.random() < share else word for word in passage.split())
            for passage in taken
            for share in (draw.choice((0.0, 0.1, 0.3)),)
        ]
        id = f"r{draw.randrange(10**6):06}-{number}"
        reports.append(report(id, "\n\n".join(lines), f"2031-05-{draw.randint(1, 28):02}"))
    return reports


class Kept:
    """What a ledger would keep of copies, pair by pair."""

    def __init__(self) -> None:
        self.rows: dict[Pair, Rows] = {}
        self.again = 0

    def take(self, found: Iterator[tuple[Pair, Rows]]) -> None:
        for pair, rows in found:
            self.again += pair in self.rows
            self.rows[pair] = rows

    def copied(self, reports: Sequence[str]) -> list[Pair]:
        return [pair for pair, (copies, _) in self.rows.items() if copies and set(pair) <= set(reports)]


@pytest.fixture(params=[(2, 3), (4, 9), (candidates.CROWD, candidates.FAMILY)])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Limits so low that a handful of reports crosses them, and the real ones."""
    crowd, family = request.param
    monkeypatch.setattr(candidates, "CROWD", crowd)
    monkeypatch.setattr(candidates, "FAMILY", family)
    monkeypatch.setattr(candidates, "_LIMITS", np.where(candidates._SIZES >= candidates.FULL, family, crowd))
    return crowd, family


@pytest.mark.parametrize("seed", range(4))
def test_copies_kept_up_are_those_found_at_once(knowledge: Knowledge, limits: tuple[int, int], seed: int) -> None:
    given = made(seed, 40)
    by_id = {one.report.id: one for one in given}
    at_once = link_copies(given, knowledge)
    draw = random.Random(seed)
    waiting, kept, grower = sorted(by_id), Kept(), Grower(MemoryIndex(), by_id.__getitem__, knowledge)
    draw.shuffle(waiting)
    while waiting:
        many = draw.choice((1, 1, 2, 7))
        some, waiting = sorted(waiting[:many]), waiting[many:]
        kept.take(grower.grow(some, kept.copied))
    assert {c.id: c for copies, _ in kept.rows.values() for c in copies} == {c.id: c for c in at_once[0]}
    assert {c.id: c for _, changes in kept.rows.values() for c in changes} == {c.id: c for c in at_once[1]}
    assert len(at_once[0]) > 40
    assert kept.again or limits[0] == candidates.CROWD == 24


def test_equal_passages_of_a_large_family_are_tied_to_its_first_report(
    knowledge: Knowledge, limits: tuple[int, int]
) -> None:
    ids = [f"r{number:02}" for number in range(min(limits[1] + 3, 15))]
    copies, _ = link_copies([report(id, PASSAGES[0]) for id in ids], knowledge)
    pairs = {(c.a.report, c.b.report) for c in copies}
    if len(ids) > limits[1]:
        assert pairs == {(ids[0], id) for id in ids[1:]}
    else:
        assert len(pairs) == len(ids) * (len(ids) - 1) // 2
