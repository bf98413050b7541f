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
from dateline.model.vocab import CueClass, EventBasis, Precision, Status, TimeType, Voice
from dateline.nlp.base import Tokens

HISTORY = 180
"""Days before publication from which a dated event is told as history."""

_CLAUSE_HEADS = ("VERB", "AUX")
_BOUNDARY = {"ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "ROOT"}


_LOCATIVE = frozenset(
    {"in", "at", "near", "on", "around", "outside", "inside", "across", "off", "within", "throughout", "into"}
    | {"to", "along", "between", "towards", "toward", "over", "through", "beside", "behind", "above", "under", "amid"}
)
"""Prepositions that may say where."""
_NARROW = frozenset({Precision.POINT, Precision.PLACE, Precision.DISTRICT, Precision.REGION})
_CHAIN = 12
_RANGES = frozenset({("from", "to"), ("from", "until"), ("from", "till"), ("between", "and"), ("from", "through")})
_APART = 6

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

    def where(self, tokens: Tokens, head: int, taken: Sequence[Span], held: Sequence[Span], verbal: bool) -> Where:
        """The place of the event whose trigger is at ``head``, by the words that locate it.

        A place locates an event where a preposition leads to it from the event, its parties or a clause that the
        event belongs to, or where it is itself what was done to (``held``, the spans of the recipients of an act
        that has a place). ``taken`` are the spans of its actors. Only ``verbal`` acts in the reporter's own voice
        are put at the dateline: for the rest it says where the reporter writes.
        """
        at = tokens.starts[head]
        for basis, (start, end) in self._ranges(tokens, head):
            span = tokens.span(start, end)
            near: list[tuple[int, int, Place]] = []
            for p in self.places:
                own = p.evidence.span
                if not span.contains(own) or any(one.contains(own) for one in taken):
                    continue
                steps = located(tokens, own, head, any(one.contains(own) for one in held))
                if steps is not None and not (verbal and steps):
                    near.append((steps, abs(own.start - at), p))
            if near:
                best = min(near, key=lambda one: one[:2])[2]
                return Where(best, best.evidence.quote, basis)
        if not verbal:
            alone = self._only_place(tokens, head)
            if alone is not None:
                return Where(alone, alone.evidence.quote, EventBasis.SENTENCE)
        line = self.annotated.head
        if line.place and verbal and self.claim(tokens.span(head, head + 1)).statement is None:
            return Where(None, line.place, EventBasis.DATELINE)
        return Where(None, None, EventBasis.NONE)

    def _only_place(self, tokens: Tokens, head: int) -> Place | None:
        """The one place narrower than a country that a sentence puts anything in, or None.

        "Officials in Arden said that 30 were killed when a convoy was shelled": it is inferred, not told, that
        the convoy was there, so the basis is the sentence.
        """
        span = tokens.span(*tokens.sentence(head))
        inside = [p for p in self.places if span.contains(p.evidence.span)]
        narrow = {p.name: p for p in inside if p.precision in _NARROW and _put_in(tokens, p.evidence.span)}
        return next(iter(narrow.values())) if len(narrow) == 1 else None

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
                first, last = self._stretch(tokens, best, near)
                return When(first.from_, last.to or last.from_, basis)
        if self.published and self.first and status in (Status.OCCURRED, Status.ONGOING):
            return When(self.first.isoformat(), self.published.isoformat(), EventBasis.PUBLISHED)
        return When(None, None, EventBasis.NONE)

    def history(self, tokens: Tokens, head: int, status: Status, when: When) -> bool:
        """Whether the event is dated long before the report.

        What was then only planned or possible ("a treaty to annex", "a plan to sell", "days before the
        invasion") is as old as the past clause that it hangs under.
        """
        if self.first is None:
            return False
        if status not in (Status.OCCURRED, Status.ONGOING):
            return self._past_above(tokens, head) and self._old(tokens, tokens.sentence(head))
        if when.to and when.basis in (EventBasis.CLAUSE, EventBasis.SENTENCE):
            return self._long_ago(when.to)
        return self._old_year(tokens, clause(tokens, head))

    def _stretch(self, tokens: Tokens, one: Time, near: Sequence[Time]) -> tuple[Time, Time]:
        """The first and last time of "from Friday to Tuesday", where one of them is given; else it alone."""
        times = sorted(near, key=lambda t: t.evidence.span)
        k = times.index(one)
        for first, last in zip(times[max(0, k - 1) : k + 1], times[max(0, k - 1) + 1 : k + 2], strict=False):
            start, end = tokens.at(first.evidence.span.start), tokens.at(last.evidence.span.start)
            if start is None or end is None or start == 0 or (first.from_ or "") > (last.to or last.from_ or ""):
                continue
            between = tokens.lower[start - 1], tokens.lower[end - 1]
            if between in _RANGES and end - start <= _APART:
                return first, last
        return one, one

    def _old(self, tokens: Tokens, span: tuple[int, int]) -> bool:
        """Whether all that a stretch of words dates is long ago."""
        words = tokens.span(*span)
        inside = [t for t in self.times if words.contains(t.evidence.span)]
        if inside:
            return all(self._long_ago(t.to or t.from_ or "9") for t in inside)
        return self._old_year(tokens, span)

    def _old_year(self, tokens: Tokens, span: tuple[int, int]) -> bool:
        words = tokens.words[slice(*span)]
        years = [int(w) for w in words if len(w) == 4 and w.isdigit() and w[:2] in ("18", "19", "20")]
        return self.first is not None and bool(years) and max(years) < self.first.year

    def _long_ago(self, day: str) -> bool:
        try:
            return self.first is not None and date.fromisoformat(day[:10]) < self.first - timedelta(days=HISTORY)
        except ValueError:
            return False

    @staticmethod
    def _past_above(tokens: Tokens, head: int) -> bool:
        """Whether the nearest finite verb above an event stands in the past."""
        for node in tokens.ancestors(head):
            if tokens.pos[node] not in _CLAUSE_HEADS:
                continue
            helpers = {tokens.lower[c] for c in tokens.children(node) if tokens.deps[c] in ("aux", "auxpass")}
            if tokens.tags[node] == "VBD" or helpers & {"was", "were", "had"}:
                return True
            if tokens.tags[node] in ("VBZ", "VBP") or helpers:
                return False
        return False

    def claim(self, span: Span) -> Claim:
        """The innermost statement whose content holds a span, and its voice; else the reporter's."""
        for _, _, statement in self.claims:
            if any(content.contains(span) for content in statement.content):
                return Claim(statement.voice, statement)
        return Claim(Voice.REPORTER, None)

    def _ranges(self, tokens: Tokens, head: int) -> list[tuple[EventBasis, tuple[int, int]]]:
        return [(EventBasis.CLAUSE, clause(tokens, head)), (EventBasis.SENTENCE, tokens.sentence(head))]


def _put_in(tokens: Tokens, place: Span) -> bool:
    """Whether a preposition of place governs a place name, through the nouns that it stands in."""
    node = tokens.at(place.end - 1)
    for _ in range(_CHAIN):
        if node is None:
            return False
        above = tokens.heads[node]
        if tokens.deps[node] == "pobj":
            return tokens.lower[above] in _LOCATIVE
        if tokens.deps[node] not in ("compound", "poss", "nmod", "appos", "conj") or above == node:
            return False
        node = above
    return False


def located(tokens: Tokens, place: Span, head: int, held: bool) -> int | None:
    """How many clauses lie between an event and the place that locates it; None where the place does not.

    From the place upwards: its own phrase ("the edge of the city of X", "the X pocket"), a preposition of place,
    then the event or what it belongs to. More than one clause between them is too far, and a place of saying
    is no place of what was said.
    """
    i = tokens.at(place.end - 1)
    if i is None:
        return None
    led = False
    chain = {head, *tokens.ancestors(head)}
    barred = _beyond(tokens, head)
    crossed = 0
    for _ in range(_CHAIN):
        if i == head:
            return crossed if led or held else None
        if i in chain and tokens.pos[i] in _CLAUSE_HEADS:
            return crossed if led and i not in barred else None
        dep, above = tokens.deps[i], tokens.heads[i]
        if above == i:
            return None
        if dep == "pobj":
            led = led or tokens.lower[above] in _LOCATIVE
        elif dep in ("dobj", "nsubj", "nsubjpass", "poss", "amod", "nmod", "compound") and not led and not held:
            if dep in ("nsubj", "dobj", "nsubjpass", "poss"):
                return None
        elif dep == "conj" and i != head and tokens.pos[i] in _CLAUSE_HEADS:
            return None
        if tokens.pos[i] in _CLAUSE_HEADS and i not in chain:
            crossed += 1
            if crossed > 1 or dep == "ccomp":
                return None
        i = above
    return None


def _beyond(tokens: Tokens, head: int) -> set[int]:
    """The verbs above an event that only tell of it: where they say it is not where it is."""
    barred: set[int] = set()
    node, telling = head, False
    for above in tokens.ancestors(head):
        telling = telling or tokens.deps[node] in ("ccomp", "parataxis")
        if telling:
            barred.add(above)
        node = above
    return barred


def _pinned(time: Time) -> bool:
    """Whether a time says when, rather than since when."""
    if not time.from_ or time.to is None:
        return False
    try:
        return date.fromisoformat(time.to[:10]) - date.fromisoformat(time.from_[:10]) <= timedelta(days=LONGEST)
    except ValueError:
        return False
