"""Who said what, and who stands where, as people are shown it: over a small invented dossier."""

from datetime import date

import pytest

from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.report import Published, Report
from dateline.model.vocab import StatementKind
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.views.material import Material
from dateline.views.positions import find_positions
from dateline.views.quotes import Asked, quotes, side_by_side

REPORTS = (
    (
        "wire",
        "2031-05-06",
        "Governor Mara Venn told reporters on Monday that the vote in the Sarvan delta was “a travesty of law”.\n\n"
        "“We will hold the bridge at Skarn until the last boat has crossed,” she said.",
    ),
    (
        "post",
        "2031-05-07",
        "“We will hold the bridge at Skarn until the very last boat has crossed,” Governor Mara Venn said.\n\n"
        "General Oskar Brandt said the bridge had been mined. He backed the vote.",
    ),
)


@pytest.fixture(scope="module")
def material(parser: Parser, knowledge: Knowledge) -> Material:
    reports = [Report(id=id, published=Published.parse(day), text=text, language="en") for id, day, text in REPORTS]
    annotated = list(read_reports(reports, parser, knowledge))
    return Material(annotated, link(annotated, knowledge), knowledge)


def test_an_act_of_saying_is_one_row_with_all_its_reports(material: Material) -> None:
    (row,) = [row for row in quotes(material, Asked()) if "bridge at" in row.words]
    assert row.reports == ("wire", "post")
    assert row.given == "verbatim"
    assert row.words.startswith("“We will hold")
    (wording,) = row.wordings
    assert "⟦very⟧" in wording.there
    assert "⟦" not in wording.here


def test_paraphrase_stands_outside_the_marks(material: Material) -> None:
    (mixed,) = quotes(material, Asked(kind=StatementKind.MIXED))
    assert mixed.given == "verbatim in part"
    assert mixed.words == "that the vote in the Sarvan delta was “a travesty of law”"
    assert mixed.addressee == "reporters"
    mined = next(row for row in quotes(material, Asked(about="mined")))
    assert mined.given == "paraphrased"
    assert "“" not in mined.words


def test_rows_are_chosen_by_speaker_words_and_day(material: Material) -> None:
    assert {row.reports[-1] for row in quotes(material, Asked(speaker="Brandt"))} == {"post"}
    assert quotes(material, Asked(speaker="Venn", about="vote"))[0].words.startswith("that the vote")
    assert not quotes(material, Asked(speaker="Nobody"))
    assert not quotes(material, Asked(since=date(2031, 5, 8)))
    late = quotes(material, Asked(since=date(2031, 5, 7)))
    assert late
    assert all("post" in row.reports for row in late)


def test_positions_say_what_was_searched(material: Material) -> None:
    found = find_positions(material, "vote")
    assert found.searched.startswith("2 of 2 reports mention “vote”")
    stances = {stand.actor: stand.stance for stand in found.stands}
    assert stances == {"Oskar Brandt": "supports", "Mara Venn": "opposes"}
    assert all(said.statement in material.statements for stand in found.stands for said in stand.said)
    nothing = find_positions(material, "grain")
    assert (nothing.searched, nothing.stands) == ("0 of 2 reports mention “grain”", ())


def test_a_statement_without_a_stance_is_shown_without_one(material: Material) -> None:
    (brandt,) = find_positions(material, "mined").stands
    assert (brandt.actor, brandt.stance, brandt.on) == ("Oskar Brandt", None, ())


def test_wordings_side_by_side() -> None:
    assert side_by_side("At least 12 died.", "12 people died.") == ("⟦At least⟧ 12 died.", "12 ⟦people⟧ died.")
    assert side_by_side("“It’s over,”", "It's over.") == ("“It’s over,”", "It's over.")
