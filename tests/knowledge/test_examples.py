"""The sentences that show each type: enough of them, no two alike, and how many the reader codes."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import DATA
from dateline.knowledge.ontology import COUNTEREXAMPLES, EXAMPLES, Example, load_examples
from dateline.model.report import Report
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.pipeline import read_reports
from tests.support.frames import frame_of

OF_A_TYPE, OF_A_MODE, LOOKALIKES = 25, 10, 6
CODED = 0.85
"""The least share of the examples in which the reader finds an event of the type."""
MISTAKEN = 0.13
"""The largest share of the counter-examples in which it finds any event."""


@pytest.fixture(scope="module")
def examples(knowledge: Knowledge) -> tuple[Example, ...]:
    return load_examples(DATA / "ontology", knowledge.ontology)


@pytest.fixture(scope="module")
def coded(examples: tuple[Example, ...], parser: Parser, knowledge: Knowledge) -> list[tuple[Example, set[str]]]:
    """Each example with the types of the events that the reader finds in it."""
    reports = (Report(id=str(n), text=one.text, language="en") for n, one in enumerate(examples))
    read = read_reports(reports, parser, knowledge)
    return [(one, {event.type for event in annotated.events}) for one, annotated in zip(examples, read, strict=True)]


def test_enough_for_each_type_and_mode(examples: tuple[Example, ...], knowledge: Knowledge) -> None:
    types = Counter(one.type for one in examples)
    modes = Counter((one.type, one.mode) for one in examples)
    lookalikes = Counter(one.like for one in examples)
    for kind in knowledge.ontology.types:
        assert types[kind.id] >= OF_A_TYPE, kind.id
        assert lookalikes[kind.id] >= LOOKALIKES, kind.id
        for mode in kind.modes:
            assert modes[kind.id, mode] >= OF_A_MODE, (kind.id, mode)


def test_no_sentence_stands_twice(examples: tuple[Example, ...]) -> None:
    assert [text for text, count in Counter(one.text for one in examples).items() if count > 1] == []


def test_no_two_share_a_lemma_in_one_frame(examples: tuple[Example, ...], parser: Parser) -> None:
    normal = [normalise(one.text) for one in examples]
    shared = defaultdict(list)
    for one, parse, text in zip(examples, parser.parse([n.text for n in normal]), normal, strict=True):
        tokens = Tokens(parse, text, 0)
        trigger = tokens.at(one.start)
        assert trigger is not None
        assert tokens.starts[trigger] == one.start, one.text
        if one.type is not None:
            shared[frame_of(tokens, trigger)].append(one.text)
    assert [texts for texts in shared.values() if len(texts) > 1] == []


def test_the_reader_codes_what_they_show(coded: list[tuple[Example, set[str]]]) -> None:
    shown = [one.type in types for one, types in coded if one.type is not None]
    assert sum(shown) / len(shown) >= CODED
    mistaken = [bool(types) for one, types in coded if one.type is None]
    assert sum(mistaken) / len(mistaken) <= MISTAKEN


@pytest.mark.parametrize("sentence", ["Nothing is marked.", "[Two] are [marked].", "An empty [] mark.", "Open [only."])
def test_a_sentence_needs_one_trigger(tmp_path: Path, knowledge: Knowledge, sentence: str) -> None:
    (tmp_path / EXAMPLES).write_text(f'- type: AID\n  sentences: ["{sentence}"]\n', encoding="utf-8")
    (tmp_path / COUNTEREXAMPLES).write_text("[]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="trigger"):
        load_examples(tmp_path, knowledge.ontology)


def test_a_type_or_mode_that_is_none_is_an_error(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / COUNTEREXAMPLES).write_text("[]\n", encoding="utf-8")
    for line in ("type: FROLIC", "type: AID\n  mode: frolic"):
        (tmp_path / EXAMPLES).write_text(f'- {line}\n  sentences: ["Arden [sent] food."]\n', encoding="utf-8")
        with pytest.raises(KnowledgeError, match=r"frolic|FROLIC"):
            load_examples(tmp_path, knowledge.ontology)


def test_a_trigger_is_its_words_without_brackets(examples: tuple[Example, ...]) -> None:
    assert all("[" not in one.text and one.trigger and one.trigger in one.text for one in examples)
