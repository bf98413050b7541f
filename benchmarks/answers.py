"""Score what Dateline reads and links against an answer key, by kind.

    python -m benchmarks.answers seeds|dossier [--misses [KIND ...]]

A keyed row and a found one are paired when they mean the same words: statements by the tokens of their content
(Jaccard at least .5), the others by overlap of their spans. Precision and recall ask more, as each measure
says; a field that the key leaves out is not judged. Events of a key are those that an analyst would list, so
their precision is a lower bound.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.common import ROOT, Measure, shared, show
from benchmarks.key import (
    Key,
    KeyCaption,
    KeyChange,
    KeyCopy,
    KeyDoubt,
    KeyEvent,
    KeyFigure,
    KeyIncident,
    KeyPlace,
    KeyState,
    KeyStatement,
    KeyTime,
    load_key,
)
from benchmarks.likeness import (
    Seen,
    bound_agrees,
    content_likeness,
    counted_agrees,
    first_of,
    names_agree,
    place_agrees,
    speaker_agrees,
    who_agrees,
)
from benchmarks.pairing import Paired, closeness, overlap, pair, precision_recall, share, without
from dateline.ingest.base import Fields, make_report
from dateline.ingest.tabular import read_jsonl
from dateline.knowledge.handle import Knowledge
from dateline.model.links import Change, Copy, Incident, Links
from dateline.model.records import AnnotatedReport, Doubt, Event, Figure, Passage, Place, State, Statement, Time
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, Status
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports

VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
"""Time values that say no more than "once", "now" and "soon": found and not keyed, they count neither way."""

Lines = dict[str, list[str]]
"""Misses and false alarms by kind, in words for people."""


class Scored(Struct, frozen=True):
    """The measures of a key, and what was missed and falsely found, by kind."""

    measures: tuple[Measure, ...]
    lines: Lines


def key_path(name: str) -> tuple[Path, Path | None]:
    """Where a key lies, and the folder of its texts; None where those are absent."""
    if name == "dossier":
        path = ROOT / "examples" / "annexation" / "answers.toml"
        return path, path.parent
    beside = shared()
    folder = beside / "seeds" if beside else None
    return ROOT / "tests" / "seeds.toml", folder if folder and folder.is_dir() else None


def open_key(name: str) -> tuple[Key, tuple[Report, ...]] | None:
    """A key with its reports as they would be ingested, or None where its texts are absent."""
    path, folder = key_path(name)
    if folder is None or not path.is_file():
        return None
    key = load_key(path, folder)
    listed = folder / "reports.jsonl"
    if not key.tables.report and listed.is_file():
        rows = read_jsonl(listed.read_text(encoding="utf-8"), listed.name, Fields())
        return key, tuple(row.report for row in rows if row.report)
    return key, tuple(make_report(text, Fields(id=id, published=key.published[id])) for id, text in key.texts.items())


def read_key(reports: Sequence[Report], parser: Parser, knowledge: Knowledge) -> tuple[list[AnnotatedReport], Links]:
    """What Dateline reads in a key's reports, and derives across them."""
    annotated = list(read_reports(reports, parser, knowledge))
    from dateline.link import link

    return annotated, link(annotated, knowledge)


def score_answers(key: Key, annotated: Sequence[AnnotatedReport], links: Links) -> Scored:
    """All measures of a key that has rows for them."""
    seen = {one.report.id: Seen(one) for one in annotated}
    sheet = _Sheet(key, seen)
    for part in (_statements, _events, _figures, _times, _places, _states, _captions, _doubts):
        part(sheet)
    for derived in (_suggestions, _copies, _changes, _incidents, _conflicts, _storylines):
        derived(sheet, links)
    _planned(sheet)
    return Scored(tuple(sheet.measures), sheet.lines)


