"""Doubts about people and names: as the room of suspects found them, and what is told of one person in two ways."""

from collections.abc import Iterator

from dateline.model.span import Span
from dateline.model.vocab import DoubtKind, EntityKind
from dateline.nlp.base import Tokens
from dateline.read.doubts.found import Found
from dateline.read.doubts.words import compile_words
from dateline.read.reading import Reading
from dateline.read.suspects import suspects

_ROLE_WITHIN = 6
"""Tokens behind a word such as "elected" in which the role that it tells of ends."""


def suspected(reading: Reading) -> Iterator[Found]:
    """Every suspect, on its mention or, where the doubt is about a pronoun, on the pronoun."""
    mentions = {mention.id: mention for mention in reading.annotated.mentions}
    for suspect in suspects(reading):
        mention = mentions.get(suspect.mention_id)
        if mention is None:
            continue
        span = Span(*suspect.pronoun) if suspect.pronoun is not None else mention.evidence.span
        yield Found(
            kind=suspect.kind,
            span=span,
            because=suspect.because,
            record=mention.id,
            suggestion=suspect.suggestion,
            score=suspect.score,
        )


def two_ways(reading: Reading) -> Iterator[Found]:
    """A person whose office is told in two ways that exclude each other ("appointed", then "elected mayor")."""
    words = compile_words(reading.knowledge)
    if not any(word in reading.text for pair in words.opposites for word in pair):
        return
    home = {mention: r.id for r in reading.annotated.referents if r.kind is EntityKind.PERSON for mention in r.mentions}
    named = [m for m in reading.annotated.mentions if m.id in home]
    told: dict[tuple[str, frozenset[str]], str] = {}
    for _, _, tokens in reading.passages():
        for pair in words.opposites:
            for node, word in enumerate(tokens.lower):
                if word not in pair or tokens.tags[node] not in ("VBN", "JJ", "VBD"):
                    continue
                sentence = tokens.span(*tokens.sentence(node))
                people = {home[m.id] for m in named if sentence.contains(m.evidence.span)}
                if len(people) != 1:
                    continue
                key = (people.pop(), frozenset(pair))
                if told.setdefault(key, word) != word:
                    yield Found(
                        kind=DoubtKind.ROLE_CONFLICT,
                        span=_role(node, tokens),
                        because=f"of the same person the report has also said {told[key]!r}",
                        score=0.7,
                    )


def _role(node: int, tokens: Tokens) -> Span:
    """From the word to the last noun of its phrase."""
    end, last = tokens.sentence(node)[1], node
    for token in range(node + 1, min(end, node + _ROLE_WITHIN)):
        if tokens.pos[token] not in ("ADJ", "NOUN", "PROPN", "PUNCT", "DET") or tokens.words[token] in (".", ","):
            break
        last = token
    return tokens.span(node, last + 1)
