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
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "advcl", "ccomp"})
_INWARD = frozenset({"pobj", "conj", "appos", "nummod", "attr", "compound", "nmod", "quantmod", "amod"})
_HELD = frozenset({Effect.CAPTURED, Effect.ARRESTED})
"""What ends when somebody is let go."""
_LOST = frozenset({Effect.KILLED, Effect.MISSING, Effect.CASUALTIES})
"""What did not befall those who are alive."""
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_MAYBE = frozenset({"may", "might", "could", "can", "would", "should", "must"})


class Meaning(Struct, frozen=True, kw_only=True):
    """``noun`` is the token counted, ``last`` where the words of the figure end (half-open).

    ``path`` holds the tokens above the figure, as far as they are about the quantity itself.
    """

    noun: int | None
    last: int
    counted: str | None
    base: str | None
    effect: Effect | None
    realised: bool | None
    path: tuple[int, ...]
    because: str


def head_of(amount: Amount, tokens: Tokens) -> int | None:
    """The noun that an amount counts or measures, or None where the number stands alone.

    "Thirty people": people. "Dozens of people": people. "15% of the valley": valley.
    """
    node, last = amount.number, amount.last
    noun: int | None = None
    if amount.unit is not None or amount.fraction or (amount.value is None and amount.high is None):
        of = _of(last, tokens)
        if of is not None:
            return of
        if amount.unit is not None:
            return None
    of = _of(last, tokens)
    head = tokens.heads[node]
    if of is not None and "," in tokens.lower[of : max(of, head)]:
        # "215 of its people, among them defenders": the parse may take the number to what follows the comma.
        return of
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
    if found is None or tokens.pos[found] not in ("NOUN", "PROPN"):
        # "Two of the dead".
        return found if found is not None and tokens.lower[found - 1] == "the" and tokens.tags[found] == "JJ" else None
    return found


def _beside(last: int, tokens: Tokens) -> int | None:
    """The noun right after a number whose parse went astray ("300,000. people"); none in the next sentence."""
    node = last
    while node < len(tokens) and tokens.pos[node] in ("ADJ", "PUNCT") and node < last + 2:
        if tokens.pos[node] == "ADJ" and tokens.lower[node - 1] == "." and tokens.words[node][:1].isupper():
            return None
        if tokens.pos[node] == "PUNCT" and tokens.lower[node] not in (".", "-"):
            return None
        node += 1
    if node < len(tokens) and tokens.tags[node] in ("NNS", "NN") and tokens.words[node][:1].islower():
        return node
    return None


def meaning(amount: Amount, tokens: Tokens, words: Words, text: str) -> Meaning:
    """Counted noun, base of a percentage, effect and realisation of an amount."""
    noun = head_of(amount, tokens)
    if noun is not None and not tokens.words[noun][0].isalpha():
        noun = None
    # "Wounded 56 more" counts what went before it.
    phrase = _phrase(noun, amount, tokens, text) if noun is not None and tokens.lower[noun] != "more" else None
    if noun is not None and tokens.tags[noun] == "JJ" and (kind := _told_to_be(amount.number, tokens)) is not None:
        phrase = tokens.words[kind]
    share = amount.fraction or (amount.unit is not None and amount.unit.id == "percent")
    effect, why = _effect(noun if noun is not None else amount.number, amount, tokens, words)
    if effect is None and noun is not None and tokens.heads[amount.number] != noun:
        # "Dozens of people were killed": the number word, not the people, is what the verb takes.
        effect, why = _effect(amount.number, amount, tokens, words, noun)
    last = amount.last
    if noun is not None and noun < len(tokens) and noun - amount.last <= 6:
        last = noun + 1
    own = noun is not None and tokens.heads[amount.number] == noun
    path = list(_path(noun if noun is not None and own else amount.number, effect, tokens))
    realised, verb = _realised(path, tokens, words)
    if realised is None and effect is not None and not _open_question(amount.number, tokens):
        # "leaving 30 dead", "two dead in storm": told as it is, with no verb of its own.
        realised = True
    return Meaning(
        noun=noun,
        last=last,
        counted=phrase,
        base=phrase if share else _part_of(amount, noun, tokens),
        effect=effect,
        realised=realised,
        path=tuple(path),
        because="; ".join(part for part in (why, verb) if part),
    )


def _part_of(amount: Amount, noun: int | None, tokens: Tokens) -> str | None:
    """The whole that a number is a part of ("two of the dead", "three of the 40 wounded")."""
    whole = noun if noun is not None else tokens.child(amount.last, "pobj") if amount.last < len(tokens) else None
    after = tokens.lower[amount.last : amount.last + 2]
    if whole is None or after != ("of", "the") or tokens.heads[whole] != amount.last:
        return None
    if tokens.tags[whole] not in ("JJ", "VBN", "NNS", "NN") or tokens.pos[whole] == "PROPN":
        return None
    return tokens.words[whole] if tokens.tags[whole] != "NN" else None


