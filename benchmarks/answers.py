"""Score what Dateline reads and links against an answer key, by kind.

    python -m benchmarks.answers seeds|dossier|CRISIS|crises|crises:CRISIS,...|held [--misses [KIND ...]]

A crisis is a folder of tests/gold/blind/crises; those listed in its held.txt are *held*: who works on the rules never
opens their texts, keys or misses. Several are read and linked each for itself, and what their measures rest on is
pooled.

A keyed row and a found one are paired when they mean the same words: statements by the tokens of their content
(Jaccard at least .5), the others by overlap of their spans. Precision and recall ask more, as each measure
says; a field that the key leaves out is not judged. Events of a key are those that an analyst would list, so
their precision is a lower bound.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.common import ROOT, Measure, shared, show
from benchmarks.derived import (
    score_changes,
    score_conflicts,
    score_copies,
    score_incidents,
    score_lineage,
    score_storylines,
    score_suggestions,
)
from benchmarks.key import (
    Key,
    KeyCaption,
    KeyDoubt,
    KeyEvent,
    KeyFigure,
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
from benchmarks.pairing import Paired, closeness, overlap, without
from benchmarks.reading import product_parser, product_verifier
from benchmarks.sheet import Lines, Sheet, measures_of
from dateline.ingest.base import Fields, make_report
from dateline.ingest.tabular import read_jsonl
from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport, Doubt, Event, Figure, Passage, Place, State, Statement, Time
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, Relation, Status
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports

VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
"""Time values that say no more than "once", "now" and "soon": found and not keyed, they count neither way."""

NEARBY = 60
"""Code points between two words that tell one event ("killed" and "hit" in "were killed when missiles hit")."""


BLIND = ROOT / "tests" / "gold" / "blind"
CRISES = BLIND / "crises"
"""Crises made up, and keyed, by people who had not seen the rules, each a folder."""


class Scored(Struct, frozen=True):
    """The measures of a key, or of several pooled; what was missed and falsely found, key by key and kind by kind."""

    measures: tuple[Measure, ...]
    sheets: Mapping[str, Sheet]

    @property
    def lines(self) -> Lines:
        """The misses and false alarms of all keys, kind by kind."""
        lines: Lines = {}
        for sheet in self.sheets.values():
            for kind, some in sheet.lines.items():
                lines.setdefault(kind, []).extend(some)
        return lines


def crises() -> tuple[str, ...]:
    """The names of the crises."""
    return tuple(sorted(path.parent.name for path in CRISES.glob("*/answers.toml")))


def held() -> tuple[str, ...]:
    """The names of the crises that nobody opens who works on the rules."""
    path = CRISES / "held.txt"
    return tuple(path.read_text(encoding="utf-8").split()) if path.is_file() else ()


def keys_of(name: str) -> tuple[str, ...]:
    """The keys that a name stands for: one, all crises that are not held, all that are, or those listed.

    Raises ValueError where there is none of that name.

    >>> keys_of("dossier")
    ('dossier',)
    """
    pool, _, listed = name.partition(":")
    pools = {"crises": tuple(one for one in crises() if one not in held()), "held": held()}
    names = tuple(listed.split(",")) if pool == "crises" and listed else pools.get(name, (name,))
    there = ("seeds", "dossier", *crises())
    if unknown := [one for one in names if one not in there]:
        raise ValueError(f"no key {', '.join(unknown)}; there are {', '.join(there)}")
    return names


def key_path(name: str) -> tuple[Path, Path | None]:
    """Where a key lies, and the folder of its texts; None where those are absent."""
    if name != "seeds":
        folder = ROOT / "examples" / "annexation" if name == "dossier" else CRISES / name
        return folder / "answers.toml", folder
    beside = shared()
    seeds = beside / "seeds" if beside else None
    return ROOT / "tests" / "seeds.toml", seeds if seeds and seeds.is_dir() else None


def open_key(name: str) -> tuple[Key, tuple[Report, ...]] | None:
    """A key with its reports as they would be ingested, or None where its texts are absent."""
    path, folder = key_path(name)
    if folder is None or not path.is_file():
        return None
    key = load_key(path, folder)
    listed = folder / "reports.jsonl"
    if not key.tables.report and listed.is_file():
        rows = read_jsonl(listed.read_bytes().splitlines(), listed.name, Fields())
        return key, tuple(row.report for row in rows if row.report)
    return key, tuple(make_report(text, Fields(id=id, published=key.published[id])) for id, text in key.texts.items())


def read_key(reports: Sequence[Report], parser: Parser, knowledge: Knowledge) -> tuple[list[AnnotatedReport], Links]:
    """What Dateline reads in a key's reports, and derives across them."""
    annotated = list(read_reports(reports, parser, knowledge))
    return annotated, link(annotated, knowledge, product_verifier())


