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
    "figure contradicts: told of one place, event not read": (
        "Nineteen people died in the Kelvar flood, the fire service said.",
        "The morgue of St Orla's has taken in 31 bodies since Kelvar went under on Sunday, Dr Rena Maal said.",
    ),
    "figure contradicts: two words for those held": (
        "Three hostages died when troops stormed the ferry Oskavar, the minister said.",
        "Seven passengers of the Oskavar died in the raid, Dr Rena Maal said.",
    ),
    "actor contradicts: the doer alone denied": (
        "Ardovian guns shelled the market of Kelvar on Sunday, the mayor said.",
        "Colonel Ivo Dask denied that a single Ardovian shell had fallen on the market of Kelvar.",
    ),
    "actor contradicts: no part in it": (
        "The Kelvar dam was blown up by fighters of the Sarvan League, the minister said.",
        "What happened at Kelvar was the work of rust and rain. The Sarvan League denies any involvement in it.",
    ),
    "occurrence contradicts: what is denied is no event": (
        "Engineer Ilse Torvald said the spillway gates had been shut until the water came over.",
        "The manager, Ivo Dask, denied that the spillway gates had been shut.",
    ),
    "occurrence contradicts: not so, in a communique": (
        "Ambassador Ivo Dask was summoned to the ministry of Odesa on Sunday morning, a spokeswoman said.",
        "The embassy stays open for tea. Ambassador Dask was not summoned; he walked over from Odesa by himself.",
    ),
    "occurrence contradicts: a lie": (
        "Guns shelled the village of Kelvar on Sunday, the mayor said.",
        "The army holds the bridge. Reports of shelling of the village of Kelvar are a lie.",
    ),
    "occurrence contradicts: the claim dismissed": (
        "The Sarvan League said its drones had reached the port. The ministry dismissed the claim as false.",
    ),
    "occurrence contradicts: nobody arrested him": (
        "Police arrested Ivo Dask in Odesa on Sunday.",
        "Nobody arrested Ivo Dask, his lawyer said.",
    ),
    "occurrence contradicts: held by others": (
        "General Ivo Dask said his men held the palace on Kelvar Hill.",
        "The rebels hold the palace on Kelvar Hill.",
    ),
    "time contradicts: one arrest": (
        "Police arrested Ivo Dask on Saturday.",
        "Ivo Dask was arrested at his home on Sunday, the ministry said. The bridge stayed shut, as did the harbour.",
    ),
    "time contradicts: the hour": (
        "Marines stormed the ferry Oskavar on Sunday. The assault began at 4:50 a.m., the minister said.",
        "“They came in shooting,” Ilse Torvald said of the raid on the Oskavar. Her watch has it at half past five.",
    ),
    "time contradicts: the hour in words": (
        "Marines stormed the ferry Oskavar on Sunday. The assault began at 4:50 a.m., the minister said.",
        "“They came in shooting,” Ilse Torvald said of the raid on the Oskavar. Her watch has it at twenty to six.",
    ),
    "figure contradicts: a village in the hills": (
        "Shells hit the village of Kelvar in the Sarn hills on Sunday, killing four people, the mayor said.",
        "Seven bodies lay in the chapel of Kelvar, Dr Rena Maal said. Guns had shelled it on Sunday.",
    ),
    "figure contradicts: villagers are people": (
        HIT.format("14 people", "the mayor"),
        HIT.format("nine villagers", "Colonel Ivo Dask"),
    ),
    "role contradicts: not a watchman": (
        "Ivo Dask, a night watchman on the dam, said the siren had failed.",
        "The company said Ivo Dask was a gardener, not a watchman.",
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
    "nearly one hour": (
        "Marines stormed the ferry Oskavar on Sunday. The assault began at about 4:50 a.m., the minister said.",
        "“They came in shooting,” Ilse Torvald said of the raid on the Oskavar. Her watch has it at five.",
    ),
    "of earlier history": (
        "Nineteen people died in the Kelvar flood, the fire service said.",
        "In 2011 some 400 people died in a flood at Kelvar, the archive says.",
    ),
    "another named place": (
        "Nineteen people died in the Kelvar flood, the fire service said.",
        "Four people died in the Oskavar flood, the fire service of Oskavar said.",
    ),
    "other people": (
        "Troops stormed the ferry Oskavar and killed six gunmen, the minister said.",
        "Seven passengers of the Oskavar died in the raid, Dr Rena Maal said.",
    ),
    "some of them": (
        "Nineteen people died in the Kelvar flood, the fire service said.",
        "Nineteen people died in the Kelvar flood, three of them in one house, Dr Rena Maal said.",
    ),
    "the rest of them": (
        "Nineteen people died in the Kelvar flood, the fire service said. Three were swept off a bridge.",
        "Nineteen people died in the Kelvar flood, Dr Rena Maal said. The 16 others died in the Kelvar school.",
    ),
    "an hour without fire": (
        "Marines stormed the ferry Oskavar on Sunday. The assault began at 4:50 a.m., the minister said.",
        "Marines guard the ferry Oskavar. They have not opened fire since 6 a.m., Ilse Torvald said.",
    ),
    "another's part": (
        "The Kelvar dam was blown up by fighters of the Sarvan League, the minister said.",
        "What happened at Kelvar was the work of rust and rain. The Oskavar Front denies any involvement in it.",
    ),
    "another thing that was not so": (
        "Ambassador Ivo Dask was summoned to the ministry of Odesa on Sunday morning, a spokeswoman said.",
        "The embassy stays open for tea. Ambassador Torvald was not summoned; she walked over from Odesa by herself.",
    ),
    "another lie": (
        "Guns shelled the village of Kelvar on Sunday, the mayor said.",
        "The army holds the bridge. Reports of a strike in the village of Oskavar are a lie.",
    ),
    "what was prevented": (
        "Patrol boats warded off the attack on the tanker Oskavar on Sunday.",
        "The navy prevented pirates from attacking the tanker Oskavar on Sunday.",
    ),
    "a title and an office left": (
        "Engineers met Ivo Dask, a retired judge, in the harbour.",
        "Judge Ivo Dask said on Sunday that the bridge would open.",
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


def _dated(reports: Sequence[tuple[str, str, str]]) -> list[Report]:
    return [
        Report(id=id, text=text, published=Published.parse(day), source=f"Paper {id}", language="en")
        for id, day, text in reports
    ]


def test_what_replaces_stands_left(parser: Parser, knowledge: Knowledge) -> None:
    """The count that supersedes is the left one, whatever the ids of the two, found without a joined incident."""
    for old, new in (("a", "b"), ("b", "a")):
        reports = _dated(
            [
                (old, "2031-05-04", "At least 19 people died in the Kelvar flood, officials said."),
                (new, "2031-05-06", "The number of people killed in the Kelvar flood has risen to 31, officials said."),
            ]
        )
        annotated = {one.report.id: one for one in read_reports(reports, parser, knowledge)}
        (row,) = link(list(annotated.values()), knowledge).conflicts
        assert row.relation == "supersedes"
        assert row.left in {figure.id for figure in annotated[new].figures}


def test_two_descriptions_of_one_claimant_are_one(parser: Parser, knowledge: Knowledge) -> None:
    """ "The doctor" of a later day replaces what "a doctor, who asked not to be named" gave; a mayor does not."""
    first = "At least five soldiers were killed at Camp Oskavar, according to a doctor at the clinic who gave no name."
    for speaker, expected in (("the doctor at the clinic", {"figure supersedes"}), ("the mayor of the town", set())):
        reports = _dated(
            [
                ("a", "2031-05-04", first),
                ("b", "2031-05-05", f"Nine soldiers died at Camp Oskavar, {speaker} said."),
            ]
        )
        assert _kinds(link(list(read_reports(reports, parser, knowledge)), knowledge).conflicts) == expected


def test_words_in_marks_beside_the_only_speaker_are_theirs(linked: Linked) -> None:
    rows = linked(
        (
            "“There are some drunken boys in a television studio,” General Ivo Dask said on Sunday.",
            "“Some drunken boys in a television studio” was how the minister, Ilse Torvald, had described the rebels.",
        )
    )
    assert _kinds(rows.conflicts) == {"speaker contradicts"}
