"""Where and when an event was, and whose word it is.

Place and time are taken from the event's clause, else from its sentence, else from the dateline (place, of what
somebody did at home) or the publication date (time, of what occurred), and the basis says which. "The town" and
"the plant" are the last place of that kind which the passage names before. A place name that stands for a
government is no place of an event. What a report dates more than ``HISTORY`` days before its publication is
background.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct

from dateline.knowledge.lexicon.events import event_frames
from dateline.knowledge.lexicon.figures import Numerals
from dateline.knowledge.lexicon.times import TimeWords
from dateline.model.records import Place, Statement, Time
from dateline.model.span import Span
from dateline.model.vocab import CueClass, EventBasis, Label, Precision, Status, TimeType, Voice
from dateline.nlp.base import Tokens
from dateline.read.events.locating import LOCATIVE, led, located, put_in, put_there, together
from dateline.read.events.offsets import offset
from dateline.read.events.past import ahead, past
from dateline.read.events.telling import beyond, of_another
from dateline.read.metonyms import marked
from dateline.read.reading import Reading

HISTORY = 180
"""Days before publication from which a dated event is told as history."""

_CLAUSE_HEADS = ("VERB", "AUX")
_BOUNDARY = {"ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "ROOT"}


_TO, _ON = frozenset({"to", "into"}), frozenset({"on", "upon"})
_NARROW = frozenset({Precision.POINT, Precision.PLACE, Precision.DISTRICT, Precision.REGION})
_KINDS = {
    "towns": frozenset({Precision.PLACE}),
    "sites": frozenset({Precision.POINT}),
    "regions": frozenset({Precision.REGION, Precision.DISTRICT}),
}
"""How near the place is that a noun of each word list stands for."""
_UNTIL = frozenset({"until", "till"})
_APART_IN_TIME = frozenset({"after", "before", "since", "until"})
_THE = frozenset({"the", "this", "that"})
_NO_YEAR = "XXXX-"
"""How the value of a date begins whose year the text does not give."""
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+\.?|[A-Z][a-z]+\.? \d{1,2}")
"""A day of a month without its year."""
_LIES_IN = re.compile(r",? (?:in )?(?:(?:the|a) )?(?:\w+ )?")
"""What stands between a place and the wider one that it lies in."""
_WEEKDAYS = frozenset({"weekday", "weekday_short"})
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_AMONG = 100
"""Code points between two places from which they are told apart."""
_BACK = 120
"""Code points between a place and a "there" that means it."""
_RANGES = frozenset({("from", "to"), ("from", "until"), ("from", "till"), ("between", "and"), ("from", "through")})
_APART = 6

LONGEST = 400
"""Days beyond which an interval ("since the war") dates no event."""


class Where(Struct, frozen=True):
    """A place with the basis on which an event is put there."""

    place: Place | None
    name: str | None
    basis: EventBasis


class Sides(Struct, frozen=True):
    """What the parties of an event mean for its place.

    ``taken``: spans of actors, whose names say nothing of it; ``held``: spans of recipients, where an act is done to
    a place; ``countries``: where its actors are at home; ``moved``: the recipients come from elsewhere ("freed
    defenders of the plant in Arden"), so that only a place told of the act itself counts; ``joined``: land goes to
    a state ("absorb the delta into Arden"), which is no place of it.
    """

    taken: tuple[Span, ...]
    held: tuple[Span, ...]
    countries: frozenset[str]
    moved: bool = False
    joined: bool = False


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

    def __init__(self, reading: Reading) -> None:
        self.annotated = annotated = reading.annotated
        lists = event_frames(reading.knowledge).lists
        self.motion = lists["motion"]
        self.kinds = {word: near for list_, near in _KINDS.items() for word in lists[list_]}
        self.places = sorted((p for p in annotated.places if not p.metonym), key=lambda p: p.evidence.span)
        ground = marked(reading.knowledge, "TOLD_BESIDE")
        self._peopled = {
            m.evidence.span
            for m in annotated.mentions
            if m.label is Label.GPE or not ground.isdisjoint(m.evidence.quote.lower().split())
        }
        self._tokens = reading.tokens
        self._works = lists["structures"]
        self._numbers = next(n.words for n in reading.knowledge.lexicon(Numerals) if n.id == "unit")
        self._reporting = lists["reporting"]
        self.times = sorted(
            (t for t in annotated.times if t.type in (TimeType.DATE, TimeType.TIME) and _pinned(t)),
            key=lambda t: t.evidence.span,
        )
        self.adrift = [t for t in annotated.times if t.type is TimeType.DATE and t.value.startswith(_NO_YEAR)]
        self.claims = sorted(
            (
                (sum(len(span) for span in s.content), s.id, s)
                for s in annotated.statements
                if s.cue_class is CueClass.SPEECH
            ),
            key=lambda one: one[:2],
        )
        published = annotated.report.published
        known = reading.knowledge.lexicon(TimeWords)
        self._weekdays = {word for entry in known if entry.id in _WEEKDAYS for word in entry.words}
        self.published = published.last if published else None
        self.first = published.first if published else None

    def where(self, tokens: Tokens, head: int, sides: Sides, verbal: bool, real: bool) -> Where:
        """The place of the event whose trigger is at ``head``, by the words that locate it.

        A place locates an event where a preposition or a verb of motion leads to it from the event, its parties or
        a clause that the event belongs to, or where it is itself what was done to. Only what is ``real`` is put at
        the one place of its sentence, and only ``verbal`` acts in the reporter's own voice, by somebody of that
        country, at the dateline: for the rest it says where the reporter writes.
        """
        at = tokens.starts[head]
        for basis, (start, end) in self._ranges(tokens, head):
            span = tokens.span(start, end)
            near: list[tuple[int, int, Place]] = []
            for p in self.places:
                own = p.evidence.span
                if not span.contains(own) or any(one.contains(own) for one in sides.taken):
                    continue
                if (sides.moved and not put_there(tokens, own, head)) or (sides.joined and led(tokens, own, _TO)):
                    continue
                if p.precision is Precision.COUNTRY and led(tokens, own, _ON):
                    # "imposed sanctions on Arden"
                    continue
                steps = located(tokens, own, head, any(one.contains(own) for one in sides.held), self.motion)
                if steps is not None and not (verbal and steps):
                    near.append((steps, abs(own.start - at), p))
            if near:
                best = min(near, key=lambda one: one[:2])[2]
                several = together(tokens, best, [p for _, _, p in near])
                if several is None:
                    best = self._closer(best)
                    return Where(best, best.evidence.quote, basis)
                return Where(None, several.of(self.annotated.text), basis)
        named = self._names(tokens, head)
        if named is not None:
            return Where(named, named.evidence.quote, EventBasis.CLAUSE)
        there = self._there(tokens, head)
        if there is not None:
            return Where(there, there.evidence.quote, EventBasis.SENTENCE)
        if not verbal and not sides.moved:
            alone = self._meant(tokens, head, sides) or (self._only_place(tokens, head) if real else None)
            if alone is not None:
                return Where(alone, alone.evidence.quote, EventBasis.SENTENCE)
        if verbal and self.claim(tokens.span(head, head + 1)).statement is None:
            return self._dateline(sides.countries)
        return Where(None, None, EventBasis.NONE)

    def _closer(self, place: Place) -> Place:
        """The place that one names only to say where it lies: "Arden, in the eastern Tessaly region"."""
        for one in self.places:
            between = self.annotated.text[one.evidence.span.end : place.evidence.span.start]
            if one.precision in _NARROW and one.precision != place.precision and _LIES_IN.fullmatch(between):
                return one
        return place

    def _dateline(self, countries: Collection[str]) -> Where:
        """The place of the dateline, if it lies in one of these countries."""
        line = self.annotated.head
        if line.place and line.dateline:
            for place in self.annotated.places:
                if line.dateline.span.contains(place.evidence.span) and place.country in countries:
                    return Where(place, line.place, EventBasis.DATELINE)
        return Where(None, None, EventBasis.NONE)

    def _names(self, tokens: Tokens, head: int) -> Place | None:
        """The place that an act is called by: "the Arden shooting"."""
        before = [tokens.span(c, c + 1) for c in tokens.children(head) if tokens.deps[c] == "compound"]
        known = (p for p in self.places if self._narrow(p) and any(p.evidence.span.contains(b) for b in before))
        return next(known, None)

    def _there(self, tokens: Tokens, head: int) -> Place | None:
        """The place that "there" points back to: the last one that the passage names before, if it is near."""
        for i in range(*clause(tokens, head)):
            if (
                tokens.lower[i] == "there"
                and tokens.deps[i] == "advmod"
                and tokens.heads[i] in (head, *tokens.children(head))
            ):
                before = Span(tokens.starts[0], tokens.starts[i])
                named = [p for p in self.places if before.contains(p.evidence.span)]
                return named[-1] if named and tokens.starts[i] - named[-1].evidence.span.end < _BACK else None
        return None

    def _meant(self, tokens: Tokens, head: int, sides: Sides) -> Place | None:
        """The place that a noun with "the" stands for, which locates the event or is what was done to."""
        for noun in range(*clause(tokens, head)):
            if tokens.lower[noun] not in self.kinds and tokens.lemmas[noun] not in self.landmarks:
                continue
            span = tokens.span(noun, noun + 1)
            held = any(one.contains(span) for one in sides.held)
            if not any(tokens.lower[c] in _THE for c in tokens.children(noun)) and not (
                held and tokens.lemmas[noun] in self.landmarks and tokens.tags[noun] == "NNS"
            ):
                continue
            if held or located(tokens, span, head, held, self.motion) is not None:
                return self._named_before(tokens.lower[noun], span) or self.landmarks.get(tokens.lemmas[noun])
        return None

    def _named_before(self, noun: str, span: Span) -> Place | None:
        """The last place of a noun's kind in this passage or the one before; none where it stands among several."""
        kind = self.kinds.get(noun)
        passages = [p.evidence.span for p in self.annotated.passages if p.evidence.span.start <= span.start][-2:]
        if kind is None or not passages:
            return None
        named = [
            p
            for p in self.places
            if passages[0].start <= p.evidence.span.start < span.start
            and (p.precision in kind or noun in p.name.lower().split() or self._called(noun, p))
        ]
        last = named[-1] if named else None
        if last and any(p.name != last.name and last.evidence.span.start - p.evidence.span.end < _AMONG for p in named):
            return None
        return last

    def _narrow(self, place: Place) -> bool:
        """Whether a place is narrower than a country.

        A town that no gazetteer has is taken for that, and so is what its name says is a strait or a valley.
        """
        return place.precision in _NARROW or (place.precision is None and place.evidence.span in self._peopled)

    def _called(self, noun: str, place: Place) -> bool:
        """Whether the report calls a place that no gazetteer knows by a noun: "the town of Arden"."""
        return place.precision is None and f"{noun} of {place.evidence.quote}" in self.annotated.text

    @cached_property
    def landmarks(self) -> dict[str, Place]:
        """The places at which the report puts works of which it speaks later: "the pipelines in the Arden Sea"."""
        found: dict[str, Place | None] = {}
        passages = [(p.evidence.span, t) for p, t in zip(self.annotated.passages, self._tokens, strict=True)]
        for place in self.places:
            tokens = next((t for span, t in passages if span.contains(place.evidence.span)), None)
            i = tokens.at(place.evidence.span.end - 1) if tokens else None
            if tokens is None or i is None or tokens.deps[i] != "pobj":
                continue
            by = tokens.heads[i]
            if tokens.lower[by] not in LOCATIVE:
                continue
            holder = tokens.heads[by]
            if tokens.deps[holder] == "acl":
                # "pipelines laid across the Arden Sea"
                holder = tokens.heads[holder]
            noun = tokens.lemmas[holder]
            if noun in self._works:
                known = found.setdefault(noun, place)
                if known is not None and known.name != place.name:
                    found[noun] = None
        return {noun: place for noun, place in found.items() if place is not None}

    def _only_place(self, tokens: Tokens, head: int) -> Place | None:
        """The one place narrower than a country that a sentence puts anything in, or None.

        "Officials in Arden said that 30 were killed when a convoy was shelled": it is inferred, not told, that
        the convoy was there, so the basis is the sentence. "Said in Arden" puts nothing there but the saying.
        """
        span = tokens.span(*tokens.sentence(head))
        inside = [p for p in self.places if span.contains(p.evidence.span)]
        barred = beyond(tokens, head)
        narrow = {p.name: p for p in inside if self._narrow(p) and put_in(tokens, p.evidence.span, barred)}
        return next(iter(narrow.values())) if len(narrow) == 1 else None

    def when(self, tokens: Tokens, head: int, status: Status, bare: bool, verbal: bool = False) -> When:
        """The dates of the event whose trigger is at ``head``.

        A ``bare`` noun that has not happened takes only a date in its own phrase: "spoke on Tuesday of the
        planned annexation" dates the speech. A clause with "after" or "before" is not of the day of its main clause.
        Of a ``verbal`` act, what is asked or promised has days of its own, and what had happened before it was told
        has not the day of the telling (``telling``).
        """
        if (other := self._by_another(tokens, head)) is not None:
            return other
        at = tokens.starts[head]
        ranges = self._ranges(tokens, head)
        if _another_day(tokens, head):
            ranges = ranges[:1]
        if bare and status not in (Status.OCCURRED, Status.ONGOING):
            ranges = [(EventBasis.CLAUSE, tokens.subtree(head))]
        for basis, (start, end) in ranges:
            span = tokens.span(start, end)
            near = [t for t in self.times if span.contains(t.evidence.span) and not self._of_report(tokens, head, t)]
            near = [t for t in near if not of_another(tokens, head, tokens.at(t.evidence.span.start), verbal)]
            if status is Status.OCCURRED:
                told = (past(tokens, t, self.published, self._weekdays) for t in near)
                near = [t for t in told if t is not None]
            if near:
                best = min(near, key=lambda t: abs(t.evidence.span.start - at))
                first, last = self._stretch(tokens, best, near)
                last = self._until(tokens, head, last)
                return When(first.from_, last.to or last.from_, basis)
        if self._adrift(tokens, head):
            return When(None, None, EventBasis.NONE)
        return self.undated(status)

    def undated(self, status: Status) -> When:
        """The dates of an event that no words date: the publication, where it is real."""
        if self.published and self.first and status in (Status.OCCURRED, Status.ONGOING):
            return When(self.first.isoformat(), self.published.isoformat(), EventBasis.PUBLISHED)
        return When(None, None, EventBasis.NONE)

    def ahead(self, day: str | None) -> bool:
        """Whether a day lies after the publication."""
        return ahead(day, self.published)

    def _of_report(self, tokens: Tokens, head: int, time: Time) -> bool:
        """Whether a time says when something else was reported: "up from the nine reported on Saturday"."""
        node = tokens.at(time.evidence.span.start)
        while node is not None and tokens.pos[node] != "VERB":
            node = tokens.heads[node] if tokens.heads[node] != node else None
        if node is None or tokens.lemmas[node] not in self._reporting:
            return False
        participle = tokens.tags[node] == "VBN" and not tokens.having(node, "aux", "auxpass", "nsubj", "nsubjpass")
        if not participle and tokens.deps[node] != "relcl":
            return False
        start, end = tokens.subtree(node)
        return not start <= head < end

    def _by_another(self, tokens: Tokens, head: int) -> When | None:
        """The day that a length of time from a dated clause gives: "a day after he declared"."""
        apart = offset(tokens, head, self._numbers)
        if apart is None:
            return None
        known = self.when(tokens, apart.main, Status.OCCURRED, False)
        if known.from_ is None or known.from_[:10] != (known.to or "")[:10]:
            return None
        day = (date.fromisoformat(known.from_[:10]) + timedelta(days=apart.days)).isoformat()
        return When(day, day, known.basis if known.basis is EventBasis.PUBLISHED else EventBasis.SENTENCE)

    def _until(self, tokens: Tokens, head: int, last: Time) -> Time:
        """The day to which the same subject goes on: "began on Friday and lasts until Tuesday"."""
        span = tokens.span(*tokens.sentence(head))
        for time in self.times:
            first = tokens.at(time.evidence.span.start) if span.contains(time.evidence.span) else None
            if not first or tokens.lower[first - 1] not in _UNTIL or (time.from_ or "") <= (last.to or ""):
                continue
            verb = next((a for a in tokens.ancestors(first) if tokens.pos[a] in _CLAUSE_HEADS), None)
            above = tokens.heads[verb] if verb is not None and tokens.deps[verb] == "conj" else verb
            same = verb is not None and not tokens.having(verb, "nsubj", "nsubjpass")
            if same and above in (head, tokens.heads[head]):
                return time
        return last

    def floats(self, tokens: Tokens, head: int) -> bool:
        """Whether the sentence of an event dates it by what was told before: "two days later", "on March 16"."""
        sentence = tokens.sentence(head)
        if _years(tokens, sentence):
            return False
        span = tokens.span(*sentence)
        inside = [t for t in (*self.times, *self.adrift) if span.contains(t.evidence.span)]
        return bool(inside) and all(t in self.adrift or _DAY.fullmatch(t.evidence.quote) for t in inside)

    def after_history(self, tokens: Tokens, head: int) -> bool:
        """Whether the last date that the passage gives in full before the sentence of an event is long ago."""
        first = tokens.sentence(head)[0]
        before = tokens.span(0, first) if first else None
        told = [t for t in self.times if before and before.contains(t.evidence.span)]
        told = [t for t in told if not _DAY.fullmatch(t.evidence.quote)]
        if not told:
            return False
        year = _YEAR.search(told[-1].evidence.quote)
        return year is not None if self.first is None else self._long_ago(told[-1].to or "9")

    def _adrift(self, tokens: Tokens, head: int) -> bool:
        span = tokens.span(*tokens.sentence(head))
        return any(span.contains(t.evidence.span) for t in self.adrift)

    def history(self, tokens: Tokens, head: int, status: Status, when: When) -> bool:
        """Whether the event is dated long before the report.

        What was then only planned or possible ("a treaty to annex", "a plan to sell", "days before the
        invasion") is as old as the past clause that it hangs under.
        """
        if self.first is None:
            # A report without a date that gives a year tells of another time than its own.
            if status in (Status.OCCURRED, Status.ONGOING):
                return bool(_years(tokens, clause(tokens, head)))
            return self._past_above(tokens, head) and bool(_years(tokens, tokens.sentence(head)))
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
        years = _years(tokens, span)
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


def _years(tokens: Tokens, span: tuple[int, int]) -> list[int]:
    """The years written in a stretch of words."""
    return [int(w) for w in tokens.words[slice(*span)] if len(w) == 4 and w.isdigit() and w[:2] in ("18", "19", "20")]


def _another_day(tokens: Tokens, head: int) -> bool:
    """Whether the clause of an event is set before or after the one that it hangs under."""
    for node in (head, *tokens.ancestors(head)):
        if tokens.pos[node] in _CLAUSE_HEADS and tokens.deps[node] in _BOUNDARY:
            marks = {tokens.lower[c] for c in tokens.children(node) if tokens.deps[c] == "mark"}
            return tokens.deps[node] == "advcl" and bool(marks & _APART_IN_TIME)
    return False


def _pinned(time: Time) -> bool:
    """Whether a time says when, rather than since when."""
    if not time.from_ or time.to is None:
        return False
    try:
        return date.fromisoformat(time.to[:10]) - date.fromisoformat(time.from_[:10]) <= timedelta(days=LONGEST)
    except ValueError:
        return False
