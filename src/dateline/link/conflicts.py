"""Accounts that do not fit: figures, actors, and whether it happened at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from itertools import chain, combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.counted import CountedWords
from dateline.knowledge.lexicon.figures import FigureKind, FigureWords
from dateline.knowledge.lexicon.updates import UpdateCue
from dateline.link.accounts import culprits, denied, of_one_act, row, when_and_where
from dateline.link.claims import figures_of, passage_of, subject
from dateline.link.offices import other_offices
from dateline.link.quoted import misquoted
from dateline.link.where import holds
from dateline.link.world import Told, World, days
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Conflict, Incident
from dateline.model.records import AnnotatedReport, Figure
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, EventBasis

REACH = 120
"""Code points before a figure, in its sentence, in which words of an update or of looking back speak of it; the
nearest counts. As many of each opening passage are searched for the words of an update."""
_OWNING = frozenset(key_of(word) for word in ("its", "his", "her", "their"))
_STOP = re.compile(r"[.!?][\"”’']?\s|\n")


def link_conflicts(world: World, incidents: Iterable[Incident], knowledge: Knowledge) -> tuple[Conflict, ...]:
    """The disagreements between accounts, in order of id.

    Figures: what two claims of one incident give for one effect does not meet. A claim in the words of an
    update, or a later one of the same claimant, supersedes; later alone is not better. What is superseded is
    set against nothing told after it. Actor: an incident is told of actors of other sides, or the same act at
    the same place, day and recipient of actors who cannot be one, or of two who attack each other. Occurrence:
    one account has it, another negates or denies it. Time and place: one toll at one thing is told of two. Speaker:
    one quotation is given to two speakers. Role: one person holds offices that differ in substance.
    """
    wording = Wording(knowledge)
    told = {t.event.id: t for t in world.events()}
    found: dict[str, Conflict] = {}
    for incident in incidents:
        group = [told[id] for id in incident.events if id in told]
        found.update((one.id, one) for one in (*_figures(group, world, wording), *culprits(group)))
    tellings = list(told.values())
    across = chain(
        of_one_act(tellings, world),
        denied(tellings, world),
        when_and_where(tellings, world),
        _speakers(world),
        other_offices(world, knowledge),
    )
    found.update((one.id, one) for one in across)
    return tuple(one for _, one in sorted(found.items()))


class Age(IntEnum):
    """Whether a claim is given as the new account, as one of several, or as what another has replaced."""

    OLD = 0
    PLAIN = 1
    NEW = 2


class Wording:
    """The words by which reports update, correct and look back, compiled from the lexicon."""

    def __init__(self, knowledge: Knowledge) -> None:
        entries = knowledge.lexicon(UpdateCue)
        self._new = _compiled(word for entry in entries if not entry.replaced for word in entry.words)
        # "Revised its" speaks of one claimant's count, not of what a whole report is.
        self._renewed = tuple(phrase for phrase in self._new if not _OWNING & set(phrase))
        self._old = _compiled(word for entry in entries if entry.replaced for word in entry.words)
        self._anybody = {key_of(word) for entry in knowledge.lexicon(CountedWords) for word in entry.words}
        tolls = (entry for entry in knowledge.lexicon(FigureWords) if entry.kind is FigureKind.TOLLS)
        self._tolls = frozenset(key_of(word) for entry in tolls for word in entry.words)
        self._updating: dict[str, bool] = {}

    def age(self, figure: Figure, one: AnnotatedReport, world: World) -> Age:
        """Whether a figure is new or replaced: by the words of its sentence, then by those of its report.

        A report that opens with the words of an update gives new figures, except those that it lays to an
        earlier report or an earlier day.
        """
        before = _leading(figure, one)
        new, old = _last(before, self._new), _last(before, self._old)
        said = world.statements.get(figure.statement or "")
        published = one.report.published
        spoken = days(said.said_on, None) if said is not None else None
        if old > new:
            return Age.OLD
        if spoken is not None and published is not None and spoken[1] < published.first:
            return Age.OLD if self._updates(one) else Age.PLAIN
        return Age.NEW if new >= 0 or self._updates(one) else Age.PLAIN

    def own(self, figure: Figure, one: AnnotatedReport) -> bool:
        """Whether the words before a figure lay the count to somebody ("its count", "their first estimate")."""
        before = _leading(figure, one)
        return any(word in _OWNING and self._tolls & set(before[at + 1 : at + 3]) for at, word in enumerate(before))

    def others(self, a: Figure, b: Figure) -> bool:
        """Whether two tolls are of other people, or one of some of those that the other counts."""
        mine, theirs = self.some(a), self.some(b)
        if mine == theirs:
            return False
        if mine and theirs:
            return True
        some, every = (a, b) if mine else (b, a)
        return some.low is None or every.high is None or some.low <= every.high

    def some(self, figure: Figure) -> str:
        """Which people a toll counts, as a stem; empty for anybody."""
        keys = _keys(figure.counted or "")
        return keys[-1] if keys and keys[-1] not in self._anybody else ""

    def _updates(self, one: AnnotatedReport) -> bool:
        if one.report.id not in self._updating:
            opening = " ".join([one.report.title or "", *(p.evidence.quote[:REACH] for p in one.passages[:2])])
            self._updating[one.report.id] = _last(_keys(opening), self._renewed) >= 0
        return self._updating[one.report.id]


def _leading(figure: Figure, one: AnnotatedReport) -> tuple[str, ...]:
    """The stems of the words before a figure, in its sentence."""
    start = figure.evidence.span.start
    return _keys(_STOP.split(one.text[max(0, start - REACH) : start])[-1])


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key_of(word) for word in WORD.findall(text))


def _last(keys: tuple[str, ...], phrases: Sequence[tuple[str, ...]]) -> int:
    """Where the last of the phrases stands among the keys, or -1."""
    return max((i for phrase in phrases for i in range(len(keys)) if keys[i : i + len(phrase)] == phrase), default=-1)


def _compiled(words: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted({_keys(word) for word in words}))


class Claim(Struct, frozen=True):
    """A value that one claimant gives in one incident: the earliest figure that gives it, and its report."""

    figure: Figure
    one: AnnotatedReport
    claimant: str | None
    age: Age
    told: Told | None = None
    own: bool = False
    """Whether it is given as the claimant's own count revised ("the group revised its count to seven")."""

    @property
    def day(self) -> date:
        """The day of the report, far off where it is not known."""
        return self.one.report.published.first if self.one.report.published else date.max


