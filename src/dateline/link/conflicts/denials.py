"""What one account has and another denies: an event, or what somebody said."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import timedelta
from typing import Self

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.denials import DenialKind, DenialWords
from dateline.link.claims import passage_of
from dateline.link.conflicts.accounts import THING, contradicts, in_order, one_account, row, told_at, with_copies
from dateline.link.phrases import Phrases, stems
from dateline.link.tellings import CONCRETE, before, concrete
from dateline.link.where import compatible
from dateline.link.world import Told, World, days, gap, near
from dateline.matching.rarity import weight_of
from dateline.matching.sentences import sentences
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Record, Statement
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, CueClass, Polarity

DENIED = 0.6
"""The share of an event's own telling words that a denial holds at least where it is of that event."""
LATE = timedelta(days=60)
"""How long after an event a denial may be of it, where it does not say so."""
TELLING = 1.0
"""The least rarity of a word that tells what is denied."""
SAID = 0.7
"""The share of a denial's telling words, by rarity, that a statement holds at least which says what is denied."""
ENOUGH = 5.0
"""The least rarity, all told, of the words that they share: two rare words or some telling ones."""
APART = timedelta(days=14)
"""Statements in reports published further apart are of other matters, though their words are alike."""
RARE = 1.6
"""The least rarity of a word of a name by which an event that is denied is known."""
REACH = 80
"""Code points before a negated event in which the doer is named."""
MOST = 50
"""A word in more denials than this tells too little to look them up by."""
_NEGATED = re.compile(
    r"^[“\"‘']?(?:No|None|Nothing|Not (?:one|a single)) "
    r"|\b[Tt]here (?:is|are|was|were|had been|has been) (?:no|nothing) "
)
_IS_NOT = re.compile(r"\b(?:(?:did|was|were|has|have|had) not|nobody|no one|none of|never)\b", re.IGNORECASE)
_PARTING = re.compile(r"[,;:–—]")
_NOT = re.compile(r"\b(?:not|no|nothing|none|never|nobody)\b|n[’']t\b", re.IGNORECASE)


_DOER = re.compile(r"\b(?:no|not a single|a single|not one|none of|never any) (?:[a-z]+ )?(?:[A-Z]|ours?\b)[^.!?]*$")


class Denial(Struct, frozen=True):
    """What says that something did not happen or is not so, with the stems of what it denies.

    ``record`` shows it: a statement, or what was read in a sentence that calls something a lie.
    """

    record: str
    one: AnnotatedReport
    passage: str | None
    keys: frozenset[str]
    statement: Statement | None = None
    telling: frozenset[str] = frozenset()
    weight: float = 0.0
    """The telling ones of the stems, and their rarity."""

    @classmethod
    def of(
        cls, record: str, one: AnnotatedReport, passage: str | None, keys: frozenset[str], by: Statement | None = None
    ) -> Self:
        """A denial with what follows from its words."""
        telling = _telling(keys)
        return cls(record, one, passage, keys, by, telling, sum(sorted(map(weight_of, telling))))

    @property
    def speaker(self) -> str:
        """Who denies it, in the report's words."""
        named = self.statement.speaker if self.statement is not None else None
        return named.text if named is not None else "somebody unnamed"


def denial_words(knowledge: Knowledge) -> Mapping[DenialKind, Phrases]:
    """The phrases of each kind by which things are denied."""
    entries = knowledge.lexicon(DenialWords)
    return {kind: Phrases(w for e in entries if e.kind is kind for w in e.words) for kind in DenialKind}


