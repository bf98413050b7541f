from dateline.model.judgements import Rating
from dateline.model.vocab import RatingScale, Table
from dateline.views.grades import Grades


def rating(target: str, value: str, at: str = "2031-05-04") -> Rating:
    scale = RatingScale.CREDIBILITY if value.isdigit() else RatingScale.RELIABILITY
    table = Table.INCIDENTS if value.isdigit() else Table.REPORTS
    return Rating.of(table, target, scale, value, by="Ann", at=at)


def test_nothing_is_judged_until_somebody_does() -> None:
    assert Grades().shown(["Delta Wire"], ["i1"]) == "F6"
    assert Grades().shown([None], []) == "F6"


def test_the_latest_rating_holds_whatever_its_order() -> None:
    ratings = [rating("Delta Wire", "B", "2031-05-05"), rating("Delta Wire", "D"), rating("i1", "3")]
    assert Grades(ratings).shown(["Delta Wire"], ["i1"]) == "B3"


def test_several_sources_keep_their_own_grades() -> None:
    grades = Grades([rating("Delta Wire", "B"), rating("Orrin", "D")])
    assert grades.shown(["Delta Wire", "Orrin", None], ["i1"]) == "Delta Wire B, Orrin D, others F; item 6"


def test_an_item_is_found_under_any_of_its_ids() -> None:
    assert Grades([rating("e2", "2")]).shown([], ["i1", "e2"]) == "F2"