def score_answers(key: Key, annotated: Sequence[AnnotatedReport], links: Links) -> Scored:
    """All measures of a key that has rows for them."""
    sheet = fill_sheet(key, annotated, links, [key])
    return Scored(measures_of([sheet]), {"": sheet})


def fill_sheet(key: Key, annotated: Sequence[AnnotatedReport], links: Links, keys: Sequence[Key]) -> Sheet:
    """A key's sheet of all kinds of which one of the ``keys``, those that are pooled with it, has rows."""
    sheet = Sheet(key, {one.report.id: Seen(one) for one in annotated}, links)
    for table, part in PARTS.items():
        if any(getattr(one.tables, table) for one in keys):
            part(sheet)
    return sheet


def _statements(sheet: Sheet) -> None:
    rows = sheet.key.tables.statement
    names = {(r.report, r.speaker_name) for r in rows if r.speaker_name}
    aliases = {name: [r.speaker for r in rows if (r.report, r.speaker_name) == name and r.speaker] for name in names}

    def right(k: KeyStatement, f: tuple[Seen, Statement]) -> bool:
        spans = aliases.get((k.report, k.speaker_name), []) if k.speaker_name else []
        return speaker_agrees(k, f[1], f[0], [*spans, *([k.speaker] if k.speaker else [])])

    def like(k: KeyStatement, s: Statement) -> float:
        seen = sheet.seen[k.report]
        shared_tokens = content_likeness(k.content, s.content, seen)
        return shared_tokens + 0.5 * right(k, (seen, s)) if shared_tokens >= 0.5 else 0.0

    met = sheet.by_report("statements", rows, lambda seen: seen.annotated.statements, like)
    told = [k for k, f in met.pairs if right(k, f)]

    def piece(f: tuple[Seen, Statement]) -> bool:
        """Whether it is a further piece of a statement that was found: one act of saying told as two."""
        tokens = f[0].tokens(f[1].content)
        return any(k.report == f[1].evidence.report and tokens <= f[0].tokens(k.content) and right(k, f) for k in told)

    met = without(met, piece)
    sheet.both("statements (content and speaker)", met, right)
    sheet.both("statements (content alone)", met)
    for name, column in (("core", "core"), ("with words in marks", "in_marks")):
        hits = [right(k, f) for k, f in met.pairs if getattr(k, column)]
        hits += [False for k in met.missed if getattr(k, column)]
        if hits:
            sheet.tell(f"statements ({name}): recall", hits)
    sheet.tell("statements: speaker of matched", [right(k, f) for k, f in met.pairs])
    for column in ("kind", "voice", "act", "polarity"):
        sheet.field("statements", met, column, lambda k, f, c=column: getattr(f[1], c) is getattr(k, c))
    sheet.note("statements", met, lambda k, f: "" if right(k, f) else f[0].shown(f[1]))


def _events(sheet: Sheet) -> None:
    def like(k: KeyEvent, e: Event) -> float:
        near = max((closeness(k.trigger, span) for span in e.trigger.spans), default=0.0)
        return near + (e.type == k.type) if near else 0.0

    def typed(k: KeyEvent, f: tuple[Seen, Event]) -> bool:
        return f[1].type == k.type

    rows, layer = sheet.key.tables.event, lambda seen: seen.annotated.events
    met = sheet.by_report("events", rows, layer, like)
    sheet.both("events (trigger and type)", met, typed)
    sheet.both("events (trigger alone)", met)

    def near(k: KeyEvent, e: Event) -> float:
        apart = max(k.trigger.start, e.trigger.span.start) - min(k.trigger.end, e.trigger.span.end)
        return like(k, e) + 1.0 / (NEARBY + max(0, apart)) if e.type == k.type and apart < NEARBY else 0.0

    sheet.both("events (type, trigger nearby)", sheet.by_report("events", rows, layer, near))
    incidents = [typed(k, f) for k, f in met.pairs if k.incident] + [False for k in met.missed if k.incident]
    if incidents:
        sheet.tell("events (incidents only): recall", incidents)
    same = Paired(tuple((k, f) for k, f in met.pairs if typed(k, f)), (), ())
    for column in ("status", "polarity", "stage", "mode"):
        sheet.field("events", same, column, lambda k, f, c=column: getattr(f[1], c) == getattr(k, c))
    sheet.field("events", same, "actor", lambda k, f: any(who_agrees(k.actor, p, f[0]) for p in f[1].actors))
    sheet.field(
        "events", same, "recipient", lambda k, f: any(who_agrees(k.recipient, p, f[0]) for p in f[1].recipients)
    )
    sheet.field("events", same, "claimant", lambda k, f: f[0].claims(k.claimant, f[1].statement))
    sheet.field("events", same, "place", lambda k, f: _happened_there(sheet, k.place, f))
    sheet.field("events", same, "from_", lambda k, f: (f[1].from_ or "")[: len(k.from_)] == k.from_)
    sheet.field("events", same, "to", lambda k, f: (f[1].to or "")[: len(k.to)] == k.to)

    def wrong(k: KeyEvent, f: tuple[Seen, Event]) -> str:
        off = [c for c in ("type", "status", "polarity") if getattr(k, c) not in (None, getattr(f[1], c))]
        if k.actor and not any(who_agrees(k.actor, p, f[0]) for p in f[1].actors):
            off.append("actor")
        return f"({', '.join(off)}) {f[0].shown(f[1])}" if off else ""

    sheet.note("events", met, wrong)


