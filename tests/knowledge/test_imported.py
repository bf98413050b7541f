"""Invented tables and entities become actors, bad rows are named, and nobody is taken for another."""

import json
from datetime import date

import pytest

from dateline.errors import InputError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.imported import Imported, actors_from, read_file, to_json
from dateline.knowledge.positions import Positions, read_titles
from dateline.model.vocab import EntityKind, Sex

HEADER = "position,person,personID,start,end,gender,DOD\n"


@pytest.fixture(scope="module")
def positions(knowledge: Knowledge) -> Positions:
    return Positions(knowledge)


def table(positions: Positions, rows: str, name: str = "norway-cabinet.csv", header: str = HEADER) -> Imported:
    return read_file(name, (header + rows).encode(), positions)


def ftm(positions: Positions, *entities: dict[str, object]) -> Imported:
    return read_file("x.ftm.json", "\n".join(map(json.dumps, entities)).encode(), positions)


@pytest.mark.parametrize(
    ("position", "office", "country", "known"),
    [
        ("Minister of Foreign Affairs", "foreign_minister", None, True),
        ("Minister for Foreign Affairs of Ukraine", "foreign_minister", "UKR", True),
        ("United States Secretary of State", "foreign_minister", "USA", True),
        ("President of Albania", "president", "ALB", True),
        ("Prime Minister of the United Kingdom", "prime_minister", "GBR", True),
        ("Chancellor of the Exchequer", "finance_minister", None, True),
        ("Secretary-General of the United Nations", "un_secretary_general", None, True),
        ("President of the Senate", "president_of_the_senate", None, False),
        ("Ambassador to France", "ambassador_to_france", None, False),
        ("Secretary of the Interior", "secretary_of_the_interior", None, False),
    ],
)
def test_a_position_is_an_office_only_as_a_whole(
    positions: Positions, position: str, office: str, country: str | None, known: bool
) -> None:
    found = positions.read(position)
    assert (found.office, found.country, found.known) == (office, country, known)


def test_every_title_is_read(knowledge: Knowledge, positions: Positions) -> None:
    for title in read_titles(knowledge.root / "actors"):
        assert positions.read(title.example).office == title.id


def test_a_table_gives_people_with_their_tenures(positions: Positions) -> None:
    read = table(positions, "Prime Minister,Tovik Amsel,Q987654321,2028-02-01,2031-01,male,2031-04-02\n")
    (actor,) = read.actors
    assert (actor.name, actor.country, actor.wikidata, actor.sex) == ("Tovik Amsel", "NOR", "Q987654321", Sex.MALE)
    assert actor.died == "2031-04-02"
    assert [(o.office, o.from_, o.to) for o in actor.offices] == [("prime_minister", "2028-02-01", "2031-01")]
    assert read.country == "NOR"


def test_a_world_table_says_the_country_itself(positions: Positions) -> None:
    header = "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year\n"
    read = table(positions, "Q20,Norway,Q1,Prime Minister of Norway,Q987,Tovik Amsel,2028,\n", "leaders.csv", header)
    assert (read.actors[0].country, read.actors[0].wikidata) == ("NOR", "Q987")
    assert not read.refused


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Tovik Amsel,,2028,,male,", "no position"),
        ("Prime Minister,,,2028,,male,", "names nobody"),
        ("Prime Minister,Q123,,2028,,male,", "names nobody"),
        ("Prime Minister,Tovik Amsel,,1 May 2028,,male,", "no year, month or day"),
        ("Prime Minister,Tovik Amsel,,2028,2027,male,", "before it starts"),
        ("Prime Minister,赵,,2028,,male,", "Latin"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_taken(positions: Positions, row: str, why: str) -> None:
    read = table(positions, f"{row}\nMinister of Defence,Nuriya Vendrel,,2029,,female,\n")
    assert [a.name for a in read.actors] == ["Nuriya Vendrel"]
    assert [one.line for one in read.refused] == [2]
    assert why in read.refused[0].reason


def test_an_office_without_a_country_is_refused(positions: Positions) -> None:
    read = table(positions, "Prime Minister,Tovik Amsel,,2028,,male,\n", "people.csv")
    assert not read.actors
    assert "--country" in read.refused[0].reason


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"name,born\nMara Venn,2001\n"])
def test_what_is_no_such_file_is_refused(positions: Positions, data: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.csv"):
        read_file("x.csv", data, positions)


def test_a_successor_ends_a_tenure_that_the_table_leaves_open(positions: Positions) -> None:
    rows = "Prime Minister,Tovik Amsel,,2028-02-01,,male,\nPrime Minister,Mara Venn,,2030-03-01,,female,\n"
    first, second = table(positions, rows).actors
    assert (first.offices[0].to, second.offices[0].to) == ("2030-03-01", None)
    deputies = rows.replace("Prime Minister", "Deputy Prime Minister")
    assert table(positions, deputies).actors[0].offices[0].to is None


def test_followthemoney_gives_people_bodies_vessels_and_who_held_what(positions: Positions) -> None:
    read = ftm(
        positions,
        {"id": "h", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["d"], "startDate": ["2029-01-01"]}},
        {"id": "p", "schema": "Person", "properties": {"name": ["Nuriya Vendrel"], "nationality": ["no"]}},
        {"id": "d", "schema": "Position", "properties": {"name": ["Minister of Defence"], "country": ["no"]}},
        {"id": "v", "schema": "Vessel", "properties": {"name": ["Grey Heron"], "flag": ["no"]}},
        {"id": "b", "schema": "PublicBody", "properties": {"name": ["Velmar Dams Authority"], "abbreviation": ["VDA"]}},
        {"id": "m", "schema": "Membership", "properties": {"member": ["p"], "organization": ["b"], "role": ["Chair"]}},
        {"id": "z", "schema": "Payment", "properties": {}},
    )
    people = {actor.name: actor for actor in read.actors}
    assert {o.office for o in people["Nuriya Vendrel"].offices} == {"defence_minister", "chair"}
    assert people["Grey Heron"].kind is EntityKind.FACILITY
    assert (people["Velmar Dams Authority"].names, people["Velmar Dams Authority"].sector) == (("VDA",), "GOV")
    assert (read.rows, read.skipped, read.refused) == (6, (("Payment", 1),), ())


