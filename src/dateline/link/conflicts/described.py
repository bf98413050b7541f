"""What one account calls a person, and another says that they are not."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.link.claims import passage_of
from dateline.link.conflicts.accounts import in_order, row
from dateline.link.world import World
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Mention, Record, Statement
from dateline.model.vocab import ConflictKind, ConflictRelation, EntityKind

AFTER = 60
"""Code points behind a name in which what its bearer is may be told ("Ilse Torvald, a nurse at the clinic")."""
_NOT_A = re.compile(r"\b(?:was|is|are|were|been)\b[^.;]{0,60}?\bnot an? (?:[a-z]+ )?([a-z]+)(?=[,.;”\"]|$| and| but)")
_CALLED = re.compile(r"^, (?:an? |the )?([^,.;]+)")

Named = tuple[Mention, AnnotatedReport]


def called_otherwise(world: World) -> Iterator[Conflict]:
    """Somebody who is "a watchman" in one report and "a gardener, not a watchman" to a speaker of another.

    The person is known by name in both; the word that is denied stands behind the name in the first.
    """
    denials = [found for one in world.reports.values() for found in _denied(one, world)]
    persons = {person for _, _, person, _ in denials}
    mentions: dict[str, list[Named]] = defaultdict(list)
    for one in in_order(world) if persons else ():
        for mention in one.mentions:
            if (person := world.entity_of(mention.referent)) in persons and person is not None:
                mentions[person].append((mention, one))
    for statement, one, person, word in sorted(denials, key=lambda denial: denial[0].id):
        for mention, other in mentions[person]:
            shown = _record(mention, other)
            if other is not one and shown is not None and key_of(word) in _called(mention, other):
                why = f"{mention.evidence.quote}: told to be a {word}, and not to be one"
                yield row(ConflictKind.ROLE, ConflictRelation.CONTRADICTS, statement.id, shown, why)
                break


def _denied(one: AnnotatedReport, world: World) -> Iterator[tuple[Statement, AnnotatedReport, str, str]]:
    for statement in one.statements:
        for span in statement.content:
            if (found := _NOT_A.search(span.of(one.text))) is None:
                continue
            before = [m for m in one.mentions if span.start <= m.evidence.span.start < span.start + found.start()]
            persons = [p for m in before if (p := world.entity_of(m.referent)) and _person(p, world)]
            if persons:
                yield statement, one, persons[0], found[1]


def _person(entity: str, world: World) -> bool:
    return world.entities[entity].kind is EntityKind.PERSON


def _called(mention: Mention, one: AnnotatedReport) -> frozenset[str]:
    end = mention.evidence.span.end
    found = _CALLED.match(one.text[end : end + AFTER])
    return frozenset(key_of(word) for word in WORD.findall(found[1])) if found else frozenset()


def _record(mention: Mention, one: AnnotatedReport) -> str | None:
    """The statement or event that the name stands in, else one of its passage."""
    layers: Sequence[Record] = (*one.statements, *one.events)
    inside = [r for r in layers if r.evidence.span.overlaps(mention.evidence.span)]
    near = inside or [r for r in layers if passage_of(r, one) == passage_of(mention, one)]
    return near[0].id if near else None
