"""Incidents: one event as told by one or several reports, with who claims what and what could be a source."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline.link.claims import figure_claims
from dateline.link.origins import origins
from dateline.link.tellings import SEEN, SLACK, gather, worth
from dateline.link.where import compatible
from dateline.link.world import Told, World, near
from dateline.model.ids import cluster_id
from dateline.model.links import Incident
from dateline.model.records import Part
from dateline.model.vocab import EventBasis, Status

PRODUCER = "incidents"
VERSION = "2"

Group = tuple[Incident, Sequence[Told]]


def link_incidents(world: World) -> tuple[Incident, ...]:
    """The incidents, in order of id. An event belongs to one incident at most; captions give none.

    ``tellings`` says which events are one incident. A planned one that a later report tells as having happened
    stays a row of its own and names the other in ``seen_as``.
    """
    rows = [(_incident(group, world), group) for group in gather(world) if worth(group, world)]
    seen: dict[str, list[int]] = defaultdict(list)
    for number, (incident, group) in enumerate(rows):
        for thing in sorted(_things(group)) if incident.status in SEEN else ():
            seen[thing].append(number)
    return tuple(sorted((_come_true(incident, group, rows, seen) for incident, group in rows), key=lambda i: i.id))


def _things(group: Sequence[Told]) -> set[str]:
    """The words by which a plan and a deed may be of one thing."""
    return {told.head for told in group} | {word for told in group for word in told.objects}


def _come_true(
    incident: Incident, group: Sequence[Told], rows: Sequence[Group], seen: Mapping[str, Sequence[int]]
) -> Incident:
    """A planned incident with the one that it became, where a report not older tells one.

    ``seen`` are the places in ``rows`` of those that happened, by what they are of.
    """
    if incident.status is not Status.PLANNED:
        return incident
    likely = sorted({number for thing in _things(group) for number in seen.get(thing, ())})
    deeds = (rows[number] for number in likely)
    became = next((other for other, told in deeds if any(_fulfils(a, b) for a in group for b in told)), None)
    if became is None:
        return incident
    when = f" on {became.from_}" if became.from_ else ""
    return replace(incident, seen_as=became.id, because=f"{incident.because}; told as having happened{when}")


def _fulfils(plan: Told, deed: Told) -> bool:
    """Whether a deed is what was planned: the same act by the same actor, in time, and told no earlier."""
    one, other = plan.report.published, deed.report.published
    if one is None or other is None or plan.report.id == deed.report.id or other.last < one.first:
        return False
    act = plan.event.stage is not None and plan.event.stage == deed.event.stage
    act = act or (plan.event.type == deed.event.type and plan.event.mode == deed.event.mode)
    thing = plan.head == deed.head or bool(plan.objects & deed.objects)
    party = bool(plan.actors & deed.actors) or not plan.actors or not deed.actors
    in_time = near(plan.days, deed.window, SLACK) if plan.dated else deed.days is None or deed.days[1] >= one.first
    return act and thing and party and in_time and compatible(plan.where, deed.where)


def _incident(group: Sequence[Told], world: World) -> Incident:
    events = tuple(sorted(t.event.id for t in group))
    reports = sorted({t.report.id for t in group})
    publishers = sorted({r.source for id in reports if (r := world.reports[id].report).source})
    low, high, why = origins(group, world)
    claimants = {c: world.name(c, _speaker(t, world)) for t in group if (c := t.claimant) and world.telling(c)}
    unknown = sum(world.reports[id].report.source is None for id in reports)
    told = f"told by {len(reports)} report{'s' if len(reports) > 1 else ''}"
    outlets = f"{len(publishers)} publisher{'s' if len(publishers) != 1 else ''} named"
    first, last = _days(group)
    return Incident(
        id=cluster_id(events),
        because=f"{told}; {outlets}" + (f", {unknown} unknown" if unknown else "") + (f"; {why}" if why else ""),
        score=round(sum(t.event.score for t in group) / len(group), 4),
        producer=PRODUCER,
        version=VERSION,
        rests_on=events,
        type=group[0].event.type,
        mode=_commonest([t.event.mode for t in group if t.event.mode]),
        place=_place(group),
        from_=first,
        to=last,
        status=next((t.event.status for t in group if t.event.status is Status.OCCURRED), group[0].event.status),
        events=events,
        reports=tuple(reports),
        publishers=tuple(publishers),
        origins_low=low,
        origins_high=high,
        claimants=tuple(sorted({name for name in claimants.values() if name})),
        figures=figure_claims(group, world),
    )


def _place(group: Sequence[Told]) -> str | None:
    """The narrowest place told, the most often told of those.

    A dateline says where the report was filed: it is taken only in the actor's own country. Several places
    told in one breath, and an inferred one, come last.
    """
    near_by = [t for t in group if t.narrow] or [t for t in group if t.where is not None]
    if near_by:
        clause = [t for t in near_by if t.event.place_basis is EventBasis.CLAUSE] or near_by
        return _commonest([t.event.place for t in clause if t.event.place])
    home = [t.event.place for t in group if t.event.place and t.home in t.sides]
    other = [t.event.place for t in group if t.event.place and t.event.place_basis is not EventBasis.DATELINE]
    return _commonest(home or other)


def _commonest(values: Sequence[str]) -> str | None:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _days(group: Sequence[Told]) -> tuple[str | None, str | None]:
    """The days that the tellings agree on; where they do not, all of them. What the clause tells goes before
    the sentence, and that before the publication."""
    clause = [t.days for t in group if t.days and t.event.time_basis is EventBasis.CLAUSE]
    spans = clause or [t.days for t in group if t.days and t.dated] or [t.days for t in group if t.days]
    if not spans:
        return None, None
    first, last = max(s[0] for s in spans), min(s[1] for s in spans)
    if first > last:
        first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    return first.isoformat(), last.isoformat()


def _speaker(told: Told, world: World) -> Part | None:
    statement = world.statements.get(told.event.statement or "")
    return statement.speaker if statement else None
