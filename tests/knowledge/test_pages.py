"""Every entry about pages fires on its examples."""

import re

import pytest
from lxml import etree

from dateline.ingest.credits import credited_agency
from dateline.ingest.dates import printed_dates
from dateline.ingest.html.structured import read_structured
from dateline.knowledge.pages import Clue, CreditPattern, MetaName, Months, Phrase, PhraseKind, load_pages

PAGES = load_pages()


def tree(markup: str) -> etree._Element:
    return etree.fromstring(f"<html><head>{markup}</head></html>", parser=etree.HTMLParser())


@pytest.mark.parametrize("entry", PAGES.entries(Clue), ids=lambda entry: entry.id)
def test_clues(entry: Clue) -> None:
    for example in entry.examples:
        names = re.search(r'(?:class|id)="([^"]+)"', example)
        assert names
        assert entry.role in PAGES.roles(names[1])
    assert all(entry.role in PAGES.roles(words.replace(" ", "-")) for words in entry.words)


def test_no_words_have_two_roles() -> None:
    words = [word for entry in PAGES.entries(Clue) for word in entry.words]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("entry", PAGES.entries(MetaName), ids=lambda entry: entry.id)
def test_meta_names(entry: MetaName) -> None:
    for example in entry.examples:
        told = read_structured(tree(example), (), PAGES, ())
        assert any(fact.field == entry.field for fact in told.facts) or told.url or told.description or told.locked


@pytest.mark.parametrize("entry", PAGES.entries(Phrase), ids=lambda entry: entry.id)
def test_phrases(entry: Phrase) -> None:
    whole = entry.kind in (PhraseKind.DROP, PhraseKind.NOT_AUTHOR)
    for example in entry.examples:
        pattern = PAGES.phrase(entry.kind)
        assert pattern.fullmatch(example) if whole else pattern.search(example)
        own = re.compile(entry.pattern, re.IGNORECASE)
        assert own.fullmatch(example) if whole else own.search(example)


@pytest.mark.parametrize(
    "line",
    [
        "The mayor shared the letter with readers of this newspaper on Monday evening.",
        "Advertisement is not what the party needs, Ms Sorel said.",
        "Subscribers to the fund had been told in June that their money was safe.",
        "Related companies bought three plots near the ring road in June.",
        "Cookies were handed to the children while they waited.",
        "Read the letter carefully, the prosecutor told the court.",
        "Follow the river north and you reach Tarn.",
    ],
)
def test_sentences_of_reports_are_not_dropped(line: str) -> None:
    assert not PAGES.phrase(PhraseKind.DROP).fullmatch(line)
    assert not PAGES.phrase(PhraseKind.STUB).search(line)


@pytest.mark.parametrize("entry", PAGES.entries(Months), ids=lambda entry: entry.id)
def test_months(entry: Months) -> None:
    assert len(entry.months) == 12
    for example in entry.examples:
        assert printed_dates(example) == ["2024-05-01"]


@pytest.mark.parametrize("entry", PAGES.entries(CreditPattern), ids=lambda entry: entry.id)
def test_credits(entry: CreditPattern) -> None:
    for example in entry.examples:
        assert credited_agency(["Rain fell at Arden.", example])


@pytest.mark.parametrize(
    "line",
    ["Reuters reported that the dam had burst.", "The source: a leak at a pump, he said.", "He told AP on Monday."],
)
def test_a_mention_is_no_credit(line: str) -> None:
    assert credited_agency(["Rain fell at Arden.", line]) is None
