from hypothesis import given
from hypothesis import strategies as st

from dateline.model.report import Block, Report
from dateline.model.span import Span
from dateline.model.vocab import PassageKind
from dateline.read.segment import LONGEST, segment

STORY = """Dam fails above Oskavar as rain goes on

Nine villages of the Sarvan delta are flooded, the water board says

OSKAVAR — The Kelmar dam failed at dawn on Sunday, the Ardovian water board said.

  • Nine villages were flooded.
  • Two bridges are closed.
Soldiers pile sandbags along the Kelmar sluice as water rises, in Oskavar

In Oskavar, soldiers pile sandbags along the Kelmar sluice as the water rises.

Ilse Torvald (left), head of the water board, inspects a broken gate on Sunday

The water board had warned of cracks since spring.
"""


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    report = Report(id="r", text=text, title=title)
    return [(p.kind.value, p.evidence.quote[:24]) for p in segment(report)]


def test_a_story_with_captions() -> None:
    assert [kind for kind, _ in kinds(STORY)] == [
        "headline",
        "standfirst",
        "paragraph",
        "bullet",
        "bullet",
        "caption",
        "caption",
        "caption",
        "paragraph",
    ]


def test_the_title_repeated_is_the_headline_even_with_a_stop() -> None:
    assert kinds("Dam fails.\n\nThe Kelmar dam failed.", "Dam fails")[0][0] == "headline"


def test_a_first_sentence_is_no_headline() -> None:
    assert kinds("The dam failed.\n\nNine villages of the delta are under water.")[0][0] == "paragraph"


def test_a_credit_makes_a_caption() -> None:
    text = "The Kelmar dam failed.\n\nA flooded street in Oskavar. Photo: M. Hale / Reuters\n\nThe board met."
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "caption", "paragraph"]


def test_a_crosshead_is_no_caption() -> None:
    text = "The Kelmar dam failed.\n\nWhat comes next\n\nThe board meets on Monday."
    assert "caption" not in [kind for kind, _ in kinds(text)]


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The Kelmar dam failed at dawn on Sunday after nine days of rain, the\n"
        "Ardovian water board said, and nine villages of the Sarvan delta were\n"
        "flooded before noon. Soldiers piled sandbags along the sluice while\n"
        "boats took the villagers to Oskavar.\n\n"
        "The board had warned of cracks since spring, when the lower gate was\n"
        "found to be leaking.\n"
    )
    found = segment(Report(id="r", text=text))
    assert [p.evidence.quote.split()[0] for p in found] == ["The", "The"]


def test_a_long_line_is_split_at_sentence_ends() -> None:
    text = "The Kelmar dam failed at dawn on Sunday. " * 400
    found = segment(Report(id="r", text=text))
    assert len(found) > 3
    assert all(len(p.evidence.quote) <= LONGEST and p.evidence.quote.endswith(".") for p in found)


def test_a_monstrous_word_is_cut() -> None:
    assert all(len(p.evidence.quote) <= LONGEST for p in segment(Report(id="r", text="x" * 10_001)))


def test_a_page_without_stops_has_no_captions() -> None:
    text = "\n".join(f"line {n} of a long list of things that were never finished with" for n in range(12))
    assert PassageKind.CAPTION not in {p.kind for p in segment(Report(id="r", text=text))}


@given(st.text(alphabet=st.sampled_from("aA .\n•“”(\t-12"), max_size=300))
def test_passages_quote_the_text_in_order(text: str) -> None:
    at = 0
    for passage in segment(Report(id="r", text=text)):
        passage.evidence.check(text)
        assert passage.evidence.span.start >= at
        assert passage.evidence.quote.strip()
        at = passage.evidence.span.end
    lost = set(text) - {" ", "\n", "\t"}
    kept = "".join(p.evidence.quote for p in segment(Report(id="r", text=text)))
    assert all(kept.count(c) == text.count(c) for c in lost)


PAIRS = (
    ("Ilse Torvald joins hands with farmers of the delta after the vote in Oskavar",
     "Ilse Torvald and farmers of the delta join hands in Oskavar after the vote"),
    ("Sluice keepers count boats at the Kelmar lock on 27 May",
     "Keepers of the Kelmar sluice counting boats at the lock on 27 May"),
)  # fmt: skip


def test_a_page_of_pictures_is_captions_by_its_retellings() -> None:
    for stop in ("", "."):
        text = "\n\n".join(f"{line}{stop}" for pair in PAIRS for line in pair)
        text += "\n\nThe vote was shown on screens. “We have won,” Torvald told the crowd in the rain."
        assert [kind for kind, _ in kinds(text)] == ["caption"] * 4 + ["paragraph"]


def test_prose_that_says_one_thing_twice_is_no_caption() -> None:
    text = f"{PAIRS[0][0]}.\n\n{PAIRS[0][1]}.\n\nThe board of the water works met again on Monday."
    assert "caption" not in [kind for kind, _ in kinds(text)]


def test_a_party_letter_points_at_no_picture() -> None:
    text = "The dam failed.\n\nSenator Mara Venn (R) of Velm asked the board to resign.\n\nThe board met."
    assert "caption" not in [kind for kind, _ in kinds(text)]


def test_the_blocks_of_a_page_are_its_passages() -> None:
    text = "Dam fails\n\nThe old dam in Velm, seen on Monday\n\nRain fell."
    blocks = (
        Block(PassageKind.HEADLINE, Span(0, 9)),
        Block(PassageKind.CAPTION, Span(11, 46)),
        Block(PassageKind.QUOTE, Span(48, 58)),
    )
    passages = segment(Report(id="r", text=text, blocks=blocks))
    assert [(p.kind, p.evidence.span) for p in passages] == [(b.kind, b.span) for b in blocks]
    assert {p.because for p in passages} == {"marked so on the page"}


def test_a_long_block_is_split_as_a_long_line_is() -> None:
    text = "Rain fell on the town. " * 400
    passages = segment(Report(id="r", text=text, blocks=(Block(PassageKind.BULLET, Span(0, len(text.strip()))),)))
    assert len(passages) > 1
    assert {p.kind for p in passages} == {PassageKind.BULLET}
