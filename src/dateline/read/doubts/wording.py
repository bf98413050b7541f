"""Broken sentences: wording that no writer meant."""

import re
from collections.abc import Iterator

from dateline.model.records import Passage
from dateline.model.span import Span
from dateline.model.vocab import DoubtKind, PassageKind
from dateline.nlp.base import Tokens
from dateline.read.doubts.found import Found
from dateline.read.doubts.words import Words, compile_words
from dateline.read.reading import Reading

_GLUED = re.compile(r"(\w{5,})\w{0,4}\1\w{0,4}")
_LONG = 12
_VERBAL = frozenset({"VERB", "AUX"})


def broken_sentences(reading: Reading) -> Iterator[Found]:
    """Patterns of the lexicon, function words twice in a row, words run together, fragments, lost "by"."""
    words, text = compile_words(reading.knowledge), reading.text
    for entry, pattern in words.patterns:
        if entry.key is None or entry.key in text:
            for match in pattern.finditer(text):
                yield Found(kind=entry.kind, span=Span(*match.span()), because=entry.because)
    for match in words.doubled.finditer(text):
        yield Found(
            kind=DoubtKind.BROKEN_SENTENCE,
            span=Span(*match.span()),
            because=f"{match[1]!r} stands twice in a row",
            suggestion=match[1],
        )
    for _, passage, tokens in reading.passages():
        yield from _in_passage(passage, tokens, words)


def _in_passage(passage: Passage, tokens: Tokens, words: Words) -> Iterator[Found]:
    for node, word in enumerate(tokens.words):
        if len(word) >= _LONG and word.isalpha() and _GLUED.fullmatch(word.lower()):
            yield _broken(tokens.span(node, node + 1), "two forms of one word run together", 0.95)
    if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.BULLET, PassageKind.STANDFIRST):
        return
    for first, last in tokens.sents:
        if _fragment(first, last, passage, tokens):
            yield _broken(tokens.span(first, last), "a sentence of a conjunction and a noun, without a verb", 0.7)
    for node, tag in enumerate(tokens.tags):
        if tag == "VBN" and _lost_by(node, tokens, words):
            target = tokens.child(node, "dobj")
            if target is not None:
                yield _broken(tokens.span(node, target + 1), 'an object follows a passive: "by" may be lost', 0.6)


def _broken(span: Span, because: str, score: float) -> Found:
    return Found(kind=DoubtKind.BROKEN_SENTENCE, span=span, because=because, score=score)


def _fragment(first: int, last: int, passage: Passage, tokens: Tokens) -> bool:
    """ "And the occupied valley." after another sentence: a conjunction, an article and a noun phrase."""
    return (
        3 <= last - first <= 8
        and first > 0
        and tokens.lower[first] in ("and", "or")
        and tokens.lower[first + 1] in ("the", "a", "an")
        and tokens.words[last - 1] == "."
        and tokens.words[first - 1] in (".", "?", "!")
        and all(tokens.pos[n] not in _VERBAL or tokens.tags[n] == "VBN" for n in range(first, last))
    )


def _lost_by(verb: int, tokens: Tokens, words: Words) -> bool:
    helper, target = tokens.child(verb, "auxpass"), tokens.child(verb, "dobj")
    # "She’s put lives at risk" has the perfect, not a passive.
    if helper is None or target is None or tokens.lemmas[helper] != "be" or tokens.lower[helper] in ("'s", "’s"):
        return False
    first = tokens.subtree(target)[0]
    return (
        first == verb + 1
        and tokens.pos[target] == "NOUN"
        and tokens.tags[target] == "NNS"
        and tokens.lemmas[verb].lower() not in words.two_objects
        and tokens.child(verb, "agent") is None
        and all(tokens.pos[n] in ("ADJ", "NOUN") for n in range(first, target + 1))
    )
