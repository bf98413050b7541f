"""Which sentences of one passage tell what which sentences of the other tell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dateline.matching.alignment import Alignment
from dateline.matching.profile import TELLING, Profile
from dateline.model.span import Span

HELD = 0.35
"""The share of the smaller sentence's rarity that the other must hold."""
LEAST = 1.0
"""The rarity that a sentence is taken to have at least."""


def counterparts(alignment: Alignment) -> list[tuple[Span, Span]]:
    """Stretches of the two passages that tell the same, in order of the first.

    Each sentence goes to the one of the other passage that holds the most of it, if that is a good part; so one
    sentence may answer to two that it was broken into. Sentences that tell something else belong to no stretch.
    """
    a, b = alignment.a, alignment.b
    left, right = a.sentences, b.sentences
    if len(left) <= 1 and len(right) <= 1:
        return [(Span(0, len(a.text)), Span(0, len(b.text)))]
    held = _held(alignment, left, right)
    ties = {(i, j) for i, row in enumerate(held) if (j := _best(row)) is not None}
    ties |= {(i, j) for j in range(len(right)) if (i := _best([row[j] for row in held])) is not None}
    stretches: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(ties):
        met = [stretch for stretch in stretches if i in stretch[0] or j in stretch[1]]
        joined = ({i}.union(*(one for one, _ in met)), {j}.union(*(other for _, other in met)))
        stretches = [stretch for stretch in stretches if stretch not in met] + [joined]
    return [
        (around([left[i] for i in one]), around([right[j] for j in other]))
        for one, other in sorted(stretches, key=lambda stretch: min(stretch[0]))
    ]


def around(spans: Iterable[Span]) -> Span:
    """The stretch from the first to the last of some spans."""
    some = sorted(spans)
    return Span(some[0].start, max(span.end for span in some))


def _held(alignment: Alignment, left: Sequence[Span], right: Sequence[Span]) -> list[list[float]]:
    """For each two sentences the share of the smaller one's rarity that the other holds, glue left out."""
    mine, theirs = _sentence_of(alignment.a, left), _sentence_of(alignment.b, right)
    masses = _masses(alignment.a, mine, len(left)), _masses(alignment.b, theirs, len(right))
    shared = [[0.0] * len(right) for _ in left]
    for i, j in alignment.pairs:
        weight = min(alignment.a.weights[i], alignment.b.weights[j])
        if weight > TELLING:
            shared[mine[i]][theirs[j]] += weight
    return [
        [mass / max(min(masses[0][x], masses[1][y]), LEAST) for y, mass in enumerate(row)]
        for x, row in enumerate(shared)
    ]


def _sentence_of(profile: Profile, spans: Sequence[Span]) -> list[int]:
    starts = [span.start for span in spans]
    return [max(0, bisect_right(starts, start) - 1) for start in profile.starts]


def _masses(profile: Profile, sentence: Sequence[int], many: int) -> list[float]:
    masses = [0.0] * many
    for at, weight in zip(sentence, profile.weights, strict=True):
        masses[at] += weight if weight > TELLING else 0.0
    return masses


def _best(row: Sequence[float]) -> int | None:
    most = max(row, default=0.0)
    return row.index(most) if most >= HELD else None
