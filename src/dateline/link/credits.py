"""Which of two reports was there first, from what they credit and when they were published."""

import re
from collections.abc import Sequence

from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.model.vocab import Direction

_CREDITING = r"(?:\(|/|told |according to |reported by |citing |cited by |with |source: |by |via |from )(?:the )?"
SHORTEST_NAME = 3


class Credits:
    """The reports' own words and clocks on who took from whom."""

    def __init__(self, reports: Sequence[AnnotatedReport]) -> None:
        self._reports: dict[str, AnnotatedReport] = {one.report.id: one for one in reports}
        self._known: dict[tuple[str, str], bool] = {}

    def direction(self, a: str, b: str) -> tuple[Direction, str]:
        """Which of two reports follows the other, and why; unknown where both or neither sign points.

        A credit outranks the clock: a report that names the other's outlet, or the agency that the other
        is, took from it. Otherwise the later took from the earlier, if their days do not overlap. Equal or
        missing days leave it unknown.
        """
        left, right = self._reports[a].report, self._reports[b].report
        a_credits, b_credits = self._names(left, right), self._names(right, left)
        if a_credits != b_credits:
            credited = right.source if a_credits else left.source
            return (Direction.A_FROM_B if a_credits else Direction.B_FROM_A), f"credits {credited}"
        if left.published and right.published:
            if left.published.last < right.published.first:
                return Direction.B_FROM_A, f"published {left.published.value}, then {right.published.value}"
            if right.published.last < left.published.first:
                return Direction.A_FROM_B, f"published {right.published.value}, then {left.published.value}"
            return Direction.UNKNOWN, "published on the same day"
        return Direction.UNKNOWN, "no credit, and not both publication days are known"

    def agency(self, report: str) -> str | None:
        """The agency that a report says it carries, if any."""
        one = self._reports[report]
        return one.report.agency or one.head.agency

    def _names(self, report: Report, other: Report) -> bool:
        """Whether a report credits the other's outlet."""
        if not other.source or len(other.source) < SHORTEST_NAME or report.source == other.source:
            return False
        key = (report.id, other.source)
        if key not in self._known:
            agency = self.agency(report.id)
            named = agency is not None and agency.casefold() == other.source.casefold()
            if not named and other.source in report.text:
                named = re.search(_CREDITING + re.escape(other.source) + r"\b", report.text) is not None
            self._known[key] = named
        return self._known[key]
