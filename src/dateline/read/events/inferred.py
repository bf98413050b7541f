"""Where an event must have been that no words of the report locate, and when what a headline tells.

An act done to a land or a people was in their country, what a legislature passes and a state calls up is at home,
"the attack" was where the report puts the only attack that it may mean, and land changes hands where the report's
places lie. The first rule that answers wins; the basis says which: ``recipient``, ``actor``, ``passage`` or
``report``. Such a place is a name without a resolved row: it is listed, never mapped, and links no tellings.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.actors import country_actor
from dateline.knowledge.lexicon.at_home import at_home
from dateline.knowledge.lexicon.events import event_frames
from dateline.model.records import Event, Party, Place
from dateline.model.span import Span
from dateline.model.vocab import EventBasis, Label, PassageKind, Precision, Stage, Status
from dateline.nlp.base import Tokens
from dateline.read.events.locating import located
from dateline.read.events.setting import clause
from dateline.read.events.status import REAL
from dateline.read.events.triggers import Trigger
from dateline.read.reading import Reading

_TOLD = frozenset({EventBasis.CLAUSE, EventBasis.SENTENCE})
_DEEDS = frozenset({"ASSAULT", "COERCE", "RETREAT"})
_AGAIN = frozenset({"ASSAULT", "PROTEST", "MOBILIZE"})
"""Types of which "the attack" says again what the report told before."""
_AREAS = frozenset({Precision.COUNTRY, Precision.LINE})
_TERRITORY, _LEGISLATIVE = "territory", "legislative"
_DEFINITE = frozenset({"the", "this", "these", "that", "those", "its", "their", "his", "her"})
_OWN = frozenset({"its", "their", "his", "her"})
_SHORTLY = 4
"""Passages back to the last telling of an act from which "the attack" is the same."""
_MOST = 0.6
"""The share of a report's places that lie in the country which it is about."""
_FEW = 4
"""The fewest places from which that is told."""


class Coded(Struct, frozen=True):
    """An event with the words that it was coded from."""

    tokens: Tokens
    trigger: Trigger
    event: Event