def _happened_there(sheet: Sheet, name: str, f: tuple[Seen, Event]) -> bool:
    """Whether an event's place is the keyed one: by name, or by where the key has a place of that name."""
    if f[1].place is None:
        return False
    place = first_of(f[0].annotated.places, lambda p: p.id == f[1].place_record)
    rows = [row for row in sheet.key.tables.place if row.name == name]
    return names_agree(name, f[1].place) or (place is not None and any(place_agrees(row, place) for row in rows))


def _figures(sheet: Sheet) -> None:
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
        sheet.tell("figures: no effect where none is keyed", judged)
    sheet.field("figures", met, "counted", lambda k, f: counted_agrees(k.counted, f[1].counted))
    sheet.field("figures", met, "unit", lambda k, f: counted_agrees(k.unit, f[1].unit))
    sheet.field("figures", met, "claimant", lambda k, f: f[0].claimed(k.claimant, f[1].claimant, f[1].statement))

    def wrong(k: KeyFigure, f: tuple[Seen, Figure]) -> str:
        fine = right(k, f) and f[1].effect is k.effect
        return "" if fine else f[0].shown(f[1])

    sheet.note("figures", met, wrong)


def _times(sheet: Sheet) -> None:
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


def _places(sheet: Sheet) -> None:
    rows = sheet.key.tables.place
    named = {(r.report, r.span.of(sheet.key.texts[r.report])) for r in rows}

    def like(k: KeyPlace, p: Place) -> float:
        return closeness(k.span, p.evidence.span)

    def right(k: KeyPlace, f: tuple[Seen, Place]) -> bool:
        return place_agrees(k, f[1])

    met = sheet.by_report("places", rows, lambda seen: seen.annotated.places, like)

    def neutral(f: tuple[Seen, Place]) -> bool:
        """A further mention of a keyed name, a possessor ("Arden's ministry") or part of a body's name."""
        evidence = f[1].evidence
        return (evidence.report, evidence.quote) in named or f[0].belongs(evidence.span)

    met = without(met, neutral)
    sheet.both("places (span, name or 25 km)", met, right)
    sheet.both("places (span alone)", met)
    resolved = [place_agrees(k, p) for k, (_, p) in met.pairs if p.lat is not None]
    sheet.tell("places: right of those resolved", resolved)
    sheet.field("places", met, "metonym", lambda k, f: f[1].metonym is k.metonym)
    sheet.note("places", met, lambda k, f: "" if right(k, f) else f[0].shown(f[1]))


def _states(sheet: Sheet) -> None:
    def like(k: KeyState, s: State) -> float:
        near = overlap(k.subject, s.subject.span) and overlap(k.object, s.object.span)
        return 1.0 + closeness(k.object, s.object.span) if near and s.relation is k.relation else 0.0

    def others(states: Sequence[State]) -> list[State]:
        return [s for s in states if s.relation is not Relation.HOLDS_OFFICE]

    rows = sheet.key.tables.state
    offices = [k for k in rows if k.relation is Relation.HOLDS_OFFICE]
    met = sheet.by_report("states", rows, lambda seen: seen.annotated.states, like)
    if offices:
        sheet.both("states (subject, relation, object)", met)
    # A key that lists no offices says nothing of those that are found.
    rest = [k for k in rows if k.relation is not Relation.HOLDS_OFFICE]
    sheet.both("states but offices", sheet.by_report("states", rest, lambda seen: others(seen.annotated.states), like))
    for column in ("status", "polarity"):
        sheet.field("states", met, column, lambda k, f, c=column: getattr(f[1], c) is getattr(k, c))
    sheet.note("states", met)


def _captions(sheet: Sheet) -> None:
    def like(k: KeyCaption, p: Passage) -> float:
        return closeness(k.span, p.evidence.span)

    captions: Callable[[Seen], list[Passage]] = lambda seen: [  # noqa: E731
        p for p in seen.annotated.passages if p.kind is PassageKind.CAPTION
    ]
    met = sheet.by_report("captions", sheet.key.tables.caption, captions, like)
    sheet.both("captions", met)
    sheet.note("captions", met)


