"""What a verifier adds to the copies that words prove."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.matching.paraphrase import Verifier
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
    walkers = RETOLD.replace("lost", "stranded").replace("unharmed", "unhurt")
    page = [report("page", f"{FOUND}\n\n{OTHER}\n\n{RETOLD}\n\n{walkers}")]
    copies, _ = link_copies(page, knowledge, verifier)
    assert [copy.because.startswith("nearly") for copy in copies] == [False]


def test_any_order_gives_the_same(knowledge: Knowledge, verifier: Verifier) -> None:
    given = [report("a", FOUND), report("b", RETOLD), report("c", OTHER), report("d", SPUN)]
    assert link_copies(given, knowledge, verifier) == link_copies(given[::-1], knowledge, verifier)
