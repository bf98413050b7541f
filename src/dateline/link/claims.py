"""What each claimant gives for the people and things counted in one incident."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Final

from dateline.link.wording import passage_at
from dateline.link.world import Told, World
from dateline.matching.stems import key_of
from dateline.model.links import FigureClaim
from dateline.model.records import AnnotatedReport, Figure, Record
from dateline.model.vocab import Effect, Polarity

HURTS: Final = "material_conflict"
"""The kind of event that hurts people."""
TOLLS: Final = frozenset({Effect.KILLED, Effect.INJURED, Effect.CASUALTIES})
Counted = tuple[Figure, AnnotatedReport]


def figures_of(group: Sequence[Told], world: World) -> list[Counted]:
    """The figures that an incident's tellings give, each once, in order of report and text; not those denied."""
    told = [pair for one in group for pair in world.figures.get(one.event.id, ())]
    mine = {one.event.id for one in group}
    passages = {one.passage: one for one in group if one.event.quad == HURTS}
    told += [(figure, one.annotated) for one in passages.values() for figure in _loose(one, mine)]
    found = {figure.id: (figure, one) for figure, one in told if not is_denied(figure, world)}
    return sorted(found.values(), key=lambda pair: (pair[1].report.id, pair[0].evidence.span, pair[0].id))


def _loose(told: Told, mine: Set[str]) -> Iterator[Figure]:
    """The tolls of an attack's passage that belong to no event, where the passage tells of no other incident."""
    passage = next((p.evidence.span for p in told.annotated.passages if p.id == told.passage), None)
    if passage is None:
        return
    others = (e for e in told.annotated.events if e.quad == HURTS and passage.overlaps(e.trigger.span))
    if all(event.id in mine for event in others):
        for figure in told.annotated.figures:
            if figure.effect in TOLLS and figure.event is None and passage.overlaps(figure.evidence.span):
                yield figure


def figure_claims(group: Sequence[Told], world: World, besides: Sequence[Counted] = ()) -> tuple[FigureClaim, ...]:
    """What each claimant gives for each effect or counted thing, one row a value: never a best.

    ``besides`` are figures that belong to the incident though no event of it gives them.

    One claimant's "at least 23" and "23" are one claim; its 23 and its 25 are two, for the second need not
    mean that the first was wrong about its hour. Where figures have an effect, what was counted beside it
    ("people", "civilians") does not part them.
    """
    claims: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure, _ in (*figures_of(group, world), *besides):
        claims[(*subject(figure), world.named(figure.claimant) or "", _value(figure))].append(figure)
    rows = []
    for (effect, _, claimant, _), figures in sorted(claims.items()):
        lows = [f.low for f in figures if f.low is not None]
        highs = [f.high for f in figures if f.high is not None]
        parties = {f.claimant_is_party for f in figures}
        rows.append(
            FigureClaim(
                effect=effect or None,
                counted=figures[0].counted,
                low=min(lows) if lows else None,
                high=max(highs) if highs else None,
                claimant=world.name(claimant, figures[0].claimant) if claimant else None,
                claimant_is_party=parties.pop() if len(parties) == 1 else None,
                figures=tuple(sorted(f.id for f in figures)),
            )
        )
    return tuple(rows)


def subject(figure: Figure) -> tuple[str, str]:
    """What a figure is about: its effect, else the thing counted and its unit."""
    if figure.effect:
        return str(figure.effect), ""
    words = [w for w in (figure.counted or "").split() if w.isalpha()]
    return "", " ".join((key_of(words[-1]) if words else "", figure.unit or ""))


def is_denied(figure: Figure, world: World) -> bool:
    """Whether a figure stands in what somebody denies."""
    statement = world.statements.get(figure.statement or "")
    return statement is not None and statement.polarity is Polarity.DENIED


def _value(figure: Figure) -> str:
    return f"{figure.value:g}" if figure.value is not None else f"{figure.low}-{figure.high}"


def passage_of(record: Record, one: AnnotatedReport) -> str | None:
    """The id of the passage that holds a record."""
    passage = passage_at(one, record.evidence.span.start)
    return passage.id if passage is not None else None
