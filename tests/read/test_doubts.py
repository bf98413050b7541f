import re
from typing import Any

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.doubts import DoubtPattern, DoubtWords
from dateline.model.records import Failure
from dateline.model.report import Report
from dateline.model.vocab import DoubtKind
from dateline.nlp.base import Parser
from dateline.read import doubts
from dateline.read.doubts.words import compile_words
from dateline.read.pipeline import read_report
from dateline.read.reading import Reading

PATTERNS = Knowledge().lexicon(DoubtPattern)


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: entry.id)
def test_every_pattern_fires_on_its_examples_and_not_on_its_rejects(entry: DoubtPattern) -> None:
    pattern = re.compile(entry.pattern, re.MULTILINE)
    for example in entry.examples:
        assert pattern.search(example), example
        assert entry.key is None or entry.key in example
    for reject in entry.rejects:
        assert not pattern.search(reject), reject
    assert entry.rejects


def test_words_are_there(knowledge: Knowledge) -> None:
    words = compile_words(knowledge)
    assert len(knowledge.lexicon(DoubtWords)) == 6
    assert words.doubled.search("the mayor of of Arden")
    assert words.negation
    assert words.shared
    assert words.resolve
    assert words.two_objects


def test_a_passage_that_broke_an_extractor_is_a_doubt_once(parser: Parser, knowledge: Knowledge) -> None:
    annotated = read_report(Report(id="r", text="The dam burst.", language="en"), parser, knowledge)
    reading = Reading(annotated, (), knowledge)
    reading.failures += [Failure("times", 0, "ValueError: x"), Failure("quotes", 0, "ValueError: y")]
    reading.tokens = tuple(_tokens(annotated, parser))
    found = [d for d in doubts.run(reading).doubts if d.kind is DoubtKind.UNREAD_PASSAGE]
    assert [(d.evidence.quote, d.record) for d in found] == [("The dam burst.", annotated.passages[0].id)]
    assert "times" in found[0].because


def _tokens(annotated: Any, parser: Parser) -> Any:
    from dateline.nlp.base import Tokens
    from dateline.nlp.offsets import normalise

    normalised = [normalise(p.evidence.quote) for p in annotated.passages]
    for passage, one, parse in zip(
        annotated.passages, normalised, parser.parse([n.text for n in normalised]), strict=True
    ):
        yield Tokens(parse, one, passage.evidence.span.start)
