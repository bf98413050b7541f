"""One bad passage costs one passage, one bad extractor its layers; a broken data file stops the run."""

from collections.abc import Callable, Sequence

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Failure, Passage
from dateline.model.report import Published, Report
from dateline.model.vocab import DoubtKind, ReadStatus
from dateline.nlp.base import EMPTY, Parse, Parser, Tokens
from dateline.read import pipeline, places
from dateline.read.pipeline import extractors, ordered, read_report, read_reports
from dateline.read.reading import Extractor, Reading, T

PARTS = (
    "Mara Venn said on Monday that the dam above Velmar was safe.",
    "“The river is low,” said Tomas Reyl on Tuesday, and three people were killed.",
    "Two boats were lost on Wednesday, Odo Karr said.",
)


def report(id: str = "river", *parts: str, language: str = "en") -> Report:
    return Report(id=id, text="\n\n".join(parts or PARTS), published=Published.parse("2031-05-06"), language=language)


def break_room(monkeypatch: pytest.MonkeyPatch, room: str, at: int, error: Exception) -> None:
    """Make the passage at an index break one room."""
    each = Reading.each_passage

    def broken(self: Reading, name: str, run: Callable[[int, Passage, Tokens], list[T]]) -> list[T]:
        def breaks(index: int, passage: Passage, tokens: Tokens) -> list[T]:
            if name == room and index == at:
                raise error
            return run(index, passage, tokens)

        return each(self, name, breaks)

    monkeypatch.setattr(Reading, "each_passage", broken)


def passages_of(annotated: AnnotatedReport, layer: str) -> set[int]:
    """The passages that the records of a layer stand in."""
    return {
        index
        for record in getattr(annotated, layer)
        for index, passage in enumerate(annotated.passages)
        if passage.evidence.span.overlaps(record.evidence.span)
    }


@pytest.mark.parametrize(
    ("room", "layer"),
    [("quotes", "quotations"), ("times", "times"), ("statements", "statements"), ("mentions", "mentions")],
)
def test_a_passage_that_breaks_a_room_costs_that_passage(
    room: str, layer: str, parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_report(report(), parser, knowledge)
    assert 1 in passages_of(whole, layer)
    break_room(monkeypatch, room, 1, ZeroDivisionError("odd"))
    annotated = read_report(report(), parser, knowledge)
    assert passages_of(annotated, layer) == passages_of(whole, layer) - {1}
    assert Failure(room, 1, "ZeroDivisionError: odd") in annotated.failures
    (doubt,) = [one for one in annotated.doubts if one.kind is DoubtKind.UNREAD_PASSAGE]
    assert doubt.record == annotated.passages[1].id
    assert doubt.evidence.quote == PARTS[1]


def test_a_passage_that_breaks_places_costs_its_places(
    parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = places._part

    def breaks(tokens: Tokens, first: int, last: int, before: dict[str, frozenset[str]]) -> bool:
        return bool(1 // (tokens.words[first] != "Kharkiv")) and part(tokens, first, last, before)

    texts = ("Boats left Odesa on Monday.", "Shells fell on Kharkiv and Kyiv.", "Trains ran to Poltava again.")
    monkeypatch.setattr(places, "_part", breaks)
    annotated = read_report(report("line", *texts), parser, knowledge)
    assert [one.evidence.quote for one in annotated.places] == ["Odesa", "Poltava"]
    assert [(one.extractor, one.passage) for one in annotated.failures] == [("places", 1)]
    assert [d.evidence.quote for d in annotated.doubts if d.kind is DoubtKind.UNREAD_PASSAGE] == [texts[1]]


def test_a_passage_that_breaks_the_head_costs_what_it_tells(
    parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_room(monkeypatch, "head", 2, ZeroDivisionError("odd"))
    annotated = read_report(report("line", "ARDEN (AFP) — The dam burst.", *PARTS), parser, knowledge)
    assert (annotated.head.place, annotated.head.agency) == ("Arden", "AFP")
    assert [(one.extractor, one.passage) for one in annotated.failures] == [("head", 2)]


def test_the_reports_around_lose_nothing(parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read_report(report("b", PARTS[0]), parser, knowledge)
    break_room(monkeypatch, "statements", 1, ZeroDivisionError("odd"))
    reports = [report("a"), report("b", PARTS[0]), report("c")]
    read = list(read_reports(reports, parser, knowledge))
    assert [bool(one.failures) for one in read] == [True, False, True]
    assert read[1] == alone


def test_an_extractor_that_breaks_costs_its_layers(
    parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Reading) -> AnnotatedReport:
        raise IndexError("odd")

    steps = tuple(
        Extractor(step.name, step.requires, step.assigns, breaks) if step.name == "times" else step
        for step in ordered(extractors())
    )
    monkeypatch.setattr(pipeline, "extractors", lambda: steps)
    annotated = read_report(report(), parser, knowledge)
    assert annotated.times == ()
    assert annotated.statements
    assert Failure("times", None, "IndexError: odd") in annotated.failures


def test_a_broken_data_file_stops_the_run(
    parser: Parser, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_room(monkeypatch, "times", 0, KnowledgeError("times.yaml: an unknown key"))
    with pytest.raises(KnowledgeError, match="unknown key"):
        read_report(report(), parser, knowledge)


class Broken:
    """A parser on which one passage breaks."""

    def __init__(self, parser: Parser, on: str) -> None:
        self._parser, self._on = parser, on
        self.model, self.digest = parser.model, parser.digest

    def parse(self, passages: Sequence[str]) -> list[Parse]:
        parses = self._parser.parse(passages)
        return [EMPTY if self._on in text else parse for text, parse in zip(passages, parses, strict=True)]


def test_a_passage_without_a_parse_is_a_doubt(parser: Parser, knowledge: Knowledge) -> None:
    annotated = read_report(report(), Broken(parser, "The river"), knowledge)
    assert annotated.failures == (Failure("parser", 1, "it has no parse"),)
    assert [d.evidence.quote for d in annotated.doubts if d.kind is DoubtKind.UNREAD_PASSAGE] == [PARTS[1]]
    assert passages_of(annotated, "statements") == {0, 2}


def test_a_passage_of_nothing_is_no_failure(parser: Parser, knowledge: Knowledge) -> None:
    assert read_report(report("dots", PARTS[0], "•\u200b", PARTS[2]), parser, knowledge).failures == ()


def test_another_language_is_kept_and_not_read(knowledge: Knowledge) -> None:
    class Never:
        model = digest = "never"

        def parse(self, passages: Sequence[str]) -> list[Parse]:
            assert not passages
            return []

    annotated = read_report(report("uk", "Річка вийшла з берегів.", language="uk"), Never(), knowledge)
    assert annotated.status is ReadStatus.UNREAD_LANGUAGE
    assert [passage.evidence.quote for passage in annotated.passages] == ["Річка вийшла з берегів."]
    assert (annotated.statements, annotated.mentions, annotated.failures) == ((), (), ())
