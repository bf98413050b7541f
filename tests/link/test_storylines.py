import random

import msgspec

from dateline.knowledge.handle import Knowledge
from dateline.link.storylines import link_storylines
from dateline.model.records import Head, Part
from dateline.model.span import Span
from tests.link.build import report

DAM = [
    report("d1", "Kelmar dam fails\n\nThe Kelmar dam failed above Oskavar, flooding the Sarvan delta.", "2031-05-04"),
    report("d2", "Sarvan delta villagers fled to Oskavar after the Kelmar dam burst.", "2031-05-05"),
]
CHOIR = [
    report("c1", "The Brannik choir won the harvest prize in Dorvik with a fishing song.", "2031-05-04"),
    report("c2", "Judges in Dorvik gave the harvest prize to a choir from Brannik.", "2031-05-05"),
]
LONE = [report("x", "Flour is dearer in Hreb than at any time since the war, bakers say.", "2031-05-05")]


def test_reports_on_one_course_of_events_are_grouped() -> None:
    lines = link_storylines([*DAM, *CHOIR, *LONE], (), Knowledge())
    assert [(line.id, line.reports) for line in lines] == [("c1", ("c1", "c2")), ("d1", ("d1", "d2"))]
    assert (lines[1].from_, lines[1].to) == ("2031-05-04", "2031-05-05")
    assert "Kelmar" in lines[1].because


def test_time_keeps_apart_what_words_do_not() -> None:
    late = report("d9", DAM[1].text, "2033-11-05")
    assert link_storylines([DAM[0], late], (), Knowledge()) == ()


def test_five_shuffles_give_one_answer() -> None:
    given = [*DAM, *CHOIR, *LONE]
    first = link_storylines(given, (), Knowledge())
    for seed in range(5):
        random.Random(seed).shuffle(given)
        assert link_storylines(given, (), Knowledge()) == first


def test_a_headline_tells_what_the_report_is_about() -> None:
    bodies = ("Nobody slept that night, and the water stood at the doors.", "The mayor would not say who was to blame.")
    told = [report(id, body, "2031-05-04") for id, body in zip(("h1", "h2"), bodies, strict=True)]
    assert link_storylines(told, (), Knowledge()) == ()
    headed = [
        one.replace(report=msgspec.structs.replace(one.report, title="Kelmar dam above Oskavar fails")) for one in told
    ]
    (line,) = link_storylines(headed, (), Knowledge())
    assert line.reports == ("h1", "h2")


def test_a_place_and_date_line_is_no_title() -> None:
    line = "OSKAVAR, May 4 (Northline) -"
    one = report("d1", f"{line}\n\n{DAM[1].text}", "2031-05-04")
    dated = one.replace(head=Head(dateline=Part.at(one.text, Span(0, len(line)))))
    for given, title in ((one, line), (dated, DAM[1].text)):
        (found,) = link_storylines([given, DAM[1]], (), Knowledge())
        assert found.title == title
