"""One quotation given to two speakers."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from dateline.link.conflicts.accounts import told_at
from dateline.link.wording import passage_at
from dateline.link.world import World
from dateline.matching.names import match_names
from dateline.matching.profile import profile_of
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Entity
from dateline.model.records import AnnotatedReport, Statement
from dateline.model.span import Span
from dateline.model.vocab import CueClass, EntityKind

RUN = 5
"""Words in a row that two quotations share at least: fewer are a phrase that anybody may use."""
SHARED = 0.7
"""The share of the shorter quotation's runs that the other has at least."""

ALIKE = 0.5
"""The likeness of two names from which one may be the other, misspelt."""

Run = tuple[str, ...]


class Quoted(Struct, frozen=True):
    """A statement with the runs of words that it gives within quotation marks, and its speaker."""

    statement: Statement
    one: AnnotatedReport
    speaker: Entity
    runs: frozenset[Run]


def misquoted(world: World) -> Iterator[tuple[Quoted, Quoted]]:
    """Pairs of statements that give the same words in marks to speakers who cannot be one.

    One pair is given for each two speakers, of the first reports that have them. Both must be known by name. Two
    spellings of one name, a person and the body that they may speak for, and speakers of whom one passes on the
    other's words are no contradiction.
    """
    by_run: dict[Run, dict[str, Quoted]] = defaultdict(dict)
    for quoted in sorted(_quoted(world), key=lambda q: (told_at(q.one.report), q.statement.id)):
        for run in quoted.runs:
            by_run[run].setdefault(quoted.speaker.id, quoted)
    seen: set[tuple[str, str]] = set()
    for _, sharing in sorted(by_run.items()):
        for a, b in combinations(sharing.values(), 2):
            pair = a.statement.id, b.statement.id
            if pair in seen:
                continue
            seen.add(pair)
            enough = len(a.runs & b.runs) >= SHARED * min(len(a.runs), len(b.runs))
            if enough and not _compatible(a.speaker, b.speaker) and not _chained(a, b, world):
                yield a, b


def _quoted(world: World) -> Iterator[Quoted]:
    for _, one in sorted(world.reports.items()):
        marked = [q.inside for q in one.quotations if not q.scare]
        for statement in one.statements:
            speaker = world.entities.get(world.entity(statement.speaker) or "")
            if speaker is None or not speaker.name[:1].isupper() or statement.cue_class is not CueClass.SPEECH:
                continue
            inside = [
                Span(max(a.start, b.start), min(a.end, b.end))
                for a in statement.content
                for b in marked
                if a.overlaps(b)
            ]
            runs = {run for span in inside or _beside(statement, one) for run in _runs(span.of(one.text))}
            if runs:
                yield Quoted(statement, one, speaker, frozenset(runs))


def _runs(text: str) -> Iterator[Run]:
    keys = [key_of(word) for word in WORD.findall(text)]
    yield from (tuple(keys[i : i + RUN]) for i in range(len(keys) - RUN + 1))


def _beside(statement: Statement, one: AnnotatedReport) -> list[Span]:
    """The words in marks, in nobody's statement, that stand in the sentence of the only one who speaks in it: "“Boys
    in a studio” was how the minister described them"."""
    passage = passage_at(one, statement.evidence.span.start)
    if passage is None or statement.cue is None:
        return []
    start = passage.evidence.span.start
    sentences = (Span(s.start + start, s.end + start) for s in profile_of(passage.evidence.quote).sentences)
    around = next((s for s in sentences if s.overlaps(statement.cue.span)), None)
    if around is None or any(s.id != statement.id and around.overlaps(s.evidence.span) for s in one.statements):
        return []
    return [q.inside for q in one.quotations if around.overlaps(q.inside)]


def _compatible(a: Entity, b: Entity) -> bool:
    """Whether two speakers may be one: names alike, or a body and somebody who may speak for it."""
    persons = [e.kind is EntityKind.PERSON for e in (a, b)]
    if not all(persons) and (a.country == b.country or None in (a.country, b.country)):
        return True
    return any(match_names(one, other).score >= ALIKE for one in {a.name, *a.names} for other in {b.name, *b.names})


def _chained(a: Quoted, b: Quoted, world: World) -> bool:
    """Whether one speaker passes on the other's words, or both statements read the same words of one report."""
    passed = {world.entity(part) for q in (a, b) for part in q.statement.via}
    if passed & {a.speaker.id, b.speaker.id}:
        return True
    same = a.one.report.id == b.one.report.id
    return same and any(s.overlaps(t) for s in a.statement.content for t in b.statement.content)
