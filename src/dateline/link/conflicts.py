"""Accounts that do not fit: figures, actors, and whether it happened at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from itertools import combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.updates import UpdateCue
from dateline.link.claims import figures_of, passage_of, subject
from dateline.link.quoted import misquoted
from dateline.link.tellings import CONCRETE, opposed
from dateline.link.world import Told, World, days, near
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import pair_id
from dateline.model.links import Conflict, Incident
from dateline.model.records import AnnotatedReport, Figure
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, Table

PRODUCER = "conflicts"
VERSION = "2"
REACH = 120
"""Code points before a figure, in its sentence, in which words of an update or of looking back speak of it; the
nearest counts. As many of each opening passage are searched for the words of an update."""
MOST = 200
"""A place or pair of parties with more events of one type says too little to set them against each other."""
_STOP = re.compile(r"[.!?][\"”’']?\s|\n")


def link_conflicts(world: World, incidents: Iterable[Incident], knowledge: Knowledge) -> tuple[Conflict, ...]:
    """The disagreements between accounts, in order of id.

    Figures: what two claims of one incident give for one effect does not meet. A claim in the words of an
    update, or a later one of the same claimant, supersedes; later alone is not better. What is superseded is
    set against nothing told after it. Actor: an incident is told of actors of other sides, or the same act at
    the same place, day and recipient of actors who share no member. Occurrence: one account has it, another
    negates or denies it. Speaker: one quotation is given to two speakers.
    """
    wording = Wording(knowledge)
    told = {t.event.id: t for t in world.events()}
    found: dict[str, Conflict] = {}
    for incident in incidents:
        group = [told[id] for id in incident.events if id in told]
        found.update((row.id, row) for row in (*_figures(group, world, wording), *_culprits(group)))
    found.update((row.id, row) for row in (*_events(told.values()), *_speakers(world)))
    return tuple(row for _, row in sorted(found.items()))


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
        self._old = _compiled(word for entry in entries if entry.replaced for word in entry.words)
        self._updating: dict[str, bool] = {}

    def age(self, figure: Figure, one: AnnotatedReport, world: World) -> Age:
        """Whether a figure is new or replaced: by the words of its sentence, then by those of its report.

        A report that opens with the words of an update gives new figures, except those that it lays to an
        earlier report or an earlier day.
        """
        start = figure.evidence.span.start
        before = _keys(_STOP.split(one.text[max(0, start - REACH) : start])[-1])
        new, old = _last(before, self._new), _last(before, self._old)
        said = world.statements.get(figure.statement or "")
        published = one.report.published
        spoken = days(said.said_on, None) if said is not None else None
        if old > new:
            return Age.OLD
        if spoken is not None and published is not None and spoken[1] < published.first:
            return Age.OLD if self._updates(one) else Age.PLAIN
        return Age.NEW if new >= 0 or self._updates(one) else Age.PLAIN

    def _updates(self, one: AnnotatedReport) -> bool:
        if one.report.id not in self._updating:
            opening = " ".join([one.report.title or "", *(p.evidence.quote[:REACH] for p in one.passages[:2])])
            self._updating[one.report.id] = _last(_keys(opening), self._new) >= 0
        return self._updating[one.report.id]


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

    @property
    def day(self) -> date:
        """The day of the report, far off where it is not known."""
        return self.one.report.published.first if self.one.report.published else date.max


def _figures(group: Sequence[Told], world: World, wording: Wording) -> Iterator[Conflict]:
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for figure, one in sorted(figures_of(group, world), key=_told_first):
        about = claims[subject(figure)]
        claim = Claim(figure, one, world.named(figure.claimant), wording.age(figure, one, world))
        part = figure.effect is not None and (figure.base is not None or " of " in figure.evidence.quote)
        if part or (figure.low is None and figure.high is None):
            continue
        if not any(_repeats(claim, other, world) for other in about):
            about.append(claim)
    for (effect, _), about in sorted(claims.items()):
        if not effect and _several(about):
            continue
        for earlier, later in combinations(sorted(about, key=lambda c: (c.age, c.day)), 2):
            if earlier.figure.value != later.figure.value:
                yield from _against(earlier, later)


def _repeats(claim: Claim, other: Claim, world: World) -> bool:
    """Whether a claim adds nothing to another: in a copied passage, or the same value from one claimant."""
    same, equal = claim.claimant == other.claimant, claim.figure.value == other.figure.value
    if not same and not equal:
        return False
    passages = [passage_of(c.figure, c.one) for c in (claim, other)]
    copied = None not in passages and passages[1] in world.partners.get(passages[0] or "", ())
    return (same and equal) or copied


def _several(about: Sequence[Claim]) -> bool:
    """Whether one claimant gives several values for what is counted: then they count different things."""
    given = Counter((claim.claimant, claim.one.report.id) for claim in about)
    return any(many > 1 for many in given.values())


def _against(a: Claim, b: Claim) -> Iterator[Conflict]:
    """The conflict between two claims. What a report says was replaced stands against nothing but the new."""
    shown = f"{_shown(a)} against {_shown(b)}"
    relation, why = ConflictRelation.CONTRADICTS, "their bounds do not meet"
    same = a.claimant is not None and a.claimant == b.claimant
    if not a.figure.effect and (a.figure.base != b.figure.base or _counted(a) != _counted(b)):
        relation, why = ConflictRelation.DIFFERS_IN_SCOPE, f"{_counted(a) or '?'} and {_counted(b) or '?'} are counted"
    elif b.age is Age.NEW and a.age is not Age.NEW and a.day <= b.day:
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
    yield _row(ConflictKind.FIGURE, relation, a.figure.id, b.figure.id, f"{shown}: {why}")


def _counted(claim: Claim) -> str:
    return (claim.figure.counted or "").lower()


def _told_first(pair: tuple[Figure, AnnotatedReport]) -> tuple[date, int, str, Span]:
    """Where a figure stands in order of publication; on one day, a report that gives its hour goes first."""
    figure, one = pair
    published = one.report.published
    value = published.value if published else ""
    return (published.first if published else date.max, -len(value), value + one.report.id, figure.evidence.span)


def _culprits(group: Sequence[Told]) -> Iterator[Conflict]:
    """One row for each pair of sides that the tellings of an incident lay it to, by different claimants."""
    shown: set[frozenset[frozenset[str]]] = set()
    for a, b in combinations(sorted(group, key=_fullest), 2):
        pair = frozenset((a.sides, b.sides))
        if opposed(a, b) and pair not in shown:
            shown.add(pair)
            yield _row(ConflictKind.ACTOR, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, _who(a, b))


def _fullest(told: Told) -> tuple[bool, bool, date, int, str]:
    """The tellings that say most first: attributed, whom it hit, then in order of publication."""
    published = told.report.published
    return (
        told.claimant is None,
        not told.recipients,
        published.first if published else date.max,
        -len(published.value) if published else 0,
        f"{published.value if published else ''}{told.event.id}",
    )


def _who(a: Told, b: Told) -> str:
    names = " against ".join(", ".join(p.text for p in t.event.actors) for t in (a, b))
    return f"who did it: {names}"


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


def _events(tellings: Iterable[Told]) -> Iterator[Conflict]:
    """Conflicts of actor and occurrence, among events of one type at one narrow place or between one pair."""
    blocks: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for told in tellings:
        if told.event.status not in CONCRETE:
            continue
        if told.narrow and told.event.place:
            blocks[told.event.type, "place", told.event.place].append(told)
        for actor in told.actors:
            for recipient in told.recipients:
                blocks[told.event.type, "parties", actor, recipient].append(told)
    for key, group in sorted(blocks.items()):
        if len(group) > MOST:
            continue
        for a, b in combinations(sorted(group, key=lambda t: t.event.id), 2):
            yield from _pair(a, b, key[1] == "place")


def _pair(a: Told, b: Told, same_place: bool) -> Iterator[Conflict]:
    if a.event.mode != b.event.mode or a.days is None or b.days is None or not near(a.days, b.days, 0):
        return
    affirmed = [t.event.polarity is Polarity.AFFIRMED for t in (a, b)]
    one_act = bool(a.recipients & b.recipients) or bool(a.actors & b.actors)
    if affirmed[0] != affirmed[1] and one_act and not (a.actors and b.actors and not a.actors & b.actors):
        why = "one account has it, the other says that it did not happen"
        yield _row(ConflictKind.OCCURRENCE, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, why)
    told_apart = a.report.id != b.report.id or a.claimant != b.claimant
    other_actor = bool(a.actors) and bool(b.actors) and not a.actors & b.actors
    if all(affirmed) and same_place and told_apart and other_actor and a.recipients & b.recipients:
        yield _row(ConflictKind.ACTOR, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, _who(a, b))


def _speakers(world: World) -> Iterator[Conflict]:
    for a, b in misquoted(world):
        why = f"the same words are laid to {a.speaker.name} and to {b.speaker.name}"
        yield _row(ConflictKind.SPEAKER, ConflictRelation.CONTRADICTS, a.statement.id, b.statement.id, why)


def _row(kind: ConflictKind, relation: ConflictRelation, left: str, right: str, because: str) -> Conflict:
    first, second = sorted((left, right))
    return Conflict(
        id=pair_id(Table.CONFLICTS, str(kind), first, second),
        because=because,
        producer=PRODUCER,
        version=VERSION,
        rests_on=(first, second),
        kind=kind,
        relation=relation,
        left=first,
        right=second,
    )
