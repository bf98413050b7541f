"""Which tellings are of one incident, and which reports tell of it without one."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.link.incidents import link_incidents
from dateline.link.world import World
from dateline.model.links import Entity, Incident
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import EntityKind, EventBasis, Polarity, Stage, Status
from tests.link.build import Builder, report

DAY = "2031-05-04"
NEXT = "2031-05-05"


def entity(name: str, kind: EntityKind) -> Entity:
    return Entity(
        id=name, because="", score=1.0, producer="", version="", rests_on=(name,), name=name, kind=kind, names=(name,)
    )


KNOWN = (
    entity("Ilse Torvald", EntityKind.PERSON),
    entity("The Salvation Council", EntityKind.ORGANISATION),
    entity("Oda Renn", EntityKind.PERSON),
)


def incidents(*built: Builder | AnnotatedReport, knowledge: Knowledge | None = None) -> tuple[Incident, ...]:
    given = sorted((b.one if isinstance(b, Builder) else b for b in built), key=lambda r: r.report.id)
    return link_incidents(World(given, KNOWN, link_copies(given, Knowledge())[0]), knowledge)


def shelled(id: str, text: str, trigger: str, place: str, day: str, published: str = NEXT) -> Builder:
    built = Builder(id, text, published)
    built.event(trigger, place=place, day=day, precision=None)
    return built


def test_a_village_that_no_gazetteer_knows_binds_by_its_name() -> None:
    one = shelled("a", "Mortar bombs fell on Hreb on Sunday.", "fell", "Hreb", DAY)
    two = shelled("b", "HREB had its market wrecked by a rocket on Sunday.", "wrecked", "HREB", DAY)
    other = shelled("c", "A patrol was ambushed at Dorvik on Sunday.", "ambushed", "Dorvik", DAY)
    assert [i.reports for i in incidents(one, two, other)] in ([("a", "b"), ("c",)], [("c",), ("a", "b")])


def test_the_day_of_the_saying_is_not_the_day_of_the_deed() -> None:
    first = shelled("a", "Mortar bombs fell on Hreb on Sunday.", "fell", "Hreb", DAY)
    text = "Observers said on Wednesday that a rocket had wrecked the market of Hreb."

    def later(said_on: str | None) -> Builder:
        built = Builder("b", text, "2031-05-07")
        statement = built.said("Observers", "said", text[len("Observers said on Wednesday that ") :], day=said_on)
        built.event("wrecked", place="Hreb", day="2031-05-07", statement=statement, basis=EventBasis.SENTENCE)
        return built

    assert len(incidents(first, later("2031-05-07"))) == 1
    assert len(incidents(first, later(None))) == 2


WIRE = "Rebels shelled a grain store in Hreb on Sunday as farmers queued at its gate, Governor Ilse Torvald said."
SPUN = "Rebels shelled a grain store in Dorvik on Monday as farmers queued at its gate, Governor Ilse Torvald said."


def test_what_a_copy_changed_leaves_it_the_same_act() -> None:
    one, two = Builder("a", WIRE, NEXT), Builder("b", SPUN, "2031-05-08")
    one.event("shelled", "Rebels", "a grain store", "Hreb", DAY)
    two.event("shelled", "Rebels", "a grain store", "Dorvik", "2031-05-08")
    assert [i.reports for i in incidents(one, two)] == [("a", "b")]


def test_a_copy_that_reads_as_another_kind_of_force_is_the_same_act() -> None:
    one, two = Builder("a", WIRE.replace("shelled", "seized"), NEXT), Builder("b", WIRE.replace("shelled", "mobbed"))
    one.event("seized", "Rebels", "a grain store", "Hreb", DAY, type="COERCE", quad="material_conflict")
    two.event("mobbed", "Rebels", "a grain store", "Hreb", type="ASSAULT", quad="material_conflict")
    assert [(i.type, i.reports) for i in incidents(one, two)] == [("COERCE", ("a", "b"))]


def test_a_report_with_the_copied_words_tells_it_though_no_event_was_read_there() -> None:
    one = Builder("a", WIRE, NEXT)
    one.event("shelled", "Rebels", "a grain store", "Hreb", DAY)
    (found,) = incidents(one, report("b", WIRE, NEXT, "Hreb Herald"))
    assert (found.reports, found.publishers, len(found.events)) == (("a", "b"), ("Hreb Herald",), 1)
    assert "b has a copied passage" in found.because
    assert len(found.rests_on) == 2
    (early,) = incidents(one, report("b", WIRE, "2031-05-01"))
    assert early.reports == ("a",)


def test_the_same_words_quoted_are_of_one_act() -> None:
    quote = "“They came in shooting and nobody on the whole lower deck had so much as moved a finger,”"

    def told(id: str, opening: str, after: str) -> Builder:
        built = Builder(id, f"{opening}\n\n{quote} {after}", NEXT)
        statement = built.said("Oda Renn", "said", quote[1:-2], referent="Oda Renn")
        built.event("shooting", day=DAY, basis=EventBasis.SENTENCE, statement=statement)
        return built

    one = told("a", "Commandos boarded a tug in Hreb on Sunday.", "Oda Renn said.")
    one.event("boarded", "Commandos", "a tug", "Hreb", DAY)
    two = told("b", "The clerk was asked about it.", "Oda Renn, a piano tuner of Lurn, said as rain fell on the quay.")
    assert [i.reports for i in incidents(one, two)] == [("a", "b")]
    assert incidents(two) == ()


@pytest.mark.parametrize(("type", "told"), [("THREATEN", True), ("REQUEST", True), ("ACCUSE", False)])
def test_a_demand_that_several_reports_tell_is_an_incident_and_blame_is_not(type: str, told: bool) -> None:
    text = "Oda Renn gave the guild seven days to reopen the lock of Hreb."

    def said(id: str) -> Builder:
        built = Builder(id, text, NEXT)
        built.event("gave", "Oda Renn", "the guild", day=DAY, type=type, quad="verbal_conflict")
        return built

    assert [i.reports for i in incidents(said("a"), said("b"))] == ([("a", "b")] if told else [])
    assert incidents(said("a")) == ()


def test_what_several_reports_tell_of_a_named_actor_is_an_incident() -> None:
    def curfew(id: str) -> Builder:
        built = Builder(id, "The Salvation Council imposed a curfew from seven in the evening.", NEXT)
        built.event("imposed", "The Salvation Council", type="COERCE", mode="curfew")
        return built

    assert [i.reports for i in incidents(curfew("a"), curfew("b"))] == [("a", "b")]
    assert incidents(curfew("a")) == ()


def test_two_deeds_of_one_doer_in_one_sentence_are_one_incident() -> None:
    def built(between: str) -> Builder:
        made = Builder("a", f"Guards sealed the mint of Hreb{between} jailed its master.", NEXT)
        for trigger, whom, mode in (("sealed", "the mint", "restrict"), ("jailed", "its master", "arrest")):
            made.event(trigger, "Guards", whom, type="COERCE", mode=mode, quad="material_conflict")
        return made

    assert len(incidents(built(" and"))) == 1
    assert len(incidents(built(". On another day Guards"))) == 2


def test_a_report_goes_on_with_what_it_opened_with() -> None:
    opening = "Pirates seized a launch off Hreb on Sunday.\n\n"

    def built(rest: str, trigger: str) -> Builder:
        made = Builder("a", opening + rest, NEXT)
        made.event("seized", "Pirates", None, "Hreb", DAY, type="COERCE", mode="confiscate")
        made.event(trigger, None, "the bridge", day=DAY, type="COERCE", mode="confiscate")
        return made

    assert len(incidents(built("Six men took over the bridge at noon.", "took over"))) == 1
    assert len(incidents(built("A choir sang.\n\nSix men took over the bridge at noon.", "took over"))) == 2


def test_what_was_done_to_one_person_is_one_act() -> None:
    def arrest(id: str, text: str, trigger: str, whom: str, day: str | None, place: str | None = None) -> Builder:
        built = Builder(id, text, NEXT)
        built.event(trigger, None, whom, place, day, type="COERCE", mode="arrest", quad="material_conflict")
        return built

    one = arrest("a", "Police arrested Ilse Torvald in Hreb on Sunday.", "arrested", "Ilse Torvald", DAY, "Hreb")
    two = arrest("b", "Lawyers want Ilse Torvald, held since Sunday, released.", "held", "Ilse Torvald", DAY)
    other = arrest("c", "Oda Renn has been held since Sunday.", "held", "Oda Renn", DAY)
    assert sorted(i.reports for i in incidents(one, two, other)) == [("a", "b"), ("c",)]


def test_a_report_that_denies_it_is_among_its_reports_and_no_telling_of_it() -> None:
    one = Builder("a", "Police arrested Ilse Torvald in Hreb on Sunday.", NEXT)
    one.event("arrested", None, "Ilse Torvald", "Hreb", DAY, type="COERCE", mode="arrest", quad="material_conflict")
    two = Builder("b", "Nobody arrested Ilse Torvald, her lawyers say: she walked in by herself.", NEXT)
    two.event(
        "arrested", None, "Ilse Torvald", type="COERCE", mode="arrest", quad="material_conflict",
        polarity=Polarity.NEGATED,
    )  # fmt: skip
    (found,) = incidents(one, two)
    assert (found.reports, len(found.events)) == (("a", "b"), 1)
    assert "b denies it" in found.because


def test_one_report_binds_the_tellings_of_two_others() -> None:
    one = Builder("a", "Raiders struck Hreb, where 14 people and 33 cows died.", "2031-05-05")
    one.figure("14 people", 14.0, "people", one.event("struck", "Raiders", place="Hreb"))
    two = Builder("b", "A blast at the dairy was heard on Sunday at the priory of Lurn.", "2031-05-05")
    two.event("blast", place="Lurn", day=DAY, precision=None)
    three = Builder("c", "At the priory of Lurn 14 people were killed on Sunday.", "2031-05-06")
    three.figure("14 people", 14.0, "people", three.event("killed", place="Lurn", day=DAY, precision=None))
    assert len(incidents(one, two)) == 2
    both = incidents(one, two, three)
    assert len(both) == 2, "the places of the first two rule each other out"
    bare = Builder("a", "Raiders struck: 14 people died.", "2031-05-05")
    bare.figure("14 people", 14.0, "people", bare.event("struck", "Raiders"))
    assert [i.reports for i in incidents(bare, two, three)] == [("a", "b", "c")]


def test_the_attack_points_back_to_that_on_a_thing() -> None:
    built = Builder("a", "The storming of the tug Ember cost lives.\n\nThe assault began at dawn on Sunday.", NEXT)
    built.event("storming", None, "the tug Ember", day=DAY, basis=EventBasis.SENTENCE)
    built.event("assault", day=DAY)
    assert [len(i.events) for i in incidents(built)] == [2]


def test_an_attack_that_answers_another_is_another() -> None:
    def built(answer: str, trigger: str) -> Builder:
        made = Builder("a", f"Shells fell on the market of Hreb on Sunday.\n\nVelm's army {answer} the river.", NEXT)
        made.event("fell", None, "the market", "Hreb", DAY)
        made.event(trigger, "Velm's army", day=DAY)
        return made

    def events(answer: str, trigger: str) -> list[int]:
        return [len(i.events) for i in incidents(built(answer, trigger), knowledge=Knowledge())]

    assert events("fired across", "fired") == [2]
    assert events("fired back across", "fired") == [1]
    assert events("returned fire across", "returned") == [1]


def test_to_whom_and_how_is_enough_to_be_told() -> None:
    def built(mode: str | None) -> Builder:
        made = Builder("a", "The crossing was closed to lorries until further notice.", NEXT)
        made.event("closed", None, "lorries", type="COERCE", mode=mode, quad="material_conflict")
        return made

    assert len(incidents(built("restrict"))) == 1
    assert incidents(built(None)) == ()


def test_two_names_and_the_day_in_common_bind_two_tellings() -> None:
    def shot(id: str, text: str, trigger: str, actor: str, day: str = DAY) -> Builder:
        built = Builder(id, text, NEXT)
        built.event(
            trigger, actor, "her" if "her" in text else None, None, day, mode="firearms", quad="material_conflict"
        )
        return built

    one = shot("a", "The gunmen shot the candidate for mayor, Oda Renn, at her home in Velm.", "shot", "The gunmen")
    text = "Just as Renn left a rally in {}, two men on a motorcycle opened fire."
    two = shot("b", text.format("Velm"), "opened", "two men")
    assert ("a", "b") in [i.reports for i in incidents(one, two)]
    later = shot("b", text.format("Velm"), "opened", "two men", "2031-05-05")
    assert ("a", "b") not in [i.reports for i in incidents(one, later)]
    elsewhere = shot("b", text.format("Lurn"), "opened", "two men")
    assert ("a", "b") not in [i.reports for i in incidents(one, elsewhere)]


def test_a_country_and_its_government_are_one_doer() -> None:
    def expelled(id: str, text: str, trigger: str, actor: str, whom: str) -> Builder:
        built = Builder(id, text, NEXT)
        built.event(trigger, actor, whom, day=DAY, type="SANCTION", mode="expel", quad="material_conflict")
        return built

    one = expelled("a", "Tarvia expelled four Osmani envoys.", "expelled", "Tarvia", "four Osmani envoys")
    text = "The Tarvian government ordered attaches from Osman out."
    two = expelled("b", text, "ordered", "The Tarvian government", "attaches from Osman")
    assert [i.reports for i in incidents(one, two)] == [("a", "b")]
    text = "The Lurnian government ordered attaches from Osman out."
    other = expelled("b", text, "ordered", "The Lurnian government", "attaches from Osman")
    assert len(incidents(one, other)) == 2


def test_who_foretold_a_deed_is_among_its_reports_and_no_sure_source() -> None:
    def signing(id: str, text: str, what: str, status: Status, published: str) -> Builder:
        built = Builder(id, text, published, f"{id} Post")
        trigger = "sign" if status is Status.PLANNED else "signed"
        built.event(trigger, "Dask", what, "Hreb", DAY, status=status, stage=Stage.SIGNED)
        return built

    plan = signing("a", "Dask will sign the treaty in Hreb on Sunday.", "the treaty", Status.PLANNED, "2031-05-03")
    deed = signing("b", "In Hreb the treaty was signed by Dask on Sunday.", "the treaty", Status.OCCURRED, NEXT)
    foretold, done = sorted(incidents(plan, deed), key=lambda i: i.reports)
    assert (foretold.reports, foretold.seen_as) == (("a",), done.id)
    assert (done.reports, done.origins_low, done.origins_high) == (("a", "b"), 1, 2)
    assert "a foretells it" in done.because
    other = signing("b", "In Hreb two decrees were signed by Dask on Sunday.", "two decrees", Status.OCCURRED, NEXT)
    assert sorted(i.reports for i in incidents(plan, other)) == [("a",), ("b",)]


def test_a_dated_meeting_of_one_who_is_named_is_an_incident() -> None:
    def met(day: str | None) -> Builder:
        built = Builder("a", "Ilse Torvald met the envoys of Velm.", NEXT)
        built.event("met", "Ilse Torvald", "the envoys", day=day, type="CONSULT", quad="verbal_cooperation")
        return built

    assert len(incidents(met(DAY))) == 1
    assert incidents(met(None)) == ()


def test_a_place_named_beside_another_may_hold_it() -> None:
    def blast(id: str, text: str, place: str, toll: str) -> Builder:
        built = Builder(id, text, NEXT)
        event = built.event("blast", place=place, day=DAY, precision=None, quad="material_conflict")
        built.figure(toll, float(toll.split()[0]), "dead", event)
        return built

    one = blast("a", "A blast at the Sarnow works outside Velmor left 14 dead on Sunday.", "Sarnow", "14 dead")
    two = blast("b", "In Velmor flags flew low for 14 dead of Sunday's blast.", "Velmor", "14 dead")
    assert [i.reports for i in incidents(one, two)] == [("a", "b")]
    other = blast("b", "In Lurn flags flew low for 14 dead of Sunday's blast.", "Lurn", "14 dead")
    assert len(incidents(one, other)) == 2


def test_an_attack_with_doer_and_target_is_no_toll_of_the_one_before() -> None:
    text = "Rebels shelled Hreb.\n\nDrones hit a depot at Dorvik.\n\n"

    def built(last: str, trigger: str, *parties: str) -> Builder:
        made = Builder("a", text + last, NEXT)
        made.event("shelled", "Rebels", place="Hreb", day=DAY)
        made.event("hit", "Drones", place="Dorvik", day=DAY)
        made.figure("6 men", 6.0, "men", made.event(trigger, *parties))
        return made

    assert len(incidents(built("The army bombed a camp, killing 6 men.", "bombed", "The army", "a camp"))) == 3
    assert len(incidents(built("The dead were 6 men.", "dead"))) == 2


def test_what_another_act_answers_has_not_its_day() -> None:
    text = "Velm threw out four envoys on Monday over the poisoning of Oda Renn in Hreb."
    answer = Builder("a", text, NEXT)
    answer.event("threw out", "Velm", "four envoys", day=NEXT, type="SANCTION", mode="expel", quad="material_conflict")
    answer.event("poisoning", None, "Oda Renn", "Hreb", NEXT, quad="material_conflict", basis=EventBasis.SENTENCE)
    first = Builder("b", "Oda Renn was poisoned in Hreb on April 29.", NEXT)
    first.event("poisoned", None, "Oda Renn", "Hreb", "2031-04-29", quad="material_conflict")
    found = {i.type: i for i in incidents(answer, first)}
    assert (found["ASSAULT"].reports, found["ASSAULT"].from_) == (("a", "b"), "2031-04-29")
    assert found["SANCTION"].from_ == NEXT


def test_words_and_sanctions_are_not_done_where_the_act_behind_them_was() -> None:
    text = "Velm threw out four envoys on Monday over the poisoning of Oda Renn in Hreb."
    built = Builder("a", text, NEXT)
    built.event("poisoning", None, "Oda Renn", quad="material_conflict")
    built.event(
        "threw out", "Velm", "four envoys", "Hreb", NEXT, type="SANCTION", mode="expel", quad="material_conflict"
    )
    assert [i.place for i in incidents(built) if i.type == "SANCTION"] == [None]
    before = Builder("a", "In Hreb Velm threw out four envoys over the poisoning of Oda Renn.", NEXT)
    before.event("poisoning", None, "Oda Renn", quad="material_conflict")
    before.event("threw out", "Velm", "four envoys", "Hreb", NEXT, type="SANCTION", mode="expel")
    assert [i.place for i in incidents(before) if i.type == "SANCTION"] == ["Hreb"]


def test_a_place_that_is_hit_is_where_it_was() -> None:
    one = shelled("a", "Mortar bombs fell on Hrebvik on Sunday.", "fell", "Hrebvik", DAY)

    def second(place: str) -> Builder:
        two = Builder("b", f"The army shelled {place}, the rebels said.", NEXT)
        two.event("shelled", "The army", place, day=NEXT, basis=EventBasis.PUBLISHED)
        return two

    assert ("a", "b") in [i.reports for i in incidents(one, second("Hrebvik"))]
    assert ("a", "b") not in [i.reports for i in incidents(one, second("Dorvik"))]


def test_a_bare_attack_is_the_only_one_that_its_report_knows_by_name() -> None:
    def blast(id: str, works: str) -> Builder:
        built = Builder(id, f"A blast hit the {works} works in Almvik on Sunday.", NEXT)
        built.event("blast", None, f"the {works} works", "Almvik", DAY)
        return built

    bare = Builder("z", "The owners of Dunvik had sold up.\n\nIn Almvik no call came before the blast.", NEXT)
    bare.event("before the blast", day=NEXT, basis=EventBasis.PUBLISHED)
    assert [i.reports for i in incidents(blast("a", "Dunvik"), bare)] == [("a", "z")]
    elsewhere = Builder("z", "The owners of Lurnow had sold up.\n\nIn Sarvik no call came before the blast.", NEXT)
    elsewhere.event("before the blast", day=NEXT, basis=EventBasis.PUBLISHED)
    assert [i.reports for i in incidents(blast("a", "Dunvik"), elsewhere)] == [("a",)]


def test_an_attack_planned_for_no_day_is_a_threat() -> None:
    def planned(day: str | None) -> Builder:
        built = Builder("a", "The army will shell Hreb.", "2031-05-03")
        built.event("shell", "The army", place="Hreb", day=day, status=Status.PLANNED)
        return built

    assert len(incidents(planned(DAY))) == 1
    assert incidents(planned(None)) == ()
    assert incidents(planned("2031-04-30")) == ()


def test_a_day_and_names_of_its_own_point_to_no_other_attack() -> None:
    def events(rest: str, day: str | None) -> list[int]:
        built = Builder("a", f"Shells fell on Hrebvik on Sunday.\n\nA patrol {rest}.", NEXT)
        built.event("fell", place="Hrebvik", day=DAY)
        built.event("fired upon", None, "A patrol", day=day, basis=EventBasis.SENTENCE)
        return sorted(len(i.events) for i in incidents(built))

    assert events("was fired upon", None) == [2]
    assert events("was fired upon near the Sarnow pass on Sunday", DAY) == [1, 1]


def test_a_plan_that_says_too_little_to_be_told_is_still_of_its_deed() -> None:
    plan = Builder("a", "Miners will march on Sunday.", "2031-05-03")
    plan.event("march", "Miners", day=DAY, status=Status.PLANNED, type="PROTEST", mode="demo")
    deed = Builder("b", "Miners began their march in Hreb on Sunday.", NEXT)
    deed.event("march", "Miners", place="Hreb", day=DAY, type="PROTEST", mode="demo")
    assert incidents(plan) == ()
    assert [i.reports for i in incidents(plan, deed)] == [("a", "b")]


def test_an_arrest_told_with_the_same_names_binds_where_one_gives_its_day() -> None:
    def held(id: str, text: str, trigger: str, whom: str, day: str, basis: EventBasis) -> Builder:
        built = Builder(id, text, NEXT)
        built.event(trigger, None, whom, None, day, type="COERCE", mode="arrest", quad="material_conflict", basis=basis)
        return built

    text = "Police detained eleven marchers, Odo Sarnik among them."
    one = held("a", text, "detained", "eleven marchers", NEXT, EventBasis.PUBLISHED)
    text = "She asked for her deputy, Odo {}, who was arrested on Sunday."
    two = held("b", text.format("Sarnik"), "arrested", "her deputy", DAY, EventBasis.CLAUSE)
    other = held("b", text.format("Lurnow"), "arrested", "her deputy", DAY, EventBasis.CLAUSE)
    assert [i.reports for i in incidents(one, two)] == [("a", "b")]
    assert len(incidents(one, other)) == 2


def test_another_report_binds_what_one_tells_twice() -> None:
    def told(id: str, text: str, *parts: tuple[str, str]) -> Builder:
        built = Builder(id, text, NEXT)
        for trigger, whom in parts:
            built.event(trigger, "Velm", whom, day=DAY, type="SANCTION", mode="expel", quad="material_conflict")
        return built

    one = told("a", "Velm threw out envoys of Osmania on Sunday.", ("threw out", "envoys of Osmania"))
    text = "Velm ordered five Osmani envoys home.\n\nOn Sunday Velm expelled a choir of attaches from Osmania."
    both = told("b", text, ("ordered", "five Osmani envoys"), ("expelled", "attaches from Osmania"))
    assert [len(i.events) for i in incidents(one, both)] == [3]
