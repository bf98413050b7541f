import pytest

from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Referent
from dateline.model.report import Published, Report
from dateline.model.vocab import EntityKind, Sex
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


@pytest.fixture(scope="module")
def read(parser: Parser, knowledge: Knowledge):  # type: ignore[no-untyped-def]
    def run(text: str, published: str | None = None) -> AnnotatedReport:
        day = Published.parse(published) if published else None
        return read_report(Report(id="x", text=text, published=day, language="en"), parser, knowledge)

    return run


def named(annotated: AnnotatedReport, name: str) -> Referent:
    found = [r for r in annotated.referents if r.name == name]
    assert len(found) == 1, [r.name for r in annotated.referents]
    return found[0]


def test_a_surname_goes_to_the_one_who_bears_it(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Mara Venn opened the meeting. Venn then left.\n\nOn Friday Venn returned.")
    assert len(named(annotated, "Mara Venn").mentions) == 3


def test_two_bearers_keep_a_surname_apart(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Mara Venn met Tarik Venn in Ardenport. Venn then left the room.")
    assert len(named(annotated, "Mara Venn").mentions) == 1
    assert len(named(annotated, "Tarik Venn").mentions) == 1


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Finnish Foreign Minister Mara Venn spoke.", "Finnish Foreign Minister"),
        ("Mara Venn, the mayor of Ardenport, spoke.", "mayor of Ardenport"),
        ("Mara Venn (army spokeswoman) spoke.", "spokeswoman"),
        ("Outgoing President Mara Venn spoke.", "Outgoing President"),
        ("Mara Venn, founder of Ardenwatch, spoke.", "founder of Ardenwatch"),
    ],
)
def test_roles_are_read(read, text: str, role: str) -> None:  # type: ignore[no-untyped-def]
    assert named(read(text), "Mara Venn").roles == (role,)


def test_one_government_under_all_its_names(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Russia rejected the plan. The Kremlin gave no reason. Moscow promised an answer.")
    (government,) = [r for r in annotated.referents if r.kind is EntityKind.GOVERNMENT]
    assert len(government.mentions) == 3
    assert government.country == "RUS"


def test_a_city_is_not_its_government(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Moscow rejected the plan. Crowds gathered in Moscow.")
    assert {r.kind for r in annotated.referents} == {EntityKind.GOVERNMENT, EntityKind.PLACE}


def test_sex_by_knowledge_and_by_title(read) -> None:  # type: ignore[no-untyped-def]
    assert named(read("Maria Zakharova spoke to reporters."), "Maria Zakharova").sex is Sex.FEMALE
    assert named(read("Mr. Tarik Venn spoke to reporters."), "Tarik Venn").sex is Sex.MALE
    assert named(read("Robin Venn spoke to reporters."), "Robin Venn").sex is None


def test_a_pronoun_tells_the_sex_only_where_nobody_else_fits(read) -> None:  # type: ignore[no-untyped-def]
    assert named(read("Robin Venn said that she was tired."), "Robin Venn").sex is Sex.FEMALE
    assert named(read("Robin Venn told Tarik Lind that she was tired."), "Robin Venn").sex is None


def test_a_garbled_name_is_not_repaired(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Polish Foreign Minister Zbigniew Rauch spoke to reporters.", "2022-09-30")
    referent = named(annotated, "Zbigniew Rauch")
    assert referent.actor is None
    assert referent.country == "POL"


def test_mentions_know_their_referents(read) -> None:  # type: ignore[no-untyped-def]
    annotated = read("Mara Venn met NATO officials. Venn left Finland.")
    homes = {r.id: r for r in annotated.referents}
    for mention in annotated.mentions:
        assert mention.id in homes[mention.referent].mentions
    assert all(r.id == r.mentions[0] for r in annotated.referents)
