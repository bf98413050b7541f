"""One person told to hold offices that differ in substance."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from dateline.knowledge.handle import Knowledge
from dateline.link.claims import passage_of
from dateline.link.conflicts.accounts import row
from dateline.link.world import World, gap
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.names import is_title
from dateline.matching.profile import profile_of
from dateline.model.links import Conflict, Site
from dateline.model.records import AnnotatedReport, State
from dateline.model.vocab import (
    ChangeKind,
    ConflictKind,
    ConflictRelation,
    Direction,
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
FORMER = "former:"
"""How the reason for a change opens that sets a former office against one that is held."""
FEW = 3
"""So many reports with one wording are tried for two that are two accounts."""

Held = tuple[State, AnnotatedReport]


def other_offices(world: World, knowledge: Knowledge) -> Iterator[Conflict]:
    """Offices that two reports of about one time give one person, where the lexicon names what differs.

    "The elected mayor" and "the appointed mayor", "the governor" and "the deputy governor"; mere other words are no
    conflict, nor is an office told as past, a title alone beside a former office ("Judge Dask", "a retired judge"),
    or what a copy made of the office that it found. The person is known by full name; wordings that occur in several
    reports are compared once.
    """
    held: dict[str, dict[str, list[Held]]] = defaultdict(dict)
    taken = _taken(world)
    for _, one in sorted(world.reports.items()):
        for state in one.states:
            person = world.entity(state.subject)
            known = person is not None and world.entities[person].kind is EntityKind.PERSON
            now = state.status is Status.ONGOING and state.polarity is Polarity.AFFIRMED
            if person and known and now and state.relation is Relation.HOLDS_OFFICE:
                held[person].setdefault(" ".join(state.object.text.lower().split()), []).append((state, one))
    for _, wordings in sorted(held.items()):
        for some, others in combinations(list(wordings.values())[:MOST], 2):
            first = [[h for h in held if not _garbled(h, taken, world)][:FEW] for held in (some, others)]
            pair = next(((a, b) for a in first[0] for b in first[1] if _two_accounts(a, b, world)), None)
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


def _taken(world: World) -> Mapping[str, Sequence[Site]]:
    """By passage, what it is known to be taken from."""
    taken: dict[str, list[Site]] = defaultdict(list)
    for copy in (copy for _, copies in sorted(world.copies.items()) for copy in copies):
        if copy.direction is Direction.A_FROM_B:
            taken[copy.rests_on[0]].append(copy.b)
        elif copy.direction is Direction.B_FROM_A:
            taken[copy.rests_on[-1]].append(copy.a)
    return taken


def _garbled(held: Held, taken: Mapping[str, Sequence[Site]], world: World) -> bool:
    """Whether a report gives the office in a passage known to be taken from one that does not have these words."""
    state, one = held
    words = frozenset(profile_of(state.object.text).keys)
    texts = (s.span.of(world.reports[s.report].text) for s in taken.get(passage_of(state, one) or "", ()))
    return any(not words <= frozenset(profile_of(text).keys) for text in texts)


def _differs(a: Held, b: Held, knowledge: Knowledge) -> PassageChange | None:
    """The change of role between two wordings; a title stays with those who leave office."""
    titles = any(is_title(state.object.text) for state, _ in (a, b))
    alignment = Alignment(profile_of(a[0].object.text), profile_of(b[0].object.text))
    roles = (c for c in find_changes(alignment, knowledge) if c.kind is ChangeKind.ROLE)
    return next((c for c in roles if not (titles and c.because.startswith(FORMER))), None)


def _at_one_time(a: AnnotatedReport, b: AnnotatedReport) -> bool:
    apart = gap(a.report, b.report)
    return apart is None or apart <= WITHIN
