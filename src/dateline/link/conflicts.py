"""Accounts that do not fit: figures, actors, and whether it happened at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.updates import UpdateCue
from dateline.link.incidents import CONCRETE
from dateline.link.world import Told, World, near
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import pair_id
from dateline.model.links import Conflict, Incident
from dateline.model.records import AnnotatedReport, Figure
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, Table

PRODUCER = "conflicts"
VERSION = "1"
MOST = 200
"""A place or pair of parties with more events of one type says too little to set them against each other."""


def link_conflicts(world: World, incidents: Iterable[Incident], knowledge: Knowledge) -> tuple[Conflict, ...]:
    """The disagreements between accounts, in order of id.

    Figures: two that count the same thing with the same effect in one incident and whose intervals do not
    meet. Actor: the same act at the same place, day and recipient told of actors who share no member.
    Occurrence: one account has it, another negates or denies it. The later supersedes the earlier only when
    the claimant is the same or its words are those of an update; later alone is not better.
    """
    phrases = _phrases(knowledge)
    found = {row.id: row for row in _figures(world, incidents, phrases)}
    found.update((row.id, row) for row in _events(world))
    return tuple(row for _, row in sorted(found.items()))


def _figures(world: World, incidents: Iterable[Incident], phrases: Sequence[tuple[str, ...]]) -> Iterator[Conflict]:
    for incident in incidents:
        figures = [pair for event in incident.events for pair in world.figures.get(event, ())]
        for (a, one), (b, two) in combinations(sorted(figures, key=lambda pair: pair[0].id), 2):
            if a.effect != b.effect or (a.effect is None and _head(a) != _head(b)) or _meet(a, b):
                continue
            relation, why = _relation(a, one, b, two, world, phrases)
            yield _row(ConflictKind.FIGURE, relation, a.id, b.id, f"{_shown(a)} against {_shown(b)}: {why}")


def _relation(
    a: Figure,
    one: AnnotatedReport,
    b: Figure,
    two: AnnotatedReport,
    world: World,
    phrases: Sequence[tuple[str, ...]],
) -> tuple[ConflictRelation, str]:
    if _head(a) != _head(b) or a.base != b.base:
        return ConflictRelation.DIFFERS_IN_SCOPE, f"{a.counted or 'people'} and {b.counted or 'people'} are counted"
    for figure, annotated in ((a, one), (b, two)):
        if _updates(figure, annotated, phrases):
            return ConflictRelation.SUPERSEDES, "the words of an update"
    left, right = one.report.published, two.report.published
    later = left is not None and right is not None and (left.last < right.first or right.last < left.first)
    claimants = world.named(a.claimant), world.named(b.claimant)
    if later and claimants[0] is not None and claimants[0] == claimants[1]:
        return ConflictRelation.SUPERSEDES, "the same claimant, later"
    return ConflictRelation.CONTRADICTS, "their bounds do not meet"


def _updates(figure: Figure, annotated: AnnotatedReport, phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether the passage around a figure uses the words of an update or a correction."""
    at = figure.evidence.span.start
    for passage in annotated.passages:
        if passage.evidence.span.start <= at < passage.evidence.span.end:
            keys = tuple(key_of(word) for word in WORD.findall(passage.evidence.quote))
            return any(keys[i : i + len(phrase)] == phrase for phrase in phrases for i in range(len(keys)))
    return False


def _phrases(knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    words = {word for entry in knowledge.lexicon(UpdateCue) for word in entry.words}
    return tuple(sorted(tuple(key_of(part) for part in WORD.findall(word)) for word in words))


def _meet(a: Figure, b: Figure) -> bool:
    lows = [x for x in (a.low, b.low) if x is not None]
    highs = [x for x in (a.high, b.high) if x is not None]
    if (a.low is None and a.high is None) or (b.low is None and b.high is None):
        return True
    return not lows or not highs or max(lows) <= min(highs)


def _head(figure: Figure) -> str:
    words = WORD.findall(figure.counted or "")
    return key_of(words[-1]) if words else ""


def _shown(figure: Figure) -> str:
    return figure.evidence.quote


def _events(world: World) -> Iterator[Conflict]:
    """Conflicts of actor and occurrence, among events of one type at one narrow place or between one pair."""
    blocks: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for told in world.events():
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
        names = " against ".join(", ".join(p.text for p in t.event.actors) for t in (a, b))
        yield _row(ConflictKind.ACTOR, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, f"who did it: {names}")


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
