"""Acts that a film, a novel or an exercise tells of: nobody did them.

A noun of ``fiction`` makes up what stands "about" it, what it is the subject of a verb of ``depicting`` over, and what
happens "in which"; a noun of ``stories`` also what happens "in" it. A documentary or a book tells of what was.
"""

from collections.abc import Mapping

from dateline.nlp.base import Tokens


def made_up(tokens: Tokens, head: int, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether the act at a token is told as fiction: "a series about the bombing", "in the novel, Arden invades"."""
    t, fiction = tokens, lists["fiction"]
    below = head
    for above in t.ancestors(head):
        if _is(t, above, fiction) and (t.lower[below] == "about" or _in_which(t, below)):
            return True
        if t.lemmas[above] in lists["depicting"] and any(_is(t, one, fiction) for one in _tellers(t, above)):
            return True
        below = above
    verb = next((i for i in (head, *t.ancestors(head)) if t.pos[i] == "VERB"), head)
    within = [noun for c in t.having(verb, "prep") if t.lower[c] == "in" for noun in t.having(c, "pobj")]
    return any(_is(t, noun, lists["stories"]) for noun in within)


def _is(tokens: Tokens, noun: int, words: frozenset[str]) -> bool:
    """Whether a noun is one of the words, and not that "of" something: "a series of raids", "film of the raid"."""
    return tokens.lemmas[noun] in words and not any(tokens.lower[c] == "of" for c in tokens.children(noun))


def _in_which(tokens: Tokens, verb: int) -> bool:
    """Whether a relative clause tells what happens within what it describes: "an exercise in which rebels attack"."""
    if tokens.deps[verb] != "relcl":
        return False
    return any(tokens.tags[noun] == "WDT" for c in tokens.having(verb, "prep") for noun in tokens.having(c, "pobj"))


def _tellers(tokens: Tokens, verb: int) -> list[int]:
    """What a verb says something of: its subjects, or the noun that it describes."""
    described = [tokens.heads[verb]] if tokens.deps[verb] in ("acl", "relcl") else []
    return [*tokens.having(verb, "nsubj"), *described]
