from dateline.knowledge.handle import Knowledge
from dateline.link.conflicts import link_conflicts
from dateline.link.copies import link_copies
from dateline.link.incidents import link_incidents
from dateline.link.utterances import link_utterances
from dateline.link.world import World
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, Stage, Status
from tests.link.build import Builder

DAY = "2031-05-04"


def told(
    id: str,
    killed: str,
    actor: str = "Rebels",
    source: str | None = None,
    claimant: str = "The mayor",
    published: str = "2031-05-05",
) -> Builder:
    text = f"{claimant} said that on Sunday {actor} shelled a refugee convoy near Hreb, killing {killed} people."
    built = Builder(id, text, published, source)
    statement = built.said(claimant, "said", text[len(claimant) + 11 :])
    event = built.event("shelled", actor, "a refugee convoy", "Hreb", DAY, statement=statement)
    built.figure(f"{killed} people", float(killed), "people", event, claimant)
    return built


def world(*reports: AnnotatedReport) -> World:
    given = sorted(reports, key=lambda r: r.report.id)
    return World(given, (), link_copies(given, Knowledge())[0])


def test_one_incident_gathers_its_tellings_with_figures_by_claimant() -> None:
    one, two = told("a", "30", source="Hreb Herald"), told("b", "11", source="Delta Post", claimant="Colonel Dask")
    (incident,) = link_incidents(world(one.one, two.one))
    assert incident.reports == ("a", "b")
    assert incident.publishers == ("Delta Post", "Hreb Herald")
    assert incident.claimants == ("Colonel Dask", "The mayor")
    assert [(f.low, f.high, f.claimant) for f in incident.figures] == [
        (11.0, 11.0, "Colonel Dask"),
        (30.0, 30.0, "The mayor"),
    ]
    assert "independent" not in incident.because


def test_an_unknown_publisher_is_never_counted() -> None:
    one, two = told("a", "30"), told("b", "30", claimant="Colonel Dask")
    (incident,) = link_incidents(world(one.one, two.one))
    assert incident.publishers == ()
    assert incident.origins_low == 1
    assert "2 unknown" in incident.because


def test_statuses_captions_and_negations_stay_apart() -> None:
    text = "Rebels shelled Hreb. The army plans to shell Hreb. It may shell Dorvik."
    built = Builder("a", text)
    built.event("shelled", "Rebels", place="Hreb", day=DAY)
    built.event("shell Hreb", "The army", place="Hreb", day=DAY, status=Status.PLANNED)
    built.event("shell Dorvik", place="Dorvik", status=Status.POSSIBLE)
    assert sorted(i.status for i in link_incidents(world(built.one))) == [Status.OCCURRED, Status.PLANNED]
    page = "Rebels shelled the harbour of Hreb on Sunday as families fled, in this photo\n\nThe board met on Monday."
    caption = Builder("b", page)
    caption.event("shelled", "Rebels", place="Hreb", day=DAY)
    assert link_incidents(world(caption.one)) == ()


def test_figures_that_do_not_meet_contradict_or_supersede() -> None:
    both = world(told("a", "30", source="X Post").one, told("b", "11", source="Y Post", claimant="Colonel Dask").one)
    rows = link_conflicts(both, link_incidents(both), Knowledge())
    assert [(r.kind, r.relation) for r in rows] == [(ConflictKind.FIGURE, ConflictRelation.CONTRADICTS)]
    text = "On Sunday Rebels shelled a refugee convoy near Hreb. The toll rose to 44 people."
    later = Builder("c", text, "2031-05-05", "Z Post")
    event = later.event("shelled", "Rebels", "a refugee convoy", "Hreb", DAY)
    later.figure("44 people", 44.0, "people", event)
    update = world(told("a", "30").one, later.one)
    rows = link_conflicts(update, link_incidents(update), Knowledge())
    assert [r.relation for r in rows] == [ConflictRelation.SUPERSEDES]


def test_later_alone_is_not_better() -> None:
    first = told("a", "30", source="X Post").one
    later = told("b", "11", source="Y Post", claimant="Colonel Dask", published="2031-05-06").one
    both = world(first, later)
    (row,) = link_conflicts(both, link_incidents(both), Knowledge())
    assert row.relation is ConflictRelation.CONTRADICTS
    assert "The mayor" in row.because
    assert "Colonel Dask" in row.because


