from dateline.knowledge.handle import Knowledge
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report


def test_a_state_quotes_its_report_and_is_said_once(parser: Parser, knowledge: Knowledge) -> None:
    text = "Ardenian forces occupy the plant, which is managed by engineers of Tessaly."
    annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    assert {str(state.relation) for state in annotated.states} >= {"occupies"}
    assert len({(s.relation, s.subject.span, s.object.span) for s in annotated.states}) == len(annotated.states)
    for state in annotated.states:
        state.evidence.check(text)
        assert state.subject.span.of(text) == state.subject.text
        assert state.evidence.span.contains(state.object.span)


def test_a_dam_that_holds_back_a_river_does_not_control_it(parser: Parser, knowledge: Knowledge) -> None:
    for text, relations in (
        ("The army holds the village of Orle.", {"controls"}),
        ("The dam holds back the village of Orle.", set()),
    ):
        annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
        assert {str(state.relation) for state in annotated.states} == relations


def test_a_place_holds_no_office(parser: Parser, knowledge: Knowledge) -> None:
    text = "Shells hit the market in the border town of Vorlema, the regional governor said."
    annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    assert not [s for s in annotated.states if "Vorlema" in s.subject.text]
