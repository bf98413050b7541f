"""Invented crises with their keys: they load, and what is linked in one gives the figures worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import answers
from benchmarks.answers import crises, fill_sheet, held, keys_of, open_key, report_lines, score_answers
from benchmarks.key import AnswerKeyError, Key, load_key
from benchmarks.sheet import measures_of
from dateline.model.links import Change, Conflict, Copy, Incident, Lineage, Links, Site, Storyline
from dateline.model.records import AnnotatedReport, Evidence, Figure
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import (
    Bound,
    ChangeKind,
    ConflictKind,
    ConflictRelation,
    Direction,
    Status,
    Verdict,
)

TEXTS = {
    "wire": "ORRIN, May 3 (Kestrel)\nThree men drowned at the weir on Monday.\nA boat was found below it.",
    "post": "Three men drowned at the weir on Monday.\nA boat was found below it.",
    "spun": "Four men lost their lives at the weir on Monday.",
    "own": "I saw two bodies at the weir. It was Tuesday.",
    "late": "(Lodestar) The search at the weir is over: five are dead.",
    "also": "(Lodestar) The search at the weir has ended.",
}
KEY = """
[[copy]]
a_report = "wire"
a = "Three men"
b_report = "post"
b = "Three men"
verdict = "identical"

[[copy]]
a_report = "wire"
a = "A boat"
b_report = "post"
b = "A boat"
optional = true

[[copy]]
a_report = "wire"
a = "Three men"
b_report = "spun"
b = "Four men"
verdict = "rewrite"

[[not_copy]]
a_report = "wire"
a = "Three men"
b_report = "own"
b = "I saw"

[[change]]
a_report = "wire"
a = "Three"
b_report = "spun"
b = "Four"
kind = "number"

[[change]]
a_report = "wire"
a = "drowned"
b_report = "spun"
b = "lost their lives"
kind = "act"
optional = true

[[lineage]]
report = "post"
from_report = "wire"
direction = "known"

[[lineage]]
report = "spun"
from_report = "wire"
direction = "unknown"

[[lineage]]
report = "late"
from_report = "own"
direction = "known"
optional = true

[[lineage]]
report = "late"
latent_origin = "Lodestar"

[[lineage]]
report = "also"
latent_origin = "Lodestar"

[[incident]]
name = "deaths at the weir"
type = "ASSAULT"
place = "Orrin"
from = "2031-05-03"
to = "2031-05-03"
status = "occurred"
reports = ["wire", "post", "spun", "own"]
origins = 2

[[incident]]
name = "search at the weir"
type = "AID"
from = "2031-05-03"
status = "ongoing"
reports = ["late"]
origins = 1

[[incident]]
name = "find of a boat"
type = "COOPERATE"
status = "occurred"
reports = ["wire"]
origins = 1
optional = true

[[conflict]]
kind = "figure"
relation = "contradicts"
left_report = "wire"
right_report = "own"

[[conflict]]
kind = "figure"
relation = "supersedes"
left_report = "late"
right_report = "wire"

[[conflict]]
kind = "time"
relation = "contradicts"
left_report = "wire"
right_report = "own"
optional = true

