"""Tolls told without their act ("the dead now number 64"), given to the incident that they are of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.link.claims import HURTS, TOLLS, Counted, figures_of, is_denied
from dateline.link.naming import Naming
from dateline.link.scenes import WITHIN, one_scene, scenes
from dateline.link.tellings import SEEN, before
from dateline.link.world import Told, World
from dateline.matching.stems import WORD, key_of
from dateline.model.records import AnnotatedReport

Groups = Sequence[Sequence[Told]]


def bare_tolls(groups: Groups, world: World, naming: Naming) -> Mapping[int, Sequence[Counted]]:
    """By the number of a group, the tolls of no event that are told of what its own tolls are of, or of its place.

    A toll that may be of several groups is of none, and so is one published before the act, or one that is denied.
    """
    of = {figure.id: n for n, group in enumerate(groups) for figure, _ in figures_of(group, world)}
    told = {t.event.id for group in groups for t in group}
    bare = {
        figure.id: (figure, one)
        for one in world.reports.values()
        for figure in one.figures
        if figure.effect and figure.event not in told and figure.id not in of and not is_denied(figure, world)
    }
    homes: dict[str, set[int]] = defaultdict(set)
    for scene in scenes(world, naming) if bare else ():
        known = [toll for toll in scene if toll.figure.id in of]
        for toll in scene:
            if toll.figure.id in bare:
                homes[toll.figure.id].update(of[one.figure.id] for one in known if one_scene(one, toll))
    placed = _by_place(groups) if bare else {}
    for id, (figure, one) in bare.items():
        if figure.effect in TOLLS:
            names = naming.beside(one, figure.evidence.span).names
            homes[id].update(n for name in names for n in placed.get(name, ()) if _at_the_time(one, groups[n]))
    found: dict[int, list[Counted]] = defaultdict(list)
    for id, some in sorted(homes.items()):
        home = next(iter(some)) if len(some) == 1 else None
        if home is not None and _may_tell(bare[id][1], groups[home]):
            found[home].append(bare[id])
    return found


def _by_place(groups: Groups) -> Mapping[str, set[int]]:
    """The groups in which people may come to harm, by the words of the narrow places that they are told of."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for told in group:
            if told.narrow and told.where is not None and told.event.quad == HURTS and told.event.type == "ASSAULT":
                for word in WORD.findall(told.where.name):
                    found[key_of(word)].add(number)
    return found


def _at_the_time(one: AnnotatedReport, group: Sequence[Told]) -> bool:
    """Whether a report was published within a week of one that tells of the act."""
    mine = one.report.published
    days = [told.report.published for told in group]
    return mine is not None and any(day is not None and abs(day.first - mine.first) <= WITHIN for day in days)


def _may_tell(one: AnnotatedReport, group: Sequence[Told]) -> bool:
    """Whether a report can tell of what happened: some of the tellings are not of days after it."""
    return any(told.event.status in SEEN and not before(one.report, told) for told in group)
