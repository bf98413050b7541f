"""The matrix counts what the scorer saw, and shows no word of the texts."""

from collections import Counter

import pytest

from benchmarks import confusion, events
from benchmarks.confusion import causes, largest, matrix
from benchmarks.events import Scored

SEEN = (
    (Scored("AID", ("AID",), "AID"), "Arden sent flour to Tessaly."),
    (Scored("AID", ("AGREE",), "AGREE"), "Arden will send flour to Tessaly."),
    (Scored("AID", ("AID", "AGREE"), "AGREE"), "Arden promised the flour."),
    (Scored("REJECT", ("REJECT",), None), "They will not end the strike."),
)


def test_each_sentence_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusion, "scored", lambda limit: SEEN[:limit])
    lines = causes(4)
    assert "| AID | 2 | **1** | · | 3 | .33 |" in lines
    assert "| REJECT | · | · | 1 | 1 | .00 |" in lines
    assert "| all | 2 | 1 | 1 | 4 | .25 |" in lines
    assert "| AID | AGREE | 2 |" in lines
    assert not any("flour" in line or "strike" in line for line in lines)


def test_without_gold_there_is_no_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusion, "scored", lambda limit: ())
    assert causes() == []


def test_what_is_right_is_no_confusion_and_ten_are_shown() -> None:
    pairs = Counter({("AID", f"T{n:02}"): n + 1 for n in range(12)}) + Counter({("AID", "AID"): 99})
    told = list(largest(pairs))[2:]
    assert len(told) == 10
    assert told[0] == "| AID | T11 | 12 |"
    assert not any("99" in line for line in told)


def test_rows_have_as_many_cells_as_the_head() -> None:
    lines = list(matrix(Counter({("AID", "AID"): 1, ("AID", "none"): 2, ("THREATEN", "SANCTION"): 3})))
    assert len({line.count("|") for line in lines}) == 1
    assert lines[0].index("none") > lines[0].index("SANC")


def test_the_gold_is_read_once_for_the_table_and_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def read_gold(name: str, limit: int | None) -> list[dict[str, str]]:
        runs.append(name)
        return []

    monkeypatch.setattr(events, "read_gold", read_gold)
    events.scored.cache_clear()
    try:
        events.score(3)
        assert causes(3) == []
    finally:
        events.scored.cache_clear()
    assert runs == ["events"]
