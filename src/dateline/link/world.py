"""The reports together, looked up from every side: what the linking rooms share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from dateline.link.credits import Credits
from dateline.link.where import as_written, inner, narrow
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Copy, Entity
from dateline.model.records import AnnotatedReport, Event, Figure, Part, Party, Place, Statement
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import EventBasis, PassageKind, Status, Verdict

BEFORE = timedelta(days=3)
"""How long before its publication a report's undated event is taken to have happened at most."""
LONG_BEFORE = timedelta(days=14)
"""The same of what is told as answered by another act, which may have taken long."""
TELLING = 1.4
"""The least rarity of a word that tells what an event was done to."""
UNKNOWN = 4.0
"""The rarity from which on a word is somebody's or something's own name, and no word of English."""
RARE_NAME = 3.0
"""The same for a word that is written as a name within a sentence."""
NAME = 5
"""By how many first letters of its stem such a name is known."""
SENTENCE = 300
"""How many code points around an event its sentence is sought in."""
SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+[^\sa-z]|\n")
STAGE_REACH = 60
"""How many code points after the words of a legal stage may say what was signed or voted on."""
NEXT = 40
"""How many code points before an event say that another answers it."""
_OVER = re.compile(r"\b(?:over|after|following|in response to|in retaliation for)(?: (?:the|a|an))?(?: \w+)? $")
_SANCTION, _FORCE = "SANCTION", "material_conflict"
_BACK = frozenset(["the", "this", "that", "these", "those"])


