"""Accounts of one event that do not fit: who did it, whether it happened, when and where.

A passage and its copy are one account: what the copy changed is a change, no second voice, unless it lays it to
somebody else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import combinations

from dateline.link.tellings import CONCRETE, SEEN, TOLL, concrete, one_toll, opposed, swapped
from dateline.link.where import compatible
from dateline.link.world import Told, World, near
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import pair_id
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Record
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import ConflictKind, ConflictRelation, EntityKind, EventBasis, Polarity, Table

PRODUCER = "conflicts"
VERSION = "3"
MOST = 200
"""A place or pair of parties with more events of one type says too little to set them against each other."""
REMOTE = 7
"""Days by which two accounts of when one thing was may differ at most: further apart, they are two things."""
TELLING = 1.0
"""The least rarity of a word that tells who acted."""
THING = 0.5
"""The least rarity of a word for what was hit ("the market"), where the toll is the same too."""


def row(kind: ConflictKind, relation: ConflictRelation, left: str, right: str, because: str) -> Conflict:
    """The conflict between two records: of two that contradict each other the order tells nothing; what supersedes
    stands left."""
    first, second = (left, right) if relation is ConflictRelation.SUPERSEDES else sorted((left, right))
    return Conflict(
        id=pair_id(Table.CONFLICTS, str(kind), *sorted((left, right))),
        because=because,
        producer=PRODUCER,
        version=VERSION,
        rests_on=tuple(sorted((left, right))),
        kind=kind,
        relation=relation,
        left=first,
        right=second,
    )


def contradicts(kind: ConflictKind, a: Told, b: Told, because: str) -> Conflict:
    """The conflict between two tellings."""
    return row(kind, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, because)


def one_account(a: Told, b: Told, world: World) -> bool:
    """Whether a passage only repeats the other: copied, and not laid to somebody else."""
    copied = a.passage is not None and b.passage in world.partners.get(a.passage, ())
    return copied and (a.claimant is None or b.claimant is None or a.claimant == b.claimant)


def culprits(group: Sequence[Told], kin: Mapping[str, str]) -> Iterator[Conflict]:
    """One row for each pair of sides that the tellings of an incident lay it to, by different claimants.

    Where no side is known, one for each pair of reports of which one denies such an act and lays it to others.
    """
    shown: set[frozenset[frozenset[str]]] = set()
    fullest: dict[tuple[frozenset[str], frozenset[str]], Told] = {}
    for told in sorted(group, key=_fullest):
        fullest.setdefault((told.sides, told.actors), told)
    for a, b in combinations(fullest.values(), 2):
        pair = frozenset((a.sides, b.sides))
        if opposed(a, b) and pair not in shown:
            shown.add(pair)
            yield contradicts(ConflictKind.ACTOR, a, b, _who(a, b))
    laid: set[frozenset[str]] = set()
    for a, b in combinations((t for t in sorted(group, key=_fullest) if t.event.actors and t.claimant), 2):
        ends = frozenset((a.report.id, b.report.id))
        if len(ends) > 1 and ends not in laid and _laid_to_others(a, b, kin):
            laid.add(ends)
            yield contradicts(ConflictKind.ACTOR, a, b, _who(a, b))


def _laid_to_others(a: Told, b: Told, kin: Mapping[str, str]) -> bool:
    """Whether two claimants lay an act to actors who cannot be one, and a report of either denies such an act."""
    known = bool(a.sides or b.sides) or a.claimant == b.claimant or a.event.type != b.event.type
    apart = not known and _other_actors(a, b, kin)
    return apart and any(
        event.type == told.event.type and event.polarity is not Polarity.AFFIRMED
        for told in (a, b)
        for event in told.annotated.events
    )


def _fullest(told: Told) -> tuple[bool, tuple[date, datetime], bool, str]:
    """The tellings that are attributed first, then in order of publication, those that say whom it hit before."""
    return told.claimant is None, told_at(told.report), not told.recipients, told.event.id


def told_at(report: Report) -> tuple[date, datetime]:
    """Where a report stands in order of publication: of one day, those that give their hour go first."""
    published = report.published
    if published is None:
        return date.max, _LAST
    if len(published.value) <= len("2031-05-05") or "/" in published.value:
        return published.first, _LAST
    moment = datetime.fromisoformat(published.value)
    return published.first, moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


_LAST = datetime.max.replace(tzinfo=UTC)


def in_order(world: World) -> list[AnnotatedReport]:
    """The reports in order of publication."""
    return sorted(world.reports.values(), key=lambda one: (told_at(one.report), one.report.id))


def with_copies(passage: str | None, world: World) -> tuple[str | None, ...]:
    """A passage and those that are copies of it."""
    return passage, *sorted(world.partners.get(passage or "", ()))


def shown_by(layers: Iterable[Record], here: Span, passage: Span) -> Record | None:
    """The record that stands for a stretch of text: the first that lies in it, else in its passage."""
    near = [record for record in layers if record.evidence.span.overlaps(passage)]
    return next((record for record in near if record.evidence.span.overlaps(here)), near[0] if near else None)


def _who(a: Told, b: Told) -> str:
    names = " against ".join(", ".join(p.text for p in t.event.actors) for t in (a, b))
    return f"who did it: {names}"


def of_one_act(tellings: Iterable[Told], world: World, kin: Mapping[str, str]) -> Iterator[Conflict]:
    """Conflicts of actor and occurrence, among events of one type at one narrow place or between one pair."""
    blocks: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for told in tellings:
        if told.event.status not in CONCRETE:
            continue
        if told.narrow and told.event.place:
            blocks[told.event.type, "place", told.event.place].append(told)
        for actor in told.actors:
            for recipient in told.recipients:
                blocks[told.event.type, "parties", *sorted((actor, recipient))].append(told)
    for key, group in sorted(blocks.items()):
        if len(group) > MOST:
            continue
        for a, b in combinations(sorted(group, key=lambda t: t.event.id), 2):
            yield from _pair(a, b, world, kin if key[1] == "place" else None)


def _pair(a: Told, b: Told, world: World, kin: Mapping[str, str] | None) -> Iterator[Conflict]:
    if a.event.mode != b.event.mode or a.days is None or b.days is None or not near(a.days, b.days, 0):
        return
    affirmed = [t.event.polarity is Polarity.AFFIRMED for t in (a, b)]
    one_act = bool(a.recipients & b.recipients) or bool(a.actors & b.actors)
    if affirmed[0] != affirmed[1] and one_act and not (a.actors and b.actors and not a.actors & b.actors):
        why = "one account has it, the other says that it did not happen"
        yield contradicts(ConflictKind.OCCURRENCE, a, b, why)
    if not all(affirmed) or (a.report.id == b.report.id and a.claimant == b.claimant) or one_account(a, b, world):
        return
    if _accused(a, b) or (kin is not None and _other_actors(a, b, kin) and a.recipients & b.recipients):
        yield contradicts(ConflictKind.ACTOR, a, b, _who(a, b))


def _accused(a: Told, b: Told) -> bool:
    """Whether two claimants lay the same act to either side: each says that the other was struck."""
    crosswise = a.claimant is not None and b.claimant is not None and a.claimant != b.claimant
    return crosswise and a.head == b.head and bool(a.recipients and b.recipients) and swapped(a, b)


def _other_actors(a: Told, b: Told, kin: Mapping[str, str]) -> bool:
    """Whether two tellings name actors who cannot be one: of other countries, or of other kinds where none is known.

    "Ardovian troops" and "Ardovian forces" are one, "soldiers" and "troops" are, "the army" and "rebels" are not.
    ``kin`` gives words that may stand for the same people one name.
    """
    if not a.actors or not b.actors or a.actors & b.actors or a.sides & b.sides:
        return False
    kinds = [{party.sector for party in t.event.actors if party.sector} for t in (a, b)]
    if (a.sides and b.sides) or all(kinds):
        return bool(a.sides and b.sides) or not kinds[0] & kinds[1]
    who = [{kin.get(key_of(w), key_of(w)) for p in t.event.actors for w in WORD.findall(p.text)} for t in (a, b)]
    named = set(kin.values())
    return not any(key in named or weight_of(key) >= TELLING for key in who[0] & who[1])


def when_and_where(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """What one toll at one thing is dated or placed otherwise: the same killed at the market, on another day; and what
    befell one person on another day."""
    blocks: dict[tuple[str, str, float], list[Told]] = defaultdict(list)
    known = [told for told in tellings if concrete(told) and told.event.status in SEEN]
    for told in known:
        if told.narrow and told.event.time_basis in _TOLD_NEAR:
            for effect, value in told.amounts:
                if value >= TOLL:
                    blocks[told.event.type, effect, value].append(told)
    for _, group in sorted(blocks.items()):
        for a, b in combinations(sorted(group, key=_fullest), 2):
            if len(group) <= MOST and a.report.id != b.report.id and _one_thing(a, b, world):
                yield from _set_apart(a, b)
    yield from _dated_otherwise(known, world)


def _dated_otherwise(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """What befell one person, known by name, in one way ("arrested"), and is told of two days of one week."""
    blocks: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for told in tellings:
        if told.event.mode is not None and told.event.time_basis is EventBasis.CLAUSE and not told.said:
            for party in told.recipients:
                if party in world.entities and world.entities[party].kind is EntityKind.PERSON:
                    blocks[told.event.type, told.event.mode, party].append(told)
    for _, group in sorted(blocks.items()):
        shown: set[object] = set()
        for a, b in combinations(sorted(group, key=_fullest)[:MOST], 2):
            days_of = frozenset((a.days, b.days))
            if a.report.id != b.report.id and days_of not in shown and not one_account(a, b, world):
                shown.add(days_of)
                yield from (conflict for conflict in _set_apart(a, b) if conflict.kind is ConflictKind.TIME)


_TOLD_NEAR = frozenset({EventBasis.CLAUSE, EventBasis.SENTENCE})


def _one_thing(a: Told, b: Told, world: World) -> bool:
    """Whether two tellings are of one toll at one thing: what is counted alone ("civilians") tells nothing."""
    thing = _hit(a, world) & _hit(b, world)
    return bool(thing) and one_toll(a, b) and not opposed(a, b) and not one_account(a, b, world)


def _hit(told: Told, world: World) -> frozenset[str]:
    """The words of what was acted on, but for those counted in it."""
    counted = {key_of(w) for f, _ in world.figures.get(told.event.id, ()) for w in WORD.findall(f.counted or "")}
    keys = {key_of(word) for party in told.event.recipients for word in WORD.findall(party.text)}
    return frozenset(k for k in keys - counted if weight_of(k) >= THING and not k[0].isdigit())


def _set_apart(a: Told, b: Told) -> Iterator[Conflict]:
    mine, theirs = a.days, b.days
    if mine is None or theirs is None:
        return
    single = mine[0] == mine[1] and theirs[0] == theirs[1]
    placed = compatible(a.where, b.where)
    if placed and single and mine != theirs and near(mine, theirs, REMOTE):
        yield contradicts(ConflictKind.TIME, a, b, f"when it was: {mine[0]} against {theirs[0]}")
    if not placed and near(mine, theirs, 0):
        yield contradicts(ConflictKind.PLACE, a, b, f"where it was: {a.event.place} against {b.event.place}")