def _told_to_be(node: int, tokens: Tokens) -> int | None:
    """What those counted are said to be ("two of the dead were children")."""
    verb = tokens.heads[node]
    found = tokens.child(verb, "attr") if tokens.deps[node] == "nsubj" and tokens.lemmas[verb] == "be" else None
    return found if found is not None and tokens.tags[found] == "NNS" else None


def _phrase(noun: int, amount: Amount, tokens: Tokens, text: str) -> str:
    first = noun
    for child in tokens.children(noun):
        if amount.last <= child < first and tokens.deps[child] in _MODIFIERS and tokens.pos[child] != "NUM":
            first = min(first, max(tokens.subtree(child)[0], amount.last))
    while first < noun and (tokens.pos[first] in ("PUNCT", "ADP", "DET", "SCONJ") or tokens.tags[first] == "PRP$"):
        first += 1
    last = noun + 1
    span = tokens.span(first, last)
    return text[span.start : span.end]


def _effect(
    node: int, amount: Amount, tokens: Tokens, words: Words, counted: int | None = None
) -> tuple[Effect | None, str]:
    if amount.unit is not None or amount.multiple or amount.fraction:
        return None, ""
    for entry, trigger in _candidates(node, amount, tokens, words):
        if entry.people and not _human(node if counted is None else counted, amount, tokens, words):
            continue
        if entry.effect in _HELD and _freed(node, tokens, words):
            return None, f"{tokens.words[trigger]!r}, but set free"
        if entry.effect in _LOST and _alive(trigger, amount, tokens, words):
            return None, f"{tokens.words[trigger]!r}, but alive"
        if _other_effect(trigger, entry.effect, amount, tokens, words):
            return Effect.CASUALTIES, f"{entry.effect} and more by {tokens.words[trigger]!r}"
        return entry.effect, f"{entry.effect} by {tokens.words[trigger]!r}"
    return None, ""


def _alive(trigger: int, amount: Amount, tokens: Tokens, words: Words) -> bool:
    """Whether those told to be lost are told to be alive after all ("two people reported dead were found alive").

    The word stands in the same stretch, which a comma, an "and" or another number ends.
    """
    for node in range(amount.last, tokens.sentence(amount.number)[1]):
        if tokens.pos[node] in ("PUNCT", "CCONJ", "NUM"):
            return False
        if node > trigger and tokens.lower[node] in words.alive and tokens.deps[node] != "amod":
            return True
    return False


def _freed(node: int, tokens: Tokens, words: Words) -> bool:
    """Whether those held are told to be let go: "200 prisoners were released", "the release of 40 hostages"."""
    if tokens.deps[node] == "pobj" and tokens.lower[tokens.heads[node]] == "of":
        node = tokens.heads[node]
    head = tokens.heads[node]
    lemma, particle = tokens.lemmas[head].lower(), tokens.lower[head + 1] if head + 1 < len(tokens) else ""
    told = tokens.deps[node] in ("dobj", "nsubjpass", "prep", "nsubj", "oprd")
    return told and (lemma in words.freed or f"{lemma} {particle}" in words.freed)


def _other_effect(trigger: int, effect: Effect | None, amount: Amount, tokens: Tokens, words: Words) -> bool:
    """Whether one number counts two things that befell people ("51 dead and wounded")."""
    if trigger != amount.last or trigger + 2 >= len(tokens) or tokens.lower[trigger + 1] not in ("and", "or"):
        return False
    key = tokens.lemmas[trigger + 2].lower()
    found = {e.effect for k in (key, tokens.lower[trigger + 2]) for e in words.effects.get(k, ())}
    return bool(found) and effect not in found