def _doubts(sheet: Sheet) -> None:
    def like(k: KeyDoubt, d: Doubt) -> float:
        same = k.kind is None or d.kind is k.kind
        return closeness(k.span, d.evidence.span) if same else 0.0

    layer: Callable[[Seen], Sequence[Doubt]] = lambda seen: seen.annotated.doubts  # noqa: E731
    met = sheet.by_report("doubts", sheet.key.tables.doubt, layer, like)
    hits = [True] * len(met.pairs) + [False] * len(met.missed)
    note = f"{len(met.false)} found that are not keyed"
    sheet.tell("doubts: recall", hits, note)
    met_any = sheet.by_report("doubts", sheet.key.tables.doubt, layer, lambda k, d: closeness(k.span, d.evidence.span))
    any_hits = [True] * len(met_any.pairs) + [False] * len(met_any.missed)
    sheet.tell("doubts (whatever the kind): recall", any_hits)
    sheet.note("doubts", met)


def _planned(sheet: Sheet) -> None:
    rows = sheet.key.tables.planned

    def status(report: str, trigger: Span) -> Status | None:
        event = first_of(sheet.seen[report].annotated.events, lambda e: overlap(e.trigger.span, trigger) > 0)
        return event.status if event else None

    planned = [status(row.report_planned, row.trigger_planned) is Status.PLANNED for row in rows]
    happened = [
        status(row.report_happened, row.trigger_happened) in (Status.OCCURRED, Status.ONGOING)
        for row in rows
        if row.report_happened and row.trigger_happened
    ]
    sheet.tell("planned events told as planned", planned)
    sheet.tell("planned events told as happened, where they did", happened)


PARTS: Mapping[str, Callable[[Sheet], None]] = {
    "statement": _statements,
    "event": _events,
    "figure": _figures,
    "time": _times,
    "place": _places,
    "state": _states,
    "caption": _captions,
    "doubt": _doubts,
    "suggestion": score_suggestions,
    "copy": score_copies,
    "change": score_changes,
    "lineage": score_lineage,
    "incident": score_incidents,
    "conflict": score_conflicts,
    "storyline": score_storylines,
    "planned": _planned,
}
"""What scores the rows of each table of a key."""


def score(name: str = "seeds") -> list[Measure]:
    """The measures of a key by name, or of several crises with their first score; empty where the texts are absent."""
    scored = score_key(name)
    first = json.loads((BLIND / "first.json").read_text(encoding="utf-8")).get(name, {})
    return [
        replace(one, note=f"first {first[one.name]:.3f}") if one.name in first else one
        for one in (scored.measures if scored else ())
    ]


def score_key(name: str) -> Scored | None:
    """A key, or each of several, read with the named model and scored, or None where the texts are absent."""
    opened = {one: found for one in keys_of(name) if (found := open_key(one))}
    knowledge = Knowledge()
    parser = product_parser(knowledge)
    keys = [key for key, _ in opened.values()]
    sheets = {
        one: fill_sheet(key, *read_key(reports, parser, knowledge), keys) for one, (key, reports) in opened.items()
    }
    return Scored(measures_of(list(sheets.values())), sheets) if sheets else None


def report_lines(name: str, scored: Scored, kinds: Sequence[str] | None) -> Iterator[str]:
    """The tables of measures, after the misses and false alarms of the kinds asked for ([] asks for all)."""
    several = len(scored.sheets) > 1
    if kinds is not None:
        for kind in kinds or scored.lines:
            yield f"## {kind}"
            for key, sheet in scored.sheets.items():
                if several:
                    yield f"# {key}"
                yield from sheet.lines.get(kind, [])
            yield ""
    yield from show(f"Answer key: {name}", scored.measures)
    if several:
        yield from _side_by_side(scored)


def _side_by_side(scored: Scored) -> Iterator[str]:
    """Every measure of each key alone, with the number of its items."""
    alone = [{m.name: f"{m.value:.2f} ({m.n})" for m in measures_of([sheet])} for sheet in scored.sheets.values()]
    yield f"| measure | {' | '.join(scored.sheets)} |"
    yield f"|---{'|---' * len(alone)}|"
    for measure in scored.measures:
        yield f"| {measure.name} | {' | '.join(one.get(measure.name, '') for one in alone)} |"
    yield ""


def main() -> None:
    options = argparse.ArgumentParser(description="Score what Dateline reads against answer keys.")
    options.add_argument("key", help="seeds, dossier, a crisis, crises (all but the held), crises:ONE,OTHER, or held")
    options.add_argument("--misses", nargs="*", metavar="KIND", help="print misses and false alarms first")
    given = options.parse_args()
    try:
        scored = score_key(given.key)
    except ValueError as error:
        options.error(str(error))
    if scored is None:
        print(f"{given.key}: its texts are not here")
        return
    print("\n".join(report_lines(given.key, scored, given.misses)))


if __name__ == "__main__":
    main()
