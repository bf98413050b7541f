"""How much of a report is found in another, and which of the two came first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.link.credits import CREDITS, Credits
from dateline.link.descent import Descent
from dateline.matching.sources import one_source
from dateline.model.ids import pair_id
from dateline.model.links import Copy, Lineage
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span, covered
from dateline.model.vocab import Direction, Table, Verdict

PRODUCER = "lineage"
VERSION = "2"
LEAST_SHARE = 0.15
"""A report with less of its text in another is not said to derive from it: a shared line is not a parent."""


def link_lineage(reports: Sequence[AnnotatedReport], copies: Iterable[Copy]) -> tuple[Lineage, ...]:
    """One row for each pair of reports of which one holds a good part of the other.

    ``report`` is the one that follows; where the direction is unknown, the one of which more is found in the
    other. Where both may follow a third, the clock alone does not tell (``descent``). Reports that credit one
    agency, and share passages, also derive from that agency's unseen original (``latent_origin``), unless they share
    passages with a report of the agency itself. No edge is closed over others.

    A row depends on its two reports, their copies, and the reports that share copies with both; that of a latent
    origin on its report and those that share copies with it.
    """
    by_pair: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    for copy in copies:
        if copy.a.report != copy.b.report and copy.verdict is not Verdict.SHARED_QUOTE:
            by_pair[copy.a.report, copy.b.report].append(copy)
    lengths = {one.report.id: sum(len(p.evidence.span) for p in one.passages) for one in reports}
    credit = Credits.among(reports)
    texts = {one.report.id: one.text for one in reports}
    descent = Descent(texts.__getitem__, by_pair, credit)
    rows = []
    for (a, b), group in sorted(by_pair.items()):
        shares = (_share((c.a.span for c in group), lengths[a]), _share((c.b.span for c in group), lengths[b]))
        if max(shares) < LEAST_SHARE:
            continue
        direction, why = credit.direction(a, b)
        if direction is not Direction.UNKNOWN and not why.startswith(CREDITS):
            child, first = (a, b) if direction is Direction.A_FROM_B else (b, a)
            if doubt := descent.doubt(child, first):
                direction, why = Direction.UNKNOWN, doubt
        a_follows = direction is Direction.A_FROM_B or (direction is Direction.UNKNOWN and shares[0] >= shares[1])
        report, parent = (a, b) if a_follows else (b, a)
        known = Direction.UNKNOWN if direction is Direction.UNKNOWN else Direction.A_FROM_B
        share = shares[0] if a_follows else shares[1]
        rows.append(_row(report, parent, None, share, known, f"{share:.0%} of its text; {why}", group))
    rows.extend(_latent(reports, by_pair, lengths, credit))
    return tuple(sorted(rows, key=lambda row: row.id))


def _latent(
    reports: Sequence[AnnotatedReport],
    by_pair: dict[tuple[str, str], list[Copy]],
    lengths: dict[str, int],
    credit: Credits,
) -> Iterable[Lineage]:
    outlets = {one.report.id: one.report.source for one in reports}
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    rests: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for (a, b), group in sorted(by_pair.items()):
        for report, other in ((a, b), (b, a)):
            agency = credit.agency(report)
            if agency is None:
                continue
            if any(outlet and one_source(agency, outlet) for outlet in (outlets[report], outlets[other])):
                seen.add((report, agency))
            elif agency == credit.agency(other):
                spans[report, agency] += [(copy.a if report == a else copy.b).span for copy in group]
                rests[report, agency] += group
    for (report, agency), sites in sorted(spans.items()):
        share = _share(sites, lengths[report])
        if share >= LEAST_SHARE and (report, agency) not in seen:
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
