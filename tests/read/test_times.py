import pytest

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.times import TimeRule, TimeWords
from dateline.model.report import Published, Report
from dateline.model.vocab import TimeBasis
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_report
from dateline.read.times.grammar import Grammar, compile_grammar
from dateline.read.times.scan import shapes


@pytest.fixture(scope="module")
def grammar(knowledge: Knowledge) -> Grammar:
    return compile_grammar(knowledge)


@pytest.mark.parametrize("rule", Knowledge().lexicon(TimeRule), ids=lambda rule: rule.id)
def test_every_rule_fires_on_its_examples(rule: TimeRule, grammar: Grammar) -> None:
    for example in rule.examples:
        rules = {hit.rule for hit in grammar.find(example, 0, len(example))}
        assert rule.id in rules if rule.reckon else rules, example


@pytest.mark.parametrize("words", Knowledge().lexicon(TimeWords), ids=lambda words: words.id)
def test_every_class_of_words_stands_in_its_examples(words: TimeWords, grammar: Grammar) -> None:
    for example in words.examples:
        found = [grammar.classes(word.strip(".,'").lower()) for word in example.replace("-", " ").split()]
        joined = example.lower()
        assert any(words.id in classes for classes in found) or any(word in joined for word in words.words)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("at 11:30 p.m. GMT on Tuesday", "2024-04-30T23:30+00:00"),
        ("at 0600 GMT on Tuesday", "2024-04-30T06:00+00:00"),
        ("at 9 a.m. Moscow time on Tuesday", "2024-04-30T09:00+03:00"),
        ("at 9 a.m. local time on Tuesday", "2024-04-30T09:00"),
        ("at 9 a.m. IST on Tuesday", "2024-04-30T09:00"),
    ],
)
def test_a_zone_makes_one_moment_where_it_is_sure(
    words: str, moment: str, parser: Parser, knowledge: Knowledge
) -> None:
    report = Report(id="one", text=f"Sirens sounded {words}.", published=Published.parse("2024-05-01"), language="en")
    times = read_report(report, parser, knowledge).times
    assert [time.from_ for time in times] == [moment]


def test_moscow_time_before_2016_is_left_open(parser: Parser, knowledge: Knowledge) -> None:
    text = "Sirens sounded at 9 a.m. Moscow time on Tuesday."
    report = Report(id="one", text=text, published=Published.parse("2013-05-01"), language="en")
    assert read_report(report, parser, knowledge).times[0].from_ == "2013-04-30T09:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bridge is to be opened on Saturday.", "2024-05-04"),
        ("The ship is due on Saturday.", "2024-05-04"),
        ("The baker won't reopen on Saturday.", "2024-05-04"),
        ("Unions called for a strike on Saturday.", "2024-05-04"),
        ("The planned handover on Saturday was put off.", "2024-05-04"),
        ("The court sits again on Saturday.", "2024-05-04"),
        ("Ahead of Saturday's vote, bars were told to close.", "2024-05-04"),
        ("Unions held a strike on Saturday.", "2024-04-27"),
        ("A letter found on Saturday tells of it.", "2024-04-27"),
        ("By Saturday the water had reached the altar.", "2024-04-27"),
        ("The court says it fell on Saturday.", "2024-04-27"),
    ],
)
def test_what_lies_ahead_and_what_is_over(text: str, day: str, parser: Parser, knowledge: Knowledge) -> None:
    report = Report(id="one", text=text, published=Published.parse("2024-05-01"), language="en")
    assert [time.value for time in read_report(report, parser, knowledge).times] == [day]


def test_a_bare_number_is_no_year(grammar: Grammar) -> None:
    text = "Around 40 were rescued and 2000 tents burned."
    assert not list(grammar.find(text, 0, len(text)))


def test_shapes_of_digits() -> None:
    assert "year" not in shapes("1,984")
    assert shapes("32") == {"number", "minute"}
    assert shapes("45th") == {"ordinal_digit"}
    assert shapes("1990s") == {"decade_digit"}


def test_a_report_without_a_date_leaves_relative_times_unanchored(parser: Parser, knowledge: Knowledge) -> None:
    text = "The dam burst last week. It was built in 1994."
    annotated = read_report(Report(id="r", text=text, language="en"), parser, knowledge)
    relative, explicit = annotated.times
    assert (relative.basis, relative.from_) == (TimeBasis.UNANCHORED, None)
    assert (explicit.basis, explicit.from_) == (TimeBasis.EXPLICIT, "1994-01-01")


def test_an_impossible_date_is_no_time(parser: Parser, knowledge: Knowledge) -> None:
    report = Report(id="r", text="The notice is dated 31 February 2030.", published=Published.parse("2031-05-06"))
    assert all(time.value != "2030-02-31" for time in read_report(report, parser, knowledge).times)