def test_who_shelled_whom_and_whether() -> None:
    both = world(told("a", "30").one, told("b", "30", actor="The army", claimant="Colonel Dask").one)
    kinds = {r.kind for r in link_conflicts(both, link_incidents(both), Knowledge())}
    assert ConflictKind.ACTOR in kinds
    denied = Builder("c", "Rebels never shelled a refugee convoy near Hreb.", "2031-05-05")
    denied.event("shelled", "Rebels", "a refugee convoy", "Hreb", DAY, polarity=Polarity.NEGATED)
    pair = world(told("a", "30").one, denied.one)
    assert {r.kind for r in link_conflicts(pair, link_incidents(pair), Knowledge())} == {ConflictKind.OCCURRENCE}


def test_one_act_of_saying_is_told_twice() -> None:
    found = link_utterances(world(told("a", "30").one, told("b", "30").one), Knowledge())
    assert [row.reports for row in found] == [("a", "b")]
    assert len(link_utterances(world(told("a", "30").one, told("b", "30", claimant="An aide").one), Knowledge())) == 2


def test_opposing_culprits_stay_in_one_incident_with_a_conflict() -> None:
    text = "Rebels shelled a convoy near Hreb on Sunday, killing 30 people, the mayor said. The army did it, Dask said."
    built = Builder("a", text, "2031-05-05")
    mayor = built.said("the mayor", "said", "Rebels shelled a convoy near Hreb on Sunday, killing 30 people")
    dask = built.said("Dask", "Dask said", "The army did it")
    event = built.event("shelled", "Rebels", "a convoy", "Hreb", DAY, statement=mayor, side="AAA")
    built.figure("30 people", 30.0, "people", event, "the mayor")
    built.event("did it", "The army", statement=dask, side="BBB")
    both = world(built.one)
    (incident,) = link_incidents(both)
    assert len(incident.events) == 2
    assert [row.kind for row in link_conflicts(both, [incident], Knowledge())] == [ConflictKind.ACTOR]


def test_a_round_up_keeps_its_attacks_apart() -> None:
    built = Builder(
        "a", "Rebels shelled Hreb. Rebels bombed Dorvik.\n\nA choir sang.\n\nThe army raided a depot.", "2031-05-05"
    )
    built.event("shelled", "Rebels", place="Hreb", day=DAY)
    built.event("bombed", "Rebels", place="Dorvik", day=DAY)
    built.event("raided", "The army", "a depot")
    assert len(link_incidents(world(built.one))) == 3


def test_what_names_too_little_is_no_row() -> None:
    bare = Builder("a", "An attack was made on Sunday.", "2031-05-05")
    bare.event("attack", day=DAY)
    words = Builder("b", "Dask backed the plan.", "2031-05-05")
    words.event("backed", "Dask", "the plan", quad="verbal_cooperation")
    assert link_incidents(world(bare.one, words.one)) == ()


def test_a_plan_that_came_true_names_its_incident() -> None:
    plan = Builder("a", "Dask will sign a treaty in Hreb on Sunday.", "2031-05-03")
    plan.event("sign", "Dask", place="Hreb", day=DAY, status=Status.PLANNED, stage=Stage.SIGNED)
    deed = Builder("b", "Dask signed the treaty on Sunday in Hreb.", "2031-05-05")
    deed.event("signed", "Dask", place="Hreb", day=DAY, stage=Stage.SIGNED)
    planned, seen = sorted(link_incidents(world(plan.one, deed.one)), key=lambda i: i.status, reverse=True)
    assert (planned.status, planned.seen_as, seen.seen_as) == (Status.PLANNED, seen.id, None)
    late = Builder("c", "Dask signed the treaty on Sunday in Hreb.", "2031-05-01")
    late.event("signed", "Dask", place="Hreb", day="2031-04-30", stage=Stage.SIGNED)
    assert {i.seen_as for i in link_incidents(world(plan.one, late.one))} == {None}


def test_a_correction_supersedes_and_what_it_takes_back_contradicts_nobody() -> None:
    first = told("a", "23", source="X Post")
    text = (
        "Correction: an earlier version of the report said 28 people died near Hreb "
        "on Sunday when Rebels shelled a convoy.\n\n"
        "In the attack 31 people died, The mayor said."
    )
    later = Builder("b", text, "2031-05-06", "Y Post")
    event = later.event("shelled", "Rebels", "a convoy", "Hreb", DAY)
    later.figure("28 people", 28.0, "people", event)
    again = later.event("attack")
    later.figure("31 people", 31.0, "people", again, "The mayor")
    both = world(first.one, later.one)
    rows = link_conflicts(both, link_incidents(both), Knowledge())
    assert {row.relation for row in rows} == {ConflictRelation.SUPERSEDES}
    assert len(rows) == 2


