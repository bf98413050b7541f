"""One act that accounts put at different hours."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.onsets import OnsetWords
from dateline.link.conflicts.accounts import in_order, row, shown_by
from dateline.link.naming import Names, Naming, alike
from dateline.link.phrases import Phrases, stems
from dateline.link.tellings import concrete
from dateline.link.world import Told, World, days, gap
from dateline.matching.sentences import sentences
from dateline.matching.stems import key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Passage, Record
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, TimeType

WITHIN = timedelta(days=3)
"""Reports published further apart are hardly of one morning."""
CLEAR, ROUGH = 10, 30
"""Minutes by which two hours differ at least: where both are told outright, and where one is "about"."""
FAR = 180
"""Minutes from which on they are of two acts rather than of one."""
_DATED = frozenset({TimeType.DATE, TimeType.TIME})
HALF_DAY = 12 * 60
QUARTER = 15
MOST = 50
_HOUR = re.compile(
    r"\b(?P<rough>about|around|roughly|some|nearly|almost)?\s?"
    r"(?:(?P<hour>\d{1,2})[.:](?P<minute>[0-5]\d)(?!\d| ?(?:per|mm|km|m\b|million))"
    r"|(?P<full>\d{1,2})(?= ?(?:[ap]\.?m\b))"
    r"|(?P<minutes>five|ten|quarter|twenty|twenty-five) (?P<side>to|past) (?P<of>[a-z]+)"
    r"|(?:at|before|after|around|about) (?P<noon>noon|midnight|midday)"
    r"|(?:(?P<half>half past)|(?P<late>before|after|past)|(?P<oclock>at|about|around)) (?P<word>[a-z]+)"
    r"(?=[,.;!?”\"]|$| o['’]clock| in the (?:morning|afternoon|evening)| when| as| and))"
)


class Hour(Struct, frozen=True):
    """A time of the clock at which a passage puts an act: minutes within half a day, the day, and the names that
    place it."""

    record: str
    one: AnnotatedReport
    passage: str
    minutes: int
    rough: bool
    day: date | None
    names: Names
    placed: bool
    """Whether the names stand beside it, and not only where its report opens."""
    words: str


def other_hours(tellings: Iterable[Told], world: World, naming: Naming, knowledge: Knowledge) -> Iterator[Conflict]:
    """The hours at which reports put the onset of one act: of one type, at one named place, on one day.

    The sentence says that something began or was; of two, the passage of one at least tells an act. What stands beside
    no name is placed by those with which its report opens, and may be at any place that its report names. Of copies the
    first that was published stands for all.
    """
    onset = Phrases(word for entry in knowledge.lexicon(OnsetWords) for word in entry.words)
    acts: dict[str, set[str]] = defaultdict(set)
    acting: set[str] = set()
    for told in tellings:
        if concrete(told) and (told.event.quad or "").startswith("material"):
            acts[told.report.id].add(told.event.type)
            acting.add(told.passage or "")
    blocks: dict[tuple[str, str], list[Hour]] = defaultdict(list)
    for one in in_order(world):
        found = [h for p in one.passages for h in _hours(one, p, naming, onset)] if acts.get(one.report.id) else []
        for hour in found:
            for key in ((kind, name) for kind in acts[one.report.id] for name in hour.names | naming.of(one)):
                blocks[key].append(hour)
    shown: set[tuple[str, str]] = set()
    for _, group in sorted(blocks.items()):
        for a, b in combinations(group[:MOST], 2):
            reports = (a.one.report.id, b.one.report.id)
            known = bool({a.passage, b.passage} & acting)
            if known and reports not in shown and _differ(a, b, world) and _one_place(a, b, naming):
                shown.add(reports)
                why = f"when it began: {a.words} against {b.words}"
                yield row(ConflictKind.TIME, ConflictRelation.CONTRADICTS, a.record, b.record, why)


def _one_place(a: Hour, b: Hour, naming: Naming) -> bool:
    """Whether most names of either are of both, or stand in the report of the one that stands beside none."""
    if a.placed == b.placed:
        return alike(a.names, b.names)
    placed, other = (a, b) if a.placed else (b, a)
    return alike(placed.names, naming.of(other.one))


def _differ(a: Hour, b: Hour, world: World) -> bool:
    since = gap(a.one.report, b.one.report)
    if a.one.report.id == b.one.report.id or since is None or since > WITHIN:
        return False
    if a.day is not None and b.day is not None and a.day != b.day:
        return False
    if b.passage in world.partners.get(a.passage, ()):
        return False
    apart = abs(a.minutes - b.minutes)
    apart = min(apart, HALF_DAY - apart)
    return (ROUGH if a.rough or b.rough else CLEAR) <= apart <= FAR


def _day(one: AnnotatedReport, sentence: Span) -> date | None:
    """The single day that a sentence tells, if any."""
    told = [time for time in one.times if time.type in _DATED and sentence.overlaps(time.evidence.span)]
    single = {span[0] for time in told if (span := days(time.from_, time.to)) is not None and span[0] == span[1]}
    return single.pop() if len(single) == 1 else None


def _denied(one: AnnotatedReport, sentence: Span) -> bool:
    """Whether all that a sentence tells is told not to have happened ("has not opened fire since 6 a.m.")."""
    told = [event for event in one.events if sentence.overlaps(event.evidence.span)]
    return bool(told) and all(event.polarity is not Polarity.AFFIRMED for event in told)


def _hours(one: AnnotatedReport, passage: Passage, naming: Naming, onset: Phrases) -> Iterator[Hour]:
    text, start = passage.evidence.quote, passage.evidence.span.start
    if _HOUR.search(text) is None:
        return
    first = one.passages[0].evidence.span
    opening = naming.within(one, first.start, first.end)
    for sentence in sentences(text):
        said = sentence.of(text)
        found = _HOUR.search(said)
        minutes = _minutes(found) if found is not None else None
        if found is None or minutes is None or not onset.any(stems(said)):
            continue
        here = Span(start + sentence.start + found.start(), start + sentence.start + found.end())
        beside = naming.beside(one, here).names
        names = beside or opening
        layers: tuple[Record, ...] = (*one.events, *one.statements, *one.times)
        whole = Span(start + sentence.start, start + sentence.end)
        shown = shown_by(layers, whole, passage.evidence.span) or passage
        rough, day, published = bool(found["rough"]), _day(one, whole), one.report.published
        ahead = day is not None and published is not None and day > published.first
        if not ahead and not _denied(one, whole):
            yield Hour(shown.id, one, passage.id, minutes, rough, day, names, bool(beside), found[0].strip())


def _minutes(found: re.Match[str]) -> int | None:
    """Minutes since midnight or noon; "past five" and "a little before two" tell the hour."""
    if found["noon"] is not None:
        return 0
    if found["of"] is not None:
        hour, minutes = _number(found["of"]), _number(found["minutes"]) or QUARTER
        sign = 1 if found["side"] == "past" else -1
        return (hour % 12 * 60 + sign * minutes) % HALF_DAY if hour is not None and hour <= 12 else None
    if found["word"] is not None:
        told = _number(found["word"])
        return (told % 12) * 60 + (30 if found["half"] else 0) if told is not None and 1 <= told <= 12 else None
    hour, minute = int(found["hour"] or found["full"]), int(found["minute"] or 0)
    return (hour % 12) * 60 + minute if 0 < hour < 24 else None


def _number(word: str) -> int | None:
    key = key_of(word)
    return int(key) if key.isdigit() else None
