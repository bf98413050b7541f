"""Reports on one course of events: grouped by the rare names, numbers and words that they share."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.matching.profile import Profile
from dateline.model.ids import cluster_id
from dateline.model.links import Lineage, Storyline
from dateline.model.records import AnnotatedReport
from dateline.model.vocab import PassageKind

PRODUCER = "storylines"
VERSION = "1"
ALIKE = 0.26
"""The mean likeness (cosine) from which two groups of reports are one storyline. Set on public gold
(benchmarks/storylines.py)."""
TELLING = 1.2
"""The least rarity of a word that counts. Names and numbers weigh more than other words by being rarer."""
HALF_LIFE = 14.0
"""Days between two reports after which their likeness counts half."""
COPIED = 0.7
"""From this share of a report found in another on, both count as one voice when likeness is averaged."""

Vector = dict[str, float]


def link_storylines(reports: Sequence[AnnotatedReport], lineage: Iterable[Lineage]) -> tuple[Storyline, ...]:
    """The storylines of two reports or more, in order of id; a report stands in one storyline at most.

    Likeness is the cosine of rarity-weighted names, numbers and words, less with the days between; groups are
    joined while their mean likeness holds (average linkage), copies counting as one voice. The result depends
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
            lines.append(_storyline(members, by_id, {firsts[i]: vectors[i] for i in group}))
    return tuple(sorted(lines, key=lambda line: line.id))


def vector(annotated: AnnotatedReport) -> Vector:
    """A report's names, numbers and rare words with their weights, of length 1."""
    bag: Counter[str] = Counter()
    weights: Vector = {}
    for number, passage in enumerate(annotated.passages):
        if passage.kind is PassageKind.CAPTION:
            continue
        profile = Profile(passage.evidence.quote)
        for key, rarity in zip(profile.keys, profile.weights, strict=True):
            if rarity >= TELLING:
                bag[key] += 2 if number == 0 else 1
                weights[key] = rarity
    raw = {key: weights[key] * (1 + math.log(count)) for key, count in sorted(bag.items())}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {key: value / length for key, value in raw.items()} if length else {}


def cluster(vectors: Sequence[Vector], days: Sequence[float | None], alike: float = ALIKE) -> list[list[int]]:
    """Groups of indices whose mean likeness is at least ``alike``, each sorted, in order of their first."""
    edges = _likeness(vectors, days, alike)
    groups: list[list[int]] = []
    for component in _components(len(vectors), edges):
        groups.extend(_average_linkage(component, edges, vectors, days, alike))
    return sorted(groups)


def _likeness(vectors: Sequence[Vector], days: Sequence[float | None], least: float) -> dict[tuple[int, int], float]:
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, one in enumerate(vectors):
        for key, value in one.items():
            postings[key].append((i, value))
    edges: dict[tuple[int, int], float] = {}
    for i, one in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for key, value in one.items():
            for j, other in postings[key]:
                if j > i:
                    sums[j] += value * other
        for j, sum_ in sums.items():
            closeness = sum_ * _decay(days[i], days[j])
            if closeness >= least / 4:
                edges[i, j] = closeness
    return edges


def _decay(a: float | None, b: float | None) -> float:
    return 1.0 if a is None or b is None else 0.5 ** (abs(a - b) / HALF_LIFE)


def _components(many: int, edges: dict[tuple[int, int], float]) -> list[list[int]]:
    parent = list(range(many))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in edges:
        x, y = find(i), find(j)
        parent[max(x, y)] = min(x, y)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(many):
        groups[find(i)].append(i)
    return list(groups.values())


def _average_linkage(
    members: list[int],
    edges: dict[tuple[int, int], float],
    vectors: Sequence[Vector],
    days: Sequence[float | None],
    alike: float,
) -> list[list[int]]:
    """Join the two most alike groups until none is alike enough; ties go to the first."""
    many = len(members)
    if many == 1:
        return [members]
    place = {member: at for at, member in enumerate(members)}
    table: NDArray[np.float64] = np.zeros((many, many))
    for (i, j), closeness in edges.items():
        if i in place and j in place:
            table[place[i], place[j]] = table[place[j], place[i]] = round(closeness, 9)
    np.fill_diagonal(table, -1.0)
    sizes = np.ones(many)
    groups: dict[int, list[int]] = {at: [member] for at, member in enumerate(members)}
    best = table.argmax(axis=1)
    value = table[np.arange(many), best]
    while True:
        x = int(value.argmax())
        if value[x] < alike:
            return [sorted(group) for group in groups.values()]
        x, y = sorted((x, int(best[x])))
        merged = (table[x] * sizes[x] + table[y] * sizes[y]) / (sizes[x] + sizes[y])
        sizes[x] += sizes[y]
        table[x, :] = table[:, x] = merged
        table[x, x] = -1.0
        table[y, :] = table[:, y] = -1.0
        value[y] = -1.0
        groups[x].extend(groups.pop(y))
        stale = np.flatnonzero(((best == x) | (best == y) | (table[:, x] > value)) & (value > -1.0))
        for i in {x, *stale.tolist()}:
            best[i] = table[i].argmax()
            value[i] = table[i, best[i]]


def _voices(ids: Sequence[str], lineage: Iterable[Lineage]) -> dict[str, list[str]]:
    """Reports that are nearly all copied from one another, under the first of them."""
    first = {id: id for id in ids}
    for row in sorted(lineage, key=lambda row: row.id):
        if row.from_report is not None and row.share >= COPIED:
            a, b = first[row.report], first[row.from_report]
            for id, now in first.items():
                if now in (a, b):
                    first[id] = min(a, b)
    voices: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        voices[first[id]].append(id)
    return voices


def _day(annotated: AnnotatedReport) -> float | None:
    published = annotated.report.published
    return None if published is None else (published.first.toordinal() + published.last.toordinal()) / 2


def _storyline(members: list[str], by_id: dict[str, AnnotatedReport], vectors: dict[str, Vector]) -> Storyline:
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
        title=_title(by_id[central]),
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
    first = annotated.passages[0].evidence.quote if annotated.passages else annotated.report.id
    return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0] + "..."