[[storyline]]
reports = ["wire", "post", "spun", "own", "late", "also"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the invented crisis ``weir``."""
    write(tmp_path / "weir", TEXTS, KEY)
    return tmp_path


def write(folder: Path, texts: dict[str, str], key: str) -> None:
    folder.mkdir()
    rows = [json.dumps({"id": id, "text": text}) for id, text in texts.items()]
    (folder / "reports.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "answers.toml").write_text(key, encoding="utf-8")


def derived(id: str) -> dict[str, Any]:
    return {"id": id, "because": "", "producer": "test", "version": "1", "rests_on": ()}


def site(report: str, words: str) -> Site:
    start = TEXTS[report].index(words)
    return Site(report, Span(start, start + len(words)))


def copy(id: str, a: Site, b: Site, verdict: Verdict) -> Copy:
    return Copy(**derived(id), a=a, b=b, verdict=verdict)


def change(of: Copy, kind: ChangeKind, a: str, b: str) -> Change:
    x, y = site(of.a.report, a).span, site(of.b.report, b).span
    return Change(
        **derived(f"{of.id} {a}"), copy=of.id, kind=kind,
        a_start=x.start, a_end=x.end, a_text=a, b_start=y.start, b_end=y.end, b_text=b,
    )  # fmt: skip


def lineage(report: str, parent: str | None, direction: Direction, latent: str | None = None) -> Lineage:
    id = f"{report} {parent}"
    return Lineage(
        **derived(id), report=report, from_report=parent, latent_origin=latent, share=1.0, direction=direction
    )


def incident(id: str, type: str, day: str | None, reports: tuple[str, ...], low: int, high: int) -> Incident:
    return Incident(
        **derived(id), type=type, mode=None, place=None, from_=day, to=day, status=Status.OCCURRED, events=(),
        reports=reports, publishers=(), origins_low=low, origins_high=high, claimants=(), figures=(),
    )  # fmt: skip


def figure(report: str, words: str) -> Figure:
    at = site(report, words).span
    return Figure(id=f"{report} {words}", evidence=Evidence(report, at, words, "test", "1"), because="", value=1.0,
                  low=1.0, high=1.0, bound=Bound.EXACT)  # fmt: skip


def conflict(kind: ConflictKind, relation: ConflictRelation, left: str, right: str) -> Conflict:
    return Conflict(**derived(f"{kind} {left} {right}"), kind=kind, relation=relation, left=left, right=right)


def annotated() -> list[AnnotatedReport]:
    told = {"wire": "Three men", "post": "Three men", "spun": "Four men", "own": "two bodies", "late": "five"}
    return [
        AnnotatedReport(report=Report(id=id, text=text), figures=(figure(id, told[id]),) if id in told else ())
        for id, text in TEXTS.items()
    ]


DROWNED, FOUND = TEXTS["post"].split("\n")
LEAD = copy("1", site("wire", DROWNED), site("post", DROWNED), Verdict.REWRITE)
SPUN = copy("2", LEAD.a, site("spun", TEXTS["spun"]), Verdict.REWRITE)
BOAT = copy("3", site("wire", FOUND), site("post", FOUND), Verdict.IDENTICAL)
FURTHER = copy("5", LEAD.b, SPUN.b, Verdict.SHARED_QUOTE)
OWN = copy("4", LEAD.a, site("own", TEXTS["own"]), Verdict.REWRITE)
CONTRADICTS, SUPERSEDES = ConflictRelation.CONTRADICTS, ConflictRelation.SUPERSEDES

LINKS = Links(
    copies=(LEAD, SPUN, BOAT, OWN, FURTHER),
    changes=(
        change(SPUN, ChangeKind.NUMBER, "Three", "Four"),
        change(SPUN, ChangeKind.ACT, "drowned", "lost their lives"),
        change(SPUN, ChangeKind.TIME, "Monday", "Monday"),
        change(FURTHER, ChangeKind.NUMBER, "Three", "Four"),
        change(FURTHER, ChangeKind.TIME, "Monday", "Monday"),
    ),
    lineage=(
        lineage("post", "wire", Direction.A_FROM_B),
        lineage("spun", "wire", Direction.A_FROM_B),
        lineage("spun", "post", Direction.UNKNOWN),
        lineage("own", "wire", Direction.A_FROM_B),
        lineage("late", None, Direction.A_FROM_B, "Lodestar news agency"),
    ),
    incidents=(
        incident("a", "ASSAULT", "2031-05-03", ("wire", "post", "spun"), 1, 3),
        incident("b", "AID", "2031-05-06", ("late",), 1, 1),
        incident("c", "COOPERATE", None, ("wire",), 2, 2),
        incident("d", "ASSAULT", "2031-05-04", ("own",), 1, 1),
    ),
    conflicts=(
        conflict(ConflictKind.FIGURE, CONTRADICTS, "own two bodies", "wire Three men"),
        conflict(ConflictKind.FIGURE, SUPERSEDES, "wire Three men", "late five"),
        conflict(ConflictKind.FIGURE, CONTRADICTS, "own two bodies", "post Three men"),
        conflict(ConflictKind.TIME, CONTRADICTS, "own two bodies", "wire Three men"),
        conflict(ConflictKind.FIGURE, CONTRADICTS, "wire Three men", "spun Four men"),
    ),
    storylines=(Storyline(**derived("s"), title="", reports=tuple(TEXTS)),),
)

EXPECTED = {
    # The look-alike that is taken for a copy is also a false alarm; the optional passage is in neither.
    "copies: precision": 2 / 4,
    "copies: recall": 1.0,
    "copies: verdict of matched": 1 / 2,
    "copies: look-alikes kept apart": 0.0,
    # What was right or wrong once is so no second time between further copies.
    "changes (place and kind): precision": 1 / 2,
    "changes (place and kind): recall": 1.0,
    # Siblings of whom neither is said to follow the other are no false alarm among relatives, but no parents either.
    "lineage (pairs of reports): precision": 2 / 3,
    "lineage (pairs of reports): recall": 1.0,
    "lineage (pairs, direct parents alone): precision": 2 / 4,
    "lineage (pairs, direct parents alone): recall": 1.0,
    "lineage, direction known: accuracy": 1.0,
    "lineage, direction unknown: share left unknown": 0.0,
    "latent origins: precision": 1.0,
    "latent origins: recall": 1 / 2,
    # The search goes on, so a later day is part of it; the boat is optional; the deaths of the next day are false.
    "incidents (type, time, place): precision": 2 / 3,
    "incidents (type, time, place): recall": 1.0,
    "incidents: all and only their reports": 1 / 2,
    "incidents: status of matched": 1 / 2,
    "origins: interval holds the number, share": 1.0,
    "origins: exact, share": 1 / 2,
    "origins: mean width": 1.0,
    "origins (told by several): interval holds the number, share": 1.0,
    "origins (told by several): exact, share": 0.0,
    "origins (told by several): mean width": 2.0,
    # The agency's copy carries its conflict; the spun copy and its parent disagree without being keyed.
    "conflicts: precision": 2 / 3,
    "conflicts: recall": 1.0,
    "conflicts (or of a copy): recall": 1.0,
    "conflicts: the replacing report left, share": 0.0,
    "storylines: recall": 1.0,
}


def test_what_is_linked_gives_the_figures_worked_out_by_hand(folder: Path) -> None:
    key = load_key(folder / "weir" / "answers.toml")
    scored = score_answers(key, annotated(), LINKS)
    assert {m.name: m.value for m in scored.measures} == pytest.approx(EXPECTED)
    lines = "\n".join(report_lines("weir", scored, ["lineage", "latent origins", "origins"]))
    for words in ("FALSE   own from wire", "WRONG   spun", "MISSED  also", "WIDE    deaths at the weir: 2 in wire"):
        assert words in lines


def test_nothing_linked_is_all_missed_and_nothing_false(folder: Path) -> None:
    scored = score_answers(load_key(folder / "weir" / "answers.toml"), annotated(), Links())
    assert {m.name: (m.value, m.n) for m in scored.measures} == {
        "copies: recall": (0.0, 2),
        "copies: look-alikes kept apart": (1.0, 1),
        "changes (place and kind): recall": (0.0, 1),
        "lineage (pairs of reports): recall": (0.0, 2),
        "lineage (pairs, direct parents alone): recall": (0.0, 2),
        "latent origins: recall": (0.0, 2),
        "incidents (type, time, place): recall": (0.0, 2),
        "conflicts: recall": (0.0, 2),
        "conflicts (or of a copy): recall": (0.0, 2),
        "storylines: recall": (0.0, 1),
    }


def test_pooled_measures_rest_on_the_items_of_every_key(folder: Path) -> None:
    drowned = (
        'name = "deaths"\ntype = "ASSAULT"\nstatus = "occurred"\nreports = ["wire", "post", "spun"]\norigins = 1\n'
    )
    write(folder / "calm", TEXTS, f'[[storyline]]\nreports = ["wire", "post"]\n[[incident]]\n{drowned}')
    keys = [load_key(folder / name / "answers.toml") for name in ("weir", "calm")]
    sheets = [fill_sheet(key, annotated(), LINKS, keys) for key in keys]
    pooled = {m.name: (m.value, m.n) for m in measures_of(sheets)}
    # A key without a conflict says that there is none: all five are false alarms there.
    assert pooled["conflicts: precision"] == (pytest.approx(2 / 8), 8)
    assert pooled["conflicts: recall"] == (1.0, 2)
    assert pooled["storylines: recall"] == (0.5, 2)
    assert pooled["origins (told by several): mean width"] == (2.0, 2)
    assert pooled["origins (several, all and only these): interval holds the number, share"] == (1.0, 1)


def test_a_conflict_that_is_found_in_a_copy_alone_is_told_apart(folder: Path) -> None:
    links = Links(conflicts=(conflict(ConflictKind.FIGURE, CONTRADICTS, "own two bodies", "post Three men"),))
    scored = score_answers(load_key(folder / "weir" / "answers.toml"), annotated(), links)
    values = {m.name: m.value for m in scored.measures}
    assert values["conflicts: recall"] == 0.0
    assert values["conflicts (or of a copy): recall"] == 0.5
    assert "conflicts: precision" not in values


def test_crises_are_asked_for_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "CRISES", folder)
    write(folder / "calm", TEXTS, "")
    assert keys_of("crises") == ("calm", "weir")
    assert keys_of("crises:weir") == keys_of("weir") == ("weir",)
    (folder / "held.txt").write_text("calm\n")
    assert (keys_of("crises"), keys_of("held")) == (("weir",), ("calm",))
    assert open_key("weir") is not None
    with pytest.raises(ValueError, match=r"no key wier; there are seeds, dossier, calm, weir"):
        keys_of("crises:calm,wier")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('[[lineage]]\nreport = "wire"\n', "either from_report or latent_origin"),
        ('[[lineage]]\nreport = "post"\nfrom_report = "wire"\nlatent_origin = "Kestrel"\n', "either from_report"),
        ('[[lineage]]\nreport = "post"\nfrom_report = "wier"\n', "number 1: from_report = 'wier' is no report"),
        ('[[storyline]]\nreports = ["wire", "wier"]\n', "number 1: reports = 'wier' is no report"),
    ],
)
def test_a_row_that_fits_no_report_is_refused(tmp_path: Path, row: str, why: str) -> None:
    write(tmp_path / "calm", TEXTS, row)
    with pytest.raises(AnswerKeyError, match=why):
        load_key(tmp_path / "calm" / "answers.toml")


def test_those_that_are_held_are_there() -> None:
    assert set(held()) < set(crises())


@pytest.mark.parametrize("name", crises())
def test_the_key_of_every_crisis_fits_its_reports(name: str) -> None:
    opened = open_key(name)
    assert opened is not None
    key, reports = opened
    assert {report.id: report.text for report in reports} == dict(key.texts)
    for table in ("copy", "change", "lineage", "incident", "conflict", "storyline"):
        rows = getattr(key.tables, table)
        assert rows, f"the key has no {table}"
        assert len({repr(row) for row in rows}) == len(rows), f"a {table} stands twice"
    _told_of_its_reports(key)


def _told_of_its_reports(key: Key) -> None:
    for row in key.tables.incident:
        assert row.origins is None or 1 <= row.origins <= len(row.reports), row.name
        assert row.from_ is None or row.to is None or row.from_ <= row.to, row.name
    for edge in key.tables.lineage:
        assert edge.report != edge.from_report
