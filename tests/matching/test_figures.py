"""Figures by what they are worth."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.matching.figures import figures_of
from dateline.matching.profile import Profile


def numbers(text: str) -> list[float]:
    return [figure.number for figure in figures_of(Profile(text), Knowledge())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fifty-eight goats", [58]),
        ("a hundred and two goats", [100, 2]),
        ("half a dozen goats, two dozen sheep", [6, 24]),
        ("3.5 million crowns", [3_500_000]),
        ("the 46-metre wall", [46]),
        ("at 4:20 a.m. in 2021", [260, 2021]),
        ("no figure at all", []),
        ("version 1.2.3", []),
    ],
)
def test_each_figure_has_its_number(text: str, expected: list[float]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("46 metres", "151 feet", True),
        ("46 metres", "46 feet", False),
        ("9 km", "6 miles", True),
        ("1.2 tonnes", "1,200 kilograms", True),
        ("31 per cent", "31", True),
        ("31 per cent", "27 per cent", False),
        ("4:20", "4.20 am", True),
        ("at 4:20", "420", False),
        ("12 goats", "twelve goats", True),
        ("600m", "600 metres", True),
        ("75m crowns", "75 million crowns", True),
        ("75m crowns", "100 million crowns", False),
    ],
)
def test_two_figures_are_one(one: str, other: str, same: bool) -> None:
    (a,), (b,) = (figures_of(Profile(text), Knowledge()) for text in (one, other))
    assert a.equals(b) is b.equals(a) is same