def test_bad_lines_of_followthemoney_are_named(positions: Positions) -> None:
    lines = [
        '{"id": "p", "schema": "Person", "properties": {"name": ["Nuriya Vendrel"]}}',
        "{not json",
        '{"id": "q", "schema": "Person", "properties": {"name": []}}',
        '{"id": "h", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["gone"]}}',
        '["a", "list"]',
    ]
    read = read_file("x.ftm.json", "\n".join(lines).encode(), positions)
    assert (len(read.actors), [one.line for one in read.refused]) == (1, [2, 3, 4, 5])
    assert "post is not in this file" in read.refused[2].reason


def test_the_digest_changes_with_what_is_imported(knowledge: Knowledge, positions: Positions) -> None:
    actors = table(positions, "Prime Minister,Tovik Amsel,,2028,,male,\n").actors
    assert actors_from(to_json(actors)) == actors
    more = knowledge.plus(actors)
    assert more.digest != knowledge.digest
    assert more != knowledge
    assert more.plus(()).imported == ()
    assert more.plus(actors) is more
    assert ("PERSON", "Tovik Amsel") in more.actors.ruler()


def test_an_imported_person_is_the_shipped_one(knowledge: Knowledge, positions: Positions) -> None:
    same = "President,Emmanuel J. Macron,Q3052772,2017-05-14,,male,\n"
    more = knowledge.plus(table(positions, same, "france.csv").actors)
    (macron,) = more.actors.named("Emmanuel J. Macron")
    assert macron.id == "emmanuel-macron"
    assert [o for o in macron.offices if o.office == "president"] == [
        o for o in knowledge.actors.named("Emmanuel Macron")[0].offices if o.office == "president"
    ]


def test_a_namesake_is_another_and_the_name_alone_means_neither(knowledge: Knowledge, positions: Positions) -> None:
    other = "Minister of Culture,Emmanuel Macron,Q987654321,2028,,male,\n"
    more = knowledge.plus(table(positions, other).actors)
    assert len(more.actors.named("Emmanuel Macron")) == 2


def test_who_came_into_the_same_office_on_the_same_day_is_one(knowledge: Knowledge, positions: Positions) -> None:
    rows = "President,Emanuel Makron,,2017-05-14,,male,\n"
    more = knowledge.plus(table(positions, rows, "france.csv").actors)
    assert [a.name for a in more.actors.holders("president", "FRA", date(2022, 9, 30))] == ["Emmanuel Macron"]


def test_a_single_word_is_left_to_the_tagger(knowledge: Knowledge, positions: Positions) -> None:
    entity = {"id": "c", "schema": "Company", "properties": {"name": ["Orange"], "alias": ["Orange Dams"]}}
    more = knowledge.plus(ftm(positions, entity).actors)
    assert ("ORG", "Orange Dams") in more.actors.ruler()
    assert ("ORG", "Orange") not in more.actors.ruler()
    assert more.actors.named("Orange")
