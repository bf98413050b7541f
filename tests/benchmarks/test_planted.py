"""What the generator plants is what it says it plants, and the scorer can fail."""

from benchmarks.planted import outcomes, score
from benchmarks.plants import Degree, Planter, load
from dateline.model.vocab import ChangeKind


def test_one_seed_gives_one_world() -> None:
    assert Planter(5).reports() == Planter(5).reports()
    assert Planter(5).reports() != Planter(6).reports()


def test_the_halves_share_neither_events_nor_names() -> None:
    tuning, held_out = load(False), load(True)
    for field in ("scenarios", "synonyms", "given", "surname_ends", "place_starts", "quotes", "banners"):
        assert not set(getattr(tuning, field)) & set(getattr(held_out, field))


def test_sites_hold_their_sentences_and_changes_differ_from_the_parent() -> None:
    worlds = [Planter(seed).reports() for seed in range(4)]
    kinds = set()
    for world in worlds:
        made = {one.id: one for one in world}
        for report in world:
            for sentence, span in report.spans():
                assert span.of(report.text) == sentence.text
                if sentence.altered and sentence.parent:
                    parent = next(s for s in made[sentence.parent].sentences if s.line == sentence.line)
                    key = sentence.altered.key
                    before = [at.of(parent.text) for at in parent.where(key)]
                    assert before != [at.of(sentence.text) for at in sentence.where(key)]
                    kinds.add(sentence.altered.kind)
    assert len(kinds) >= len(ChangeKind) - 2


def test_the_heavier_the_spin_the_fewer_words_are_left() -> None:
    spun: dict[Degree, list[float]] = {degree: [] for degree in Degree}
    for seed in range(6):
        for report in Planter(seed).reports():
            if report.degree:
                spun[report.degree] += [s.spun for s in report.sentences if s.parent and len(s.forms) > 1]
    means = [sum(spun[degree]) / len(spun[degree]) for degree in Degree]
    assert means == sorted(means)
    assert means[0] == 0.0
    assert means[-1] > 0.3


def test_copies_come_after_their_parents() -> None:
    for seed in range(4):
        made = {one.id: one for one in Planter(seed).reports()}
        for report in made.values():
            for parent in report.parents:
                earlier, later = made[parent].published, report.published
                assert (earlier is None) == (later is None)
                assert earlier is None or later is None or earlier < later


def test_copies_are_copied_again_where_that_is_asked_for() -> None:
    for further in (False, True):
        made = {one.id: one for one in Planter(3, further=further).reports()}
        again = [one for one in made.values() if any(made[parent].parents for parent in one.parents)]
        assert bool(again) is further


def test_the_scorer_tells_right_from_wrong() -> None:
    found = outcomes(held_out=False, worlds=2)
    assert {one.right for one in found} == {True, False}
    names = {measure.name for measure in score(2)}
    assert {"copies: precision", "spun: recall", "changes: precision", "changes: recall"} <= names
    assert {"origins: exact, share", "direction with dates or credits: accuracy"} <= names
    assert "second hand: precision (forebear and heir, not siblings)" in names
