"""What a later report took from an earlier one, told from what both took from a third."""

import random

import msgspec
import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.link.lineage import link_lineage
from dateline.model.links import Lineage
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import Direction
from tests.link.build import report

WIRE = (
    "Marshals of the Sarvan delta closed the Kelmar sluice on Sunday after a barge loaded with barley broke loose.\n\n"
    "Nobody aboard was hurt, said harbour warden Ilse Torvald, who blamed a rusty chain for the mishap.\n\n"
    "The grain merchants of Hreb want compensation for forty spoilt sacks before the autumn fair begins."
)
EDITED = (
    "Marshals of the Sarvan delta shut the Kelmar sluice on Sunday after a vessel laden with barley drifted away.\n\n"
    "Nobody aboard was hurt, said harbour warden Ilse Torvald, who faulted a corroded chain for the accident.\n\n"
    "The grain merchants of Hreb demand compensation for forty spoilt sacks before the autumn fair begins."
)
SPUN = EDITED.replace("Nobody aboard was hurt", "There were no injuries aboard").replace("compensation", "redress")
SIBLING = WIRE.replace("closed", "sealed").replace("mishap", "incident").replace("spoilt", "ruined")

Known = dict[tuple[str, str | None], Lineage]


def known(given: list[AnnotatedReport], knowledge: Knowledge) -> Known:
    rows = link_lineage(given, link_copies(given, knowledge)[0])
    return {(row.report, row.from_report): row for row in rows if row.direction is Direction.A_FROM_B}


def dossier(last: str, wire: str | None = "2031-05-04", edited: str = "2031-05-05") -> list[AnnotatedReport]:
    return [
        report("wire", WIRE, wire, "Delta Wire"),
        report("edited", EDITED, edited, "Hreb Herald"),
        report("last", last, "2031-05-07", "Choir Post"),
    ]


def test_a_copy_of_a_copy_is_known_by_the_words_that_the_first_copy_brought_in(knowledge: Knowledge) -> None:
    rows = known(dossier(SPUN), knowledge)
    assert set(rows) == {("edited", "wire"), ("last", "edited"), ("last", "wire")}


def test_a_copy_of_the_third_does_not_follow_the_other_copy(knowledge: Knowledge) -> None:
    given = dossier(SIBLING)
    assert set(known(given, knowledge)) == {("edited", "wire"), ("last", "wire")}
    rows = link_lineage(given, link_copies(given, knowledge)[0])
    (why,) = (row.because for row in rows if {row.report, row.from_report} == {"edited", "last"})
    assert "both follow wire, and last holds no words of edited's own" in why


def test_one_plain_word_in_common_is_chance(knowledge: Knowledge) -> None:
    # Of what the edited copy changed this has nothing as it was, and one word as changed.
    odd = WIRE
    for word, other in (
        ("closed", "sealed"), ("barge", "raft"), ("loaded", "filled"), ("broke loose", "came adrift"),
        ("blamed", "suspected"), ("rusty", "weak"), ("mishap", "accident"), ("want", "ask"),
    ):  # fmt: skip
        odd = odd.replace(word, other)
    assert ("last", "edited") not in known(dossier(odd), knowledge)


def test_a_rare_word_in_common_is_outweighed_by_what_is_as_the_third_has_it(knowledge: Knowledge) -> None:
    assert ("last", "edited") not in known(dossier(SIBLING.replace("rusty", "corroded")), knowledge)


@pytest.mark.parametrize("wire", [None, "2031-05-05", "2031-05-03/2031-05-06"])
def test_a_third_whose_place_in_time_is_open_may_still_be_the_source_of_both(
    knowledge: Knowledge, wire: str | None
) -> None:
    siblings = known(dossier(SIBLING, wire), knowledge)
    assert ("last", "edited") not in siblings
    assert ("last", "edited") in known(dossier(SPUN, wire), knowledge)


def test_where_the_third_is_missing_the_clock_decides(knowledge: Knowledge) -> None:
    assert set(known(dossier(SIBLING)[1:], knowledge)) == {("last", "edited")}


def test_a_credit_outranks_the_words(knowledge: Knowledge) -> None:
    given = dossier(f"{SIBLING}\n\nHarbour folk doubt that, according to Hreb Herald.")
    assert ("last", "edited") in known(given, knowledge)


def test_the_order_of_arrival_changes_nothing(knowledge: Knowledge) -> None:
    given = [*dossier(SPUN), report("twin", SIBLING, "2031-05-06"), report("open", WIRE)]
    first = link_lineage(given, link_copies(given, knowledge)[0])
    for seed in range(4):
        random.Random(seed).shuffle(given)
        assert link_lineage(given, link_copies(given, knowledge)[0]) == first


def test_a_row_depends_on_its_reports_and_those_that_share_with_both(knowledge: Knowledge) -> None:
    given = dossier(SPUN)
    more = report("more", "Bakers of Brannik struck over the price of flour and shut forty shops for a week.")
    # Shares with the last alone.
    longer = msgspec.structs.replace(given[2].report, text=f"{SPUN}\n\n{more.text}")
    given[2] = report("last", longer.text, "2031-05-07", "Choir Post")
    before = known(given, knowledge)
    after = known([*given, more], knowledge)
    assert {pair: after[pair] for pair in before} == before


def test_an_agency_with_reports_of_its_own_on_other_things_is_still_unseen(knowledge: Knowledge) -> None:
    given = []
    for id in ("a", "b"):
        one = report(id, WIRE, "2031-05-04")
        given.append(one.replace(report=msgspec.structs.replace(one.report, agency="Delta Wire")))
    other = report("c", "Bakers of Brannik struck over the price of flour.", "2031-05-04", "Delta Wire")
    rows = link_lineage([*given, other], link_copies([*given, other], knowledge)[0])
    assert {(row.report, row.latent_origin) for row in rows if row.latent_origin} == {
        ("a", "Delta Wire"),
        ("b", "Delta Wire"),
    }
