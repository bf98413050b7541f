"""Whether a place's name stands for its government, told by the clause that it stands in."""

from dateline.nlp.base import Tokens

_SAYING_HEADS = frozenset({"VERB", "AUX"})
_SIDES = frozenset({"against", "with", "between", "of"})
"""Prepositions that join a party to a verb or adjective ("talks with Kyiv", "independent of Kyiv")."""


def stands_for_government(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the name on tokens ``[first, last)`` acts, is acted with, or owns what a government owns.

    True for the subject of an active verb ("Kyiv said"), the agent of a passive ("approved by Moscow"), a
    party that a verb or adjective is joined to ("independent of Kyiv"), and the possessor of a common noun
    ("Moscow's war efforts", not "Moscow's Red Square"). A name after a preposition of place is a place.
    """
    head = _head(tokens, first, last)
    dep = tokens.deps[head]
    if dep == "nsubj":
        return tokens.pos[tokens.heads[head]] in _SAYING_HEADS and tokens.lemmas[tokens.heads[head]] != "be"
    if dep == "pobj":
        before = tokens.heads[head]
        return tokens.deps[before] == "agent" or (
            tokens.lower[before] in {"against", "with", "between", "of"}
            and (tokens.pos[tokens.heads[before]] in {"VERB", "ADJ"})
        )
    if dep == "poss":
        owned = tokens.heads[head]
        return tokens.pos[owned] == "NOUN"
    return False


def _head(tokens: Tokens, first: int, last: int) -> int:
    """The token of a name that depends on none of its others."""
    for token in range(first, last):
        if not first <= tokens.heads[token] < last or tokens.heads[token] == token:
            return token
    return last - 1
