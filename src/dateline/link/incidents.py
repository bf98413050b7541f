"""Incidents: one event as told by one or several reports, with who claims what and what could be a source."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.handle import Knowledge
from dateline.link.bare_tolls import bare_tolls
from dateline.link.claims import Counted, figure_claims
from dateline.link.naming import Naming
from dateline.link.origins import SHOWN, count_origins
from dateline.link.phrases import answer_words
from dateline.link.tellings import SEEN, SLACK, before, denying, gather, worth
from dateline.link.where import compatible
from dateline.link.world import Told, World, near
from dateline.model.ids import cluster_id
from dateline.model.links import Incident
from dateline.model.records import Part
from dateline.model.vocab import EventBasis, Status

PRODUCER = "incidents"
VERSION = "3"


class _Besides(Struct, frozen=True):
    """What tells of an incident but no event of it: copied passages, by report, bare tolls, denials and plans."""

    copied: Mapping[str, Set[str]]
    tolls: Sequence[Counted]
    denials: Sequence[Told]
    plans: Sequence[Told] = ()

    @property
    def reports(self) -> set[str]:
        told = {told.report.id for told in (*self.denials, *self.plans)}
        return {*self.copied, *(one.report.id for _, one in self.tolls), *told}

    @property
    def records(self) -> set[str]:
        passages = {passage for some in self.copied.values() for passage in some}
        events = {told.event.id for told in (*self.denials, *self.plans)}
        return passages | events | {figure.id for figure, _ in self.tolls}

    @property
    def words(self) -> list[str]:
        copies = [f"{report} has a copied passage" for report in sorted(self.copied)[:SHOWN]]
        tolls = [f"{one.report.id} gives a toll of it" for _, one in self.tolls[:SHOWN]]
        denials = [f"{told.report.id} denies it" for told in self.denials[:SHOWN]]
        return [*copies, *tolls, *denials, *(f"{told.report.id} foretells it" for told in self.plans[:SHOWN])]


def link_incidents(world: World, knowledge: Knowledge | None = None) -> tuple[Incident, ...]:
    """The incidents, in order of id. An event belongs to one incident at most; captions give none.

    ``tellings`` says which events are one incident. A report tells it too, though no such event was read there, that
    has the words of one in a copied passage, that denies it, or that gives a toll of it. Tolls, and attacks that
    answer others, are told by the ``knowledge``. A planned one that a later report tells as having happened stays a
    row of its own and names the other in ``seen_as``; its reports are among those of the other.
    """
    groups = gather(world, answer_words(knowledge) if knowledge is not None else frozenset())
    read = frozenset((t.passage, sign) for t in world.events() for sign in (t.event.type, t.head))
    tolls = bare_tolls(groups, world, Naming(world, knowledge)) if knowledge is not None else {}
    denials = denying(groups, world)
    told = {number for number, group in enumerate(groups) if worth(group, world)}
    became = _came_true(groups, told)
    plans: dict[int, list[Told]] = defaultdict(list)
    for plan, deed in became.items():
        plans[deed].extend(groups[plan])
    rows = {
        number: _incident(
            groups[number],
            world,
            _Besides(
                _copied(groups[number], read, world),
                tolls.get(number, ()),
                denials.get(number, ()),
                plans.get(number, ()),
            ),
        )
        for number in sorted(told)
    }
    for plan, deed in became.items():
        if plan not in told:
            continue
        when = f" on {rows[deed].from_}" if rows[deed].from_ else ""
        because = f"{rows[plan].because}; told as having happened{when}"
        rows[plan] = replace(rows[plan], seen_as=rows[deed].id, because=because)
    return tuple(sorted(rows.values(), key=lambda row: row.id))


def _copied(group: Sequence[Told], read: frozenset[tuple[str | None, str]], world: World) -> dict[str, set[str]]:
    """The passages, by report, that copy the words of a telling, where no event of its type or its word was read.

    Where one was, that says for itself what it is. A report published before it happened cannot tell it.
    """
    told = {one.report.id for one in group}
    found: dict[str, set[str]] = defaultdict(set)
    for one in group:
        for report, passage in world.copied(one):
            late = not before(world.reports[report].report, one)
            if late and report not in told and read.isdisjoint({(passage, one.event.type), (passage, one.head)}):
                found[report].add(passage)
    return found


def _things(group: Sequence[Told]) -> set[str]:
    """The words by which a plan and a deed may be of one thing."""
    return {told.head for told in group} | {word for told in group for word in told.objects}


def _came_true(groups: Sequence[Sequence[Told]], worthy: Set[int]) -> dict[int, int]:
    """Which planned groups became which of the ``worthy``, where a report not older tells of those; by number."""
    seen: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for thing in sorted(_things(group)) if number in worthy and _status(group) in SEEN else ():
            seen[thing].append(number)
    became: dict[int, int] = {}
    for number, group in enumerate(groups):
        if _status(group) is Status.PLANNED:
            likely = sorted({deed for thing in _things(group) for deed in seen.get(thing, ())})
            deeds = [n for n in likely if any(_fulfils(a, b) for a in group for b in groups[n])]
            if deeds:
                became[number] = min(deeds, key=lambda n: (not _on_the_day(group, groups[n]), n))
    return became


def _on_the_day(plan: Sequence[Told], deed: Sequence[Told]) -> bool:
    return any(near(a.days, b.days, 0) for a in plan for b in deed if a.dated and b.dated)


def _status(group: Sequence[Told]) -> Status:
    return next((t.event.status for t in group if t.event.status is Status.OCCURRED), group[0].event.status)


def _fulfils(plan: Told, deed: Told) -> bool:
    """Whether a deed is what was planned: the same act by the same actor, in time, and told no earlier."""
    one, other = plan.report.published, deed.report.published
    if one is None or other is None or plan.report.id == deed.report.id or other.last < one.first:
        return False
    act = plan.event.stage is not None and plan.event.stage == deed.event.stage
    act = act or (plan.event.type == deed.event.type and plan.event.mode == deed.event.mode)
    # Many things are signed and opened: where both say what, that must agree.
    both = bool(plan.objects and deed.objects)
    thing = bool(plan.objects & deed.objects) if both else plan.head == deed.head
    party = bool(plan.actors & deed.actors) or not plan.actors or not deed.actors
    in_time = near(plan.days, deed.window, SLACK) if plan.dated else deed.days is None or deed.days[1] >= one.first
    return act and thing and party and in_time and compatible(plan.where, deed.where)


def _incident(group: Sequence[Told], world: World, besides: _Besides) -> Incident:
    events = tuple(sorted(t.event.id for t in group))
    reports = sorted({t.report.id for t in group} | besides.reports)
    publishers = sorted({r.source for id in reports if (r := world.reports[id].report).source})
    by_report: dict[str, set[str | None]] = defaultdict(set)
    names: dict[str, str | None] = {}
    for report, speaker in _speakers(group, besides, world):
        key = world.named(speaker)
        by_report[report].add(key)
        if key and world.telling(key):
            names.setdefault(key, world.name(key, speaker))
    low, high, why = count_origins(by_report, world)
    if besides.plans:
        # Who foretells a thing is no witness that it came to pass, but may be a source of those who tell it.
        foretelling = {told.report.id: {told.claimant} for told in besides.plans}
        high = max(high, count_origins({**foretelling, **by_report}, world)[1])
    unknown = sum(world.reports[id].report.source is None for id in reports)
    told = f"told by {len(reports)} report{'s' if len(reports) > 1 else ''}"
    outlets = f"{len(publishers)} publisher{'s' if len(publishers) != 1 else ''} named"
    words = [told, outlets + (f", {unknown} unknown" if unknown else ""), *([why] if why else [])]
    words += besides.words
    first, last = _days(group)
    return Incident(
        id=cluster_id(events),
        because="; ".join(words),
        score=round(sum(t.event.score for t in group) / len(group), 4),
        producer=PRODUCER,
        version=VERSION,
        rests_on=(*events, *sorted(besides.records)),
        type=group[0].event.type,
        mode=_commonest([t.event.mode for t in group if t.event.mode]),
        place=_place(group),
        from_=first,
        to=last,
        status=_status(group),
        events=events,
        reports=tuple(reports),
        publishers=tuple(publishers),
        origins_low=low,
        origins_high=high,
        claimants=tuple(sorted({name for name in names.values() if name})),
        figures=figure_claims(group, world, besides.tolls),
    )


def _place(group: Sequence[Told]) -> str | None:
    """The narrowest place told, the most often told of those.

    A dateline says where the report was filed: it is taken only in the actor's own country. Several places
    told in one breath, and an inferred one, come last.
    """
    near_by = [t for t in group if t.narrow] or [t for t in group if t.where is not None]
    if near_by:
        clause = [t for t in near_by if t.event.place_basis is EventBasis.CLAUSE] or near_by
        return _commonest([t.spot for t in clause if t.spot])
    home = [t.spot for t in group if t.spot and t.home in t.sides]
    other = [t.spot for t in group if t.spot and t.event.place_basis is not EventBasis.DATELINE]
    return _commonest(home or other)


def _commonest(values: Sequence[str]) -> str | None:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _days(group: Sequence[Told]) -> tuple[str | None, str | None]:
    """The days that the tellings agree on; where they do not, all of them. What the clause tells goes before
    the sentence, and that before the publication."""
    clause = [t.days for t in group if t.days and t.dated and t.event.time_basis is EventBasis.CLAUSE]
    spans = clause or [t.days for t in group if t.days and t.dated] or [t.days for t in group if t.days]
    if not spans:
        return None, None
    first, last = max(s[0] for s in spans), min(s[1] for s in spans)
    if first > last:
        first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    return first.isoformat(), last.isoformat()


def _speakers(group: Sequence[Told], besides: _Besides, world: World) -> Iterator[tuple[str, Part | None]]:
    """Each report that tells of an incident or gives a toll of it, with each whom it has that from."""
    for told in (*group, *besides.denials):
        statement = world.statements.get(told.event.statement or "")
        yield told.report.id, statement.speaker if statement else None
    for figure, one in besides.tolls:
        yield one.report.id, figure.claimant
