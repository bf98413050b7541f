"""Whether a place's name stands for its government, told by the clause that it stands in."""

from dateline.nlp.base import Tokens

_SAYING_HEADS = frozenset({"VERB", "AUX"})
_SIDES = frozenset({"with", "between", "of"})
"""Prepositions that join a party to a verb or adjective ("talks with Kyiv", "independent of Kyiv")."""


def stands_for_government(tokens: Tokens, first: int, last: int, soil: frozenset[str] | None = None) -> bool:
    """Whether the name on tokens ``[first, last)`` acts, is acted with, or owns what a government owns.

    True for the subject of an active verb ("Kyiv said"), the agent of a passive ("approved by Moscow"), a
    party that a verb or adjective is joined to ("independent of Kyiv") or that something is aimed at
    ("sanctions against Moscow"), whoever says something "from" there, and, of a capital, the possessor of a
    common noun ("Moscow's war efforts", not "Moscow's Red Square"). A country, for which ``soil`` holds what
    it has as a place, owns its land and people too ("Russia's claims", not "Russia's border"). Of names in a
    list, what holds for the first holds for all. A name after another preposition of place is a place.
    """
    head = _head(tokens, first, last)
    while tokens.deps[head] == "conj" and tokens.pos[tokens.heads[head]] in ("PROPN", "NOUN"):
        head = tokens.heads[head]
    dep, above = tokens.deps[head], tokens.heads[head]
    if dep in ("npadvmod", "appos") and head and tokens.words[head - 1] == ":":
        # "Four abstained: China, India ..."
        return tokens.pos[above] in ("VERB", "ADJ")
    if dep == "nsubj":
        return tokens.pos[above] in _SAYING_HEADS and (tokens.lemmas[above] != "be" or _minded(tokens, above))
    if dep == "pobj":
        joined = tokens.heads[above]
        if tokens.deps[above] == "agent" or tokens.lower[above] == "against":
            return True
        if tokens.lower[above] == "from" and soil is None:
            return tokens.deps[joined] == "nsubj" and tokens.child(tokens.heads[joined], "ccomp") is not None
        return tokens.lower[above] in _SIDES and tokens.pos[joined] in {"VERB", "ADJ"}
    if dep == "poss":
        return tokens.pos[above] == "NOUN" and (soil is None or tokens.lower[above] not in soil)
    return False


def _minded(tokens: Tokens, verb: int) -> bool:
    """Whether "be" tells a frame of mind or a part taken ("is concerned", "is behind it")."""
    told = tokens.child(verb, "acomp")
    if told is not None and tokens.tags[told] == "VBN":
        return True
    return any(tokens.lower[child] == "behind" for child in tokens.having(verb, "prep"))


def _head(tokens: Tokens, first: int, last: int) -> int:
    """The token of a name that depends on none of its others."""
    for token in range(first, last):
        if not first <= tokens.heads[token] < last or tokens.heads[token] == token:
            return token
    return last - 1
