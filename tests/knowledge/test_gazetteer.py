from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import gazetteer as room
from dateline.knowledge.gazetteer import Gazetteer, open_gazetteer
from dateline.knowledge.gazetteer_build import Feature
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import DATA, read_yaml
from dateline.model.vocab import Precision


def test_every_feature_of_our_own_is_found_by_each_name(knowledge: Knowledge) -> None:
    for path in sorted((DATA / "places").glob("*.yaml")):
        for feature in read_yaml(path, tuple[Feature, ...]):
            for name in (feature.name, *feature.names):
                found = [c.site.id for c in knowledge.gazetteer.lookup(name)]
                assert feature.id in found, f"{feature.id} is not found as {name!r}"


def test_names_are_found_folded(knowledge: Knowledge) -> None:
    ids = {knowledge.gazetteer.lookup(name)[0].site.id for name in ("Kharkiv", "KHARKIV", "kharkiv")}
    assert len(ids) == 1
    assert knowledge.gazetteer.lookup("São Paulo")[0].site == knowledge.gazetteer.lookup("Sao Paulo")[0].site


def test_candidates_carry_what_ranking_needs(knowledge: Knowledge) -> None:
    lyman = [c for c in knowledge.gazetteer.lookup("Lyman") if c.site.admin1 == "UA.05"]
    assert len(lyman) == 1
    site = lyman[0].site
    assert (site.country, site.feature, site.precision, site.geonames_id) == ("UKR", "PPL", Precision.PLACE, 704204)
    assert abs(site.lat - 48.99) < 0.05
    assert abs(site.lon - 37.81) < 0.05
    assert knowledge.gazetteer.admin1_name("UA.05") == "Donetsk region"
    assert "liman" in knowledge.gazetteer.names(site.id)


def test_a_feminine_ending_is_written_both_ways(knowledge: Knowledge) -> None:
    assert knowledge.gazetteer.lookup("Hodeidah")[0].site.country == "YEM"


def test_a_country_has_one_capital_of_a_name(knowledge: Knowledge) -> None:
    named = [c.site for c in knowledge.gazetteer.lookup("Washington") if c.site.feature == "PPLC"]
    assert [site.admin1 for site in named] == ["US.DC"]


def test_subdivisions_lie_among_their_cities(knowledge: Knowledge) -> None:
    texas = next(c.site for c in knowledge.gazetteer.lookup("Texas") if c.site.feature == "ADM1")
    assert abs(texas.lat - 31.2) < 1
    assert abs(texas.lon + 99.2) < 1
    assert knowledge.gazetteer.lookup("Ky.")[0].site.name == "Kentucky"


def test_every_country_has_a_place(knowledge: Knowledge) -> None:
    missing = [iso for iso in knowledge.actors.countries if knowledge.gazetteer.country(iso) is None]
    assert missing == []


def test_an_unknown_name_has_no_candidates(knowledge: Knowledge) -> None:
    assert knowledge.gazetteer.lookup("Vennmark-upon-Arden") == ()
    assert knowledge.gazetteer.lookup("???") == ()


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(room.CACHE, str(tmp_path / "cache"))
    places = tmp_path / "places"
    places.mkdir()
    (places / "countries.tsv").write_text("", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        open_gazetteer(places)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer-x.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        Gazetteer(path)