class _Sheet:
    """The key, what was seen, and the measures so far."""

    def __init__(self, key: Key, seen: dict[str, Seen]) -> None:
        self.key = key
        self.seen = seen
        self.measures: list[Measure] = []
        self.lines: Lines = {}

    def by_report(
        self, kind: str, rows: Sequence[Any], layer: Callable[[Seen], Sequence[Any]], like: Callable[..., float]
    ) -> Paired[Any, tuple[Seen, Any]]:
        """Keyed and found rows of a kind paired report by report; found rows carry their report."""
        pairs: list[tuple[Any, tuple[Seen, Any]]] = []
        missed: list[Any] = []
        false: list[tuple[Seen, Any]] = []
        for id, seen in self.seen.items():
            found = [(seen, record) for record in layer(seen)]
            keyed = [row for row in rows if row.report == id]
            met = pair(keyed, found, lambda k, f: like(k, f[1]))
            pairs.extend(met.pairs)
            missed.extend(met.missed)
            false.extend(met.false)
        return Paired(tuple(pairs), tuple(missed), tuple(false))

    def both(self, name: str, met: Paired[Any, Any], right: Callable[..., bool] | None = None) -> None:
        self.measures += precision_recall(name, met, right)

    def field(self, name: str, met: Paired[Any, Any], column: str, right: Callable[..., bool]) -> None:
        """The share of pairs that agree in a field, over the pairs where the key judges it."""
        judged = [right(k, f) for k, f in met.pairs if getattr(k, column) is not None]
        if judged:
            self.measures.append(share(f"{name}: {column.rstrip('_')} of matched", judged))

    def note(self, kind: str, met: Paired[Any, Any], wrong: Callable[[Any, Any], str] | None = None) -> None:
        lines = self.lines.setdefault(kind, [])
        lines += [f"MISSED  {self.shown(row)}" for row in met.missed]
        lines += [f"WRONG   {self.shown(k)}\n        found {why}" for k, f in met.pairs if wrong and (why := wrong(k, f))]
        lines += [f"FALSE   {seen.annotated.report.id} {seen.shown(record)}" for seen, record in met.false]

    def shown(self, row: Any) -> str:
        """A keyed row in words: its fields, and what stands at its spans."""
        words = []
        for field in row.__struct_fields__:
            value = getattr(row, field)
            text = self.key.texts.get(getattr(row, row.located.get(field, "report"), ""), "")
            if isinstance(value, Span):
                words.append(f"{field}={value.of(text)!r}")
            elif isinstance(value, tuple) and value and isinstance(value[0], Span):
                words.append(f"{field}={' / '.join(span.of(text) for span in value)!r}")
            elif value not in (None, False, ()):
                words.append(f"{field}={value}" if "report" not in field else f"{value}:")
        return " ".join(words)


def _statements(sheet: _Sheet) -> None:
    rows = sheet.key.tables.statement
    names = {(r.report, r.speaker_name) for r in rows if r.speaker_name}
    aliases = {
        name: [r.speaker for r in rows if (r.report, r.speaker_name) == name and r.speaker] for name in names
    }

    def right(k: KeyStatement, f: tuple[Seen, Statement]) -> bool:
        spans = aliases.get((k.report, k.speaker_name), []) if k.speaker_name else []
        return speaker_agrees(k, f[1], f[0], [*spans, *([k.speaker] if k.speaker else [])])

    def like(k: KeyStatement, s: Statement) -> float:
        seen = sheet.seen[k.report]
        shared_tokens = content_likeness(k.content, s.content, seen)
        return shared_tokens + 0.5 * right(k, (seen, s)) if shared_tokens >= 0.5 else 0.0

    met = sheet.by_report("statements", rows, lambda seen: seen.annotated.statements, like)
    sheet.both("statements (content and speaker)", met, right)
    sheet.both("statements (content alone)", met)
    for name, chosen in (("core", lambda k: k.core), ("with words in marks", lambda k: k.in_marks)):
        hits = [right(k, f) for k, f in met.pairs if chosen(k)] + [False for k in met.missed if chosen(k)]
        if hits:
            sheet.measures.append(share(f"statements ({name}): recall", hits))
    sheet.measures.append(share("statements: speaker of matched", [right(k, f) for k, f in met.pairs]))
    for column in ("kind", "voice", "act", "polarity"):
        sheet.field("statements", met, column, lambda k, f, c=column: getattr(f[1], c) is getattr(k, c))
    sheet.note("statements", met, lambda k, f: "" if right(k, f) else f[0].shown(f[1]))


