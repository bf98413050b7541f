"""How real a report makes a predicate: its status, polarity and certainty.

``judge`` takes any predicate of a parse, a verb or a noun, and reads, from the inside out: tense and
auxiliaries of its clause, markers, negation and adverbs, adjectives before a noun, then every cue that it hangs
under up to the root of its clause chain (``data/lexicon/en/status.yaml``). What lies further out can only make
it less real. It says nothing about whether the speaker is right, and leaves dated history to ``setting``.
"""

from msgspec import Struct

from dateline.knowledge.lexicon.status import StatusCue, StatusCues
from dateline.model.vocab import Certainty, Polarity, Stage, Status
from dateline.nlp.base import Tokens

REAL = (Status.OCCURRED, Status.ONGOING)
VERBAL = ("VERB", "AUX")
_CLAUSAL = {"xcomp", "ccomp", "acl", "pcomp", "csubj", "csubjpass"}
_STOPS = {"relcl", "advcl", "parataxis", "ROOT", "appos"}
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_PRESENT = frozenset({"is", "are", "'s", "'re", "am", "'m"})
_REACH = 8
_INVERTS = frozenset({"had", "were", "should"})


class Reality(Struct, frozen=True, kw_only=True):
    """What the words make of a predicate.

    ``asserted`` is False for a noun that nothing in its sentence says happened ("the annexation is illegal");
    ``willed`` is True where the clause's own future tense says it will happen; ``withheld`` where what the
    predicate promises is not to do something.
    """

    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    stage: Stage | None = None
    asserted: bool = True
    willed: bool = False
    withheld: bool = False
    because: str = ""


