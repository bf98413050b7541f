"""Find the amounts in a passage: numbers with their bounds and units, as ranges of tokens."""

import re
from collections.abc import Iterator

from msgspec import Struct

from dateline.knowledge.lexicon.figures import UnitOfMeasure
from dateline.model.vocab import Bound
from dateline.nlp.base import Tokens
from dateline.read.figures.words import Words

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?")
_GROUP = re.compile(r"\d{3}")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)(bn|mn|m|k)")
_ATTACHED = re.compile(r"(\d+(?:[.,]\d+)*)(%|km2|km²|km|kg|mm|cm|mw|gw|ft|lbs|m)")
_TO = frozenset({"to", "-", "–", "—", "and", "or"})


class Number(Struct, frozen=True):
    """A bare number: tokens ``[first, last)``. ``least`` is set, and ``value`` None, for "dozens"."""

    first: int
    last: int
    value: float | None
    least: float | None = None
    unit: str | None = None


class Amount(Struct, frozen=True, kw_only=True):
    """A number with what bounds it. ``[first, last)`` covers bound, number and unit; ``number`` is where the
    parse attaches it.
    """

    first: int
    last: int
    number: int
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: UnitOfMeasure | None = None
    multiple: bool = False
    fraction: bool = False


def amounts(tokens: Tokens, words: Words) -> Iterator[Amount]:
    """The amounts of a passage in order of the text, none overlapping another."""
    at, size = 0, len(tokens)
    while at < size:
        lower = tokens.lower[at]
        if not (lower[0].isdigit() or lower in words.starters or lower[0] in "$€£₽₴"):
            at += 1
            continue
        amount = _amount(at, tokens, words)
        if amount is None:
            at += 1
        else:
            yield amount
            at = max(amount.last, at + 1)


def _amount(at: int, tokens: Tokens, words: Words) -> Amount | None:
    symbol = words.symbols.get(tokens.words[at])
    if symbol is None and (part := _fraction(at, tokens, words)) is not None:
        return part
    first = number(at + (symbol is not None), tokens, words)
    if first is None:
        return _relation(at, tokens, words) if symbol is None else None
    start, last = at, first.last
    low = high = value = first.value
    bound = Bound.EXACT
    second = _other_end(first, tokens, words)
    if second is not None and second.value is not None and value is not None:
        lowest = value
        if second.value >= 1000 and value < 1000 and second.last - second.first > 1 and last == first.first + 1:
            # "two to three thousand": the scale counts for both ends.
            scale = words.scale.get(tokens.lower[second.last - 1])
            lowest = value * scale if scale and value * scale < second.value else value
        if lowest < second.value:
            low, high, value, bound, last = lowest, second.value, None, Bound.RANGE, second.last
    if first.least is not None:
        low, high, value, bound = first.least, None, None, Bound.PLURAL
    unit, last = (symbol, last) if symbol else _unit(last, tokens, words)
    if unit is None and first.least is not None and tokens.lower[last : last + 1] == ("of",):
        unit, beyond = _unit(last + 1, tokens, words)
        last = beyond if unit else last
    if unit is None and first.unit is not None:
        unit = words.units.get((first.unit,))
    start = _article(start, tokens, words)
    start, before = _before(start, tokens, words)
    last, after = _after(last, tokens, words)
    stated = before or after
    if stated is not None and bound is Bound.EXACT:
        bound = stated
        low = value if stated in (Bound.AT_LEAST, Bound.MORE_THAN) else None
        high = value if stated in (Bound.AT_MOST, Bound.LESS_THAN) else None
    if bound is Bound.RANGE and before is None and start > 0 and tokens.lower[start - 1] in ("between", "from"):
        start -= 1
    return Amount(
        first=start,
        last=last,
        number=first.last - 1,
        value=value,
        low=low,
        high=high,
        bound=bound,
        unit=unit,
        multiple=unit is not None and unit.id == "times",
    )


def number(at: int, tokens: Tokens, words: Words) -> Number | None:
    """The number that starts at a token: digits, words, or both ("2.5 million", "tens of thousands")."""
    if at >= len(tokens):
        return None
    lower = tokens.lower[at]
    if lower in words.plural:
        return _plural(at, tokens, words)
    if lower[0].isdigit():
        return _digits(at, tokens, words)
    return _spelt(at, tokens, words)


def _digits(at: int, tokens: Tokens, words: Words) -> Number | None:
    # A stray full stop after the digits ("300,000. people") is no part of the number.
    word = tokens.lower[at].rstrip(".,")
    unit = None
    if not _DIGITS.fullmatch(word):
        if (scaled := _SCALED.fullmatch(word)) and scaled[2] != "m":
            return Number(at, at + 1, float(scaled[1]) * words.scale[scaled[2]])
        attached = _ATTACHED.fullmatch(word)
        if attached is None or not _DIGITS.fullmatch(attached[1]):
            return None
        word, unit = attached[1], attached[2]
        if unit == "m" and at and tokens.words[at - 1] in words.symbols:
            return Number(at, at + 1, float(word.replace(",", "")) * 1e6)
        return Number(at, at + 1, float(word.replace(",", "")), unit=unit)
    value, last = float(word.replace(",", "")), at + 1
    while (
        last < len(tokens)
        and "." not in word
        and len(tokens.words[last - 1]) <= 3
        and _GROUP.fullmatch(tokens.words[last])
        and tokens.starts[last] == tokens.ends[last - 1] + 1
        and (tokens.words[last] == "000" or tokens.heads[at] in (last, tokens.heads[last]) or tokens.heads[last] == at)
    ):
        # Thousands parted by a space: "300 000".
        value, last = value * 1000 + int(tokens.words[last]), last + 1
    while last < len(tokens) and (scale := words.scale.get(tokens.lower[last])) and tokens.lower[last] != "dozen":
        value, last = value * scale, last + 1
    return Number(at, last, value)


