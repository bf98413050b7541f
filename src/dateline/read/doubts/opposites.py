"""Neighbouring passages that say the same thing, one of them negated."""

from collections.abc import Iterator
from itertools import pairwise

from dateline.model.records import Passage
from dateline.model.span import Span
from dateline.model.vocab import DoubtKind
from dateline.nlp.base import Tokens
from dateline.read.doubts.found import Found
from dateline.read.doubts.words import Words, compile_words
from dateline.read.reading import Reading

_ALIKE = 0.6
"""Share of content lemmas that two neighbouring passages must have in common (Jaccard)."""
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def reversed_sense(reading: Reading) -> Iterator[Found]:
    """Of two neighbouring passages of like words, of which one denies what the other says, the second."""
    words = compile_words(reading.knowledge)
    sentences = [(passage, tokens) for _, passage, tokens in reading.passages() if len(tokens) >= 5]
    for (_, before), (passage, tokens) in pairwise(sentences):
        if abs(len(before) - len(tokens)) > max(len(before), len(tokens)) // 2:
            continue
        left, right = _content(before, words), _content(tokens, words)
        if len(left) < 4 or len(left & right) < _ALIKE * len(left | right):
            continue
        if _negations(before, words) % 2 != _negations(tokens, words) % 2:
            yield _found(passage)


def _found(passage: Passage) -> Found:
    span = passage.evidence.span
    return Found(
        kind=DoubtKind.REVERSED_SENSE,
        span=Span(span.start, span.end),
        because="the passage before says nearly the same, and one of the two is negated",
        record=passage.id,
        score=0.6,
    )


def _content(tokens: Tokens, words: Words) -> set[str]:
    return {
        lemma.lower() for lemma, pos in zip(tokens.lemmas, tokens.pos, strict=True) if pos in _CONTENT
    } - words.negation


def _negations(tokens: Tokens, words: Words) -> int:
    pairs = zip(tokens.lower, tokens.lemmas, strict=True)
    return sum(1 for word, lemma in pairs if word in words.negation or lemma in words.negation)
