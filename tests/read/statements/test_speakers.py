"""Who a speaker is within the report: antecedents, pronouns, role phrases, and what stays open."""

import pytest

from dateline import read_report
from dateline.model.records import AnnotatedReport


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each statement's speaker: the words, the name resolved to, the phrase that it stands for."""
    annotated = read_report(text, published="2031-05-04")
    assert not annotated.failures
    names = {referent.id: referent.name for referent in annotated.referents}
    speakers = [s.speaker for s in annotated.statements if s.speaker is not None]
    return [(p.text, names.get(p.referent or ""), p.stands_for) for p in speakers]


def chain(text: str) -> tuple[str, list[str], str | None]:
    """The innermost statement's speaker, those it passed through, and to whom it was said."""
    annotated: AnnotatedReport = read_report(text, published="2031-05-04")
    one = max(annotated.statements, key=lambda s: (len(s.via), -len(s.content[0])))
    assert one.speaker is not None
    return one.speaker.text, [part.text for part in one.via], one.addressee.text if one.addressee else None


def test_a_relative_pronoun_is_the_speaker_as_the_report_says_it_and_its_antecedent_whom_it_means() -> None:
    assert told("The road was closed by Mara Venn, who said the bridge would reopen.") == [("who", "Mara Venn", None)]
    assert told("The clerk met a guard who said the gate was open.") == [("who", None, "a guard")]
    assert told("The road was closed by Mara Venn, a mason who said it was unsafe.") == [("who", "Mara Venn", None)]


def test_a_clause_that_tells_which_one_belongs_to_the_speaker_and_an_aside_does_not() -> None:
    assert told("A man who had been on the bridge said it shook.")[0][0] == "A man who had been on the bridge"
    assert told("Mara Venn, who had been on the bridge, said it shook.")[0][0] == "Mara Venn"


def test_a_pronoun_takes_the_words_of_those_whom_nobody_names() -> None:
    assert told("Officials said the dam was weak. They warned that it would burst.")[1] == ("They", None, "Officials")


def test_a_named_subject_nearer_than_the_last_speaker_is_meant() -> None:
    text = "Peter Dorn said the dam was weak. Viktor Sall walked to the gate. He said it would hold."
    assert told(text)[-1] == ("He", "Viktor Sall", None)
    text = "Peter Dorn said the dam was weak. Olena Venn was jeered when she said it would hold."
    assert told(text)[-1] == ("she", "Olena Venn", None)


def test_a_given_name_borne_by_one_sex_keeps_a_pronoun_of_the_other_away() -> None:
    text = "Olena Venn said the dam was weak. Peter Dorn said it was safe. She added that the road was open."
    assert told(text)[-1] == ("She", "Olena Venn", None)


def test_he_after_a_woman_alone_stays_open() -> None:
    assert told("Olena Venn said the dam was weak. He added that the road was open.")[-1] == ("He", None, None)


def test_a_role_goes_to_the_one_who_bears_it_and_to_nobody_where_two_do() -> None:
    one = "Mayor Olena Venn walked to the dam. Peter Dorn said it shook. The mayor said it would hold."
    assert told(one)[-1] == ("The mayor", "Olena Venn", None)
    two = "Mayor Olena Venn met Mayor Peter Dorn at the dam. The mayor said it would hold."
    assert told(two)[-1] == ("The mayor", None, None)


def test_a_body_is_not_its_spokesman() -> None:
    text = "Peter Dorn, a spokesman for the academy, said the dam was weak. The academy said it would hold."
    assert told(text)[-1][1] is None


def test_a_version_of_the_report_says_nothing() -> None:
    assert told("An earlier version of this report said the dam was weak.") == []


@pytest.mark.parametrize(
    ("text", "speaker", "via", "addressee"),
    [
        (
            "Mara Venn said Edrin Sall had told the council that the dam was weak.",
            "Edrin Sall",
            ["Mara Venn"],
            "the council",
        ),
        ("The dam will hold, Mara Venn said, quoted by the Korrin agency.", "Mara Venn", ["the Korrin agency"], None),
        ("Mara Venn, quoted by the Korrin agency, said the dam would hold.", "Mara Venn", ["the Korrin agency"], None),
        (
            "The Korrin agency quoted Mara Venn as saying that the dam was weak.",
            "Mara Venn",
            ["The Korrin agency"],
            None,
        ),
        (
            "“The dam is weak,” Mara Venn was quoted as saying by the Korrin agency.",
            "Mara Venn",
            ["the Korrin agency"],
            None,
        ),
        (
            "Mara Venn said, in comments carried by the Korrin agency, that the dam was weak.",
            "Mara Venn",
            ["the Korrin agency"],
            None,
        ),
        (
            "The dam was weak, officials said, according to the Korrin agency.",
            "officials",
            ["the Korrin agency"],
            None,
        ),
        ("Mara Venn told the Korrin agency that the dam would hold.", "Mara Venn", [], "the Korrin agency"),
        ("In a letter to the council on Monday, Mara Venn said the dam was weak.", "Mara Venn", [], "the council"),
        ("Speaking to reporters on Friday, Mara Venn said the dam was weak.", "Mara Venn", [], "reporters"),
    ],
)
def test_chains_and_addressees(text: str, speaker: str, via: list[str], addressee: str | None) -> None:
    assert chain(text) == (speaker, via, addressee)


def test_the_day_of_saying_may_stand_with_the_occasion() -> None:
    annotated = read_report("Speaking to reporters on Friday, Mara Venn said the dam was weak.", published="2031-05-04")
    assert [s.said_on for s in annotated.statements] == ["2031-05-02"]


def test_who_issued_a_statement_speaks_not_the_statement() -> None:
    assert told("Mara Venn issued a statement saying that the dam was weak.")[0][1] == "Mara Venn"


def test_what_is_added_goes_with_the_one_who_tells() -> None:
    text = "Mara Venn said that Peter Dorn had left, adding that the dam was weak."
    assert [words for words, _, _ in told(text)] == ["Mara Venn", "Mara Venn"]


def test_the_owner_of_an_account_is_its_speaker_and_not_the_owner_of_a_body() -> None:
    said = '"We are safe," Colonel Arn Stell said. '
    assert told(said + "According to his information two villagers died.")[1] == (
        "his information",
        "Arn Stell",
        None,
    )
    assert told(said + "According to his brigade two villagers died.")[1] == ("his brigade", None, None)
