"""The gold of ``tests/gold/changes.toml``, and the examples of the lexicon."""

import tomllib
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue
from dateline.matching.changes import PassageChange
from dateline.matching.passages import match_passages
from tests.support.gold import GOLD


class Pair(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    a: str
    b: str
    match: bool = True
    expect: tuple[dict[str, str], ...] = ()
    reject: tuple[dict[str, str], ...] = ()


def load() -> tuple[Pair, ...]:
    raw = tomllib.loads((GOLD / "changes.toml").read_text(encoding="utf-8"))
    return msgspec.convert(raw["case"], tuple[Pair, ...])


def shown(change: PassageChange) -> dict[str, Any]:
    return {"kind": change.kind.value, "a_text": change.a_text, "b_text": change.b_text}


def meets(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    return all(row[key] == value for key, value in wanted.items())


@pytest.mark.parametrize("pair", load(), ids=lambda pair: pair.id)
def test_gold(pair: Pair) -> None:
    found = match_passages(pair.a, pair.b)
    assert found.match is pair.match, found.because
    rows = [shown(change) for change in found.changes]
    for wanted in pair.expect:
        assert any(meets(row, wanted) for row in rows), f"{wanted} not among {rows}"
    for wrong in pair.reject:
        assert not any(meets(row, wrong) for row in rows), rows
    assert len(rows) == len(pair.expect), rows


@pytest.mark.parametrize("pair", load(), ids=lambda pair: pair.id)
def test_the_other_way_round(pair: Pair) -> None:
    there, back = match_passages(pair.a, pair.b), match_passages(pair.b, pair.a)
    mirrored = sorted((c.kind.value, c.b_text, c.a_text) for c in back.changes)
    assert sorted((c.kind.value, c.a_text, c.b_text) for c in there.changes) == mirrored


@pytest.mark.parametrize("entry", Knowledge().lexicon(ChangeCue), ids=lambda entry: entry.id)
def test_each_entry_fires(entry: ChangeCue) -> None:
    for example in entry.examples:
        a, b = example.split(" => ")
        found = match_passages(a, b)
        assert entry.kind in {change.kind for change in found.changes}, (found.because, found.changes)
        assert any(change.because.startswith(entry.id + ":") for change in found.changes), found.changes


def test_spans_quote_their_passages() -> None:
    for pair in load():
        for change in match_passages(pair.a, pair.b).changes:
            assert change.a.of(pair.a) == change.a_text
            assert change.b.of(pair.b) == change.b_text