def denied(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """Events that one account has and a named or unnamed speaker of another denies, whatever else the denial says.

    The denial holds the event's own word and most of what tells it, and names no other place or day.
    """
    known = list(tellings)
    told_so = {t.event.statement for t in known if t.event.polarity is not Polarity.AFFIRMED and t.event.statement}
    denials: dict[str, list[tuple[Denial, Statement]]] = defaultdict(list)
    for denial in _statements(world):
        statement = denial.statement
        if statement is not None and statement.polarity is Polarity.DENIED and statement.id not in told_so:
            for key in denial.keys:
                denials[key].append((denial, statement))
    for told in sorted(known, key=lambda t: t.event.id):
        own = _own_words(told)
        for denial, statement in denials.get(told.head, ()) if concrete(told) else ():
            shared = own & denial.keys
            enough = len(shared) >= DENIED * len(own) and (len(shared) > 2 or bool(shared & _names(told, world)))
            if enough and _of_it(told, statement, denial.one, world):
                yield _against(told.event.id, denial)


def gainsaid(world: World, knowledge: Knowledge, settled: Set[tuple[str, str]]) -> Iterator[Conflict]:
    """Statements of one account that say what another denies, whether or not an event was read in them.

    The statement holds most of the telling words of the denial, and no negation; neither passage is a copy of the
    other. Of a statement and its copies the first that was published stands for all. A denial that only points back
    ("dismissed the claim as false") is of the statement before it in its passage. The ``settled`` are denials with
    the reports of which an event is set against them already.
    """
    words = denial_words(knowledge)
    pointing = words[DenialKind.IT].words
    denials: dict[str, list[Denial]] = defaultdict(list)
    for denial in (*_statements(world), *_lies(world, words[DenialKind.FALSE]), *_negations(world)):
        telling = denial.telling - pointing
        if not telling and denial.keys & pointing:
            yield from _pointed_at(denial, world)
        for key in telling:
            denials[key].append(denial)
    shown: set[tuple[str | None, str | None]] = set()
    for one in in_order(world) if denials else ():
        for statement in one.statements:
            keys = _content(statement, one)
            against = (d for key in sorted(keys) if len(denials.get(key, ())) <= MOST for d in denials.get(key, ()))
            for denial in {d.record: d for d in against}.values():
                if (denial.record, one.report.id) in settled or not _says(statement, one, keys, denial, world):
                    continue
                passage = passage_of(statement, one)
                copies = {(x, y) for x in with_copies(passage, world) for y in with_copies(denial.passage, world)}
                if not shown & copies:
                    shown.add((passage, denial.passage))
                    yield _against(statement.id, denial)


def _against(id: str, denial: Denial) -> Conflict:
    why = f"one account has it, {denial.speaker} denies it"
    return row(ConflictKind.OCCURRENCE, ConflictRelation.CONTRADICTS, id, denial.record, why)


def _statements(world: World) -> Iterator[Denial]:
    """The statements that deny something, by their cue or by opening with a negation ("No trace was found")."""
    for _, one in sorted(world.reports.items()):
        for statement in one.statements:
            opening = statement.content[0].of(one.text) if statement.content else ""
            if statement.polarity is Polarity.DENIED or _NEGATED.search(opening):
                yield Denial.of(statement.id, one, passage_of(statement, one), _content(statement, one), statement)


def _lies(world: World, false: Phrases) -> Iterator[Denial]:
    """The sentences that call what they speak of a lie, shown by what was read in them."""
    for _, one in sorted(world.reports.items()):
        for passage in one.passages:
            text, start = passage.evidence.quote, passage.evidence.span.start
            for sentence in sentences(text) if false.any(stems(text)) else ():
                keys = stems(sentence.of(text))
                if (at := false.last(keys)) > 0:
                    here = Span(sentence.start + start, sentence.end + start)
                    layers: Sequence[Record] = (*one.statements, *one.events)
                    shown = next((r.id for r in layers if r.evidence.span.overlaps(here)), None)
                    if shown is not None:
                        yield Denial.of(shown, one, passage.id, frozenset(keys[:at]))


def _negations(world: World) -> Iterator[Denial]:
    """The clauses in the report's own voice that say that something is not so ("the envoy was not summoned")."""
    for _, one in sorted(world.reports.items()):
        for passage in one.passages:
            text, start = passage.evidence.quote, passage.evidence.span.start
            for sentence in sentences(text) if _IS_NOT.search(text) else ():
                here = Span(sentence.start + start, sentence.end + start)
                clause = _negated_clause(sentence.of(text))
                layers: Sequence[Record] = (*one.events, *one.statements, *one.times, *one.places)
                said = any(s.evidence.span.overlaps(here) for s in one.statements)
                shown = [r for r in layers if passage.evidence.span.overlaps(r.evidence.span)]
                if clause and not said and shown:
                    yield Denial.of(shown[0].id, one, passage.id, frozenset(stems(clause)))


def _negated_clause(sentence: str) -> str:
    """The first stretch of a sentence between marks that negates; empty where none does."""
    found = _IS_NOT.search(sentence)
    if found is None:
        return ""
    start = max((mark.end() for mark in _PARTING.finditer(sentence, 0, found.start())), default=0)
    mark = _PARTING.search(sentence, found.end())
    return sentence[start : mark.start() if mark else len(sentence)]


def _pointed_at(denial: Denial, world: World) -> Iterator[Conflict]:
    """The statement before a denial that only points back, in its passage, of another speaker."""
    mine = denial.statement
    before = [
        s
        for s in denial.one.statements
        if mine is not None and s.cue_class is CueClass.SPEECH and s.evidence.span.start < mine.evidence.span.start
        if passage_of(s, denial.one) == denial.passage and world.named(s.speaker) != world.named(mine.speaker)
    ]
    if before and before[-1].polarity is Polarity.AFFIRMED:
        yield _against(before[-1].id, denial)


def _content(statement: Statement, one: AnnotatedReport) -> frozenset[str]:
    return frozenset(key_of(w) for span in statement.content for w in WORD.findall(span.of(one.text)))


def _telling(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in keys if weight_of(key) >= TELLING and not key[0].isdigit())


def _says(statement: Statement, one: AnnotatedReport, keys: frozenset[str], denial: Denial, world: World) -> bool:
    """Whether a statement says what is denied: by another speaker, at about the same time, in its own words."""
    shared = denial.telling & keys
    weight = sum(sorted(map(weight_of, shared)))
    if len(shared) < 2 or weight < ENOUGH or weight < SAID * denial.weight:
        return False
    plain = statement.polarity is Polarity.AFFIRMED and statement.cue_class is CueClass.SPEECH
    if not plain or _NOT.search(_until(statement, one, denial.keys)):
        return False
    by = world.named(denial.statement.speaker) if denial.statement is not None else None
    if by is not None and by == world.named(statement.speaker):
        return False
    if denial.passage in with_copies(passage_of(statement, one), world):
        return False
    apart = gap(one.report, denial.one.report)
    return apart is None or apart <= APART


def _until(statement: Statement, one: AnnotatedReport, keys: frozenset[str]) -> str:
    """What a statement says up to the last telling word that a denial has too: a negation further on is of more."""
    text = "\n".join(span.of(one.text) for span in statement.content)
    ends = [match.end() for match in WORD.finditer(text) if (key := key_of(match[0])) in keys and _telling((key,))]
    return text[: max(ends, default=0)]


def _own_words(told: Told) -> frozenset[str]:
    """The word of an event, and the telling ones of its parties and place."""
    parts = [party.text for party in (*told.event.actors, *told.event.recipients)]
    keys = {key_of(word) for text in (*parts, told.event.place or "") for word in WORD.findall(text)}
    return frozenset({told.head} | {key for key in keys if weight_of(key) >= TELLING and not key[0].isdigit()})


def _names(told: Told, world: World) -> frozenset[str]:
    """The words by which an event is of named parties or at a named place."""
    parties = (*told.event.actors, *told.event.recipients)
    texts = [party.text for party in parties if world.entity(party) is not None]
    return frozenset(key_of(word) for text in (*texts, told.event.place or "") for word in WORD.findall(text))


def _of_it(told: Told, statement: Statement, one: AnnotatedReport, world: World) -> bool:
    """Whether a denial could be of an event: by another than who tells it, and of no other place or day."""
    if told.claimant is not None and told.claimant == world.named(statement.speaker):
        return False
    published = one.report.published
    if published is not None and told.days is not None and published.first - told.days[0] > LATE:
        return False
    if any(told.event.id == event.id for event in one.events if event.statement == statement.id):
        return False
    places = [place for place in one.places if _inside(place, statement)]
    if told.narrow and places and not any(compatible(told.where, place) for place in places):
        return False
    times = [time for time in one.times if _inside(time, statement)]
    spans = [span for time in times if (span := days(time.from_, time.to)) is not None]
    return not (told.dated and spans) or any(near(told.days, span, 0) for span in spans)


def _inside(record: Record, statement: Statement) -> bool:
    return any(span.overlaps(record.evidence.span) for span in statement.content)


def unhappened(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """Events that one account has and another negates or denies: the same act at the same named place or on the same
    party, whatever day the denial was spoken on.

    Where it is the doer that is denied ("no Ardovian shell fell", "denied having caused it"), the conflict is over who
    did it. Of an account and its copies the first that was published stands for all.
    """
    known = list(tellings)
    negated = [told for told in known if told.event.polarity is not Polarity.AFFIRMED and told.event.status in CONCRETE]
    blocks: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for told in negated:
        for key in _points(told, world):
            blocks[told.event.type, key].append(told)
    shown: set[tuple[str | None, str | None]] = set()
    for told in sorted(known, key=lambda t: (told_at(t.report), t.event.id)) if negated else ():
        points = _points(told, world)
        likely = (other for key in sorted(points) for other in blocks.get((told.event.type, key), ())[:MOST])
        for other in {other.event.id: other for other in likely}.values() if concrete(told) else ():
            if not _undone(told, other, points & _points(other, world), world):
                continue
            copies = {(x, y) for x in with_copies(told.passage, world) for y in with_copies(other.passage, world)}
            if shown & copies:
                continue
            shown.add((told.passage, other.passage))
            if _doer_denied(other):
                yield contradicts(ConflictKind.ACTOR, told, other, "one account has it, the other denies who did it")
            else:
                why = "one account has it, the other says that it did not happen"
                yield contradicts(ConflictKind.OCCURRENCE, told, other, why)


def _points(told: Told, world: World) -> frozenset[str]:
    """The rare words, and the known parties, by which an event is told from others of its type."""
    parties = (*told.event.actors, *told.event.recipients)
    texts = [*(party.text for party in told.event.recipients), told.event.place or ""]
    words = (w for text in texts for w in WORD.findall(text) if w[0].isupper())
    known = (found for party in parties if (found := world.entity(party)) is not None)
    return frozenset(k for w in words if weight_of(k := key_of(w)) >= RARE) | frozenset(known)


def _undone(told: Told, other: Told, shared: frozenset[str], world: World) -> bool:
    """Whether a negated event is the one that another account has: alike in kind, place, parties and time."""
    a, b = told.event, other.event
    alike = told.head == other.head or (a.mode is not None and a.mode == b.mode)
    if not shared or not alike or (a.mode and b.mode and a.mode != b.mode) or not _said_not(other):
        return False
    if one_account(told, other, world) or (told.report.id == other.report.id and told.claimant == other.claimant):
        return False
    if not (told.actors or told.recipients or told.amounts):
        return False
    doer = _doer_denied(other)
    nobody = any(_NOT.search(party.text) for party in b.actors)
    if told.actors and other.actors and not told.actors & other.actors and not doer and not nobody:
        return False
    spoken = other.report.published
    if doer and not (told.actors or _hit(told) & _hit(other)):
        return False
    in_time = near(told.days, other.days, 0) if other.dated and told.dated else _soon(told, other)
    return in_time and compatible(told.where, other.where) and (spoken is None or not before(other.report, told))


def _said_not(told: Told) -> bool:
    """Whether a negated event is told not to have been, by denial or negation: one that was prevented is not."""
    start = told.event.trigger.span.start
    before = told.annotated.text[max(0, start - REACH) : start]
    return told.event.polarity is Polarity.DENIED or _NOT.search(before) is not None


def _hit(told: Told) -> frozenset[str]:
    """The words of what was acted on."""
    keys = (key_of(w) for party in told.event.recipients for w in WORD.findall(party.text))
    return frozenset(key for key in keys if weight_of(key) >= THING and not key[0].isdigit())


def _soon(told: Told, other: Told) -> bool:
    apart = gap(told.report, other.report)
    return apart is None or apart <= APART


def _doer_denied(told: Told) -> bool:
    """Whether the negation is of the doer alone, by name: "no Ardovian shell had hit the town"."""
    start = told.event.trigger.span.start
    return _DOER.search(told.annotated.text[max(0, start - REACH) : start]) is not None
