"""Who stands behind a figure, and whether they fight in the conflict."""

import re
from bisect import bisect_left

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.folding import fold
from dateline.model.records import AnnotatedReport, Mention, Part, Statement
from dateline.model.span import Span
from dateline.model.vocab import Sex
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount
from dateline.read.figures.words import Words
from dateline.read.reading import Reading

_SHORT = 2
"""Words of a claimant who is nobody else than the one named before ("the group")."""
_SET_OFF = re.compile(r", (where|which)\b[^.;:]*$")
_SEXED = {"he": Sex.MALE, "she": Sex.FEMALE}


class Claimants:
    """The statements and mentions of one report, for look-up by offset."""

    def __init__(self, reading: Reading, statements: tuple[Statement, ...]) -> None:
        self._annotated: AnnotatedReport = reading.annotated
        self._actors = reading.knowledge.actors
        self._statements = statements
        self._mentions = sorted(reading.annotated.mentions, key=lambda m: m.evidence.span)
        self._starts = [m.evidence.span.start for m in self._mentions]
        self._referents = {r.id: r for r in reading.annotated.referents}

    def statement(self, span: Span) -> Statement | None:
        """The statement with the shortest content that holds the span, or None."""
        best: tuple[int, Statement] | None = None
        for statement in self._statements:
            size = sum(len(content) for content in statement.content)
            if self._aside(statement, span):
                continue
            # The start is enough: a content may end inside a noun phrase that the figure's words reach into.
            held = _among(tuple(c for c in statement.content if not self._apart(c, statement)), span.start)
            if held and (best is None or size < best[0]):
                best = size, statement
        return best[1] if best else None

    def _aside(self, statement: Statement, span: Span) -> bool:
        """Whether a clause set off by a comma parts a figure from the cue before it, and another cue follows behind:
        "rebels accused the army of shelling Velm, where the toll rose to seven, according to medics"."""
        cue = statement.cue
        if (
            cue is None
            or cue.span.end > span.start
            or not _SET_OFF.search(self._annotated.text[cue.span.end : span.start])
        ):
            return False
        return any(
            other.cue is not None and other.cue.span.start >= span.end and _among(other.content, span.start)
            for other in self._statements
        )

    def _apart(self, content: Span, statement: Statement) -> bool:
        """Whether a semicolon parts a content from the cue behind it: "12 people died; police said two were shot"."""
        cue = statement.cue
        behind = cue is not None and content.end <= cue.span.start
        return behind and self._annotated.text[content.end :].lstrip().startswith(";")

    def claims(self, amount: Amount, span: Span, tokens: Tokens, words: Words) -> tuple[Part | None, Statement | None]:
        """Who gives a figure, and in which statement: who counts within what another says gives it more narrowly.

        A figure that no content holds belongs to the statement whose cue its clause hangs on ("police said two died").
        """
        statement = self.statement(span) or self._cued(amount, tokens)
        found = reckoning(amount, tokens, words)
        counts = found.subject if found is not None else None
        if counts is not None and (
            statement is None or any(c.start <= tokens.starts[counts] < c.end for c in statement.content)
        ):
            reckoner = self._part(counts, tokens, words)
            if reckoner is not None or statement is None:
                return reckoner, statement
        if statement is None or (statement.speaker is not None and statement.speaker.text.isdigit()):
            # A bare number is nobody who claims: "six dead, 38 admitted".
            return None, None
        return statement.speaker, statement

    def _cued(self, amount: Amount, tokens: Tokens) -> Statement | None:
        """The statement whose cue takes the clause of an amount that stands behind it."""
        node = amount.number
        for above in tokens.ancestors(node):
            if tokens.deps[node] == "ccomp" and above < node:
                start = tokens.starts[above]
                return next(
                    (s for s in self._statements if s.cue is not None and s.cue.span.start <= start < s.cue.span.end),
                    None,
                )
            node = above
        return None

    def _part(self, head: int, tokens: Tokens, words: Words) -> Part | None:
        first, last = tokens.subtree(head)
        # "A figure police put at six": the parse may join the figure to those who give it.
        first = max((n + 1 for n in range(first, head) if tokens.lower[n] in words.tolls), default=first)
        span = tokens.span(first, last)
        at = tokens.span(head, head + 1)
        if tokens.pos[head] == "PRON":
            referent = self._antecedent(at.start, _SEXED.get(tokens.lower[head]))
            return Part.at(self._annotated.text, at, referent=referent) if referent else None
        named = next((m.referent for m in self._within(span) if m.evidence.span.overlaps(at)), None)
        part = Part.at(self._annotated.text, span, referent=named)
        return part if named else self._heard_before(part, tokens.lower[head], tokens.lower[first] == "the")

    def _heard_before(self, part: Part, head: str, definite: bool) -> Part:
        """The part as the last speaker before with the same noun: "the group" is the "opposition group"."""
        if not definite or len(part.text.split()) > _SHORT:
            return part
        for statement in reversed(self._statements):
            speaker = statement.speaker
            if speaker is None or speaker.span.start >= part.span.start:
                continue
            if speaker.text.lower().split()[-1] == head:
                meant = speaker.stands_for or speaker.text
                return replace(part, referent=speaker.referent, stands_for=None if speaker.referent else meant)
        return part

    def _antecedent(self, before: int, sex: Sex | None) -> str | None:
        """The last speaker before an offset whose sex a "he" or "she" fits."""
        for statement in reversed(self._statements):
            speaker = statement.speaker
            if speaker is None or statement.evidence.span.start >= before:
                continue
            referent = self._referents.get(speaker.referent or "")
            if sex is None or referent is None:
                return None
            return referent.id if referent.sex in (sex, None) else None
        return None

    def is_party(self, claimant: Part | None) -> bool | None:
        """Whether the claimant is, or belongs to, a party to a conflict; None where that is not known.

        By the referent, else by the countries and bodies that the claimant's words name ("Ukrainian officials",
        "officials from Moscow").
        """
        if claimant is None:
            return None
        published = self._annotated.report.published
        day = published.first if published is not None else None
        own = self._referents.get(claimant.referent or "")
        known = [(own.country, own.actor)] if own is not None and (own.country or own.actor) else []
        if not known:
            known = [found for m in self._within(claimant.span) if (found := self._belongs(m)) is not None]
        if not known:
            return None
        return any(self._actors.is_party(country, actor, day) for country, actor in known)

    def _belongs(self, mention: Mention) -> tuple[str | None, str | None] | None:
        referent = self._referents.get(mention.referent or "")
        name = mention.evidence.quote
        country = self._actors.country_of(name) or self._actors.capitals.get(fold(name))
        if referent is not None:
            country = country or referent.country
        actor = referent.actor if referent is not None else None
        return (country, actor) if country or actor else None

    def _within(self, span: Span) -> list[Mention]:
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self._mentions[first:last]


