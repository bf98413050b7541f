"""What a speaker does by saying it: the act of the cue or, where that only reports, what the words themselves tell.

The signs are data (``data/lexicon/en/acts.yaml``). They are looked for in what the speaker says in the first
person of the report: the content without what others say inside it. An act that the cue names ("accused",
"promised", "denied") always stands.
"""

from dateline.knowledge.lexicon.acts import ActSign, ActSigns, SignTest
from dateline.knowledge.lexicon.statements import CueKind, Takes
from dateline.model.vocab import Act
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import CLAUSAL, Draft, Ground, Range
from dateline.read.statements.sides import Sides

_FUTURE = frozenset({"will", "would", "shall", "should", "'ll", "’ll", "wo", "must"})
_DUTY = frozenset({"must", "should", "shall", "ought"})
_REFUSING = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "can", "could", "do", "does", "ca"})
_NEVER = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither"})
_SELF = frozenset({"we", "i"})
_SPEAKER = frozenset({"we", "i", "they", "he", "she", "it"})
_NAMING = frozenset({Takes.PREDICATE, Takes.OBJECT})


def act_of(ground: Ground, draft: Draft, parts: list[Range], inner: list[Range], signs: ActSigns, sides: Sides) -> Act:
    """The act of a statement whose content stands at ``parts``; ``inner`` is what others say inside it."""
    cue = draft.cue
    if cue is not None and cue.act is not Act.ASSERT:
        return cue.act
    said = _Said(ground, draft, parts, inner, sides)
    for index in sorted({*signs.wordless, *(i for lemma in said.lemmas for i in signs.by_word.get(lemma, ()))}):
        if said.shows(signs.signs[index]):
            return signs.signs[index].act
    return Act.ASSERT


class _Said:
    """The words of a content, and what the tests of the signs ask of them."""

    def __init__(self, ground: Ground, draft: Draft, parts: list[Range], inner: list[Range], sides: Sides) -> None:
        self._tokens: Tokens = ground.tokens
        self._draft = draft
        self._sides = sides
        self._inside = [
            i for start, end in parts for i in range(start, end) if not any(low <= i < high for low, high in inner)
        ]
        self._set = frozenset(self._inside)
        self.lemmas = frozenset(self._tokens.lemmas[i].lower() for i in self._inside)

    def shows(self, sign: ActSign) -> bool:
        """Whether the sign holds."""
        if (sign.beside and self.lemmas.isdisjoint(sign.beside)) or not self.lemmas.isdisjoint(sign.except_):
            return False
        if sign.test is SignTest.ASKED:
            return any(self._tokens.words[i] == "?" for i in self._inside[-2:])
        if sign.test is SignTest.MUST:
            return any(self._duty(i) for i in self._inside)
        return any(self._passes(i, sign.test) for i in self._inside if self._tokens.lemmas[i].lower() in sign.words)

    def _passes(self, i: int, test: SignTest) -> bool:
        if test is SignTest.WORD:
            return not self._negated(i) and not self._negated(self._verb(i))
        if test is SignTest.CALLED:
            return self._called(i)
        if test is SignTest.HARM:
            return self._harm(i)
        clause = self._clause(i)
        if test is SignTest.NO:
            return self._negated(i) or self._negated(clause)
        if test is SignTest.WILL_NOT:
            return self._negated(i) and bool(self._auxiliaries(i) & _REFUSING)
        if test is SignTest.FIRST_PERSON:
            subject = self._tokens.child(i, "nsubj")
            return subject is not None and self._tokens.lower[subject] in _SELF and not self._negated(i)
        if test is SignTest.MAIN:
            return self._main(i) and not self._negated(i) and self._tokens.tags[i] != "NN"
        return self._future(i if test is SignTest.OWN_FUTURE else clause, test is SignTest.OWN_FUTURE)

    def _future(self, clause: int, own: bool) -> bool:
        if not self._auxiliaries(clause) & _FUTURE or self._negated(clause):
            return False
        if not own:
            return True
        subject = self._tokens.child(clause, "nsubj")
        if subject is None or self._auxiliaries(clause) & _DUTY:
            return False
        return self._tokens.lower[subject] in _SPEAKER or self._sides.same(self._tokens.subtree(subject))

    def _harm(self, i: int) -> bool:
        tokens = self._tokens
        if tokens.tags[i] not in ("VBD", "VBN", "VBG", "VBZ", "VBP") or self._negated(i):
            return False
        if self._auxiliaries(i) & _FUTURE:
            return False
        agent = tokens.child(i, "agent")
        doer = tokens.child(agent, "pobj") if agent is not None else None
        if doer is None:
            doer = tokens.child(i, "nsubj")
        if doer is None or doer not in self._set:
            return False
        return self._sides.other(tokens.subtree(doer))

    def _duty(self, i: int) -> bool:
        return self._tokens.lower[i] in _DUTY and self._tokens.tags[i] == "MD" and self._owes(self._tokens.heads[i])

    def _owes(self, verb: int) -> bool:
        """Whether a verb under "must" is asked of somebody: a main clause, affirmed, not "should have done"."""
        perfect = any(self._tokens.lower[a] == "have" for a in self._tokens.having(verb, "aux"))
        return self._main(verb) and not perfect and not self._negated(verb)

    def _called(self, i: int) -> bool:
        cue, head = self._draft.cue, self._draft.head
        if cue is None or head is None or cue.kind is not CueKind.VERB or _NAMING.isdisjoint(cue.takes):
            return False
        return not self._negated(i) and (Takes.PREDICATE in cue.takes or "as" in cue.adds)

    def _negated(self, i: int) -> bool:
        tokens = self._tokens
        return any(tokens.lower[c] in _NEVER for c in tokens.children(i) if tokens.deps[c] in ("neg", "det", "advmod"))

    def _auxiliaries(self, i: int) -> frozenset[str]:
        tokens = self._tokens
        found = frozenset(tokens.lower[a] for a in tokens.having(i, "aux"))
        if tokens.deps[i] == "conj" and not found and tokens.child(i, "nsubj", "nsubjpass") is None:
            return frozenset(tokens.lower[a] for a in tokens.having(tokens.heads[i], "aux"))
        return found

    def _clause(self, i: int) -> int:
        """The verb of the clause that a word stands in, within the content."""
        tokens = self._tokens
        while not (tokens.deps[i] in CLAUSAL and tokens.pos[i] in ("VERB", "AUX") and self._auxiliaries(i) & _FUTURE):
            above = tokens.heads[i]
            if above == i or above not in self._set:
                break
            i = above
        return i

    def _verb(self, i: int) -> int:
        """The verb that a word stands under, or the word."""
        return next((a for a in self._tokens.ancestors(i) if self._tokens.pos[a] in ("VERB", "AUX")), i)

    def _main(self, i: int) -> bool:
        """Whether a verb heads the content or is joined to its head: not a condition, a reason or an aside."""
        tokens = self._tokens
        while tokens.deps[i] == "conj":
            i = tokens.heads[i]
        return tokens.deps[i] in ("ROOT", "ccomp", "parataxis") or tokens.heads[i] not in self._set
