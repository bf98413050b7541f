"""Whose side a speaker and those spoken of are on, as far as the countries of the names in their phrases tell."""

from bisect import bisect_left
from collections.abc import Iterator

from dateline.model.records import AnnotatedReport, Mention, Referent
from dateline.model.span import Span
from dateline.read.statements.ground import Ground, Range


class Sides:
    """The names in one passage, for one speaker.

    ``speaker`` is the speaker's phrase in the report, ``referent`` what it was resolved to. The speaker's side is the
    first country that the phrase names, else the referent's.
    """

    def __init__(self, names: "Names", ground: Ground, speaker: Span | None, referent: str | None) -> None:
        self._names = names
        self._ground = ground
        known = names.referent(referent)
        named = names.within(speaker) if speaker is not None else iter(())
        # "an official of the Velmari administration" speaks for that one, wherever he comes from.
        country = next((r.country for r in named if r.country and r.id != referent), known.country if known else None)
        self._own = frozenset({country} if country else ())
        self._referent = referent

    def same(self, phrase: Range) -> bool:
        """Whether a phrase names the speaker or the speaker's country."""
        found = list(self._names.within(self._ground.span(phrase)))
        return any(r.id == self._referent or (r.country in self._own) for r in found)

    def other(self, phrase: Range) -> bool:
        """Whether a phrase names a party with a country, and not one of the speaker's."""
        countries = {r.country for r in self._names.within(self._ground.span(phrase)) if r.country}
        return bool(countries) and countries.isdisjoint(self._own)


class Names:
    """The named things of a report, by place."""

    def __init__(self, annotated: AnnotatedReport) -> None:
        self._mentions: list[Mention] = sorted(annotated.mentions, key=lambda m: m.evidence.span)
        self._starts = [m.evidence.span.start for m in self._mentions]
        self._referents = {r.id: r for r in annotated.referents}

    def referent(self, id: str | None) -> Referent | None:
        """The referent of that id, or None."""
        return self._referents.get(id) if id else None

    def within(self, span: Span) -> Iterator[Referent]:
        """The referents named within a span, in order, each as often as it is named."""
        for mention in self.mentions(span):
            referent = self._referents.get(mention.referent or "")
            if referent is not None:
                yield referent

    def mentions(self, span: Span) -> Iterator[Mention]:
        """The mentions within a span, in order."""
        for index in range(bisect_left(self._starts, span.start), len(self._mentions)):
            mention = self._mentions[index]
            if mention.evidence.span.start >= span.end:
                return
            if mention.evidence.span.end <= span.end:
                yield mention