def test_hurt_people_without_an_event_belong_to_the_dead_beside_them() -> None:
    built = told("a", "30")
    claims = link_incidents(world(built.one))[0].figures
    assert len(claims) == 1
    text = "Rebels shelled Hreb on Sunday: 30 people died and 44 people were hurt."
    loose = Builder("b", text, "2031-05-05")
    event = loose.event("shelled", "Rebels", place="Hreb", day=DAY)
    loose.figure("30 people", 30.0, "people", event)
    loose.figure("44 people", 44.0, "people", None)
    assert {f.low for f in link_incidents(world(loose.one))[0].figures} == {30.0, 44.0}


def test_what_its_own_words_put_after_the_report_is_planned() -> None:
    for published, status in (("2031-05-03", Status.PLANNED), ("2031-05-04", Status.OCCURRED)):
        built = Builder("a", "The army starts a curfew in Hreb on Sunday.", published)
        built.event("curfew", "The army", place="Hreb", day=DAY)
        assert [i.status for i in link_incidents(world(built.one))] == [status]


def test_what_a_paper_is_signed_for_is_no_incident_of_its_own() -> None:
    text = "Dask signed treaties in Hreb on Sunday to annex the delta.\n\nVenn will annex the delta in Dorvik."
    built = Builder("a", text, "2031-05-05")
    built.event("signed", "Dask", place="Hreb", day=DAY, stage=Stage.SIGNED)
    built.event("annex", "Dask", "the delta", status=Status.PLANNED, stage=Stage.SIGNED)
    built.event("will annex", "Venn", "the delta", place="Dorvik", status=Status.PLANNED, stage=Stage.SIGNED)
    assert sorted(i.status for i in link_incidents(world(built.one))) == [Status.OCCURRED, Status.PLANNED]


def test_who_is_struck_by_those_struck_is_in_another_attack() -> None:
    built = Builder("a", "Rioters attacked guards in Hreb. Guards attacked rioters in Hreb.", "2031-05-05")
    built.event("attacked", "Rioters", "guards", "Hreb", DAY)
    other = Builder("b", "Guards attacked rioters in Hreb.", "2031-05-05")
    other.event("attacked", "Guards", "rioters", "Hreb", DAY)
    assert len(link_incidents(world(built.one, other.one))) == 2
    again = Builder("c", "Rioters attacked guards in Hreb.", "2031-05-05")
    again.event("attacked", "Rioters", "guards", "Hreb", DAY)
    assert len(link_incidents(world(built.one, again.one))) == 1


def test_a_toll_without_an_event_belongs_to_the_only_attack_of_its_passage() -> None:
    def tolls(*others: str) -> set[float | None]:
        text = "The toll from the shelling of Hreb by Rebels rose to 19 dead"
        built = Builder("a", f"{' after '.join((text, *others))}.", "2031-05-05")
        built.event("shelling", "Rebels", place="Hreb", day=DAY, quad="material_conflict")
        for other in others:
            built.event(other, place="Dorvik", day=DAY, quad="material_conflict")
        built.figure("19 dead", 19.0, "dead", None)
        return {claim.low for incident in link_incidents(world(built.one)) for claim in incident.figures}

    assert tolls() == {19.0}
    assert tolls("a blast in Dorvik") == set()


def test_who_struck_whom_is_a_conflict_only_between_claimants() -> None:
    def account(id: str, actor: str, recipient: str, claimant: str | None) -> Builder:
        said = f"{actor} shelled {recipient} in Hreb on Sunday"
        built = Builder(id, f"{said}{f', {claimant} said' if claimant else ''}.", "2031-05-05", f"{id} Post")
        statement = built.said(claimant, "said", said) if claimant else None
        built.event("shelled", actor, recipient, "Hreb", DAY, statement=statement)
        return built

    for claimants, expected in ((("Dask", "Venn"), {ConflictKind.ACTOR}), ((None, None), set())):
        one = account("a", "Ardovia", "Tessaly", claimants[0])
        other = account("b", "Tessaly", "Ardovia", claimants[1])
        both = world(one.one, other.one)
        assert {row.kind for row in link_conflicts(both, link_incidents(both), Knowledge())} == expected
