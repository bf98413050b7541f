import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ingest.base import MOST_CHARACTERS, Fields, make_report

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1).filter(str.strip)


@given(TEXT)
def test_text_is_kept_code_point_for_code_point(text: str) -> None:
    assert make_report(text, Fields()).text == text


def test_newlines_become_line_feeds() -> None:
    assert make_report("a\r\nb\rc", Fields()).text == "a\nb\nc"


def test_the_same_input_has_the_same_id_and_another_date_another() -> None:
    first = make_report("Rain fell on Arden.", Fields(published="2031-05-06"))
    again = make_report("Rain fell on Arden.", Fields(published="2031-05-06"))
    later = make_report("Rain fell on Arden.", Fields(published="2031-05-07"))
    assert first.id == again.id != later.id
    assert first.text_sha256 == later.text_sha256


def test_nothing_unknown_is_filled() -> None:
    report = make_report("Rain fell.", Fields())
    assert (report.title, report.published, report.source, report.url, report.author) == (None,) * 5
    assert report.language is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("a\0b", "NUL"),
        ("a\ud800b", "lone surrogate at character 1"),
        ("a" * (MOST_CHARACTERS + 1), "characters"),
    ],
)
def test_what_is_not_a_text_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        make_report(text, Fields())


@pytest.mark.parametrize("published", ["yesterday", "2022-13-01", "2022-09-21/2022-09-19", "2022-01-01/a/b"])
def test_a_date_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(InputError):
        make_report("Rain fell.", Fields(published=published))


def test_own_fields_go_before_defaults() -> None:
    fields = Fields(title="Own").over(Fields(title="Default", source="Northline"))
    assert (fields.title, fields.source) == ("Own", "Northline")
