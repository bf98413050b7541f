"""How much of a report is found in another, and which of the two came first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.link.credits import CREDITS, Credits
from dateline.matching.sources import one_source
from dateline.model.ids import pair_id
from dateline.model.links import Copy, Lineage
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span, covered
from dateline.model.vocab import Direction, Table, Verdict

Follows = dict[str, dict[str, float]]

PRODUCER = "lineage"
VERSION = "1"
LEAST_SHARE = 0.15
"""A report with less of its text in another is not said to derive from it: a shared line is not a parent."""


def link_lineage(reports: Sequence[AnnotatedReport], copies: Iterable[Copy]) -> tuple[Lineage, ...]:
    """One row for each pair of reports of which one holds a good part of the other.

    ``report`` is the one that follows; where the direction is unknown, the one of which more is found in the
    other. Of two that follow a third, the later follows the other only if it is closer to that than to the third.
    Reports that credit one agency, and share passages, also derive from that agency's unseen original
    (``latent_origin``), unless a report of the agency itself is there. No edge is closed over others.
    """
    by_pair: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    for copy in copies:
        if copy.a.report != copy.b.report and copy.verdict is not Verdict.SHARED_QUOTE:
            by_pair[copy.a.report, copy.b.report].append(copy)
    lengths = {one.report.id: sum(len(p.evidence.span) for p in one.passages) for one in reports}
    credit = Credits.among(reports)
    follows = _follows(by_pair, credit)
    rows = []
    for (a, b), group in sorted(by_pair.items()):
        shares = (_share((c.a.span for c in group), lengths[a]), _share((c.b.span for c in group), lengths[b]))
        if max(shares) < LEAST_SHARE:
            continue
        direction, why = credit.direction(a, b)
        if not why.startswith(CREDITS) and (first := _both_follow(a, b, follows)) is not None:
            direction, why = Direction.UNKNOWN, f"both follow {first} more closely"
        a_follows = direction is Direction.A_FROM_B or (direction is Direction.UNKNOWN and shares[0] >= shares[1])
        report, parent = (a, b) if a_follows else (b, a)
        known = Direction.UNKNOWN if direction is Direction.UNKNOWN else Direction.A_FROM_B
        share = shares[0] if a_follows else shares[1]
        rows.append(_row(report, parent, None, share, known, f"{share:.0%} of its text; {why}", group))
    rows.extend(_latent(reports, by_pair, lengths, credit))
    return tuple(sorted(rows, key=lambda row: row.id))


def _follows(by_pair: Mapping[tuple[str, str], Sequence[Copy]], credit: Credits) -> Follows:
    """For each report, those that were there before it, with how much of their words it shares."""
    follows: Follows = defaultdict(dict)
    for (a, b), group in by_pair.items():
        direction, _ = credit.direction(a, b)
        if direction is not Direction.UNKNOWN:
            child, parent = (a, b) if direction is Direction.A_FROM_B else (b, a)
            spans = [copy.a.span if child == a else copy.b.span for copy in group]
            follows[child][parent] = sum(len(s) * c.score for s, c in zip(spans, group, strict=True))
    return follows


def _both_follow(a: str, b: str, follows: Follows) -> str | None:
    """The report that two reports follow, the later of them no less closely than it follows the other."""
    child, other = (a, b) if b in follows.get(a, {}) else (b, a)
    mine = follows.get(child, {})
    likely = [(-close, first) for first, close in mine.items()
              if first in follows.get(other, {}) and close >= mine.get(other, 0.0)]  # fmt: skip
    return min(likely)[1] if likely and other in mine else None


def _latent(
    reports: Sequence[AnnotatedReport],
    by_pair: dict[tuple[str, str], list[Copy]],
    lengths: dict[str, int],
    credit: Credits,
) -> Iterable[Lineage]:
    outlets = {one.report.source for one in reports if one.report.source}
    credited = {agency for pair in by_pair for report in pair if (agency := credit.agency(report))}
    seen = {agency for agency in credited if any(one_source(agency, outlet) for outlet in outlets)}
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    rests: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    for (a, b), group in sorted(by_pair.items()):
        agency = credit.agency(a)
        if agency is None or agency != credit.agency(b) or agency in seen:
            continue
        for report, sites in ((a, [c.a.span for c in group]), (b, [c.b.span for c in group])):
            spans[report, agency].extend(sites)
            rests[report, agency].extend(group)
    for (report, agency), sites in sorted(spans.items()):
        share = _share(sites, lengths[report])
        if share >= LEAST_SHARE:
            because = f"credits {agency}, as do others that share {share:.0%} of its text"
            yield _row(report, None, agency, share, Direction.A_FROM_B, because, rests[report, agency])


def _share(spans: Iterable[Span], length: int) -> float:
    return round(min(1.0, sum(len(span) for span in covered(spans)) / length), 4) if length else 0.0


def _row(
    report: str,
    parent: str | None,
    latent: str | None,
    share: float,
    direction: Direction,
    because: str,
    copies: Iterable[Copy],
) -> Lineage:
    return Lineage(
        id=pair_id(Table.LINEAGE, report, parent or "", latent or ""),
        because=because,
        score=share,
        producer=PRODUCER,
        version=VERSION,
        rests_on=tuple(sorted({copy.id for copy in copies})),
        report=report,
        from_report=parent,
        latent_origin=latent,
        share=share,
        direction=direction,
    )
