"""Our precision on ACLED's and UCDP's scales: the data are whole, and the published page says the same."""

import re
from pathlib import Path

from dateline.knowledge.crosswalk import scales, scales_of
from dateline.model.vocab import Precision

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "precision.md"


def test_every_precision_has_an_entry_of_its_own() -> None:
    assert sorted(one.precision for one in scales() if not one.features) == sorted(Precision)


def test_values_lie_on_the_scales() -> None:
    assert {one.acled for one in scales()} <= {None, 1, 2, 3}
    assert {one.ucdp for one in scales()} <= {None, *range(1, 8)}


def test_a_feature_goes_before_the_rest() -> None:
    assert scales_of(Precision.COUNTRY, "PCLI").ucdp == 6
    assert scales_of(Precision.COUNTRY, "CONT").ucdp is None
    assert scales_of(Precision.REGION, "PART").ucdp == 5


def test_the_page_is_the_data() -> None:
    rows = re.findall(r"^\| (\w+) \| ([A-Z, ]*)\| (\S+) \| (\S+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = [
        (p, frozenset(re.findall(r"\w+", f)), *(None if v == "–" else int(v) for v in (a, u)), e)
        for p, f, a, u, e in rows
    ]
    assert told == [(str(o.precision), o.features, o.acled, o.ucdp, o.example) for o in scales()]
