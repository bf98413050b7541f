import re
import tomllib
from pathlib import Path

from dateline.knowledge.handle import Knowledge
from dateline.link.retellings import Saying, told_twice
from dateline.matching.profile import Profile
from dateline.model.span import Span
from dateline.model.vocab import Verdict

GOLD = Path(__file__).parents[1] / "gold" / "blind" / "retellings.toml"
MARKED = re.compile('[“"]([^“”"]+)[”"]')


def saying(text: str, passage: str) -> Saying:
    phrases = tuple(Profile(found) for found in MARKED.findall(text))
    return Saying(Span(0, len(text)), passage, Profile(text), phrases)


def verdict(a: str, b: str) -> Verdict | None:
    found = told_twice(saying(a, "p1"), saying(b, "p2"), Knowledge())
    return found.verdict if found else None


def test_a_saying_told_again_in_another_form() -> None:
    first = "the collapse looked like sabotage at a high level"
    assert verdict(first, "it looked like an act of sabotage at the highest level") is Verdict.REWRITE
    assert verdict(first, "the collapse would be looked into by spring") is None


def test_a_phrase_in_marks_told_again_without_them() -> None:
    first = "closing the Sarvan weir would be “a reckless provocation”"
    assert verdict(first, "the minister's plan for the delta was a reckless provocation of those who live there") is (
        Verdict.SHARED_QUOTE
    )
    assert verdict(first, "the minister's plan for the delta was reckless") is None


def test_pairs_written_without_sight_of_the_rules() -> None:
    """Of 45 sayings told twice 23 are found, with 4 false ones among 35 pairs of two sayings."""
    rows = tomllib.loads(GOLD.read_text(encoding="utf-8"))["pair"]
    for split in ("tune", "held"):
        half = [row for row in rows if row["split"] == split]
        found = [row["same"] for row in half if verdict(row["a"], row["b"])]
        assert sum(found) >= 0.8 * len(found)
        assert sum(found) >= 0.4 * sum(row["same"] for row in half)
