"""Which tellings are of one incident: first within each report, then across reports.

Two events fit when nothing speaks against their being one, and are bound when something speaks for it. An event
joins a group when it fits every telling in it and is bound to one. What decides is the two tellings alone, and
within a report also what was told before: an event that names no place of its own points back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import combinations

from msgspec.structs import replace

from dateline.link.where import compatible, same
from dateline.link.world import SENTENCE_END, Told, World, near, own_names, place_names, rare_names
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.report import Report
from dateline.model.vocab import EntityKind, EventBasis, Polarity, Status

SEEN = frozenset({Status.OCCURRED, Status.ONGOING})
CONCRETE = frozenset({*SEEN, Status.PLANNED})
"""What is possible, hypothetical, threatened, demanded or long past is no incident."""
SLACK = 1
"""Days by which two tellings of one incident may differ."""
TOLL = 5.0
"""From this count on, the same number with the same effect binds two tellings; smaller ones are too common."""
_BY_MEANS = frozenset({"ASSAULT"})
"""Types whose modes tell the means: one attack may be told of as shelling, as a blast and as destruction."""
_FORCE = "material_conflict"
_MEETING = "CONSULT"
_ACTS_OF_SPEECH = frozenset({"AGREE", "CONSULT", "REJECT", "REQUEST", "THREATEN"})
"""Verbal types that are steps in a crisis where several reports tell them; blame and praise are not."""
NEXT_WORD = 12
"""Code points behind an event's words in which the next word stands."""
RARE_WORD = 2.0
"""From this rarity on, a word that tells an event ("sabotage") is enough to point back to it across a round-up."""
_BODILY = frozenset({EntityKind.PERSON, EntityKind.FACILITY})
_NAMED = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.FACILITY, EntityKind.FORCE})


def gather(world: World, answering: Set[str] = frozenset()) -> list[list[Told]]:
    """The concrete, affirmed events in groups of one incident each, in order of report and text.

    ``answering`` are the stems by which an attack answers another ("returned fire").
    """
    by_report: dict[str, list[Told]] = defaultdict(list)
    for told in world.events():
        if concrete(told):
            by_report[told.report.id].append(_ahead(told))
    by_one = (_within(_done(tellings), world, answering) for _, tellings in sorted(by_report.items()))
    return _known_by_name(_across([group for groups in by_one for group in groups], world), world)


def _ahead(told: Told) -> Told:
    """The telling, as a plan where its own words put it after the report's day: "a curfew begins on Monday".

    Nothing is planned for a day that is past: such a day is left out.
    """
    days, published = told.days, told.report.published
    if told.event.status is Status.PLANNED and days is not None and published is not None and days[1] < published.first:
        return replace(told, event=replace(told.event, from_=None, to=None, time_basis=EventBasis.NONE))
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


def before(report: Report, told: Told) -> bool:
    """Whether a report was published before the days on which something is told to have happened."""
    days, published = told.days, report.published
    seen = told.event.status in SEEN and told.dated
    return seen and days is not None and published is not None and published.last < days[0]


def concrete(told: Told) -> bool:
    """Whether an event can be part of an incident: affirmed, and real or planned."""
    return told.event.status in CONCRETE and told.event.polarity is Polarity.AFFIRMED


