"""Lineage: what a report derives from, what derives from it, and its revisions."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.model.links import Lineage
from dateline.model.vocab import Direction
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.words import DASH, count

_ORDER = ("derives from", "shares with", "is the source of", "revises", "is revised by")


class LineageRow(Struct, frozen=True, kw_only=True):
    """What ``report`` is to ``other``. ``share`` is the share of the words of the one that follows, 0 to 1, found in
    the one it follows; where neither is known to follow ("shares with") it is that of ``of``.

    ``latent``: the other is a source that nobody has seen, such as an agency's own text.
    """

    report: str
    relation: str
    other: str
    latent: bool
    publisher: str
    published: str
    share: float | None
    of: str | None
    passages: int
    changes: tuple[str, ...]
    why: str
    lineage: str | None


def list_lineage(material: Material, report: str) -> Listing[LineageRow]:
    """The lineage of the report of that id: its sources first, the closest of each kind first."""
    rows = sorted(
        (row for row in lineage_rows(material) if row.report == report),
        key=lambda row: (_ORDER.index(row.relation), -(row.share or 0.0), row.other),
    )
    one = material.by_id[report].report
    agency = one.agency or material.by_id[report].head.agency
    credit = f", credits {agency}" if agency else ""
    searched = f"{report} ({one.source or 'publisher unknown'}, {material.dated(report)}{credit})"
    if not rows:
        others = len(material.reports) - 1
        return Listing(LineageRow, f"{searched}: no copying found between it and {count(others, 'other report')}", ())
    return Listing(LineageRow, f"{searched}: {count(len({row.other for row in rows}), 'related source')}", tuple(rows))


def lineage_rows(material: Material) -> Iterator[LineageRow]:
    """Every tie of one report to another, seen from each of the two."""
    for row in material.links.lineage:
        known = row.direction is not Direction.UNKNOWN
        other = row.from_report or row.latent_origin or DASH
        yield _row(row, row.report, "derives from" if known else "shares with", other, material)
        if row.from_report is not None:
            yield _row(row, row.from_report, "is the source of" if known else "shares with", row.report, material)
    for one in material.reports:
        first = one.report.revision_of
        if first is not None:
            yield _revision(one.report.id, "revises", first, material)
            yield _revision(first, "is revised by", one.report.id, material)


def _row(row: Lineage, report: str, relation: str, other: str, material: Material) -> LineageRow:
    kinds = dict.fromkeys(change.kind.value for copy in row.rests_on for change in material.changes.get(copy, ()))
    return LineageRow(
        report=report,
        relation=relation,
        other=other,
        latent=row.from_report is None,
        publisher=_publisher(other, material),
        published=material.dated(other),
        share=row.share,
        of=row.report,
        passages=len(row.rests_on),
        changes=tuple(kinds),
        why=row.because,
        lineage=row.id,
    )


def _revision(report: str, relation: str, other: str, material: Material) -> LineageRow:
    return LineageRow(
        report=report,
        relation=relation,
        other=other,
        latent=False,
        publisher=_publisher(other, material),
        published=material.dated(other),
        share=None,
        of=None,
        passages=0,
        changes=(),
        why="the same publication under another text, or a notice that names it",
        lineage=None,
    )


def _publisher(report: str, material: Material) -> str:
    one = material.by_id.get(report)
    return (one.report.source or "publisher unknown") if one else DASH
