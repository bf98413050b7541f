import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.handle import Knowledge
from dateline.matching.alignment import Alignment
from dateline.matching.passages import ENOUGH, FEWEST, could_match, match_kin, match_passages
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


def test_names_alone_are_no_copy() -> None:
    denied = "Julio Barrantes, manager of the Tres Olmas works, denied that its gates were shut."
    arrested = "Police went to Castrel to arrest Julio Barrantes, manager at Tres Olmas, at home."
    found = match_passages(denied, arrested)
    assert found.verdict is Verdict.NONE
    assert "hardly more than names and figures" in found.because


def test_what_is_told_beside_the_names_makes_a_rewrite() -> None:
    told = (
        "The council of Dorvik can no longer pay for the cooling, so the old ice rink beside the tannery will shut for "
        "good when the month ends."
    )
    retold = (
        "Unable to afford refrigeration, Dorvik is to close its ice rink by the tannery permanently at the end of the "
        "month, the council says."
    )
    found = match_passages(told, retold)
    assert found.verdict is Verdict.REWRITE
    assert found.because.startswith("told in other words")


KIN = (
    "The seawall was breached at dawn on its eastern flank, Ines Marlow, who heads the Kelmar watch, told reporters. "
    "Most of the dead lay asleep in the lower quarter."
)
RETOLD_KIN = (
    "According to Ines Marlow of the Kelmar watch, who met the press on the spot, the flank of the barrier broke open "
    "ahead of sunrise, and the majority of victims had been sleeping in that part of it."
)


def test_much_that_is_rare_in_common_needs_a_smaller_share() -> None:
    aground = (
        "The ferry Linnet ran aground in thick fog outside the harbour of Skerne, and all passengers on board were "
    )
    a = aground + "rescued by lifeboat."
    b = "The ferry Linnet grounded in dense fog near the harbour of Dunmar; a lifeboat brought everybody to safety."
    assert match_passages(a, b).because.startswith("told in other words")
    less = "The ferry Linnet grounded in bad weather near the harbour of Dunmar; a lifeboat plucked all from it."
    assert match_passages(a, less).verdict is Verdict.NONE


def test_close_kin_may_tell_it_in_any_order() -> None:
    a, b = Profile(KIN), Profile(RETOLD_KIN)
    knowledge = Knowledge()
    assert not match_passages(KIN, RETOLD_KIN).match
    assert match_kin(a, b, knowledge, close=True).verdict is Verdict.REWRITE
    assert match_kin(a, b, knowledge).verdict is Verdict.NONE
