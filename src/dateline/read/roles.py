"""The roles that a report gives to people: "President NAME", "NAME, the mayor of X", "NAME (spokesman)"."""

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.mentions import Role
from dateline.model.records import Mention
from dateline.model.span import Span
from dateline.model.vocab import Label
from dateline.nlp.base import Tokens
from dateline.read.known import Roles, roles
from dateline.read.reading import Reading

REACH = 9
"""Tokens looked at behind a name for an apposition."""

_STOPS = frozenset({".", ";", ":", '"', "said", "says", "told", "stated", "who", "which", "that"})
_WHILE = frozenset({"while", "when", "as"})
_COPULA = frozenset({"is", "was"})


class RoleSeen(Struct, frozen=True):
    """A role given to the person of a mention: its words in the report, entry, qualifiers, and of whom.

    ``countries`` are ISO codes and ``bodies`` actor ids or names that the role stands beside; ``place`` is a
    place named with it (the mayor of X); ``behind`` that it stands behind the name ("NAME, the mayor").
    """

    mention: str
    text: str
    span: Span
    role: Role
    qualifiers: frozenset[str]
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    behind: bool = False


def roles_seen(reading: Reading) -> tuple[RoleSeen, ...]:
    """Every role that the report gives to a person by name, in order of the text."""
    table = roles(reading.knowledge)
    by_passage: dict[int, list[tuple[int, int, Mention]]] = {}
    passage = 0
    passages = reading.annotated.passages
    for mention in reading.annotated.mentions:
        while passage + 1 < len(passages) and passages[passage].evidence.span.end <= mention.evidence.span.start:
            passage += 1
        first, last = reading.tokens[passage].within(mention.evidence.span)
        if last > first:
            by_passage.setdefault(passage, []).append((first, last, mention))
    seen: list[RoleSeen] = []
    for index, inside in by_passage.items():
        tokens = reading.tokens[index]
        for first, last, mention in inside:
            if mention.label is Label.PERSON:
                for found in (_before(tokens, first, table), _after(tokens, last, table)):
                    if found is not None:
                        seen.append(_seen(reading, tokens, mention, found, inside, table))
    return tuple(seen)


def _before(tokens: Tokens, first: int, table: Roles) -> tuple[int, int, int, int, Role] | None:
    """A role that ends right before the name (a comma may stand between): role start, end, reach start, end."""
    end = first - 1 if first and tokens.words[first - 1] == "," else first
    if end == 0:
        return None
    for words, role in table.by_last.get(tokens.lower[end - 1], ()):
        start = end - len(words)
        if start >= 0 and tokens.lower[start:end] == words:
            # "the president, Mara Venn" wants the article; "said the mayor Mara Venn" does not.
            if end < first and not _determined(tokens, start):
                return None
            sentence, _ = tokens.sentence(start)
            return start, end, max(sentence, start - 6), start, role
    return None


def _determined(tokens: Tokens, start: int) -> bool:
    return any(tokens.tags[i] in {"DT", "PRP$", "POS", "JJ"} for i in range(max(0, start - 3), start))


def _after(tokens: Tokens, last: int, table: Roles) -> tuple[int, int, int, int, Role] | None:
    """A role in an apposition, in brackets or after "is": "NAME, the mayor of X,", "NAME (mayor)"."""
    if last >= len(tokens):
        return None
    opening = tokens.words[last]
    if opening not in {",", "("} and tokens.lower[last] not in _COPULA:
        return None
    limit = min(tokens.sentence(last)[1], last + 1 + REACH)
    for i in range(last + 1, limit):
        word = tokens.lower[i]
        if word in _STOPS or (opening == "(" and word == ")") or (word == "," and i > last + 1):
            return None
        if tokens.pos[i] in {"VERB", "AUX"} and word not in _COPULA:
            return None
        for words, role in table.by_first.get(word, ()):
            end = i + len(words)
            # "the foreign policy chief": the longer role that starts further on is the role.
            goes_on = opening == "," and end < len(tokens) and tokens.lower[end] in table.by_first
            if tokens.lower[i:end] == words and not goes_on:
                closing = next((j for j in range(end, limit) if _closes(tokens, j)), limit)
                return i, end, last + 1, closing, role
    return None


def _closes(tokens: Tokens, token: int) -> bool:
    """Whether an apposition ends before this token."""
    return (
        tokens.words[token] in {",", ")", ";", "."}
        or tokens.lower[token] in _STOPS
        or tokens.tags[token] in {"VBD", "VBZ", "VBP", "MD"}
    )


def _seen(
    reading: Reading,
    tokens: Tokens,
    mention: Mention,
    found: tuple[int, int, int, int, Role],
    inside: list[tuple[int, int, Mention]],
    table: Roles,
) -> RoleSeen:
    start, end, reach_start, reach_end, role = found
    before = start
    while before and (tokens.lower[before - 1] in table.qualifiers or tokens.words[before - 1] == "-"):
        before -= 1
    qualifiers = _qualifying(tokens, before, start, table)
    countries: list[str] = []
    bodies: list[str] = []
    words_start = before
    for first, last, other in inside:
        adjacent = reach_start <= first and last <= max(reach_end, start)
        if other.id == mention.id or not adjacent or other.label is Label.PERSON:
            continue
        if reach_end <= start and not _leads(tokens, last, before):
            continue
        words_start = min(words_start, first) if last <= before else words_start
        _belongs(reading.knowledge, other.evidence.quote, countries, bodies)
    qualifiers |= _qualifying(tokens, max(0, words_start - 2), words_start, table)
    if tokens.lower[reach_start - 1] == "was" or (words_start and tokens.lower[words_start - 1] in _WHILE):
        qualifiers.add("past")
    words_end = reach_end if reach_end > start else end
    span = tokens.span(words_start if words_start < start else before, max(end, words_end))
    return RoleSeen(
        mention.id,
        span.of(reading.text),
        span,
        role,
        frozenset(qualifiers),
        tuple(countries),
        tuple(bodies),
        span.start > mention.evidence.span.start,
    )


def _qualifying(tokens: Tokens, first: int, last: int, table: Roles) -> set[str]:
    """What the qualifiers on tokens ``[first, last)`` say: past, dead, leaving, coming."""
    return {table.qualifiers[word] for word in tokens.lower[first:last] if word in table.qualifiers}


def _leads(tokens: Tokens, last: int, role: int) -> bool:
    """Whether only modifiers stand between a name and the role that it qualifies ("Czech", "UN's chief")."""
    return all(tokens.tags[i] in {"POS", "JJ", "NN", "VBG", "HYPH", "NNP"} for i in range(last, role))


def _belongs(knowledge: Knowledge, name: str, countries: list[str], bodies: list[str]) -> None:
    country = knowledge.actors.country_of(name)
    if country:
        countries.append(country)
    for actor in knowledge.actors.named(name)[:1]:
        bodies.append(actor.id)
        if actor.country and not country:
            countries.append(actor.country)
    if not country and not bodies:
        bodies.append(name)
