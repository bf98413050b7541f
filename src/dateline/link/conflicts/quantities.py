"""Figures of one incident that do not meet: which contradict, which replace, which count others."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import IntEnum
from itertools import combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.counted import CountedKind, CountedWords
from dateline.knowledge.lexicon.figures import FigureKind, FigureWords
from dateline.knowledge.lexicon.updates import UpdateCue
from dateline.link.claims import Counted, passage_of, subject
from dateline.link.conflicts.accounts import row, told_at
from dateline.link.phrases import Phrases, Stems, stems
from dateline.link.where import holds
from dateline.link.world import Told, World, days, near
from dateline.matching.stems import key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Figure
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, Direction, EventBasis

REACH = 120
"""Code points before a figure, in its sentence, in which words of an update or of looking back speak of it; the
nearest counts. As many of each opening passage are searched for the words of an update."""
AHEAD = 16
"""Code points behind a figure in which it may be told to be a part of another."""
_OWNING = frozenset(key_of(word) for word in ("its", "his", "her", "their"))
_OTHER = key_of("others")
_STOP = re.compile(r"[.!?][\"”’']?\s|\n")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_BESIDE = re.compile(r",| who | that | which ")
_OF = re.compile(
    r"^[^,.;:]* of (?:them|whom|those|these|which|the (?:[a-z]+ )?\d)| of (?:the|those|them) (?:dead|wounded)"
)
Fit = Callable[[Figure, Figure], bool]


class Age(IntEnum):
    """Whether a claim is given as the new account, as one of several, or as what another has replaced."""

    OLD = 0
    PLAIN = 1
    NEW = 2


class Wording:
    """The words by which reports update, correct and look back, compiled from the lexicon.

    ``kin`` gives stems that may stand for the same people ("soldiers", "troops") one name.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        entries = knowledge.lexicon(UpdateCue)
        plain = [word for entry in entries if not entry.replaced and not entry.between for word in entry.words]
        self._new = Phrases(plain)
        self._between = Phrases(word for entry in entries if entry.between for word in entry.words)
        # "Revised its" speaks of one claimant's count, not of what a whole report is.
        self._renewed = Phrases(word for word in plain if not _OWNING & set(stems(word)))
        self._old = Phrases(w for entry in entries if entry.replaced and not entry.beside_new for w in entry.words)
        self._had = Phrases(word for entry in entries if entry.beside_new for word in entry.words)
        counted = knowledge.lexicon(CountedWords)
        self._anybody = {key_of(w) for entry in counted if entry.kind is CountedKind.ANYBODY for w in entry.words}
        kinds = (CountedKind.ALIKE, CountedKind.BYSTANDERS)
        self.kin = {key_of(w): entry.id for entry in counted if entry.kind in kinds for w in entry.words}
        self._bystanders = {entry.id for entry in counted if entry.kind is CountedKind.BYSTANDERS}
        tolls = (entry for entry in knowledge.lexicon(FigureWords) if entry.kind is FigureKind.TOLLS)
        self._tolls = frozenset(key_of(word) for entry in tolls for word in entry.words)
        self._updating: dict[str, bool] = {}
        self._renewing: dict[str, bool] = {}

    def age(self, figure: Figure, one: AnnotatedReport, world: World) -> Age:
        """Whether a figure is new or replaced: by the words of its sentence, then by those of its report.

        A report that opens with the words of an update gives new figures, except those that it lays to an
        earlier report or an earlier day.
        """
        before = _leading(figure, one)
        new, old = self._new.last(before), max(self._old.last(before), self._between.last(before))
        if self._between.last(_trailing(figure, one)) >= 0:
            new = max(new, len(before))
        if self._renews(one):
            old = max(old, self._had.last(before))
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
        if {mine, theirs} & self._bystanders:
            return False
        some, every = (a, b) if mine else (b, a)
        return some.low is None or every.high is None or some.low <= every.high

    def some(self, figure: Figure) -> str:
        """Which people a toll counts, as a stem or the name of words alike; empty for anybody."""
        keys = stems(figure.counted or "")
        last = keys[-1] if keys else ""
        return "" if self._anybody & set(keys) else self.kin.get(last, last)

    def apart(self, a: Figure, b: Figure) -> bool:
        """Whether two tolls are of two kinds of people, neither of which may hold the other ("officers", "rebels")."""
        mine, theirs = self.some(a), self.some(b)
        return bool(mine and theirs) and mine != theirs

    def _renews(self, one: AnnotatedReport) -> bool:
        """Whether a report gives anything in the words of an update."""
        if one.report.id not in self._renewing:
            self._renewing[one.report.id] = any(self._new.any(stems(p.evidence.quote)) for p in one.passages)
        return self._renewing[one.report.id]

    def _updates(self, one: AnnotatedReport) -> bool:
        if one.report.id not in self._updating:
            opening = " ".join([one.report.title or "", *(p.evidence.quote[:REACH] for p in one.passages[:2])])
            self._updating[one.report.id] = self._renewed.any(stems(opening))
        return self._updating[one.report.id]


