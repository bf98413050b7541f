import random

import msgspec

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.banners import BannerWords, banner
from dateline.link.copies import link_copies
from dateline.link.lineage import link_lineage
from dateline.link.origins import count_origins
from dateline.link.world import World
from dateline.model.records import AnnotatedReport, Head, Part
from dateline.model.span import Span
from dateline.model.vocab import ChangeKind, Direction, Verdict
from tests.link.build import Builder, report

WIRE = (
    "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.\n\n"
    "Rescuers pulled 14 miners from the flooded Dorvik shaft, the Ardovian water board said.\n\n"
    "Premier Ilse Torvald flew to Oskavar and promised tents to every household."
)
SPUN = (
    "Nine villages in the Sarvan delta were flooded on Sunday after the Kelmar dam failed at dawn.\n\n"
    "The Ardovian water board said that 41 miners were pulled by rescuers from the flooded Dorvik shaft.\n\n"
    "Bakers in Hreb meanwhile went on strike over the price of flour."
)
OTHER = "A choir from Brannik won the harvest prize with a setting of an old fishing song."


def reports(early: str | None = "2031-05-04", late: str | None = "2031-05-06") -> list[AnnotatedReport]:
    return [report("wire", WIRE, early), report("spun", SPUN, late), report("choir", OTHER, late)]


def test_a_spun_copy_is_found_with_its_change_and_direction(knowledge: Knowledge) -> None:
    copies, changes = link_copies(reports(), knowledge)
    assert {(c.a.report, c.b.report) for c in copies} == {("spun", "wire")}
    assert len(copies) == 2
    assert {c.direction for c in copies} == {Direction.A_FROM_B}
    assert [(c.kind, c.a_text, c.b_text) for c in changes] == [(ChangeKind.NUMBER, "41", "14")]
    (change,) = changes
    assert SPUN[change.a_start : change.a_end] == "41"
    assert WIRE[change.b_start : change.b_end] == "14"


def test_direction_abstains_without_dates(knowledge: Knowledge) -> None:
    copies, _ = link_copies(reports(None, None), knowledge)
    assert {c.direction for c in copies} == {Direction.UNKNOWN}


def test_a_credit_outranks_the_clock(knowledge: Knowledge) -> None:
    wire = report("wire", WIRE, "2031-05-07", source="Delta Wire")
    spun = report("spun", SPUN + " (Delta Wire)", "2031-05-06", source="Hreb Herald")
    copies, _ = link_copies([spun, wire], knowledge)
    assert {c.direction for c in copies} == {Direction.A_FROM_B}


def test_any_order_gives_the_same(knowledge: Knowledge) -> None:
    given = reports()
    first = link_copies(sorted(given, key=lambda r: r.report.id), knowledge)
    for seed in range(4):
        random.Random(seed).shuffle(given)
        assert link_copies(given, knowledge) == first


def test_equal_texts_are_identical_and_captions_pair_within_a_report(knowledge: Knowledge) -> None:
    twice = [report("a", WIRE, "2031-05-04"), report("b", WIRE, "2031-05-04")]
    copies, changes = link_copies(twice, knowledge)
    assert [c.verdict for c in copies] == [Verdict.IDENTICAL] * 3
    assert changes == ()
    page = report(
        "page",
        "Marshals accompany tenants of Dorvik out of the flooded mill\n\n"
        "Marshals force tenants of Dorvik out of a flooded mill.\n\n" + OTHER,
    )
    copies, changes = link_copies([page], knowledge)
    assert [c.verdict for c in copies] == [Verdict.LIGHT_EDIT]
    assert [(c.kind, c.a_text, c.b_text) for c in changes] == [(ChangeKind.ACT, "accompany", "force")]


def test_lineage_gives_the_share_and_the_parent(knowledge: Knowledge) -> None:
    given = reports()
    copies, _ = link_copies(given, knowledge)
    (row,) = link_lineage(given, copies)
    assert (row.report, row.from_report, row.direction) == ("spun", "wire", Direction.A_FROM_B)
    assert 0.6 < row.share < 0.9


