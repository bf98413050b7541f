"""How many sources the reports of one event could come from."""

from msgspec.structs import replace

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.link.origins import count_origins
from dateline.link.world import World
from tests.link.build import report

DAM = (
    "The Kelmar dam failed at dawn on Sunday and flooded nine villages of the Sarvan delta, the water board said.\n\n"
    "Rescuers in rowing boats pulled fourteen miners from the Dorvik shaft before the lamps went out."
)
CHOIR = (
    "A choir of forty tenors sang for the flooded parishes in the cathedral of Brannik until midnight.\n\n"
    "Its conductor, Oleksa Zhurenko, learnt the lament from a lighthouse keeper who had lost three brothers."
)
MORE = "Harbour clerks counted eleven barges adrift, each loaded with barley for the autumn fair at Hreb."


def counted(knowledge: Knowledge, **texts: str) -> tuple[int, int]:
    given = [report(id, text, source=id) for id, text in texts.items()]
    low, high, _ = count_origins({id: {None} for id in texts}, World(given, (), link_copies(given, knowledge)[0]))
    return low, high


def test_an_undated_report_that_is_two_others_and_nothing_else_makes_them_no_one_source(knowledge: Knowledge) -> None:
    assert counted(knowledge, dam=DAM, choir=CHOIR, both=f"{DAM}\n\n{CHOIR}") == (2, 2)


def test_where_it_tells_more_they_may_be_parts_of_it(knowledge: Knowledge) -> None:
    both = f"{DAM}\n\n{MORE} {MORE.replace('eleven', 'twelve').replace('barges', 'rafts')}\n\n{CHOIR}"
    assert counted(knowledge, dam=DAM, choir=CHOIR, both=both) == (1, 2)


def test_undated_copies_of_the_same_words_are_one_source(knowledge: Knowledge) -> None:
    assert counted(knowledge, dam=DAM, copy=DAM, longer=f"{DAM}\n\n{CHOIR}") == (1, 1)


def test_what_a_publisher_has_from_an_agency_is_not_surely_one_source_with_its_own(knowledge: Knowledge) -> None:
    def most(agency: str | None) -> int:
        given = [report("a", DAM, "2031-05-04", "Hreb Post"), report("b", CHOIR, "2031-05-05", "Hreb Post")]
        given[0] = given[0].replace(report=replace(given[0].report, agency=agency))
        return count_origins({one.report.id: {None} for one in given}, World(given, (), ()))[1]

    assert most(None) == 1
    assert most("The Hreb Post") == 1
    assert most("Lumen") == 2
