"""What a verifier adds to the copies that words prove."""

from collections.abc import Sequence

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.matching.paraphrase import Verifier
from dateline.model.links import Copy
from dateline.model.vocab import Verdict
from tests.link.build import report
from tests.matching.test_paraphrase import FOUND, OTHER, RETOLD, SYNONYMS
from tests.support.vectors import FakeEmbedder

WIRE = "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta."
SPUN = "Nine villages in the Sarvan delta were flooded on Sunday after the Kelmar dam failed at dawn."


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(FakeEmbedder(SYNONYMS))


def test_a_verifier_adds_and_takes_nothing_away(knowledge: Knowledge, verifier: Verifier) -> None:
    given = [report("a", f"{WIRE}\n\n{FOUND}"), report("b", f"{SPUN}\n\n{RETOLD}"), report("c", OTHER)]
    alone, _ = link_copies(given, knowledge)
    seconded, _ = link_copies(given, knowledge, verifier)
    assert len(alone) == 1
    assert set(alone) < set(seconded)
    (more,) = set(seconded) - set(alone)
    assert (more.a.report, more.b.report, more.verdict) == ("a", "b", Verdict.REWRITE)
    assert "by fake 1" in more.because


def test_a_retelling_within_a_report_is_seen_too(knowledge: Knowledge, verifier: Verifier) -> None:
    page = [report("page", f"{FOUND}\n\n{OTHER}\n\n{RETOLD}")]
    assert link_copies(page, knowledge)[0] == ()
    ((copy,), _) = link_copies(page, knowledge, verifier)
    assert (copy.a.span.start, copy.b.span.end) == (0, len(page[0].report.text))


def test_a_passage_is_paired_once(knowledge: Knowledge, verifier: Verifier) -> None:
    walkers = RETOLD.replace("stray", "stranded").replace("unharmed", "unhurt")
    page = [report("page", f"{FOUND}\n\n{OTHER}\n\n{RETOLD}\n\n{walkers}")]
    copies, _ = link_copies(page, knowledge, verifier)
    assert [copy.because.startswith("nearly") for copy in copies] == [False]


def test_any_order_gives_the_same(knowledge: Knowledge, verifier: Verifier) -> None:
    given = [report("a", FOUND), report("b", RETOLD), report("c", OTHER), report("d", SPUN)]
    assert link_copies(given, knowledge, verifier) == link_copies(given[::-1], knowledge, verifier)


def test_one_copy_makes_the_other_passages_worth_comparing(knowledge: Knowledge) -> None:
    whole = (
        "Gunmen seized the ferry Marisol with 214 people on board in the Strait of Ambrel on Monday and are holding it "
        "at anchor off the islet of Kuvaro, the coast guard said."
    )
    broken = (
        "The passenger ship Marisol carrying 214 people was captured by armed men in the Strait of Ambrel. Coastguards "
        "say she is now being kept at anchor near the islet of Kuvaro."
    )
    others = [f"The ferryman {n} of Ambrel sold the islet of Kuvaro an anchor for {n} goats." for n in range(3, 9)]
    rest = [report(f"o{n}", text) for n, text in enumerate(others)]
    alone, _ = link_copies([report("a", whole), report("b", broken), *rest], knowledge)
    kin, _ = link_copies([report("a", f"{WIRE}\n\n{whole}"), report("b", f"{SPUN}\n\n{broken}"), *rest], knowledge)

    def between(copies: Sequence[Copy]) -> int:
        return sum({copy.a.report, copy.b.report} == {"a", "b"} for copy in copies)

    assert between(kin) - between(alone) == 2
