"""Turns the tokens of actors and recipients into parties: words, referent, country and sector."""

from bisect import bisect_right

from dateline.model.records import AnnotatedReport, Mention, Part, Party, Referent
from dateline.model.span import Span
from dateline.nlp.base import Tokens
from dateline.read.events.roles import Roles

MARKS = " \t\n'\"‘’“”`"
"""What is taken off the ends of a phrase."""


class Parties:
    """The mentions and referents of a report, ready to be asked which one a phrase names."""

    def __init__(self, annotated: AnnotatedReport) -> None:
        self.text = annotated.text
        self.referents: dict[str, Referent] = {r.id: r for r in annotated.referents}
        self.mentions = sorted(annotated.mentions, key=lambda m: m.evidence.span)
        self.starts = [m.evidence.span.start for m in self.mentions]

    def parties(self, tokens: Tokens, roles: Roles, heads: list[int]) -> tuple[Party, ...]:
        """A party for each head token, in order of the text."""
        return tuple(self._party(tokens, roles, head) for head in heads)

    def part(self, span: Span) -> Part:
        """A piece of a record at a span, with the referent that its last name stands for."""
        span = span.strip(self.text, MARKS)
        inside = self._within(span)
        own = self._mention(span) or (inside[-1] if inside else None)
        return Part.at(self.text, span, referent=own.referent if own else None)

    def _party(self, tokens: Tokens, roles: Roles, head: int) -> Party:
        span = tokens.span(*roles.phrase(head)).strip(self.text, MARKS)
        own = self._mention(tokens.span(head, head + 1))
        referent = self.referents.get(own.referent) if own is not None and own.referent else None
        country, sector = (referent.country, referent.sector) if referent else (None, None)
        if country is None:
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
