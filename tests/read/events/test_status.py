import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.status import status_cues
from dateline.model.vocab import Certainty, Polarity, Stage, Status
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.status import Reality, judge


def reality(parser: Parser, knowledge: Knowledge, text: str, word: str) -> Reality:
    normal = normalise(text)
    tokens = Tokens(parser.parse([normal.text])[0], normal, 0)
    return judge(tokens, tokens.words.index(word), status_cues(knowledge))


@pytest.mark.parametrize(
    ("text", "word", "status", "polarity"),
    [
        ("The army attacked the port.", "attacked", Status.OCCURRED, Polarity.AFFIRMED),
        ("The army is attacking the port.", "attacking", Status.ONGOING, Polarity.AFFIRMED),
        ("The army will attack the port.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The army plans to attack the port.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The army may attack the port.", "attack", Status.POSSIBLE, Polarity.AFFIRMED),
        ("If the army attacks the port, ships will leave.", "attacks", Status.HYPOTHETICAL, Polarity.AFFIRMED),
        ("If the army attacks the port, ships will leave.", "leave", Status.HYPOTHETICAL, Polarity.AFFIRMED),
        ("The army threatened to attack the port.", "attack", Status.THREATENED, Polarity.AFFIRMED),
        ("Envoys urged the army to attack the port.", "attack", Status.DEMANDED, Polarity.AFFIRMED),
        ("The army said it would attack the port.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The army did not attack the port.", "attack", Status.OCCURRED, Polarity.NEGATED),
        ("The army refused to attack the port.", "attack", Status.POSSIBLE, Polarity.NEGATED),
        ("The army denied attacking the port.", "attacking", Status.OCCURRED, Polarity.DENIED),
        ("No attack took place.", "attack", Status.OCCURRED, Polarity.NEGATED),
        ("The planned attack was discussed.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The army launched an attack on the port.", "attack", Status.OCCURRED, Polarity.AFFIRMED),
        ("The army failed to win and retreated.", "retreated", Status.OCCURRED, Polarity.AFFIRMED),
    ],
)
def test_status_and_polarity(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status, polarity: Polarity
) -> None:
    found = reality(parser, knowledge, text, word)
    assert (found.status, found.polarity) == (status, polarity), found.because


def test_a_hedge_is_not_a_status(parser: Parser, knowledge: Knowledge) -> None:
    found = reality(parser, knowledge, "The army reportedly attacked the port.", "attacked")
    assert (found.status, found.certainty) == (Status.OCCURRED, Certainty.HEDGED)


def test_a_bare_noun_is_not_asserted(parser: Parser, knowledge: Knowledge) -> None:
    assert not reality(parser, knowledge, "The annexation is illegal.", "annexation").asserted
    assert reality(parser, knowledge, "The annexation took place.", "annexation").asserted


def test_a_stage_comes_from_the_verb_over_the_noun(parser: Parser, knowledge: Knowledge) -> None:
    assert reality(parser, knowledge, "Deputies ratified the annexation.", "annexation").stage is Stage.RATIFIED
