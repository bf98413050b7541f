"""Score what was linked across the reports of an answer key: suggestions, copies, changes, incidents and more."""

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.key import KeyChange, KeyCopy, KeyIncident
from benchmarks.likeness import Seen, names_agree
from benchmarks.pairing import overlap, pair, share, without
from benchmarks.sheet import Sheet
from dateline.model.links import Change, Copy, Incident, Links, Site
from dateline.model.span import Span
from dateline.model.vocab import DoubtKind

NAME_DOUBTS = (DoubtKind.GARBLED_NAME, DoubtKind.MISSING_NAME)
"""Doubts whose suggestion is a name."""


def score_suggestions(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.suggestion
    offered = [
        (seen, [d.evidence.span], d.suggestion)
        for seen in sheet.seen.values()
        for d in seen.annotated.doubts
        if d.suggestion and d.kind in NAME_DOUBTS
    ]
    for entity in links.entities:
        for seen in sheet.seen.values():
            spans = [span for referent in entity.rests_on for span in seen.mentions_of(referent)]
            if spans and entity.suggestions:
                offered.append((seen, spans, entity.suggestions[0].name))

    def fits(row: Any, offer: tuple[Seen, list[Span], str]) -> bool:
        seen, spans, name = offer
        here = seen.annotated.report.id == row.report and any(overlap(row.span, span) for span in spans)
        return here and names_agree(row.name, name)

    if rows:
        hits = [any(fits(row, offer) for offer in offered) for row in rows]
        useless = {
            (spans[0].of(seen.annotated.text), name)
            for seen, spans, name in offered
            if not any(fits(row, (seen, spans, name)) for row in rows)
        }
        sheet.measures.append(share("suggestions: recall", hits, f"{len(useless)} offered that are not keyed"))
        lines = [f"MISSED  {sheet.shown(row)}" for row, hit in zip(rows, hits, strict=True) if not hit]
        lines += [f"FALSE   {surface!r} -> {name!r}" for surface, name in sorted(useless)]
        sheet.lines["suggestions"] = lines


def _sites(row: KeyCopy | KeyChange | Any) -> tuple[tuple[str, Span], tuple[str, Span]]:
    return (row.a_report, row.a), (row.b_report, row.b)


def _both_ways(row: Any) -> list[tuple[tuple[str, Span], ...]]:
    a, b = _sites(row)
    return [(a, b), (b, a)]


def _meets(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    """Whether two stretches of text share at least half of the shorter one."""
    return one[0] == other[0] and 2 * overlap(one[1], other[1]) >= min(len(one[1]), len(other[1])) > 0


def _ends_meet(row: Any, ends: Sequence[tuple[str, Span]], meets: Callable[..., bool]) -> bool:
    return any(meets(a, ends[0]) and meets(b, ends[1]) for a, b in _both_ways(row))


def score_copies(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.copy
    if not rows:
        return

    def ends(copy: Copy) -> list[tuple[str, Span]]:
        return [(copy.a.report, copy.a.span), (copy.b.report, copy.b.span)]

    def like(k: KeyCopy, c: Copy) -> float:
        return 1.0 + (c.verdict is k.verdict) if _ends_meet(k, ends(c), _meets) else 0.0

    met = pair(rows, links.copies, like)
    sheet.linked(
        "copies",
        "copies",
        met,
        lambda c: f"{c.verdict} {' ~ '.join(_quoted(sheet, end) for end in ends(c))} [{c.because}]",
    )
    sheet.field("copies", met, "verdict", lambda k, c: c.verdict is k.verdict)
    wrong = [c for k in sheet.key.tables.not_copy for c in links.copies if _ends_meet(k, ends(c), _meets)]
    if sheet.key.tables.not_copy:
        kept = len(sheet.key.tables.not_copy) - len(wrong)
        apart = [True] * kept + [False] * len(wrong)
        sheet.measures.append(share("copies: look-alikes kept apart", apart))


def _quoted(sheet: Sheet, end: tuple[str, Span]) -> str:
    return f"{end[0]} {end[1].of(sheet.key.texts[end[0]])[:90]!r}"


def score_changes(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.change
    if not rows:
        return
    copies = {copy.id: copy for copy in links.copies}

    def ends(change: Change) -> list[tuple[str, Span]]:
        copy = copies[change.copy]
        # What one side lacks is an empty span: it meets what stands around it.
        a = Span(max(0, change.a_start - 1), change.a_end + 1)
        b = Span(max(0, change.b_start - 1), change.b_end + 1)
        return [(copy.a.report, a), (copy.b.report, b)]

    def touch(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
        return one[0] == other[0] and overlap(one[1], other[1]) > 0

    def like(k: KeyChange, c: Change) -> float:
        same = k.kind is None or c.kind is k.kind
        return 1.0 if same and _ends_meet(k, ends(c), touch) else 0.0

    # Between further copies of the same passage the same change is no alarm.
    def again(c: Change) -> bool:
        return any(
            c.kind is k.kind
            and any(
                (touch(mine, x) and _copied(other, y, links.copies))
                or (touch(mine, y) and _copied(other, x, links.copies))
                for mine, other in _both_ways(k)
            )
            for k in rows
            for x, y in [ends(c)]
        )

    met = without(pair(rows, links.changes, like), again)

    def words_of(c: Change) -> str:
        return f"{c.kind} {c.a_text!r} -> {c.b_text!r} in {ends(c)[0][0]}, {ends(c)[1][0]}"

    sheet.linked("changes", "changes (place and kind)", met, words_of)


def _copied(one: tuple[str, Span], other: tuple[str, Span], copies: Sequence[Copy]) -> bool:
    """Whether two stretches lie in passages of which one is a copy of the other."""

    def holds(site: Site, at: tuple[str, Span]) -> bool:
        return site.report == at[0] and overlap(site.span, at[1]) > 0

    return any((holds(c.a, one) and holds(c.b, other)) or (holds(c.b, one) and holds(c.a, other)) for c in copies)


def score_incidents(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.incident
    if not rows:
        return

    def like(k: KeyIncident, i: Incident) -> float:
        both, either = set(k.reports) & set(i.reports), set(k.reports) | set(i.reports)
        dates = not (k.from_ and i.from_) or (i.from_[:10] <= (k.to or k.from_) and k.from_ <= (i.to or i.from_)[:10])
        told = bool(k.place and i.place)
        places = not told or names_agree(k.place or "", i.place or "")
        return len(both) / len(either) + 0.1 * told if both and dates and places and i.type == k.type else 0.0

    met = pair(rows, links.incidents, like)
    right = {i.id for _, i in met.pairs}
    # A plan that names the incident that it became is a row of that incident: no witness to it, and no other one.
    met = without(met, lambda i: i.seen_as in right)
    sheet.linked(
        "incidents",
        "incidents (type, time, place)",
        met,
        lambda i: f"{i.type} {i.place} {i.from_} {i.status} {i.reports}",
    )
    whole = [set(k.reports) == set(i.reports) for k, i in met.pairs]
    sheet.measures.append(share("incidents: all and only their reports", whole))
    sheet.field("incidents", met, "status", lambda k, i: i.status is k.status)
    told = [
        any(
            figure.effect == wanted.effect
            and (figure.low, figure.high) == (wanted.low, wanted.high)
            and (wanted.claimant is None or names_agree(wanted.claimant, figure.claimant or ""))
            for figure in i.figures
        )
        for k, i in met.pairs
        for wanted in k.figures
    ]
    if told:
        sheet.measures.append(share("incidents: figures with their claimants", told))


def score_conflicts(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.conflict
    if not rows:
        return
    at = {record.id: id for id, seen in sheet.seen.items() for record in seen.records()}

    def like(k: Any, c: Any) -> float:
        reports = {at.get(c.left), at.get(c.right)}
        return float(c.kind is k.kind and c.relation is k.relation and reports == {k.left_report, k.right_report})

    # A keyed row stands for two reports; each figure in which they disagree in the same way gives a row of its own.
    met = without(pair(rows, links.conflicts, like), lambda c: any(like(k, c) for k in rows))
    sheet.linked(
        "conflicts",
        "conflicts",
        met,
        lambda c: f"{c.kind} {c.relation} {at.get(c.left)} {at.get(c.right)} [{c.because}]",
    )


def score_storylines(sheet: Sheet, links: Links) -> None:
    rows = sheet.key.tables.storyline
    if not rows:
        return

    def like(k: Any, s: Any) -> float:
        both, either = set(k.reports) & set(s.reports), set(k.reports) | set(s.reports)
        return len(both) / len(either) if 2 * len(both) >= len(either) else 0.0

    met = pair(rows, links.storylines, like)
    sheet.measures.append(share("storylines: recall", [True] * len(met.pairs) + [False] * len(met.missed)))
