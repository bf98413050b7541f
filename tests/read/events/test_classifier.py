"""What the classifier adds beside the frames, and what it leaves alone."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import event_frames
from dateline.model.report import Report
from dateline.nlp.base import Parser, Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.classifier import (
    BIAS,
    NOTHING,
    UNASKED,
    Classifier,
    Features,
    Model,
    candidates,
    load_classifier,
    read_model,
    vocabulary,
)
from dateline.read.events.triggers import Finder, Trigger
from dateline.read.pipeline import read_reports

CLASSES = (NOTHING, "AGREE", "AID", "ASSAULT", "CONSULT", "THREATEN")
Found = Callable[..., list[Trigger]]


def model(weights: Mapping[str, Mapping[str, float]] = {}, threshold: float = 0.5) -> Model:
    """A model that speaks for no event, but for these words or features ("v=frolic")."""
    rows = {BIAS: {NOTHING: 1.0}, **weights}
    table = {feature: tuple(row.get(kind, 0.0) for kind in CLASSES) for feature, row in rows.items()}
    return Model(CLASSES, threshold, table, frozenset(f for f in table if f[:2] in ("v=", "n=")))


@pytest.fixture
def found(parser: Parser, knowledge: Knowledge) -> Found:
    def find(text: str, one: Model) -> list[Trigger]:
        normal = normalise(text)
        finder = Finder(Tokens(parser.parse([normal.text])[0], normal, 0), event_frames(knowledge))
        return Classifier(one, vocabulary(knowledge)).beside(finder, finder.triggers())

    return find


def test_the_shipped_model_knows_every_type(knowledge: Knowledge) -> None:
    shipped = load_classifier(knowledge).model
    assert set(shipped.classes) == {NOTHING, *knowledge.ontology.by_id}
    assert 0.5 <= shipped.threshold < 1
    assert len(shipped.taught) > 300


def test_shares_add_up_to_one() -> None:
    shares = model({"v=send": {"AID": 2.0}}).shares(["v=send", "never seen"])
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=lambda kind: shares[kind]) == "AID"


def test_a_taught_word_that_no_frame_takes_is_a_trigger(found: Found) -> None:
    (trigger,) = found("The queen bemoaned the harvest.", model({"v=bemoan": {"ASSAULT": 4.0}}))
    assert (trigger.frame.entry.type, trigger.verbal, trigger.frame.weight) == ("ASSAULT", True, 0)


def test_below_the_threshold_nothing_is_added(found: Found) -> None:
    assert found("The queen bemoaned the harvest.", model({"v=bemoan": {"ASSAULT": 4.0}}, 0.99)) == []


def test_a_word_that_it_was_not_taught_is_not_asked_about(found: Found) -> None:
    assert found("The queen bemoaned the harvest.", model({"o=harvest": {"ASSAULT": 9.0}})) == []


@pytest.mark.parametrize("kind", ["AGREE", "CONSULT"])
def test_types_left_to_the_frames_are_not_given(found: Found, kind: str) -> None:
    assert kind in UNASKED
    assert found("The queen bemoaned the harvest.", model({"v=bemoan": {kind: 9.0}})) == []


def test_what_a_frame_took_stays_its_own(found: Found) -> None:
    text = "The army shelled the village of Tessaly."
    (trigger,) = found(text, model({"v=shell": {"AID": 9.0}}))
    assert trigger.frame.entry.type == "ASSAULT"


def test_a_noun_is_asked_about_under_its_own_mark(found: Found) -> None:
    text = "The gathering pleased the queen."
    assert found(text, model({"v=gathering": {"AID": 9.0}})) == []
    (trigger,) = found(text, model({"n=gathering": {"AID": 9.0}}))
    assert not trigger.verbal


def test_a_threat_takes_the_act_it_is_about(found: Found) -> None:
    text = "The rebels yearned to shell the village of Tessaly."
    assert [one.frame.entry.type for one in found(text, model())] == ["ASSAULT"]
    (trigger,) = found(text, model({"v=yearn": {"THREATEN": 9.0}}))
    assert trigger.frame.entry.type == "THREATEN"


def test_what_is_given_is_no_recipient(found: Found, parser: Parser) -> None:
    (trigger,) = found("Arden wheeled bread to the orphans.", model({"v=wheel": {"AID": 9.0}}))
    assert trigger.object is not None
    (trigger,) = found("Arden wheeled the prisoner home.", model({"v=wheel": {"AID": 9.0}}))
    assert trigger.object is None


def test_level_frames_are_decided_by_the_likelier_type(found: Found, knowledge: Knowledge, parser: Parser) -> None:
    frames = event_frames(knowledge)
    normal = normalise("The army shelled the village of Tessaly.")
    finder = Finder(Tokens(parser.parse([normal.text])[0], normal, 0), frames)
    (trigger,) = finder.triggers()
    assert finder.level(trigger) == []
    rival = replace(trigger, frame=replace(trigger.frame, entry=replace(trigger.frame.entry, type="AID")))
    for kind, wanted in (("AID", rival), ("ASSAULT", trigger)):
        asked = Classifier(model({"v=shell": {kind: 9.0}}), vocabulary(knowledge))
        assert asked._decided(trigger, [rival], Features(finder, asked.known)) is wanted


def test_frames_of_other_types_that_demand_as_much_are_level(knowledge: Knowledge, parser: Parser) -> None:
    normal = normalise("The army shelled the village of Tessaly.")
    frames = event_frames(knowledge)
    (own,) = (frame for frame in frames.verbs["shell"])
    other = replace(own, entry=replace(own.entry, id="other", type="AID"))
    more = replace(other, weight=own.weight + 1)
    for rivals, level in (((own, other), 1), ((own, more), 0), ((own, own), 0)):
        known = replace(frames, verbs={**frames.verbs, "shell": rivals})
        finder = Finder(Tokens(parser.parse([normal.text])[0], normal, 0), known)
        (trigger,) = (one for one in finder.triggers() if one.frame.entry.id == own.entry.id)
        assert len(finder.level(trigger)) == level


def test_names_and_compounds_are_no_candidates(parser: Parser, knowledge: Knowledge) -> None:
    normal = normalise("According to Mara Venn the harvest festival pleased villagers.")
    finder = Finder(Tokens(parser.parse([normal.text])[0], normal, 0), event_frames(knowledge))
    assert [word for _, word in candidates(finder, ())] == ["n=festival", "v=please", "n=villager"]


def test_features_tell_voice_parties_and_lists(parser: Parser, knowledge: Knowledge) -> None:
    normal = normalise("Food was sent to the besieged town by the monks.")
    finder = Finder(Tokens(parser.parse([normal.text])[0], normal, 0), event_frames(knowledge))
    features = Features(finder, vocabulary(knowledge)).of(finder.lemmas.index("send"), "v=send")
    assert {"v=send", "passive", "o=food", "o@assistance", "send/food", "send+to", "p=town", "may=v:AID"} <= {*features}


def test_the_reader_says_that_it_was_learned(parser: Parser, knowledge: Knowledge) -> None:
    (annotated,) = read_reports(
        [Report(id="x", text="The editor was threatened with prison by a minister.", language="en")], parser, knowledge
    )
    events = [event for event in annotated.events if event.type == "THREATEN"]
    assert events
    assert all("frame" in event.because for event in events)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.8\t-\tAID\n",
        "x\t-\tAID\nbias\t1\t\n",
        "0.8\tAID\nbias\t1\n",
        "0.8\t-\tAID\nbias\t1\n",
        "0.8\t-\nbias\ty\n",
    ],
)
def test_a_broken_file_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "types.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"types\.tsv"):
        read_model(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"types\.tsv"):
        read_model(tmp_path / "types.tsv")