def worth(group: Sequence[Told], world: World) -> bool:
    """Whether an incident says enough to be looked up: at least two of who, to whom, how, where, when, how many.

    Whom alone does not, without a name, a day or a manner ("men paid for drawings"), nor does an attack that is planned
    for no day: that is a threat. Who and when alone ("Russia's attack on Friday") does not, but what several reports
    tell of one who is named or described does. Words are no incidents: what is verbal by type counts as a stage of a
    legal process with its maker, known by name or by what it was done to ("ten members voted" is neither), as an act
    between two named sides, as a dated meeting or visit of one who is named, or as a demand, threat, refusal,
    agreement or meeting that several reports tell.
    """
    several = len({t.report.id for t in group}) > 1
    actors = frozenset().union(*(t.actors for t in group))
    recipients = frozenset().union(*(t.recipients for t in group))
    named = {key for key in actors | recipients if key in world.entities}
    verbal = all((t.event.quad or "").startswith("verbal") for t in group)
    if verbal and not recipients and not actors & named and not several:
        return False
    attack = group[0].event.type in _BY_MEANS
    dated = any(t.dated for t in group)
    if attack and not dated and all(t.event.status is Status.PLANNED and t.event.stage is None for t in group):
        return False
    placed = any(t.where is not None for t in group)
    if verbal and all(t.event.stage is None for t in group):
        if several and group[0].event.type in _ACTS_OF_SPEECH:
            return bool(actors & named) or placed
        met = group[0].event.type == _MEETING and dated and bool(actors & named)
        if met and (placed or recipients or len(actors) > 1):
            return True
        return group[0].event.quad == "verbal_cooperation" and len(named) > 1 and bool(actors)
    staged = any(t.event.stage is not None for t in group) and bool(actors)
    counted = any(t.amounts for t in group)
    manner = any(t.event.mode for t in group)
    known = several and manner and any(world.telling(actor) for actor in actors)
    if not (recipients or placed or counted or staged or known):
        return False
    if not (placed or counted or named or staged or manner or dated or (attack and actors and recipients)):
        return False
    when = dated or any(t.claimant for t in group)
    says = (actors, recipients, placed, counted, staged, known, when, manner and recipients)
    return sum(map(bool, says)) > 1


def opposed(a: Told, b: Told) -> bool:
    """Whether two tellings name actors of different sides: other countries, or other known actors."""
    if not a.actors or not b.actors or a.actors & b.actors:
        return False
    return bool(a.sides and b.sides) and not a.sides & b.sides


def fits(a: Told, b: Told, world: World) -> bool:
    """Whether nothing speaks against two events being one."""
    if retold(a, b, world):
        return True
    return (
        a.event.type == b.event.type
        and (a.event.status in SEEN) == (b.event.status in SEEN)
        and (_modes(a, b) or copied(a, b, world))
        and (compatible(a.where, b.where) or _one_paper(a, b) or _beside(a, b))
        and near(a.window, b.window, SLACK)
        and not _others(a, b, world)
        and not swapped(a, b)
        and not (opposed(a, b) and a.claimant == b.claimant and a.report.id == b.report.id)
    )


def retold(a: Told, b: Told, world: World) -> bool:
    """Whether two events are the same act in a passage and in its copy, whatever the copy changed of it.

    It is told by the same word, or in the same mode, or done to the same thing: then the copy may even have read as
    another kind of force ("seized" and "overran"). What a copy changed (the place, the day, who) is a change.
    """
    if not copied(a, b, world):
        return False
    if (a.event.status in SEEN) != (b.event.status in SEEN) or a.event.quad != b.event.quad:
        return False
    if swapped(a, b):
        return False
    thing = bool(a.objects & b.objects)
    if a.event.type == b.event.type:
        return a.head == b.head or _one_mode(a, b) or thing
    return a.event.quad == _FORCE and thing


def copied(a: Told, b: Told, world: World) -> bool:
    """Whether two tellings stand in a passage and in its copy."""
    return a.passage is not None and b.passage in world.partners.get(a.passage, ())


def _one_mode(a: Told, b: Told) -> bool:
    return a.event.mode is not None and a.event.mode == b.event.mode


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


def _beside(a: Told, b: Told) -> bool:
    """Whether a report names the place of another beside its own, one of them unknown: one may lie in the other."""
    if a.report.id == b.report.id or a.where is None or b.where is None:
        return False
    if a.where.lat is not None and b.where.lat is not None:
        return False
    mine, theirs = place_names(a.where.name), place_names(b.where.name)
    return bool(theirs and theirs <= a.names) or bool(mine and mine <= b.names)


def _one_paper(a: Told, b: Told) -> bool:
    """Whether both tell one stage of one thing by one party: the places are then those it is about."""
    return _one_stage(a, b) and bool(a.actors & b.actors) and bool(a.objects & b.objects)


def _modes(a: Told, b: Told) -> bool:
    mine, theirs = a.event.mode, b.event.mode
    return mine is None or theirs is None or mine == theirs or a.event.type in _BY_MEANS or in_one_breath(a, b)


