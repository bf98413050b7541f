"""Who stands behind a figure, and whether they fight in the conflict."""

from bisect import bisect_left

from dateline.knowledge.folding import fold
from dateline.model.records import AnnotatedReport, Mention, Part, Statement
from dateline.model.span import Span
from dateline.model.vocab import Sex
from dateline.nlp.base import Tokens
from dateline.read.figures.amounts import Amount
from dateline.read.figures.words import Words
from dateline.read.reading import Reading

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
            # The start is enough: a content may end inside a noun phrase that the figure's words reach into.
            held = any(c.start <= span.start < c.end for c in statement.content)
            if held and (best is None or size < best[0]):
                best = size, statement
        return best[1] if best else None

    def reckoner(self, amount: Amount, tokens: Tokens, words: Words) -> Part | None:
        """Who a verb of reckoning says made the count: "NAME put the toll at 30", "officials counted 28 wounded"."""
        node = amount.number
        for verb in tokens.ancestors(node):
            if tokens.pos[verb] != "VERB":
                node = verb
                continue
            subject = tokens.child(verb, "nsubj")
            if subject is None and tokens.child(verb, "auxpass") is not None:
                by = tokens.child(verb, "agent")
                subject = tokens.child(by, "pobj") if by is not None else None
            if subject is not None and subject != amount.number and _reckons(verb, node, tokens, words):
                return self._part(subject, tokens)
            told = tokens.deps[verb] == "acl" and tokens.pos[tokens.heads[verb]] == "NUM"
            if tokens.deps[verb] not in ("conj", "xcomp", "advcl") and not told:
                return None
            node = verb
        return None

    def _part(self, head: int, tokens: Tokens) -> Part | None:
        span = tokens.span(*tokens.subtree(head))
        at = tokens.span(head, head + 1)
        if tokens.pos[head] == "PRON":
            referent = self._antecedent(at.start, _SEXED.get(tokens.lower[head]))
            return Part.at(self._annotated.text, at, referent=referent) if referent else None
        named = next((m.referent for m in self._within(span) if m.evidence.span.overlaps(at)), None)
        return Part.at(self._annotated.text, span, referent=named)

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
