"""The table by which a judgement becomes a number."""

import pytest

from benchmarks.factuality import band, value
from dateline.model.vocab import Certainty, Polarity, Status
from dateline.read.events.status import Reality


@pytest.mark.parametrize(
    ("reality", "number", "name"),
    [
        (Reality(status=Status.OCCURRED), 2.8, "yes"),
        (Reality(status=Status.OCCURRED, certainty=Certainty.HEDGED), 2.1, "maybe"),
        (Reality(status=Status.PLANNED, foretold=True), 2.5, "yes"),
        (Reality(status=Status.PLANNED, foretold=True, certainty=Certainty.HEDGED), 1.9, "maybe"),
        (Reality(status=Status.PLANNED), 1.9, "maybe"),
        (Reality(status=Status.POSSIBLE, certainty=Certainty.HEDGED), 1.2, "maybe"),
        (Reality(status=Status.OCCURRED, polarity=Polarity.NEGATED), -1.4, "no"),
        (Reality(status=Status.DEMANDED, polarity=Polarity.DENIED), -0.75, "no"),
    ],
)
def test_the_table_gives_each_judgement_its_number(reality: Reality, number: float, name: str) -> None:
    assert value(reality) == pytest.approx(number)
    assert band(value(reality)) == name


def test_less_real_is_never_worth_more() -> None:
    order = (Status.OCCURRED, Status.PLANNED, Status.POSSIBLE, Status.HYPOTHETICAL, Status.THREATENED)
    numbers = [value(Reality(status=status)) for status in order]
    assert numbers == sorted(numbers, reverse=True)