class _Judge:
    """One judgement on its way from the predicate outwards."""

    def __init__(self, tokens: Tokens, predicate: int, cues: StatusCues) -> None:
        self.tokens = tokens
        self.predicate = predicate
        self.cues = cues
        self.status: Status = Status.OCCURRED
        self.negations = 0
        self.denied = False
        self.hedged = False
        self.asserted = True
        self.willed = False
        self.backshift = False
        self.infinite = False
        self.stage: Stage | None = None
        self.because: list[str] = []

    def meet(self, cue: StatusCue, token: int) -> None:
        """Apply a cue that stands over, before or within the predicate's clause."""
        if cue.polarity is Polarity.DENIED:
            self.denied = True
        elif cue.polarity is Polarity.NEGATED:
            self.negations += 1
        if cue.certainty is Certainty.HEDGED:
            self.hedged = True
        if cue.status is not None and (self.status in REAL or self.infinite or cue.status is Status.HYPOTHETICAL):
            self.status = cue.status
            self.infinite = False
        self.asserted = self.asserted or cue.status is not None
        self.because.append(f"'{self.tokens.words[token]}' ({cue.id})")

    def clause(self, verb: int, own: bool) -> None:
        """Tense, auxiliaries, negation and markers of a verb's clause; ``own`` for the predicate's carrier."""
        t, cues = self.tokens, self.cues.own
        tag = t.tags[verb]
        children = t.children(verb)
        aspect = {t.lower[c] for c in children if t.deps[c] in ("aux", "auxpass")}
        bearer = verb
        if tag in ("VB", "VBN", "VBG") and not aspect and t.deps[verb] == "conj":
            # "will meet and sign", "has met and signed": the first verb bears the auxiliaries of all.
            bearer = t.heads[verb]
            children = (*children, *(c for c in t.children(bearer) if t.deps[c] in ("aux", "neg", "mark")))
            aspect = {t.lower[c] for c in children if t.deps[c] in ("aux", "auxpass")}
        modal = False
        for child in children:
            dep = t.deps[child]
            if dep == "neg":
                known = cues.get(t.lower[child])
                if known is not None:
                    self.meet(known, child)
                else:
                    self.negations += 1
                    self.because.append(f"'{t.words[child]}'")
            elif dep == "advmod" and t.lower[child] == "longer" and any(t.lower[c] == "no" for c in t.children(child)):
                self.negations += 1
                self.because.append("'no longer'")
            elif dep in ("aux", "advmod", "mark", "det", "cc"):
                cue = cues.get(t.lower[child])
                if cue is None:
                    continue
                if cue.kind == "auxiliary" and dep == "aux":
                    modal = True
                    if own or cue.status in (Status.HYPOTHETICAL, Status.POSSIBLE):
                        self.meet(cue, child)
                    self.willed = self.willed or (own and cue.status is Status.PLANNED)
                    self.backshift = cue.status is Status.HYPOTHETICAL
                elif (cue.kind == "marker" and dep == "mark") or (cue.kind == "adverb" and dep == "advmod"):
                    self.meet(cue, child)
            elif dep in ("nsubj", "nsubjpass") and child != self.predicate and self._none(child):
                self.negations += 1
                self.because.append("'no'")
        if own and not modal:
            self.tense(verb, aspect)
        if self._inverted(verb):
            self.status = Status.HYPOTHETICAL
            self.because.append("an inverted condition")
        if own and self.status is Status.PLANNED and self._conditional(verb):
            self.status = Status.HYPOTHETICAL
            self.because.append("under a condition")

    def tense(self, verb: int, aspect: set[str]) -> None:
        """The tense of a clause without a modal."""
        t = self.tokens
        tag = t.tags[verb]
        dep = t.deps[verb]
        if tag == "VBG" and (aspect & _PRESENT or ("been" in aspect and "had" not in aspect)):
            self.status = Status.ONGOING
            self.because.append("progressive")
        elif tag in ("VBP", "VBZ") and any(
            t.deps[c] == "mark" and t.lower[c] in ("as", "while") for c in t.children(verb)
        ):
            self.status = Status.ONGOING
            self.because.append("present, at the same time")
        elif tag == "VB" and "to" in aspect:
            self.infinite = True
            self.status = Status.PLANNED if dep in ("advcl", "acl", "relcl") else Status.POSSIBLE
            self.because.append("infinitive")
        elif tag == "VB" and not aspect & {"did", "do", "does"} and dep == "ROOT" and t.child(verb, "nsubj") is None:
            self.status = Status.DEMANDED
            self.because.append("imperative")
        else:
            self.because.append("finite or participle")

    def _inverted(self, verb: int) -> bool:
        """Whether a clause puts a condition by its order of words: "Had Arden shelled the port, ..."."""
        t = self.tokens
        if t.deps[verb] != "advcl":
            return False
        children = t.children(verb)
        first = next((c for c in children if t.deps[c] in ("nsubj", "nsubjpass")), None)
        return first is not None and any(
            c < first and t.deps[c] in ("aux", "auxpass") and t.lower[c] in _INVERTS for c in children
        )

    def _none(self, noun: int) -> bool:
        t = self.tokens
        return t.lower[noun] in ("nobody", "none", "nothing") or any(
            t.lower[c] in ("no", "neither") for c in t.children(noun) if t.deps[c] in ("det", "preconj")
        )

    def _conditional(self, verb: int) -> bool:
        t = self.tokens
        return any(
            t.deps[c] == "advcl" and any(t.deps[m] == "mark" and t.lower[m] in ("if", "unless") for m in t.children(c))
            for c in t.children(verb)
        )


def judge(tokens: Tokens, predicate: int, cues: StatusCues) -> Reality:
    """The reality of the predicate at a token index, with the words that decided it.

    A verb is judged by its own clause; a noun by the support verb that carries it ("stage a referendum"),
    by the adjectives before it, else as asserted or not by how it stands.
    """
    state = _Judge(tokens, predicate, cues)
    verb = predicate if _is_verb(tokens, predicate) else _carrier(tokens, predicate, cues, state)
    if not _is_verb(tokens, predicate):
        _modifiers(state, predicate)
    if verb is not None:
        state.clause(verb, own=True)
    elif state.status in REAL and not state.because:
        state.asserted = False
    _climb(state, predicate, verb)
    polarity = Polarity.DENIED if state.denied and state.negations % 2 == 0 else Polarity.AFFIRMED
    if not state.denied and state.negations % 2:
        polarity = Polarity.NEGATED
    return Reality(
        status=state.status,
        polarity=polarity,
        certainty=Certainty.HEDGED if state.hedged else Certainty.STATED,
        stage=state.stage,
        asserted=state.asserted,
        willed=state.willed,
        because=", ".join(state.because) or "a bare noun",
    )


