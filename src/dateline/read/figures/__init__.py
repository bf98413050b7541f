"""Figures: what the report counts, how it bounds the count, who says so.

An amount is digits or number words with the words that bound it and its unit (``amounts``); what it counts,
what befell those counted (``effect``) and whether it came about are read off the parse (``meaning``). The
claimant is the speaker of the narrowest statement whose content holds the figure, else who is said to have counted.

Deliberately no figures: times and ages, ordinals and labels ("Article 5"), numbers in names, enumerations,
"one" without an effect. An unknown toll is never 0.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from dateline.knowledge.lexicon.figures import UnitOfMeasure
from dateline.model.records import AnnotatedReport, Event, Figure, Passage
from dateline.model.span import Span
from dateline.model.vocab import Bound, CueClass, Effect, Polarity, Status, Table
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount, amounts
from dateline.read.figures.claimants import Claimants, people_of, reckoning, speaks_of_a_toll
from dateline.read.figures.elliptic import alone, measured, people_told, points_back, ranked_noun
from dateline.read.figures.exclude import Excluded
from dateline.read.figures.meaning import Meaning, meaning, tolled
from dateline.read.figures.words import Words, compile_words
from dateline.read.reading import Extractor, Mint, Reading

PRODUCER = "figures"

_HARM = "ASSAULT"
_HURT = frozenset({Effect.KILLED, Effect.INJURED, Effect.CASUALTIES})
_HAPPENED = {Status.OCCURRED: True, Status.BACKGROUND: True, Status.ONGOING: True}
_AHEAD = {Status.PLANNED: False, Status.THREATENED: False, Status.DEMANDED: False, Status.HYPOTHETICAL: False}


class Around(Struct, frozen=True):
    """What of the report's other layers bears on figures."""

    text: str
    words: Words
    claimants: Claimants
    triggers: Mapping[int, Event]
    excluded: Excluded


class Told(Struct, frozen=True):
    """What a figure counts, why it was taken, and the figure before it where it counts what that one counts.

    A figure told ``again`` gives another value for what befell those: the effect is theirs, the claimant its own.
    """

    counted: str | None
    because: str
    before: Figure | None = None
    again: bool = False


def run(reading: Reading) -> AnnotatedReport:
    """The report with its ``figures`` layer, in order of the text."""
    annotated = reading.annotated
    around = Around(
        annotated.text,
        compile_words(reading.knowledge),
        Claimants(reading, tuple(s for s in annotated.statements if s.cue_class is CueClass.SPEECH)),
        {part.start: event for event in annotated.events for part in event.trigger.spans},
        Excluded.of(annotated),
    )
    mint = Mint(reading, Table.FIGURES, PRODUCER)

    ranked: list[str] = []
    befell: list[Figure] = []

    def in_passage(index: int, passage: Passage, tokens: Tokens) -> list[Figure]:
        found = _figures(tokens, around, mint, ranked[-1] if ranked else None, befell)
        figures = sorted(found, key=lambda figure: figure.evidence.span)
        if (noun := ranked_noun(tokens)) is not None:
            ranked.append(noun)
        return figures

    return annotated.replace(figures=tuple(reading.each_passage(PRODUCER, in_passage)))


def _figures(tokens: Tokens, around: Around, mint: Mint, ranked: str | None, befell: list[Figure]) -> Iterator[Figure]:
    """The figures of a passage. ``befell`` gathers those of the report with an effect, for what corrects them."""
    before: Figure | None = None
    for amount in amounts(tokens, around.words):
        if around.excluded.holds(amount, tokens, around.words):
            continue
        found = meaning(amount, tokens, around.words, around.text)
        told = _told(amount, found, before, tokens, around, ranked)
        if (other := _told_again(amount, found, tokens, around, befell)) is not None:
            told = Told(other.counted, f"{_reason(amount, found)}; told again of {other.evidence.quote!r}", other, True)
        if told is None:
            continue
        plain = amount.bound is Bound.EXACT and amount.unit is None and found.effect is None
        if plain and _unsure(amount, tokens, around.words):
            continue
        before = _figure(amount, found, tokens, around, mint, told)
        if before.effect is not None:
            befell.append(before)
        yield before
    yield from _comparisons(tokens, around, mint)


