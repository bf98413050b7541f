"""Storylines, one row each: the reports on one course of events, and how many of them retell one another."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.model.links import Storyline
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.telling import publishers
from dateline.views.words import count, days


class StorylineRow(Struct, frozen=True, kw_only=True):
    """Reports on one course of events, in order of publication. ``copying`` counts the pairs that share passages."""

    title: str
    when: str
    sources: str
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    copying: int
    first: str | None
    last: str | None
    why: str
    storyline: str


def list_storylines(material: Material) -> Listing[StorylineRow]:
    """The storylines by their first day; reports that belong to none are counted."""
    rows = tuple(storyline_rows(material))
    placed = {report for row in rows for report in row.reports}
    alone = sum(one.report.id not in placed for one in material.reports)
    of = f"{count(len(rows), 'storyline')} in {count(len(material.reports), 'report')}"
    return Listing(StorylineRow, of + (f"; {count(alone, 'report')} in none" if alone else ""), rows)


def storyline_rows(material: Material) -> Iterator[StorylineRow]:
    """Every storyline, by its first day."""
    for line in sorted(material.links.storylines, key=lambda s: (s.from_ or "9999", s.to or "9999", s.id)):
        yield _row(line, material)


def _row(line: Storyline, material: Material) -> StorylineRow:
    reports = sorted((id for id in line.reports if id in material.order), key=material.order.__getitem__)
    named = [material.by_id[id].report.source for id in reports]
    known = tuple(dict.fromkeys(source for source in named if source))
    copying = material.copying(reports)
    shared = f"{count(copying, 'pair')} retell one another" if copying else "no copying found"
    told = f"{count(len(reports), 'report')}, {publishers(len(known), named.count(None))}"
    return StorylineRow(
        title=line.title,
        when=days(line.from_, line.to),
        sources=f"{told}; {shared}" if len(reports) > 1 else told,
        reports=tuple(reports),
        publishers=known,
        copying=copying,
        first=line.from_,
        last=line.to,
        why=line.because,
        storyline=line.id,
    )
