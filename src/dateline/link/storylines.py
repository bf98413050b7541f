"""Reports on one course of events: grouped by the rare names, numbers and words that they share."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.loaded import Loaded, loaded
from dateline.link.ties import tied
from dateline.link.wording import opening
from dateline.matching.profile import Profile, words_of
from dateline.model.ids import cluster_id
from dateline.model.links import Lineage, Storyline
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import PassageKind

PRODUCER = "storylines"
VERSION = "1"
ALIKE = 0.26
"""The mean likeness (cosine) from which two groups of reports are one storyline. Set on public gold
(benchmarks/storylines.py)."""
APART = 0.75
"""Two groups of at least GROUP reports are joined only if they are so much alike as the looser of them is in itself."""
GROUP = 5
NAMED = 2.0
"""How much more a name or number weighs than another word as rare."""
TELLING = 1.2
"""The least rarity of a word that counts."""
HALF_LIFE = 14.0
"""Days between two reports after which their likeness counts half."""
COPIED = 0.7
"""From this share of a report found in another on, both count as one voice when likeness is averaged."""

Vector = dict[str, float]


def link_storylines(
    reports: Sequence[AnnotatedReport], lineage: Iterable[Lineage], knowledge: Knowledge
) -> tuple[Storyline, ...]:
    """The storylines of two reports or more, in order of id; a report stands in one storyline at most.

    Likeness is the cosine of rarity-weighted names, numbers and words, less with the days between; groups are
    joined while their mean likeness holds (average linkage) and is not much below that within them, copies counting
    as one voice. The result depends
    on the set of reports, not on their order.
    """
    by_id = {one.report.id: one for one in reports}
    voices = _voices(sorted(by_id), lineage)
    firsts = sorted(voices)
    vectors = [vector(by_id[first]) for first in firsts]
    days = [_day(by_id[first]) for first in firsts]
    lines = []
    for group in cluster(vectors, days):
        members = sorted(member for i in group for member in voices[firsts[i]])
        if len(members) > 1:
            lines.append(_storyline(members, by_id, {firsts[i]: vectors[i] for i in group}, loaded(knowledge)))
    return tuple(sorted(lines, key=lambda line: line.id))


def vector(annotated: AnnotatedReport) -> Vector:
    """A report's names, numbers and rare words with their weights, of length 1."""
    bag: Counter[str] = Counter()
    weights: Vector = {}
    for text, count in _texts(annotated):
        for key, rarity, named in words_of(text):
            if rarity >= TELLING:
                bag[key] += count
                weights[key] = max(weights.get(key, 0.0), rarity * NAMED if named or key[0].isdigit() else rarity)
    raw = {key: weights[key] * (1 + math.log(count)) for key, count in sorted(bag.items())}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {key: value / length for key, value in raw.items()} if length else {}


def _texts(annotated: AnnotatedReport) -> Iterator[tuple[str, int]]:
    """The headline and the passages, with how much each counts: the headline and the first double, captions nothing."""
    if annotated.report.title:
        yield annotated.report.title, 2
    for number, passage in enumerate(annotated.passages):
        if passage.kind is not PassageKind.CAPTION:
            yield passage.evidence.quote, 2 if number == 0 else 1


def cluster(vectors: Sequence[Vector], days: Sequence[float | None], alike: float = ALIKE) -> list[list[int]]:
    """Groups of indices whose mean likeness is at least ``alike``, each sorted, in order of their first."""
    near = _likeness(vectors, days, alike)
    first = tied(range(len(vectors)), ((i, j) for i, others in enumerate(near) for j in others))
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(vectors)):
        members[first[i]].append(i)
    return sorted(group for some in members.values() for group in _average_linkage(some, near, alike))


