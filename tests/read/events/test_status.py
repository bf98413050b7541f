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


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The army plans to launch an attack on the port.", "attack", Status.PLANNED),
        ("Envoys urged the army to launch an attack.", "attack", Status.DEMANDED),
        ("The army plans to mourn the victims of the attack on the port.", "attack", Status.OCCURRED),
        ("A series of attacks was launched.", "attacks", Status.OCCURRED),
        ("The attack is expected to begin on Friday.", "attack", Status.PLANNED),
        ("The attack is likely to begin on Friday.", "attack", Status.POSSIBLE),
    ],
)
def test_a_noun_is_as_real_as_the_verb_that_carries_it(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status
) -> None:
    found = reality(parser, knowledge, text, word)
    assert found.status is status, found.because


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Rebels hope to end the war by bombing the railway.", "bombing", Status.PLANNED),
        ("Rebels ended the war by bombing the railway.", "bombing", Status.OCCURRED),
        ("Arden hopes to win support for strikes.", "strikes", Status.PLANNED),
        ("Arden hopes to win support for the strikes.", "strikes", Status.OCCURRED),
        ("Arden won support for strikes.", "strikes", Status.OCCURRED),
        ("Arden did not win support for strikes.", "strikes", Status.HYPOTHETICAL),
        ("Arden will call off the march despite a strike.", "strike", Status.OCCURRED),
    ],
)
def test_what_nothing_vouches_for_is_as_real_as_its_clause(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status
) -> None:
    found = reality(parser, knowledge, text, word)
    assert found.status is status, found.because


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The court ruled that the army attacked the port.", "attacked", Status.OCCURRED),
        ("The court decided to attack the port.", "attack", Status.PLANNED),
        ("Envoys demanded that the garrisons withdraw.", "withdraw", Status.DEMANDED),
        ("Envoys demanded that Arden withdraw.", "withdraw", Status.DEMANDED),
        ("Envoys told the crowd that the garrisons withdraw.", "withdraw", Status.OCCURRED),
        ("A panel will establish who attacked the port.", "attacked", Status.OCCURRED),
        ("Envoys discussed the attack on the port.", "attack", Status.OCCURRED),
        ("Envoys discussed an attack on the port.", "attack", Status.POSSIBLE),
    ],
)
def test_a_clause_with_a_tense_tells_a_fact(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status
) -> None:
    found = reality(parser, knowledge, text, word)
    assert found.status is status, found.because


@pytest.mark.parametrize(
    ("text", "word", "status", "polarity"),
    [
        ("Soldiers searched the mill before attacking the port.", "attacking", Status.OCCURRED, Polarity.AFFIRMED),
        ("Soldiers will search the mill before attacking the port.", "attacking", Status.PLANNED, Polarity.AFFIRMED),
        ("Shops were shut ahead of an attack on the port.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The column halted instead of attacking the port.", "attacking", Status.OCCURRED, Polarity.NEGATED),
        ("The admiral described a way of attacking the port.", "attacking", Status.POSSIBLE, Polarity.AFFIRMED),
        ("The captain was guilty of attacking the port.", "attacking", Status.OCCURRED, Polarity.AFFIRMED),
        ("Schools stayed open despite the attack.", "attack", Status.OCCURRED, Polarity.AFFIRMED),
    ],
)
def test_a_preposition_says_how_real_its_object_is(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status, polarity: Polarity
) -> None:
    found = reality(parser, knowledge, text, word)
    assert (found.status, found.polarity) == (status, polarity), found.because


@pytest.mark.parametrize(
    ("text", "word", "status", "polarity"),
    [
        ("The port is being attacked.", "attacked", Status.ONGOING, Polarity.AFFIRMED),
        ("The port is to be attacked on Friday.", "attacked", Status.PLANNED, Polarity.AFFIRMED),
        ("Arden plans to cross, surround the town and attack it.", "attack", Status.PLANNED, Polarity.AFFIRMED),
        ("The army must begin to withdraw.", "withdraw", Status.DEMANDED, Polarity.AFFIRMED),
        ("The army may plan to attack the port.", "attack", Status.POSSIBLE, Polarity.AFFIRMED),
        ("The army has yet to attack the port.", "attack", Status.POSSIBLE, Polarity.NEGATED),
        ('"Attack the port now," the captain said.', "Attack", Status.DEMANDED, Polarity.AFFIRMED),
        ("Had rebels attacked the port, ships would have left.", "attacked", Status.HYPOTHETICAL, Polarity.AFFIRMED),
        ("A plan approved by deputies was read out.", "approved", Status.OCCURRED, Polarity.AFFIRMED),
    ],
)
def test_auxiliaries_and_order_of_a_clause(
    parser: Parser, knowledge: Knowledge, text: str, word: str, status: Status, polarity: Polarity
) -> None:
    found = reality(parser, knowledge, text, word)
    assert (found.status, found.polarity) == (status, polarity), found.because


def test_only_the_future_tense_of_its_own_clause_foretells(parser: Parser, knowledge: Knowledge) -> None:
    assert reality(parser, knowledge, "The army will attack the port.", "attack").foretold
    planned = reality(parser, knowledge, "The army plans to attack the port.", "attack")
    assert planned.willed
    assert not planned.foretold


def test_what_is_yet_to_pass_a_stage_is_planned(parser: Parser, knowledge: Knowledge) -> None:
    planned = reality(parser, knowledge, "The annexation will be ratified in June.", "annexation")
    assert (planned.status, planned.stage) == (Status.PLANNED, Stage.RATIFIED)
    refused = reality(parser, knowledge, "Deputies refused to ratify the annexation.", "annexation")
    assert refused.stage is None
