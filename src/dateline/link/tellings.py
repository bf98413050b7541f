"""Which tellings are of one incident: first within each report, then across reports.

Two events fit when nothing speaks against their being one, and are bound when something speaks for it. An event
joins a group when it fits every telling in it and is bound to one. What decides is the two tellings alone, and
within a report also what was told before: an event that names no place of its own points back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from dateline.link.where import compatible, same
from dateline.link.world import Told, World, near
from dateline.matching.rarity import weight_of
from dateline.model.vocab import EntityKind, Polarity, Status

SEEN = frozenset({Status.OCCURRED, Status.ONGOING})
CONCRETE = frozenset({*SEEN, Status.PLANNED})
"""What is possible, hypothetical, threatened, demanded or long past is no incident."""
SLACK = 1
"""Days by which two tellings of one incident may differ."""
TOLL = 5.0
"""From this count on, the same number with the same effect binds two tellings; smaller ones are too common."""
_BY_MEANS = frozenset({"ASSAULT"})
"""Types whose modes tell the means: one attack may be told of as shelling, as a blast and as destruction."""
RARE_WORD = 2.0
"""From this rarity on, a word that tells an event ("sabotage") is enough to point back to it across a round-up."""
_NAMED = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.FACILITY, EntityKind.FORCE})


def gather(world: World) -> list[list[Told]]:
    """The concrete, affirmed events in groups of one incident each, in order of report and text."""
    by_report: dict[str, list[Told]] = defaultdict(list)
    for told in world.events():
        if concrete(told):
            by_report[told.report.id].append(_ahead(told))
    groups = [group for _, tellings in sorted(by_report.items()) for group in _within(_done(tellings), world)]
    return _across(groups, world)


def _ahead(told: Told) -> Told:
    """The telling, as a plan where its own words put it after the report's day: "a curfew begins on Monday"."""
    days, published = told.days, told.report.published
    if published is None or days is None or told.event.status not in SEEN or days[0] <= published.last:
        return told
    return replace(told, event=replace(told.event, status=Status.PLANNED)) if told.dated else told


def _done(tellings: Sequence[Told]) -> list[Told]:
    """The tellings but those of what a paper is signed or voted on for: "signed treaties to annex the region"."""
    papers = {(t.passage, t.event.stage, actor) for t in tellings if t.event.status in SEEN for actor in t.actors}
    return [
        t
        for t in tellings
        if t.event.stage is None
        or t.event.status in SEEN
        or not any((t.passage, t.event.stage, actor) in papers for actor in t.actors)
    ]


def concrete(told: Told) -> bool:
    """Whether an event can be part of an incident: affirmed, and real or planned."""
    return told.event.status in CONCRETE and told.event.polarity is Polarity.AFFIRMED


def worth(group: Sequence[Told], world: World) -> bool:
    """Whether an incident says enough to be looked up: at least two of who, to whom, where, when, how many.

    Who and when alone ("Russia's attack on Friday") does not. Words are no incidents: what is verbal by type
    (accuse, reject, support) counts as a stage of a legal process with its maker, known by name or by what it was
    done to ("ten members voted" is neither), or as an act between two named sides.
    """
    actors = frozenset().union(*(t.actors for t in group))
    recipients = frozenset().union(*(t.recipients for t in group))
    named = {key for key in actors | recipients if key in world.entities}
    verbal = all((t.event.quad or "").startswith("verbal") for t in group)
    if verbal and not recipients and not actors & named:
        return False
    if verbal and all(t.event.stage is None for t in group):
        return group[0].event.quad == "verbal_cooperation" and len(named) > 1 and bool(actors)
    staged = any(t.event.stage is not None for t in group) and bool(actors)
    placed = any(t.where is not None for t in group)
    counted = any(t.amounts for t in group)
    if not (recipients or placed or counted or staged):
        return False
    when = any(t.dated or t.claimant for t in group)
    return sum((bool(actors), bool(recipients), placed, counted, staged, when)) > 1


def opposed(a: Told, b: Told) -> bool:
    """Whether two tellings name actors of different sides: other countries, or other known actors."""
    if not a.actors or not b.actors or a.actors & b.actors:
        return False
    return bool(a.sides and b.sides) and not a.sides & b.sides


def fits(a: Told, b: Told, world: World) -> bool:
    """Whether nothing speaks against two events being one."""
    return (
        a.event.type == b.event.type
        and (a.event.status in SEEN) == (b.event.status in SEEN)
        and _modes(a, b)
        and (compatible(a.where, b.where) or _one_paper(a, b))
        and near(a.window, b.window, SLACK)
        and not _others(a, b, world)
        and not swapped(a, b)
        and not (opposed(a, b) and a.claimant == b.claimant and a.report.id == b.report.id)
    )


