import pytest

from dateline.matching.rarity import TABLE, weight_of
from dateline.matching.sentences import sentences
from dateline.matching.stems import key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recognising", "recognized"),
        ("mobilisation", "mobilization"),
        ("neighbours", "neighbor"),
        ("Ardovia", "Ardovian"),
        ("Ukraine", "Ukrainians"),
        ("300,000", "300000"),
        ("U.N.", "UN"),
        ("Hreb’s", "Hreb"),
        ("isn’t", "not"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("appointed", "elected"), ("14", "41"), ("escort", "force")])
def test_two_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_rarity_is_small_licensed_and_ordered() -> None:
    assert TABLE.stat().st_size < 1_000_000
    assert "CC BY-SA 4.0" in TABLE.read_text(encoding="utf-8")[:600]
    assert weight_of("the") == 0 < weight_of("presid") < weight_of("sabotag") < weight_of("oskavar")


def test_sentences_keep_initials_and_titles() -> None:
    text = "Gen. J. Valk left. The U.N. stayed! “Why?” she asked. 12 ships sailed."
    assert [s.of(text) for s in sentences(text)] == [
        "Gen. J. Valk left.",
        "The U.N. stayed!",
        "“Why?” she asked.",
        "12 ships sailed.",
    ]
