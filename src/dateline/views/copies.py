"""Copies, one row each pair of passages: which retells which, and what differs in substance."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.model.links import Change, Copy, Site
from dateline.model.vocab import Direction, PassageKind
from dateline.views.differences import left_out, loaded_words
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.words import DASH, count, shorten

_ARROWS = {
    Direction.A_FROM_B: "first from second",
    Direction.B_FROM_A: "second from first",
    Direction.UNKNOWN: "unknown",
}


MOST_LEFT = 160
"""Code points shown of what a copy leaves out."""


class CopyRow(Struct, frozen=True, kw_only=True):
    """Two passages of which one retells the other. ``changes`` are the differences in substance, first / second.

    ``loaded`` are the reporter's words of judgement that only one of them has, ``left_out`` the sentences of the
    first telling that the report that follows it tells nowhere. ``captions``: both are photo captions, which stand
    outside every count.
    """

    first_report: str
    second_report: str
    verdict: str
    direction: str
    changes: tuple[str, ...]
    loaded: tuple[str, ...]
    left_out: tuple[str, ...]
    first_words: str
    second_words: str
    captions: bool
    why: str
    copy: str
    passages: tuple[str, ...]

    @property
    def differs(self) -> tuple[str, ...]:
        """All that differs, in words: the facts first."""
        return (
            *self.changes,
            *(f"loaded: {words}" for words in self.loaded),
            *(f"left out: “{words}”" for words in self.left_out),
        )


def list_copies(material: Material) -> Listing[CopyRow]:
    """The copies, those whose facts differ first, pairs of captions last."""
    rows = sorted(copy_rows(material), key=lambda row: row.captions)
    if not rows:
        return Listing(CopyRow, f"no copying found among {count(len(material.reports), 'report')}", ())
    changed = sum(bool(row.changes) for row in rows)
    within = sum(row.first_report == row.second_report for row in rows)
    return Listing(
        CopyRow,
        f"{count(len(rows), 'pair')} of passages in {count(len(material.reports), 'report')} retell one another, "
        f"{within} of them within one report; in {changed} the facts differ",
        tuple(rows),
    )


def copy_rows(material: Material) -> Iterator[CopyRow]:
    """Every copy, those whose facts differ first, then by report and place in it."""
    changes = material.changes
    ordered = sorted(
        material.links.copies, key=lambda c: (c.id not in changes, c.a.report, c.a.span, c.b.report, c.b.span)
    )
    for copy in ordered:
        yield CopyRow(
            first_report=copy.a.report,
            second_report=copy.b.report,
            verdict=copy.verdict.value.replace("_", " "),
            direction=_ARROWS[copy.direction],
            changes=tuple(change_shown(change) for change in changes.get(copy.id, ())),
            loaded=_loaded(copy, material),
            left_out=tuple(shorten(span.of(_origin(copy, material)), MOST_LEFT) for span in left_out(copy, material)),
            first_words=_words(copy.a, material),
            second_words=_words(copy.b, material),
            captions=_of_captions(copy, material),
            why=copy.because,
            copy=copy.id,
            passages=copy.rests_on,
        )


def change_shown(change: Change) -> str:
    """A change in one line: its kind, and what either side has."""
    return f"{change.kind.value}: “{change.a_text or DASH}” / “{change.b_text or DASH}”"


def _loaded(copy: Copy, material: Material) -> tuple[str, ...]:
    if copy.a.report == copy.b.report:
        return ()
    mine, theirs = loaded_words(copy.a, copy.b, material)
    texts = material.by_id[copy.a.report].text, material.by_id[copy.b.report].text
    return (
        *(f"“{span.of(texts[0])}” / {DASH}" for span in mine),
        *(f"{DASH} / “{span.of(texts[1])}”" for span in theirs),
    )


def _origin(copy: Copy, material: Material) -> str:
    site = copy.b if copy.direction is Direction.A_FROM_B else copy.a
    return material.by_id[site.report].text


def _words(site: Site, material: Material) -> str:
    return shorten(site.span.of(material.by_id[site.report].text), 200)


def _of_captions(copy: Copy, material: Material) -> bool:
    kinds = [material.passages[id].kind for id in copy.rests_on if id in material.passages]
    return bool(kinds) and all(kind is PassageKind.CAPTION for kind in kinds)
