"""One person told to hold offices that differ in substance."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from dateline.knowledge.handle import Knowledge
from dateline.link.accounts import row
from dateline.link.claims import passage_of
from dateline.link.world import World
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.profile import profile_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, State
from dateline.model.vocab import (
    ChangeKind,
    ConflictKind,
    ConflictRelation,
    EntityKind,
    Polarity,
    Relation,
    Status,
    Verdict,
)

WITHIN = timedelta(days=31)
"""Reports published further apart may both be right: people change office."""
MOST = 30
"""So many wordings of a person's offices, the first by report, are compared each with each."""
FEW = 3
"""So many reports with one wording are tried for two that are two accounts."""

Held = tuple[State, AnnotatedReport]


def other_offices(world: World, knowledge: Knowledge) -> Iterator[Conflict]:
    """Offices that two reports of about one time give one person, where the lexicon names what differs.

    "The elected mayor" and "the appointed mayor", "the governor" and "the deputy governor"; mere other words are no
    conflict, nor is an office told as past. The person is known by full name; wordings that occur in several reports
    are compared once.
    """
    held: dict[str, dict[str, list[Held]]] = defaultdict(dict)
    for _, one in sorted(world.reports.items()):
        for state in one.states:
            person = world.entity(state.subject)
            known = person is not None and world.entities[person].kind is EntityKind.PERSON
            now = state.status is Status.ONGOING and state.polarity is Polarity.AFFIRMED
            if person and known and now and state.relation is Relation.HOLDS_OFFICE:
                held[person].setdefault(" ".join(state.object.text.lower().split()), []).append((state, one))
    for _, wordings in sorted(held.items()):
        for some, others in combinations(list(wordings.values())[:MOST], 2):
            pairs = ((a, b) for a in some[:FEW] for b in others[:FEW] if _two_accounts(a, b, world))
            pair = next(pairs, None)
            change = _differs(*pair, knowledge) if pair else None
            if pair and change is not None:
                (a, _), (b, _) = pair
                why = f"{a.subject.text}: “{a.object.text}” against “{b.object.text}” ({change.because})"
                yield row(ConflictKind.ROLE, ConflictRelation.CONTRADICTS, a.id, b.id, why)


def _two_accounts(a: Held, b: Held, world: World) -> bool:
    """Whether they stand in two reports of about one time, of which neither only edits the other's passage."""
    one, other = a[1].report, b[1].report
    if one.id == other.id or not _at_one_time(a[1], b[1]):
        return False
    passages = {passage_of(a[0], a[1]), passage_of(b[0], b[1])}
    copies = (*world.copies.get((one.id, other.id), ()), *world.copies.get((other.id, one.id), ()))
    return not any(copy.verdict is Verdict.LIGHT_EDIT and set(copy.rests_on) == passages for copy in copies)


def _differs(a: Held, b: Held, knowledge: Knowledge) -> PassageChange | None:
    """The change of role between two wordings."""
    alignment = Alignment(profile_of(a[0].object.text), profile_of(b[0].object.text))
    return next((c for c in find_changes(alignment, knowledge) if c.kind is ChangeKind.ROLE), None)


def _at_one_time(a: AnnotatedReport, b: AnnotatedReport) -> bool:
    mine, theirs = a.report.published, b.report.published
    return mine is None or theirs is None or abs(mine.first - theirs.first) <= WITHIN
