from typing import Any

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.head import HeadKind, HeadWords
from dateline.model.records import Head
from dateline.model.report import Published, Report
from dateline.model.vocab import Label
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


@pytest.fixture(scope="module")
def head(parser: Parser, knowledge: Knowledge) -> Any:
    def read(text: str) -> Head:
        published = Published.parse("2022-10-01")
        report = Report(id="r", text=text, language="en", published=published)
        return read_report(report, parser, knowledge).head

    return read


@pytest.mark.parametrize(
    ("text", "place", "on", "agency"),
    [
        ("KYIV, Sept 30 (Agency) - The dam burst.", "Kyiv", "2022-09-30", "Agency"),
        ("MOSCOW (AP) — The dam burst.", "Moscow", None, "AP"),
        ("PORT VELM, Arden (Reuters) - The dam burst.", "Port Velm, Arden", None, "Reuters"),
        ("Arden, 30 September (BelTA) - The dam burst.", "Arden", "2022-09-30", "BelTA"),
        ("ARDEN, September 30. /TASS/. The dam burst.", "Arden", "2022-09-30", "TASS"),
        ("ARDEN — The dam burst.", "Arden", None, None),
        ("A dam bursts\n\nARDEN, Sept. 30 (Xinhua) -- The dam burst.", "Arden", "2022-09-30", "Xinhua"),
    ],
)
def test_datelines(head: Any, text: str, place: str, on: str | None, agency: str | None) -> None:
    found = head(text)
    assert (found.place, found.date, found.agency) == (place, on, agency)
    assert found.dateline is not None
    assert not found.dateline.text.endswith(("-", "—", " "))


@pytest.mark.parametrize(
    "text",
    [
        "The dam burst - and nobody knew.",
        "Mara Venn - the mayor - said no.",
        "NATO said the dam was safe.",
        "Latest news | The dam burst",
        "Mara Venn (Arden Party) - who lost - left.",
    ],
)
def test_what_is_no_dateline(head: Any, text: str) -> None:
    assert head(text).dateline is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The dam burst.\n\nNobody was hurt. (Reuters)", "Reuters"),
        ("The dam burst.\n\nAssociated Press", "AP"),
        ("The dam burst, a Reuters witness said.", None),
    ],
)
def test_agency_credits(head: Any, text: str, agency: str | None) -> None:
    assert head(text).agency == agency


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("A dam bursts\nPublished 30 September 2022\nThe dam burst.", ["30 September 2022"]),
        ("A dam bursts\nUpdated: Sept. 30, 2022\nThe dam burst.", ["Sept. 30, 2022"]),
        ("A dam bursts\nSept. 30, 2022\nThe dam burst.", ["Sept. 30, 2022"]),
        ("The dam burst on September 3, 2022, in Arden.", []),
        ("A dam bursts\nPublished 29 September 2022 | Updated 30 September 2022\nThe dam burst.",
         ["29 September 2022", "30 September 2022"]),
    ],
)  # fmt: skip
def test_dates_of_publication_are_offered_with_their_words(head: Any, text: str, candidates: list[str]) -> None:
    assert [part.text for part in head(text).date_candidates] == candidates


def test_a_dateline_is_a_passage_of_its_own_whose_place_is_read(parser: Parser, knowledge: Knowledge) -> None:
    text = "A dam bursts\n\nKYIV, Sept 30 (Agency) - The dam burst, the mayor said. Nobody was hurt."
    report = Report(id="r", text=text, language="en", published=Published.parse("2022-10-01"))
    read = read_report(report, parser, knowledge)
    line, rest = (p.evidence.quote for p in read.passages[1:3])
    assert (line, rest[:13]) == ("KYIV, Sept 30 (Agency) -", "The dam burst")
    assert read.head.dateline is not None
    assert read.head.dateline.text == "KYIV, Sept 30 (Agency)"
    assert [(p.evidence.quote, p.name) for p in read.places] == [("KYIV", "Kyiv")]
    assert [m.evidence.quote for m in read.mentions if m.label is Label.GPE] == ["KYIV"]
    assert [t.value for t in read.times] == ["2022-09-30"]


def test_a_dateline_alone_stays_one_passage(parser: Parser, knowledge: Knowledge) -> None:
    report = Report(id="r", text="ARDEN (Reuters) -", language="en")
    assert len(read_report(report, parser, knowledge).passages) == 1


@pytest.mark.parametrize("entry", Knowledge().lexicon(HeadWords), ids=lambda entry: entry.id)
def test_every_entry_is_read_in_its_examples(entry: HeadWords, head: Any) -> None:
    for example in entry.examples:
        found = head(example)
        assert found.agency == entry.words[0] if entry.kind is HeadKind.AGENCY else found.date_candidates, example