def _events(sheet: _Sheet) -> None:
    def like(k: KeyEvent, e: Event) -> float:
        near = max((closeness(k.trigger, span) for span in e.trigger.spans), default=0.0)
        return near + (e.type == k.type) if near else 0.0

    def typed(k: KeyEvent, f: tuple[Seen, Event]) -> bool:
        return f[1].type == k.type

    met = sheet.by_report("events", sheet.key.tables.event, lambda seen: seen.annotated.events, like)
    sheet.both("events (trigger and type)", met, typed)
    sheet.both("events (trigger alone)", met)
    incidents = [typed(k, f) for k, f in met.pairs if k.incident] + [False for k in met.missed if k.incident]
    sheet.measures.append(share("events (incidents only): recall", incidents))
    same = Paired(tuple((k, f) for k, f in met.pairs if typed(k, f)), (), ())
    for column in ("status", "polarity", "stage", "mode"):
        sheet.field("events", same, column, lambda k, f, c=column: getattr(f[1], c) == getattr(k, c))
    sheet.field("events", same, "actor", lambda k, f: any(who_agrees(k.actor, p, f[0]) for p in f[1].actors))
    sheet.field(
        "events", same, "recipient", lambda k, f: any(who_agrees(k.recipient, p, f[0]) for p in f[1].recipients)
    )
    sheet.field("events", same, "claimant", lambda k, f: f[0].claims(k.claimant, f[1].statement))
    sheet.field("events", same, "place", lambda k, f: f[1].place is not None and names_agree(k.place, f[1].place))
    sheet.field("events", same, "from_", lambda k, f: (f[1].from_ or "")[: len(k.from_)] == k.from_)
    sheet.field("events", same, "to", lambda k, f: (f[1].to or "")[: len(k.to)] == k.to)

    def wrong(k: KeyEvent, f: tuple[Seen, Event]) -> str:
        off = [c for c in ("type", "status", "polarity") if getattr(k, c) not in (None, getattr(f[1], c))]
        if k.actor and not any(who_agrees(k.actor, p, f[0]) for p in f[1].actors):
            off.append("actor")
        return f"({', '.join(off)}) {f[0].shown(f[1])}" if off else ""

    sheet.note("events", met, wrong)


def _figures(sheet: _Sheet) -> None:
    def like(k: KeyFigure, f: Figure) -> float:
        return closeness(k.span, f.evidence.span)

    def right(k: KeyFigure, f: tuple[Seen, Figure]) -> bool:
        return bound_agrees(k, f[1])

    met = sheet.by_report("figures", sheet.key.tables.figure, lambda seen: seen.annotated.figures, like)
    sheet.both("figures (span, value and bound)", met, right)
    sheet.both("figures (span alone)", met)
    sheet.field("figures", met, "effect", lambda k, f: f[1].effect is k.effect)
    judged = [f[1].effect is None for k, f in met.pairs if k.effect is None]
    if judged:
        sheet.measures.append(share("figures: no effect where none is keyed", judged))
    sheet.field("figures", met, "counted", lambda k, f: counted_agrees(k.counted, f[1].counted))
    sheet.field("figures", met, "unit", lambda k, f: counted_agrees(k.unit, f[1].unit))
    sheet.field("figures", met, "claimant", lambda k, f: f[0].claimed(k.claimant, f[1].claimant, f[1].statement))

    def wrong(k: KeyFigure, f: tuple[Seen, Figure]) -> str:
        fine = right(k, f) and f[1].effect is k.effect
        return "" if fine else f[0].shown(f[1])

    sheet.note("figures", met, wrong)


