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
    seen: list[RoleSeen] = []
    for index, mentions in reading.mentions_by_passage().items():
        tokens = reading.tokens[index]
        ranges = ((*tokens.within(mention.evidence.span), mention) for mention in mentions)
        inside = [(first, last, mention) for first, last, mention in ranges if last > first]
        for first, last, mention in inside:
            if mention.label is Label.PERSON:
                others = {start for start, _, other in inside if other.label is Label.PERSON}
                for found in (_before(tokens, first, table), _after(tokens, last, table)):
                    # "Venn, President Amsel said": the role in front of another name is not the first one's.
                    if found is not None and (found[0] < first or found[1] not in others):
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
        # "a Russian-installed official": what stands behind a hyphen is no verb of its own.
        if tokens.pos[i] in {"VERB", "AUX"} and word not in _COPULA and tokens.words[i - 1] != "-":
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
        if last < len(tokens) and tokens.words[last] == "-":
            # "a Russian-backed leader" is no leader of Russia.
            continue
        _belongs(reading.knowledge, other.evidence.quote, countries, bodies)
    qualifiers |= _qualifying(tokens, _run_up(tokens, words_start), words_start, table)
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


def _run_up(tokens: Tokens, start: int) -> int:
    """Where the words begin that may qualify a role: up to two, with nothing between but what modifies it."""
    first = start
    while first and start - first < 2 and tokens.words[first - 1].isalpha():
        first -= 1
        if tokens.tags[first] in {"NNP", "NNPS", "IN"} or tokens.pos[first] == "VERB":
            break
    return first


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