class Told(Struct, frozen=True):
    """An event with its report, the passage that holds it, and who is behind it, as entities where known.

    ``sides`` are the countries of the actors, ``objects`` the stems of what it was done to, ``amounts`` the
    effects and values counted in it, ``where`` its place as told near by, ``home`` the country of any place
    that it has, ``head`` the stem that tells it, and ``back`` whether its words point back to something told
    before ("the strike"), ``said`` whether its day is that of the saying ("said on Monday that it was shelled"),
    ``answered`` whether it is that of what answered it ("expelled five on Monday over the poisoning"), ``spot`` the
    words that say where, and ``names`` the stems of the names in its sentence that English does not know, those of the
    speaker aside.
    """

    event: Event
    annotated: AnnotatedReport
    passage: str | None
    number: int
    actors: frozenset[str]
    sides: frozenset[str]
    recipients: frozenset[str]
    objects: frozenset[str]
    amounts: frozenset[tuple[str, float]]
    claimant: str | None
    where: Place | None
    home: str | None
    head: str
    back: bool
    said: bool = False
    names: frozenset[str] = frozenset()
    spot: str | None = None
    answered: bool = False

    @property
    def report(self) -> Report:
        """The report that tells the event."""
        return self.annotated.report

    @property
    def narrow(self) -> bool:
        """Whether the report says, near the event, where it happened, and nearly enough to tell events apart."""
        return narrow(self.where)

    @property
    def dated(self) -> bool:
        """Whether the report says when it happened, beyond having been published, or told of by its speaker."""
        return self.days is not None and self.event.time_basis in _DATED and not (self.said or self.answered)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day on which it may have happened, as the report tells; None when it does not."""
        return days(self.event.from_, self.event.to)

    @property
    def window(self) -> tuple[date, date] | None:
        """The days on which it may have happened: as told, else those before the publication."""
        found = self.days
        if found is None or self.dated or self.event.status is Status.PLANNED:
            return found
        return (found[0] - (LONG_BEFORE if self.answered else BEFORE), found[1])


_DATED = frozenset({EventBasis.CLAUSE, EventBasis.SENTENCE, EventBasis.DATELINE})


class World:
    """Reports, entities and copies, indexed. Built once a linking; nothing in it changes but that events are kept."""

    def __init__(self, reports: Sequence[AnnotatedReport], entities: Iterable[Entity], copies: Iterable[Copy]) -> None:
        self.reports = {one.report.id: one for one in reports}
        self.entities = {entity.id: entity for entity in entities}
        self._entity_of = {referent: entity.id for entity in self.entities.values() for referent in entity.rests_on}
        self.statements: dict[str, Statement] = {s.id: s for one in reports for s in one.statements}
        self.figures: dict[str, list[tuple[Figure, AnnotatedReport]]] = {}
        for one in reports:
            for event, figure in _counted(one):
                self.figures.setdefault(event, []).append((figure, one))
        self._events: Sequence[Told] | None = None
        self.credits = Credits.among(reports)
        self.copies: dict[tuple[str, str], list[Copy]] = {}
        self.partners: dict[str, set[str]] = {}
        self.quoting: dict[str, set[str]] = {}
        self._copied: dict[str, list[tuple[Span, str, str]]] = {}
        self._places = {id: place for one in reports for id, place in as_written(one).items()}
        for copy in copies:
            first, last = copy.rests_on[0], copy.rests_on[-1]
            quoted = copy.verdict is Verdict.SHARED_QUOTE
            partners = self.quoting if quoted else self.partners
            partners.setdefault(first, set()).add(last)
            partners.setdefault(last, set()).add(first)
            if not quoted:
                self.copies.setdefault((copy.a.report, copy.b.report), []).append(copy)
                self._copied.setdefault(first, []).append((copy.a.span, copy.b.report, last))
                self._copied.setdefault(last, []).append((copy.b.span, copy.a.report, first))

    def copied(self, told: Told) -> Iterator[tuple[str, str]]:
        """The other reports, each with its passage, that have the words of a telling in a copy of its passage."""
        trigger = told.event.trigger.span
        for span, report, passage in self._copied.get(told.passage or "", ()):
            if report != told.report.id and span.overlaps(trigger):
                yield report, passage

    def entity(self, part: Part | None) -> str | None:
        """The entity that a part names, by its referent; None where it is not known."""
        return self.entity_of(part.referent) if part is not None else None

    def entity_of(self, referent: str | None) -> str | None:
        """The entity of a referent; None where there is none."""
        return self._entity_of.get(referent) if referent else None

    def named(self, part: Part | None) -> str | None:
        """A part's entity, else its words in small letters: enough to tell same from other."""
        if part is None:
            return None
        return self.entity(part) or " ".join((part.stands_for or part.text).lower().split()) or None

    def name(self, key: str | None, part: Part | None = None) -> str | None:
        """The name to show for what ``named`` gave."""
        entity = self.entities.get(key) if key else None
        return entity.name if entity else part.stands_for or part.text if part is not None else key

    def telling(self, key: str) -> bool:
        """Whether what ``named`` gave says who is meant: an entity, or more than one word ("them" does not)."""
        return key in self.entities or " " in key

    def events(self) -> Sequence[Told]:
        """All events that stand outside captions, in order of report and text."""
        if self._events is None:
            self._events = tuple(self._all_events())
        return self._events

    def _all_events(self) -> Iterator[Told]:
        for _, one in sorted(self.reports.items()):
            spans = [(p.evidence.span.start, p.evidence.span.end, p) for p in one.passages]
            at = 0
            for event in sorted(one.events, key=lambda e: (e.trigger.span, e.id)):
                while at < len(spans) and spans[at][1] <= event.trigger.span.start:
                    at += 1
                passage = spans[at][2] if at < len(spans) and spans[at][0] <= event.trigger.span.start else None
                if passage is None or passage.kind is not PassageKind.CAPTION:
                    yield self._told(event, one, passage.id if passage else None, at)

    def _told(self, event: Event, one: AnnotatedReport, passage: str | None, number: int) -> Told:
        statement = self.statements.get(event.statement) if event.statement else None
        told_at = self._places.get(event.place_record) if event.place_record else None
        place = inner(told_at, one, self._places) if told_at is not None else None
        afar = place is not None and _from_afar(event, place, one)
        own_place = event.place_basis in (EventBasis.CLAUSE, EventBasis.SENTENCE)
        start = event.trigger.span.start
        before = one.text[max(0, start - 12) : start].lower().split()
        counted = [figure for figure, _ in self.figures.get(event.id, ())]
        keys = [key_of(word) for word in WORD.findall(event.trigger.text)]
        return Told(
            event=event,
            annotated=one,
            passage=passage,
            number=number,
            actors=self._parties(event.actors),
            sides=frozenset(country for party in event.actors if (country := self._country(party))),
            recipients=self._parties(event.recipients),
            objects=_objects(event, one.text),
            amounts=frozenset((str(f.effect), f.value) for f in counted if f.effect and f.value is not None),
            claimant=self.named(statement.speaker) if statement else None,
            where=place if own_place and not afar else None,
            home=place.country if place is not None else None,
            head=keys[-1] if keys else "",
            back=bool(before) and before[-1] in _BACK,
            said=_of_the_saying(event, statement),
            answered=_answered(event, one),
            names=_names(event, one.text, statement),
            spot=None if afar else place.evidence.quote if place is not told_at and place is not None else event.place,
        )

    def _country(self, party: Party) -> str | None:
        entity = self.entities.get(self.entity(party) or "")
        return party.country or (entity.country if entity else None)

    def _parties(self, parties: Iterable[Part]) -> frozenset[str]:
        return frozenset(name for party in parties if (name := self.named(party)))


def _names(event: Event, text: str, statement: Statement | None) -> frozenset[str]:
    start, end = event.trigger.span.start, event.trigger.span.end
    before, after = text[max(0, start - SENTENCE) : start], text[end : end + SENTENCE]
    begun = max((found.end() - 1 for found in SENTENCE_END.finditer(before)), default=0)
    ended = SENTENCE_END.search(after)
    words = WORD.findall(before[begun:] + " " + (after[: ended.start()] if ended else after))
    parts = (statement.speaker, *statement.via) if statement is not None else ()
    speaking = {word for part in parts if part is not None for word in WORD.findall(part.text)}
    return frozenset(rare_names(word for word in words[1:] if word not in speaking))


