"""Linking: annotated reports in, everything that is derived across them out."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dateline.knowledge.handle import Knowledge
from dateline.link.conflicts import link_conflicts
from dateline.link.copies import link_copies
from dateline.link.entities import link_entities
from dateline.link.incidents import link_incidents
from dateline.link.lineage import link_lineage
from dateline.link.positions import link_positions
from dateline.link.storylines import link_storylines
from dateline.link.suggestions import suggest_names
from dateline.link.utterances import link_utterances
from dateline.link.world import World
from dateline.matching.paraphrase import Verifier
from dateline.model.links import Change, Copy, Links
from dateline.model.records import AnnotatedReport


def link(reports: Sequence[AnnotatedReport], knowledge: Knowledge, verifier: Verifier | None = None) -> Links:
    """Everything derived across the reports: the same for the same reports in any order.

    Entities come first, then copies with their changes, then lineage, which also says how well a name is
    supported, then storylines, utterances, incidents, conflicts and positions. Nothing is stored and nothing
    outside the reports and the knowledge is looked at. An edge depends on the two things compared and on the
    frozen table of word rarity.
    """
    copies, changes = link_copies(reports, knowledge, verifier)
    return link_rest(sorted(reports, key=lambda one: one.report.id), copies, changes, knowledge)


def link_rest(
    reports: Sequence[AnnotatedReport], copies: Sequence[Copy], changes: Sequence[Change], knowledge: Knowledge
) -> Links:
    """Everything derived across the reports, which come sorted by id, whose copies are known already."""
    with no_collection():
        return _link(reports, copies, changes, knowledge)


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the collector of cycles from walking all reports again and again: linking makes no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _link(
    given: Sequence[AnnotatedReport], copies: Sequence[Copy], changes: Sequence[Change], knowledge: Knowledge
) -> Links:
    entities = link_entities([referent for one in given for referent in one.referents], knowledge.actors)
    lineage = link_lineage(given, copies)
    world = World(given, entities, copies)
    incidents = link_incidents(world, knowledge)
    return Links(
        entities=suggest_names(entities, given, lineage),
        copies=tuple(copies),
        changes=tuple(changes),
        lineage=lineage,
        utterances=link_utterances(world, knowledge),
        storylines=link_storylines(given, lineage, knowledge),
        incidents=incidents,
        conflicts=link_conflicts(world, incidents, knowledge),
        positions=link_positions(world, knowledge),
    )
