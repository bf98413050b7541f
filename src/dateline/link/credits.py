"""Which of two reports was there first, from what they credit and when they were published."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Self

from dateline.matching.sources import one_source
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.model.vocab import Direction

_CREDITING = r"(?:\(|/|told |according to |reported by |citing |cited by |with |source: |by |via |from )(?:the )?"
SHORTEST_NAME = 3
CREDITS = "credits"
"""How the reason for a direction opens that rests on a credit."""
APART = timedelta(minutes=30)
"""Texts that agencies send out together may appear in either order within this time."""


class Credits:
    """The reports' own words and clocks on who took from whom."""

    def __init__(self, find: Callable[[str], AnnotatedReport]) -> None:
        self._find = find
        self._known: dict[tuple[str, str], bool] = {}

    @classmethod
    def among(cls, reports: Iterable[AnnotatedReport]) -> Self:
        """Those of reports that are at hand."""
        return cls({one.report.id: one for one in reports}.__getitem__)

    def direction(self, a: str, b: str) -> tuple[Direction, str]:
        """Which of two reports follows the other, and why; unknown where both or neither sign points.

        A credit outranks the clock: a report that names the other's outlet, or the agency that the other
        is, took from it. Otherwise the later took from the earlier, if both give the time of day and are at
        least APART apart, or if their days do not overlap. Equal or missing days leave it unknown.
        """
        left, right = self._find(a).report, self._find(b).report
        a_credits, b_credits = self._names(left, right), self._names(right, left)
        if a_credits != b_credits:
            credited = right.source if a_credits else left.source
            return (Direction.A_FROM_B if a_credits else Direction.B_FROM_A), f"{CREDITS} {credited}"
        if left.published and right.published:
            earlier = _earlier(left.published, right.published)
            if earlier is left.published:
                return Direction.B_FROM_A, f"published {left.published.value}, then {right.published.value}"
            if earlier is right.published:
                return Direction.A_FROM_B, f"published {right.published.value}, then {left.published.value}"
            return Direction.UNKNOWN, "published at about the same time"
        return Direction.UNKNOWN, "no credit, and not both publication days are known"

    def agency(self, report: str) -> str | None:
        """The agency that a report says it carries, if any."""
        one = self._find(report)
        return one.report.agency or one.head.agency

    def _names(self, report: Report, other: Report) -> bool:
        """Whether a report credits the other's outlet."""
        if not other.source or len(other.source) < SHORTEST_NAME or report.source == other.source:
            return False
        key = (report.id, other.source)
        if key not in self._known:
            agency = self.agency(report.id)
            named = agency is not None and one_source(agency, other.source)
            if not named and other.source in report.text:
                named = re.search(_CREDITING + re.escape(other.source) + r"\b", report.text) is not None
            self._known[key] = named
        return self._known[key]


def _earlier(a: Published, b: Published) -> Published | None:
    """Which of two publications was surely first, if any."""
    first, other = _instant(a), _instant(b)
    if first is not None and other is not None:
        return None if abs(first - other) < APART else a if first < other else b
    if a.last < b.first:
        return a
    return b if b.last < a.first else None


def _instant(published: Published) -> datetime | None:
    """The moment of a publication whose time of day and zone are given."""
    if "T" not in published.value or "/" in published.value:
        return None
    moment = datetime.fromisoformat(published.value)
    return moment if moment.tzinfo is not None else None
