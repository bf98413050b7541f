"""The second look: where words nearly show a rewrite, and nowhere else."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.matching.paraphrase import BELOW, Verifier
from dateline.matching.passages import match_kin, match_profiles, near_miss
from dateline.matching.profile import profile_of
from dateline.model.vocab import ChangeKind, Verdict
from dateline.nlp.embed import EMBEDDERS, make_embedder
from tests.support.vectors import FakeEmbedder

FOUND = "Rescuers found the two missing hikers alive in a hut beneath the Orvel glacier after searching for three days."
RETOLD = "The pair of stray walkers turned up unharmed in a hut below the Orvel glacier following three days of search."
OTHER = "Bakers near the Orvel glacier sold bread from a hut for three days."
AGROUND = "The ferry Linnet ran aground in thick fog outside the harbour of Skerne, and all passengers were rescued."
STRANDED = "Everybody aboard the ferry Linnet, which grounded in dense fog off Skerne harbour, was taken to safety."
SYNONYMS = ("hikers", "walkers")


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder(SYNONYMS)


def test_what_words_nearly_show_and_vectors_confirm_is_a_rewrite(knowledge: Knowledge, embedder: FakeEmbedder) -> None:
    a, b = profile_of(FOUND), profile_of(RETOLD)
    alone = match_profiles(a, b, knowledge)
    assert not alone.match
    for found in (Verifier(embedder).find(a, b, knowledge), Verifier(embedder).find(b, a, knowledge)):
        assert found is not None
        assert (found.match, found.verdict, found.score) == (True, Verdict.REWRITE, alone.score)
        assert "nearly the same words" in found.because
        assert "cosine 1.0 by fake 1, blind to negation" in found.because


def test_another_meaning_in_nearly_the_same_words_is_none(knowledge: Knowledge, embedder: FakeEmbedder) -> None:
    assert Verifier(embedder).find(profile_of(FOUND), profile_of(OTHER), knowledge) is None
    assert embedder.asked == [FOUND, OTHER]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FOUND, id="identical"),
        pytest.param(FOUND.replace("alive ", ""), id="proved by words"),
        pytest.param("Both walkers were safe by nightfall.", id="words show too little"),
        pytest.param(RETOLD.replace("three", "five"), id="another number"),
        pytest.param(RETOLD.replace("Orvel", "Dunmar"), id="another place"),
    ],
)
def test_the_vectors_are_not_asked(knowledge: Knowledge, embedder: FakeEmbedder, other: str) -> None:
    assert Verifier(embedder).find(profile_of(FOUND), profile_of(other), knowledge) is None
    assert embedder.asked == []


def test_a_place_in_the_place_of_another_contradicts(knowledge: Knowledge) -> None:
    a = profile_of(AGROUND.replace("were rescued", "on board were rescued by lifeboat"))
    b = profile_of("The ferry Linnet ran onto a reef in dense fog near the harbour of Dunmar, but all were saved.")
    nearly = near_miss(a, b, knowledge, BELOW)
    assert nearly is not None
    assert [change.kind for change in nearly.changes] == [ChangeKind.PLACE]
    assert Verifier(FakeEmbedder(("ferry",))).find(a, b, knowledge) is None


def test_kin_need_fewer_words_but_no_less_meaning(knowledge: Knowledge, embedder: FakeEmbedder) -> None:
    a = profile_of(FOUND)
    b = profile_of("Three days later, both walkers turned up unhurt in a hut at the foot of the Orvel glacier.")
    assert match_kin(a, b, knowledge).verdict is Verdict.NONE
    assert Verifier(embedder).find(a, b, knowledge) is None
    kin = Verifier(embedder).find_kin(a, b, knowledge)
    assert kin is not None
    assert kin.verdict is Verdict.REWRITE
    assert Verifier(FakeEmbedder(("hikers",), ("walkers",))).find_kin(a, b, knowledge) is None


@pytest.mark.skipif(bool(EMBEDDERS["all-MiniLM-L6-v2"].missing()), reason="the verifier's packages are not installed")
def test_minilm_knows_synonyms(knowledge: Knowledge) -> None:
    verifier = Verifier(make_embedder("all-MiniLM-L6-v2"))
    a, b = profile_of(AGROUND), profile_of(STRANDED)
    assert not match_profiles(a, b, knowledge).match
    assert verifier.find(a, b, knowledge) is not None
    assert verifier.find(profile_of(FOUND), profile_of(OTHER), knowledge) is None
