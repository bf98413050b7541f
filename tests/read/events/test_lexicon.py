"""Every entry of the event, state and status lexicons fires on its own example."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import ActionNoun, EventFrame, WordList, event_frames
from dateline.knowledge.lexicon.states import StateFrame
from dateline.knowledge.lexicon.status import StatusCue, status_cues
from dateline.model.report import Report
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.status import judge
from dateline.read.pipeline import read_reports

PREDICATES = ("attack", "destroy", "annexation")


@pytest.fixture(scope="module")
def fired(parser: Parser, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The events that each example of a frame gives, by (frame id, example)."""
    examples = [(entry.id, text) for entry in knowledge.lexicon(EventFrame) for text in entry.examples]
    reports = [Report(id=f"{id_}#{i}", text=text, language="en") for i, (id_, text) in enumerate(examples)]
    found: dict[str, tuple[str, ...]] = {}
    for annotated in read_reports(reports, parser, knowledge):
        assert not [f for f in annotated.failures if f.extractor in ("events", "states")]
        found[annotated.report.id] = tuple(event.because for event in annotated.events)
    return found


def test_every_frame_fires_on_each_of_its_examples(fired: dict[str, tuple[str, ...]]) -> None:
    silent = [
        (key, because)
        for key, because in fired.items()
        if not any(one.removeprefix("frame ").split(";")[0].split(",")[0] == key.split("#")[0] for one in because)
    ]
    assert not silent


def test_every_action_noun_is_the_act_of_its_verb(parser: Parser, knowledge: Knowledge) -> None:
    silent = []
    for entry in knowledge.lexicon(ActionNoun):
        for text in entry.examples:
            annotated = next(iter(read_reports([Report(id="x", text=text, language="en")], parser, knowledge)))
            if not any(event.trigger.text.lower() in entry.nouns for event in annotated.events):
                silent.append((entry.id, text))
    assert not silent


def test_every_word_list_is_used_and_holds_words(knowledge: Knowledge) -> None:
    frames = event_frames(knowledge)
    assert all(frames.lists[one.id] for one in knowledge.lexicon(WordList))


def test_every_status_cue_changes_the_predicate_of_its_example(parser: Parser, knowledge: Knowledge) -> None:
    cues = status_cues(knowledge)
    silent = []
    for cue in knowledge.lexicon(StatusCue):
        for text in cue.examples:
            normal = normalise(text)
            tokens = Tokens(parser.parse([normal.text])[0], normal, 0)
            predicates = [i for i, lemma in enumerate(tokens.lemmas) if lemma.lower() in PREDICATES]
            found = [judge(tokens, i, cues) for i in predicates]
            if cue.kind == "stage":
                met = any(one.stage is cue.stage for one in found)
            elif cue.kind in ("support", "light"):
                met = any(one.asserted for one in found)
            else:
                met = any(f"({cue.id})" in one.because for one in found)
            if not met:
                silent.append((cue.id, text, [one.because for one in found]))
    assert not silent


def test_every_state_frame_fires(parser: Parser, knowledge: Knowledge) -> None:
    silent = []
    for entry in knowledge.lexicon(StateFrame):
        for text in entry.examples:
            annotated = next(iter(read_reports([Report(id="x", text=text, language="en")], parser, knowledge)))
            if not any(state.relation is entry.relation for state in annotated.states):
                silent.append((entry.id, text))
    assert not silent