def in_one_breath(a: Told, b: Told) -> bool:
    """Whether one sentence tells two deeds of one doer: "suspended the constitution and imposed a curfew"."""
    if a.passage is None or a.passage != b.passage or not (a.actors or b.actors):
        return False
    if a.actors and b.actors and a.actors != b.actors:
        return False
    first, last = sorted((a.event.trigger.span, b.event.trigger.span))
    deeds = all((t.event.quad or "").startswith("material") and t.event.stage is None for t in (a, b))
    return deeds and not SENTENCE_END.search(a.annotated.text[first.end : last.start])


def _others(a: Told, b: Told, world: World) -> bool:
    """Whether both name whom it was done to, and name different ones."""
    mine, theirs = (_named(t.recipients, world) for t in (a, b))
    return bool(mine) and bool(theirs) and not mine & theirs


def _named(keys: frozenset[str], world: World) -> frozenset[str]:
    return frozenset(k for k in keys if (found := world.entities.get(k)) is not None and found.kind in _NAMED)


def _within(tellings: Sequence[Told], world: World, answering: Set[str]) -> list[list[Told]]:
    """The tellings of one report in groups; the group told of last is tried first.

    A report that tells of attacks at several places is a round-up: in it, what names no place of its own belongs to
    what was told just before, or nowhere. An attack that answers another is none of those told before it.
    """
    groups: list[list[Told]] = []
    rounds = _round_up(tellings)
    for one in tellings:
        if groups and _word_for_word(one, groups[-1][-1]):
            groups[-1].append(one)
            continue
        likely = [g for g in reversed(groups) if all(fits(one, other, world) for other in g)]
        if _answers(one, answering):
            likely = [g for g in likely if any(_answers(other, answering) for other in g)]
        home: list[Told] = []
        for group in [g for g in likely if any(_told_again(one, other, rounds) for other in g)] or _pointed_back(
            one, likely, rounds
        ):
            if all(fits(a, b, world) for a in home for b in group):
                home.extend(group)
                groups.remove(group)
        groups.append([*home, one])
    return groups


def _answers(told: Told, answering: Set[str]) -> bool:
    """Whether an attack is told as the answer to another, by its own words or the one behind them."""
    if told.event.type not in _BY_MEANS:
        return False
    span = told.event.trigger.span
    words = WORD.findall(told.annotated.text[span.start : span.end + NEXT_WORD])
    own = WORD.findall(told.event.trigger.text)
    return any(key_of(word) in answering for word in words[: len(own) + 1])


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
    if in_one_breath(one, other):
        return True
    mode = _one_mode(one, other)
    return (mode and _goes_on(one, other)) or (thing and (mode or (party and _one_stage(one, other))))


def _goes_on(one: Told, other: Told) -> bool:
    """Whether a telling goes on with a deed of the same manner just told, in other words.

    So it does in one passage where it gives no day and no place of its own ("were freed on Monday ... handed over 50"),
    and in the next where not both say what was done to whom ("seized a ferry ... took over the bridge").
    """
    if (mine := _sides(one)) and (theirs := _sides(other)) and not mine & theirs:
        return False
    counted = {effect for effect, _ in one.amounts} & {effect for effect, _ in other.amounts}
    if one.passage == other.passage and one.passage is not None:
        return not (one.dated or one.where is not None) and (not counted or one_toll(one, other))
    return abs(one.number - other.number) == 1 and not (one.objects and other.objects)


def _pointed_back(one: Told, likely: Sequence[list[Told]], rounds: bool) -> list[list[Told]]:
    """The group that an attack without a place of its own belongs to: the only one, or the one just told of."""
    if one.event.type not in _BY_MEANS or one.where is not None:
        return []
    # In a round-up the other side's act is another attack; elsewhere it is the other side's account of this one.
    sided = (g for g in likely if not (rounds and any(opposed(one, t) for t in g)) and not _elsewhere(one, g))
    placed = [g for g in sided if any(t.narrow or t.amounts or (one.back and t.objects) for t in g)][:1]
    if not placed or not rounds:
        return placed
    points = one.back or (bool(one.amounts) and not (one.actors and one.recipients))
    return placed if points and placed[0][-1].number >= one.number - 1 else []


