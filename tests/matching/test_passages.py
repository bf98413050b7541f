import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.matching.alignment import Alignment
from dateline.matching.passages import ENOUGH, FEWEST, could_match, match_passages
from dateline.matching.profile import Profile
from dateline.model.vocab import Verdict

WORDS = st.sampled_from(
    [
        "the",
        "a",
        "of",
        "in",
        "on",
        "Velm",
        "Oskavar",
        "Kelmar",
        "dam",
        "sluice",
        "ferry",
        "seven",
        "41",
        "1,200",
        "council",
        "said",
        "not",
        "“",
        "”",
        ",",
        ".",
        "\n",
        "Marisol",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join))


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_the_score_is_the_same_both_ways(a: str, b: str) -> None:
    there, back = match_passages(a, b), match_passages(b, a)
    assert (there.score, there.match, there.verdict) == (back.score, back.match, back.verdict)
    assert 0.0 <= there.score <= 1.0


@given(TEXTS)
def test_equal_text_is_identical(text: str) -> None:
    found = match_passages(text, text)
    assert (found.verdict, found.score, found.match) == (Verdict.IDENTICAL, 1.0, True)


@given(TEXTS, TEXTS)
def test_the_cheap_bound_never_loses_a_match_that_shares_enough(a: str, b: str) -> None:
    one, other = Profile(a), Profile(b)
    if (
        len(one.telling & other.telling) >= FEWEST
        and match_passages(a, b).match
        and Alignment(one, other).shared >= ENOUGH
    ):
        assert could_match(one, other)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("The Kelmar dam failed.", "the  Kelmar dam failed", Verdict.IDENTICAL),
        (
            "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.",
            "The Kelmar dam failed at dawn Sunday, flooding nine villages of the Sarvan delta.",
            Verdict.LIGHT_EDIT,
        ),
        (
            "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.",
            "Nine Sarvan delta villages were flooded on Sunday after the Kelmar dam's failure.",
            Verdict.REWRITE,
        ),
        (
            "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.",
            "Fishermen of the delta elected a new council on Sunday.",
            Verdict.NONE,
        ),
    ],
)
def test_verdicts(a: str, b: str, verdict: Verdict) -> None:
    assert match_passages(a, b).verdict is verdict


def test_a_banner_shared_is_not_copying() -> None:
    banner = "Oskavar, Kelmar, Dorvik, Hreb, Ardovia"
    found = match_passages(f"Workers sweep leaves under a banner reading {banner}", f"Choirs rehearse: “{banner}”")
    assert found.verdict is Verdict.SHARED_QUOTE
    assert not found.match