def test_an_agency_nobody_stored_is_a_latent_origin(knowledge: Knowledge) -> None:
    given = []
    for id in ("a", "b"):
        one = report(id, WIRE, "2031-05-04")
        given.append(one.replace(report=msgspec.structs.replace(one.report, agency="Delta Wire")))
    copies, _ = link_copies(given, knowledge)
    rows = [row for row in link_lineage(given, copies) if row.latent_origin]
    assert {(row.report, row.latent_origin) for row in rows} == {("a", "Delta Wire"), ("b", "Delta Wire")}


def test_an_agency_whose_own_report_is_there_under_a_longer_name_is_seen(knowledge: Knowledge) -> None:
    given = []
    for id, source in (("a", "Delta Wire Agency"), ("b", "Hreb Herald"), ("c", "Choir Post")):
        one = report(id, WIRE, "2031-05-04", source)
        given.append(one.replace(report=msgspec.structs.replace(one.report, agency="Delta Wire")))
    copies, _ = link_copies(given, knowledge)
    rows = link_lineage(given, copies)
    assert not any(row.latent_origin for row in rows)
    known = {(row.report, row.from_report) for row in rows if row.direction is Direction.A_FROM_B}
    assert known == {("b", "a"), ("c", "a")}


def test_a_sentence_kept_word_for_word_in_other_passages_is_found(knowledge: Knowledge) -> None:
    kept = "Rescuers pulled 14 miners from the flooded Dorvik shaft, the Ardovian water board said."
    one = report(
        "one",
        f"{kept} Nobody knew how many were still below when night fell over the valley "
        "of Hreb, where lamps burned at every gate and women waited for word from the pit head until morning.",
    )
    two = report(
        "two",
        "Bakers went on strike over the price of flour and closed forty shops in Brannik, and the council "
        f"quarrelled about bread, tolls, ferries and a new harbour wall for most of the evening. {kept}",
    )
    copies, _ = link_copies([one, two], knowledge)
    assert [(c.verdict, c.a.span.of(one.text)) for c in copies] == [(Verdict.IDENTICAL, kept)]


def test_a_heavy_rewrite_between_kin_is_found_and_between_strangers_not(knowledge: Knowledge) -> None:
    told = "Colonel Dask of the river guard, who has run the Kelmar post since spring, blamed poachers for the breach."
    spun = "Dask, elected lord of that post, raged and swore at poachers and Kelmar villagers alike."
    kin = link_copies([report("a", f"{WIRE}\n\n{told}"), report("b", f"{SPUN}\n\n{spun}")], knowledge)[0]
    strangers = link_copies([report("a", told), report("b", spun)], knowledge)[0]
    assert (len(kin), len(strangers)) == (3, 0)


def test_one_speakers_saying_told_twice_shows_how_it_hardened(knowledge: Knowledge) -> None:
    built = Builder(
        "a",
        "The water board said that the breach at the Kelmar sluice appeared to be sabotage.\n\n"
        "A choir sang in Brannik.\n\n"
        "The water board told reporters that the Kelmar breach was deliberate, wicked and cruel sabotage by smugglers.",
    )
    built.said("The water board", "said", "the breach at the Kelmar sluice appeared to be sabotage", referent="board")
    built.said(
        "The water board",
        "told",
        "the Kelmar breach was deliberate, wicked and cruel sabotage by smugglers",
        referent="board",
    )
    copies, changes = link_copies([built.one], knowledge)
    assert [c.verdict for c in copies] == [Verdict.REWRITE]
    assert ChangeKind.CERTAINTY in {change.kind for change in changes}


