import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.matching.names import match_names

KINDS = st.sampled_from([None, "person", "organisation", "company", "vessel"])


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Mara Venn", "VENN, Mara", "person"),
        ("President Mara Venn", "Mara Venn", "person"),
        ("M. Vennholt", "Mara Vennholt", "person"),
        ("Mara Vennholt", "Mara Venholdt", "person"),
        ("Tarik Ilya Vennholt", "Tarik Vennholt", "person"),
        ("Сергій Веренко", "Serhii Verenko", "person"),
        ("Сергей Веренко", "Serhii Verenko", "person"),
        ("TarikVennholt", "Tarik Vennholt", "person"),
        ("Mohammed Varnani", "Muhamad al-Varnani", "person"),
        ("Arden Steel Ltd.", "ARDEN STEEL LIMITED", "company"),
        ("The Arden Bank", "Arden Bank", "organisation"),
        ("Arden Defence Institute", "Arden Defense Institute", "organisation"),
        ("Arden & Sons Inc", "Arden and Sons", "company"),
        ("Brigade Forty-Two", "42 Brigade", "organisation"),
    ],
)
def test_one_name_in_two_spellings_matches(a: str, b: str, kind: str) -> None:
    found = match_names(a, b, kind)
    assert found.match, found
    assert found.because


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Mara Venn", "Tarik Venn", "person"),
        ("Mara Vennholt", "Mara Lindqvist", "person"),
        ("Olek Sirenko", "Olena Sirenko", "person"),
        ("Mara Venn", "Venn", "person"),
        ("Arden Steel Ltd", "Arden Timber Ltd", "company"),
        ("Brigade 42", "Brigade 43", "organisation"),
        ("???", "!!!", None),
        ("", "Mara", None),
    ],
)
def test_two_names_do_not_match(a: str, b: str, kind: str | None) -> None:
    found = match_names(a, b, kind)
    assert not found.match, found


@given(st.text(max_size=25), st.text(max_size=25), KINDS)
def test_the_order_of_the_two_does_not_count(a: str, b: str, kind: str | None) -> None:
    left, right = match_names(a, b, kind), match_names(b, a, kind)
    assert left == right
    assert 0.0 <= left.score <= 1.0


@given(st.text(max_size=25), KINDS)
def test_a_name_is_itself(name: str, kind: str | None) -> None:
    assert match_names(name, name, kind).score == 1.0


@given(st.lists(st.sampled_from(["Mara", "Venn", "al", "bin", "O.", "Vennholt", "Jr", "XI", "42"]), max_size=5), KINDS)
def test_case_does_not_count(words: list[str], kind: str | None) -> None:
    name = " ".join(words)
    assert match_names(name.upper(), name.lower(), kind).score == 1.0 or not words