def _elsewhere(one: Told, group: Sequence[Told]) -> bool:
    """Whether a telling gives a day and names of its own, none of which the group's tellings have."""
    return one.dated and bool(one.names) and not any(one.names & (t.names | _done_to(t)) for t in group)


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
    if retold(a, b, world):
        return "a passage copied"
    if a.passage and b.passage in world.quoting.get(a.passage, ()) and a.head == b.head and a.claimant == b.claimant:
        return "the same words quoted"
    if one_toll(a, b):
        return "the same figures"
    dated = (a.dated or b.dated) and a.days is not None and b.days is not None
    agreed = not opposed(a, b) or thing
    mode = _one_mode(a, b)
    party = bool(a.actors & b.actors)
    if dated and agreed and _one_place(a, b) and (alike or mode or party):
        return "the same place and days"
    if a.event.type in _BY_MEANS and (_done_to(a) & _done_to(b)) and near(a.window, b.window, 0):
        return "done to the place"
    if _bodily(a, world) & _bodily(b, world) and (a.head == b.head or mode):
        return "done to the same one"
    meeting = a.event.type == _MEETING
    both = meeting or (a.event.quad or "").startswith("material")
    told = (a.dated and b.dated and near(a.days, b.days, 0)) or (
        dated and mode and a.event.type not in _BY_MEANS and near(a.window, b.window, 0)
    )
    like = meeting or alike or mode
    if both and agreed and told and len(a.names & b.names) > 1 and like:
        return "the same names and days"
    if a.event.type not in _BY_MEANS:
        party, thing = party or bool(_sides(a) & _sides(b)), bool(_whom(a) & _whom(b))
    if dated and party and (thing or a.recipients & b.recipients) and (alike or mode or _one_stage(a, b)):
        return "the same parties and days"
    return None


def _done_to(told: Told) -> frozenset[str]:
    """By which rare names a place goes that was hit, or where it was hit."""
    names = frozenset(rare_names(word for party in told.event.recipients for word in WORD.findall(party.text)))
    return names | place_names(told.where.name) if told.where is not None and told.narrow else names


def _sides(told: Told) -> frozenset[str]:
    """The countries of the doers, and by which names that English does not know they go."""
    return told.sides.union(*(own_names(party.text) for party in told.event.actors))


def _whom(told: Told) -> frozenset[str]:
    """What it was done to: the telling words, and the names that English does not know as they begin."""
    return told.objects.union(*(own_names(party.text) for party in told.event.recipients))


def _bodily(told: Told, world: World) -> set[str]:
    """The known persons and buildings that a deed was done to; words and forces are met again and again."""
    if not (told.event.quad or "").startswith("material"):
        return set()
    return {k for k in told.recipients if (one := world.entities.get(k)) is not None and one.kind in _BODILY}


def _one_stage(a: Told, b: Told) -> bool:
    return a.event.stage is not None and a.event.stage == b.event.stage


def _across(groups: Sequence[list[Told]], world: World) -> list[list[Told]]:
    """The groups of several reports joined, the earliest first; what is compared is looked up by shared keys."""
    joined: list[list[Told]] = []
    telling: list[set[str]] = []
    moved: dict[int, int] = {}
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for group in sorted(groups, key=_order):
        mine = {told.report.id for told in group}
        found = {_home(g, moved) for one in group for key in _sought(one, world) for g in index.get(key, ())}
        # What one report keeps apart stays apart: attacks above all, which go on day by day.
        likely = [g for g in sorted(found) if telling[g].isdisjoint(mine) or group[0].event.type not in _BY_MEANS]
        homes = [g for g in likely if _belongs(group, joined[g], world)]
        homes.sort(key=lambda g: joined[g][0].event.type != group[0].event.type)
        home = homes[0] if homes else len(joined)
        if not homes:
            joined.append([])
            telling.append(set())
        joined[home].extend(group)
        telling[home] |= mine
        for other in homes[1:]:
            # What one report tells binds the tellings of others that nothing bound before.
            if telling[home].isdisjoint(telling[other]) and _all_fit(joined[home], joined[other], world):
                joined[home].extend(joined[other])
                telling[home] |= telling[other]
                joined[other] = []
                moved[other] = home
        for one in group:
            for key in _keys(one, 0, world):
                if not index[key] or index[key][-1] != home:
                    index[key].append(home)
    return [group for group in joined if group]


