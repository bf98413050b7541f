"""Incidents: one event as told by one or several reports, with who claims what and what could be a source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from dateline.link.world import Told, World, near
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import cluster_id
from dateline.model.links import FigureClaim, Incident
from dateline.model.records import Figure, Part
from dateline.model.vocab import EventBasis, Polarity, Status, Verdict

PRODUCER = "incidents"
VERSION = "1"
CONCRETE = frozenset({Status.OCCURRED, Status.ONGOING, Status.PLANNED})
"""What is possible, hypothetical, threatened, demanded or long past is no incident."""
SLACK = 1
"""Days by which two tellings of one incident may differ."""

_NEVER = (date.max, date.max)
_CERTAIN = frozenset({Verdict.IDENTICAL, Verdict.LIGHT_EDIT})


def link_incidents(world: World) -> tuple[Incident, ...]:
    """The incidents, in order of id. An event belongs to one incident at most; captions give none.

    Two tellings are one incident when type and status agree, place, time and parties do not clash, and
    something binds them: a passage copied, or the same place and day, or the same place or day with the same
    party. An event joins the first incident all of whose tellings it fits.
    """
    return tuple(sorted((_incident(group, world) for group in gather(world)), key=lambda i: i.id))


def gather(world: World) -> list[list[Told]]:
    """The concrete, affirmed events in groups of one incident each, in order of the first telling."""
    told = [t for t in world.events() if concrete(t)]
    groups: list[list[Told]] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in sorted(told, key=lambda t: (t.days or _NEVER, t.event.id)):
        keys = _keys(one)
        likely = sorted({g for key in (*keys, *_copied(one, world)) for g in index.get(key, ())})
        home = next((g for g in likely if _belongs(one, groups[g], world)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(one)
        for key in keys:
            if not index[key] or index[key][-1] != home:
                index[key].append(home)
    # What names nobody and no place in any of its tellings cannot be looked up by anyone.
    return [group for group in groups if any(t.actors or t.recipients or t.narrow for t in group)]


def concrete(told: Told) -> bool:
    """Whether an event can be an incident: affirmed, and real or planned.

    Words are not incidents: what is verbal by type (accuse, reject, threaten, support) counts only as a
    stage of a legal process, or as a meeting of two named sides.
    """
    event = told.event
    if event.status not in CONCRETE or event.polarity is not Polarity.AFFIRMED:
        return False
    if event.quad is not None and event.quad.startswith("verbal") and event.stage is None:
        return event.quad == "verbal_cooperation" and len(told.actors) + len(told.recipients) > 1
    return True


def _keys(told: Told) -> list[tuple[str, ...]]:
    """Under what a telling may be found by another that it could be bound to: see ``bound``."""
    kind = (told.event.type, str(told.event.status))
    keys: list[tuple[str, ...]] = [(*kind, "passage", told.passage)] if told.passage else []
    if told.event.place:
        keys.append((*kind, "place", told.event.place))
    keys.append((*kind, "words", told.report.id, *_words(told)))
    keys.extend((*kind, "parties", a, r) for a in sorted(told.actors) for r in sorted(told.recipients))
    return keys


def _copied(told: Told, world: World) -> list[tuple[str, ...]]:
    kind = (told.event.type, str(told.event.status))
    return [(*kind, "passage", other) for other in sorted(world.partners.get(told.passage or "", ()))]


def fits(a: Told, b: Told) -> bool:
    """Whether nothing speaks against two events of one type being one."""
    return (
        (a.event.mode is None or b.event.mode is None or a.event.mode == b.event.mode)
        and (a.event.place is None or b.event.place is None or a.event.place == b.event.place)
        and near(a.days, b.days, SLACK)
        and (_one_scene(a, b) or not _clash(a.recipients, b.recipients))
        and (a.report.id != b.report.id or not _clash(a.actors, b.actors))
    )


def bound(a: Told, b: Told, world: World) -> str | None:
    """What binds two events that fit, in words, or None."""
    if a.passage and b.passage and b.passage in world.partners.get(a.passage, ()) and not _clash(a.actors, b.actors):
        return "a passage copied"
    if a.report.id == b.report.id and a.passage == b.passage and a.event.trigger.span == b.event.trigger.span:
        return "the same words"
    said_again = a.report.id == b.report.id and _words(a) == _words(b)
    if said_again and (a.actors & b.actors or a.recipients & b.recipients or _bare(a) or _bare(b)):
        return "the same word in one report"
    if _one_scene(a, b):
        return "the same place in one passage"
    place = a.event.place is not None and a.event.place == b.event.place and _told_here(a) and _told_here(b)
    day = a.days is not None and b.days is not None and _told_when(a) and _told_when(b)
    party = bool(a.actors & b.actors or a.recipients & b.recipients)
    if place and day and a.event.mode == b.event.mode:
        return "the same place and days"
    if place and party and not _clash(a.actors, b.actors):
        return "the same place and party"
    if day and a.actors & b.actors and a.recipients & b.recipients:
        return "the same parties and days"
    return None


def _belongs(one: Told, group: Sequence[Told], world: World) -> bool:
    return all(fits(one, other) for other in group) and any(bound(one, other, world) for other in group)


def _words(told: Told) -> tuple[str, ...]:
    return tuple(key_of(word) for word in WORD.findall(told.event.trigger.text))


def _one_scene(a: Told, b: Told) -> bool:
    """Whether one passage tells both of one narrow place, as of an attack and then of those it hurt."""
    same = a.passage is not None and a.passage == b.passage and a.report.id == b.report.id
    return (
        same and a.event.place == b.event.place and _told_here(a) and _told_here(b) and (not a.actors or not b.actors)
    )


def _bare(told: Told) -> bool:
    """Whether a telling names no party of its own: it can only point back."""
    return not told.actors and not told.recipients


def _clash(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b


def _told_here(told: Told) -> bool:
    return told.narrow and told.event.place_basis in (EventBasis.CLAUSE, EventBasis.SENTENCE)


def _told_when(told: Told) -> bool:
    return told.event.time_basis in (EventBasis.CLAUSE, EventBasis.SENTENCE, EventBasis.DATELINE)


def _incident(group: Sequence[Told], world: World) -> Incident:
    events = tuple(sorted(t.event.id for t in group))
    reports = sorted({t.report.id for t in group})
    spans = [t.days for t in group if t.days and _told_when(t)] or [t.days for t in group if t.days]
    places = sorted({t.event.place for t in group if t.event.place})
    publishers = sorted({r.source for id in reports if (r := world.reports[id].report).source})
    low, high, why = origins(group, world)
    claimants = {c: world.name(c, _speaker(t, world)) for t in group if (c := t.claimant) and world.telling(c)}
    unknown = sum(world.reports[id].report.source is None for id in reports)
    told = f"told by {len(reports)} report{'s' if len(reports) > 1 else ''}"
    outlets = f"{len(publishers)} publisher{'s' if len(publishers) != 1 else ''} named"
    return Incident(
        id=cluster_id(events),
        because=f"{told}; {outlets}" + (f", {unknown} unknown" if unknown else "") + (f"; {why}" if why else ""),
        score=round(sum(t.event.score for t in group) / len(group), 4),
        producer=PRODUCER,
        version=VERSION,
        rests_on=events,
        type=group[0].event.type,
        mode=next((t.event.mode for t in group if t.event.mode), None),
        place=places[0] if places else None,
        from_=min(s[0] for s in spans).isoformat() if spans else None,
        to=max(s[1] for s in spans).isoformat() if spans else None,
        status=group[0].event.status,
        events=events,
        reports=tuple(reports),
        publishers=tuple(publishers),
        origins_low=low,
        origins_high=high,
        claimants=tuple(sorted({name for name in claimants.values() if name})),
        figures=figure_claims(group, world),
    )


def _speaker(told: Told, world: World) -> Part | None:
    statement = world.statements.get(told.event.statement or "")
    return statement.speaker if statement else None


def origins(group: Sequence[Told], world: World) -> tuple[int, int, str]:
    """The fewest and most sources that the tellings could come from, and what ties them.

    Fewest: reports tied by any sign of copying, one agency, one claimant, one publisher, or not knowing the
    publisher count as one. Most: only near-verbatim copies, one agency or one publisher count as one. That no
    copying is found shows nothing more than that.
    """
    told: dict[str, list[Told]] = defaultdict(list)
    for one in group:
        told[one.report.id].append(one)
    ids = sorted(told)
    possible: list[tuple[str, str]] = []
    certain: list[tuple[str, str]] = []
    words: list[str] = []
    for a, b in combinations(ids, 2):
        tie, sure = _tie(a, b, told, world)
        if tie:
            possible.append((a, b))
            if len(words) < 4:
                words.append(f"{a} and {b}: {tie}")
        if sure:
            certain.append((a, b))
    if len(ids) > 1 and not possible:
        words.append("no copying found")
    return _groups(ids, possible), _groups(ids, certain), "; ".join(words)


def _tie(a: str, b: str, told: dict[str, list[Told]], world: World) -> tuple[str | None, bool]:
    copies = world.copies.get((a, b), []) or world.copies.get((b, a), [])
    one, two = world.reports[a].report, world.reports[b].report
    verdicts = {copy.verdict for copy in copies}
    if verdicts & _CERTAIN:
        return "nearly the same words", True
    agency = world.credits.agency(a)
    if agency is not None and agency == world.credits.agency(b):
        return f"both credit {agency}", True
    if one.source is not None and one.source == two.source:
        return "one publisher", True
    if verdicts:
        return "retold passages", False
    claimants = ({t.claimant for t in told[a]}, {t.claimant for t in told[b]})
    if None not in claimants[0] | claimants[1] and claimants[0] & claimants[1]:
        return "one claimant", False
    if one.source is None or two.source is None:
        return "no copying found, but a publisher is unknown", False
    return None, False


def _groups(ids: Sequence[str], ties: Iterable[tuple[str, str]]) -> int:
    first = {id: id for id in ids}
    for a, b in ties:
        x, y = first[a], first[b]
        first = {id: (min(x, y) if now in (x, y) else now) for id, now in first.items()}
    return len(set(first.values()))


def figure_claims(group: Sequence[Told], world: World) -> tuple[FigureClaim, ...]:
    """What each claimant gives for each effect and counted thing: lowest and highest, never a best."""
    claims: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for told in group:
        for figure, _ in world.figures.get(told.event.id, ()):
            claimant = world.named(figure.claimant) or ""
            counted = _stem(figure.counted)
            claims[str(figure.effect or ""), counted, claimant].append(figure)
    rows = []
    for (effect, _, claimant), figures in sorted(claims.items()):
        lows = [f.low for f in figures if f.low is not None]
        highs = [f.high for f in figures if f.high is not None]
        parties = {f.claimant_is_party for f in figures}
        rows.append(
            FigureClaim(
                effect=effect or None,
                counted=figures[0].counted,
                low=min(lows) if lows else None,
                high=max(highs) if len(highs) == len(figures) else None,
                claimant=world.name(claimant, figures[0].claimant) if claimant else None,
                claimant_is_party=parties.pop() if len(parties) == 1 else None,
                figures=tuple(sorted(f.id for f in figures)),
            )
        )
    return tuple(rows)


def _stem(counted: str | None) -> str:
    words = [w for w in (counted or "").split() if w.isalpha()]
    return key_of(words[-1]) if words else ""