def _candidates(node: int, amount: Amount, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    # The noun itself ("30 deaths", "12 dead"), and adjectives or clauses on it ("30 people killed"). A word for
    # people says least: "15 prisoners were killed".
    named = tokens.lemmas[node].lower() in words.people
    if not named:
        yield from _with(node, tokens, words, Patient.NOUN)
    yield from _befell(node, amount, tokens, words)
    if named:
        yield from _with(node, tokens, words, Patient.NOUN)


def _befell(node: int, amount: Amount, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    if tokens.pos[node] == "NUM" and node + 1 < len(tokens) and tokens.tags[node + 1] in ("VBN", "VBD", "JJ"):
        # "28 wounded", "5,937 dead", whatever the parse makes of them.
        beside = [*_with(node + 1, tokens, words, Patient.OBJECT), *_with(node + 1, tokens, words, Patient.NOUN)]
        yield from beside
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
    if tokens.deps[top] == "pobj" and amount.first <= tokens.heads[tokens.heads[top]] < amount.last:
        # "a minimum of eight sailors were killed"
        top = tokens.heads[tokens.heads[top]]
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
    if (seized := _aboard(top, tokens)) is not None:
        yield from ((entry, at) for entry, at in _with(seized, tokens, words, Patient.OBJECT) if entry.effect in _HELD)
    if dep in _SUBJECT:
        yield from _with(head, tokens, words, Patient.SUBJECT)
        for thing in tokens.having(head, "dobj"):
            # "Thirty people lost their lives."
            of_both = words.effects.get(f"{tokens.lemmas[head]} {tokens.lemmas[thing]}".lower(), ())
            yield from ((entry, head) for entry in of_both if entry.patient is Patient.SUBJECT)
        if dep == "nsubjpass" or (tokens.tags[head] == "VBN" and tokens.child(head, "auxpass") is not None):
            yield from _with(head, tokens, words, Patient.OBJECT)
        if tokens.tags[head] == "VBN" and tokens.child(head, "dobj", "auxpass", "aux") is None:
            # "with 30 killed", "30 killed in shelling"
            yield from _with(head, tokens, words, Patient.OBJECT)
        yield from _with(head, tokens, words, Patient.NOUN)
    if dep in (*_SUBJECT, "dobj"):
        yield from _result(head, dep, tokens, words)


def _aboard(node: int, tokens: Tokens) -> int | None:
    """The verb that takes what somebody is aboard of: "seized a ferry with 30 people on board", "a bus carrying 30"."""
    head = tokens.heads[node]
    if tokens.deps[node] == "pobj" and tokens.lower[head] == "with":
        last = min(len(tokens), node + 3)
        if "aboard" not in tokens.lower[node:last] and "board" not in tokens.lower[node:last]:
            return None
    elif not (tokens.deps[node] == "dobj" and tokens.lemmas[head] == "carry" and tokens.deps[head] == "acl"):
        return None
    vessel = tokens.heads[head]
    if tokens.pos[vessel] == "VERB":
        return vessel
    return tokens.heads[vessel] if tokens.deps[vessel] in ("dobj", "nsubjpass") else None


def _result(verb: int, dep: str, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    """ "30 are missing", "the strike left 30 dead", "30 were stopped and arrested"."""
    for child in tokens.children(verb):
        if child < verb:
            continue
        if tokens.deps[child] in ("acomp", "oprd", "attr"):
            yield from _with(child, tokens, words, Patient.NOUN)
            yield from _with(child, tokens, words, Patient.OBJECT)
        elif tokens.deps[child] == "conj" and dep != "dobj" and tokens.child(child, *_SUBJECT, "dobj") is None:
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
        for seat in (above, *tokens.having(above, "nsubj", "nsubjpass", "dobj")):
            if seat == node:
                continue
            if tokens.pos[node] == "NUM" and tokens.lemmas[seat].lower() in words.tolls:
                # "Put the number of dead at 30", "the death count rose to 30", "the number of people known to have
                # died has risen to 30".
                of = [n for c in tokens.having(seat, "prep") if tokens.lower[c] == "of" for n in tokens.children(c)]
                for told in of:
                    yield from _known(told, tokens, words)
                for told in (*of, *tokens.having(seat, "compound")):
                    yield from _with(told, tokens, words, Patient.NOUN)
            yield from _with(seat, tokens, words, Patient.TOLL)
        if tokens.pos[above] in ("VERB", "AUX"):
            if tokens.pos[node] == "NUM":
                # "The number of people confirmed dead has risen to 64", where "confirmed" is taken for the main verb.
                for verb in _astray(above, tokens):
                    if any(tokens.lemmas[seat].lower() in words.tolls for seat in tokens.having(verb, "nsubj")):
                        yield from _known(verb, tokens, words)
                        if tokens.tags[verb] == "VBN":
                            yield from _with(verb, tokens, words, Patient.OBJECT)
            return


def _astray(verb: int, tokens: Tokens) -> Iterator[int]:
    """The verb that may only describe the subject of another, but is taken for its clause or for the one before it."""
    if tokens.deps[verb] == "conj" and tokens.child(verb, *_SUBJECT) is None:
        yield tokens.heads[verb]
    yield from tokens.having(verb, "csubj")


def tolled(amount: Amount, tokens: Tokens, words: Words) -> str | None:
    """Whom a toll is said to be of: "the number of hostages who died rose to eight"."""
    for above in tokens.ancestors(amount.number):
        if tokens.pos[above] not in ("VERB", "AUX"):
            continue
        verbs = (above, *_astray(above, tokens))
        for seat in (s for verb in verbs for s in tokens.having(verb, "nsubj", "nsubjpass", "dobj")):
            of = [n for c in tokens.having(seat, "prep") if tokens.lower[c] == "of" for n in tokens.having(c, "pobj")]
            if tokens.lemmas[seat].lower() in words.tolls and of and _human(of[0], amount, tokens, words):
                return tokens.words[of[0]]
        return None
    return None


def _known(node: int, tokens: Tokens, words: Words) -> Iterator[tuple[FigureWords, int]]:
    """What the words beside those counted say befell them: "people confirmed dead", "men known to have died"."""
    for child in tokens.children(node):
        if child > node and tokens.deps[child] in ("acl", "amod", "relcl", "xcomp", "oprd", "ccomp", "advcl", "acomp"):
            yield from _known(child, tokens, words)
            if tokens.tags[child] == "VBN" and tokens.child(child, "aux") is None:
                yield from _with(child, tokens, words, Patient.OBJECT)
            if tokens.pos[child] == "VERB":
                yield from _with(child, tokens, words, Patient.SUBJECT)
            yield from _with(child, tokens, words, Patient.NOUN)


def _human(node: int, amount: Amount, tokens: Tokens, words: Words) -> bool:
    return node < amount.last or tokens.lemmas[node].lower() in words.people or tokens.lower[node] in words.people


def _path(node: int, effect: Effect | None, tokens: Tokens) -> Iterator[int]:
    """The tokens above a figure that are about the quantity: the nouns it is "of", then the verb that takes it.

    The verb takes it as its object, as a passive subject, or as a subject when it brought the effect. A number
    met on the way to something else ("attacks in 30 states") ends the path.
    """
    while True:
        head, dep = tokens.heads[node], tokens.deps[node]
        if head == node or dep == "acl":
            return
        if tokens.pos[head] in ("VERB", "AUX") and dep in _ARGUMENTS:
            if dep != "nsubj" or effect is not None:
                yield head
            return
        if not (dep in _INWARD or (dep == "prep" and tokens.lower[node] in ("of", "to", "at", "for"))):
            return
        yield head
        node = head


def _realised(path: list[int], tokens: Tokens, words: Words) -> tuple[bool | None, str]:
    """Whether the quantity came about: False under a word of planning or a future verb, True under a past one."""
    for node in path:
        if tokens.pos[node] in ("VERB", "AUX"):
            return _verb_realised(node, tokens, words)
        if _planned(node, tokens, words):
            return False, f"not yet so by {tokens.words[node]!r}"
    return None, ""


def _open_question(node: int, tokens: Tokens) -> bool:
    """Whether a modal, a future, an "if" or a "whether" stands over a token."""
    for above in tokens.ancestors(node):
        for child in tokens.children(above):
            if tokens.deps[child] == "aux" and tokens.lower[child] in _MAYBE | _FUTURE:
                return True
            if tokens.deps[child] == "mark" and tokens.lower[child] in ("if", "whether", "unless"):
                return True
    return False


def _planned(node: int, tokens: Tokens, words: Words) -> bool:
    return tokens.lemmas[node].lower() in words.planned


def _verb_realised(verb: int, tokens: Tokens, words: Words) -> tuple[bool | None, str]:
    if _planned(verb, tokens, words):
        return False, f"not yet so by {tokens.words[verb]!r}"
    helpers = [c for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")]
    spelt = {tokens.lower[c] for c in helpers}
    if spelt & _FUTURE:
        return False, f"ahead by {tokens.words[verb]!r}"
    if spelt & _MAYBE:
        return None, ""
    head = tokens.heads[verb]
    if tokens.tags[verb] in ("VB", "VBG") and head != verb:
        if _planned(head, tokens, words):
            return False, f"not yet so by {tokens.words[head]!r}"
        if tokens.tags[verb] == "VB" and "to" in spelt:
            return None, ""
        if tokens.deps[verb] in ("advcl", "acl", "xcomp", "pcomp", "conj"):
            past = any(tokens.tags[a] == "VBD" for a in tokens.ancestors(verb) if tokens.pos[a] in ("VERB", "AUX"))
            return (True, "") if past else (None, "")
    past = tokens.tags[verb] in ("VBD", "VBN") or any(
        tokens.tags[c] == "VBD" or tokens.lemmas[c] == "have" for c in helpers
    )
    return (True, "") if past else (None, "")