def _leading(figure: Figure, one: AnnotatedReport) -> Stems:
    """The stems of the words before a figure, in its sentence."""
    start = figure.evidence.span.start
    return stems(_STOP.split(one.text[max(0, start - REACH) : start])[-1])


def _trailing(figure: Figure, one: AnnotatedReport) -> Stems:
    """The stems of the words behind a figure, in its sentence."""
    end = figure.evidence.span.end
    return stems(_STOP.split(one.text[end : end + REACH])[0])


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
    def told_by(self) -> tuple[str, ...]:
        """The stems of the words that describe a claimant who is not named; none for one word or a name."""
        part = self.figure.claimant
        if part is None or part.text != part.text.lower():
            return ()
        keys = stems(_BESIDE.split(_ARTICLE.sub("", part.text))[0])
        return keys if len(keys) > 1 else ()

    @property
    def day(self) -> date:
        """The day of the report, far off where it is not known."""
        return self.one.report.published.first if self.one.report.published else date.max


def figure_conflicts(
    figures: Iterable[Counted], tellings: Mapping[str, Told], world: World, wording: Wording, fit: Fit | None = None
) -> Iterator[Conflict]:
    """The figures of one incident that do not meet, claimant by claimant; ``fit`` says which pairs may be compared.

    What two claims of one incident give for one effect does not meet. A claim in the words of an update, or a later
    one of the same claimant, supersedes; later alone is not better. What is superseded is set against nothing told
    after it.
    """
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    given = list(figures)
    counts = Counter((one.report.id, figure.effect) for figure, one in given)
    whole = {(one.report.id, figure.effect) for figure, one in given if not wording.some(figure)}
    for figure, one in sorted(given, key=_told_first):
        about = claims[subject(figure)]
        age = wording.age(figure, one, world)
        own = wording.own(figure, one)
        claim = Claim(figure, one, world.named(figure.claimant), age, tellings.get(figure.event or ""), own)
        rest = _OTHER in stems(figure.counted or "") and counts[one.report.id, figure.effect] > 1
        of = figure.base is not None or _OF.search(_from(figure, one)) is not None
        if (figure.effect is not None and (of or rest)) or (figure.low is None and figure.high is None):
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
            if (fit is not None and not fit(earlier.figure, later.figure)) or _other_days(earlier.told, later.told):
                continue
            if earlier.figure.value != later.figure.value and not (effect and beside):
                yield from _against(earlier, later, wording, about)


def _from(figure: Figure, one: AnnotatedReport) -> str:
    """A figure with the words that follow it: "38 of the 41 arrested" is a part."""
    span = figure.evidence.span
    return one.text[span.start : span.end + AHEAD]


def _repeats(claim: Claim, other: Claim, world: World) -> bool:
    """Whether a claim adds nothing to another: the same value from one claimant, or told in a copied passage.

    What an outlet itself tells again with another value, or what is given as new, is no garbled copy. Another value
    from another claimant is one where the one report is known to follow the other in more than that passage.
    """
    same, equal = one_claimant(claim, other), claim.figure.value == other.figure.value
    if same and equal:
        return True
    passages = {passage_of(claim.figure, claim.one), passage_of(other.figure, other.one)}
    ends = claim.one.report.id, other.one.report.id
    copies = [c for pair in (ends, ends[::-1]) for c in world.copies.get(pair, ()) if passages == set(c.rests_on)]
    if not copies or (not same and not equal and not _follows(ends, world)):
        return False
    sources = [c.one.report.source for c in (claim, other)]
    own = sources[0] is not None and sources[0] == sources[1] and claim.one.report.id != other.one.report.id
    return equal or not (own or claim.age > other.age)


