"""Each kind of conflict fires on two reports that do not fit, and on no control that differs from them by little."""

from collections.abc import Callable, Sequence

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.links import Conflict, Links
from dateline.model.report import Published, Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports

Linked = Callable[[Sequence[str]], Links]

HIT = "Shells hit a market in Odesa on Sunday, killing {}, {} said."
SHELLED = "Rebels shelled the market in {} on {}, killing 14 people, {} said."

DIFFER = {
    "figure contradicts": (HIT.format("14 people", "the mayor"), HIT.format("41 people", "Colonel Ivo Dask")),
    "figure differs_in_scope": (HIT.format("14 people", "the mayor"), HIT.format("five children", "the governor")),
    "figure differs_in_scope: days": (
        SHELLED.format("Odesa", "Sunday", "the mayor"),
        "Rebels shelled the market in Odesa from Friday to Sunday, killing 41 people, the interior ministry said.",
    ),
    "figure supersedes": (
        HIT.format("14 people", "the mayor"),
        "The toll from Sunday's shelling of a market in Odesa rose to 19 dead, the governor said.",
    ),
    "time contradicts": (
        SHELLED.format("Odesa", "Friday", "the mayor"),
        SHELLED.format("Odesa", "Saturday", "the governor"),
    ),
    "place contradicts": (
        SHELLED.format("Odesa", "Friday", "the mayor"),
        SHELLED.format("Mykolaiv", "Friday", "the governor"),
    ),
    "actor contradicts": (
        "Russian troops shelled the market in Odesa on Sunday, the mayor said.",
        "Ukrainian troops shelled the market in Odesa on Sunday, the Russian defence ministry said.",
    ),
    "occurrence contradicts": (
        "Rebels shelled the market in Odesa on Sunday, the mayor said.",
        "Rebel commander Ivo Dask denied reports that rebels had shelled the market in Odesa on Sunday.",
    ),
    "role contradicts": (
        "Engineers met Ivo Dask, the elected mayor of Odesa, in the harbour.",
        "Ivo Dask, the appointed mayor of Odesa, said on Sunday that the bridge would open.",
    ),
    "speaker contradicts": (
        "“We will never leave this harbour to the flood,” said Ilse Torvald on Sunday.",
        "“We will never leave this harbour to the flood,” said Ivo Dask on Sunday.",
    ),
}

FIT = {
    "bounds meet": (HIT.format("at least 14 people", "the mayor"), HIT.format("16 people", "Colonel Ivo Dask")),
    "another place": (
        HIT.format("14 people", "the mayor"),
        "Shells hit a school in Kharkiv on Sunday, killing 41 people, the governor said.",
    ),
    "a part beside the whole": (
        HIT.format("14 people", "the mayor"),
        HIT.format("14 people, among them five children", "the governor"),
    ),
    "the same day": (
        SHELLED.format("Odesa", "Friday", "the mayor"),
        SHELLED.format("Odesa", "Friday", "the governor"),
    ),
    "one side in two words": (
        "Russian troops shelled the market in Odesa on Sunday, the mayor said.",
        "Russian forces shelled the market in Odesa on Sunday, the governor said.",
    ),
    "another thing denied": (
        "Rebels shelled the market in Odesa on Sunday, the mayor said.",
        "Rebel commander Ivo Dask denied reports that rebels had shelled the port of Mykolaiv on Sunday.",
    ),
    "one office in two words": (
        "Engineers met Ivo Dask, the governor of Odesa, in the harbour.",
        "Governor Ivo Dask said on Sunday that the bridge would open.",
    ),
    "one speaker by two names": (
        "“We will never leave this harbour to the flood,” said Ilse Torvald on Sunday.",
        "“We will never leave this harbour to the flood,” Torvald said on Sunday.",
    ),
}


@pytest.fixture
def linked(parser: Parser, knowledge: Knowledge) -> Linked:
    def made(texts: Sequence[str]) -> Links:
        day = Published.parse("2031-05-05")
        reports = [
            Report(id=f"r{n}", text=text, published=day, source=f"Paper {n}", language="en")
            for n, text in enumerate(texts)
        ]
        return link(list(read_reports(reports, parser, knowledge)), knowledge)

    return made


def _kinds(rows: Sequence[Conflict]) -> set[str]:
    return {f"{row.kind} {row.relation}" for row in rows}


@pytest.mark.parametrize("kind", DIFFER)
def test_accounts_that_do_not_fit(kind: str, linked: Linked) -> None:
    assert _kinds(linked(DIFFER[kind]).conflicts) == {kind.split(":")[0]}


@pytest.mark.parametrize("control", FIT)
def test_accounts_that_fit(control: str, linked: Linked) -> None:
    assert _kinds(linked(FIT[control]).conflicts) == set()


def test_opposite_acts_are_two_incidents(linked: Linked) -> None:
    """Who is struck by those whom they struck is in another attack, though the place and the day are one."""
    rows = linked(
        ("Gunmen attacked police in Odesa on Sunday, the mayor said. Police attacked gunmen in Odesa on Sunday.",)
    )
    assert len(rows.incidents) == 2


def test_the_same_outlet_later_corrects_itself(parser: Parser, knowledge: Knowledge) -> None:
    """A later figure of the same claimant supersedes though the words are copied, where the outlet is one."""
    first, later = (HIT.format(f"{killed} people", "the mayor, Ilse Torvald,") for killed in (14, 19))
    for sources, expected in ((("Delta Post", "Delta Post"), {"figure supersedes"}), (("Delta Post", "Orrin"), set())):
        reports = [
            Report(id=f"r{n}", text=text, published=Published.parse(f"2031-05-0{n + 5}"), source=source, language="en")
            for n, (text, source) in enumerate(zip((first, later), sources, strict=True))
        ]
        assert _kinds(link(list(read_reports(reports, parser, knowledge)), knowledge).conflicts) == expected


def test_who_revises_a_count_revises_the_own(linked: Linked) -> None:
    """ "The group revised its count" replaces what the group gave, in one report or two, and not the ministry's."""
    shelled = "Soldiers shelled a market in Odesa on Sunday, killing {} people, the {} said."
    first = shelled.format("nine", "harbour union") + " The ministry said four people were killed."
    revised = "The harbour union revised its count to seven."
    later = shelled.format("nine", "harbour union") + " " + revised
    for texts in ((f"{first} {revised}",), (shelled.format("four", "ministry"), later)):
        rows = linked(texts).conflicts
        replaced = [row.because.split(":")[0] for row in rows if row.relation == "supersedes"]
        assert replaced == ["nine people (the harbour union) against seven (The harbour union)"]
        assert any("four people" in r.because and "seven" in r.because for r in rows if r.relation == "contradicts")
