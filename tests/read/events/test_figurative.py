"""Words of violence that mean none."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports


def assaults(text: str, parser: Parser, knowledge: Knowledge) -> list[str]:
    (annotated,) = read_reports([Report(id="x", text=text, language="en")], parser, knowledge)
    return [event.trigger.text for event in annotated.events if event.type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "The film bombed at the cinemas of Velmar.",
        "Velmar attacked from the start of the match and scored three goals.",
        "The candidate sharpened her attacks before the debate.",
        "The virus attacks the cells of the patient.",
        "Shares took a hit as investors fought over the price.",
        "An invasion of tourists has begun.",
    ],
)
def test_play_trade_and_campaigns_are_no_assault(text: str, parser: Parser, knowledge: Knowledge) -> None:
    assert not assaults(text, parser, knowledge)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a campaign rally and killed three voters.",
        "The attack left two soldiers dead.",
        "Arden attacked Tessaly.",
        "Rebels bombed a cinema.",
    ],
)
def test_violence_beside_them_is_one(text: str, parser: Parser, knowledge: Knowledge) -> None:
    assert assaults(text, parser, knowledge)


def test_a_bare_attack_is_meant_where_the_passage_tells_of_violence(parser: Parser, knowledge: Knowledge) -> None:
    told = "Militants fired mortars at a garrison. Two soldiers died.\n\nThe attack came before dawn."
    assert "attack" in assaults(told, parser, knowledge)
    assert not assaults("The attack came before dawn.", parser, knowledge)