def _among(spans: tuple[Span, ...], offset: int) -> bool:
    return any(span.start <= offset < span.end for span in spans)


class Reckoning(Struct, frozen=True):
    """The verb that tells a count, and the token of who counts, if it is said."""

    verb: int
    subject: int | None


def reckoning(amount: Amount, tokens: Tokens, words: Words) -> Reckoning | None:
    """The verb that tells an amount as a count: "NAME put the toll at 30", "officials counted 28 wounded"."""
    node = amount.number
    for verb in tokens.ancestors(node):
        if tokens.pos[verb] != "VERB":
            node = verb
            continue
        subject = tokens.child(verb, "nsubj")
        if subject is None and tokens.child(verb, "auxpass") is not None:
            by = tokens.child(verb, "agent")
            subject = tokens.child(by, "pobj") if by is not None else None
        if subject != amount.number and _reckons(verb, node, tokens, words):
            return Reckoning(verb, subject)
        told = tokens.deps[verb] == "acl" and tokens.pos[tokens.heads[verb]] == "NUM"
        if tokens.deps[verb] not in ("conj", "xcomp", "advcl") and not told:
            return None
        node = verb
    return None


def _reckons(verb: int, below: int, tokens: Tokens, words: Words) -> bool:
    """Whether the verb, met from ``below``, tells a count: outright, through "at", or with a word for a toll."""
    lemma = tokens.lemmas[verb].lower()
    if lemma in words.reckon:
        return tokens.deps[below] not in ("nsubj", "nsubjpass")
    if lemma in words.reckon_at:
        return tokens.lower[below] == "at"
    return lemma in words.reckon_toll and any(
        tokens.lemmas[child].lower() in words.tolls for child in tokens.having(verb, "dobj", "nsubjpass")
    )


def speaks_of_a_toll(verb: int, tokens: Tokens, words: Words) -> bool:
    """Whether a verb of reckoning names the count it gives: as its object or subject, by an "it" that is put, or as
    what it is told of ("a figure police put at six")."""
    near = [*tokens.having(verb, "dobj", "nsubj", "nsubjpass")]
    if tokens.deps[verb] == "relcl":
        near.append(tokens.heads[verb])
    beside = (*near, *(c for node in near for c in tokens.having(node, "compound")))
    if any(tokens.lower[n] == "it" and tokens.deps[n] != "nsubj" for n in beside):
        return True
    return any(tokens.lemmas[n].lower() in words.tolls and not _of_things(n, tokens, words) for n in beside)


def people_of(verb: int, tokens: Tokens, words: Words) -> str | None:
    """The people that a count is of, where nothing is told to have befallen them ("the number of marchers")."""
    tolls = (n for n in tokens.having(verb, "dobj", "nsubj", "nsubjpass") if tokens.lemmas[n].lower() in words.tolls)
    preps = [c for toll in tolls for c in tokens.having(toll, "prep") if tokens.lower[c] == "of"]
    of = [n for c in preps for n in tokens.having(c, "pobj")]
    bare = [n for n in of if not {tokens.lower[n], tokens.lemmas[n].lower()} & words.effects.keys()]
    plain = [n for n in bare if not any(tokens.deps[c] in ("acl", "relcl", "amod") for c in tokens.children(n))]
    return tokens.lemmas[plain[0]].lower() if plain else None


def _of_things(toll: int, tokens: Tokens, words: Words) -> bool:
    """Whether a count is said to be of something else than people: "put the number of rounds at 14"."""
    of = [n for c in tokens.having(toll, "prep") if tokens.lower[c] == "of" for n in tokens.having(c, "pobj")]
    known = words.people | words.effects.keys()
    return bool(of) and not any({tokens.lower[n], tokens.lemmas[n].lower()} & known for n in of)
