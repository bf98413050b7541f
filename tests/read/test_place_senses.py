"""The ranking of what a name can mean, on made-up candidates."""

from collections import Counter

from dateline.knowledge.gazetteer import Candidate, Site
from dateline.model.vocab import Precision
from dateline.read.place_senses import TIE, Away, Context, Hints, km, rank, sense, sure


def site(id: str, country: str, population: int, lat: float, lon: float, feature: str = "PPL") -> Site:
    return Site(
        id=id, name="Velm", country=country, admin1=f"{country}.1", admin2=None, feature=feature,
        population=population, lat=lat, lon=lon, precision=Precision.PLACE,
    )  # fmt: skip


BIG, SMALL = site("gn:1", "AAA", 500_000, 10.0, 10.0), site("gn:2", "BBB", 60_000, 40.0, 40.0)
FOUND = (Candidate(BIG, True), Candidate(SMALL, True))
PLAIN = Hints(set(), [], [])


def context(perhaps: set[str] | None = None, **countries: int) -> Context:
    return Context(Counter(countries), perhaps or set(), Counter(), {})


def test_without_a_word_more_the_larger_is_first_but_not_sure() -> None:
    ranked = rank(FOUND, PLAIN, context(), ())
    assert [r.site.id for r in ranked] == ["gn:1", "gn:2"]
    assert not sure(ranked)


def test_the_country_that_the_report_names_goes_before_people() -> None:
    assert rank(FOUND, PLAIN, context(BBB=3), ())[0].site is SMALL


def test_a_country_that_may_be_named_speaks_for_its_places_and_against_none() -> None:
    there = rank(FOUND, PLAIN, context({"BBB"}), ())
    assert there[0].site is SMALL
    assert {r.site.id: r.score for r in there}["gn:1"] == {
        r.site.id: r.score for r in rank(FOUND, PLAIN, context(), ())
    }["gn:1"]


def test_a_told_distance_and_direction_decide() -> None:
    anchor = site("gn:3", "BBB", 1_000_000, 40.0, 38.8)
    away = Away((anchor,), km(anchor, SMALL), 90.0)
    assert rank(FOUND, Hints(set(), [], [away]), context(), ())[0].site is SMALL
    behind = Away((anchor,), km(anchor, SMALL), 270.0)
    assert rank(FOUND, Hints(set(), [], [behind]), context(), ())[0].site is BIG


def test_two_alike_far_apart_share_the_belief() -> None:
    twin = site("gn:4", "CCC", 500_000, -30.0, 100.0)
    found = sense(rank((Candidate(BIG, True), Candidate(twin, True)), PLAIN, context(), ()))
    assert found.share <= TIE
    assert len(found.others) == 2
