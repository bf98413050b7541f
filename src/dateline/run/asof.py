"""What was known by a day: the reports that were there, linked anew in memory, and what had to be left out."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report

if TYPE_CHECKING:
    from dateline.matching.paraphrase import Verifier


class Clock(StrEnum):
    """Which time of a report counts: when it was published, or when it was retrieved."""

    PUBLISHED = "published"
    RETRIEVED = "retrieved"


class Known(Struct, frozen=True, kw_only=True):
    """What was known by the end of ``day``. ``later`` and ``undated`` are the ids of the reports left out.

    What is known of names, offices and places is that of now, and so is what was read in each report.
    """

    day: date
    clock: Clock
    reports: tuple[AnnotatedReport, ...]
    links: Links
    later: tuple[str, ...]
    undated: tuple[str, ...]


def known_by(
    reports: Iterable[AnnotatedReport],
    knowledge: Knowledge,
    day: date,
    clock: Clock = Clock.PUBLISHED,
    verifier: "Verifier | None" = None,
) -> Known:
    """Link only the reports that were there by the end of a day; no ledger is touched.

    A report whose publication may have been later (an interval that ends after the day) is left out, and so is one
    whose time is not known: nothing unknown is taken to be early. The day of a date-time is that of its own clock.
    """
    from dateline.link.linker import link

    there: list[AnnotatedReport] = []
    later: list[str] = []
    undated: list[str] = []
    for one in reports:
        last = _last_day(one.report, clock)
        if last is None:
            undated.append(one.report.id)
        elif last > day:
            later.append(one.report.id)
        else:
            there.append(one)
    return Known(
        day=day,
        clock=clock,
        reports=tuple(there),
        links=link(_by_id(there), knowledge, verifier),
        later=tuple(sorted(later)),
        undated=tuple(sorted(undated)),
    )


def _by_id(reports: Sequence[AnnotatedReport]) -> list[AnnotatedReport]:
    return sorted(reports, key=lambda one: one.report.id)


def _last_day(report: Report, clock: Clock) -> date | None:
    """The last day on which it may have come out, or the one on which it was retrieved; None where unknown."""
    if clock is Clock.PUBLISHED:
        return report.published.last if report.published else None
    try:
        return date.fromisoformat((report.retrieved or "")[:10])
    except ValueError:
        return None
