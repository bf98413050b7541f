"""Sentences go to those that tell the same."""

from dateline.matching.alignment import Alignment
from dateline.matching.counterparts import counterparts
from dateline.matching.profile import Profile


def told(a: str, b: str) -> list[tuple[str, str]]:
    return [(x.of(a), y.of(b)) for x, y in counterparts(Alignment(Profile(a), Profile(b)))]


def test_sentences_in_another_order_find_each_other() -> None:
    reef, dam = "The ferry Marisol struck a reef off Hreb.", "The Kelmar dam failed at dawn."
    assert told(f"{reef} {dam}", f"{dam} {reef}") == [(reef, reef), (dam, dam)]


def test_a_sentence_that_only_one_tells_has_no_counterpart() -> None:
    reef = "The ferry Marisol struck a reef off Hreb."
    assert told(f"{reef} Nobody had told the pilot.", reef) == [(reef, reef)]


def test_a_sentence_broken_in_two_stays_whole() -> None:
    whole = "Oleksa Zhurenko, who lost an arm in the siege of Hreb, keeps bees and writes hymns."
    parts = "Oleksa Zhurenko lost an arm in the siege of Hreb. He keeps bees and writes hymns."
    assert told(whole, parts) == [(whole, parts)]
