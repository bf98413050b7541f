"""What reading knows of a parse: plain tuples, no library's objects.

A Parse belongs to a normalised passage and is what the cache keeps; Tokens are a Parse put in its place in
a report, so that every offset counts in the report's text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from dateline.model.span import Span
from dateline.nlp.offsets import Normalised


class Parse(Struct, frozen=True, array_like=True):
    """The parse of one normalised passage; one entry a token, offsets in code points of that passage.

    ``heads[i]`` is the index of token i's head (itself for a root); ``sents`` and ``ents`` are half-open
    token ranges, an entity with its label.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sents: tuple[tuple[int, int], ...]
    ents: tuple[tuple[int, int, str], ...]


EMPTY = Parse((), (), (), (), (), (), (), (), (), ())


class Parser(Protocol):
    """Turns normalised passages into parses, in order. ``digest`` names model, version and ruler."""

    @property
    def model(self) -> str:
        """The model's name, as configured."""

    @property
    def digest(self) -> str:
        """What a cached parse is kept under: it changes when the same words could parse otherwise."""

    def parse(self, passages: Sequence[str]) -> list[Parse]:
        """Parse the passages together, in batches."""


class Tokens:
    """The tokens of one passage, in the report's own offsets.

    Indices are token indices within the passage. ``lower`` holds the words in lower case; ``children`` are
    in order of the text.
    """

    __slots__ = (
        "_children",
        "_edges",
        "_sentence",
        "deps",
        "ends",
        "ents",
        "heads",
        "lemmas",
        "lower",
        "pos",
        "sents",
        "starts",
        "tags",
        "words",
    )

    def __init__(self, parse: Parse, normalised: Normalised, base: int) -> None:
        self.words = parse.words
        self.lower = tuple(word.lower() for word in parse.words)
        self.lemmas = parse.lemmas
        self.pos = parse.pos
        self.tags = parse.tags
        self.deps = parse.deps
        self.heads = parse.heads
        if normalised.origins is None:
            self.starts = tuple(base + start for start in parse.starts)
            self.ends = tuple(base + end for end in parse.ends)
        else:
            self.starts = tuple(base + normalised.start(start) for start in parse.starts)
            self.ends = tuple(base + normalised.end(end) for end in parse.ends)
        self.sents = parse.sents
        self.ents = parse.ents
        self._children: tuple[tuple[int, ...], ...] | None = None
        self._edges: tuple[tuple[int, int], ...] | None = None
        self._sentence: tuple[int, ...] | None = None

    def __len__(self) -> int:
        return len(self.words)

    def children(self, token: int) -> tuple[int, ...]:
        """The direct dependents of a token, in order."""
        if self._children is None:
            lists: list[list[int]] = [[] for _ in self.words]
            for child, head in enumerate(self.heads):
                if child != head:
                    lists[head].append(child)
            self._children = tuple(tuple(children) for children in lists)
        return self._children[token]

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent of a token with one of the given dependency labels, or None."""
        labels = self.deps
        for child in self.children(token):
            if labels[child] in deps:
                return child
        return None

    def having(self, token: int, *deps: str) -> list[int]:
        """The dependents of a token with one of the given dependency labels."""
        labels = self.deps
        return [child for child in self.children(token) if labels[child] in deps]

    def subtree(self, token: int) -> tuple[int, int]:
        """The half-open token range from the leftmost to the rightmost token under ``token``."""
        if self._edges is None:
            heads, size = self.heads, len(self.words)
            left, right = list(range(size)), list(range(1, size + 1))
            for start, head in enumerate(heads):
                node = start
                while head != node:
                    node = head
                    if start < left[node]:
                        left[node] = start
                    elif start >= right[node]:
                        right[node] = start + 1
                    else:
                        # What widened this node so far has widened, or will widen, all above it.
                        break
                    head = heads[node]
            self._edges = tuple(zip(left, right, strict=True))
        return self._edges[token]

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while (head := self.heads[token]) != token:
            yield head
            token = head

    def sentence(self, token: int) -> tuple[int, int]:
        """The half-open token range of the sentence that holds a token."""
        if self._sentence is None:
            index = [0] * len(self.words)
            for number, (start, end) in enumerate(self.sents):
                index[start:end] = [number] * (end - start)
            self._sentence = tuple(index)
        return self.sents[self._sentence[token]]

    def span(self, start: int, end: int) -> Span:
        """The span of tokens ``[start, end)`` in the report's text (at least one token)."""
        return Span(self.starts[start], self.ends[end - 1])

    def within(self, span: Span) -> tuple[int, int]:
        """The half-open range of the tokens that lie wholly inside a span; empty where none does."""
        first = bisect_left(self.starts, span.start)
        last = bisect_right(self.ends, span.end)
        return first, max(first, last)

    def at(self, offset: int) -> int | None:
        """The token that holds the code point at ``offset`` of the report's text, or None."""
        token = bisect_right(self.starts, offset) - 1
        return token if token >= 0 and offset < self.ends[token] else None