def _figures(group: Sequence[Told], world: World, wording: Wording) -> Iterator[Conflict]:
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    tellings = {told.event.id: told for told in group}
    whole = {(one.report.id, figure.effect) for figure, one in figures_of(group, world) if not wording.some(figure)}
    for figure, one in sorted(figures_of(group, world), key=_told_first):
        about = claims[subject(figure)]
        age = wording.age(figure, one, world)
        own = wording.own(figure, one)
        claim = Claim(figure, one, world.named(figure.claimant), age, tellings.get(figure.event or ""), own)
        part = figure.effect is not None and (figure.base is not None or " of " in figure.evidence.quote)
        if part or (figure.low is None and figure.high is None):
            continue
        if not any(_repeats(claim, other, world) for other in about):
            about.append(claim)
    for (effect, _), about in sorted(claims.items()):
        if not effect and _several(about):
            continue
        for earlier, later in combinations(sorted(about, key=lambda c: (c.age, c.day)), 2):
            both = (earlier, later)
            # A report that gives the toll of all beside that of some is set against others by the former.
            beside = any(wording.some(c.figure) and (c.one.report.id, c.figure.effect) in whole for c in both)
            if earlier.figure.value != later.figure.value and not (effect and beside):
                yield from _against(earlier, later, wording)


def _repeats(claim: Claim, other: Claim, world: World) -> bool:
    """Whether a claim adds nothing to another: in a copied passage, or the same value from one claimant.

    What an outlet itself tells again with another value, or what is given as new, is no garbled copy.
    """
    same, equal = claim.claimant == other.claimant, claim.figure.value == other.figure.value
    if same == equal:
        return same
    passages = [passage_of(c.figure, c.one) for c in (claim, other)]
    copied = None not in passages and passages[1] in world.partners.get(passages[0] or "", ())
    sources = [c.one.report.source for c in (claim, other)]
    own = sources[0] is not None and sources[0] == sources[1] and claim.one.report.id != other.one.report.id
    return copied and (equal or not (own or claim.age > other.age))


def _several(about: Sequence[Claim]) -> bool:
    """Whether one claimant gives several values for what is counted: then they count different things."""
    given = Counter((claim.claimant, claim.one.report.id) for claim in about)
    return any(many > 1 for many in given.values())