def _known_by_name(groups: list[list[Told]], world: World) -> list[list[Told]]:
    """The groups; a bare attack ("before the explosion") joins the only one that its report knows by its names."""
    index: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for head, day in {(one.head, day) for one in group if one.names for day in _days(one, SLACK)}:
            index[head, day].add(number)
    for group in [g for g in groups if all(map(_bare, g))]:
        report = group[0].annotated
        near_by = sorted({n for one in group for day in _days(one, 0) for n in index.get((one.head, day), ())})
        others = [groups[n] for n in near_by if all(one.report.id != report.report.id for one in groups[n])]
        names = frozenset(rare_names(WORD.findall(report.text))) if others else frozenset()
        homes = [g for g in others if len(_rare(g) & names) > 1 and _all_fit(group, g, world)]
        if len(homes) == 1:
            homes[0].extend(group)
            group.clear()
    return [group for group in groups if group]


def _bare(told: Told) -> bool:
    says = told.actors or told.recipients or told.amounts or told.where is not None
    return told.event.type in _BY_MEANS and not says


def _rare(group: Sequence[Told]) -> frozenset[str]:
    return frozenset().union(*(one.names for one in group))


def denying(groups: Sequence[Sequence[Told]], world: World) -> Mapping[int, Sequence[Told]]:
    """By the number of a group, the tellings that it did not happen: such as would be bound to it if they affirmed it.

    What could be of several groups is of none.
    """
    index: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for key in {key for one in group for key in _keys(one, 0, world)}:
            index[key].add(number)
    found: dict[int, list[Told]] = defaultdict(list)
    for told in world.events():
        if told.event.polarity is Polarity.AFFIRMED or told.event.status not in SEEN:
            continue
        likely = sorted({n for key in _sought(told, world) for n in index.get(key, ())})
        others = [n for n in likely if all(told.report.id != one.report.id for one in groups[n])]
        homes = [n for n in others if _belongs([told], groups[n], world)]
        if len(homes) == 1:
            found[homes[0]].append(told)
    return found


def _home(group: int, moved: Mapping[int, int]) -> int:
    while group in moved:
        group = moved[group]
    return group


def _belongs(group: Sequence[Told], other: Sequence[Told], world: World) -> bool:
    return _all_fit(group, other, world) and any(bound(a, b, world) for a in group for b in other)


def _all_fit(group: Sequence[Told], other: Sequence[Told], world: World) -> bool:
    return all(fits(a, b, world) for a in group for b in other)


def _order(group: Sequence[Told]) -> tuple[date, str, int]:
    published = group[0].report.published
    return (published.first if published else date.max, group[0].report.id, group[0].event.trigger.span.start)


def _sought(told: Told, world: World) -> list[tuple[str, ...]]:
    at = told.passage or ""
    copied = sorted(world.partners.get(at, set()) | world.quoting.get(at, set()))
    return [*_keys(told, SLACK, world), *(("passage", other) for other in copied)]


def _keys(told: Told, slack: int, world: World) -> list[tuple[str, ...]]:
    """Under what a telling may be found by another that it could be bound to: see ``bound``."""
    kind = told.event.type
    keys: list[tuple[str, ...]] = [("passage", told.passage)] if told.passage else []
    keys.extend((kind, "toll", effect, str(value)) for effect, value in sorted(told.amounts))
    keys.extend((kind, "done to", one) for one in sorted(_bodily(told, world)))
    for day in _days(told, slack):
        keys.extend((kind, "actor", actor, day) for actor in sorted(told.actors))
        if told.dated or told.event.mode:
            keys.extend((kind, *pair, day) for pair in combinations(sorted(told.names), 2))
        if kind in _BY_MEANS:
            keys.extend((kind, "hit", name, day) for name in sorted(_done_to(told)))
        else:
            keys.extend((kind, "side", side, day) for side in sorted(_sides(told)))
        if told.narrow and told.where is not None:
            region = told.where.admin1 or told.where.name.casefold()
            keys.append((kind, "place", told.where.country or "", region, day))
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
