"""Score what was linked across the reports of an answer key: suggestions, copies, changes, incidents and more.

Optional rows count neither way; where a key has no row of a kind that is scored, whatever was found is a false alarm.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from benchmarks.key import Decided, KeyChange, KeyConflict, KeyCopy, KeyIncident, KeyLineage, KeyNotCopy
from benchmarks.likeness import Seen, names_agree
from benchmarks.pairing import Paired, overlap, pair, without
from benchmarks.sheet import Sheet
from dateline.model.links import Change, Conflict, Copy, Incident, Lineage, Site
from dateline.model.span import Span
from dateline.model.vocab import ConflictRelation, Direction, DoubtKind, Status

NEVER = "9999"
"""The end of what goes on."""

NAME_DOUBTS = (DoubtKind.GARBLED_NAME, DoubtKind.MISSING_NAME)
"""Doubts whose suggestion is a name."""


def score_suggestions(sheet: Sheet) -> None:
    rows = sheet.key.tables.suggestion
    offered = [
        (seen, [d.evidence.span], d.suggestion)
        for seen in sheet.seen.values()
        for d in seen.annotated.doubts
        if d.suggestion and d.kind in NAME_DOUBTS
    ]
    for entity in sheet.links.entities:
        for seen in sheet.seen.values():
            spans = [span for referent in entity.rests_on for span in seen.mentions_of(referent)]
            if spans and entity.suggestions:
                offered.append((seen, spans, entity.suggestions[0].name))

    def fits(row: Any, offer: tuple[Seen, list[Span], str]) -> bool:
        seen, spans, name = offer
        here = seen.annotated.report.id == row.report and any(overlap(row.span, span) for span in spans)
        return here and names_agree(row.name, name)

    hits = [any(fits(row, offer) for offer in offered) for row in rows]
    useless = {
        (spans[0].of(seen.annotated.text), name)
        for seen, spans, name in offered
        if not any(fits(row, (seen, spans, name)) for row in rows)
    }
    sheet.tell("suggestions: recall", hits, f"{len(useless)} offered that are not keyed")
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


def _whole(sheet: Sheet, row: KeyCopy | KeyNotCopy) -> KeyCopy | KeyNotCopy:
    """The row with its whole lines, where it is their first words that stand for them."""
    lines = [_line(sheet.key.texts[report], span) for report, span in _sites(row)]
    return replace(row, a=lines[0], b=lines[1])


def _line(text: str, span: Span) -> Span:
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(text)) if start == span.start else span


def _ends_meet(row: Any, ends: Sequence[tuple[str, Span]], meets: Callable[..., bool]) -> bool:
    return any(meets(a, ends[0]) and meets(b, ends[1]) for a, b in _both_ways(row))


def score_copies(sheet: Sheet) -> None:
    rows, links = sheet.key.tables.copy, sheet.links

    def ends(copy: Copy) -> list[tuple[str, Span]]:
        return [(copy.a.report, copy.a.span), (copy.b.report, copy.b.span)]

    def copied(k: KeyCopy | KeyNotCopy, c: Copy) -> bool:
        return any(_ends_meet(row, ends(c), _meets) for row in (k, _whole(sheet, k)))

    def like(k: KeyCopy, c: Copy) -> float:
        return 1.0 + (c.verdict is k.verdict) if copied(k, c) else 0.0

    met = pair(rows, links.copies, like)
    sheet.linked(
        "copies",
        "copies",
        met,
        lambda c: f"{c.verdict} {' ~ '.join(_quoted(sheet, end) for end in ends(c))} [{c.because}]",
    )
    sheet.field("copies", met, "verdict", lambda k, c: c.verdict is k.verdict)
    alike = sheet.key.tables.not_copy
    apart = [not any(copied(k, c) for c in links.copies) for k in alike]
    sheet.tell("copies: look-alikes kept apart", apart)
    sheet.lines["look-alikes"] = [
        f"TAKEN   {sheet.shown(row)}" for row, kept in zip(alike, apart, strict=True) if not kept
    ]


def _quoted(sheet: Sheet, end: tuple[str, Span]) -> str:
    return f"{end[0]} {end[1].of(sheet.key.texts[end[0]])[:90]!r}"


def score_changes(sheet: Sheet) -> None:
    rows, links = sheet.key.tables.change, sheet.links
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
    # Nor does one that is none count more than once.
    met = Paired(met.pairs, met.missed, tuple({(c.kind, *sorted((c.a_text, c.b_text))): c for c in met.false}.values()))

    def words_of(c: Change) -> str:
        return f"{c.kind} {c.a_text!r} -> {c.b_text!r} in {ends(c)[0][0]}, {ends(c)[1][0]}"

    sheet.linked("changes", "changes (place and kind)", met, words_of)


def _copied(one: tuple[str, Span], other: tuple[str, Span], copies: Sequence[Copy]) -> bool:
    """Whether two stretches lie in passages of which one is a copy of the other."""

    def holds(site: Site, at: tuple[str, Span]) -> bool:
        return site.report == at[0] and overlap(site.span, at[1]) > 0

    return any((holds(c.a, one) and holds(c.b, other)) or (holds(c.b, one) and holds(c.a, other)) for c in copies)


def score_lineage(sheet: Sheet) -> None:
    """Which reports follow which, and which of them is said to follow, or left open where nothing tells.

    The key lists direct parents. A row that leads to a forebear, or joins two of one family without saying which
    follows, is none of them and not untrue: it counts neither way, but in the second measure of pairs.
    """
    rows = [row for row in sheet.key.tables.lineage if row.from_report]
    found = [row for row in sheet.links.lineage if row.from_report]

    def like(k: KeyLineage, f: Lineage) -> float:
        return float({k.report, k.from_report} == {f.report, f.from_report})

    def words(f: Lineage) -> str:
        return f"{f.report} from {f.from_report or f.latent_origin} ({f.direction}) [{f.because}]"

    every = pair(rows, found, like)
    forebears = {id: _forebears(id, sheet.key.tables.lineage) for id in sheet.key.texts}

    def related(f: Lineage) -> bool:
        child, parent = _edge(f)
        if f.direction is not Direction.UNKNOWN:
            return parent in forebears[child]
        return bool({child, *forebears[child]} & {parent, *forebears[parent]})

    met = without(every, related)
    sheet.linked("lineage", "lineage (pairs of reports)", met, words)
    sheet.both("lineage (pairs, direct parents alone)", every)
    known = [(k, f) for k, f in met.pairs if k.direction is Decided.KNOWN]
    right = [f.direction is not Direction.UNKNOWN and _edge(f) == (k.report, k.from_report) for k, f in known]
    sheet.tell("lineage, direction known: accuracy", right)
    unknown = [(k, f) for k, f in met.pairs if k.direction is Decided.UNKNOWN]
    open_ = [f.direction is Direction.UNKNOWN for _, f in unknown]
    sheet.tell("lineage, direction unknown: share left unknown", open_)
    sheet.lines["lineage"] += [
        f"WRONG   {sheet.shown(k)}\n        found {words(f)}"
        for (k, f), fine in zip([*known, *unknown], [*right, *open_], strict=True)
        if not fine
    ]
    _latent_origins(sheet, words)


def _latent_origins(sheet: Sheet, words: Callable[[Lineage], str]) -> None:
    def like(k: KeyLineage, f: Lineage) -> float:
        return float(k.report == f.report and names_agree(k.latent_origin or "", f.latent_origin or ""))

    rows = [row for row in sheet.key.tables.lineage if row.latent_origin]
    met = pair(rows, [row for row in sheet.links.lineage if row.latent_origin], like)
    sheet.linked("latent origins", "latent origins", met, words)


def _edge(row: Lineage) -> tuple[str, str]:
    """The report that follows, and the one that it follows, as the row has them."""
    ends = (row.report, row.from_report or "")
    return (ends[1], ends[0]) if row.direction is Direction.B_FROM_A else ends


def _forebears(report: str, rows: Sequence[KeyLineage]) -> frozenset[str]:
    """The reports and agencies that a report goes back to, over as many steps as the key has."""
    found: set[str] = set()
    ahead = [report]
    while ahead:
        child = ahead.pop()
        parents = {row.from_report or f"({row.latent_origin})" for row in rows if row.report == child} - found
        found |= parents
        ahead += parents
    return frozenset(found)


def score_incidents(sheet: Sheet) -> None:
    rows = sheet.key.tables.incident

    def like(k: KeyIncident, i: Incident) -> float:
        both, either = set(k.reports) & set(i.reports), set(k.reports) | set(i.reports)
        ends = k.to or (NEVER if k.status is Status.ONGOING else k.from_)
        dates = not (k.from_ and i.from_) or (i.from_[:10] <= str(ends) and k.from_ <= (i.to or i.from_)[:10])
        told = bool(k.place and i.place)
        places = not told or names_agree(k.place or "", i.place or "")
        return len(both) / len(either) + 0.1 * told if both and dates and places and i.type == k.type else 0.0

    met = pair(rows, sheet.links.incidents, like)
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
    sheet.tell("incidents: all and only their reports", whole)
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
    sheet.tell("incidents: figures with their claimants", told)
    _origins(sheet, met.pairs)


def _origins(sheet: Sheet, matched: Sequence[tuple[KeyIncident, Incident]]) -> None:
    """Whether the interval of origins of an incident holds the keyed number, and is no wider than that."""
    judged = [(k.origins, k, i) for k, i in matched if k.origins is not None]
    several = [row for row in judged if len(row[1].reports) > 1]
    whole = [row for row in several if set(row[1].reports) == set(row[2].reports)]
    for which, rows in (("", judged), (" (told by several)", several), (" (several, all and only these)", whole)):
        held = [i.origins_low <= n <= i.origins_high for n, _, i in rows]
        sheet.tell(f"origins{which}: interval holds the number, share", held)
        sheet.tell(f"origins{which}: exact, share", [i.origins_low == n == i.origins_high for n, _, i in rows])
        sheet.tell(f"origins{which}: mean width", [float(i.origins_high - i.origins_low) for _, _, i in rows])
    sheet.lines["origins"] = [
        f"{'WIDE ' if i.origins_low <= n <= i.origins_high else 'WRONG'}   {k.name}: {n} in {', '.join(k.reports)}\n"
        f"        found {i.origins_low}-{i.origins_high} in {', '.join(i.reports)} [{i.because}]"
        for n, k, i in judged
        if not i.origins_low == n == i.origins_high
    ]


def score_conflicts(sheet: Sheet) -> None:
    """Which reports disagree, in what, and how; where one replaces the other, also whether it is told which.

    A keyed row stands for two reports; each figure in which they disagree in the same way gives a row of its own. The
    same conflict with a report that follows the keyed one, or that it follows, is neither right nor a false alarm, but
    the second recall counts it.
    """
    rows = sheet.key.tables.conflict
    at = {record.id: id for id, seen in sheet.seen.items() for record in seen.records()}
    family = {id: {id, *_forebears(id, sheet.key.tables.lineage)} for id in sheet.key.texts}

    def ends(c: Conflict) -> tuple[str, str]:
        return at.get(c.left, ""), at.get(c.right, "")

    def same(k: KeyConflict, c: Conflict) -> bool:
        return c.kind is k.kind and c.relation is k.relation and set(ends(c)) == {k.left_report, k.right_report}

    def carries(one: str, other: str) -> bool:
        return one in family.get(other, ()) or other in family.get(one, ())

    def carried(k: KeyConflict, c: Conflict) -> bool:
        left, right = ends(c)
        across = (carries(left, k.left_report) and carries(right, k.right_report)) or (
            carries(right, k.left_report) and carries(left, k.right_report)
        )
        alike = c.kind is k.kind and c.relation is k.relation and (left == right) is (k.left_report == k.right_report)
        return across and alike

    found = sheet.links.conflicts
    met = without(pair(rows, found, lambda k, c: float(same(k, c))), lambda c: any(same(k, c) for k in rows))
    met = without(met, lambda c: any(carried(k, c) for k in rows))
    sheet.linked("conflicts", "conflicts", met, lambda c: f"{c.kind} {c.relation} {' '.join(ends(c))} [{c.because}]")
    by_copy = [any(same(k, c) or carried(k, c) for c in found) for k in rows if not k.optional]
    sheet.tell("conflicts (or of a copy): recall", by_copy)
    replacing = [k for k in rows if k.relation is ConflictRelation.SUPERSEDES and not k.optional]
    replaced = [(k, c) for k in replacing for c in found if same(k, c)]
    turned = [c for k, c in replaced if ends(c) != (k.left_report, k.right_report)]
    sheet.tell("conflicts: the replacing report left, share", [c not in turned for _, c in replaced])
    sheet.lines["conflicts"] += [f"TURNED  {' '.join(ends(c))} [{c.because}]" for c in turned]


def score_storylines(sheet: Sheet) -> None:
    rows = sheet.key.tables.storyline

    def like(k: Any, s: Any) -> float:
        both, either = set(k.reports) & set(s.reports), set(k.reports) | set(s.reports)
        return len(both) / len(either) if 2 * len(both) >= len(either) else 0.0

    met = pair(rows, sheet.links.storylines, like)
    sheet.tell("storylines: recall", [True] * len(met.pairs) + [False] * len(met.missed))
    sheet.lines["storylines"] = [f"MISSED  {sheet.shown(row)}" for row in met.missed]
    sheet.lines["storylines"] += [f"FOUND   {' '.join(s.reports)}" for s in met.false]
