"""The example dossier's answer key fits its reports, and a key that does not fit is refused."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.key import AnswerKeyError, Key, load_key, locate
from dateline.model.span import Span
from dateline.model.vocab import Bound, ConflictRelation, StatementKind, TimeType, Verdict, Voice

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "annexation"

TIMEX = {
    TimeType.DATE: r"\d{4}(-\d{2}(-\d{2})?|-W\d{2})?(/\d{4}-\d{2}-\d{2})?",
    TimeType.TIME: r"\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}|MO|AF|EV|NI)",
    TimeType.DURATION: r"PT?[\dX]+[YMWDH]",
    TimeType.SET: r"P\d[YMWD]",
}

MARKS = frozenset("\"'“”‘’")


@pytest.fixture(scope="module")
def key() -> Key:
    """Loading locates every string, so a word that does not stand in its report fails here."""
    return load_key(FOLDER / "answers.toml")


def test_reports_follow_the_input_contract() -> None:
    rows = [json.loads(line) for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 14
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert {"id", "text", "title", "source", "url"} <= set(row), row["id"]
        assert set(row) <= {"id", "text", "title", "published", "source", "url", "author"}, row["id"]
        assert 60 <= len(row["text"].split()) <= 250, row["id"]
    published = [row.get("published") for row in rows]
    assert published.count(None) == 1
    assert sum("/" in p for p in published if p) == 1
    assert any("T" in p for p in published if p)


def test_every_report_named_is_there(key: Key) -> None:
    tables = key.tables
    named = {r for incident in tables.incident for r in incident.reports}
    named |= {r for storyline in tables.storyline for r in storyline.reports}
    named |= {r for conflict in tables.conflict for r in (conflict.left_report, conflict.right_report)}
    named |= {p.report_planned for p in tables.planned}
    named |= {p.report_happened for p in tables.planned if p.report_happened}
    assert named <= set(key.texts)
    followed = [r for storyline in tables.storyline for r in storyline.reports]
    assert len(followed) == len(set(followed))


def test_every_report_is_coded(key: Key) -> None:
    assert {s.report for s in key.tables.statement} == set(key.texts)
    assert {p.report for p in key.tables.place} == set(key.texts)
    assert {t.report for t in key.tables.time} == set(key.texts)


def test_the_key_is_large_enough_to_measure_by(key: Key) -> None:
    tables = key.tables
    sizes = {name: len(getattr(tables, name)) for name in ("statement", "event", "figure", "time", "place")}
    assert all(sizes[n] >= least for n, least in zip(sizes, (60, 50, 30, 30, 25), strict=True)), sizes
    assert {s.kind for s in tables.statement} == set(StatementKind)
    assert {s.voice for s in tables.statement} >= {Voice.NAMED, Voice.COLLECTIVE, Voice.UNNAMED, Voice.CONSENSUS}
    assert any(s.via for s in tables.statement)
    assert {c.verdict for c in tables.copy} >= {Verdict.LIGHT_EDIT, Verdict.REWRITE, Verdict.SHARED_QUOTE}
    assert {c.relation for c in tables.conflict} >= {ConflictRelation.CONTRADICTS, ConflictRelation.SUPERSEDES}


def test_no_row_stands_twice(key: Key) -> None:
    for rows in (key.tables.statement, key.tables.figure, key.tables.time, key.tables.place, key.tables.doubt):
        assert len({repr(row) for row in rows}) == len(rows)
    for spans in (key.tables.figure, key.tables.time, key.tables.place):
        assert len({(row.report, row.span) for row in spans}) == len(spans)


def test_statements_agree_with_their_quotation_marks(key: Key) -> None:
    for s in key.tables.statement:
        text = key.texts[s.report]
        if s.kind is StatementKind.DIRECT:
            for span in s.content:
                assert text[span.start - 1] in MARKS, span.of(text)
        assert s.in_marks == (s.kind is not StatementKind.INDIRECT), s.content[0].of(text)
        for part in s.content:
            assert part.of(text) == part.of(text).strip(" ,")
            assert s.cue is None or not s.cue.overlaps(part)
            assert s.speaker is None or not s.speaker.overlaps(part)
        if s.voice is Voice.CONSENSUS:
            assert s.speaker is None


def test_mixed_statements_have_marks(key: Key) -> None:
    for s in key.tables.statement:
        if s.kind is StatementKind.MIXED:
            text = key.texts[s.report]
            assert any(MARKS & set(span.of(text)) or _opened(text, span) for span in s.content), s


def _opened(text: str, span: Span) -> bool:
    return span.start > 0 and text[span.start - 1] in MARKS


def test_figures_have_a_value_or_two_bounds(key: Key) -> None:
    for f in key.tables.figure:
        words = f.span.of(key.texts[f.report])
        if f.bound is Bound.RANGE:
            assert f.low is not None, words
            assert f.high is not None, words
            assert f.low < f.high, words
        else:
            assert f.value is not None, words


def test_figures_in_digits_have_the_value_that_they_show(key: Key) -> None:
    scale = {"million": 1e6, "billion": 1e9}
    for f in key.tables.figure:
        words = f.span.of(key.texts[f.report])
        digits = re.search(r"\d[\d,.]*", words)
        if digits and f.value is not None:
            factor = next((by for word, by in scale.items() if word in words), 1)
            assert float(digits[0].replace(",", "")) * factor == pytest.approx(f.value), words


def test_times_are_timex3(key: Key) -> None:
    for t in key.tables.time:
        assert re.fullmatch(TIMEX[t.type], t.value), t.value


def test_weekdays_fall_on_the_dates_that_they_name(key: Key) -> None:
    checked = 0
    for t in key.tables.time:
        day = re.search(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", t.span.of(key.texts[t.report]))
        if day and re.match(r"\d{4}-\d{2}-\d{2}", t.value):
            assert date.fromisoformat(t.value[:10]).strftime("%A") == day[0], t
            checked += 1
    assert checked >= 20


def test_places_lie_on_the_globe(key: Key) -> None:
    for p in key.tables.place:
        assert p.lat is not None, p.name
        assert p.lon is not None, p.name
        assert -90 <= p.lat <= 90, p.name
        assert -180 <= p.lon <= 180, p.name
    where = {(p.name, p.lat, p.lon) for p in key.tables.place}
    assert len(where) == len({name for name, _, _ in where})


def test_changes_differ_and_copies_join_two_passages(key: Key) -> None:
    for change in key.tables.change:
        assert change.a.of(key.texts[change.a_report]) != change.b.of(key.texts[change.b_report])
    for copy in key.tables.copy:
        assert (copy.a_report, copy.a) != (copy.b_report, copy.b)
    joined = {(c.a_report, c.a, c.b_report, c.b) for c in key.tables.copy}
    assert not joined & {(n.a_report, n.a, n.b_report, n.b) for n in key.tables.not_copy}


def test_suggestions_are_for_doubted_names(key: Key) -> None:
    doubted = {(d.report, d.span) for d in key.tables.doubt}
    for s in key.tables.suggestion:
        assert (s.report, s.span) in doubted
        assert s.name != s.span.of(key.texts[s.report])


def test_captions_open_their_passages(key: Key) -> None:
    for c in key.tables.caption:
        assert c.span.start == 0 or key.texts[c.report][c.span.start - 1] == "\n"


def test_locations_in_all_three_forms() -> None:
    text = "Orrin fell. Orrin rose in Orrinvale."
    assert locate(text, "Orrinvale") == Span(26, 35)
    assert locate(text, {"text": "Orrin", "nth": 2}) == Span(12, 17)
    assert locate(text, [0, 5]) == Span(0, 5)


@pytest.mark.parametrize(
    "where",
    ["Orrin", "Hesk", "", {"text": "Orrin", "nth": 3}, {"text": "Orrin", "nth": 0}, [5, 5], [0, 99], [3], 7,
     {"text": "Orrin", "nth": 1, "in": "x"}],
)  # fmt: skip
def test_a_location_that_does_not_fit_is_refused(where: object) -> None:
    with pytest.raises(AnswerKeyError):
        locate("Orrin fell. Orrin rose.", where)


def _write(folder: Path, toml: str) -> Path:
    (folder / "reports.jsonl").write_text('{"id": "r1", "text": "Orrin fell on Friday."}\n', encoding="utf-8")
    path = folder / "answers.toml"
    path.write_text(toml, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('[[time]]\nreport = "r2"\nspan = "Friday"\ntype = "DATE"\nvalue = "2022"', "r2"),
        ('[[time]]\nreport = "r1"\nspan = "Monday"\ntype = "DATE"\nvalue = "2022"', "Monday"),
        ('[[time]]\nreport = "r1"\nspan = "Friday"\ntype = "DAY"\nvalue = "2022"', "DAY"),
        ('[[time]]\nreport = "r1"\nspan = "Friday"\ntype = "DATE"\nvalue = "2022"\nkind = "x"', "kind"),
        ('[[tide]]\nreport = "r1"', "tide"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(AnswerKeyError, match=message):
        load_key(_write(tmp_path, row))


def test_a_key_by_offsets_checks_the_hash_of_its_texts(tmp_path: Path) -> None:
    content = b"Orrin fell\r\non Friday."
    (tmp_path / "r1.txt").write_bytes(content)
    row = '\n[[time]]\nreport = "r1"\nspan = [14, 20]\ntype = "DATE"\nvalue = "2022-09-23"\n'
    head = '[[report]]\nid = "r1"\nfile = "r1.txt"\npublished = "2022-09-20"\nsha256 = "{}"\n'
    path = tmp_path / "seeds.toml"
    path.write_text(head.format(hashlib.sha256(content).hexdigest()) + row, encoding="utf-8")
    key = load_key(path)
    assert key.tables.time[0].span.of(key.texts["r1"]) == "Friday"
    assert key.published == {"r1": "2022-09-20"}
    path.write_text(head.format("0" * 64) + row, encoding="utf-8")
    with pytest.raises(AnswerKeyError, match=r"r1\.txt"):
        load_key(path)
