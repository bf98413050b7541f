"""Where and when an event was, and whose word it is.

Place and time are taken from the event's clause, else from its sentence, else from the dateline (place) or the
publication date (time, of what occurred), and the basis says which. A place name that stands for a government
is no place of an event. What a report dates more than ``HISTORY`` days before its publication is background.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.model.records import AnnotatedReport, Place, Statement, Time
from dateline.model.span import Span
from dateline.model.vocab import CueClass, EventBasis, Status, TimeType, Voice
from dateline.nlp.base import Tokens

HISTORY = 180
"""Days before publication from which a dated event is told as history."""

_CLAUSE_HEADS = ("VERB", "AUX")
_BOUNDARY = {"ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "ROOT"}


LONGEST = 400
"""Days beyond which an interval ("since the war") dates no event."""


class Where(Struct, frozen=True):
    """A place with the basis on which an event is put there."""

    place: Place | None
    name: str | None
    basis: EventBasis


class When(Struct, frozen=True):
    """An interval with the basis on which an event is dated."""

    from_: str | None
    to: str | None
    basis: EventBasis


class Claim(Struct, frozen=True):
    """Whose word an event is."""

    voice: Voice
    statement: Statement | None


def clause(tokens: Tokens, head: int) -> tuple[int, int]:
    """The token range of the clause that a trigger stands in."""
    node = head
    while tokens.pos[node] not in _CLAUSE_HEADS or tokens.deps[node] not in _BOUNDARY:
        above = tokens.heads[node]
        if above == node:
            break
        node = above
    return tokens.subtree(node)


class Setting:
    """The places, times and statements of one report, ready to be asked."""

    def __init__(self, annotated: AnnotatedReport) -> None:
        self.annotated = annotated
        self.places = sorted((p for p in annotated.places if not p.metonym), key=lambda p: p.evidence.span)
        self.times = sorted(
            (t for t in annotated.times if t.type in (TimeType.DATE, TimeType.TIME) and _pinned(t)),
            key=lambda t: t.evidence.span,
        )
        self.claims = sorted(
            (
                (sum(len(span) for span in s.content), s.id, s)
                for s in annotated.statements
                if s.cue_class is CueClass.SPEECH
            ),
            key=lambda one: one[:2],
        )
        published = annotated.report.published
        self.published = published.last if published else None
        self.first = published.first if published else None

    def where(self, tokens: Tokens, head: int, taken: Sequence[Span]) -> Where:
        """The place of the event whose trigger is at ``head``; ``taken`` are the spans of its actors."""
        at = tokens.starts[head]
        for basis, (start, end) in self._ranges(tokens, head):
            span = tokens.span(start, end)
            near = [
                p
                for p in self.places
                if span.contains(p.evidence.span) and not any(one.contains(p.evidence.span) for one in taken)
            ]
            if near:
                best = min(near, key=lambda p: (not self._local(tokens, p), abs(p.evidence.span.start - at)))
                return Where(best, best.name, basis)
        line = self.annotated.head
        if line.place:
            return Where(None, line.place, EventBasis.DATELINE)
        return Where(None, None, EventBasis.NONE)

    def when(self, tokens: Tokens, head: int, status: Status, bare: bool) -> When:
        """The dates of the event whose trigger is at ``head``.

        A ``bare`` noun that has not happened takes only a date in its own phrase: "spoke on Tuesday of the
        planned annexation" dates the speech.
        """
        at = tokens.starts[head]
        ranges = self._ranges(tokens, head)
        if bare and status not in (Status.OCCURRED, Status.ONGOING):
            ranges = [(EventBasis.CLAUSE, tokens.subtree(head))]
        for basis, (start, end) in ranges:
            span = tokens.span(start, end)
            near = [t for t in self.times if span.contains(t.evidence.span)]
            if near:
                best = min(near, key=lambda t: abs(t.evidence.span.start - at))
                return When(best.from_, best.to or best.from_, basis)
        if self.published and self.first and status in (Status.OCCURRED, Status.ONGOING):
            return When(self.first.isoformat(), self.published.isoformat(), EventBasis.PUBLISHED)
        return When(None, None, EventBasis.NONE)

    def history(self, tokens: Tokens, head: int, when: When) -> bool:
        """Whether the event is dated long before the report."""
        if self.first is None:
            return False
        if when.to and when.basis in (EventBasis.CLAUSE, EventBasis.SENTENCE):
            try:
                return date.fromisoformat(when.to[:10]) < self.first - timedelta(days=HISTORY)
            except ValueError:
                return False
        start, end = clause(tokens, head)
        years = [int(w) for w in tokens.words[start:end] if len(w) == 4 and w.isdigit() and w[:2] in ("18", "19", "20")]
        return bool(years) and max(years) < self.first.year

    def claim(self, span: Span) -> Claim:
        """The innermost statement whose content holds a span, and its voice; else the reporter's."""
        for _, _, statement in self.claims:
            if any(content.contains(span) for content in statement.content):
                return Claim(statement.voice, statement)
        return Claim(Voice.REPORTER, None)

    def _ranges(self, tokens: Tokens, head: int) -> list[tuple[EventBasis, tuple[int, int]]]:
        return [(EventBasis.CLAUSE, clause(tokens, head)), (EventBasis.SENTENCE, tokens.sentence(head))]

    @staticmethod
    def _local(tokens: Tokens, place: Place) -> bool:
        """Whether a preposition leads to the place, as in "in Kherson"."""
        i = tokens.at(place.evidence.span.end - 1)
        if i is None:
            return False
        while tokens.deps[i] in ("compound", "poss", "amod", "nmod", "conj", "appos") and tokens.heads[i] != i:
            i = tokens.heads[i]
        return tokens.deps[i] == "pobj"


def _pinned(time: Time) -> bool:
    """Whether a time says when, rather than since when."""
    if not time.from_ or time.to is None:
        return False
    try:
        return date.fromisoformat(time.to[:10]) - date.fromisoformat(time.from_[:10]) <= timedelta(days=LONGEST)
    except ValueError:
        return False
