from collections.abc import Sequence

from dateline.nlp.base import EMPTY, Parse
from dateline.store.cache import CachedParser
from dateline.store.sqlite import SqliteStore


class CountingParser:
    """Splits at spaces, and remembers what it was asked."""

    model = "counting"

    def __init__(self, digest: str = "one") -> None:
        self.digest = digest
        self.asked: list[str] = []

    def parse(self, passages: Sequence[str]) -> list[Parse]:
        self.asked += passages
        return [self.one(passage) for passage in passages]

    def one(self, passage: str) -> Parse:
        words = tuple(passage.split())
        if not words or words[0] == "broken":
            return EMPTY
        starts = tuple(sum(len(w) + 1 for w in words[:i]) for i in range(len(words)))
        ends = tuple(s + len(w) for s, w in zip(starts, words, strict=True))
        heads = tuple(0 for _ in words)
        return Parse(words, words, words, words, words, heads, starts, ends, ((0, len(words)),), ((0, 1, self.digest),))


def test_a_passage_is_parsed_once(store: SqliteStore) -> None:
    inner = CountingParser()
    cached = CachedParser(inner, store)
    assert (cached.model, cached.digest) == ("counting", "one")
    first = cached.parse(["a b", "c", "a b"])
    assert first == [inner.one("a b"), inner.one("c"), inner.one("a b")]
    assert cached.parse(["c", "d e", "a b"]) == [inner.one("c"), inner.one("d e"), inner.one("a b")]
    assert inner.asked == ["a b", "c", "d e"]
    assert cached.parse([]) == []


def test_another_parser_parses_for_itself(store: SqliteStore) -> None:
    CachedParser(CountingParser("one"), store).parse(["a"])
    other = CountingParser("two")
    assert CachedParser(other, store).parse(["a"]) == [other.one("a")]
    assert other.asked == ["a"]


def test_a_passage_that_broke_the_parser_is_tried_again(store: SqliteStore) -> None:
    inner = CountingParser()
    cached = CachedParser(inner, store)
    assert cached.parse(["broken"]) == cached.parse(["broken"]) == [EMPTY]
    assert inner.asked == ["broken", "broken"]


def test_a_damaged_parse_is_made_anew(store: SqliteStore) -> None:
    inner = CountingParser()
    cached = CachedParser(inner, store)
    cached.parse(["a"])
    store._connection.execute("UPDATE parses SET parse = x'00'")
    assert cached.parse(["a"]) == [inner.one("a")]
    assert inner.asked == ["a", "a"]


def test_more_passages_than_a_query_takes(store: SqliteStore) -> None:
    cached = CachedParser(CountingParser(), store)
    passages = [f"passage {n}" for n in range(1200)]
    assert cached.parse(passages) == cached.parse(passages)