def _times(sheet: _Sheet) -> None:
    def like(k: KeyTime, t: Time) -> float:
        return closeness(k.span, t.evidence.span)

    def right(k: KeyTime, f: tuple[Seen, Time]) -> bool:
        return f[1].value == k.value

    met = sheet.by_report("times", sheet.key.tables.time, lambda seen: seen.annotated.times, like)
    met = without(met, lambda f: f[1].value in VAGUE)
    sheet.both("times (span and value)", met, right)
    sheet.both("times (span alone)", met)
    sheet.field("times", met, "type", lambda k, f: f[1].type is k.type)
    sheet.note("times", met, lambda k, f: "" if right(k, f) else f[0].shown(f[1]))


def _places(sheet: _Sheet) -> None:
    rows = sheet.key.tables.place
    named = {(r.report, r.span.of(sheet.key.texts[r.report])) for r in rows}

    def like(k: KeyPlace, p: Place) -> float:
        return closeness(k.span, p.evidence.span)

    def right(k: KeyPlace, f: tuple[Seen, Place]) -> bool:
        return place_agrees(k, f[1])

    met = sheet.by_report("places", rows, lambda seen: seen.annotated.places, like)
    # A key may list each name once a report: a further mention of it is no alarm.
    met = without(met, lambda f: (f[1].evidence.report, f[1].evidence.quote) in named)
    sheet.both("places (span, name or 25 km)", met, right)
    sheet.both("places (span alone)", met)
    resolved = [place_agrees(k, p) for k, (_, p) in met.pairs if p.lat is not None]
    sheet.measures.append(share("places: right of those resolved", resolved))
    sheet.field("places", met, "metonym", lambda k, f: f[1].metonym is k.metonym)
    sheet.note("places", met, lambda k, f: "" if right(k, f) else f[0].shown(f[1]))


def _states(sheet: _Sheet) -> None:
    def like(k: KeyState, s: State) -> float:
        near = overlap(k.subject, s.subject.span) and overlap(k.object, s.object.span)
        return 1.0 + closeness(k.object, s.object.span) if near and s.relation is k.relation else 0.0

    met = sheet.by_report("states", sheet.key.tables.state, lambda seen: seen.annotated.states, like)
    sheet.both("states (subject, relation, object)", met)
    for column in ("status", "polarity"):
        sheet.field("states", met, column, lambda k, f, c=column: getattr(f[1], c) is getattr(k, c))
    sheet.note("states", met)


def _captions(sheet: _Sheet) -> None:
    def like(k: KeyCaption, p: Passage) -> float:
        return closeness(k.span, p.evidence.span)

    captions: Callable[[Seen], list[Passage]] = lambda seen: [  # noqa: E731
        p for p in seen.annotated.passages if p.kind is PassageKind.CAPTION
    ]
    met = sheet.by_report("captions", sheet.key.tables.caption, captions, like)
    sheet.both("captions", met)
    sheet.note("captions", met)


def _doubts(sheet: _Sheet) -> None:
    def like(k: KeyDoubt, d: Doubt) -> float:
        same = k.kind is None or d.kind is k.kind
        return closeness(k.span, d.evidence.span) if same else 0.0

    layer: Callable[[Seen], Sequence[Doubt]] = lambda seen: seen.annotated.doubts  # noqa: E731
    met = sheet.by_report("doubts", sheet.key.tables.doubt, layer, like)
    hits = [True] * len(met.pairs) + [False] * len(met.missed)
    note = f"{len(met.false)} found that are not keyed"
    sheet.measures.append(share("doubts: recall", hits, note))
    met_any = sheet.by_report(
        "doubts", sheet.key.tables.doubt, layer, lambda k, d: closeness(k.span, d.evidence.span)
    )
    any_hits = [True] * len(met_any.pairs) + [False] * len(met_any.missed)
    sheet.measures.append(share("doubts (whatever the kind): recall", any_hits))
    sheet.note("doubts", met)