def test_banners_are_no_copies(knowledge: Knowledge) -> None:
    for entry in knowledge.lexicon(BannerWords):
        for example in entry.examples:
            assert banner(knowledge).match(example), entry.id
            given = [report(id, f"{text}\n\n{example}") for id, text in (("wire", WIRE), ("choir", OTHER))]
            assert link_copies(given, knowledge) == ((), ())


def test_place_and_date_lines_are_no_copies(knowledge: Knowledge) -> None:
    given = []
    for id, day, text in (("wire", "12", WIRE), ("choir", "14", OTHER)):
        line = f"PORT OSKAVAR, Sarvan delta, May {day}, 2031 (Northline)"
        one = report(id, f"{line} -\n\n{text}")
        given.append(one.replace(head=Head(dateline=Part.at(one.text, Span(0, len(line))))))
    bare = [one.replace(head=Head()) for one in given]
    assert link_copies(bare, knowledge)[0], "without a head the lines would be copies"
    assert link_copies(given, knowledge) == ((), ())


def test_a_shared_quotation_is_shown_as_such_and_derives_nothing(knowledge: Knowledge) -> None:
    quote = "“They rang the bell only after the water had reached the altar,”"
    given = [
        report("one", f"{quote} Annika Baumer told a rally.", "2031-05-04", source="Delta Wire"),
        report("two", f"Whom did she blame? {quote} replied Annika Baumer.", "2031-05-06", source="Hreb Herald"),
    ]
    copies, changes = link_copies(given, knowledge)
    assert [copy.verdict for copy in copies] == [Verdict.SHARED_QUOTE]
    assert not changes
    assert link_lineage(given, copies) == ()
    assert count_origins({"one": {None}, "two": {None}}, World(given, (), copies))[:2] == (2, 2)


def test_hours_tell_the_direction_within_a_day(knowledge: Knowledge) -> None:
    copies, _ = link_copies(reports("2031-05-04T08:00:00+00:00", "2031-05-04T12:00:00+02:00"), knowledge)
    assert {c.direction for c in copies} == {Direction.A_FROM_B}
    copies, _ = link_copies(reports("2031-05-04T08:00:00+00:00", "2031-05-04T10:10:00+02:00"), knowledge)
    assert {c.direction for c in copies} == {Direction.UNKNOWN}


def test_of_two_copies_of_a_third_neither_is_the_parent(knowledge: Knowledge) -> None:
    given = [
        report("wire", WIRE, "2031-05-04"),
        report("first", WIRE.replace("Premier Ilse Torvald flew", "Premier Ilse Torvald hurried"), "2031-05-05"),
        report("second", WIRE.replace("promised tents", "pledged tents"), "2031-05-06"),
    ]
    rows = {
        (row.report, row.from_report): row.direction for row in link_lineage(given, link_copies(given, knowledge)[0])
    }
    assert rows["first", "wire"] is Direction.A_FROM_B
    assert rows["second", "wire"] is Direction.A_FROM_B
    assert rows.get(("second", "first"), rows.get(("first", "second"))) is Direction.UNKNOWN


def test_a_report_put_together_from_two_makes_them_no_one_source(knowledge: Knowledge) -> None:
    choir = "\n\n".join((OTHER, "Its conductor, Oleksa Zhurenko, learnt the song from a lighthouse keeper in Hreb."))
    both = "\n\n".join((SPUN, choir))
    longer = f"{choir}\n\nThe tenors will tour the mountain parishes next, with a harp on loan from the abbey."
    for days in (("2031-05-04", "2031-05-04", "2031-05-06"), (None, None, None)):
        given = [
            report(id, text, day, source=id)
            for (id, text), day in zip((("wire", WIRE), ("choir", longer), ("both", both)), days, strict=True)
        ]
        world = World(given, (), link_copies(given, knowledge)[0])
        low, high, _ = count_origins({"wire": {None}, "choir": {None}, "both": {None}}, world)
        assert low <= 2 <= high
        assert days[0] is None or (low, high) == (2, 2)
