"""Events dated by another: "a day after Arden declared ...", "hours before he was due to sign"."""

from collections.abc import Mapping

from msgspec import Struct

from dateline.nlp.base import Tokens

_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7}
_SIGN = {"after": -1, "before": 1}


class Offset(Struct, frozen=True):
    """The verb whose date is known, and by how many days an event is later than that."""

    main: int
    days: int


def offset(tokens: Tokens, head: int, numbers: Mapping[str, float]) -> Offset | None:
    """How far an event lies from the clause that its own hangs under; None where no length of time says so.

    Hours and minutes make it the same day. A length without a number ("days before") says too little.
    """
    for node in (head, *tokens.ancestors(head)):
        above = tokens.heads[node]
        if tokens.deps[node] == "pobj" and tokens.lower[above] in _SIGN:
            return _offset(tokens, tokens.heads[above], tokens.lower[above], above, numbers)
        if tokens.deps[node] in ("advcl", "ccomp"):
            mark = next((c for c in tokens.having(node, "mark") if tokens.lower[c] in _SIGN), None)
            if mark is not None:
                return _offset(tokens, above, tokens.lower[mark], node, numbers)
            if tokens.deps[node] == "advcl":
                return None
    return None


def _offset(tokens: Tokens, main: int, word: str, holder: int, numbers: Mapping[str, float]) -> Offset | None:
    for length in tokens.having(holder, "npadvmod"):
        unit = _DAYS.get(tokens.lemmas[length])
        if unit is None:
            continue
        counts = [tokens.lower[c] for c in tokens.children(length) if c < length]
        known = [1.0 if c in ("a", "an") else numbers.get(c, float(c) if c.isdigit() else 0.0) for c in counts]
        number = next((n for n in known if n), 0.0)
        if unit == 0 or number:
            return Offset(main, _SIGN[word] * unit * int(number))
    return None