def rare_names(words: Iterable[str]) -> Iterator[str]:
    """The stems of the words that are written as names and rare."""
    return (key for word in words if word[0].isupper() and weight_of(key := key_of(word)) >= RARE_NAME)


@lru_cache(maxsize=10_000)
def own_names(text: str) -> frozenset[str]:
    """What the names in a text that English does not know begin with, so that "Ardovia" and "Ardovian" are one."""
    keys = (key_of(word) for word in WORD.findall(text) if word[0].isupper())
    return frozenset(key[:NAME] for key in keys if weight_of(key) >= UNKNOWN)


@lru_cache(maxsize=10_000)
def place_names(place: str) -> frozenset[str]:
    """The rare stems of a place's name."""
    return frozenset(rare_names(WORD.findall(place)))


def _of_the_saying(event: Event, statement: Statement | None) -> bool:
    """Whether a sentence gives the day on which it was said, and not the event's own."""
    spoken = days(statement.said_on, None) if statement is not None else None
    return event.time_basis is EventBasis.SENTENCE and spoken is not None and spoken == days(event.from_, event.to)


def _from_afar(event: Event, place: Place, one: AnnotatedReport) -> bool:
    """Whether a place told behind the word of another act is that act's: words and sanctions are done from afar."""
    if event.type != _SANCTION and not (event.quad or "").startswith("verbal"):
        return False
    end, start = event.trigger.span.end, place.evidence.span.start
    return any(end <= e.trigger.span.start and e.trigger.span.end <= start for e in one.events if e.quad == _FORCE)


def _answered(event: Event, one: AnnotatedReport) -> bool:
    """Whether an event is told as what another, told before it with its day, answers ("on Monday over the attack")."""
    start = event.trigger.span.start
    led = _OVER.search(one.text, max(0, start - NEXT), start)
    when = days(event.from_, event.to)
    if led is None or when is None or led.end() < start:
        return False
    others = [e for e in one.events if e.trigger.span.end <= led.start() and days(e.from_, e.to) == when]
    behind = one.text[event.trigger.span.end : event.trigger.span.end + SENTENCE]
    ended = SENTENCE_END.search(behind)
    stop = event.trigger.span.end + (ended.start() if ended else len(behind))
    own = [t for t in one.times if event.trigger.span.end <= t.evidence.span.start < stop]
    return bool(others) and not any(days(t.from_, t.to) == when for t in own)


def _counted(one: AnnotatedReport) -> Iterator[tuple[str, Figure]]:
    """The figures of a report with the event that each belongs to.

    Hurt people whose event was not read belong to that of the other hurt people of the passage, the nearest
    before or after: "23 were killed and 28 wounded".
    """
    tied = [(figure, figure.event) for figure in one.figures if figure.event]
    yield from ((event, figure) for figure, event in tied)
    loose = [figure for figure in one.figures if figure.effect and not figure.event]
    hurt = [(figure, event) for figure, event in tied if figure.effect]
    if not loose or not hurt:
        return
    for passage in one.passages:
        start, end = passage.evidence.span.start, passage.evidence.span.end
        mates = [(f.evidence.span.start, event) for f, event in hurt if start <= f.evidence.span.start < end]
        for figure in loose:
            at = figure.evidence.span.start
            if mates and start <= at < end:
                yield min(mates, key=lambda mate: (abs(mate[0] - at), mate))[1], figure


def _objects(event: Event, text: str) -> frozenset[str]:
    """The telling stems of what was acted on; of a stage in a legal process, also of what is signed or voted on.

    That is the first telling word after the stage's own ("signed two decrees that recognise ...": decrees).
    """
    words = [word for party in event.recipients for word in WORD.findall(party.text)]
    keys = {key for word in words if not word[0].isdigit() and weight_of(key := key_of(word)) >= TELLING}
    if event.stage is not None:
        end = event.trigger.span.end
        after = WORD.findall(text[end : end + STAGE_REACH].split("\n")[0].split(". ")[0])
        keys.update([key for word in after if weight_of(key := key_of(word)) >= TELLING][:1])
    return frozenset(keys)


def days(start: str | None, end: str | None) -> tuple[date, date] | None:
    """The days that two ISO dates or date-times span; an end that is missing or unreadable leaves the start."""
    first, last = _day(start), _day(end)
    if first is None and last is None:
        return None
    first, last = first or last or date.min, last or first or date.max
    return (first, last) if first <= last else (last, first)


def near(a: tuple[date, date] | None, b: tuple[date, date] | None, slack: int) -> bool:
    """Whether two intervals of days come within ``slack`` days of each other; an unknown one fits any."""
    if a is None or b is None:
        return True
    by = timedelta(days=slack)
    return a[0] - by <= b[1] and b[0] - by <= a[1]


def gap(a: Report, b: Report) -> timedelta | None:
    """How far apart two reports were published, by their first days; None where a day is not known."""
    if a.published is None or b.published is None:
        return None
    return abs(a.published.first - b.published.first)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