def _likeness(vectors: Sequence[Vector], days: Sequence[float | None], least: float) -> list[dict[int, float]]:
    """For each vector the others that are anywhere near ``least`` to it, and how near. Each key adds to all reports
    that hold it, in order of the keys."""
    rows: dict[str, list[int]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    for i, one in enumerate(vectors):
        for key, value in one.items():
            rows[key].append(i)
            values[key].append(value)
    postings = {key: (np.array(held), np.array(values[key])) for key, held in rows.items() if len(held) > 1}
    near: list[dict[int, float]] = [{} for _ in vectors]
    for i, one in enumerate(vectors):
        sums: NDArray[np.float64] = np.zeros(len(vectors))
        for key, value in one.items():
            if key in postings:
                held, others = postings[key]
                sums[held] += value * others
        sums[: i + 1] = 0.0
        for j in np.flatnonzero(sums >= least / 4).tolist():
            closeness = float(sums[j]) * _decay(days[i], days[j])
            if closeness >= least / 4:
                near[i][j] = near[j][i] = round(closeness, 9)
    return near


def _decay(a: float | None, b: float | None) -> float:
    return 1.0 if a is None or b is None else 0.5 ** (abs(a - b) / HALF_LIFE)


def _average_linkage(members: Sequence[int], near: Sequence[Mapping[int, float]], alike: float) -> list[list[int]]:
    """Join the two most alike groups until none is alike enough; ties go to the first.

    Two groups of some size stay apart where their members are much less alike across than within. A pair that was
    held apart stands with its sign turned, until either group grows. A group is called by its first member.
    """
    groups = {member: [member] for member in members}
    within = dict.fromkeys(members, 0.0)
    likeness = {member: dict(near[member]) for member in members}
    waiting = [(-value, x, y) for x in members for y, value in near[x].items() if x < y and value >= alike]
    heapify(waiting)
    while waiting:
        value, x, y = heappop(waiting)
        if x not in groups or likeness[x].get(y) != -value:
            # One of the two has grown, or is part of another group, since.
            continue
        sizes = len(groups[x]), len(groups[y])
        if -value < APART * min(_cohesion(sizes[0], within[x]), _cohesion(sizes[1], within[y])):
            likeness[x][y] = likeness[y][x] = value
            continue
        within[x] += within.pop(y) - value * sizes[0] * sizes[1]
        groups[x].extend(groups.pop(y))
        mine, theirs = likeness[x], likeness.pop(y)
        del mine[y], theirs[x]
        for z in mine.keys() | theirs.keys():
            both = (abs(mine.get(z, 0.0)) * sizes[0] + abs(theirs.get(z, 0.0)) * sizes[1]) / (sizes[0] + sizes[1])
            likeness[z].pop(y, None)
            mine[z] = likeness[z][x] = both
            if both >= alike:
                heappush(waiting, (-both, min(x, z), max(x, z)))
    return [sorted(group) for group in groups.values()]


def _cohesion(size: int, within: float) -> float:
    """The mean likeness within a group; a small one holds nothing apart."""
    return 2 * within / (size * (size - 1)) if size >= GROUP else 0.0


def _voices(ids: Sequence[str], lineage: Iterable[Lineage]) -> dict[str, list[str]]:
    """Reports that are nearly all copied from one another, under the first of them."""
    copied = ((r.report, r.from_report) for r in lineage if r.from_report is not None and r.share >= COPIED)
    first = tied(ids, copied)
    voices: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        voices[first[id]].append(id)
    return voices


def _day(annotated: AnnotatedReport) -> float | None:
    published = annotated.report.published
    return None if published is None else (published.first.toordinal() + published.last.toordinal()) / 2


def _storyline(
    members: list[str], by_id: dict[str, AnnotatedReport], vectors: dict[str, Vector], words: Loaded
) -> Storyline:
    total: Counter[str] = Counter()
    for _, one in sorted(vectors.items()):
        total.update(one)
    central = max(sorted(vectors), key=lambda id: sum(value * total[key] for key, value in vectors[id].items()))
    days = [p for id in members if (p := by_id[id].report.published) is not None]
    shared = ", ".join(
        _as_written(key, members, by_id) for key, _ in sorted(total.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
    )
    return Storyline(
        id=cluster_id(members),
        because=f"they share {shared}",
        producer=PRODUCER,
        version=VERSION,
        rests_on=tuple(members),
        title=words.plain(_title(by_id[central])),
        reports=tuple(members),
        from_=min(p.first for p in days).isoformat() if days else None,
        to=max(p.last for p in days).isoformat() if days else None,
    )


def _as_written(key: str, members: list[str], by_id: dict[str, AnnotatedReport]) -> str:
    for member in members:
        for passage in by_id[member].passages:
            profile = Profile(passage.evidence.quote)
            if key in profile.bag:
                return profile.word(profile.keys.index(key))
    return key


def _title(annotated: AnnotatedReport) -> str:
    if annotated.report.title:
        return annotated.report.title
    first = opening(annotated)
    return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0].rstrip(".,") + "..."
