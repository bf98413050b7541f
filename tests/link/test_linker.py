import random

from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from tests.link.build import WIRE_TEXTS, plain


def test_any_order_of_reports_gives_the_same_links(parser: Parser, knowledge: Knowledge) -> None:
    given = [plain(id, text, day, source) for id, text, day, source in WIRE_TEXTS]
    annotated = list(read_reports(given, parser, knowledge))
    first = link(annotated, knowledge)
    assert first.copies
    assert first.incidents
    assert first.storylines
    for seed in range(5):
        random.Random(seed).shuffle(annotated)
        assert link(annotated, knowledge) == first


def test_derived_rows_rest_on_something_and_say_why(parser: Parser, knowledge: Knowledge) -> None:
    given = [plain(id, text, day, source) for id, text, day, source in WIRE_TEXTS]
    links = link(list(read_reports(given, parser, knowledge)), knowledge)
    for name in links.__struct_fields__:
        rows = getattr(links, name)
        assert len({row.id for row in rows}) == len(rows), name
        assert all(row.rests_on and row.because for row in rows), name
        assert "independent" not in " ".join(row.because for row in rows)


def test_nothing_gives_nothing(knowledge: Knowledge) -> None:
    links = link([], knowledge)
    assert not any(getattr(links, name) for name in links.__struct_fields__)
