"""The grammatical frame that a trigger stands in, as far as two example sentences could share it."""

from collections.abc import Iterable

from dateline.nlp.base import Tokens

_OBJECT = ("dobj", "nsubjpass", "attr", "oprd")
_LEADS = ("prep", "prt", "agent", "dative")
_CLAUSE = ("xcomp", "ccomp", "advcl")

Frame = tuple[str | tuple[str, ...], ...]


def frame_of(tokens: Tokens, i: int) -> Frame:
    """The lemma at ``i`` with its voice, objects, prepositions, clauses, or with a noun's governor and modifiers."""
    lemma = tokens.lemmas[i].lower()
    leads = _sorted(tokens.lower[c] for c in tokens.having(i, *_LEADS))
    if tokens.pos[i] in ("NOUN", "PROPN"):
        above = tokens.lemmas[tokens.heads[i]].lower()
        before = _sorted(tokens.lower[c] for c in tokens.having(i, "compound", "amod", "nmod"))
        return lemma, "noun", tokens.deps[i], above, leads, before, _sorted(_lemmas(tokens, i, ("acl", "relcl")))
    passive = tokens.child(i, "nsubjpass", "auxpass") is not None or tokens.deps[i] == "acl"
    objects, clauses = _lemmas(tokens, i, _OBJECT), _lemmas(tokens, i, _CLAUSE)
    return lemma, "passive" if passive else "active", _sorted(objects), leads, _sorted(clauses)


def _lemmas(tokens: Tokens, i: int, deps: tuple[str, ...]) -> list[str]:
    return [tokens.lemmas[c].lower() for c in tokens.having(i, *deps)]


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))
