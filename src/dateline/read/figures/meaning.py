"""What an amount counts, what befell it, whether it came about: by the parse around it."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.knowledge.lexicon.figures import FigureWords, Patient
from dateline.model.vocab import Effect
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount
from dateline.read.figures.words import Words

_OBJECT = frozenset({"dobj", "nsubjpass", "oprd", "attr"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "case", "punct", "npadvmod"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_MAYBE = frozenset({"may", "might", "could", "can", "would", "should", "must"})


class Meaning(Struct, frozen=True, kw_only=True):
    """``noun`` is the token counted, ``last`` where the words of the figure end (half-open)."""

    noun: int | None
    last: int
    counted: str | None
    base: str | None
    effect: Effect | None
    realised: bool | None
    because: str


def head_of(amount: Amount, tokens: Tokens) -> int | None:
    """The noun that an amount counts or measures, or None where the number stands alone.

    "Thirty people": people. "Dozens of people": people. "15% of the valley": valley.
    """
    node, last = amount.number, amount.last
    noun: int | None = None
    if amount.unit is not None or amount.fraction or amount.value is None and amount.high is None:
        of = _of(last, tokens)
        if of is not None:
            return of
        if amount.unit is not None:
            return None
    head = tokens.heads[node]
    if tokens.deps[node] in ("nummod", "quantmod", "compound", "amod", "nmod", "det") and head != node:
        while tokens.deps[head] in ("nummod", "quantmod") and tokens.heads[head] != head and head < last:
            head = tokens.heads[head]
        noun = head if head >= last and tokens.pos[head] in ("NOUN", "PROPN", "ADJ", "VERB", "X") else None
    if noun is None:
        noun = _beside(last, tokens)
    return noun if noun is not None and noun >= last else _of(last, tokens)


def _of(last: int, tokens: Tokens) -> int | None:
    if last + 1 >= len(tokens) or tokens.lower[last] != "of":
        return None
    found = tokens.child(last, "pobj")
    return found if found is not None and tokens.pos[found] in ("NOUN", "PROPN") else None


def _beside(last: int, tokens: Tokens) -> int | None:
    """The noun right after a number whose parse went astray ("300,000. people")."""
    node = last
    while node < len(tokens) and tokens.pos[node] in ("ADJ", "PUNCT") and node < last + 2:
        if tokens.pos[node] == "PUNCT" and tokens.lower[node] not in (".", "-"):
            return None
        node += 1
    if node < len(tokens) and tokens.tags[node] in ("NNS", "NN") and tokens.words[node][0].islower():
        return node
    return None


def meaning(amount: Amount, tokens: Tokens, words: Words, text: str) -> Meaning:
    """Counted noun, base of a percentage, effect and realisation of an amount."""
    noun = head_of(amount, tokens)
    phrase = _phrase(noun, amount, tokens, text) if noun is not None else None
    share = amount.fraction or (amount.unit is not None and amount.unit.id == "percent")
    carrier = noun if noun is not None else amount.number
    effect, why = _effect(carrier, amount, tokens, words)
    last = amount.last
    if noun is not None and noun < len(tokens) and noun - amount.last <= 6:
        last = noun + 1
    realised, verb = _realised(amount.number, tokens, words)
    return Meaning(
        noun=noun,
        last=last,
        counted=phrase,
        base=phrase if share else None,
        effect=effect,
        realised=realised,
        because="; ".join(part for part in (why, verb) if part),
    )


def _phrase(noun: int, amount: Amount, tokens: Tokens, text: str) -> str:
    first = noun
    for child in tokens.children(noun):
        if amount.last <= child < first and tokens.deps[child] in _MODIFIERS and tokens.pos[child] != "NUM":
            first = min(first, max(tokens.subtree(child)[0], amount.last))
    while first < noun and tokens.pos[first] in ("PUNCT", "ADP", "DET", "SCONJ"):
        first += 1
    last = noun + 1
    span = tokens.span(first, last)
    return text[span.start : span.end]


def _effect(node: int, amount: Amount, tokens: Tokens, words: Words) -> tuple[Effect | None, str]:
    if amount.unit is not None or amount.multiple:
        return None, ""
    for entry, trigger in _candidates(node, tokens, words):
        if entry.people and not _human(node, amount, tokens, words):
            continue
        return entry.effect, f"{entry.effect} by {tokens.words[trigger]!r}"
    return None, ""


def _candidates(node: int, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    # The noun itself ("30 deaths", "12 dead"), and adjectives or clauses on it ("30 people killed").
    yield from _with(node, tokens, words, Patient.NOUN)
    for child in tokens.children(node):
        if tokens.deps[child] in ("acl", "amod", "relcl", "advcl", "appos"):
            if tokens.tags[child] == "VBN" or (tokens.deps[child] == "relcl" and tokens.child(child, "nsubjpass")):
                yield from _with(child, tokens, words, Patient.OBJECT)
            if tokens.deps[child] == "relcl" or tokens.tags[child] == "VBG":
                yield from _with(child, tokens, words, Patient.SUBJECT)
            yield from _with(child, tokens, words, Patient.NOUN)
    top = node
    while tokens.deps[top] == "conj" and tokens.pos[tokens.heads[top]] in ("NOUN", "NUM", "PROPN"):
        top = tokens.heads[top]
    head, dep = tokens.heads[top], tokens.deps[top]
    if head == top:
        return
    if dep in ("pobj", "attr"):
        yield from _toll(top, tokens, words)
    if dep == "pobj" and tokens.lower[head] in ("of", "among"):
        # "the bodies of 30 people", "the deaths of 12 miners"
        yield from _with(tokens.heads[head], tokens, words, Patient.NOUN)
    if dep in _OBJECT and not (dep == "attr" and tokens.lemmas[head] == "be"):
        yield from _with(head, tokens, words, Patient.OBJECT)
    if dep in _SUBJECT:
        yield from _with(head, tokens, words, Patient.SUBJECT)
        if dep == "nsubjpass" or tokens.tags[head] == "VBN" and tokens.child(head, "auxpass") is not None:
            yield from _with(head, tokens, words, Patient.OBJECT)
        if tokens.tags[head] == "VBN" and tokens.child(head, "dobj", "auxpass", "aux") is None:
            # "with 30 killed", "30 killed in shelling"
            yield from _with(head, tokens, words, Patient.OBJECT)
        yield from _with(head, tokens, words, Patient.NOUN)
    if dep in (*_SUBJECT, "dobj"):
        # "30 people were left dead", "the strike left 30 people dead", "30 are missing"
        for child in tokens.children(head):
            if tokens.deps[child] in ("acomp", "oprd", "ccomp", "attr", "xcomp", "prt", "advcl", "conj") and child > head:
                if tokens.deps[child] in ("acomp", "oprd", "attr"):
                    yield from _with(child, tokens, words, Patient.NOUN)
                    yield from _with(child, tokens, words, Patient.OBJECT)
                elif tokens.deps[child] == "conj" and dep in _SUBJECT and tokens.child(child, *_SUBJECT, "dobj") is None:
                    yield from _with(child, tokens, words, Patient.SUBJECT)
                    if dep == "nsubjpass":
                        yield from _with(child, tokens, words, Patient.OBJECT)


def _with(node: int, tokens: Tokens, words: Words, patient: Patient) -> Iterator[tuple[FigureWords, int]]:
    for key in {tokens.lemmas[node].lower(), tokens.lower[node]}:
        for entry in words.effects.get(key, ()):
            if entry.patient is patient:
                yield entry, node


def _toll(node: int, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    """ "The death toll rose to 30", "a toll of 30"."""
    for above in tokens.ancestors(node):
        for seat in (above, tokens.child(above, "nsubj", "nsubjpass", "dobj")):
            if seat is not None and seat != node:
                yield from _with(seat, tokens, words, Patient.TOLL)
        if tokens.pos[above] in ("VERB", "AUX"):
            return


def _human(node: int, amount: Amount, tokens: Tokens, words: Words) -> bool:
    return node < amount.last or tokens.lemmas[node].lower() in words.people or tokens.lower[node] in words.people


def _realised(node: int, tokens: Tokens, words: Words) -> tuple[bool | None, str]:
    """True under a past or perfect verb, False under a future one or a word of planning, else None."""
    first: int | None = None
    for above in tokens.ancestors(node):
        lemma = tokens.lemmas[above].lower()
        if lemma in words.planned and (first is None or tokens.deps[first] in ("xcomp", "ccomp", "acl", "dobj", "pobj")):
            return False, f"not yet so by {tokens.words[above]!r}"
        if tokens.pos[above] in ("NOUN", "PROPN"):
            planned = next((c for c in tokens.children(above) if c < node and tokens.lower[c] in words.planned), None)
            if planned is not None:
                return False, f"not yet so by {tokens.words[planned]!r}"
        if tokens.pos[above] in ("VERB", "AUX") and first is None:
            first = above
            helpers = {tokens.lower[c] for c in tokens.children(above) if tokens.deps[c] in ("aux", "auxpass")}
            if helpers & _FUTURE:
                return False, f"ahead by {tokens.words[above]!r}"
            if helpers & _MAYBE or "to" in helpers and tokens.tags[above] == "VB" and tokens.deps[above] == "ROOT":
                return None, ""
    if first is None:
        return None, ""
    helpers_at = [c for c in tokens.children(first) if tokens.deps[c] in ("aux", "auxpass")]
    past = tokens.tags[first] in ("VBD", "VBN") or any(
        tokens.tags[c] == "VBD" or tokens.lemmas[c] == "have" for c in helpers_at
    )
    if tokens.tags[first] == "VBG" and tokens.deps[first] in ("advcl", "acl"):
        past = any(tokens.tags[a] == "VBD" for a in tokens.ancestors(first) if tokens.pos[a] == "VERB")
    return (True, "") if past else (None, "")