def _is_verb(tokens: Tokens, i: int) -> bool:
    if tokens.pos[i] in VERBAL:
        if tokens.tags[i] == "VBN" and tokens.deps[i] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"):
            return False
        return tokens.deps[i] not in ("amod", "compound", "aux", "auxpass")
    return False


def position(tokens: Tokens, i: int) -> tuple[int, str] | None:
    """The word that a predicate hangs under, and where it stands to it; None at the top of its chain.

    The position is ``complement``, ``object``, ``subject``, ``compound`` or a preposition.
    """
    head, dep = tokens.heads[i], tokens.deps[i]
    if head == i:
        return None
    if dep in ("xcomp", "ccomp", "acl", "csubj", "csubjpass") or (dep == "relcl" and tokens.tags[i] == "VB"):
        return head, "complement"
    if dep in ("dobj", "nsubjpass", "dative", "oprd"):
        return head, "object"
    if dep == "nsubj":
        return head, "subject"
    if dep in ("compound", "nmod", "poss"):
        return head, "compound"
    if dep in ("pobj", "pcomp"):
        return tokens.heads[head], tokens.lower[head]
    if dep in ("advcl", "attr", "acomp"):
        return head, "complement" if dep == "advcl" and tokens.pos[head] == "ADJ" else dep
    return None


def stage_at(tokens: Tokens, verb: int, where: str, cues: StatusCues) -> Stage | None:
    """The stage that a verb gives what stands at ``where`` to it: "signed", "entered into force"."""
    cue = cues.stages.get((tokens.lemmas[verb], where))
    if cue is None:
        return None
    if cue.about and not any(tokens.lower[i] in cue.about for i in range(*tokens.subtree(verb))):
        return None
    return cue.stage


def _first_conjunct(tokens: Tokens, i: int) -> int:
    while tokens.deps[i] == "conj" and tokens.heads[i] != i:
        if tokens.tags[i] in _FINITE and tokens.tags[tokens.heads[i]] in ("VB", "VBG"):
            # "failed to sell and filed": a finite verb does not share what an infinitive hangs under.
            break
        i = tokens.heads[i]
    return i


def _carrier(tokens: Tokens, noun: int, cues: StatusCues, state: _Judge) -> int | None:
    """The support verb that carries a noun, if any; notes a stage that the verb gives it."""
    at = position(tokens, _first_conjunct(tokens, noun))
    if at is None:
        return None
    head, where = at
    lemma = tokens.lemmas[head]
    stage = stage_at(tokens, head, where, cues)
    if stage is not None:
        state.stage = stage
    if where == "of" and tokens.pos[head] == "NOUN":
        # "a series of attacks" is carried as the series is.
        outer = position(tokens, head)
        if outer and (tokens.lemmas[outer[0]], outer[1]) in cues.support and _is_verb(tokens, outer[0]):
            return outer[0]
    if (lemma, where) in cues.support and _is_verb(tokens, head):
        return head
    return None


def _modifiers(state: _Judge, noun: int) -> None:
    t = state.tokens
    for child in t.children(noun):
        if t.deps[child] in ("amod", "det", "compound"):
            cue = state.cues.modifiers.get(t.lower[child])
            if cue is not None:
                state.meet(cue, child)


