"""Names that might be meant: from the less to the better supported, never back."""

from collections.abc import Sequence

from dateline.link.entities import link_entities
from dateline.link.suggestions import suggest_names
from dateline.matching.names import could_reach, match_names
from dateline.model.links import Lineage
from dateline.model.records import AnnotatedReport, Referent
from dateline.model.vocab import Direction, EntityKind
from tests.link.build import report


def told(id: str, name: str, kind: EntityKind = EntityKind.PERSON, actor: str | None = None) -> AnnotatedReport:
    """A report of that id, by an outlet of its own, that names one thing."""
    one = Referent(id=f"{id}-1", report=id, name=name, kind=kind, mentions=(f"{id}-1",), because="", actor=actor)
    return report(id, f"{name} spoke.", source=f"Outlet {id}").replace(referents=(one,))


def offered(reports: Sequence[AnnotatedReport], lineage: Sequence[Lineage] = ()) -> dict[str, list[str]]:
    entities = link_entities([referent for one in reports for referent in one.referents])
    found = suggest_names(entities, reports, lineage)
    return {entity.name: [s.name for s in entity.suggestions] for entity in found if entity.suggestions}


def test_the_spelling_of_more_sources_is_suggested_for_the_other_alone() -> None:
    given = [told("a", "Mara Vennholt"), told("b", "Mara Vennholt"), told("c", "Mara Venholt")]
    assert offered(given) == {"Mara Venholt": ["Mara Vennholt"]}


def test_a_known_name_is_suggested_and_gets_none() -> None:
    given = [told("a", "Mara Vennholt", actor="x"), told("b", "Mara Venholt"), told("c", "Mara Venholt")]
    assert offered(given) == {"Mara Venholt": ["Mara Vennholt"]}


def test_two_known_names_are_two_things() -> None:
    assert offered([told("a", "Mara Vennholt", actor="x"), told("b", "Mara Venholt", actor="y")]) == {}


def test_without_better_support_each_is_suggested_and_says_so() -> None:
    given = [told("a", "Mara Vennholt"), told("b", "Mara Venholt")]
    assert offered(given) == {"Mara Vennholt": ["Mara Venholt"], "Mara Venholt": ["Mara Vennholt"]}
    entities = suggest_names(link_entities([r for one in given for r in one.referents]), given, ())
    assert all("neither is better supported" in s.because for entity in entities for s in entity.suggestions)


def test_a_copy_is_no_second_source() -> None:
    given = [told("a", "Mara Vennholt"), told("b", "Mara Vennholt"), told("c", "Mara Venholt")]
    copied = Lineage(
        id="1", because="", producer="", version="", rests_on=(), report="b", from_report="a", latent_origin=None,
        share=0.9, direction=Direction.A_FROM_B,
    )  # fmt: skip
    assert sorted(offered(given, [copied])) == ["Mara Venholt", "Mara Vennholt"]


def test_more_words_may_be_another_organisation() -> None:
    names = {"a": "Arden Council", "b": "Arden Council", "c": "Arden Relief Council"}
    assert offered([told(id, name, EntityKind.ORGANISATION) for id, name in names.items()]) == {}


def test_an_initial_is_no_surname() -> None:
    assert offered([told("a", "Mara V. Orrin"), told("b", "Mara Venn"), told("c", "Mara Venn")]) == {}


def test_the_quick_bound_denies_no_likeness() -> None:
    names = [
        "Mara Vennholt",
        "Mara Venholt",
        "VENNHOLT, Mara",
        "Maravenn Holt",
        "Mara V. Holt",
        "Olek Sarr",
        "Oleg Sar",
    ]
    for a in names:
        for b in names:
            if match_names(a, b, "person").score >= 0.8:
                assert could_reach(a, b, "person", 0.8), (a, b)
