"""The sheet of figures: every gold has its block, floors hold and only rise, and one broken part costs itself alone."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import quality
from benchmarks.answers import crises
from benchmarks.common import Measure
from benchmarks.page import PAGE, put_section, renewed
from benchmarks.quality import GOLDS, PAIRS, Block, Gold, below, lines_of, own_tables, pinned, public_blocks
from tests.support.gold import GOLD, load_cases

GOOD = Measure(name="recall", value=0.8, low=0.72, high=0.9, n=100)


def fake(monkeypatch: pytest.MonkeyPatch, **of: object) -> None:
    """A scorer ``benchmarks.invented`` with these functions, and the one gold that asks for it."""
    module = ModuleType("benchmarks.invented")
    module.__spec__ = sys.__spec__
    for name, value in of.items():
        setattr(module, name, value)
    monkeypatch.setitem(sys.modules, "benchmarks.invented", module)
    monkeypatch.setattr(quality, "GOLDS", (Gold("invented", "of no use", below="invented"),))
    monkeypatch.setattr(quality, "find_spec", lambda name: True)


def broken(*_: object) -> None:
    raise OSError("no such thing")


def test_every_table_of_cases_is_scored_and_every_pair_elsewhere() -> None:
    tables = own_tables()
    files = {path.relative_to(GOLD).with_suffix("").as_posix() for path in GOLD.rglob("*.toml")}
    keys = {file for file in files if file.startswith("blind/crises/")}
    assert set(tables) == files - keys - set(PAIRS)
    assert {Path(key).parent.name for key in keys} == set(crises())
    assert all(load_cases(table) for table in tables)
    assert tables.index("blind/events") > tables.index("times")
    assert "rewordings" in {gold.name for gold in GOLDS}


def test_the_scorer_runs_once_and_what_goes_wrong_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int | None] = []

    def score(limit: int | None) -> list[Measure]:
        runs.append(limit)
        return [GOOD]

    fake(monkeypatch, score=score, causes=lambda limit: [f"of {limit}"])
    (block,) = public_blocks([], 5)
    assert runs == [5]
    assert list(lines_of(block, {"recall": 0.7}))[-4:] == [
        "| recall | 0.800 | 0.720–0.900 | 0.70 | 100 |  |  |",
        "",
        "of 5",
        "",
    ]


def test_a_broken_scorer_is_named_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, score=broken, causes=lambda limit: ["never"])
    (block,) = public_blocks([], None)
    shown = "\n".join(lines_of(block, {}))
    assert "Not scored: its scorer broke (OSError: no such thing)." in shown
    assert "never" not in shown


def test_causes_that_break_leave_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, score=lambda limit: [GOOD], causes=broken)
    (block,) = public_blocks([], None)
    assert block.measures == (GOOD,)
    assert "OSError" in block.below[0]


def test_what_falls_below_its_floor_is_told() -> None:
    block = Block("invented", "Invented", (GOOD,))
    assert not list(below(block, {"recall": 0.8}))
    assert list(below(block, {"recall": 0.81})) == ["Invented: recall is 0.800, its floor 0.81"]


def test_floors_only_rise_and_only_for_what_is_better_high() -> None:
    false = Measure(name="taken for a copy that is none", value=0.5, low=0.4, high=0.6, n=100)
    copied = Measure(name="heavy: told as a copy", value=0.5, low=0.4, high=0.6, n=100)
    perfect = Measure(name="precision", value=1.0, low=1.0, high=1.0, n=30)
    block = Block("invented", "Invented", (GOOD, false, copied, perfect))
    assert pinned(block, {}) == {"recall": 0.72, "heavy: told as a copy": 0.4, "precision": 0.9}
    assert pinned(block, {"recall": 0.75})["recall"] == 0.75


def test_a_section_that_the_page_lacks_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("words\n<!-- quality -->\nold\n<!-- end of quality -->\nmore words\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.page.PAGE", page)
    put_section("quality", "make quality", ["new"])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("words\n")
    assert text.endswith("more words\n")
    assert "new" in text
    assert "old" not in text
    with pytest.raises(ValueError, match="no section 'speed'"):
        put_section("speed", "make bench", ["new"])


@pytest.mark.parametrize("name", ["quality", "speed"])
def test_the_page_has_the_sections_that_commands_renew(name: str) -> None:
    assert f"\n<!-- {name} -->\nnew\n<!-- end of {name} -->\n" in renewed(
        PAGE.read_text(encoding="utf-8"), name, ["new"]
    )
