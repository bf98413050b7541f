"""Words that stand for one another: what the table holds, and what a pair of passages gains by it."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue, Test
from dateline.matching.alignment import SYNONYM_COUNTS, Alignment
from dateline.matching.passages import match_passages
from dateline.matching.profile import Profile
from dateline.matching.stems import key_of
from dateline.matching.synonyms import TABLE, synonyms
from dateline.model.vocab import Verdict

GROUPS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_each_group_tells_something(group: list[str]) -> None:
    assert len({key_of(word) for word in group}) > 1
    assert len(set(group)) == len(group)


def test_no_synonyms_are_opposites() -> None:
    table = synonyms()
    for entry in Knowledge().lexicon(ChangeCue):
        if entry.test is not Test.PRESENCE:
            sides = [{key_of(word) for word in words if " " not in word} for words in entry.values.values()]
            for at, side in enumerate(sides):
                for other in sides[at + 1 :]:
                    clashes = [(one, two) for one in side for two in other if two in table.get(one, ())]
                    assert clashes == [], entry.id


def test_a_synonym_counts_for_less_than_the_word() -> None:
    a, b = Profile("A lorry sank at Velm"), Profile("A truck sank at Velm")
    alignment = Alignment(a, b)
    assert alignment.synonymous == ((1, 1),)
    weight = min(a.weights[1], b.weights[1])
    equal = sum(a.weights[i] for i, _ in alignment.equal)
    assert alignment.shared == pytest.approx(equal + SYNONYM_COUNTS * weight)


def test_of_several_the_one_in_the_same_place_answers() -> None:
    pairs = Alignment(Profile("The boat of Hreb and its ferry"), Profile("The vessel of Hreb and its captain")).pairs
    assert (1, 1) in pairs
    assert (6, 1) not in pairs


def test_a_rewrite_in_synonyms_is_a_copy() -> None:
    a = "Gunmen seized the ferry Marisol off Hreb before dawn, and the crew were freed by marines on Friday."
    b = "Attackers captured the vessel Marisol off Hreb ahead of daybreak; marines released her sailors on Friday."
    assert match_passages(a, b).verdict is Verdict.REWRITE