def _told(
    amount: Amount, found: Meaning, before: Figure | None, tokens: Tokens, around: Around, ranked: str | None
) -> Told | None:
    """What the amount counts, and why; None where it counts nothing that the report names."""
    because = _reason(amount, found)
    if amount.unit is not None:
        counted = found.counted or measured(amount, tokens, around.words)
        return Told(counted, because)
    if amount.multiple or (found.noun is not None and (found.counted is not None or found.effect is None)):
        return Told(found.counted, because)
    if found.effect is not None:
        start = tokens.starts[tokens.sentence(amount.number)[0]]
        same = before is not None and before.evidence.span.start >= start
        counted = tolled(amount, tokens, around.words) or people_told(found, before, same, around.words)
        return Told(counted, f"{because}; it befalls {counted}" if counted else because)
    counted = before.counted if before is not None else ranked
    if counted is None or not alone(amount, tokens) or (before is None and not points_back(amount, tokens)):
        return None
    return Told(counted, f"{because}; counts what the figure before it counts", before)


def _told_again(
    amount: Amount, found: Meaning, tokens: Tokens, around: Around, befell: Sequence[Figure]
) -> Figure | None:
    """The figure told before for whose people an amount gives another value, the last of its claimant first."""
    if not befell or found.effect is not None or found.noun is not None or amount.unit is not None:
        return None
    if _corrects(amount, tokens, around.words):
        return befell[-1]
    reckoned = reckoning(amount, tokens, around.words)
    if reckoned is None:
        return None
    if not speaks_of_a_toll(reckoned.verb, tokens, around.words):
        start = tokens.starts[tokens.sentence(amount.number)[0]]
        return befell[-1] if befell[-1].evidence.span.start >= start else None
    who = tokens.lower[reckoned.subject] if reckoned.subject is not None else None
    own = (f for f in reversed(befell) if f.claimant is not None and f.claimant.text.lower().split()[-1] == who)
    other = next(own, befell[-1])
    # "The number of marchers" is none of the dead, unless marchers died.
    whom = people_of(reckoned.verb, tokens, around.words)
    return other if whom is None or whom in (other.counted or "").lower() else None


def _corrects(amount: Amount, tokens: Tokens, words: Words) -> bool:
    """Whether an amount is what a figure told before should be: "the correct figure is 30"."""
    node, verb = amount.number, tokens.heads[amount.number]
    if tokens.deps[node] not in ("attr", "acomp") or tokens.lemmas[verb] != "be":
        return False
    told = [c for c in tokens.having(verb, "nsubj") if tokens.lemmas[c].lower() in words.tolls]
    return any(tokens.lower[m] in words.right for c in told for m in tokens.children(c))


def _unsure(amount: Amount, tokens: Tokens, words: Words) -> bool:
    """ "One" is rarely a count without an "only", and four digits such as 2016 before a noun are mostly a year."""
    word = tokens.words[amount.number]
    if any(tokens.lower[n] in words.sole for n in range(max(0, amount.first - 2), amount.first)):
        return False
    return amount.value == 1 or (len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099)


def _reason(amount: Amount, found: Meaning) -> str:
    return "; ".join(part for part in (f"{amount.bound} amount", found.because) if part)


def _figure(
    amount: Amount,
    found: Meaning,
    tokens: Tokens,
    around: Around,
    mint: Mint,
    told: Told,
) -> Figure:
    span = tokens.span(amount.first, found.last)
    claimant, statement = around.claimants.claims(amount, span, tokens, around.words)
    event = _event(amount, found, tokens, around.triggers)
    realised = found.realised
    if event is not None and realised is not False:
        realised = _HAPPENED.get(event.status, _AHEAD.get(event.status, realised))
    id, evidence = mint(span)
    if statement is None and claimant is None and told.before is not None and not told.again:
        claimant = told.before.claimant
    effect, because = found.effect, told.because
    if told.again and told.before is not None:
        effect, realised = told.before.effect, told.before.realised
    if statement is not None and statement.polarity is Polarity.DENIED:
        # Who denies a figure claims none.
        realised, claimant, because = False, None, f"{because}; it is denied"
    return Figure(
        id=id,
        evidence=evidence,
        because=because,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        bound=amount.bound,
        unit=_unit_name(amount),
        si_value=_si(amount),
        si_unit=amount.unit.si if amount.unit else None,
        counted=told.counted,
        effect=effect,
        base=found.base,
        comparator=_comparator(amount, tokens, around.text),
        realised=realised,
        claimant=claimant,
        claimant_is_party=around.claimants.is_party(claimant),
        event=event.id if event else told.before.event if told.before and told.again else None,
        statement=statement.id if statement else None,
    )


def _unit_name(amount: Amount) -> str | None:
    if amount.fraction:
        return "share"
    if amount.multiple:
        return "times"
    return amount.unit.id if amount.unit else None


