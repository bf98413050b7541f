"""What belongs to the telling of an event, not to the event: the place and the day of those who speak of it."""

from dateline.nlp.base import Tokens

_VERBAL = ("VERB", "AUX")
_TELLING = ("ccomp", "parataxis")
_NOBODY = frozenset({"nobody", "none", "no-one"})
_LIMITS = frozenset({"by", "before", "until", "till", "starting", "beginning"})


def beyond(tokens: Tokens, head: int) -> set[int]:
    """The verbs above an event that only tell of it: where they say it is not where it is."""
    barred: set[int] = set()
    node, telling = head, False
    for above in tokens.ancestors(head):
        telling = telling or tokens.deps[node] in _TELLING
        if telling:
            barred.add(above)
        node = above
    return barred


def of_another(tokens: Tokens, head: int, time: int | None, verbal: bool) -> bool:
    """Whether a time is not the event's.

    It says by when what a ``verbal`` act asks or promises is to be done ("demanded their release by noon"), or when
    somebody told of what had happened before: "said on Monday that rockets had been fired".
    """
    if time is None:
        return False
    bearer = None
    for node in (time, *tokens.ancestors(time)):
        if verbal and tokens.lower[node] in _LIMITS:
            return True
        if tokens.pos[node] in _VERBAL and node != time:
            bearer = node
            break
    return bearer in beyond(tokens, head) and _earlier(tokens, head)


def _earlier(tokens: Tokens, head: int) -> bool:
    """Whether the clause of an event, or one that it stands in below the verb of telling, is in the past perfect."""
    for node in (head, *tokens.ancestors(head)):
        if any(tokens.lower[c] == "had" for c in tokens.having(node, "aux")):
            return True
        if tokens.deps[node] in _TELLING:
            return False
    return False


def by_nobody(tokens: Tokens, verb: int) -> bool:
    """Whether nobody does what a verb says: "denied by nobody"."""
    by = tokens.having(verb, "agent")
    doers = [*tokens.having(verb, "nsubj"), *(who for word in by for who in tokens.having(word, "pobj"))]
    return any(tokens.lower[who] in _NOBODY for who in doers)
