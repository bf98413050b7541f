"""When a place's name stands for its government."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.nlp.base import Parser
from dateline.read.metonyms import dealings, marked
from dateline.read.pipeline import read_report
from tests.support.gold import Case


def metonym(text: str, name: str, parser: Parser, knowledge: Knowledge) -> bool:
    annotated = read_report(Case(id="one", text=text).report(), parser, knowledge)
    return next(p.metonym for p in annotated.places if p.evidence.quote == name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("There are no foreign warheads at the base, according to Minsk.", "Minsk"),
        ("A veto from Budapest held up the loan.", "Budapest"),
        ("Talks between Kyiv and Warsaw broke off.", "Kyiv"),
        ("Khartoum told Cairo that the dam must wait.", "Cairo"),
        ("The Pentagon plans to halve its garrison there.", "Pentagon"),
    ],
)
def test_who_deals_with_others_is_the_government(text: str, name: str, parser: Parser, knowledge: Knowledge) -> None:
    assert metonym(text, name, parser, knowledge)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A train from Budapest was late.", "Budapest"),
        ("The road between Kyiv and Warsaw was shut.", "Kyiv"),
        ("Rockets hit Cairo at dawn.", "Cairo"),
        ("Workmen repaired the Kremlin wall.", "Kremlin"),
        ("Reporters waited on the lawn of the White House.", "White House"),
        ("He drove his car into Downing Street.", "Downing Street"),
    ],
)
def test_where_something_is_is_the_place(text: str, name: str, parser: Parser, knowledge: Knowledge) -> None:
    assert not metonym(text, name, parser, knowledge)


def test_the_words_are_those_of_the_lexicon(knowledge: Knowledge) -> None:
    words = dealings(knowledge)
    assert (words.addressing, words.between) == (marked(knowledge, "ADDRESSED"), marked(knowledge, "DEALINGS"))
    assert "tell" in words.addressing
    assert not marked(knowledge, "NONE")