def _climb(state: _Judge, predicate: int, carrier: int | None) -> None:
    """Meet every cue above the predicate, nearest first, until its chain of clauses ends."""
    t, cues = state.tokens, state.cues
    node = predicate
    for _ in range(_REACH):
        node = _first_conjunct(t, node)
        at = position(t, node)
        if at is None:
            break
        head, where = at
        if t.deps[node] in ("pobj", "pcomp"):
            before = cues.over.get((t.lower[t.heads[node]], "object"))
            if before is not None and before.kind == "preposition" and not _came_about(before, t, head):
                state.meet(before, t.heads[node])
        cue = cues.over.get((t.lemmas[head], where))
        if cue is None and where == "complement" and t.lemmas[head] == "be":
            head_of = t.child(head, "acomp", "attr")
            cue = cues.over.get((t.lemmas[head_of], where)) if head_of is not None else None
        if cue is None and where == "complement" and t.pos[head] == "ADJ":
            cue = cues.over.get((t.lower[head], where))
        if cue is not None and cue.status is Status.DEMANDED and _fact(t, node):
            cue = None
        if cue is not None and head != carrier:
            if state.backshift and cue.certainty is None and cue.status is not None:
                state.status = cue.status
            state.meet(cue, head)
            # "is due to sign", "plans to sign"
            state.willed = state.willed or (cue.status is Status.PLANNED and where == "complement")
        elif where == "complement" and state.infinite and t.lemmas[head] == "be" and t.deps[node] == "xcomp":
            # "is to ratify": settled, and yet to come.
            state.infinite, state.willed = False, True
            state.status = Status.PLANNED
        elif where == "complement" and state.infinite and _is_verb(t, head) and t.deps[node] in ("xcomp", "ccomp"):
            # What a verb that says nothing of it leads to is open: "moved to sell", "expects to win".
            state.infinite = False
            state.status = Status.POSSIBLE
        if state.backshift and where == "complement" and t.tags[head] in ("VBD", "VBN") and cue is None:
            # "said it would": the future seen from then.
            state.status, state.backshift, state.willed = Status.PLANNED, False, True
        if state.status in REAL and t.tags[head] == "VB" and cue is None and _unreal(t, head, where):
            # "to keep from falling", "help win": no more real than the infinitive that it hangs under.
            state.status, state.infinite = Status.POSSIBLE, True
            state.because.append(f"under the infinitive '{t.words[head]}'")
        if _is_verb(t, head):
            if head != carrier and (cue is not None or t.deps[node] in _CLAUSAL):
                _outer(state, head, cue)
            elif where in ("subject", "object", "as") and head != carrier:
                _beside(state, head)
            if where not in ("complement",) and cue is None:
                break
            if t.deps[head] in _STOPS and t.deps[head] != "advcl":
                break
        node = head


def _unreal(tokens: Tokens, verb: int, where: str) -> bool:
    """Whether a verb is a bare infinitive with "to", and what stands at ``where`` to it shares that."""
    to = any(tokens.lower[c] == "to" and tokens.deps[c] == "aux" for c in tokens.children(verb))
    return to and where in ("complement", "of", "from", "by", "in", "for")


def _came_about(cue: StatusCue, tokens: Tokens, above: int) -> bool:
    """Whether what a past clause was "before" came about since: "searched the house before leaving"."""
    return cue.status is Status.PLANNED and tokens.tags[above] == "VBD"


def _fact(tokens: Tokens, verb: int) -> bool:
    """Whether a clause under a verb of asking tells a fact: "insisted that it had fired", "told them he left"."""
    if tokens.deps[verb] != "ccomp":
        return False
    helpers = [c for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")]
    tags = {tokens.tags[verb], *(tokens.tags[c] for c in helpers)}
    return bool(tags & {"VBD", "VBZ", "VBP"}) and "MD" not in tags


def _outer(state: _Judge, head: int, cue: StatusCue | None) -> None:
    """What the clause of a verb above makes of what it governs."""
    t = state.tokens
    governs = cue is not None and (cue.status is not None or cue.polarity is not None)
    speech = not governs and t.deps[head] != "xcomp"
    for child in t.children(head):
        dep = t.deps[child]
        if dep == "neg" and not speech:
            state.negations += 1
            state.because.append(f"'{t.words[child]}'")
        elif dep in ("aux", "mark"):
            own = state.cues.own.get(t.lower[child])
            if own is None:
                continue
            if dep == "mark" or own.status in (Status.POSSIBLE, Status.HYPOTHETICAL):
                if not speech or dep == "mark":
                    state.meet(own, child)
            elif own.status is Status.PLANNED and state.status in REAL and not speech:
                state.status = Status.PLANNED
                state.willed = True


def _beside(state: _Judge, verb: int) -> None:
    """A noun that takes part in what only may or would happen is not said to have happened."""
    t = state.tokens
    for child in t.children(verb):
        own = state.cues.own.get(t.lower[child])
        if own is None:
            continue
        if t.deps[child] == "aux" and own.status in (Status.POSSIBLE, Status.HYPOTHETICAL):
            if state.status in REAL and not state.asserted:
                state.status = Status.HYPOTHETICAL
                state.asserted = True
                state.because.append(f"beside '{t.words[child]}'")
        elif t.deps[child] == "mark" and own.kind == "marker":
            state.meet(own, child)