def _suggestions(sheet: _Sheet, links: Links) -> None:
    rows = sheet.key.tables.suggestion
    offered = [
        (seen, [d.evidence.span], d.suggestion)
        for seen in sheet.seen.values()
        for d in seen.annotated.doubts
        if d.suggestion
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
        useless = [offer for offer in offered if not any(fits(row, offer) for row in rows)]
        sheet.measures.append(share("suggestions: recall", hits, f"{len(useless)} offered that are not keyed"))
        lines = [f"MISSED  {sheet.shown(row)}" for row, hit in zip(rows, hits, strict=True) if not hit]
        lines += [f"FALSE   {spans[0].of(seen.annotated.text)!r} -> {name!r}" for seen, spans, name in useless]
        sheet.lines["suggestions"] = lines


def _sites(row: KeyCopy | KeyChange | Any) -> tuple[tuple[str, Span], tuple[str, Span]]:
    return (row.a_report, row.a), (row.b_report, row.b)


def _meets(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    """Whether two stretches of text share at least half of the shorter one."""
    return one[0] == other[0] and 2 * overlap(one[1], other[1]) >= min(len(one[1]), len(other[1])) > 0


def _ends_meet(row: Any, ends: Sequence[tuple[str, Span]], meets: Callable[..., bool]) -> bool:
    a, b = _sites(row)
    return (meets(a, ends[0]) and meets(b, ends[1])) or (meets(a, ends[1]) and meets(b, ends[0]))


def _copies(sheet: _Sheet, links: Links) -> None:
    rows = sheet.key.tables.copy
    if not rows:
        return

    def ends(copy: Copy) -> list[tuple[str, Span]]:
        return [(copy.a.report, copy.a.span), (copy.b.report, copy.b.span)]

    def like(k: KeyCopy, c: Copy) -> float:
        return 1.0 + (c.verdict is k.verdict) if _ends_meet(k, ends(c), _meets) else 0.0

    met = pair(rows, links.copies, like)
    sheet.both("copies", met)
    sheet.field("copies", met, "verdict", lambda k, c: c.verdict is k.verdict)
    wrong = [c for k in sheet.key.tables.not_copy for c in links.copies if _ends_meet(k, ends(c), _meets)]
    if sheet.key.tables.not_copy:
        kept = len(sheet.key.tables.not_copy) - len(wrong)
        apart = [True] * kept + [False] * len(wrong)
        sheet.measures.append(share("copies: look-alikes kept apart", apart))
    sheet.lines["copies"] = [f"MISSED  {sheet.shown(row)}" for row in met.missed] + [
        f"FALSE   {c.verdict} {' ~ '.join(_quoted(sheet, end) for end in ends(c))} [{c.because}]" for c in met.false
    ]


def _quoted(sheet: _Sheet, end: tuple[str, Span]) -> str:
    return f"{end[0]} {end[1].of(sheet.key.texts[end[0]])[:90]!r}"


def _changes(sheet: _Sheet, links: Links) -> None:
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

    met = pair(rows, links.changes, like)
    sheet.both("changes (place and kind)", met)
    sheet.lines["changes"] = [f"MISSED  {sheet.shown(row)}" for row in met.missed] + [
        f"FALSE   {c.kind} {c.a_text!r} -> {c.b_text!r} in {ends(c)[0][0]}, {ends(c)[1][0]}" for c in met.false
    ]


def _incidents(sheet: _Sheet, links: Links) -> None:
    rows = sheet.key.tables.incident
    if not rows:
        return

    def like(k: KeyIncident, i: Incident) -> float:
        both, either = set(k.reports) & set(i.reports), set(k.reports) | set(i.reports)
        dates = not (k.from_ and i.from_) or (i.from_[:10] <= (k.to or k.from_) and k.from_ <= (i.to or i.from_)[:10])
        places = not (k.place and i.place) or names_agree(k.place, i.place)
        return len(both) / len(either) + 0.1 * places if both and dates and places and i.type == k.type else 0.0

    met = pair(rows, links.incidents, like)
    sheet.both("incidents (type, time, place)", met)
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
    sheet.lines["incidents"] = [f"MISSED  {sheet.shown(row)}" for row in met.missed] + [
        f"FALSE   {i.type} {i.place} {i.from_} {i.status} {i.reports}" for i in met.false
    ]


def _conflicts(sheet: _Sheet, links: Links) -> None:
    rows = sheet.key.tables.conflict
    if not rows:
        return
    at = {record.id: id for id, seen in sheet.seen.items() for record in seen.records()}

    def like(k: Any, c: Any) -> float:
        reports = {at.get(c.left), at.get(c.right)}
        return float(c.kind is k.kind and c.relation is k.relation and reports == {k.left_report, k.right_report})

    met = pair(rows, links.conflicts, like)
    sheet.both("conflicts", met)
    sheet.lines["conflicts"] = [f"MISSED  {sheet.shown(row)}" for row in met.missed] + [
        f"FALSE   {c.kind} {c.relation} {at.get(c.left)} {at.get(c.right)} [{c.because}]" for c in met.false
    ]


def _storylines(sheet: _Sheet, links: Links) -> None:
    rows = sheet.key.tables.storyline
    if not rows:
        return

    def like(k: Any, s: Any) -> float:
        both, either = set(k.reports) & set(s.reports), set(k.reports) | set(s.reports)
        return len(both) / len(either) if 2 * len(both) >= len(either) else 0.0

    met = pair(rows, links.storylines, like)
    sheet.measures.append(share("storylines: recall", [True] * len(met.pairs) + [False] * len(met.missed)))


def _planned(sheet: _Sheet) -> None:
    rows = sheet.key.tables.planned
    if not rows:
        return

    def status(report: str, trigger: Span) -> Status | None:
        event = first_of(sheet.seen[report].annotated.events, lambda e: overlap(e.trigger.span, trigger) > 0)
        return event.status if event else None

    planned = [status(row.report_planned, row.trigger_planned) is Status.PLANNED for row in rows]
    happened = [
        status(row.report_happened, row.trigger_happened) in (Status.OCCURRED, Status.ONGOING)
        for row in rows
        if row.report_happened and row.trigger_happened
    ]
    sheet.measures.append(share("planned events told as planned", planned))
    sheet.measures.append(share("planned events told as happened, where they did", happened))


def score(name: str = "seeds") -> list[Measure]:
    """The measures of a key by name ("seeds" or "dossier"), empty where its texts are absent."""
    scored = score_key(name)
    return list(scored.measures) if scored else []


def score_key(name: str) -> Scored | None:
    """A key read with the named model and scored, or None where its texts are absent."""
    from tests.support.reader import gold_parser

    opened = open_key(name)
    if opened is None:
        return None
    key, reports = opened
    knowledge = Knowledge()
    return score_answers(key, *read_key(reports, gold_parser(knowledge), knowledge))


def report_lines(name: str, scored: Scored, kinds: Sequence[str] | None) -> Iterator[str]:
    """The table of measures, after the misses and false alarms of the kinds asked for ([] asks for all)."""
    if kinds is not None:
        for kind in kinds or scored.lines:
            yield f"## {kind}"
            yield from scored.lines.get(kind, [])
            yield ""
    yield from show(f"Answer key: {name}", scored.measures)


def main() -> None:
    options = argparse.ArgumentParser(description="Score what Dateline reads against an answer key.")
    options.add_argument("key", choices=("seeds", "dossier"))
    options.add_argument("--misses", nargs="*", metavar="KIND", help="print misses and false alarms first")
    given = options.parse_args()
    scored = score_key(given.key)
    if scored is None:
        print(f"{given.key}: its texts are not here")
        return
    print("\n".join(report_lines(given.key, scored, given.misses)))


if __name__ == "__main__":
    main()