def _spelt(at: int, tokens: Tokens, words: Words) -> Number | None:
    total = current = 0.0
    last, seen, node = at, False, at
    if tokens.lower[at] in words.scale:
        # "a hundred", "half a million": a bare scale word needs its article.
        if not at or tokens.lower[at - 1] not in ("a", "an", "half") or len(tokens.lower[at]) < 3:
            return None
        current = 0.5 if "half" in tokens.lower[max(0, at - 2) : at] else 1.0
    while node < len(tokens):
        lower = tokens.lower[node]
        if lower in words.small:
            value = words.small[lower]
            if seen and current % 100 and not (value < 10 and current % 10 == 0):
                break
            current += value
        elif lower in words.scale and (seen or node == at):
            scale = words.scale[lower]
            if scale >= 1000:
                total, current = total + (current or 1) * scale, 0.0
            else:
                current = (current or 1) * scale
        elif seen and lower in ("-", "and") and node + 1 < len(tokens):
            follows = tokens.lower[node + 1]
            if follows in words.small and (lower == "-" or tokens.lower[node - 1] in words.scale):
                node += 1
                continue
            break
        else:
            break
        seen, node = True, node + 1
        last = node
    return Number(at, last, total + current) if seen else None


def _plural(at: int, tokens: Tokens, words: Words) -> Number | None:
    least, last = 2 * words.plural[tokens.lower[at]], at + 1
    while last + 1 < len(tokens) and tokens.lower[last] == "of" and tokens.lower[last + 1] in words.plural:
        least, last = least * words.plural[tokens.lower[last + 1]], last + 2
    return Number(at, last, None, least)


def _relation(at: int, tokens: Tokens, words: Words) -> Amount | None:
    """Fractions ("a third of the town", "half the crew") and multiples ("twice as many")."""
    lower, size = tokens.lower[at], len(tokens)
    if lower in words.multiple and at + 1 < size and tokens.lower[at + 1] in ("as", "the", "that"):
        value = words.multiple[lower]
        return Amount(
            first=at, last=at + 1, number=at, value=value, low=value, high=value, bound=Bound.EXACT, multiple=True
        )
    if lower in words.fraction and at + 1 < size and tokens.lower[at + 1] == "of":
        if lower != "half" and (not at or tokens.lower[at - 1] not in ("a", "one")):
            return None
        value = words.fraction[lower]
        start, bound = _before(at - (lower != "half"), tokens, words)
        return Amount(
            first=start,
            last=at + 1,
            number=at,
            value=value,
            low=None if bound else value,
            high=None if bound else value,
            bound=bound or Bound.EXACT,
            fraction=True,
        )
    return None


def _fraction(at: int, tokens: Tokens, words: Words) -> Amount | None:
    """ "Two thirds", "three-quarters"."""
    many = words.small.get(tokens.lower[at])
    part = at + 2 if tokens.lower[at + 1 : at + 2] == ("-",) else at + 1
    if many is None or part >= len(tokens) or not (share := words.fraction.get(tokens.lower[part])):
        return None
    if tokens.lower[part][-1] != "s" and many != 1:
        return None
    value = round(many * share, 2)
    start, bound = _before(at, tokens, words)
    return Amount(
        first=start, last=part + 1, number=part, value=value, low=None if bound else value,
        high=None if bound else value, bound=bound or Bound.EXACT, fraction=True,
    )  # fmt: skip


def _other_end(first: Number, tokens: Tokens, words: Words) -> Number | None:
    """The number after "to", "-" or, behind "between", "and"."""
    link = first.last
    if link + 1 >= len(tokens) or tokens.lower[link] not in _TO:
        return None
    lower = tokens.lower[link]
    between = first.first > 0 and tokens.lower[first.first - 1] == "between"
    if lower == "and" and not between:
        return None
    return number(link + 1, tokens, words)


def _unit(at: int, tokens: Tokens, words: Words) -> tuple[UnitOfMeasure | None, int]:
    step = at + 1 if at + 1 < len(tokens) and tokens.lower[at] == "-" else at
    for length in (2, 1):
        unit = words.units.get(tokens.lower[step : step + length])
        if unit is not None and not (unit.id == "foot" and tokens.lower[step] == "foot" and step == at):
            return unit, step + length
    return None, at


def _article(start: int, tokens: Tokens, words: Words) -> int:
    if start and tokens.lower[start] in words.scale and tokens.lower[start - 1] in ("a", "an"):
        return start - 1 - (tokens.lower[max(0, start - 2)] == "half")
    return start - (bool(start) and tokens.lower[start] in words.scale and tokens.lower[start - 1] == "half")


def _before(start: int, tokens: Tokens, words: Words) -> tuple[int, Bound | None]:
    for phrase, bound in words.before.items():
        if start >= len(phrase) and tokens.lower[start - len(phrase) : start] == phrase:
            if phrase == ("over",) and start > 1 and tokens.lemmas[start - 2] in words.particled:
                # "Handed over 55 prisoners".
                return start, None
            return start - len(phrase), bound
    return start, None


def _after(last: int, tokens: Tokens, words: Words) -> tuple[int, Bound | None]:
    for phrase, bound in words.after.items():
        if tokens.lower[last : last + len(phrase)] == phrase:
            return last + len(phrase), bound
    return last, None
