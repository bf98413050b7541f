"""How an event was done, or what it demands, refuses or threatens: its PLOVER mode, from the words under its trigger.

A frame knows the mode where its own words tell it ("kidnapped"). Else the nearest word under the trigger that the
lexicon gives a mode decides: the weapon of an attack, the act that is demanded; a later word only where its mode is a
more exact one. What stands in clauses of its own, or
beside the trigger, says nothing of it; nor does who demands, refuses or threatens.
"""

from collections.abc import Iterator
from functools import lru_cache

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.modes import ModeRule, Modes, mode_rules
from dateline.nlp.base import Tokens

_APART = frozenset({"conj", "relcl", "parataxis", "appos", "punct"})
_SUBJECT = frozenset({"nsubj", "agent"})
_DEEP = 24
"""Words under a trigger that are looked at."""


class ModeFinder:
    """Finds modes in passages."""

    def __init__(self, rules: Modes) -> None:
        self.rules = rules

    def mode(self, tokens: Tokens, head: int, kind: str, spoken: bool, known: str | None) -> str | None:
        """The mode of an event of this type at ``head``; ``known`` is what its frame says.

        ``spoken``: a type of what is said, whose subject says nothing of its mode.
        """
        rules = self.rules.get(kind)
        if rules is None:
            return known
        words = [word for i in _under(tokens, head, spoken) for word in (tokens.lemmas[i].lower(), tokens.lower[i])]
        for word in words:
            for rule in rules.get(word, ()):
                if _fits(rule, words, known):
                    known = rule.mode
        return known


def _fits(rule: ModeRule, words: list[str], known: str | None) -> bool:
    if known is not None and known not in rule.over:
        return False
    return not rule.beside or any(word in rule.beside for word in words)


def _under(tokens: Tokens, head: int, spoken: bool) -> Iterator[int]:
    """The trigger and the words under it, the nearest first, subjects after all others."""
    waiting, subjects = [head], []
    seen = 0
    while waiting and seen < _DEEP:
        i = waiting.pop(0)
        seen += 1
        yield i
        for c in tokens.children(i):
            dep = tokens.deps[c]
            if dep in _SUBJECT:
                subjects.append(c)
            elif dep not in _APART and not (dep == "advcl" and tokens.tags[c] != "VB"):
                waiting.append(c)
        if not waiting and not spoken:
            waiting, subjects = subjects, []


@lru_cache(maxsize=4)
def mode_finder(knowledge: Knowledge) -> ModeFinder:
    """The finder with the rules of a knowledge handle."""
    return ModeFinder(mode_rules(knowledge))
