from dateline.knowledge.handle import Knowledge
from dateline.link.conflicts import link_conflicts
from dateline.link.copies import link_copies
from dateline.link.incidents import link_incidents
from dateline.link.utterances import link_utterances
from dateline.link.world import World
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, Status
from tests.link.build import Builder

DAY = "2031-05-04"


def told(
    id: str, killed: str, actor: str = "Rebels", source: str | None = None, claimant: str = "The mayor"
) -> Builder:
    text = f"{claimant} said that on Sunday {actor} shelled a refugee convoy near Hreb, killing {killed} people."
    built = Builder(id, text, "2031-05-05", source)
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
