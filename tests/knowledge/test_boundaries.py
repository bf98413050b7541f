"""Disputed areas: every entry names what there is, and the policy decides which country a place there has."""

from pathlib import Path

import pytest

from dateline.config import load_config
from dateline.errors import ConfigError, KnowledgeError
from dateline.knowledge.boundaries import load_boundaries
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import DATA
from dateline.model.report import Published
from dateline.model.vocab import BoundaryPolicy
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report
from tests.support.gold import Case

AREAS = Knowledge().boundaries.areas
FACTO = BoundaryPolicy.DE_FACTO


@pytest.mark.parametrize("area", AREAS.values(), ids=list(AREAS))
def test_the_example_lies_in_its_area(area, knowledge: Knowledge) -> None:  # type: ignore[no-untyped-def]
    found = knowledge.gazetteer.lookup(area.example)[:4]
    assert area.id in {there.id for one in found if (there := knowledge.boundaries.area(one.site))}


@pytest.mark.parametrize("area", AREAS.values(), ids=list(AREAS))
def test_an_area_is_made_of_what_the_gazetteer_knows(area, knowledge: Knowledge) -> None:  # type: ignore[no-untyped-def]
    gazetteer = knowledge.gazetteer
    assert all(gazetteer.site(site) for site in area.sites)
    assert all(gazetteer.country(code) for code in area.countries)
    assert area.claimed_by == tuple(sorted(area.claimed_by))
    assert all(control.source and control.from_[:2] in ("19", "20") for control in area.control)


def country(area: str, policy: BoundaryPolicy, day: str | None) -> str | None:
    return AREAS[area].country_under(policy, Published.parse(day) if day else None)


def test_by_law_no_date_matters() -> None:
    for day in (None, "2010-01-01", "2024-05-01"):
        assert country("crimea", BoundaryPolicy.DE_JURE, day) == "UKR"


def test_in_fact_the_day_of_the_report_counts() -> None:
    assert country("crimea", FACTO, "2013-05-01") == "UKR"
    assert country("crimea", FACTO, "2024-05-01") == "RUS"
    # Nobody's code stands for the local authorities; later control was divided, then Azerbaijan's.
    assert [country("nagorno-karabakh", FACTO, day) for day in ("2015-01-01", "2021-01-01", "2024-01-01")] == [
        None,
        "AZE",
        "AZE",
    ]


def test_in_fact_nothing_is_told_without_a_date_or_of_a_divided_area() -> None:
    assert country("crimea", FACTO, None) == "UKR"
    assert country("ukraine-east-south", FACTO, "2023-01-01") == "UKR"


def test_a_report_over_days_on_which_control_changed_keeps_the_law() -> None:
    assert country("crimea", FACTO, "2014-02-01/2014-03-31") == "UKR"


def test_places_of_a_report_follow_the_policy(parser: Parser, knowledge: Knowledge) -> None:
    report = Case(id="one", text="Rain fell on Simferopol and Odesa on Friday.", published="2024-05-01").report()
    for policy, wanted in ((BoundaryPolicy.DE_JURE, "UKR"), (FACTO, "RUS")):
        there, besides = read_report(report, parser, knowledge.under(policy)).places
        assert (there.name, there.country, there.disputed) == ("Simferopol", wanted, "crimea")
        assert (besides.name, besides.country, besides.disputed) == ("Odesa", "UKR", None)
        assert "Crimea" in there.because


def test_the_digest_tells_the_policies_apart(knowledge: Knowledge) -> None:
    assert knowledge.under(FACTO).digest != knowledge.digest
    assert knowledge.under(knowledge.boundary_policy) is knowledge


def test_the_policy_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dateline.toml").write_text('boundary_policy = "de_facto"')
    assert load_config(folder=tmp_path).boundary_policy is FACTO
    assert load_config(folder=tmp_path / "none", prefix=tmp_path).boundary_policy is BoundaryPolicy.DE_JURE
    monkeypatch.setenv("DATELINE_BOUNDARY_POLICY", "de_jure")
    assert load_config(folder=tmp_path).boundary_policy is BoundaryPolicy.DE_JURE
    monkeypatch.setenv("DATELINE_BOUNDARY_POLICY", "ours")
    with pytest.raises(ConfigError, match="ours"):
        load_config(folder=tmp_path)


def test_what_stands_twice_is_refused(tmp_path: Path) -> None:
    text = (DATA / "boundaries" / "areas.yaml").read_text(encoding="utf-8")
    (tmp_path / "areas.yaml").write_text(text.replace("within: [GE.02]", "within: [UA.11]"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"UA\.11 stands twice"):
        load_boundaries(tmp_path, FACTO)
