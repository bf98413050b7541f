"""Numbers that are no figures: times, ages, labels, parts of names, enumerations, scores."""

from bisect import bisect_right

from msgspec import Struct

from dateline.model.records import AnnotatedReport
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount
from dateline.read.figures.claimants import reckoning, speaks_of_a_toll
from dateline.read.figures.words import Words

_NAMES = frozenset({"FAC", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART", "ORG", "PERSON", "GPE", "LOC", "NORP"})


class Excluded(Struct, frozen=True):
    """The stretches of a report that times hold, for look-up by offset."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, annotated: AnnotatedReport) -> "Excluded":
        """From the layer of times (in order of the text)."""
        spans = [time.evidence.span for time in annotated.times]
        return cls(tuple(s.start for s in spans), tuple(s.end for s in spans))

    def holds(self, amount: Amount, tokens: Tokens, words: Words) -> bool:
        """Whether the amount is no figure."""
        start, end = tokens.starts[amount.first], tokens.ends[amount.number]
        before = bisect_right(self.starts, end - 1) - 1
        if before >= 0 and self.ends[before] > start:
            return True
        return (
            _age(amount, tokens, words)
            or _label(amount, tokens, words)
            or (_named(amount, tokens) and not _reckoned(amount, tokens, words))
            or _listed(amount, tokens)
            or _score(amount, tokens)
            or _singled_out(amount, tokens)
            or _rated(amount, tokens, words)
        )


def _age(amount: Amount, tokens: Tokens, words: Words) -> bool:
    after = tokens.lower[amount.last : amount.last + 3]
    unit = next((word for word in after if word != "-"), "")
    if amount.unit is None and unit in words.time_units:
        return True
    if unit.startswith("year-") or "aged" in tokens.lower[max(0, amount.first - 2) : amount.first]:
        return True
    # "Mara Venn, 46, leads the council"
    boxed = amount.first and tokens.lower[amount.first - 1] in (",", "(") and after[:1] and after[0] in (",", ")")
    return bool(
        boxed
        and amount.value is not None
        and amount.value < 115
        and amount.first > 1
        and tokens.pos[amount.first - 2] == "PROPN"
    )


def _label(amount: Amount, tokens: Tokens, words: Words) -> bool:
    """A number that follows what it names: "Article 5", "Resolution 425", "Su-27"."""
    if not amount.first:
        return False
    before = amount.first - 1
    if amount.unit is not None:
        return False
    if tokens.lower[before] in words.labels or tokens.lemmas[before].lower() in words.labels:
        return tokens.heads[amount.number] <= before or tokens.deps[amount.number] in ("appos", "npadvmod")
    if tokens.words[before] in ("#", "№"):
        return True
    head = tokens.heads[amount.number]
    return (
        tokens.words[amount.number][0].isdigit()
        and tokens.deps[amount.number] in ("nummod", "appos", "nmod")
        and head == before
        and tokens.pos[before] in ("PROPN", "NOUN")
    )


def _named(amount: Amount, tokens: Tokens) -> bool:
    for start, end, label in tokens.ents:
        if start <= amount.number < end:
            if label in ("DATE", "TIME", "ORDINAL"):
                return amount.unit is None and not amount.fraction
            return label in _NAMES and end - start > amount.number + 1 - amount.first
    return False


def _reckoned(amount: Amount, tokens: Tokens, words: Words) -> bool:
    """A bare number given for a count, which a parser may take for a day: "put the number of wounded at 31"."""
    told = reckoning(amount, tokens, words)
    alone = tokens.deps[amount.number] == "pobj" and tokens.lower[tokens.heads[amount.number]] in ("at", "to")
    return told is not None and alone and speaks_of_a_toll(told.verb, tokens, words)


def _listed(amount: Amount, tokens: Tokens) -> bool:
    """The number of an item ("1. Stay calm") or a number that begins a line with a bracket behind it."""
    first, last = amount.first, amount.last
    start, _ = tokens.sentence(first)
    return first == start and last < len(tokens) and tokens.lower[last] in (")", ".", ":") and last == first + 1


def _score(amount: Amount, tokens: Tokens) -> bool:
    """Scores and ratios: "3-1", "5:4"."""
    last = amount.number + 1
    if last + 1 < len(tokens) and tokens.lower[last] in ("-", "–", ":", "/") and tokens.lower[last + 1][0].isdigit():
        return amount.high is None or amount.value is not None
    if amount.unit is None and not amount.fraction and tokens.lower[last : last + 1] == ("-",):
        # "a two-pronged plan", "one-in-five": a part of a word.
        return tokens.starts[last] == tokens.ends[last - 1]
    first = amount.first
    if first and tokens.lower[first - 1] == "-" and tokens.ends[first - 1] == tokens.starts[first]:
        return True
    return first > 1 and tokens.lower[first - 1] in ("-", "–", ":", "/") and tokens.lower[first - 2][0].isdigit()


def _rated(amount: Amount, tokens: Tokens, words: Words) -> bool:
    """The five of "one in five homes", "one out of five": a rate, not a count."""
    before = tokens.lower[max(0, amount.first - 3) : amount.first]
    if before[-2:] == ("out", "of"):
        before = before[:-1]
    return len(before) > 1 and before[-1] in ("in", "out") and before[-2] in words.small and amount.unit is None


def _singled_out(amount: Amount, tokens: Tokens) -> bool:
    """ "One of", "no one", "one another", "the first one"; and "the two", "these three" with nothing counted."""
    if tokens.lower[amount.number] == "one" and amount.number == amount.first:
        after = tokens.lower[amount.last] if amount.last < len(tokens) else ""
        before = tokens.lower[amount.first - 1] if amount.first else ""
        return after in ("of", "another") or before in ("no", "any", "the", "every", "this", "that")
    return False
