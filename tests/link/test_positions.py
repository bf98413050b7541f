"""Who stands where, and one quotation given to two: over reports read by the parser."""

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.links import Links
from dateline.model.report import Published, Report
from dateline.model.vocab import ConflictKind, Stance
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports


def linked(parser: Parser, knowledge: Knowledge, *texts: str) -> Links:
    days = (Published.parse(f"2031-05-{4 + n:02}") for n in range(len(texts)))
    reports = [
        Report(id=f"r{n}", text=text, published=day, language="en")
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    return link(list(read_reports(reports, parser, knowledge)), knowledge)


@pytest.mark.parametrize(
    ("text", "actor", "stance", "issue"),
    [
        ("Governor Mara Venn backed the votes.", "Mara Venn", Stance.SUPPORTS, "votes"),
        ("Governor Mara Venn rejected any change of the border.", "Mara Venn", Stance.OPPOSES, "change of the border"),
        (
            "Governor Mara Venn said her country would never recognise the results.",
            "Mara Venn",
            Stance.OPPOSES,
            "recognise the results",
        ),
        (
            "“The referendums are a farce,” Governor Mara Venn said.",
            "Mara Venn",
            Stance.OPPOSES,
            "referendums",
        ),
        (
            "Governor Mara Venn described the ballots as “a flagrant farce”.",
            "Mara Venn",
            Stance.OPPOSES,
            "ballots",
        ),
        (
            "Governor Mara Venn endorsed Gen. Oskar Brandt.",
            "Mara Venn",
            Stance.SUPPORTS,
            "Gen. Oskar Brandt",
        ),
        ("Governor Mara Venn opposed closing the border.", "Mara Venn", Stance.OPPOSES, "closing the border"),
    ],
)
def test_a_stance_is_told_of_what_it_is_on(
    text: str, actor: str, stance: Stance, issue: str, parser: Parser, knowledge: Knowledge
) -> None:
    (position,) = linked(parser, knowledge, text).positions
    assert (position.actor, position.stance, position.issue) == (actor, stance, issue)
    assert (position.from_, position.to) == ("2031-05-04", "2031-05-04")


@pytest.mark.parametrize(
    "text",
    [
        "Governor Mara Venn accused Varnian troops of the attack.",
        "Governor Mara Venn said the vote would be held on Monday.",
        "Governor Mara Venn called it “a farce”.",
        "Governor Mara Venn did not back the votes.",
        "Governor Mara Venn said more patrols are needed in the north to stop an assault.",
        "Governor Mara Venn said: “The other candidates, whoever backs them, are not able to win.”",
        "Governor Mara Venn said the raid on the Nordvik pipeline was an outrage, and called for calm.",
    ],
)
def test_what_shows_no_stance_on_a_named_issue_gives_none(text: str, parser: Parser, knowledge: Knowledge) -> None:
    issues = [position.issue for position in linked(parser, knowledge, text).positions]
    assert not any("pipeline" in issue or "Varnian" in issue for issue in issues)
    assert not issues or "raid" in issues[0]


def test_first_and_last_said_and_mixed_records(parser: Parser, knowledge: Knowledge) -> None:
    backed, again = "Governor Mara Venn backed the votes.", "Governor Mara Venn endorsed the votes in Skarn."
    (position,) = linked(parser, knowledge, backed, again).positions
    assert (position.from_, position.to, len(position.statements)) == ("2031-05-04", "2031-05-05", 2)
    assert linked(parser, knowledge, backed, "Governor Mara Venn condemned the votes.").positions == ()


QUOTE = "“We will hold the bridge until the last boat has crossed,” {} said."


def test_one_quotation_given_to_two_speakers_is_a_conflict(parser: Parser, knowledge: Knowledge) -> None:
    links = linked(parser, knowledge, QUOTE.format("Governor Mara Venn"), QUOTE.format("General Oskar Brandt"))
    (conflict,) = [c for c in links.conflicts if c.kind is ConflictKind.SPEAKER]
    assert "Mara Venn" in conflict.because
    assert "Oskar Brandt" in conflict.because
    assert set(conflict.rests_on) == {conflict.left, conflict.right}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Governor Mara Venn", "Mara Venn"),
        ("Governor Mara Venn", "Governor Mara Wenn"),
        ("Governor Mara Venn", "the governor"),
    ],
)
def test_one_speaker_under_two_names_is_none(one: str, other: str, parser: Parser, knowledge: Knowledge) -> None:
    links = linked(parser, knowledge, QUOTE.format(one), QUOTE.format(other))
    assert not [c for c in links.conflicts if c.kind is ConflictKind.SPEAKER]


def test_a_short_phrase_may_be_anybodys(parser: Parser, knowledge: Knowledge) -> None:
    texts = ("“We will win,” Governor Mara Venn said.", "“We will win,” General Oskar Brandt said.")
    assert not [c for c in linked(parser, knowledge, *texts).conflicts if c.kind is ConflictKind.SPEAKER]