def _si(amount: Amount) -> float | None:
    unit: UnitOfMeasure | None = amount.unit
    if unit is None or unit.factor is None or amount.value is None:
        return None
    return round(amount.value * unit.factor, 6)


def _event(amount: Amount, found: Meaning, tokens: Tokens, triggers: Mapping[int, Event]) -> Event | None:
    """The event that governs the figure: by the path of the quantity, or, with an effect, anywhere above it.

    Else the event of the sentence that the figure's words take part in ("12 were killed when X shelled Y").
    """
    if not triggers:
        return None
    start = found.noun if found.noun is not None else amount.number
    clauses = (c for c in tokens.children(start) if tokens.deps[c] in ("acl", "relcl"))
    above = tokens.ancestors(start) if found.effect is not None else iter(found.path)
    for node in (start, *clauses, *above):
        event = triggers.get(tokens.starts[node])
        if event is not None:
            return event
    number = Span(tokens.starts[amount.number], tokens.ends[amount.number])
    sentence = tokens.span(*tokens.sentence(amount.number))
    for event in triggers.values():
        parties = (*event.actors, *event.recipients)
        if sentence.contains(event.trigger.span) and any(party.span.contains(number) for party in parties):
            return event
    acts = [one for one in triggers.values() if one.type == _HARM and sentence.contains(one.trigger.span)]
    if found.effect in _HURT and len({one.id for one in acts}) == 1:
        # "Nine died in the fighting", "the toll of the attack rose to ten"
        return acts[0]
    return None


def _comparator(amount: Amount, tokens: Tokens, text: str) -> str | None:
    """What a multiple or a "than" clause compares with ("three times more than the ministry says")."""
    if not amount.multiple:
        return None
    _, end = tokens.sentence(amount.number)
    for node in range(amount.last, min(end, amount.last + 8)):
        if tokens.lower[node] in ("than", "as") and node > amount.last and tokens.deps[node] in ("prep", "mark"):
            found = tokens.child(node, "pobj")
            if found is not None:
                span = tokens.span(*tokens.subtree(found))
                return text[span.start : span.end]
    if amount.last < end and tokens.lower[amount.last] in ("the", "that"):
        head = tokens.heads[amount.last]
        span = tokens.span(amount.last, max(head + 1, tokens.subtree(head)[1]))
        return text[span.start : span.end]
    return None


def _comparisons(tokens: Tokens, around: Around, mint: Mint) -> Iterator[Figure]:
    """Quantities compared without a number: "the men who left exceed the force that was sent"."""
    for node, lemma in enumerate(tokens.lemmas):
        if lemma not in around.words.exceed or tokens.pos[node] != "VERB":
            continue
        subject, target = _subject(node, tokens), tokens.child(node, "dobj")
        if subject is None or target is None or tokens.pos[target] not in ("NOUN", "PROPN"):
            continue
        first, last = tokens.subtree(target)
        if any(tokens.pos[n] == "NUM" for n in range(first, last)):
            continue
        left, right = tokens.subtree(subject)
        span = tokens.span(min(node, left), max(last, right))
        statement = around.claimants.statement(span)
        id, evidence = mint(span)
        counted, compared = tokens.span(left, right), tokens.span(first, last)
        claimant = statement.speaker if statement else None
        yield Figure(
            id=id,
            evidence=evidence,
            because=f"compared by {tokens.words[node]!r}",
            value=None,
            low=None,
            high=None,
            bound=Bound.MORE_THAN,
            counted=around.text[counted.start : counted.end],
            effect=_fled(subject, tokens, around.words),
            comparator=around.text[compared.start : compared.end],
            claimant=claimant,
            claimant_is_party=around.claimants.is_party(claimant),
            statement=statement.id if statement else None,
        )


def _fled(subject: int, tokens: Tokens, words: Words) -> Effect | None:
    """What befell those compared, where a relative clause on them says ("the men who fled")."""
    for child in tokens.children(subject):
        if tokens.deps[child] == "relcl":
            for entry in words.effects.get(tokens.lemmas[child], ()):
                return entry.effect
    return None


def _subject(verb: int, tokens: Tokens) -> int | None:
    node = verb
    while True:
        found = tokens.child(node, "nsubj", "nsubjpass")
        if found is not None:
            return found
        if tokens.deps[node] not in ("xcomp", "conj", "acomp"):
            return None
        node = tokens.heads[node]


EXTRACTOR = Extractor("figures", frozenset({"times", "statements", "events", "referents"}), frozenset({"figures"}), run)
