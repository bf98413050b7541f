from dateline.knowledge.handle import Knowledge
from dateline.link.bare_tolls import bare_tolls
from dateline.link.incidents import link_incidents
from dateline.link.naming import Naming
from dateline.link.tellings import gather
from dateline.link.world import World
from dateline.model.vocab import Status
from tests.link.build import Builder

DAY = "2031-05-04"


def shelled(id: str, text: str, place: str, killed: str, published: str = "2031-05-05") -> Builder:
    built = Builder(id, text, published)
    event = built.event("shelled", "Rebels", place=place, day=DAY, quad="material_conflict", precision=None)
    built.figure(f"{killed} people", float(killed), "people", event)
    return built


def toll(text: str, words: str, published: str = "2031-05-06", claimant: str | None = None) -> Builder:
    built = Builder("z", text, published)
    built.figure(words, float(words.split()[0]), "dead", None, claimant)
    return built


HREB = shelled("a", "Rebels shelled the market of Hreb on Sunday, killing 30 people.", "Hreb", "30")


def test_a_toll_of_the_same_place_is_of_the_incident_with_its_report_and_claimant() -> None:
    later = toll("The toll in Hreb rose to 44 dead, Oda Renn said.", "44 dead", claimant="Oda Renn")
    world = World([HREB.one, later.one], (), ())
    (found,) = link_incidents(world, Knowledge())
    assert found.reports == ("a", "z")
    assert [(claim.low, claim.claimant) for claim in found.figures] == [(30.0, None), (44.0, "Oda Renn")]
    assert found.claimants == ("Oda Renn",)
    assert "z gives a toll of it" in found.because
    assert link_incidents(world)[0].reports == ("a",)


def test_a_toll_that_may_be_of_two_incidents_or_came_before_is_of_none() -> None:
    naming, knowledge = Naming, Knowledge()

    def homes(later: Builder, *others: Builder) -> dict[int, list[float | None]]:
        world = World([HREB.one, *(o.one for o in others), later.one], (), ())
        found = bare_tolls(gather(world), world, naming(world, knowledge))
        return {n: [figure.value for figure, _ in some] for n, some in found.items()}

    rose = "The toll in Hreb rose to 44 dead."
    assert homes(toll(rose, "44 dead")) == {0: [44.0]}
    assert homes(toll("The toll in Dorvik rose to 44 dead.", "44 dead")) == {}
    assert homes(toll(rose, "44 dead", published="2031-05-03")) == {}
    assert homes(toll(rose, "44 dead", published="2031-06-30")) == {}
    again = Builder("b", "The army bombed the docks of Hreb on Friday.", "2031-05-10")
    again.event("bombed", "The army", place="Hreb", day="2031-05-09", quad="material_conflict", precision=None)
    assert homes(toll(rose, "44 dead", published="2031-05-10"), again) == {}


def test_a_toll_told_with_an_alleged_attack_is_no_less_a_toll() -> None:
    later = Builder("z", "Rebels were blamed for shelling Hreb, where 44 people are dead now.", "2031-05-06")
    event = later.event("shelling", "Rebels", status=Status.POSSIBLE)
    later.figure("44 people", 44.0, "people", event)
    (found,) = link_incidents(World([HREB.one, later.one], (), ()), Knowledge())
    assert found.reports == ("a", "z")
