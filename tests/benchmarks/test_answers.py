"""The scorer of answer keys, on an invented report: right answers count, wrong and border cases as they should."""

from typing import Any

import msgspec
import pytest

from benchmarks.answers import Scored, score_answers
from benchmarks.key import Key, Tables
from dateline.model.links import Links
from dateline.model.records import AnnotatedReport, Evidence, Figure, Part, Place, Statement
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import Bound, CueClass, StatementKind, Voice

TEXT = "Mara Venn said the bridge at Orrin had fallen. Tam Hesk said 12 people were hurt. Orrin is quiet."
REPORT = Report(id="r", text=TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def where(words: str) -> list[int]:
    return [at(words).start, at(words).end]


def statement(speaker: str, cue: str, content: str) -> Statement:
    return Statement(
        id=speaker,
        evidence=Evidence("r", at(content), content, "test", "1"),
        because="",
        speaker=Part.at(TEXT, at(speaker)),
        cue=Part.at(TEXT, at(cue)),
        content=(at(content),),
        kind=StatementKind.INDIRECT,
        cue_class=CueClass.SPEECH,
        voice=Voice.NAMED,
    )


def scored(tables: dict[str, list[dict[str, Any]]], **layers: Any) -> dict[str, float]:
    key = Key(texts={"r": TEXT}, published={"r": None}, tables=msgspec.convert(tables, Tables))
    result: Scored = score_answers(key, [AnnotatedReport(report=REPORT, **layers)], Links())
    return {measure.name: measure.value for measure in result.measures}


VENN: dict[str, Any] = {
    "report": "r",
    "content": [where("the bridge at Orrin had fallen")],
    "speaker": where("Mara Venn"),
}
HESK: dict[str, Any] = {"report": "r", "content": [where("12 people were hurt")], "speaker": where("Tam Hesk")}
SAID_VENN = statement("Mara Venn", "said", "the bridge at Orrin had fallen")
SAID_HESK = statement("Tam Hesk", "said", "12 people were hurt")
WRONG_SPEAKER = statement("Mara Venn", "said", "12 people were hurt")

PRECISION, RECALL = (f"statements (content and speaker): {name}" for name in ("precision", "recall"))


def test_right_statements_score_in_full() -> None:
    values = scored({"statement": [VENN, HESK]}, statements=(SAID_VENN, SAID_HESK))
    assert (values[PRECISION], values[RECALL]) == (1.0, 1.0)


def test_a_wrong_speaker_is_a_miss_and_a_false_alarm() -> None:
    values = scored({"statement": [VENN, HESK]}, statements=(SAID_VENN, WRONG_SPEAKER))
    assert (values[PRECISION], values[RECALL]) == (0.5, 0.5)
    assert values["statements (content alone): recall"] == 1.0


def test_a_statement_that_is_not_keyed_is_a_false_alarm() -> None:
    values = scored({"statement": [VENN]}, statements=(SAID_VENN, SAID_HESK))
    assert (values[PRECISION], values[RECALL]) == (0.5, 1.0)


def test_an_optional_row_counts_neither_way() -> None:
    rows = {"statement": [VENN, {**HESK, "optional": True}]}
    assert scored(rows, statements=(SAID_VENN,))[RECALL] == 1.0
    assert scored(rows, statements=(SAID_VENN, SAID_HESK))[PRECISION] == 1.0


def test_a_second_piece_of_a_found_statement_is_no_alarm_but_of_a_missed_one_it_is() -> None:
    piece = statement("Mara Venn", "said", "had fallen")
    assert scored({"statement": [VENN]}, statements=(SAID_VENN, piece))[PRECISION] == 1.0
    assert scored({"statement": [VENN]}, statements=(piece,))[PRECISION] == 0.0


@pytest.mark.parametrize(("value", "bound", "right"), [(12, "exact", 1.0), (13, "exact", 0.0), (12, "about", 0.0)])
def test_a_figure_needs_value_and_bound(value: float, bound: str, right: float) -> None:
    found = Figure(
        id="f",
        evidence=Evidence("r", at("12 people"), "12 people", "test", "1"),
        because="",
        value=12,
        low=12,
        high=12,
        bound=Bound.EXACT,
    )
    rows = {"figure": [{"report": "r", "span": where("12"), "value": value, "bound": bound}]}
    assert scored(rows, figures=(found,))["figures (span, value and bound): recall"] == right


@pytest.mark.parametrize(("lat", "right"), [(50.1, 1.0), (50.5, 0.0), (None, 0.0)])
def test_a_place_lies_within_25_km(lat: float | None, right: float) -> None:
    def place(id: str, start: int) -> Place:
        evidence = Evidence("r", Span(start, start + 5), "Orrin", "test", "1")
        return Place(id=id, evidence=evidence, because="", name="Orrin", lat=lat, lon=30.0 if lat else None)

    rows = {
        "place": [
            {"report": "r", "span": where("Orrin"), "name": "Orrin", "lat": 50.0, "lon": 30.0, "precision": "place"}
        ]
    }
    # The second mention of a keyed name counts neither way.
    values = scored(rows, places=(place("a", TEXT.index("Orrin")), place("b", TEXT.rindex("Orrin"))))
    assert values["places (span, name or 25 km): precision"] == right
    assert values["places (span, name or 25 km): recall"] == right
