"""Names that might be meant: a spelling with the better supported one that it is like, never put in its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from dateline.knowledge.folding import fold
from dateline.link.ties import tied
from dateline.matching.names import THRESHOLD, could_reach, match_names
from dateline.model.links import Entity, Lineage, Suggestion
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import EntityKind

LIKE = max(THRESHOLD, 0.8)
"""From here on a better supported person's name is suggested for another."""
ALIKE = 0.9
"""The same for other things, and where neither name is better supported."""
SURNAMES = 66.0
"""How alike (0..100, rapidfuzz) the last word of a person's name and some word of the other are at least: an initial
in its place says nothing."""
MOST = 3
"""Suggestions kept for one entity, the likeliest first."""
BEGINNING = 3
"""Names are compared that share so many first letters of a word."""
CROWDED = 64
"""Where more names share a beginning, those are compared that also share a letter, else a beginning, of another
word."""
_NO_NAMES = frozenset({EntityKind.PLACE, EntityKind.EVENT})
"""Kinds whose names are often alike and not one."""


class Support(Struct, frozen=True, order=True):
    """What speaks for a spelling: that the knowledge has it, then how many voices write it."""

    known: bool
    voices: int

    def over(self, other: "Support") -> str:
        """How it is better supported than another, in words; empty when it is not."""
        if self.known or other.known:
            return "a known name" if self.known and not other.known else ""
        return f"written by {self.voices} against {other.voices} separate sources" if self > other else ""


def suggest_names(
    entities: Sequence[Entity], reports: Sequence[AnnotatedReport], lineage: Iterable[Lineage]
) -> tuple[Entity, ...]:
    """The entities with the names that each might be meant for, in the order given.

    A name is suggested for one that is like it and less well supported: the knowledge does not have that one, or
    fewer separate sources write it, where a report and what derives from it, and the reports of one publisher,
    are one source. Where neither is better supported, each is suggested for the other, with that reason. What
    only adds words to another name may be another thing: it counts for persons alone, and by better support.
    """
    known = {referent.id for one in reports for referent in one.referents if referent.actor}
    report_of = {referent.id: one.report.id for one in reports for referent in one.referents}
    voice_of = _voices(reports, lineage)
    support: dict[str, Support] = {}

    def supported(entity: Entity) -> Support:
        if entity.id not in support:
            voices = {voice_of[report_of[id]] for id in entity.rests_on}
            support[entity.id] = Support(not known.isdisjoint(entity.rests_on), len(voices))
        return support[entity.id]

    found: dict[str, list[Suggestion]] = defaultdict(list)
    for a, b in _pairs(entities):
        match = match_names(a.name, b.name, str(a.kind))
        mine, theirs = supported(a), supported(b)
        adds = _adds(a.name, b.name)
        person = a.kind is EntityKind.PERSON
        if match.score < (LIKE if person else ALIKE) or (mine.known and theirs.known):
            continue
        if not _surnames_fit(a, b) if person else adds:
            continue
        for one, other, why in ((a, b, theirs.over(mine)), (b, a, mine.over(theirs))):
            if mine == theirs and match.score >= ALIKE and not adds:
                why = "neither is better supported"
            if why:
                found[one.id].append(Suggestion(other.name, match.score, f"{match.because}; {why}"))
    return tuple(_with(entity, found.get(entity.id, ())) for entity in entities)


def _voices(reports: Sequence[AnnotatedReport], lineage: Iterable[Lineage]) -> dict[str, str]:
    """Each report's source: reports that derive from one another, or have one publisher or unseen origin, are one."""
    ties = [(row.report, row.from_report) for row in lineage if row.from_report]
    ties += [(row.report, f"origin {row.latent_origin}") for row in lineage if row.latent_origin]
    ties += [(one.report.id, f"publisher {one.report.source}") for one in reports if one.report.source]
    return tied([one.report.id for one in reports], ties)


def _pairs(entities: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Entities of one kind whose full names could be alike, each pair once."""
    named = [(entity, fold(entity.name).split()) for entity in entities if entity.kind not in _NO_NAMES]
    full = [(entity, words) for entity, words in named if len(words) > 1]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, (entity, words) in enumerate(full):
        for start in {word[:BEGINNING] for word in words if len(word) >= BEGINNING}:
            blocks[str(entity.kind), start].append(n)
    compared: set[tuple[int, int]] = set()
    for (_, start), block in blocks.items():
        for some in [block] if len(block) <= CROWDED else _finer(start, block, full):
            compared.update(combinations(some, 2))
    for x, y in sorted(compared):
        a, b = full[x][0], full[y][0]
        if could_reach(a.name, b.name, str(a.kind), LIKE):
            yield a, b


def _finer(start: str, block: Sequence[int], full: Sequence[tuple[Entity, list[str]]]) -> Iterator[list[int]]:
    for letters in (1, BEGINNING):
        finer: dict[str, list[int]] = defaultdict(list)
        for n in block:
            for more in {word[:letters] for word in full[n][1] if word[:BEGINNING] != start}:
                finer[more].append(n)
        yield from (some for some in finer.values() if len(some) <= CROWDED)


def _adds(a: str, b: str) -> bool:
    """Whether one name holds all words of the other and more."""
    mine, theirs = set(fold(a).split()), set(fold(b).split())
    return mine < theirs or theirs < mine


def _surnames_fit(a: Entity, b: Entity) -> bool:
    mine, theirs = fold(a.name).split(), fold(b.name).split()
    return all(
        any(ratio(words[-1], word) >= SURNAMES for word in others) for words, others in ((mine, theirs), (theirs, mine))
    )


def _with(entity: Entity, suggestions: Iterable[Suggestion]) -> Entity:
    kept = tuple(sorted(set(suggestions), key=lambda s: (-s.score, s.name))[:MOST])
    return replace(entity, suggestions=kept) if kept else entity
