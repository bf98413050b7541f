"""What the tables of actors hold, and that a name that also means something else is nobody's."""

from datetime import date

import pytest

from dateline.knowledge.folding import fold
from dateline.knowledge.handle import Knowledge
from dateline.model.report import Report
from dateline.model.vocab import EntityKind
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


@pytest.mark.parametrize(
    ("name", "id", "kind", "country", "sector"),
    [
        ("Ukraine's Air Force", "ukrainian-air-force", EntityKind.FORCE, "UKR", "MIL"),
        ("Free Syrian Army", "free-syrian-army", EntityKind.GROUP, "SYR", "REB"),
        ("Hashd al-Shaabi", "pmf", EntityKind.FORCE, "IRQ", "MIL"),
        ("Southern Transitional Council", "southern-transitional-council", EntityKind.GROUP, "YEM", "REB"),
        ("Sudan Liberation Army", "sudan-liberation-movement", EntityKind.GROUP, "SDN", "REB"),
        ("Oromo Liberation Army", "oromo-liberation-army", EntityKind.GROUP, "ETH", "REB"),
        ("JNIM", "jnim", EntityKind.GROUP, "MLI", "REB"),
        ("Allied Democratic Forces", "adf", EntityKind.GROUP, "COD", "REB"),
        ("Karen National Union", "knu", EntityKind.GROUP, "MMR", "REB"),
        ("Lebanese army", "lebanese-army", EntityKind.FORCE, "LBN", "MIL"),
        ("Pakistani Taliban", "ttp", EntityKind.GROUP, "PAK", "REB"),
        ("Libyan National Army", "libyan-national-army", EntityKind.FORCE, "LBY", "REB"),
        ("AMISOM", "amisom", EntityKind.FORCE, None, "IGO"),
        ("Nagorno-Karabakh Republic", "nagorno-karabakh", EntityKind.GROUP, "AZE", "REB"),
        ("Viv Ansanm", "viv-ansanm", EntityKind.GROUP, "HTI", "CRM"),
        ("Israeli Foreign Ministry", "israeli-mfa", EntityKind.INSTITUTION, "ISR", "GOV"),
        ("Turkey's defence ministry", "turkish-mod", EntityKind.INSTITUTION, "TUR", "MIL"),
        ("Lok Sabha", "lok-sabha", EntityKind.INSTITUTION, "IND", "LEG"),
        ("Shin Bet", "shin-bet", EntityKind.INSTITUTION, "ISR", "GOV"),
        ("Inter-Services Intelligence", "isi", EntityKind.INSTITUTION, "PAK", "MIL"),
        ("CENTCOM", "centcom", EntityKind.FORCE, "USA", "MIL"),
        ("Alternative for Germany", "afd", EntityKind.ORGANISATION, "DEU", "PTY"),
        ("OPCW", "opcw", EntityKind.ORGANISATION, None, "IGO"),
        ("European Court of Human Rights", "echr", EntityKind.INSTITUTION, None, "JUD"),
        ("Norwegian Refugee Council", "norwegian-refugee-council", EntityKind.ORGANISATION, None, "CVL"),
    ],
)
def test_bodies_by_their_names(
    knowledge: Knowledge, name: str, id: str, kind: EntityKind, country: str | None, sector: str
) -> None:
    (actor,) = knowledge.actors.named(name)
    assert (actor.id, actor.kind, actor.country, actor.sector) == (id, kind, country, sector)


# Ordinary words, people's and towns' names, and short names that several bodies bear.
WEAK = (
    "PDF, RSS, MIT, FACT, CARE, Fano, OLA, Amal, Amnesty, Memorial, Kraken, Bloomberg, Diet, Fed, Senate, Treasury, "
    "House of Commons, Foreign Office, National Assembly, Democratic Party, BNP, National Security Council, Red Cross, "
    "Justice Department, Coast Guard, Supreme Court, IRA, IS"
)


@pytest.mark.parametrize("name", WEAK.split(", "))
def test_a_weak_name_is_nobodys(knowledge: Knowledge, name: str) -> None:
    assert knowledge.actors.weakly_named(name), f"{name!r} is no weak name"
    assert not knowledge.actors.named(name)
    assert name not in {ruled for _, ruled in knowledge.actors.ruler()}


def test_no_actor_bears_a_name_both_strong_and_weak(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.all:
        strong = {fold(n) for n in (actor.name, *actor.names)}
        assert not strong & {fold(n) for n in actor.weak}, actor.id


def test_two_bodies_of_one_name_are_neither(knowledge: Knowledge) -> None:
    for name in ("Justice and Development Party", "Peoples Democratic Party"):
        assert len(knowledge.actors.named(name)) == 2


def test_nobody_holds_office_after_death(knowledge: Knowledge) -> None:
    for actor in knowledge.actors.people():
        for office in actor.offices:
            assert not actor.died or (office.to and office.to <= actor.died), f"{actor.name}: {office.office}"


@pytest.mark.parametrize(
    ("office", "of", "day", "name"),
    [
        ("director_general", "iaea", date(2015, 7, 14), "Yukiya Amano"),
        ("director_general", "iaea", date(2022, 9, 1), "Rafael Grossi"),
        ("president", "ecb", date(2012, 7, 26), "Mario Draghi"),
        ("eu_high_representative", "ITA", date(2016, 1, 1), "Federica Mogherini"),
        ("president", "abkhazia", date(2016, 1, 1), "Raul Khajimba"),
        ("prime_minister", "NPL", date(2019, 1, 1), "K. P. Sharma Oli"),
        ("president", "BRA", date(2015, 1, 2), "Dilma Rousseff"),
        ("foreign_minister", "SYR", date(2015, 1, 2), "Walid al-Moallem"),
        ("supreme_leader", "AFG", date(2022, 1, 1), "Hibatullah Akhundzada"),
        ("spokesperson", "russian_mfa", date(2022, 9, 30), "Maria Zakharova"),
    ],
)
def test_who_held_what(knowledge: Knowledge, office: str, of: str, day: date, name: str) -> None:
    assert name in {actor.name for actor in knowledge.actors.holders(office, of, day)}


@pytest.mark.parametrize(
    "text",
    [
        "Adam Wagner spoke in Leipzig on Monday.",
        "Islah Varn, a professor, spoke to Wafa Doren.",
        "He opened a PDF file and an RSS feed at MIT.",
        "The mayor met Rada Moln and Elena Levada.",
        "Amnesty for all prisoners was promised on Monday.",
    ],
)
def test_a_persons_name_or_a_word_is_no_body(text: str, parser: Parser, knowledge: Knowledge) -> None:
    read = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    assert not [r.name for r in read.referents if r.actor]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Ukraine’s Air Force shot down 12 drones on Monday.", {"ukrainian-air-force"}),
        ("The Pakistani Taliban and the Afghan Taliban spoke on Monday.", {"ttp", "taliban"}),
        ("Gaza's Civil Defense said that 12 people were killed.", {"gaza-civil-defence"}),
        ("Reporters Without Borders (RSF) said on Monday that RSF staff were safe.", {"reporters-without-borders"}),
    ],
)
def test_bodies_in_a_sentence(text: str, ids: set[str], parser: Parser, knowledge: Knowledge) -> None:
    read = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    assert {r.actor for r in read.referents if r.actor} == ids
