"""Accounts that do not fit: figures, actors, whether it happened at all, who said it, and who is what."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from dateline.knowledge.handle import Knowledge
from dateline.link.claims import figures_of, is_denied
from dateline.link.conflicts.accounts import culprits, of_one_act, row, when_and_where
from dateline.link.conflicts.denials import denied, gainsaid, unhappened
from dateline.link.conflicts.described import called_otherwise
from dateline.link.conflicts.holdings import held_by_others
from dateline.link.conflicts.hours import other_hours
from dateline.link.conflicts.offices import other_offices
from dateline.link.conflicts.parts import disowned
from dateline.link.conflicts.quantities import Wording, figure_conflicts
from dateline.link.conflicts.quoted import misquoted
from dateline.link.naming import Naming
from dateline.link.scenes import Toll, one_scene, scenes
from dateline.link.world import Told, World
from dateline.model.links import Conflict, Incident
from dateline.model.records import Figure
from dateline.model.vocab import ConflictKind, ConflictRelation


def link_conflicts(world: World, incidents: Iterable[Incident], knowledge: Knowledge) -> tuple[Conflict, ...]:
    """The disagreements between accounts, in order of id.

    Figures: what two claims of one incident give for one effect does not meet. A claim in the words of an
    update, or a later one of the same claimant, supersedes; later alone is not better. What is superseded is
    set against nothing told after it. Actor: an incident is told of actors of other sides, or the same act at
    the same place, day and recipient of actors who cannot be one, or of two who attack each other. Occurrence:
    one account has it, another negates or denies it. Time and place: one toll at one thing is told of two. Speaker:
    one quotation is given to two speakers. Role: one person holds offices that differ in substance.
    """
    wording = Wording(knowledge)
    naming = Naming(world, knowledge)
    told = {t.event.id: t for t in world.events()}
    found: dict[str, Conflict] = {}
    for incident in incidents:
        group = [told[id] for id in incident.events if id in told]
        figures = figure_conflicts(figures_of(group, world), told, world, wording)
        found.update((one.id, one) for one in (*figures, *culprits(group, wording.kin)))
    tellings = list(told.values())
    not_so = list(unhappened(tellings, world))
    ends = [(told[one.left], told[one.right]) for one in not_so]
    settled = {(a.event.statement or "", b.report.id) for pair in ends for a, b in (pair, pair[::-1])}
    across = chain(
        _of_scenes(world, naming, wording, told),
        of_one_act(tellings, world, wording.kin),
        denied(tellings, world),
        not_so,
        gainsaid(world, knowledge, settled),
        disowned(tellings, world, naming, knowledge),
        when_and_where(tellings, world),
        other_hours(tellings, world, naming, knowledge),
        held_by_others(world, naming),
        _speakers(world),
        other_offices(world, knowledge),
        called_otherwise(world),
    )
    for conflict in across:
        found.setdefault(conflict.id, conflict)
    return tuple(one for _, one in sorted(found.items()))


def _of_scenes(world: World, naming: Naming, wording: Wording, told: Mapping[str, Told]) -> Iterator[Conflict]:
    """Those of tolls that are told of one named place or thing, though their tellings were not joined."""
    for group in scenes(world, naming):
        tolls = {toll.figure.id: toll for toll in group}

        def fit(a: Figure, b: Figure, tolls: Mapping[str, Toll] = tolls) -> bool:
            return one_scene(tolls[a.id], tolls[b.id])

        figures = [(toll.figure, toll.one) for toll in group if not is_denied(toll.figure, world)]
        yield from figure_conflicts(figures, told, world, wording, fit)


def _speakers(world: World) -> Iterator[Conflict]:
    for a, b in misquoted(world):
        why = f"the same words are laid to {a.speaker.name} and to {b.speaker.name}"
        yield row(ConflictKind.SPEAKER, ConflictRelation.CONTRADICTS, a.statement.id, b.statement.id, why)