def _against(a: Claim, b: Claim, wording: Wording) -> Iterator[Conflict]:
    """The conflict between two claims. What a report says was replaced stands against nothing but the new.

    Of hurt people, tolls of other people (officers, protesters), or of some of them within those of all, are of
    another scope; within one report that is nothing to note.
    """
    shown = f"{_shown(a)} against {_shown(b)}"
    relation, why = ConflictRelation.CONTRADICTS, "their bounds do not meet"
    same = a.claimant is not None and a.claimant == b.claimant
    if not a.figure.effect and (a.figure.base != b.figure.base or _counted(a) != _counted(b)):
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, f"{_counted(a) or '?'} and {_counted(b) or '?'} are counted"
    elif wording.others(a.figure, b.figure):
        if a.one.report.id == b.one.report.id or a.age is Age.OLD or b.age is Age.OLD:
            return
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, f"{_counted(a)} and {_counted(b)} are counted"
    elif (scope := _scope(a.told, b.told)) is not None and a.one.report.id != b.one.report.id:
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, scope
    elif b.age is Age.NEW and a.age is not Age.NEW and a.day <= b.day and not _another(a, b):
        relation, why = ConflictRelation.SUPERSEDES, f"the words of an update in {b.one.report.id}"
    elif same and a.day != b.day:
        relation, why = ConflictRelation.SUPERSEDES, "the same claimant, later"
    elif same or a.age is Age.OLD or b.age is Age.OLD or _meet(a.figure, b.figure):
        return
    elif a.day != b.day:
        # Later alone is not better; but what nobody is named for may just be the toll of its day.
        if a.claimant is None or b.claimant is None:
            return
        why = "their bounds do not meet, and nothing says that the later replaces the earlier"
    yield row(ConflictKind.FIGURE, relation, a.figure.id, b.figure.id, f"{shown}: {why}")


def _another(a: Claim, b: Claim) -> bool:
    """Whether an update ``b`` is of another claimant's count than ``a``: in one report, or where it is of its own.

    "The toll rose to 19, the governor said" is news of the toll that another report has from the mayor.
    """
    named = a.claimant is not None and b.claimant is not None and a.claimant != b.claimant
    return named and (b.own or a.one.report.id == b.one.report.id)


def _scope(a: Told | None, b: Told | None) -> str | None:
    """Why two tolls are not of one stretch of land or time: one is told of the whole region, or of all the days."""
    if a is None or b is None:
        return None
    for one, other in ((a, b), (b, a)):
        if one.where is not None and other.where is not None and other.narrow and holds(one.where, other.where):
            return f"one is told of {one.event.place}, the other of {other.event.place}"
        some, whole = other.days, one.days
        clause = all(t.event.time_basis is EventBasis.CLAUSE for t in (one, other))
        if clause and some and whole and some != whole and whole[0] <= some[0] and some[1] <= whole[1]:
            return f"one is told of {whole[0]} to {whole[1]}, the other of part of that"
    return None


def _counted(claim: Claim) -> str:
    return (claim.figure.counted or "").lower()


def _told_first(pair: tuple[Figure, AnnotatedReport]) -> tuple[date, int, str, Span]:
    """Where a figure stands in order of publication; on one day, a report that gives its hour goes first."""
    figure, one = pair
    published = one.report.published
    value = published.value if published else ""
    return (published.first if published else date.max, -len(value), value + one.report.id, figure.evidence.span)


def _meet(a: Figure, b: Figure) -> bool:
    lows = [x for x in (a.low, b.low) if x is not None]
    highs = [x for x in (a.high, b.high) if x is not None]
    if (a.low is None and a.high is None) or (b.low is None and b.high is None):
        return True
    return not lows or not highs or max(lows) <= min(highs)


def _shown(claim: Claim) -> str:
    """The figure in the report's words, with who gives it."""
    by = claim.figure.claimant
    return f"{claim.figure.evidence.quote} ({by.text if by is not None else 'the reporter'})"


def _speakers(world: World) -> Iterator[Conflict]:
    for a, b in misquoted(world):
        why = f"the same words are laid to {a.speaker.name} and to {b.speaker.name}"
        yield row(ConflictKind.SPEAKER, ConflictRelation.CONTRADICTS, a.statement.id, b.statement.id, why)
