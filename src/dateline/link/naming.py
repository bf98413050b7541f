"""By which names a report places what it tells: those beside the words, but for who speaks and when."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.counted import CountedKind, CountedWords
from dateline.link.wording import passage_at
from dateline.link.world import World
from dateline.matching.names import is_title
from dateline.matching.profile import Profile, profile_of
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span
from dateline.model.vocab import Label, Precision, Relation

LEAST = 1.6
"""The least rarity of a word of a name that tells where something was ("Camp" does not, "Ouest" does)."""
HALF = 0.5
"""Two things are placed alike where more than this share of the rarer words that place either is shared."""

_THE = frozenset({key_of("the")})
_IN = key_of("in")
_WITHIN = frozenset(map(key_of, ("in", "of", "near", "outside")))
_GAP = 8
"""The most words between a place and what it lies in: "Velm in the east of the Ard highlands"."""
_CLAUSE = re.compile(r"[,;:–—(]")
Names = frozenset[str]


class Placed(Struct, frozen=True):
    """The names beside some words, as stems; ``venues`` are the hospitals and morgues among them ("the hospital of
    St Orla", not "the hospital in Oskavar"), where the dead and hurt of any place are brought."""

    names: Names
    venues: Names = frozenset()
    seat: Span | None = None
    """The sentence that holds the names."""


NOWHERE = Placed(frozenset())


class Naming:
    """The names in the reports of a world, read where they are asked for and remembered."""

    def __init__(self, world: World, knowledge: Knowledge) -> None:
        entries = knowledge.lexicon(CountedWords)
        self._venues = {key_of(w) for e in entries if e.kind is CountedKind.VENUE for w in e.words}
        sources = {one.report.source for one in world.reports.values() if one.report.source}
        words = (frozenset(key_of(w) for w in WORD.findall(source) if w[0].isupper()) for source in sorted(sources))
        self._outlets = frozenset(keys for keys in words if len(keys) > 1)
        self._persons: dict[str, Names] = {}
        self._left_out: dict[str, tuple[Span, ...]] = {}
        self._all: dict[str, Names] = {}

    def beside(self, one: AnnotatedReport, span: Span) -> Placed:
        """The names that follow some words in their clause, else the nearest before, back to the passage's start."""
        passage = passage_at(one, span.start)
        if passage is None:
            return NOWHERE
        start = passage.evidence.span.start
        profile = profile_of(passage.evidence.quote)
        here = Span(span.start - start, span.end - start)
        own = next((s for s in profile.sentences if s.start <= here.start < s.end), here)
        stop = _CLAUSE.search(profile.text, here.end, own.end)
        clause = Span(here.end, stop.start() if stop is not None else max(own.end, here.end))
        before, rest = Span(own.start, here.start), Span(min(clause.end, own.end), own.end)
        seats = [(clause, own), (before, own), (rest, own)]
        seats.extend((s, s) for s in reversed(profile.sentences) if s.end <= here.start)
        found = [(self._placed(one, profile, part, start, nearest=part is before), seat) for part, seat in seats]
        venues = found[0][0].venues | found[1][0].venues | found[2][0].venues
        placed, seat = next(((p, seat) for p, seat in found if p.names), (NOWHERE, own))
        return Placed(placed.names, venues, Span(seat.start + start, seat.end + start))

    def within(self, one: AnnotatedReport, start: int, end: int) -> Names:
        """All names in a stretch of a passage, those of persons who hold office aside."""
        passage = passage_at(one, start)
        if passage is None:
            return frozenset()
        at = passage.evidence.span.start
        return frozenset(_names(profile_of(passage.evidence.quote), start - at, end - at)) - self._people(one)

    def of(self, one: AnnotatedReport) -> Names:
        """All names in a report, those of persons who speak or hold office aside."""
        if one.report.id not in self._all:
            found = [key for p in one.passages for key in _names(profile_of(p.evidence.quote))]
            self._all[one.report.id] = frozenset(found) - self._people(one)
        return self._all[one.report.id]

    def _placed(
        self, one: AnnotatedReport, profile: Profile, within: Span, start: int, *, nearest: bool = False
    ) -> Placed:
        people, out = self._people(one), self._out(one)
        names: set[str] = set()
        venues: set[str] = set()
        behind: range | None = None
        for run in reversed(list(_runs(profile, within))):
            told = Span(profile.starts[run.start] + start, profile.ends[run.stop - 1] + start)
            ahead = profile.keys[max(0, run.start - 3) : run.start]
            around = (*(() if _IN in ahead else ahead), *profile.keys[run.start : run.stop + 2])
            keys = {profile.keys[i] for i in run if profile.weights[i] >= LEAST} - people
            titled = any(is_title(profile.word(i)) for i in (run.start - 1, run.start) if i >= 0)
            if any(outlet - _THE <= {profile.keys[i] for i in run} for outlet in self._outlets):
                continue
            if self._venues & set(around):
                venues.update(keys)
            elif not (titled or any(o.overlaps(told) for o in out)):
                if nearest and names and not (behind is not None and _lies_in(profile, run, behind)):
                    break
                names.update(keys)
                behind = run if keys else behind
        return Placed(frozenset(names - venues), frozenset(venues - self._venues))

    def _people(self, one: AnnotatedReport) -> Names:
        if one.report.id not in self._persons:
            officials = [s.subject.text for s in one.states if s.relation is Relation.HOLDS_OFFICE]
            words = (WORD.findall(text) for text in officials)
            full = (w for name in words if len(name) > 1 for w in name if w[0].isupper())
            self._persons[one.report.id] = frozenset(map(key_of, full))
        return self._persons[one.report.id]

    def _out(self, one: AnnotatedReport) -> tuple[Span, ...]:
        """What does not tell where: who speaks or counts, times, peoples, and countries that the gazetteer knows."""
        if one.report.id not in self._left_out:
            told = [part for s in one.statements for part in (s.speaker, s.cue, s.addressee, *s.via)]
            told.extend(figure.claimant for figure in one.figures)
            spoken = (span for part in told if part is not None for span in part.spans)
            peoples = (m.evidence.span for m in one.mentions if m.label is Label.NORP)
            countries = (p.evidence.span for p in one.places if p.precision is Precision.COUNTRY)
            times = (t.evidence.span for t in one.times)
            self._left_out[one.report.id] = (*spoken, *peoples, *countries, *times)
        return self._left_out[one.report.id]


def _lies_in(profile: Profile, place: range, around: range) -> bool:
    """Whether a name is told to lie in the place that is named next ("Velm in the Ard highlands")."""
    gap = profile.keys[place.stop : around.start]
    between = profile.text[profile.ends[place.stop - 1] : profile.starts[around.start]]
    return len(gap) <= _GAP and bool(_WITHIN & set(gap)) and _CLAUSE.search(between) is None


def alike(a: Names, b: Names) -> bool:
    """Whether most of the names that place either thing place both, the rare ones counting more."""
    least = min(sum(map(weight_of, a)), sum(map(weight_of, b)))
    return sum(map(weight_of, a & b)) > HALF * least


def _names(profile: Profile, start: int = 0, end: int | None = None) -> Iterable[str]:
    rows = zip(profile.starts, profile.keys, profile.weights, profile.named, strict=True)
    return (k for at, k, w, n in rows if n and w >= LEAST and at >= start and (end is None or at < end))


def _runs(profile: Profile, sentence: Span) -> Iterator[range]:
    """The runs of words written as names within a sentence."""
    inside = [i for i, s in enumerate(profile.starts) if sentence.start <= s < sentence.end and profile.named[i]]
    cuts = [0, *(n + 1 for n, (a, b) in enumerate(pairwise(inside)) if b != a + 1), len(inside)]
    for first, last in pairwise(cuts):
        if first < last:
            yield range(inside[first], inside[last - 1] + 1)
