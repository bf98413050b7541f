"""Answer keys: what a set of reports holds, coded by hand, as typed rows whose words are located.

A key is a TOML file with one table array a kind (``[[statement]]``, ``[[event]]`` ...). In the file, words are
located by a string that stands once in the report's text (at word boundaries), by
``{ text = "...", nth = 2 }`` where it stands more often, or by ``[start, end]`` in code points. `load_key`
turns each of them into a `Span`, so a scorer never meets a string that it would have to search for.

A field that is left out, or None, is not judged: reasonable people differ on it, or nobody can know it. A row with
``optional = true`` is a border case that counts neither as a miss nor as a false alarm.

The texts come from ``reports.jsonl`` beside the key, or, where the key lists ``[[report]]`` tables, from the
files named there, whose SHA-256 is checked. The second form lets a key describe texts that may not be copied.

Not here: scoring.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from dateline.model.span import Span
from dateline.model.vocab import (
    Act,
    Bound,
    ChangeKind,
    ConflictKind,
    ConflictRelation,
    DoubtKind,
    Effect,
    Polarity,
    Precision,
    Relation,
    Stage,
    StatementKind,
    Status,
    TimeType,
    Verdict,
    Voice,
)

Fields = Mapping[str, str]
"""Names of located fields, each with the field that names the report they are located in."""


class AnswerKeyError(ValueError):
    """A key that does not fit its texts or its schema; the message names the row."""


class EventType(StrEnum):
    """PLOVER's sixteen event types, written out so that a key is checked without the ontology files."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Decided(StrEnum):
    """Whether credits, times or days tell which of two reports came from the other."""

    KNOWN = "known"
    UNKNOWN = "unknown"


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of a key.

    ``located`` names the fields with spans, ``parties`` those with a `Party`, ``cited`` further ones with ids of
    reports.
    """

    located: ClassVar[Fields] = {}
    parties: ClassVar[Fields] = {}
    cited: ClassVar[tuple[str, ...]] = ()


class Party(Row, frozen=True, kw_only=True):
    """Who claims something: a name, the words that name them, or both (a name standing once in the text)."""

    name: str | None = None
    span: Span | None = None


class KeyReport(Row, frozen=True, kw_only=True):
    """A report whose text lies in a file of its own and is not copied into the key."""

    id: str
    file: str
    sha256: str
    published: str | None = None


class KeyStatement(Row, frozen=True, kw_only=True):
    """Somebody says or thinks something. ``core``: speaker and content are beyond doubt."""

    located = {"content": "report", "speaker": "report", "cue": "report", "via": "report"}

    report: str
    content: tuple[Span, ...]
    speaker: Span | None = None
    speaker_name: str | None = None
    cue: Span | None = None
    kind: StatementKind | None = None
    voice: Voice | None = None
    act: Act | None = None
    polarity: Polarity = Polarity.AFFIRMED
    in_marks: bool = False
    via: tuple[Span, ...] = ()
    speech: bool = True
    core: bool = False
    optional: bool = False


class KeyEvent(Row, frozen=True, kw_only=True):
    """An event that an analyst would list. ``from`` and ``to`` are ISO dates, day or month may be missing."""

    located = {"trigger": "report", "actor": "report", "recipient": "report"}
    parties = {"claimant": "report"}

    report: str
    trigger: Span
    type: EventType
    mode: str | None = None
    status: Status | None = None
    polarity: Polarity = Polarity.AFFIRMED
    stage: Stage | None = None
    actor: Span | None = None
    recipient: Span | None = None
    place: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    claimant: Party | None = None
    voice: Voice = Voice.REPORTER
    incident: bool = False
    caption: bool = False
    optional: bool = False


class KeyFigure(Row, frozen=True, kw_only=True):
    """A reported quantity. A range has ``low`` and ``high``; all others a ``value``."""

    located = {"span": "report"}
    parties = {"claimant": "report"}

    report: str
    span: Span
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    unit: str | None = None
    counted: str | None = None
    effect: Effect | None = None
    claimant: Party | None = None
    optional: bool = False


class KeyTime(Row, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 type and value."""

    located = {"span": "report"}

    report: str
    span: Span
    type: TimeType
    value: str
    optional: bool = False


class KeyPlace(Row, frozen=True, kw_only=True):
    """A place name. ``metonym`` marks a place that acts ("Kyiv said")."""

    located = {"span": "report"}

    report: str
    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    precision: Precision
    metonym: bool = False
    optional: bool = False


class KeyState(Row, frozen=True, kw_only=True):
    """A relation that holds for a time."""

    located = {"subject": "report", "object": "report"}

    report: str
    subject: Span
    relation: Relation
    object: Span
    status: Status | None = None
    polarity: Polarity = Polarity.AFFIRMED
    optional: bool = False


class KeyCaption(Row, frozen=True, kw_only=True):
    """A passage that is a photo caption, located by its opening words."""

    located = {"span": "report"}

    report: str
    span: Span


