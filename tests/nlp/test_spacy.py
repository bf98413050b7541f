"""The parser: loaded when it is needed, and the same whatever stands in the batch."""

import random
import subprocess
import sys

import pytest

from dateline.errors import ModelError
from dateline.knowledge.handle import Knowledge
from dateline.model.report import Report
from dateline.nlp.base import EMPTY, Parser
from dateline.nlp.spacy import BATCH, BATCH_LENGTH, SpacyParser, batches
from dateline.read.pipeline import read_report
from dateline.read.segment import LONGEST
from tests.support.reader import MODEL

PASSAGES = [
    f"{who} said on {day} that {n} boats were lost above {place}, and that the dam was safe{end}"
    for who in ("Mara Venn", "The mayor, Odo Karr,", "A spokesman for the port")
    for day in ("Monday", "2 May")
    for n, place in ((2, "Velmar"), (17, "Arden"))
    for end in (".", "; nobody had been told of it before the river rose again.")
]


def test_how_passages_are_batched_does_not_change_their_parses(parser: Parser) -> None:
    together = dict(zip(PASSAGES, parser.parse(PASSAGES), strict=True))
    mixed = random.Random(3).sample(PASSAGES, len(PASSAGES))
    assert dict(zip(mixed, parser.parse(mixed), strict=True)) == together
    assert {passage: parser.parse([passage])[0] for passage in PASSAGES} == together


def test_the_model_is_loaded_only_to_parse() -> None:
    code = (
        "import sys; from dateline.nlp.spacy import SpacyParser;"
        f"parser = SpacyParser({MODEL!r}, [('PERSON', 'Mara Venn')]); parser.digest; parser.parse([]);"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_digest_names_the_ruler() -> None:
    assert SpacyParser(MODEL, [("PERSON", "Mara Venn")]).digest != SpacyParser(MODEL).digest
    assert (
        SpacyParser(MODEL, [("PERSON", "A"), ("GPE", "B")]).digest
        == SpacyParser(MODEL, [("GPE", "B"), ("PERSON", "A"), ("GPE", "B")]).digest
    )


def test_a_model_that_is_not_known_is_refused_at_once() -> None:
    with pytest.raises(ModelError, match="en_core_web_xx"):
        SpacyParser("en_core_web_xx")


def test_a_passage_that_breaks_the_model_costs_itself(parser: Parser) -> None:
    too_long = "a " * 600_000
    parses = parser.parse([PASSAGES[0], too_long, PASSAGES[1]])
    assert parses[1] == EMPTY
    assert [parses[0], parses[2]] == parser.parse(PASSAGES[:2])


def test_batches_hold_all_passages_in_order_and_none_too_much() -> None:
    long = "The dam above Velmar is safe, they said. " * 90
    passages = [long] * 60 + ["Two boats were lost."] * (2 * BATCH)
    found = [list(some) for some in batches(passages)]
    assert [passage for some in found for passage in some] == passages
    assert all(len(some) <= BATCH and sum(map(len, some)) <= BATCH_LENGTH for some in found)
    assert len(found) == 5
    too_long = "a" * (BATCH_LENGTH + 1)
    assert [list(some) for some in batches(["b", too_long, "c"])] == [["b"], [too_long], ["c"]]


def test_a_very_long_line_is_read_in_pieces_that_keep_their_place(parser: Parser, knowledge: Knowledge) -> None:
    sentence = "Mara Venn said on Monday that the dam above Velmar was safe. "
    text = sentence * (3 * LONGEST // len(sentence))
    annotated = read_report(Report(id="long", text=text, language="en"), parser, knowledge)
    assert len(annotated.passages) > 2
    assert len(annotated.statements) == text.count("said")
    assert all(one.evidence.span.of(text) == one.evidence.quote for one in annotated.statements)
