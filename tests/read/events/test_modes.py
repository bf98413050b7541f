"""The mode of an event from the words under its trigger."""

from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.modes import ModeWords, mode_rules
from dateline.knowledge.load import DATA
from dateline.model.records import Event
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports


def events(text: str, parser: Parser, knowledge: Knowledge) -> tuple[Event, ...]:
    (annotated,) = read_reports([Report(id="x", text=text, language="en")], parser, knowledge)
    return annotated.events


def test_every_entry_gives_its_mode_in_its_examples(parser: Parser, knowledge: Knowledge) -> None:
    pairs = [(entry, text) for entry in knowledge.lexicon(ModeWords) for text in entry.examples]
    reports = [Report(id=str(n), text=text, language="en") for n, (_, text) in enumerate(pairs)]
    silent = [
        (entry.id, text, [(event.type, event.mode) for event in annotated.events])
        for (entry, text), annotated in zip(pairs, read_reports(reports, parser, knowledge), strict=True)
        if not any(event.mode == entry.mode and event.type in entry.types for event in annotated.events)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("text", "type_", "mode"),
    [
        # The nearest word decides, not the first that the lexicon knows.
        ("Arden demanded the release of the weapon dealers.", "REQUEST", "yield"),
        # Who asks says nothing of what is asked.
        ("The peace league called for elections in Tessaly.", "REQUEST", "change"),
        # What a refused act is of: the frame of the act knows another type's mode.
        ("Arden will never release the two pilots.", "REJECT", "yield"),
        # A more exact word takes the place of a frame's mode, another does not.
        ("Nurses in Tessaly began a hunger strike.", "PROTEST", "strike-hun"),
        ("A suicide bomber blew himself up in Tessaly.", "ASSAULT", "suicide-attack"),
        # Nothing says how.
        ("The rebels attacked the village of Tessaly.", "ASSAULT", None),
    ],
)
def test_what_decides(parser: Parser, knowledge: Knowledge, text: str, type_: str, mode: str | None) -> None:
    modes = [event.mode for event in events(text, parser, knowledge) if event.type == type_]
    assert set(modes) == {mode}


def test_a_clause_of_its_own_says_nothing(parser: Parser, knowledge: Knowledge) -> None:
    found = events("Gunmen who owned a missile attacked the village of Tessaly.", parser, knowledge)
    assert [event.mode for event in found if event.type == "ASSAULT"] == ["firearms"]


def test_an_unknown_mode_or_list_is_an_error(tmp_path: Path) -> None:
    for name, wrong in (("frolic", "mode: frolic\n  words: [bomb]"), ("frolic", 'mode: beat\n  words: ["@frolic"]')):
        root = tmp_path / str(len(wrong))
        (root / "lexicon" / "en").mkdir(parents=True)
        for kept in ("ontology/plover.yaml", "lexicon/en/event_words.yaml"):
            (root / kept).parent.mkdir(parents=True, exist_ok=True)
            (root / kept).write_bytes((DATA / kept).read_bytes())
        entry = f"- id: wrong\n  types: [ASSAULT]\n  {wrong}\n  examples: [A bomb.]\n"
        (root / "lexicon" / "en" / ModeWords.FILE).write_text(entry, encoding="utf-8")
        with pytest.raises(KnowledgeError, match=name):
            mode_rules(Knowledge(root))