class KeyDoubt(Row, frozen=True, kw_only=True):
    """Something in the text that looks wrong."""

    located = {"span": "report"}

    report: str
    span: Span
    kind: DoubtKind | None = None
    optional: bool = False


class KeySuggestion(Row, frozen=True, kw_only=True):
    """The right name for words that name somebody or something wrongly."""

    located = {"span": "report"}

    report: str
    span: Span
    name: str


class Sites(Row, frozen=True, kw_only=True):
    """Two stretches of text, each located by words in it."""

    located = {"a": "a_report", "b": "b_report"}

    a_report: str
    a: Span
    b_report: str
    b: Span


class KeyCopy(Sites, frozen=True, kw_only=True):
    """Two passages, one derived from the other or both from one origin."""

    verdict: Verdict | None = None
    optional: bool = False


class KeyNotCopy(Sites, frozen=True, kw_only=True):
    """Two passages that look alike and are no copies."""

    note: str | None = None


class KeyChange(Sites, frozen=True, kw_only=True):
    """What differs in substance between the passages of a copy."""

    kind: ChangeKind | None = None
    optional: bool = False


class IncidentFigure(Row, frozen=True, kw_only=True):
    """A figure of an incident as one claimant gives it; without ``high`` it is a lower bound."""

    effect: Effect
    low: float
    high: float | None = None
    claimant: str | None = None


class KeyLineage(Row, frozen=True, kw_only=True):
    """A report and its direct parent, or the agency that it credits and whose own text is not among the reports."""

    cited = ("report", "from_report")

    report: str
    from_report: str | None = None
    latent_origin: str | None = None
    direction: Decided | None = None
    optional: bool = False

    def __post_init__(self) -> None:
        if (self.from_report is None) is (self.latent_origin is None):
            raise ValueError("either from_report or latent_origin")


class KeyIncident(Row, frozen=True, kw_only=True):
    """One event as several reports tell it; ``origins`` counts the sources that these tellings go back to."""

    cited = ("reports",)

    name: str
    type: EventType
    place: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    status: Status
    reports: tuple[str, ...]
    claimants: tuple[str, ...] = ()
    figures: tuple[IncidentFigure, ...] = ()
    origins: int | None = None
    optional: bool = False


class KeyConflict(Row, frozen=True, kw_only=True):
    """Two reports that disagree; with ``supersedes`` the left one replaces the right one."""

    cited = ("left_report", "right_report")

    kind: ConflictKind
    relation: ConflictRelation
    left_report: str
    right_report: str
    note: str | None = None
    optional: bool = False


class KeyStoryline(Row, frozen=True, kw_only=True):
    """Reports that follow one story."""

    cited = ("reports",)

    reports: tuple[str, ...]


class KeyPlanned(Row, frozen=True, kw_only=True):
    """An event that is planned in one report and, where the key knows one, told as happened in another."""

    located = {"trigger_planned": "report_planned", "trigger_happened": "report_happened"}

    report_planned: str
    trigger_planned: Span
    report_happened: str | None = None
    trigger_happened: Span | None = None


class Tables(Row, frozen=True, kw_only=True):
    """All rows of a key, one tuple a kind."""

    report: tuple[KeyReport, ...] = ()
    statement: tuple[KeyStatement, ...] = ()
    event: tuple[KeyEvent, ...] = ()
    figure: tuple[KeyFigure, ...] = ()
    time: tuple[KeyTime, ...] = ()
    place: tuple[KeyPlace, ...] = ()
    state: tuple[KeyState, ...] = ()
    caption: tuple[KeyCaption, ...] = ()
    doubt: tuple[KeyDoubt, ...] = ()
    suggestion: tuple[KeySuggestion, ...] = ()
    copy: tuple[KeyCopy, ...] = ()
    not_copy: tuple[KeyNotCopy, ...] = ()
    change: tuple[KeyChange, ...] = ()
    lineage: tuple[KeyLineage, ...] = ()
    incident: tuple[KeyIncident, ...] = ()
    conflict: tuple[KeyConflict, ...] = ()
    storyline: tuple[KeyStoryline, ...] = ()
    planned: tuple[KeyPlanned, ...] = ()


class Key(Struct, frozen=True, kw_only=True):
    """A key with the texts that it describes, by report id, and their publication dates as given."""

    texts: Mapping[str, str]
    published: Mapping[str, str | None]
    tables: Tables


