import time
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.actors import load_actors
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import DATA
from dateline.model.vocab import EntityKind, Sex


def test_every_actor_is_found_by_each_of_its_names(knowledge: Knowledge) -> None:
    actors = knowledge.actors
    for actor in actors.all:
        for name in (actor.name, *actor.names):
            assert actor in actors.named(name), f"{actor.id} is not found as {name}"


def test_offices_are_found_by_date(knowledge: Knowledge) -> None:
    held = knowledge.actors.holders("foreign_minister", "DEU", date(2022, 9, 30))
    assert [actor.name for actor in held] == ["Annalena Baerbock"]
    assert held[0].sex is Sex.FEMALE
    assert [a.name for a in knowledge.actors.holders("prime_minister", "GBR", date(2022, 9, 30))] == ["Liz Truss"]
    assert not knowledge.actors.holders("prime_minister", "GBR", date(1066, 1, 1))


def test_offices_run_forward(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.people():
        for office in actor.offices:
            assert office.from_ is None or office.to is None or office.from_ <= office.to, actor.name


def test_countries_by_name_demonym_and_government(knowledge: Knowledge) -> None:
    actors = knowledge.actors
    assert actors.country_of("Russian Federation") == "RUS"
    assert actors.country_of("Finns") == "FIN"
    assert actors.country_of("the Kremlin") == "RUS"
    assert actors.country_of("Lyman") is None
    assert sum(1 for c in actors.countries.values() if c.demonyms) > 180


def test_parties_are_those_of_conflicts_fought_on_the_day(knowledge: Knowledge) -> None:
    actors = knowledge.actors
    assert actors.is_party("UKR", on=date(2022, 9, 30))
    assert actors.is_party(None, "hezbollah", on=date(2024, 1, 1))
    assert not actors.is_party("FIN", on=date(2022, 9, 30))
    assert not actors.is_party("UKR", on=date(2010, 1, 1))
    assert actors.is_party("RUS", "fsb", on=date(2022, 9, 30))
    assert not actors.is_party("RUS", "ovd-info", on=date(2022, 9, 30))
    known = {a.id for a in actors.all}
    for conflict in actors.conflicts:
        assert set(conflict.actors) <= known, conflict.id
        assert set(conflict.countries) <= set(actors.countries), conflict.id


def test_the_ruler_names_people_areas_and_cities_but_no_weak_names(knowledge: Knowledge) -> None:
    ruler = set(knowledge.actors.ruler())
    assert {("GPE", "Lyman"), ("PERSON", "Sergei Lavrov"), ("NORP", "Ukrainian"), ("ORG", "NATO")} <= ruler
    names = {name for _, name in ruler}
    assert not names & {"Jordan", "Lavrov", "Security Council"}
    # A name with two labels would be ruled by chance.
    assert len(names) >= len(ruler) - 2


def test_countries_are_actors(knowledge: Knowledge) -> None:
    finland = knowledge.actors.get("country-fin")
    assert finland is not None
    assert finland.kind is EntityKind.GOVERNMENT


def test_loading_is_quick() -> None:
    start = time.perf_counter()
    load_actors(DATA / "actors")
    assert time.perf_counter() - start < 3.0, "loading takes many times its 0.1 s: something is read twice"


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("people.tsv", "Mara Venn\t\tfemale\tXXX\tGOV\t\t\t\n", "no known country"),
        ("people.tsv", "Mara Venn\t\tfemale\n", "3 cells"),
        ("people.tsv", "Mara Venn\t\tfemale\t\tGOV\t\t\tpresident\n", "office"),
        ("organisations.yaml", "- {id: x, name: X, kind: organisation, colour: red}\n", "colour"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, file: str, line: str, told: str) -> None:
    copytree(DATA / "actors", tmp_path / "actors")
    copytree(DATA / "places", tmp_path / "places")
    with (tmp_path / "actors" / file).open("a", encoding="utf-8") as out:
        out.write(line)
    with pytest.raises(KnowledgeError, match=told):
        load_actors(tmp_path / "actors")
