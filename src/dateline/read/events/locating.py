"""Which place names locate an event: what leads from the event, its parties or its clause to the place."""

from collections.abc import Collection, Sequence

from dateline.model.records import Place
from dateline.model.span import Span
from dateline.nlp.base import Tokens
from dateline.read.events.telling import beyond

_CLAUSE_HEADS = ("VERB", "AUX")
LOCATIVE = frozenset(
    {"in", "at", "near", "on", "around", "outside", "inside", "across", "off", "within", "throughout", "into"}
    | {"to", "along", "between", "towards", "toward", "over", "through", "beside", "behind", "above", "under", "amid"}
)
"""Prepositions that may say where."""
_WAY = frozenset({"from", "to"})
_CHAIN = 12


def together(tokens: Tokens, one: Place, places: Sequence[Place]) -> Span | None:
    """The words from the first to the last of several places told in one breath: "in Arden, Berrow and Cole"."""
    heads = {p.evidence.span: tokens.at(p.evidence.span.end - 1) for p in places}
    lead = first(tokens, heads[one.evidence.span])
    spans = sorted(span for span, i in heads.items() if lead is not None and first(tokens, i) == lead)
    return Span(spans[0].start, spans[-1].end) if len(spans) > 1 else None


def first(tokens: Tokens, i: int | None) -> int | None:
    """The first of what a word is coordinated with."""
    while i is not None and tokens.deps[i] == "conj" and tokens.heads[i] != i:
        i = tokens.heads[i]
    return i


def put_there(tokens: Tokens, place: Span, head: int) -> bool:
    """Whether a preposition leads from a word straight to a place."""
    i = first(tokens, tokens.at(place.end - 1))
    return i is not None and tokens.deps[i] == "pobj" and tokens.heads[tokens.heads[i]] == head


def led(tokens: Tokens, place: Span, by: Collection[str]) -> bool:
    """Whether a place stands under one of these prepositions."""
    i = first(tokens, tokens.at(place.end - 1))
    return i is not None and tokens.deps[i] == "pobj" and tokens.lower[tokens.heads[i]] in by


def put_in(tokens: Tokens, place: Span, barred: Collection[int]) -> bool:
    """Whether a preposition of place governs a place name, through the nouns that it stands in.

    Not one that belongs to a ``barred`` verb.
    """
    node = tokens.at(place.end - 1)
    for _ in range(_CHAIN):
        if node is None:
            return False
        above = tokens.heads[node]
        if tokens.deps[node] == "pobj" and _on_the_way(tokens, above):
            return False
        if tokens.deps[node] == "pobj" and (tokens.lower[above] != "of" or tokens.pos[tokens.heads[above]] != "NOUN"):
            return tokens.lower[above] in LOCATIVE and _borne(tokens, above) not in barred
        if tokens.deps[node] == "pobj":
            # "in the town of Arden"
            above = tokens.heads[above]
            node = above
            continue
        if tokens.deps[node] not in ("compound", "poss", "nmod", "appos", "conj") or above == node:
            return False
        node = above
    return False


def _on_the_way(tokens: Tokens, by: int) -> bool:
    """Whether a preposition leads to one end of a way: "an hour into its voyage from Arden to Cole"."""
    above = tokens.heads[by]
    beside = [by, above, *tokens.having(by, "prep"), *tokens.having(above, "prep")]
    noun = above if tokens.pos[above] != "ADP" else tokens.heads[above]
    return tokens.lower[by] in _WAY and tokens.pos[noun] == "NOUN" and {tokens.lower[c] for c in beside} >= _WAY


def _borne(tokens: Tokens, by: int) -> int:
    """What a preposition belongs to in the end: the verb of "said on the quay at Arden"."""
    node = tokens.heads[by]
    while tokens.deps[node] == "pobj" and tokens.heads[tokens.heads[node]] != node:
        node = tokens.heads[tokens.heads[node]]
    return node


def located(tokens: Tokens, place: Span, head: int, held: bool, motion: Collection[str]) -> int | None:
    """How many clauses lie between an event and the place that locates it; None where the place does not.

    From the place upwards: its own phrase ("the edge of the city of X", "the X pocket"), a preposition of place or
    a verb of ``motion``, then the event or what it belongs to. More than one clause between them is too far, and a
    place of saying is no place of what was said.
    """
    i = tokens.at(place.end - 1)
    if i is None:
        return None
    led = False
    chain = {head, *tokens.ancestors(head)}
    if any(tokens.heads[node] == i and _says_where(tokens, node) for node in chain):
        return 0
    barred = beyond(tokens, head)
    crossed = 0
    for _ in range(_CHAIN):
        if i == head:
            return crossed if led or held else None
        if i in chain and tokens.pos[i] in _CLAUSE_HEADS:
            return crossed if led and i not in barred else None
        dep, above = tokens.deps[i], tokens.heads[i]
        if above == i:
            return None
        if dep == "appos" and led:
            # "arrested Varn, the manager at Arden": where he works.
            return None
        if dep == "pobj" and (_on_the_way(tokens, above) or tokens.lower[tokens.heads[above]] == "from"):
            # "fired from across the river"
            return None
        if dep == "pobj":
            led = led or tokens.lower[above] in LOCATIVE
        elif dep == "dobj" and tokens.lemmas[above] in motion:
            led = True
        elif dep in ("dobj", "nsubj", "nsubjpass", "poss", "amod", "nmod", "compound") and not led and not held:
            if dep in ("nsubj", "dobj", "nsubjpass", "poss"):
                return None
        elif dep == "conj" and i != head and tokens.pos[i] in _CLAUSE_HEADS:
            return None
        if tokens.pos[i] in _CLAUSE_HEADS and i not in chain:
            crossed += 1
            if crossed > 1 or dep == "ccomp":
                return None
        i = above
    return None


def _says_where(tokens: Tokens, verb: int) -> bool:
    """Whether a clause tells what happened where a name before it says: "Arden, where rebels took a port"."""
    return tokens.deps[verb] == "relcl" and any(tokens.lower[c] == "where" for c in tokens.children(verb))
