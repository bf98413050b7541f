"""Copies and what they changed; photo captions in a tray of their own."""

from dateline.model.links import Change, Copy
from dateline.model.vocab import Direction, PassageKind
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.words import DASH, shorten

_ARROWS = {
    Direction.A_FROM_B: "first from second",
    Direction.B_FROM_A: "second from first",
    Direction.UNKNOWN: "unknown",
}


def copies(material: Material, notes: Notes) -> Section:
    """Passages that retell one another, with the differences in substance."""
    changed: dict[str, list[Change]] = {}
    for change in material.links.changes:
        changed.setdefault(change.copy, []).append(change)
    told = [copy for copy in material.links.copies if not _of_captions(copy, material)]
    told.sort(key=lambda c: (not changed.get(c.id), c.a.report, c.a.span, c.b.report, c.b.span))
    return Section(
        key="copies",
        title="Copies and what they changed",
        intro="A copy is not a witness. Pairs whose facts differ come first.",
        columns=("Reports", "Verdict", "Direction", "Changed", "First", "Second"),
        rows=tuple(_row(copy, changed.get(copy.id, []), material, notes) for copy in told),
        empty="No copying found.",
    )


def captions(material: Material, notes: Notes) -> Section:
    """Photo captions: listed, never counted as events."""
    changed: dict[str, list[Change]] = {}
    for change in material.links.changes:
        changed.setdefault(change.copy, []).append(change)
    paired: dict[str, list[str]] = {}
    for copy in material.links.copies:
        shown = [_change(change) for change in changed.get(copy.id, [])]
        for passage in copy.rests_on:
            other = next((p for p in copy.rests_on if p != passage), passage)
            told = material.passages.get(other)
            if told is not None and told.evidence.report == material.passages[passage].evidence.report:
                paired.setdefault(passage, []).append("; ".join(shown) or "no change in substance")
    rows = tuple(
        Row(
            id=passage.id,
            cells=(
                material.label(passage.evidence.report),
                shorten(passage.evidence.quote, 320),
                " | ".join(paired.get(passage.id, ())) or DASH,
            ),
            notes=notes.all([passage]),
            why=passage.because,
        )
        for one in material.reports
        for passage in one.passages
        if passage.kind is PassageKind.CAPTION
    )
    return Section(
        key="captions",
        title="Photo captions",
        intro="Captions describe pictures. They stand here and outside every count.",
        columns=("Report", "Caption", "Told twice"),
        rows=rows,
        empty="There are no captions.",
    )


def _row(copy: Copy, changes: list[Change], material: Material, notes: Notes) -> Row:
    pair = [material.passages.get(id) for id in copy.rests_on]
    reports = " / ".join(dict.fromkeys(material.label(site.report) for site in (copy.a, copy.b)))
    texts = [shorten(site.span.of(material.by_id[site.report].text), 200) for site in (copy.a, copy.b)]
    return Row(
        id=copy.id,
        cells=(
            reports,
            copy.verdict.value.replace("_", " "),
            _ARROWS[copy.direction],
            "; ".join(_change(change) for change in changes) or DASH,
            *texts,
        ),
        notes=notes.all(pair),
        why=copy.because,
    )


def _change(change: Change) -> str:
    return f"{change.kind.value}: “{change.a_text or DASH}” / “{change.b_text or DASH}”"


def _of_captions(copy: Copy, material: Material) -> bool:
    kinds = [material.passages[id].kind for id in copy.rests_on if id in material.passages]
    return bool(kinds) and all(kind is PassageKind.CAPTION for kind in kinds)
