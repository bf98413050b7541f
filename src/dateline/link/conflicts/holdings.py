"""One place that accounts of about one time say others hold."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from dateline.link.claims import passage_of
from dateline.link.conflicts.accounts import in_order, row
from dateline.link.naming import LEAST, Naming
from dateline.link.world import World, gap
from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, State
from dateline.model.vocab import ConflictKind, ConflictRelation, Polarity, Relation, Status

WITHIN = timedelta(days=1)
"""Reports published further apart may both be right: places change hands."""
MOST = 50
"""What more accounts than this say is held is compared no further."""
TELLING = 1.0
"""The least rarity of a word that tells what is held, or by whom."""
_HOLDING = frozenset({Relation.CONTROLS, Relation.OCCUPIES})
_NOW = frozenset({Status.ONGOING, Status.OCCURRED})

Held = tuple[State, AnnotatedReport]


def held_by_others(world: World, naming: Naming) -> Iterator[Conflict]:
    """What reports of about one day give to holders who share no word: "his men hold the palace", "the rebels do".

    The place has a name, or stands beside the same name in both. Who holds it now is compared, not who took it when.
    """
    held: dict[frozenset[str], list[Held]] = defaultdict(list)
    for one in in_order(world):
        for state in one.states:
            now = state.status in _NOW and state.polarity is Polarity.AFFIRMED and state.relation in _HOLDING
            thing = _telling(state.object.text)
            if now and thing:
                held[thing].append((state, one))
    for thing, accounts in sorted(held.items(), key=lambda pair: sorted(pair[0])):
        shown: set[frozenset[frozenset[str]]] = set()
        for a, b in combinations(accounts[:MOST], 2):
            holders = frozenset((_telling(a[0].subject.text), _telling(b[0].subject.text)))
            if holders not in shown and _differ(a, b, world) and _one_place(thing, a, b, naming):
                shown.add(holders)
                why = f"{a[0].object.text} held by {a[0].subject.text} against {b[0].subject.text}"
                yield row(ConflictKind.OCCURRENCE, ConflictRelation.CONTRADICTS, a[0].id, b[0].id, why)


def _differ(a: Held, b: Held, world: World) -> bool:
    (one, mine), (other, theirs) = a, b
    apart = gap(mine.report, theirs.report)
    if apart is None or apart > WITHIN or mine.report.id == theirs.report.id:
        return False
    if passage_of(other, theirs) in world.partners.get(passage_of(one, mine) or "", ()):
        return False
    same = world.named(one.subject) == world.named(other.subject)
    return not same and not _telling(one.subject.text) & _telling(other.subject.text)


def _one_place(thing: frozenset[str], a: Held, b: Held, naming: Naming) -> bool:
    if any(weight_of(key) >= LEAST for key in thing if key in _named(a[0]) & _named(b[0])):
        return True
    beside = [naming.beside(one, state.object.span).names for state, one in (a, b)]
    return bool(beside[0] & beside[1])


def _telling(text: str) -> frozenset[str]:
    return frozenset(key for word in WORD.findall(text) if weight_of(key := key_of(word)) >= TELLING)


def _named(state: State) -> frozenset[str]:
    return frozenset(key_of(word) for word in WORD.findall(state.object.text) if word[0].isupper())
