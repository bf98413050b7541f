"""Accounts of one event that do not fit: who did it, whether it happened, when and where.

A passage and its copy are one account: what the copy changed is a change, no second voice, unless it lays it to
somebody else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from dateline.link.tellings import CONCRETE, TOLL, concrete, one_toll, opposed, swapped
from dateline.link.where import compatible
from dateline.link.world import Told, World, days, near
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import pair_id
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Record, Statement
from dateline.model.vocab import ConflictKind, ConflictRelation, EventBasis, Polarity, Table

PRODUCER = "conflicts"
VERSION = "3"
MOST = 200
"""A place or pair of parties with more events of one type says too little to set them against each other."""
REMOTE = 7
"""Days by which two accounts of when one thing was may differ at most: further apart, they are two things."""
DENIED = 0.6
"""The share of an event's own telling words that a denial holds at least where it is of that event."""
THING = 0.5
"""The least rarity of a word for what was hit ("the market"), where the toll is the same too."""
LATE = timedelta(days=60)
"""How long after an event a denial may be of it, where it does not say so."""
TELLING = 1.0
"""The least rarity of a word that tells which event is denied."""


def row(kind: ConflictKind, relation: ConflictRelation, left: str, right: str, because: str) -> Conflict:
    """The conflict between two records."""
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


def contradicts(kind: ConflictKind, a: Told, b: Told, because: str) -> Conflict:
    """The conflict between two tellings."""
    return row(kind, ConflictRelation.CONTRADICTS, a.event.id, b.event.id, because)


def one_account(a: Told, b: Told, world: World) -> bool:
    """Whether a passage only repeats the other: copied, and not laid to somebody else."""
    copied = a.passage is not None and b.passage in world.partners.get(a.passage, ())
    return copied and (a.claimant is None or b.claimant is None or a.claimant == b.claimant)


def culprits(group: Sequence[Told]) -> Iterator[Conflict]:
    """One row for each pair of sides that the tellings of an incident lay it to, by different claimants."""
    shown: set[frozenset[frozenset[str]]] = set()
    fullest: dict[tuple[frozenset[str], frozenset[str]], Told] = {}
    for told in sorted(group, key=_fullest):
        fullest.setdefault((told.sides, told.actors), told)
    for a, b in combinations(fullest.values(), 2):
        pair = frozenset((a.sides, b.sides))
        if opposed(a, b) and pair not in shown:
            shown.add(pair)
            yield contradicts(ConflictKind.ACTOR, a, b, _who(a, b))


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


def of_one_act(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
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
            yield from _pair(a, b, world, same_place=key[1] == "place")


def _pair(a: Told, b: Told, world: World, *, same_place: bool) -> Iterator[Conflict]:
    if a.event.mode != b.event.mode or a.days is None or b.days is None or not near(a.days, b.days, 0):
        return
    affirmed = [t.event.polarity is Polarity.AFFIRMED for t in (a, b)]
    one_act = bool(a.recipients & b.recipients) or bool(a.actors & b.actors)
    if affirmed[0] != affirmed[1] and one_act and not (a.actors and b.actors and not a.actors & b.actors):
        why = "one account has it, the other says that it did not happen"
        yield contradicts(ConflictKind.OCCURRENCE, a, b, why)
    if not all(affirmed) or (a.report.id == b.report.id and a.claimant == b.claimant) or one_account(a, b, world):
        return
    if _accused(a, b) or (same_place and _other_actors(a, b) and a.recipients & b.recipients):
        yield contradicts(ConflictKind.ACTOR, a, b, _who(a, b))


def _accused(a: Told, b: Told) -> bool:
    """Whether two claimants lay the same act to either side: each says that the other was struck."""
    crosswise = a.claimant is not None and b.claimant is not None and a.claimant != b.claimant
    return crosswise and a.head == b.head and bool(a.recipients and b.recipients) and swapped(a, b)


def _other_actors(a: Told, b: Told) -> bool:
    """Whether two tellings name actors who cannot be one: of other countries, or of other kinds where none is known.

    "Ardovian troops" and "Ardovian forces" are one, "the army" and "rebels" are not.
    """
    if not a.actors or not b.actors or a.actors & b.actors or a.sides & b.sides:
        return False
    kinds = [{party.sector for party in t.event.actors if party.sector} for t in (a, b)]
    return bool(a.sides and b.sides) or not kinds[0] & kinds[1]


def denied(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """Events that one account has and a named or unnamed speaker of another denies, whatever else the denial says.

    The denial holds the event's own word and most of what tells it, and names no other place or day.
    """
    denials: dict[str, list[tuple[Statement, AnnotatedReport, frozenset[str]]]] = defaultdict(list)
    known = list(tellings)
    told_so = {t.event.statement for t in known if t.event.polarity is not Polarity.AFFIRMED and t.event.statement}
    for _, one in sorted(world.reports.items()):
        for statement in one.statements:
            if statement.polarity is Polarity.DENIED and statement.id not in told_so:
                keys = frozenset(key_of(w) for span in statement.content for w in WORD.findall(span.of(one.text)))
                for key in keys:
                    denials[key].append((statement, one, keys))
    if not denials:
        return
    for told in sorted(known, key=lambda t: t.event.id):
        own = _own_words(told)
        for statement, one, keys in denials.get(told.head, ()) if concrete(told) else ():
            shared = own & keys
            enough = len(shared) >= DENIED * len(own) and (len(shared) > 2 or bool(shared & _names(told, world)))
            if enough and _of_it(told, statement, one, world):
                speaker = statement.speaker.text if statement.speaker else "somebody unnamed"
                why = f"one account has it, {speaker} denies it"
                yield row(ConflictKind.OCCURRENCE, ConflictRelation.CONTRADICTS, told.event.id, statement.id, why)


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


def when_and_where(tellings: Iterable[Told], world: World) -> Iterator[Conflict]:
    """What one toll at one thing is dated or placed otherwise: the same killed at the market, on another day."""
    blocks: dict[tuple[str, str, float], list[Told]] = defaultdict(list)
    for told in tellings:
        if concrete(told) and told.narrow and told.event.time_basis in _TOLD_NEAR:
            for effect, value in told.amounts:
                if value >= TOLL:
                    blocks[told.event.type, effect, value].append(told)
    for _, group in sorted(blocks.items()):
        for a, b in combinations(sorted(group, key=_fullest), 2):
            if len(group) <= MOST and a.report.id != b.report.id and _one_thing(a, b, world):
                yield from _set_apart(a, b)


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