def swapped(a: Told, b: Told) -> bool:
    """Whether who acts in one telling is acted on in the other, and the other way round: those are two acts.

    Of an attack, one way is enough where the other telling does not say whom it hit.
    """
    if a.actors & b.actors:
        return False
    there, back = _met(a.actors, b.recipients), _met(b.actors, a.recipients)
    if a.event.type not in _BY_MEANS:
        return there and back
    return (there and (back or not a.recipients)) or (back and not b.recipients)


def _met(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(_party(x) == _party(y) for x in mine for y in theirs)


def _party(key: str) -> str:
    """A party's words without what follows them ("rioters in Hreb"); an entity's id stays as it is."""
    return _AFTER.split(key)[0].removeprefix("the ")


_AFTER = re.compile(r" (?:in|of|at|near|from|with|on|who|by|outside) ")


def _one_paper(a: Told, b: Told) -> bool:
    """Whether both tell one stage of one thing by one party: the places are then those it is about."""
    return _one_stage(a, b) and bool(a.actors & b.actors) and bool(a.objects & b.objects)


def _modes(a: Told, b: Told) -> bool:
    mine, theirs = a.event.mode, b.event.mode
    return mine is None or theirs is None or mine == theirs or a.event.type in _BY_MEANS


def _others(a: Told, b: Told, world: World) -> bool:
    """Whether both name whom it was done to, and name different ones."""
    mine, theirs = (_named(t.recipients, world) for t in (a, b))
    return bool(mine) and bool(theirs) and not mine & theirs


def _named(keys: frozenset[str], world: World) -> frozenset[str]:
    return frozenset(k for k in keys if (found := world.entities.get(k)) is not None and found.kind in _NAMED)


def _within(tellings: Sequence[Told], world: World) -> list[list[Told]]:
    """The tellings of one report in groups; the group told of last is tried first.

    A report that tells of attacks at several places is a round-up: in it, what names no place of its own
    belongs to what was told just before, or nowhere.
    """
    groups: list[list[Told]] = []
    rounds = _round_up(tellings)
    for one in tellings:
        if groups and _word_for_word(one, groups[-1][-1]):
            groups[-1].append(one)
            continue
        likely = [g for g in reversed(groups) if all(fits(one, other, world) for other in g)]
        home: list[Told] = []
        for group in [g for g in likely if any(_told_again(one, other, rounds) for other in g)] or _pointed_back(
            one, likely, rounds
        ):
            if all(fits(a, b, world) for a in home for b in group):
                home.extend(group)
                groups.remove(group)
        groups.append([*home, one])
    return groups


def _word_for_word(one: Told, other: Told) -> bool:
    """Whether a telling only says again what the one before it says, so that it need not be weighed against all."""
    alike = all(
        getattr(one, name) == getattr(other, name)
        for name in ("head", "actors", "recipients", "objects", "amounts", "claimant", "back", "window")
    )
    a, b = one.event, other.event
    same_act = (a.type, a.mode, a.status, a.stage, a.place) == (b.type, b.mode, b.status, b.stage, b.place)
    return alike and same_act and bool(one.actors or one.recipients) and bool(one.objects or one.amounts)


def _round_up(tellings: Sequence[Told]) -> bool:
    placed = [t for t in tellings if t.narrow and t.event.type in _BY_MEANS]
    return any(not compatible(placed[0].where, t.where) for t in placed[1:])


def _told_again(one: Told, other: Told, rounds: bool) -> bool:
    """Whether two tellings of one report are bound to each other by their own words."""
    party = bool(one.actors & other.actors or one.recipients & other.recipients)
    thing = bool(one.objects & other.objects)
    if opposed(one, other) and not (thing or _one_place(one, other) or one_toll(one, other)):
        return False
    if one.head == other.head:
        if one.event.stage is not None and other.event.stage is not None:
            # Many things are signed and voted on: which one it was must agree.
            return thing or (party and not (one.objects and other.objects))
        rare = weight_of(one.head) >= RARE_WORD
        bare = not (one.actors or one.recipients) or not (other.actors or other.recipients)
        loose = rounds and not rare and abs(one.number - other.number) > 1
        side = rare and bool(one.sides & other.sides)
        return party or thing or side or ((bare or one.back) and not loose)
    if one.event.type in _BY_MEANS:
        scene = one.passage == other.passage and one.passage is not None
        return scene or _one_place(one, other) or one_toll(one, other) or (party and thing)
    mode = one.event.mode is not None and one.event.mode == other.event.mode
    return (thing) and (mode or (party and _one_stage(one, other)))


def _pointed_back(one: Told, likely: Sequence[list[Told]], rounds: bool) -> list[list[Told]]:
    """The group that an attack without a place of its own belongs to: the only one, or the one just told of."""
    if one.event.type not in _BY_MEANS or one.where is not None:
        return []
    # In a round-up the other side's act is another attack; elsewhere it is the other side's account of this one.
    sided = (g for g in likely if not (rounds and any(opposed(one, t) for t in g)))
    placed = [g for g in sided if any(t.narrow or t.amounts for t in g)][:1]
    if not placed or not rounds:
        return placed
    points = one.back or bool(one.amounts)
    return placed if points and placed[0][-1].number >= one.number - 1 else []


def _one_place(a: Told, b: Told) -> bool:
    return a.narrow and b.narrow and same(a.where, b.where)


def one_toll(a: Told, b: Told) -> bool:
    """Whether two tellings count the same of the same: two figures, or one that is not too small."""
    shared = a.amounts & b.amounts
    return len(shared) > 1 or any(value >= TOLL for _, value in shared)


def bound(a: Told, b: Told, world: World) -> str | None:
    """What binds two events of different reports that fit, in words, or None."""
    alike = a.head == b.head or a.event.type in _BY_MEANS
    thing = bool(a.objects & b.objects)
    copied = a.passage and b.passage and b.passage in world.partners.get(a.passage, ())
    if copied and alike:
        return "a passage copied"
    if one_toll(a, b):
        return "the same figures"
    dated = (a.dated or b.dated) and a.days is not None and b.days is not None
    agreed = not opposed(a, b) or thing
    mode = a.event.mode is not None and a.event.mode == b.event.mode
    party = bool(a.actors & b.actors)
    if dated and agreed and _one_place(a, b) and (alike or mode or party):
        return "the same place and days"
    if dated and party and (thing or a.recipients & b.recipients) and (alike or mode or _one_stage(a, b)):
        return "the same parties and days"
    return None


def _one_stage(a: Told, b: Told) -> bool:
    return a.event.stage is not None and a.event.stage == b.event.stage


def _across(groups: Sequence[list[Told]], world: World) -> list[list[Told]]:
    """The groups of several reports joined, the earliest first; what is compared is looked up by shared keys."""
    joined: list[list[Told]] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for group in sorted(groups, key=_order):
        likely = sorted({g for one in group for key in _sought(one, world) for g in index.get(key, ())})
        home = next((g for g in likely if _belongs(group, joined[g], world)), None)
        if home is None:
            home = len(joined)
            joined.append([])
        joined[home].extend(group)
        for one in group:
            for key in _keys(one, 0):
                if not index[key] or index[key][-1] != home:
                    index[key].append(home)
    return joined


def _belongs(group: Sequence[Told], other: Sequence[Told], world: World) -> bool:
    if any(a.report.id == b.report.id for a in group for b in other):
        return False
    return all(fits(a, b, world) for a in group for b in other) and any(
        bound(a, b, world) for a in group for b in other
    )


def _order(group: Sequence[Told]) -> tuple[date, str, int]:
    published = group[0].report.published
    return (published.first if published else date.max, group[0].report.id, group[0].event.trigger.span.start)


def _sought(told: Told, world: World) -> list[tuple[str, ...]]:
    copied = sorted(world.partners.get(told.passage or "", ()))
    return [*_keys(told, SLACK), *((told.event.type, "passage", other) for other in copied)]


def _keys(told: Told, slack: int) -> list[tuple[str, ...]]:
    """Under what a telling may be found by another that it could be bound to: see ``bound``."""
    kind = told.event.type
    keys: list[tuple[str, ...]] = [(kind, "passage", told.passage)] if told.passage else []
    keys.extend((kind, "toll", effect, str(value)) for effect, value in sorted(told.amounts))
    for day in _days(told, slack):
        keys.extend((kind, "actor", actor, day) for actor in sorted(told.actors))
        if told.narrow and told.where is not None:
            keys.append((kind, "place", told.where.country or "", told.where.admin1 or told.where.name, day))
    return keys


def _days(told: Told, slack: int) -> Iterable[str]:
    """Each day on which it may have happened, or the month where that is longer than a month."""
    if told.window is None:
        return
    first, last = told.window[0] - timedelta(days=slack), told.window[1] + timedelta(days=slack)
    if (last - first).days > 31:
        return
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield str(ordinal)
