"""How real a report makes a predicate: its status, polarity and certainty.

``judge`` takes any predicate of a parse, a verb or a noun, and reads, from the inside out: tense and auxiliaries of
its clause, or of the verb that carries a noun ("launch an attack"); markers, negation and adverbs, adjectives before
a noun; then every cue that it hangs under up to the root of its clause chain (``data/lexicon/en/status.yaml``).

Three rules need no cue. What lies further out can only make a predicate less real. A word without a tense or an
article of its own, a gerund or a noun such as "a strike", is as real as the clause that it takes part in; "the
strike" is taken for known. A clause that tells a fact ("ruled that he had fired") is not what is decided or asked.

It says nothing about whether the speaker is right, and leaves dated history to ``setting``.
"""

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.lexicon.status import StatusCue, StatusCues
from dateline.model.vocab import Certainty, Polarity, Stage, Status
from dateline.nlp.base import Tokens
from dateline.read.events.telling import by_nobody

REAL = (Status.OCCURRED, Status.ONGOING)
VERBAL = ("VERB", "AUX")
_CLAUSAL = {"xcomp", "ccomp", "acl", "pcomp", "csubj", "csubjpass"}
_STOPS = {"relcl", "advcl", "parataxis", "ROOT", "appos"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PRESENT = frozenset({"is", "are", "'s", "'re", "am", "'m"})
_CLAUSE_PARTS = ("aux", "auxpass", "nsubj", "nsubjpass", "mark")
_PAST = frozenset({"was", "were", "had"})
_REACH = 8
_OPENS = frozenset({'"', "'", "``", "''", "please"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SINGULAR = frozenset({"he", "she", "it"})
_FORETELLING = frozenset({"will", "wo", "'ll", "would", "'d"})
_INVERTS = frozenset({"had", "were", "should"})


class Reality(Struct, frozen=True, kw_only=True):
    """What the words make of a predicate.

    ``asserted`` is False for a noun that nothing in its sentence says happened ("the annexation is illegal");
    ``willed`` is True where somebody's will or the future tense says it will happen, ``foretold`` where the clause's
    own future tense does; ``withheld`` where what the predicate promises is not to do something.
    """

    status: Status
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    stage: Stage | None = None
    asserted: bool = True
    willed: bool = False
    foretold: bool = False
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
        self.foretold = False
        self.backshift = False
        self.infinite = False
        self.stage: Stage | None = None
        self.because: list[str] = []

    def meet(self, cue: StatusCue, token: int) -> None:
        """Apply a cue that stands over, before or within the predicate's clause."""
        if cue.polarity is Polarity.DENIED:
            self.denied = not by_nobody(self.tokens, token)
        elif cue.polarity is Polarity.NEGATED:
            self.negations += 1
        if cue.certainty is Certainty.HEDGED:
            self.hedged = True
        if cue.status is not None and (self.status in REAL or self.infinite or cue.status is Status.HYPOTHETICAL):
            self.status = cue.status
            self.infinite = False
        elif cue.kind == "auxiliary" and cue.status is Status.POSSIBLE and self.status is Status.PLANNED:
            # "may be ready to attack": what may be planned may be.
            self.status, self.willed = Status.POSSIBLE, False
        self.asserted = self.asserted or cue.status is not None
        self.because.append(f"'{self.tokens.words[token]}' ({cue.id})")

    def negate(self, word: str) -> None:
        self.negations += 1
        self.because.append(f"'{word}'")

    def clause(self, verb: int, own: bool) -> None:
        """Tense, auxiliaries, negation and markers of a verb's clause; ``own`` for the predicate's carrier."""
        t, cues = self.tokens, self.cues.own
        tag = t.tags[verb]
        children = t.children(verb)
        aspect = {t.lower[c] for c in children if t.deps[c] in ("aux", "auxpass")}
        bearer = verb
        while tag in ("VB", "VBN", "VBG") and not aspect and t.deps[bearer] == "conj":
            # "will meet, talk and sign", "has met and signed": the first verb bears the auxiliaries of all.
            bearer = _joined(t, bearer)
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
                    self.negate(t.words[child])
            elif dep == "advmod" and t.lower[child] == "longer" and any(t.lower[c] == "no" for c in t.children(child)):
                self.negate("no longer")
            elif dep in ("aux", "advmod", "mark", "det", "cc"):
                cue = cues.get(t.lower[child])
                if cue is None:
                    continue
                if cue.kind == "auxiliary" and dep == "aux":
                    modal = True
                    if own or cue.status in (Status.HYPOTHETICAL, Status.POSSIBLE):
                        self.meet(cue, child)
                    self.foretold = self.foretold or (own and cue.status is Status.PLANNED)
                    self.willed = self.willed or self.foretold
                    self.backshift = cue.status is Status.HYPOTHETICAL
                elif (cue.kind == "marker" and dep == "mark") or (cue.kind == "adverb" and dep == "advmod"):
                    self.meet(cue, child)
            elif dep in ("nsubj", "nsubjpass") and child != self.predicate and _none(t, child):
                self.negate("no")
        if own and not modal:
            self.tense(verb, aspect, bearer)
        if self._inverted(verb):
            self.status = Status.HYPOTHETICAL
            self.because.append("an inverted condition")
        if own and self.status is Status.PLANNED and self._conditional(verb):
            self.status = Status.HYPOTHETICAL
            self.because.append("under a condition")

    def tense(self, verb: int, aspect: set[str], bearer: int) -> None:
        """The tense of a clause without a modal, whose auxiliaries and subject are those of ``bearer``."""
        t = self.tokens
        tag = t.tags[verb]
        dep = t.deps[bearer]
        passing = tag == "VBG" or (tag == "VBN" and "being" in aspect)
        if passing and (aspect & _PRESENT or ("been" in aspect and "had" not in aspect)):
            self.status = Status.ONGOING
            self.because.append("progressive")
        elif tag in ("VBP", "VBZ") and any(
            t.deps[c] == "mark" and t.lower[c] in ("as", "while") for c in t.children(verb)
        ):
            self.status = Status.ONGOING
            self.because.append("present, at the same time")
        elif "to" in aspect and (tag == "VB" or "be" in aspect):
            self.infinite = True
            self.status = Status.PLANNED if dep in ("advcl", "acl", "relcl") else Status.POSSIBLE
            self.because.append("infinitive")
        elif tag == "VB" and not aspect & {"did", "do", "does"} and self._orders(bearer):
            self.status = Status.DEMANDED
            self.because.append("imperative")
        else:
            self.because.append("finite or participle")

    def _orders(self, verb: int) -> bool:
        """Whether a clause without auxiliaries is an order: "Withdraw now", "'Send him home,' she said"."""
        t = self.tokens
        if t.tags[verb] != "VB" or t.child(verb, "nsubj") is not None:
            return False
        first, _ = t.sentence(verb)
        return t.deps[verb] == "ROOT" or t.lower[verb - 1] in _OPENS or first == verb

    def _inverted(self, verb: int) -> bool:
        """Whether a clause puts a condition by its order of words: "Had Arden shelled the port, ..."."""
        t = self.tokens
        above = t.heads[verb]
        if t.deps[verb] == "ccomp" and t.deps[above] == "advcl" and t.lower[above] in _INVERTS:
            # The parser takes the auxiliary for a verb of its own.
            return t.child(above, "nsubj", "nsubjpass") is None
        if t.deps[verb] != "advcl":
            return False
        children = t.children(verb)
        first = next((c for c in children if t.deps[c] in ("nsubj", "nsubjpass")), None)
        return first is not None and any(
            c < first and t.deps[c] in ("aux", "auxpass") and t.lower[c] in _INVERTS for c in children
        )

    def dependent(self, node: int) -> bool:
        """Whether a word at or above the predicate has neither a tense nor an article that vouches for it."""
        t = self.tokens
        if t.pos[node] in VERBAL:
            return t.tags[node] == "VBG" and t.child(node, "aux") is None
        return not _vouched(t, node)

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
    elif not state.because:
        state.asserted = False
    _climb(state, predicate if verb is None else verb)
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
        foretold=state.foretold and state.status is Status.PLANNED,
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
    if dep == "acl" and tokens.tags[i] in ("VBN", "VBG") and tokens.child(i, *_CLAUSE_PARTS) is None:
        # "a plan approved by deputies", "envoys seeking talks": it tells of the noun, and is not what the noun is of.
        return None
    if dep in ("xcomp", "ccomp", "acl", "csubj", "csubjpass") or (dep == "relcl" and _to(tokens, i)):
        return head, "complement"
    if dep in ("dobj", "nsubjpass", "dative", "oprd"):
        return head, "object"
    if dep == "nsubj":
        return head, "subject"
    if dep in ("compound", "nmod", "poss"):
        return head, "compound"
    if dep in ("pobj", "pcomp"):
        return tokens.heads[head], tokens.lower[head]
    if dep in ("advcl", "attr", "acomp", "advmod", "amod"):
        return head, "complement" if dep == "advcl" and tokens.pos[head] == "ADJ" else dep
    return None


def _none(tokens: Tokens, noun: int) -> bool:
    if tokens.lower[noun] in ("nobody", "none", "nothing"):
        return True
    children = tokens.children(noun)
    if any(tokens.lower[c] in ("no", "neither") for c in children if tokens.deps[c] in ("det", "preconj")):
        return True
    # "Not a single soldier", "not one of the houses"
    start = tokens.subtree(noun)[0]
    return " ".join(tokens.lower[start : start + 3]).startswith(("not one ", "not a single"))


def _vouched(tokens: Tokens, noun: int) -> bool:
    """Whether a noun is told as known: "the strike", "Arden's strike"."""
    return any(
        tokens.deps[c] == "poss" or (tokens.deps[c] == "det" and tokens.lower[c] in _DEFINITE)
        for c in tokens.children(noun)
    )


def _to(tokens: Tokens, verb: int) -> bool:
    """Whether a verb, or the passive that it is the participle of, is an infinitive with "to"."""
    helpers = {tokens.lower[c] for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")}
    return "to" in helpers and (tokens.tags[verb] == "VB" or "be" in helpers)


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
        first = _joined(tokens, i)
        own = _finite(tokens, i) or (tokens.tags[i] == "VBN" and tokens.tags[first] in ("VB", "VBG"))
        if own and tokens.pos[first] in VERBAL and not _finite(tokens, first):
            # "failed to sell and filed": a finite verb does not share what an infinitive hangs under.
            break
        i = first
    return i


def _joined(tokens: Tokens, conjunct: int) -> int:
    """What a conjunct is joined to: "plans to cross the river, surround the town" joins "surround" to "cross"."""
    first = tokens.heads[conjunct]
    infinitive = tokens.child(first, "xcomp")
    bare = tokens.tags[conjunct] == "VB" and tokens.child(conjunct, "aux") is None
    return infinitive if bare and infinitive is not None and first < infinitive < conjunct else first


def _finite(tokens: Tokens, verb: int) -> bool:
    tags = {tokens.tags[verb], *(tokens.tags[c] for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass"))}
    return bool(tags & _FINITE)


def _carrier(tokens: Tokens, noun: int, cues: StatusCues, state: _Judge) -> int | None:
    """The support verb that carries a noun, if any; notes a stage that the verb gives it."""
    first = _first_conjunct(tokens, noun)
    at = _raised(tokens, first) or position(tokens, first)
    if at is None:
        return None
    head, where = at
    state.stage = stage_at(tokens, head, where, cues)
    if (
        where == "of"
        and tokens.pos[head] == "NOUN"
        and state.dependent(noun)
        and (tokens.lemmas[head], where) not in cues.over
    ):
        # "a series of attacks" is carried as the series is.
        at = position(tokens, head) or at
    if (tokens.lemmas[at[0]], at[1]) in cues.support and _is_verb(tokens, at[0]):
        return at[0]
    if state.stage is not None:
        # "The annexation will be ratified": what is yet to pass a stage is yet to come.
        if _share(state, head) is not Polarity.AFFIRMED:
            state.stage = None
        state.asserted = state.status not in REAL
    return None


def _raised(tokens: Tokens, noun: int) -> tuple[int, str] | None:
    """The verb that a subject truly belongs to, and as what: "the vote is expected to begin", "is to be held"."""
    if tokens.deps[noun] not in ("nsubj", "nsubjpass"):
        return None
    head = tokens.heads[noun]
    over = tokens.child(head, "acomp") or head
    verb = tokens.child(over, "xcomp")
    if verb is None or not _to(tokens, verb):
        return None
    return verb, "subject" if tokens.child(verb, "auxpass") is None else "object"


def _modifiers(state: _Judge, noun: int) -> None:
    t = state.tokens
    for child in t.children(noun):
        if t.deps[child] in ("amod", "det", "compound"):
            cue = state.cues.modifiers.get(t.lower[child])
            if cue is not None:
                state.meet(cue, child)


def _climb(state: _Judge, start: int) -> None:
    """Meet every cue above a predicate or what carries it, nearest first, until its chain of clauses ends."""
    t = state.tokens
    node = start
    for _ in range(_REACH):
        node = _first_conjunct(t, node)
        at = position(t, node)
        if at is None:
            return
        head, where = at
        if where == "amod" and not state.dependent(head):
            # "the stranded ship": what is known of a known thing.
            return
        preposition = _preposition(state, node, head)
        if preposition is not None and preposition.status in REAL:
            # "despite the attack"
            return
        cue = _cue_over(t, state.cues, node, head, where)
        if cue is None and preposition is None and t.deps[node] == "pcomp" and t.tags[node] == "VBG":
            # "a way of landing", "aimed at landing": the preposition alone says what a gerund is.
            cue = state.cues.over.get((where, "gerund"))
        _under(state, node, head, where, cue)
        if where == "complement" and t.pos[head] == "NOUN" and not _subjunctive(t, node, head):
            _verdict(state, head)
        if cue is not None and cue.kind != "preposition" and t.pos[head] == "NOUN" and _none(t, head):
            # "has no plans to attack"
            state.negate("no")
        if _is_verb(t, head):
            if cue is not None or t.deps[node] in _CLAUSAL:
                _outer(state, head, cue)
            elif where in ("subject", "object", "as"):
                _beside(state, head)
            if cue is None and (_tensed(t, node) or where != "complement"):
                if (
                    state.status in REAL
                    and where not in ("subject", "complement")
                    and state.dependent(node)
                    and state.dependent(start)
                ):
                    _share(state, head)
                return
            if t.deps[head] in _STOPS and t.deps[head] != "advcl":
                return
        node = head


def _preposition(state: _Judge, node: int, above: int) -> StatusCue | None:
    """The preposition before a noun or gerund, where it says how real that is; meets it."""
    t = state.tokens
    if t.deps[node] not in ("pobj", "pcomp"):
        return None
    word = t.heads[node]
    if t.lower[word] == "of" and word > 0 and (t.lower[word - 1], "object") in state.cues.over:
        # "ahead of", "instead of"
        word -= 1
    cue = state.cues.over.get((t.lower[word], "object"))
    if cue is None or cue.kind != "preposition":
        return None
    if cue.past is not None and _past(t, above):
        cue = replace(cue, status=cue.past)
    state.meet(cue, word)
    return cue


def _cue_over(t: Tokens, cues: StatusCues, node: int, head: int, where: str) -> StatusCue | None:
    """The cue that a word above is for what stands at ``where`` to it, if any."""
    if (where == "object" and t.child(head, "xcomp") is not None) or ";" in t.lower[node:head]:
        # "expects losses to grow": the losses are not what is expected. A semicolon parts what the parse joins.
        return None
    cue = cues.over.get((t.lemmas[head], where))
    if cue is None and where == "object" and not _vouched(t, node):
        cue = cues.over.get((t.lemmas[head], "indefinite"))
    if cue is None and where == "complement" and t.lemmas[head] in ("be", "have"):
        # "is likely to attack", "has yet to attack"
        beside = [i for i in t.having(head, "acomp", "attr", "advmod") if i > head]
        cue = next((cues.over[t.lemmas[i], where] for i in beside if (t.lemmas[i], where) in cues.over), None)
    if cue is None and where == "complement" and t.pos[head] == "ADJ":
        cue = cues.over.get((t.lower[head], where))
    if cue is not None and (t.lemmas[head], "tensed") in cues.over and _foretells(t, node):
        # "told them that he would come": neither bidden nor a fact.
        return None
    if cue is not None and _tensed(t, node):
        told = cues.over.get((t.lemmas[head], "tensed"))
        if told is None and not _subjunctive(t, node, head):
            told = cues.over.get((t.lemmas[head], "fact"))
            return told if told is not None or cue.status is Status.DEMANDED else cue
        return told or cue
    return cue


def _under(state: _Judge, node: int, head: int, where: str, cue: StatusCue | None) -> None:
    """What a word above, or the mere fact that a clause hangs under one, makes of the predicate."""
    t = state.tokens
    clausal = where == "complement"
    if cue is not None:
        if state.backshift and cue.certainty is None and cue.status not in (None, *REAL):
            state.status = cue.status
        state.meet(cue, head)
        # "is due to sign", "plans to sign"
        state.willed = state.willed or (cue.status is Status.PLANNED and clausal)
    elif clausal and state.infinite and t.lemmas[head] == "be" and t.deps[node] == "xcomp":
        # "is to ratify": settled, and yet to come.
        state.infinite, state.willed = False, True
        state.status = Status.PLANNED
    elif clausal and state.infinite and _is_verb(t, head) and t.deps[node] in ("xcomp", "ccomp"):
        # What a verb that says nothing of it leads to is open: "moved to sell", "expects to win".
        state.infinite = False
        state.status = Status.POSSIBLE
    if state.backshift and clausal and t.tags[head] in ("VBD", "VBN") and cue is None:
        # "said it would": the future seen from then.
        state.status, state.backshift, state.willed = Status.PLANNED, False, True
    if (
        state.status in REAL
        and clausal
        and _to(t, head)
        and not _finite(t, node)
        and (cue is None or cue.status in REAL)
    ):
        # "plans to help win": no more real than the infinitive that it hangs under.
        state.status, state.infinite = Status.POSSIBLE, True
        state.because.append(f"under the infinitive '{t.words[head]}'")


def _share(state: _Judge, verb: int) -> Polarity:
    """Make what takes part in a clause no more real than it: "hopes to end the war by signing a treaty".

    What an event that did not happen would have involved is hypothetical. Gives the polarity of the clause.
    """
    above = judge(state.tokens, verb, state.cues)
    if above.status not in REAL:
        state.status = above.status
    elif above.polarity is not Polarity.AFFIRMED:
        state.status = Status.HYPOTHETICAL
    if state.status not in REAL:
        state.because.append(f"within '{state.tokens.words[verb]}'")
    return above.polarity


def _past(tokens: Tokens, token: int) -> bool:
    """Whether the clause that a token stands in is told in the past."""
    verb = next((i for i in (token, *tokens.ancestors(token)) if tokens.pos[i] in VERBAL), token)
    helpers = {tokens.lower[c] for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")}
    return tokens.tags[verb] == "VBD" or bool(helpers & _PAST)


def _verdict(state: _Judge, noun: int) -> None:
    """Meet what is said of a noun that holds a clause: "reports that ... were false", "dismissed claims that ..."."""
    t, over = state.tokens, state.cues.over
    verb = t.heads[noun]
    said = t.having(noun, "amod")
    if t.deps[noun] in ("nsubj", "nsubjpass"):
        said = [*said, verb, *t.having(verb, "acomp", "attr", "oprd")]
    elif t.deps[noun] == "dobj":
        said = [*said, verb, *t.having(verb, "oprd")]
    judged = next((i for i in said if (t.lemmas[i], "content") in over or (t.lower[i], "content") in over), None)
    if judged is None or (t.deps[judged] != "amod" and t.child(verb, "neg") is not None):
        return
    cue = over.get((t.lemmas[judged], "content")) or over[t.lower[judged], "content"]
    state.meet(cue, judged)


def _tensed(tokens: Tokens, verb: int) -> bool:
    """Whether a clause that a verb governs has a tense of its own, so that it tells a fact."""
    return (
        tokens.deps[verb] == "ccomp"
        and _finite(tokens, verb)
        and not any(tokens.tags[c] == "MD" for c in tokens.children(verb))
    )


def _foretells(tokens: Tokens, verb: int) -> bool:
    """Whether a clause that a verb governs says what will or would be."""
    ahead = any(tokens.lower[c] in _FORETELLING for c in tokens.children(verb) if tokens.tags[c] == "MD")
    return tokens.deps[verb] == "ccomp" and ahead


def _subjunctive(tokens: Tokens, verb: int, above: int) -> bool:
    """Whether what is tagged as a present is a plain form: "demanded that Arden withdraw", "that they withdraw"."""
    if tokens.tags[verb] != "VBP" or tokens.child(verb, "aux", "auxpass") is not None:
        return False
    subject = tokens.child(verb, "nsubj", "nsubjpass")
    singular = subject is not None and (tokens.tags[subject] in ("NN", "NNP") or tokens.lower[subject] in _SINGULAR)
    return singular or tokens.tags[above] == "VBD"


def _outer(state: _Judge, head: int, cue: StatusCue | None) -> None:
    """What the clause of a verb above makes of what it governs."""
    t = state.tokens
    governs = cue is not None and (cue.status is not None or cue.polarity is not None)
    speech = not governs and t.deps[head] != "xcomp"
    for child in t.children(head):
        dep = t.deps[child]
        if dep == "neg" and not speech:
            state.negate(t.words[child])
        elif dep == "advmod" and (t.lower[child], "saying") in state.cues.over:
            state.meet(state.cues.over[t.lower[child], "saying"], child)
        elif dep in ("aux", "mark"):
            own = state.cues.own.get(t.lower[child])
            if own is None:
                continue
            if dep == "mark" or own.status in (Status.POSSIBLE, Status.HYPOTHETICAL, Status.DEMANDED):
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