def _follows(ends: tuple[str, str], world: World) -> bool:
    copies = (*world.copies.get(ends, ()), *world.copies.get(ends[::-1], ()))
    return sum(copy.direction is not Direction.UNKNOWN for copy in copies) > 1


def one_claimant(a: Claim, b: Claim) -> bool:
    """Whether two claims are of one claimant: the same entity, or one description ("a doctor at the hospital, who
    asked not to be named" and "the doctor at the hospital")."""
    return a.claimant == b.claimant or (bool(a.told_by) and a.told_by == b.told_by)


def _several(about: Sequence[Claim]) -> bool:
    """Whether one claimant gives several values for what is counted: then they count different things."""
    given = Counter((claim.claimant, claim.one.report.id) for claim in about)
    return any(many > 1 for many in given.values())


def _against(a: Claim, b: Claim, wording: Wording, about: Sequence[Claim]) -> Iterator[Conflict]:
    """The conflict between two claims. What a report says was replaced stands against nothing but the new.

    Of hurt people, tolls of other people (officers, protesters), or of some of them within those of all, are of
    another scope; within one report that is nothing to note. A claimant's later toll of all replaces its own earlier
    one, whomever that counted.
    """
    shown = f"{_shown(a)} against {_shown(b)}"
    relation, why = ConflictRelation.CONTRADICTS, "their bounds do not meet"
    same = a.claimant is not None and one_claimant(a, b)
    if not a.figure.effect and (a.figure.base != b.figure.base or _counted(a) != _counted(b)):
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, f"{_counted(a) or '?'} and {_counted(b) or '?'} are counted"
    elif wording.others(a.figure, b.figure) and not (same and a.day < b.day and not wording.some(b.figure)):
        known = a.one.report.id == b.one.report.id or a.age is Age.OLD or b.age is Age.OLD
        if known or wording.apart(a.figure, b.figure) or _meet(a.figure, b.figure):
            return
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, f"{_counted(a)} and {_counted(b)} are counted"
    elif (scope := _scope(a.told, b.told)) is not None and a.one.report.id != b.one.report.id:
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, scope
    elif b.age is Age.NEW and a.age is not Age.NEW and a.day <= b.day < date.max and not _another(a, b, about):
        relation, why = ConflictRelation.SUPERSEDES, f"the words of an update in {b.one.report.id}"
    elif same and a.day != b.day:
        relation, why = ConflictRelation.SUPERSEDES, "the same claimant, later"
    elif same or a.age is Age.OLD or b.age is Age.OLD or _meet(a.figure, b.figure):
        return
    elif a.day != b.day or a.day == date.max:
        # Later alone is not better; but what nobody is named for may just be the toll of its day.
        if a.claimant is None or b.claimant is None:
            return
        why = "their bounds do not meet, and nothing says that the later replaces the earlier"
    yield row(ConflictKind.FIGURE, relation, b.figure.id, a.figure.id, f"{shown}: {why}")


def _another(a: Claim, b: Claim, about: Sequence[Claim]) -> bool:
    """Whether an update ``b`` is of another claimant's count than ``a``: in one report, where it is of its own, or
    where its claimant or outlet gave the one before.

    "The toll rose to 19, the governor said" is news of the toll that another report has from the mayor.
    """
    if a.claimant is None or one_claimant(a, b):
        return False
    own = b.claimant is not None and (b.own or a.one.report.id == b.one.report.id)
    return own or (not _updated(a, b) and any(_updated(one, b) for one in about))


def _updated(a: Claim, b: Claim) -> bool:
    """Whether ``a`` is what the claimant or the outlet of ``b`` gave on an earlier day."""
    outlet = b.one.report.source
    return a.day < b.day and ((outlet is not None and a.one.report.source == outlet) or one_claimant(a, b))


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


def _other_days(a: Told | None, b: Told | None) -> bool:
    """Whether two tolls are told in so many words to be of other days."""
    if a is None or b is None or any(t.event.time_basis is not EventBasis.CLAUSE or t.said for t in (a, b)):
        return False
    return not near(a.days, b.days, 0)


def _counted(claim: Claim) -> str:
    return (claim.figure.counted or "").lower()


def _told_first(pair: Counted) -> tuple[tuple[date, datetime], str, Span]:
    """Where a figure stands in order of publication."""
    figure, one = pair
    return told_at(one.report), one.report.id, figure.evidence.span


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
