"""Training: the same bytes each time, a threshold that keeps its word, nothing learned from what nobody marked."""

from pathlib import Path

import pytest

from benchmarks.train_events import Item, Marked, items, precision, sentences, train, validate, written
from dateline.knowledge.handle import Knowledge
from dateline.read.events.classifier import BIAS, NOTHING, Model, read_model, taught

SEEN = [
    *(Item(f"a{n}", ("v=send", "o=food"), "AID", False) for n in range(9)),
    *(Item(f"b{n}", ("v=shell", "o=village"), "ASSAULT", False) for n in range(9)),
    *(Item(f"c{n}", ("v=eat", "o=food"), NOTHING, False) for n in range(9)),
]


def test_training_twice_gives_the_same_bytes() -> None:
    assert written(0.8, *train(SEEN)) == written(0.8, *train(SEEN))


def test_what_is_taught_is_known() -> None:
    classes, weights = train(SEEN)
    model = Model(classes, 0.5, weights, taught(classes, weights))
    assert model.best(["v=send", "o=food"])[0] == "AID"
    assert model.best(["v=shell", "o=village"])[0] == "ASSAULT"
    assert model.shares(["v=eat", "o=food"])[NOTHING] > 0.5
    assert model.taught == {"v=send", "v=shell"}


def test_a_feature_seen_once_is_dropped_unless_it_is_the_word_itself() -> None:
    classes, weights = train([*SEEN, Item("d", ("v=lob", "o=stone"), "ASSAULT", False)])
    assert "v=lob" in weights
    assert "o=stone" not in weights
    assert BIAS in weights
    assert classes == (NOTHING, "AID", "ASSAULT")


def test_the_file_reads_back_as_it_was(tmp_path: Path) -> None:
    classes, weights = train(SEEN)
    path = tmp_path / "types.tsv"
    path.write_text(written(0.75, classes, weights), encoding="utf-8")
    model = read_model(path)
    assert (model.threshold, model.classes, dict(model.weights)) == (0.75, classes, weights)


def test_precision_counts_what_reaches_the_threshold() -> None:
    validated = [(0.9, True), (0.8, False), (0.4, False)]
    assert precision(validated, 0.85) == (1.0, 1)
    assert precision(validated, 0.5) == (0.5, 2)
    assert precision(validated, 0.95) == (0.0, 0)


def test_validation_asks_about_each_known_word_once_whether_or_not_a_frame_fires() -> None:
    fired = [Item(one.text, one.features, one.type, True) for one in SEEN]
    assert len(validate(fired)) == len(validate(SEEN)) == sum(one.type != NOTHING for one in SEEN)
    assert all(right for _, right in validate(SEEN))


@pytest.fixture(scope="module")
def marked(knowledge: Knowledge) -> list[Item]:
    text = "Arden sent food to Tessaly and the baker sang while gunmen attacked a base."
    return items([Marked(text, {text.index("sent"): "AID"})], knowledge)


def test_a_mark_is_its_type_and_other_words_are_nothing(marked: list[Item]) -> None:
    by_word = {item.features[0]: item.type for item in marked}
    assert by_word["v=send"] == "AID"
    assert by_word["v=sing"] == NOTHING


def test_nothing_is_learned_of_a_word_where_a_frame_fires_unmarked(marked: list[Item]) -> None:
    assert "v=attack" not in {item.features[0] for item in marked}


def test_only_sentences_of_the_project_teach(knowledge: Knowledge) -> None:
    taught_by = list(sentences(knowledge))
    assert len(taught_by) > 1500
    assert any(one.frame for one in taught_by)
