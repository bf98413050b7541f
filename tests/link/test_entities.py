import random

from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.handle import Knowledge
from dateline.link.entities import link_entities
from dateline.link.linker import link
from dateline.model.records import Referent
from dateline.model.vocab import EntityKind
from tests.link.build import report


def referent(
    id_: str, name: str, report: str = "a", kind: EntityKind = EntityKind.PERSON, actor: str | None = None
) -> Referent:
    return Referent(id=id_, report=report, name=name, kind=kind, mentions=(id_,), because="", actor=actor)


def test_the_full_name_joins_across_reports() -> None:
    (entity,) = link_entities([referent("2", "Mara Venn"), referent("1", "MARA VENN", "b")])
    assert entity.id == "1"
    assert entity.rests_on == ("1", "2")
    assert entity.names == ("MARA VENN", "Mara Venn")


def test_a_surname_alone_never_joins() -> None:
    assert len(link_entities([referent("1", "Venn"), referent("2", "Venn", "b"), referent("3", "Mara Venn", "c")])) == 3


def test_a_known_actor_joins_other_spellings(knowledge: Knowledge) -> None:
    (entity,) = link_entities(
        [referent("1", "Dmitri Peskov", actor="dmitry-peskov"), referent("2", "Peskov", "b", actor="dmitry-peskov")],
        knowledge.actors,
    )
    assert entity.name == "Dmitri Peskov"
    assert entity.country == "RUS"


def test_a_known_actor_without_a_full_name_is_shown_by_its_own(knowledge: Knowledge) -> None:
    (entity,) = link_entities([referent("1", "Peskov", actor="dmitry-peskov")], knowledge.actors)
    assert entity.name == "Dmitry Peskov"


def test_linking_gives_known_actors_their_wikidata_id(knowledge: Knowledge) -> None:
    one = report("a", "Abdalla Hamdok spoke.").replace(
        referents=(referent("1", "Abdalla Hamdok", actor="abdalla-hamdok"),)
    )
    (entity,) = link([one], knowledge).entities
    assert entity.wikidata == knowledge.actors.get("abdalla-hamdok").wikidata is not None  # type: ignore[union-attr]


def test_kinds_stay_apart() -> None:
    assert len(link_entities([referent("1", "Arden Bay"), referent("2", "Arden Bay", kind=EntityKind.PLACE)])) == 2


def test_a_near_name_is_not_joined() -> None:
    assert len(link_entities([referent("1", "Mara Vennholt"), referent("2", "Mara Venholt", "b")])) == 2


NAMES = st.sampled_from(["Mara Venn", "Venn", "Mara Ven", "Olek Sarr", "olek sarr", "Arden", ""])


@given(
    st.lists(st.tuples(NAMES, st.sampled_from("abc"), st.sampled_from(list(EntityKind))), max_size=12), st.integers()
)
def test_the_order_does_not_count(rows: list[tuple[str, str, EntityKind]], seed: int) -> None:
    referents = [referent(f"{n:02}", name, report, kind) for n, (name, report, kind) in enumerate(rows)]
    shuffled = list(referents)
    random.Random(seed).shuffle(shuffled)
    linked = link_entities(referents)
    assert linked == link_entities(shuffled)
    assert sorted(id_ for entity in linked for id_ in entity.rests_on) == [r.id for r in referents]
