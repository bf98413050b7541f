"""Whether a word of violence is meant as one, or of a match, a market, a film, an illness or a debate.

"Attack", "battle" or "fire" are words of speech and play as often as of war. The ``graphic`` ones of the word lists
("bomb") are taken at their word, the ``figurative`` ones ("attack") only where the sentence has another word of
violence or a party that can be hurt (a place, a force, a building, people who are no politicians). Where neither is
so, or where words of play, trade, illness or campaigning outnumber those of violence in the sentence, the passages
around it or the report must tell of violence; else it is a figure of speech, and no event.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from dateline.nlp.base import Tokens

_HURT = frozenset({"GPE", "FAC", "NORP", "LOC"})
_NEAR = 1
"""Passages before and after that a word is read with."""
_ENOUGH = 2
"""Words of violence that make passages tell of it."""
_PHRASE = 6
"""Words after its head in which a party may be named: "a number of Arden websites"."""
_MANY = 6
"""Words of violence that make a report one of violence, where they are twice those of play."""


class _Tally(Struct, frozen=True):
    """How many words of violence and of other fields some words hold."""

    violence: int = 0
    play: int = 0


class Figurative:
    """One report's words of violence and of play, ready to be asked how a trigger is meant."""

    def __init__(self, passages: Sequence[Tokens], lists: Mapping[str, frozenset[str]]) -> None:
        self._words, self._graphic = lists["figurative"], lists["graphic"]
        self._violence, self._play = lists["violence"], lists["pastimes"]
        self._talkers = lists["talkers"]
        self._alive = lists["entities"] - self._talkers
        self._passages = passages
        self._tallies: dict[int, _Tally] = {}

    def of(self, passage: int, head: int, parties: Collection[int], labels: Mapping[int, str]) -> bool:
        """Whether the trigger at ``head`` of a passage, with these parties, is a figure of speech."""
        tokens = self._passages[passage]
        lemma = tokens.lemmas[head].lower()
        if lemma not in self._words and lemma not in self._graphic:
            return False
        own = self._tally(tokens, *tokens.sentence(head), lemma)
        hurt = any(self._can_be_hurt(tokens, i, labels) for i in parties)
        if own.play > own.violence:
            if hurt and lemma in self._graphic:
                return False
        elif hurt or own.violence or lemma in self._graphic:
            return False
        first, last = max(0, passage - _NEAR), min(len(self._passages), passage + _NEAR + 1)
        near = [self._told(i) for i in range(first, last)]
        violence = sum(one.violence for one in near) - (lemma in self._violence)
        return not self._violent and (violence < _ENOUGH or sum(one.play for one in near) >= violence)

    @cached_property
    def _violent(self) -> bool:
        """Whether the report as a whole is one of violence."""
        words = {lemma.lower() for tokens in self._passages for lemma in tokens.lemmas}
        violence = len(words & self._violence)
        return violence >= _MANY and violence >= 2 * len(words & self._play)

    def _told(self, passage: int) -> _Tally:
        known = self._tallies.get(passage)
        if known is None:
            tokens = self._passages[passage]
            known = self._tallies[passage] = self._tally(tokens, 0, len(tokens), None)
        return known

    def _tally(self, tokens: Tokens, start: int, end: int, but: str | None) -> _Tally:
        words = {lemma for lemma in (tokens.lemmas[i].lower() for i in range(start, end)) if lemma != but}
        return _Tally(len(words & self._violence), len(words & self._play))

    def _can_be_hurt(self, tokens: Tokens, i: int, labels: Mapping[int, str]) -> bool:
        if tokens.pos[i] == "NUM" or tokens.lemmas[i].lower() in self._alive:
            return True
        start, end = tokens.subtree(i)
        return any(labels.get(one) in _HURT for one in range(start, min(end, i + _PHRASE)))
