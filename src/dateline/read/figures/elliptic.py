"""What a figure counts where its noun is left out or stands elsewhere.

"23 civilians were killed and 28 wounded": 28 civilians. "Two of them burned": what the figure before counts.
"A fourth leak was found. Two of these four ...": leaks. "50 km from the front": a distance. "7 billion euros in
revenue": revenue.
"""

from dateline.knowledge.lexicon.figures import UnitOfMeasure
from dateline.model.records import Figure
from dateline.model.vocab import Effect
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount
from dateline.read.figures.meaning import Meaning
from dateline.read.figures.words import Words

_POINTING = frozenset({"them", "these", "those", "which", "whom"})
_NEXT = 3
"""Tokens behind a length in which the word for what it measures stands ("50 km to the east" is no longer one)."""
PEOPLE = "people"
_OF_PEOPLE = frozenset({Effect.KILLED, Effect.INJURED, Effect.MISSING, Effect.CASUALTIES, Effect.DISPLACED})


def alone(amount: Amount, tokens: Tokens) -> bool:
    """Whether the number itself is what a clause is about ("two are still burning"), or a part of such a number."""
    node = amount.number
    if tokens.tags[node] != "CD":
        return False
    return tokens.deps[node] in ("nsubj", "nsubjpass", "dobj") or points_back(amount, tokens)


def points_back(amount: Amount, tokens: Tokens) -> bool:
    """Whether the number is a part of what was told before ("two of them", "two of these four")."""
    last, first = amount.last, amount.first
    part_of = tokens.lower[last : last + 1] == ("of",) and last + 1 < len(tokens)
    if part_of and tokens.lower[last + 1] in _POINTING:
        return True
    return first > 1 and tokens.lower[first - 1] in _POINTING and tokens.lower[first - 2] == "of"


def people_told(found: Meaning, before: Figure | None, same_sentence: bool, words: Words) -> str | None:
    """Whom an effect befell where the number stands alone ("and 28 wounded"); None for an effect on things."""
    if found.effect not in _OF_PEOPLE:
        return None
    counted = before.counted if before is not None and same_sentence and before.effect is not None else None
    if counted and counted.split()[-1].lower().rstrip("s") in {word.rstrip("s") for word in words.people}:
        return counted
    return PEOPLE


def ranked_noun(tokens: Tokens) -> str | None:
    """The noun of the last ordinal of a passage ("a fourth leak"), whose number later figures may take up."""
    for start, end, label in reversed(tokens.ents):
        head = tokens.heads[end - 1]
        if label == "ORDINAL" and end - start == 1 and head >= end and tokens.tags[head] == "NN":
            return tokens.words[head]
    return None


def measured(amount: Amount, tokens: Tokens, words: Words) -> str | None:
    """What an amount with a unit measures, by the words beside it."""
    unit, last = amount.unit, amount.last
    if unit is None:
        return None
    if unit.si == "m":
        for word in tokens.lower[last : last + _NEXT]:
            if word in words.extents:
                return words.extents[word]
        return None
    if not _money(unit):
        return None
    head = tokens.heads[amount.number]
    worth = next((n for n in (head, tokens.heads[head]) if tokens.lower[n] == "worth"), None)
    if worth is not None:
        goods = tokens.heads[worth]
        return tokens.words[goods] if tokens.tags[goods] in ("NN", "NNS") else None
    if tokens.lower[last : last + 1] == ("in",):
        source = tokens.child(last, "pobj")
        if source is not None and tokens.tags[source] in ("NN", "NNS") and source - last <= _NEXT:
            return " ".join(tokens.words[last + 1 : source + 1])
    return None


def _money(unit: UnitOfMeasure) -> bool:
    return unit.si is None and unit.id.isupper()
