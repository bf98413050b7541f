"""Turns the tokens of actors and recipients into parties: words, referent, country and sector."""

from bisect import bisect_right

from dateline.model.records import Mention, Part, Party, Referent
from dateline.model.span import Span
from dateline.model.vocab import Label
from dateline.nlp.base import Tokens
from dateline.read.events.antecedents import NOUNS, PRONOUNS, Antecedents
from dateline.read.events.roles import Roles
from dateline.read.reading import Reading

MARKS = " \t\n'\"‘’“”`"
"""What is taken off the ends of a phrase."""


class Parties:
    """The mentions and referents of a report, ready to be asked which one a phrase names."""

    def __init__(self, reading: Reading) -> None:
        annotated = reading.annotated
        self.text = annotated.text
        self.antecedents = Antecedents(reading)
        self.referents: dict[str, Referent] = {r.id: r for r in annotated.referents}
        self.mentions = sorted(annotated.mentions, key=lambda m: m.evidence.span)
        self.starts = [m.evidence.span.start for m in self.mentions]

    def parties(self, tokens: Tokens, roles: Roles, heads: list[int], breakaway: bool = False) -> tuple[Party, ...]:
        """A party for each head token, in order of the text.

        A pronoun is a party only where its antecedent is known, a bare number only where nothing else is.
        ``breakaway``: a piece of land does not stand for the state that loses it: "recognised the Ardenian region".
        """
        found = [party for head in heads if (party := self._party(tokens, roles, head, breakaway)) is not None]
        worded = [party for party in found if not party.text[:1].isdigit() or " " in party.text]
        return tuple(worded or found)

    def waters(self, tokens: Tokens, head: int) -> bool:
        """Whether a word names a river, a mountain or the like, which does nothing to anybody."""
        own = self._mention(tokens.span(head, head + 1))
        return own is not None and own.label is Label.LOC

    def part(self, tokens: Tokens, words: tuple[int, int]) -> Part | None:
        """A piece of a record at a range of tokens, with the referent that its last name stands for.

        None for a pronoun, and for what a pronoun owns, unless its antecedent is known.
        """
        first = words[0]
        span = tokens.span(*words).strip(self.text, MARKS)
        if tokens.lower[first] in PRONOUNS:
            known = self.antecedents.of(tokens, first)
            alone = words[1] - first == 1
            return Part.at(self.text, span, referent=known.id if alone else None) if known else None
        inside = self._within(span)
        own = self._mention(span) or (inside[-1] if inside else None)
        return Part.at(self.text, span, referent=own.referent if own else None)

    def _party(self, tokens: Tokens, roles: Roles, head: int, breakaway: bool) -> Party | None:
        span = tokens.span(*roles.phrase(head)).strip(self.text, MARKS)
        own = self._mention(tokens.span(head, head + 1))
        referent = self.referents.get(own.referent) if own is not None and own.referent else None
        if referent is None and (tokens.lower[head] in PRONOUNS or tokens.lower[head] in NOUNS):
            referent = self.antecedents.of(tokens, head)
            if referent is None and tokens.lower[head] in PRONOUNS:
                return None
        country, sector = (referent.country, referent.sector) if referent else (None, None)
        if country is None and not (breakaway and tokens.lemmas[head].lower() in roles.pieces):
            # "Russian forces": the people or state that stands before the head.
            country = next((c for c in (self._country(m) for m in self._within(span)) if c), None)
        return Party(
            text=span.of(self.text),
            span=span,
            spans=(span,),
            referent=referent.id if referent else None,
            country=country,
            sector=sector,
        )

    def _country(self, mention: Mention) -> str | None:
        referent = self.referents.get(mention.referent) if mention.referent else None
        return referent.country if referent else None

    def _mention(self, span: Span) -> Mention | None:
        for i in range(bisect_right(self.starts, span.start) - 1, -1, -1):
            mention = self.mentions[i]
            if mention.evidence.span.contains(span):
                return mention
            if span.start - mention.evidence.span.start > 200:
                break
        return None

    def _within(self, span: Span) -> list[Mention]:
        first = bisect_right(self.starts, span.start - 1)
        found: list[Mention] = []
        for mention in self.mentions[first:]:
            if mention.evidence.span.start >= span.end:
                break
            if span.contains(mention.evidence.span):
                found.append(mention)
        return found