def occurrences(text: str, words: str) -> Iterator[Span]:
    """Where ``words`` stand in the text at word boundaries, in order.

    >>> list(occurrences("He heard that he, Hesk, won.", "he"))
    [Span(start=14, end=16)]
    """
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_joined(text, start) or _joined(text, end)):
            yield Span(start, end)
        start = text.find(words, start + 1)


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def locate(text: str, where: object) -> Span:
    """The span that a location of a key means: a string, ``{"text", "nth"}`` or ``[start, end]``.

    Raises AnswerKeyError when the words are not there, stand there more than once without ``nth``, or the
    offsets are empty or run past the text.

    >>> locate("Orrin fell. Orrin rose.", {"text": "Orrin", "nth": 2})
    Span(start=12, end=17)
    """
    match where:
        case [int(start), int(end)]:
            if not 0 <= start < end <= len(text):
                raise AnswerKeyError(f"[{start}, {end}) is no span of a text of {len(text)} code points")
            return Span(start, end)
        case str(words):
            found = list(occurrences(text, words))
            if len(found) != 1:
                raise AnswerKeyError(f"{words!r} stands {len(found)} times in the text, not once")
            return found[0]
        case {"text": str(words), "nth": int(nth), **rest} if not rest:
            found = list(occurrences(text, words))
            if not 1 <= nth <= len(found):
                raise AnswerKeyError(f"{words!r} stands {len(found)} times in the text; there is no number {nth}")
            return found[nth - 1]
    raise AnswerKeyError(f"{where!r} is no location")


def load_key(path: Path, folder: Path | None = None) -> Key:
    """The key at ``path`` with all words located.

    ``folder`` is where the files of ``[[report]]`` tables lie; without it, the key's own folder.

    Raises AnswerKeyError naming the table and the row that does not fit, and OSError where a file is missing.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    texts, published = _texts(path, folder or path.parent, raw.get("report", []))
    located = {
        table: [_resolve(table, number, row, texts) for number, row in enumerate(rows, start=1)]
        for table, rows in raw.items()
    }
    try:
        return Key(texts=texts, published=published, tables=msgspec.convert(located, Tables))
    except msgspec.ValidationError as error:
        raise AnswerKeyError(f"{path.name}: {error}") from error


def _texts(path: Path, folder: Path, reports: list[dict[str, Any]]) -> tuple[dict[str, str], dict[str, str | None]]:
    if not reports:
        lines = (path.parent / "reports.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return {r["id"]: r["text"] for r in rows}, {r["id"]: r.get("published") for r in rows}
    texts: dict[str, str] = {}
    for report in msgspec.convert(reports, tuple[KeyReport, ...]):
        content = (folder / report.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != report.sha256:
            raise AnswerKeyError(f"{report.file} is not the text that was coded (its SHA-256 differs)")
        texts[report.id] = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return texts, {r["id"]: r.get("published") for r in reports}


def _resolve(table: str, number: int, row: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The row with every location as ``[start, end]`` and every party as name and span."""
    kind = _KINDS.get(table)
    if kind is None:
        raise AnswerKeyError(f"[[{table}]] is no table of a key")
    resolved = dict(row)
    try:
        for field, report in kind.located.items():
            if field in row:
                resolved[field] = _spans(_text(texts, row, report), row[field], many=field in _MANY)
        for field, report in kind.parties.items():
            if field in row:
                resolved[field] = _party(_text(texts, row, report), row[field])
        for field in kind.cited:
            _cite(texts, field, row.get(field, ()))
    except AnswerKeyError as error:
        raise AnswerKeyError(f"[[{table}]] number {number}: {error}") from error
    return resolved


def _text(texts: Mapping[str, str], row: Mapping[str, Any], report: str) -> str:
    if row.get(report) not in texts:
        raise AnswerKeyError(f"{report} = {row.get(report)!r} is no report of the key")
    return texts[row[report]]


def _cite(texts: Mapping[str, str], field: str, ids: str | Sequence[str]) -> None:
    for id in [ids] if isinstance(ids, str) else ids:
        if id not in texts:
            raise AnswerKeyError(f"{field} = {id!r} is no report of the key")


def _spans(text: str, where: object, many: bool) -> list[Any]:
    if not many:
        return _pair(locate(text, where))
    if not isinstance(where, list):
        raise AnswerKeyError(f"{where!r} is no list of locations")
    return [_pair(locate(text, each)) for each in where]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _party(text: str, who: object) -> dict[str, Any]:
    if not isinstance(who, str):
        return {"span": _pair(locate(text, who))}
    found = list(occurrences(text, who))
    return {"name": who, "span": _pair(found[0])} if len(found) == 1 else {"name": who}


_MANY = frozenset({"content", "via"})
_KINDS: Mapping[str, type[Row]] = {
    "report": KeyReport,
    "statement": KeyStatement,
    "event": KeyEvent,
    "figure": KeyFigure,
    "time": KeyTime,
    "place": KeyPlace,
    "state": KeyState,
    "caption": KeyCaption,
    "doubt": KeyDoubt,
    "suggestion": KeySuggestion,
    "copy": KeyCopy,
    "not_copy": KeyNotCopy,
    "change": KeyChange,
    "lineage": KeyLineage,
    "incident": KeyIncident,
    "conflict": KeyConflict,
    "storyline": KeyStoryline,
    "planned": KeyPlanned,
}
