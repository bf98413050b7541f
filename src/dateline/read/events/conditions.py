"""Under what conditions an event was: for how long, at gunpoint, under armed escort, without observers.

A condition stands in the event's clause, or in a sentence that tells of no event and follows at once ("No observers
were there"): then it is that of the event told last in the passage. Nothing is inferred: what is not said is no
condition.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from dateline.knowledge.lexicon.conditions import ConditionWords
from dateline.model.records import Condition, Part, Time
from dateline.model.span import Span
from dateline.model.vocab import ConditionKind, TimeType
from dateline.nlp.base import Tokens
from dateline.read.events.setting import clause

_FOR = frozenset({"for", "over", "during", "throughout"})
_LASTS = frozenset({"last", "take", "continue", "drag", "run"})
_NOT = frozenset({"no", "not", "n't", "never"})
_BEFORE = ("det", "amod", "compound", "nummod", "neg", "nmod")


class _Found(Struct, frozen=True):
    """A condition, and the token that says to what it belongs."""

    kind: ConditionKind
    words: tuple[int, int]
    at: int


def conditions(
    tokens: Tokens,
    heads: Sequence[int],
    words: Mapping[str, tuple[ConditionWords, ...]],
    times: Sequence[Time],
    text: str,
) -> dict[int, tuple[Condition, ...]]:
    """The conditions of the events of a passage, by the events' trigger tokens, each told once an event."""
    held: dict[int, dict[tuple[ConditionKind, str], Condition]] = {}
    for found in sorted((*_worded(tokens, words), *_lengths(tokens, times)), key=lambda one: one.words):
        owner = _owner(tokens, heads, found)
        if owner is None:
            continue
        part = Part.at(text, tokens.span(*found.words))
        condition = Condition(text=part.text, span=part.span, spans=part.spans, kind=found.kind)
        held.setdefault(owner, {}).setdefault((found.kind, part.text.lower()), condition)
    return {head: tuple(told.values()) for head, told in held.items()}


def _worded(tokens: Tokens, words: Mapping[str, tuple[ConditionWords, ...]]) -> Iterator[_Found]:
    for i, lemma in enumerate(tokens.lemmas):
        for entry in words.get(lemma.lower(), ()):
            start = _start(tokens, i, entry)
            if start is not None:
                above = tokens.heads[i]
                yield _Found(entry.kind, (start, i + 1), tokens.heads[above] if tokens.deps[i] == "pobj" else above)
                break


def _start(tokens: Tokens, i: int, entry: ConditionWords) -> int | None:
    """Where the words begin that make a noun a condition; None where it is none."""
    own = [c for c in tokens.children(i) if c < i and tokens.deps[c] in _BEFORE]
    if entry.of and not any(tokens.lower[c] in entry.of for c in own):
        return None
    above = tokens.heads[i]
    first = min((*own, i))
    if tokens.deps[i] == "pobj" and tokens.lower[above] in entry.after:
        return above
    if entry.denied:
        if any(tokens.lower[c] in _NOT for c in own):
            return first
        denied = [c for c in tokens.children(above) if tokens.deps[c] == "neg" and c < i]
        if denied and tokens.lower[first] == "any":
            return denied[0]
    return None


def _lengths(tokens: Tokens, times: Sequence[Time]) -> Iterator[_Found]:
    """Lengths of time for which something went on: "over five days", "lasted a week"."""
    passage = Span(tokens.starts[0], tokens.ends[-1]) if len(tokens) else None
    for time in times:
        if time.type is not TimeType.DURATION or passage is None or not passage.contains(time.evidence.span):
            continue
        first, last = tokens.within(time.evidence.span)
        inside = range(first, last)
        top = next((i for i in inside if tokens.heads[i] not in inside), None)
        if top is None:
            continue
        above = tokens.heads[top]
        led = tokens.deps[top] == "pobj" and tokens.lower[above] in _FOR
        if led or tokens.lemmas[above] in _LASTS or tokens.lower[top] in _FOR:
            yield _Found(ConditionKind.DURATION, (first, last), tokens.heads[above] if led else above)


def _owner(tokens: Tokens, heads: Collection[int], found: _Found) -> int | None:
    """The trigger of the event that a condition is one of."""
    for node in (found.at, *tokens.ancestors(found.at)):
        if node in heads:
            return node
    first, last = clause(tokens, found.at)
    near = [h for h in heads if first <= h < last]
    if near:
        return min(near, key=lambda h: abs(h - found.words[0]))
    start, end = tokens.sentence(found.at)
    before = [h for h in heads if h < start]
    if any(start <= h < end for h in heads) or not before or found.kind is ConditionKind.DURATION:
        return None
    latest = max(before)
    return latest if tokens.sentence(latest)[1] == start else None
