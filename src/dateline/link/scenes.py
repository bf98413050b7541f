"""Tolls that are plainly of one act though its tellings were not joined: told of one named place or thing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from dateline.link.claims import TOLLS, subject
from dateline.link.naming import NOWHERE, Names, Naming, Placed, alike
from dateline.link.tellings import SEEN
from dateline.link.ties import tied
from dateline.link.wording import passage_at
from dateline.link.world import World, days, gap, near
from dateline.model.records import AnnotatedReport, Event, Figure
from dateline.model.vocab import Effect, EventBasis, Polarity, Status, TimeType

WITHIN = timedelta(days=7)
"""Reports published further apart are hardly of one act by their names alone."""
OLD = timedelta(days=30)
"""A toll told of days so long before its report was published is of earlier history."""
MOST = 200
"""A name beside more tolls of one effect tells too little."""
_YEAR = re.compile(r"\d{4}(-\d\d)?")
SEVERAL = 2
"""The least toll that is compared: single victims are of many acts."""
CROWD = 5
"""The least number of arrested, freed, gathered people that is compared: single ones are of many acts."""


class Toll(Struct, frozen=True):
    """A toll with the names that place it; ``about`` are those, or where none stand beside it, those of its report."""

    figure: Figure
    one: AnnotatedReport
    placed: Placed
    about: Names = frozenset()

    @property
    def effect(self) -> str:
        """What befell those counted, else what they did or had done to them, and who they are; empty where neither."""
        if self.figure.effect is not None:
            return str(self.figure.effect)
        event, (_, counted) = self.event, subject(self.figure)
        told = event is not None and event.status in SEEN and event.polarity is Polarity.AFFIRMED
        return f"{event.type} {counted}" if event is not None and told and counted.strip() else ""

    @property
    def event(self) -> Event | None:
        """The event that it is counted in."""
        return next((e for e in self.one.events if e.id == self.figure.event), None)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days on which its own clause puts it."""
        event = self.event
        told = event is not None and event.time_basis is EventBasis.CLAUSE
        return days(event.from_, event.to) if event is not None and told else None


def scenes(world: World, naming: Naming) -> Iterator[list[Toll]]:
    """Tolls of one effect in groups that names hold together; ``one_scene`` says which two of a group are of one act.

    A toll that stands beside no name is of what its report speaks of: it joins those of each name that the report
    has, where the report does not place others. One counted at a hospital is of what another toll of that hospital is.
    """
    counted = (
        toll
        for _, one in sorted(world.reports.items())
        for figure in one.figures
        if figure.unit is None and figure.base is None and _told_so(figure)
        if (toll := Toll(figure, one, NOWHERE)).effect
    )
    placed = (replace(toll, placed=naming.beside(toll.one, toll.figure.evidence.span)) for toll in counted)
    tolls = _housed(toll for toll in placed if not _past(toll))
    placing = {(toll.one.report.id, toll.effect) for toll in tolls if toll.placed.names}
    known: dict[str, set[str]] = defaultdict(set)
    for toll in tolls:
        known[toll.effect] |= toll.placed.names
    blocks: dict[tuple[str, str], list[Toll]] = defaultdict(list)
    for toll in tolls:
        for name in sorted((found := _about(toll, naming, known[toll.effect], placing)).about):
            blocks[toll.effect, name].append(found)
    usable = [block for _, block in sorted(blocks.items()) if len(block) <= MOST]
    by_id = {toll.figure.id: toll for block in usable for toll in block}
    ties = ((a.figure.id, b.figure.id) for block in usable for a, b in pairwise(block))
    groups: dict[str, list[Toll]] = defaultdict(list)
    for id, first in tied(sorted(by_id), ties).items():
        groups[first].append(by_id[id])
    yield from (group for _, group in sorted(groups.items()) if len(group) > 1)


def _about(toll: Toll, naming: Naming, known: Set[str], placing: Set[tuple[str, str]]) -> Toll:
    """The toll with the names that it is about; its passage is one where no name is."""
    if toll.placed.names:
        return replace(toll, about=toll.placed.names)
    if (toll.one.report.id, toll.effect) in placing:
        return toll
    passage = passage_at(toll.one, toll.figure.evidence.span.start)
    return replace(toll, about=(known & naming.of(toll.one)) | {f" {passage.id if passage else toll.figure.id}"})


def _told_so(figure: Figure) -> bool:
    """Whether a figure is told as having come about, and is large enough to be compared."""
    hurt = figure.effect in TOLLS or figure.effect is Effect.MISSING
    come = figure.realised is True if figure.effect is not None else figure.realised is not False
    least = figure.value if figure.value is not None else figure.low
    return come and least is not None and least >= (SEVERAL if hurt else CROWD)


def _past(toll: Toll) -> bool:
    """Whether a toll is of earlier history: by its event, or by a time told with it or with the names that place it."""
    event = toll.event
    if event is not None and event.status is Status.BACKGROUND:
        return True
    published, seat = toll.one.report.published, toll.placed.seat or toll.figure.evidence.span
    told = [time for time in toll.one.times if time.type is TimeType.DATE and seat.overlaps(time.evidence.span)]
    if published is None:
        return any(_YEAR.fullmatch(time.value) for time in told)
    spans = (days(time.from_, time.to) for time in told)
    return any(span is not None and published.first - span[1] > OLD for span in spans)


def _housed(tolls: Iterable[Toll]) -> list[Toll]:
    """The tolls; one beside no name takes those of the tolls that were counted at the same hospital."""
    given = list(tolls)
    at: dict[str, set[str]] = defaultdict(set)
    for toll in given:
        for venue in toll.placed.venues:
            at[venue] |= toll.placed.names
    return [
        toll
        if toll.placed.names
        else Toll(toll.figure, toll.one, Placed(frozenset(n for v in toll.placed.venues for n in at[v])))
        for toll in given
    ]


def one_scene(a: Toll, b: Toll) -> bool:
    """Whether two tolls of one group are of one act: told in about one week, of the same days, by most names."""
    apart = gap(a.one.report, b.one.report)
    if apart is not None and apart > WITHIN:
        return False
    if not near(a.days, b.days, 0) or (a.figure.effect is None and _counted(a) != _counted(b)):
        return False
    return alike(a.about, b.about) if a.placed.names and b.placed.names else bool(a.about & b.about)


def _counted(toll: Toll) -> str:
    return (toll.figure.counted or "").lower()
