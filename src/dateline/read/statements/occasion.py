"""To whom, where and when something was said, as far as the words around the cue tell.

They stand in the clause of the cue, outside the content, or in a phrase beside it: "speaking to reporters on
Friday, she said", "in a letter to the council". Nothing is taken from another sentence or from the date of publication.
"""

from collections.abc import Sequence

from dateline.model.records import Time
from dateline.model.vocab import TimeType
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import Draft, Ground, Range, clause_of

_TOWARDS = frozenset({"to", "with", "before"})


def addressee_of(ground: Ground, draft: Draft) -> Range | None:
    """The party spoken to: the cue's own, else that of a phrase of speaking beside it, else that of the venue."""
    if draft.addressee is not None or draft.head is None:
        return draft.addressee
    tokens = ground.tokens
    for verb in _speaking(ground, draft.head):
        spoken_to = tokens.child(verb, "dobj")
        if spoken_to is None:
            spoken_to = _towards(tokens, verb)
        if spoken_to is not None:
            return ground.trim(tokens.subtree(spoken_to))
    venue = _venue(ground, draft)
    spoken_to = _towards(tokens, venue) if venue is not None else None
    return ground.trim(tokens.subtree(spoken_to)) if spoken_to is not None else None


def venue_of(ground: Ground, draft: Draft) -> Range | None:
    """The phrase that says at what or through what it was said ("a statement", "a rally"), without its date."""
    venue = _venue(ground, draft)
    if venue is None:
        return None
    tokens = ground.tokens
    start, end = tokens.subtree(venue)
    dated = [c for c in tokens.having(venue, "prep") if c > venue and _dated(tokens, tokens.child(c, "pobj"))]
    return ground.trim((start, min([end, *dated])))


def said_on(ground: Ground, draft: Draft, times: Sequence[Time]) -> str | None:
    """The day that stands in the clause of the cue, outside the content."""
    if draft.head is None:
        return None
    tokens, clauses = ground.tokens, (draft.head, *_speaking(ground, draft.head))
    for time in times:
        if time.type not in (TimeType.DATE, TimeType.TIME):
            continue
        token = tokens.at(time.evidence.span.start)
        if token is None or draft.covers(token):
            continue
        if draft.head in tokens.ancestors(token) and clause_of(tokens, token) in clauses:
            first, last = (time.from_ or "")[:10], (time.to or "")[:10]
            return first if first and first == last else None
    return None


def _speaking(ground: Ground, head: int) -> list[int]:
    """The verbs of phrases beside a cue that only tell of the speaking: "speaking at the gate, she said"."""
    tokens, spoken = ground.tokens, ground.words.spoken
    return [c for c in tokens.having(head, "advcl") if tokens.tags[c] == "VBG" and tokens.lemmas[c] in spoken]


def _venue(ground: Ground, draft: Draft) -> int | None:
    if draft.head is None:
        return None
    tokens = ground.tokens
    for verb in (draft.head, *_speaking(ground, draft.head)):
        for preposition in tokens.having(verb, "prep"):
            place = tokens.child(preposition, "pobj")
            if place is not None and not draft.covers(place) and tokens.lemmas[place].lower() in ground.words.venues:
                return place
    return None


def _towards(tokens: Tokens, word: int) -> int | None:
    found = (tokens.child(c, "pobj") for c in tokens.having(word, "prep", "dative") if tokens.lower[c] in _TOWARDS)
    return next((thing for thing in found if thing is not None), None)


def _dated(tokens: Tokens, thing: int | None) -> bool:
    if thing is None:
        return False
    return any(first <= thing < last and label in ("DATE", "TIME") for first, last, label in tokens.ents)