class Inference:
    """The events of one report, and where those were that it does not locate."""

    def __init__(self, reading: Reading, coded: Sequence[Coded]) -> None:
        self.reading = reading
        self.coded = coded
        self.lists = event_frames(reading.knowledge).lists
        self.at_home = at_home(reading.knowledge)
        self.narrow = {p.evidence.quote for p in reading.annotated.places if p.precision not in _AREAS}
        self.told = [one.event for one in coded if one.event.place_basis in _TOLD]

    def events(self) -> tuple[Event, ...]:
        """All events, in order, with the places that can be inferred."""
        first = [self._placed(one, self._of_parties(one)) for one in self.coded]
        self.told += [one for one in first if one.place_basis in (EventBasis.ACTOR, EventBasis.RECIPIENT)]
        coded = [Coded(one.tokens, one.trigger, event) for one, event in zip(self.coded, first, strict=True)]
        return tuple(self._dated(one, self._placed(one, self._of_others(one))) for one in coded)

    def _dated(self, one: Coded, event: Event) -> Event:
        """A headline's event on the day on which the text below puts the act of the same word."""
        index = self.reading.passage_at(event.trigger.span.start)
        passages = self.reading.annotated.passages
        if event.time_basis is not EventBasis.PUBLISHED or index is None:
            return event
        if passages[index].kind is not PassageKind.HEADLINE:
            return event
        for other in self.coded:
            below = other.event.trigger.span.start > passages[index].evidence.span.end
            if below and other.event.type == event.type and _lemma(other) == _lemma(one):
                told = other.event if other.event.time_basis in _TOLD else None
                return replace(event, from_=told.from_, to=told.to, time_basis=EventBasis.REPORT) if told else event
        return event

    @staticmethod
    def _placed(coded: Coded, where: tuple[str, EventBasis] | None) -> Event:
        if coded.event.place is not None or where is None:
            return coded.event
        return replace(coded.event, place=where[0], place_basis=where[1])

    def _of_parties(self, one: Coded) -> tuple[str, EventBasis] | None:
        """What those who act, and those to whom it is done, say of the place."""
        event = one.event
        if country := self._in_their_towns(one):
            return self._named(country, EventBasis.CLAUSE)
        home = {p.country for p in event.actors if p.country}
        land = _TERRITORY in event.contexts
        if event.type in _DEEDS or land:
            for party in event.recipients:
                country = self._land(one.tokens, party)
                native = party.country == self.theatre and self.theatre not in home
                if country is None and native and self._people(one.tokens, party):
                    country = self.theatre
                if country:
                    return self._named(country, EventBasis.RECIPIENT)
        if land:
            for party in event.actors:
                if country := self._land(one.tokens, party):
                    return self._named(country, EventBasis.ACTOR)
        passed = event.stage not in (None, Stage.SIGNED, Stage.REJECTED) and _LEGISLATIVE in event.contexts
        if len(home) == 1 and (passed or one.trigger.frame.entry.id in self.at_home or self._own_land(one)):
            return self._named(home.pop(), EventBasis.ACTOR)
        return None

    def _of_others(self, one: Coded) -> tuple[str, EventBasis] | None:
        """What the rest of the report says of the place."""
        event = one.event
        territorial = event.type == "COERCE" and _TERRITORY in event.contexts
        if event.status in (*REAL, Status.BACKGROUND):
            if place := self._told_before(one, territorial):
                return place, EventBasis.PASSAGE
            if place := self._told_once(one):
                return place, EventBasis.REPORT
        abroad = all(p.country != self.theatre for p in event.actors)
        gains = territorial and any(self._lands(one.tokens, p) and not p.country for p in event.recipients)
        if self.theatre and (gains or (abroad and territorial)) and (not abroad or self.takers != {self.theatre}):
            return self._named(self.theatre, EventBasis.REPORT)
        return None

    def _told_before(self, one: Coded, territorial: bool) -> str | None:
        """The place of what this passage told before and this may belong to.

        "The attack" is the one told here or in the passage before; what becomes of land, what became of it before;
        a protest, at home what it was against.
        """
        event = one.event
        here = self.reading.passage_at(event.trigger.span.start) or 0
        passages = self.reading.annotated.passages
        start = passages[max(0, here - 1)].evidence.span.start if self._again(one) else one.tokens.starts[0]
        before = [e for e in self.told if start <= e.trigger.span.start < event.trigger.span.start]
        if event.type == "PROTEST":
            sentence = one.tokens.span(*one.tokens.sentence(one.trigger.head))
            at_home = [e for e in before if e.place_basis is EventBasis.ACTOR and sentence.contains(e.trigger.span)]
            if place := _one_place(at_home):
                return place
        if self._again(one) or territorial:
            place = _one_place([e for e in before if e.type == event.type and _past(e) is _past(event)])
            return place if event.type != "ASSAULT" or place in self.narrow else None
        return None

    def _told_once(self, one: Coded) -> str | None:
        """The place of all acts of a kind that the report puts anywhere, where the last was told shortly before."""
        event, passages = one.event, self.reading.annotated.passages
        alike = [e for e in self.told if e.type == event.type and _past(e) is _past(event)]
        here = self.reading.passage_at(event.trigger.span.start) or 0
        since = passages[max(0, here - _SHORTLY)].evidence.span.start
        shortly = any(since <= e.trigger.span.start <= event.trigger.span.start for e in alike)
        # "Missiles hit the port. Arden had fired 16": what has an object of its own may be elsewhere.
        open_ = one.trigger.verbal and event.type == "ASSAULT" and (len(alike) > 1 or not event.recipients)
        told = self._again(one) or open_
        place = _one_place(alike) if told and shortly else None
        return place if event.type != "ASSAULT" or place in self.narrow else None

    def _in_their_towns(self, one: Coded) -> str | None:
        """The country of a people in whose towns the clause puts an event: "protests in 38 Russian cities"."""
        t = one.tokens
        for noun in range(*clause(t, one.trigger.head)):
            if t.deps[noun] != "pobj" or t.lemmas[noun] not in self.lists["land"]:
                continue
            if located(t, t.span(noun, noun + 1), one.trigger.head, False, self.lists["motion"]) is None:
                continue
            for word in t.children(noun):
                country = self.peoples.get(t.span(word, word + 1)) if t.deps[word] == "amod" else None
                if country:
                    return country
        return None

    @cached_property
    def peoples(self) -> dict[Span, str]:
        """The country of each people that the report names, by where it names it."""
        annotated = self.reading.annotated
        countries = {r.id: r.country for r in annotated.referents}
        return {
            m.evidence.span: country
            for m in annotated.mentions
            if m.label is Label.NORP and m.referent and (country := countries.get(m.referent))
        }

    def _again(self, one: Coded) -> bool:
        """Whether a noun speaks of an act as known: "the attack", "this week's blasts"."""
        t, head = one.tokens, one.trigger.head
        if one.trigger.verbal or one.event.type not in _AGAIN:
            return False
        return any(t.lower[c] in _DEFINITE or t.deps[c] == "poss" for c in t.children(head))

    @cached_property
    def theatre(self) -> str | None:
        """The country in which most of the places lie that a report names, its dateline aside."""
        line = self.reading.annotated.head.dateline
        told = {
            (place.name, place.country)
            for place in self.reading.annotated.places
            if not place.metonym and place.country and place.precision not in _AREAS
            if line is None or not line.span.contains(place.evidence.span)
        }
        if len(told) < _FEW:
            return None
        country, times = Counter(country for _, country in told).most_common(1)[0]
        return country if times >= _MOST * len(told) else None

    @cached_property
    def takers(self) -> set[str | None]:
        """The countries that take or give away land in this report."""
        acts = (one.event for one in self.coded if _TERRITORY in one.event.contexts)
        return {party.country for event in acts for party in event.actors if party.country}

    def _land(self, tokens: Tokens, party: Party) -> str | None:
        """The country of a party that is land: of a place in its words, else of a people there."""
        if not self._lands(tokens, party):
            return None
        inside = {p.country for p in self._inside(party) if p.country}
        if not inside:
            # "Ardenian regions", but not "Ardenian-held regions"
            text = self.reading.text
            inside = {c for s, c in self.peoples.items() if party.span.contains(s) and text[s.end : s.end + 1] != "-"}
        return inside.pop() if len(inside) == 1 else None

    def _inside(self, party: Party) -> Iterable[Place]:
        return (p for p in self.reading.annotated.places if not p.metonym and party.span.contains(p.evidence.span))

    def _lands(self, tokens: Tokens, party: Party) -> bool:
        head = _head(tokens, party)
        return head is not None and tokens.lemmas[head].lower() in self.lists["land"]

    def _people(self, tokens: Tokens, party: Party) -> bool:
        """Whether a party is people at home there, not a force: "Ukrainians", "two residents"."""
        head = _head(tokens, party)
        if head is None or tokens.lemmas[head].lower() in self.lists["forces"]:
            return False
        return tokens.tags[head] in ("NNPS", "NNS") or tokens.lemmas[head].lower() in self.lists["people"]

    def _own_land(self, one: Coded) -> bool:
        """Whether an act is done to the actor's own land: "closed its border"."""
        t, taken = one.tokens, one.trigger.object
        if taken is None or t.lemmas[taken] not in self.lists["land"]:
            return False
        return any(t.lower[c] in _OWN for c in t.children(taken))

    def _named(self, country: str, basis: EventBasis) -> tuple[str, EventBasis] | None:
        known = self.reading.knowledge.actors.get(country_actor(country))
        return (known.name, basis) if known else None


def _lemma(one: Coded) -> str:
    return one.tokens.lemmas[one.trigger.head]


def _past(event: Event) -> bool:
    return event.status is Status.BACKGROUND


def _one_place(events: Iterable[Event]) -> str | None:
    """The place of events that all have the same one."""
    places = {event.place for event in events if event.place}
    return places.pop() if len(places) == 1 else None


def _head(tokens: Tokens, party: Party) -> int | None:
    """The head word of a party's phrase."""
    first, last = tokens.at(party.span.start), tokens.at(party.span.end - 1)
    if first is None or last is None:
        return None
    inside = range(first, last + 1)
    return next((i for i in inside if tokens.heads[i] not in inside or tokens.heads[i] == i), None)
