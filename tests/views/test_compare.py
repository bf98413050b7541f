"""Two reports side by side, revisions, and which telling heads an incident: over small invented reports."""

from collections.abc import Callable

import pytest

from dateline.errors import UsageError
from dateline.export.html import comparison_html
from dateline.knowledge.handle import Knowledge
from dateline.link.linker import link
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.model.vocab import ReportMark
from dateline.nlp.base import Parser
from dateline.read.pipeline import read_reports
from dateline.store.base import ReportRow
from dateline.views.compare import Aligned, Pairing, compare
from dateline.views.copies import list_copies
from dateline.views.incidents import list_incidents
from dateline.views.material import Material, Notes
from dateline.views.revisions import neighbours
from dateline.views.sections.revisions import revisions

WIRE = (
    "At least 14 people were killed when shells hit a grain store in Velm on Sunday, Governor Ilse Torvald said.\n\n"
    "Neither side could be reached. The bridge over the Sarvan was open."
)
SPUN = (
    "At least 41 people were slaughtered when shells hit a grain store in Velm on Sunday.\n\n"
    "The bridge over the Sarvan was open.\n\n"
    "The puppet council met."
)
CORRECTED = (
    "Correction: an earlier version of this report gave a wrong toll.\n\n"
    "At least 11 people were killed when shells hit a grain store in Velm on Sunday, Governor Ilse Torvald said."
)

Read = Callable[..., list[AnnotatedReport]]


@pytest.fixture
def read(parser: Parser, knowledge: Knowledge) -> Read:
    def annotated(*reports: Report) -> list[AnnotatedReport]:
        return list(read_reports(reports, parser, knowledge))

    return annotated


def report(id: str, text: str, hour: int = 8, of: str | None = None, marks: tuple[ReportMark, ...] = ()) -> Report:
    then = Published.parse(f"2031-05-04T{hour:02}:00:00+00:00")
    return Report(id=id, text=text, published=then, source=id, revision_of=of, marks=marks, language="en")


def words(row: Aligned) -> tuple[str, str]:
    return tuple(one.text if one else "" for one in (row.first, row.second))  # type: ignore[return-value]


def test_what_was_changed_left_out_and_added(read: Read, knowledge: Knowledge) -> None:
    wire, spun = read(report("wire", WIRE), report("spun", SPUN, 12))
    found = compare(wire, spun, knowledge)
    told, left, bridge, added = found.rows
    assert [row.pairing for row in found.rows] == [Pairing.RETOLD, Pairing.LEFT_OUT, Pairing.SAME, Pairing.ADDED]
    assert {(one.kind, one.first, one.second) for one in told.differences} >= {
        ("number", "14", "41"),
        ("loaded", "", "slaughtered"),
    }
    assert words(left) == ("Neither side could be reached.", "")
    assert words(bridge)[0] == words(bridge)[1]
    assert words(added) == ("", "The puppet council met.")
    assert [text for text, kind in (added.second.pieces() if added.second else ()) if kind == "loaded"] == ["puppet"]
    assert found.direction.startswith("the second follows the first")


def test_it_is_mirrored_where_the_order_is(read: Read, knowledge: Knowledge) -> None:
    wire, spun = read(report("wire", WIRE), report("spun", SPUN, 12))
    found, back = compare(wire, spun, knowledge), compare(spun, wire, knowledge)
    turned = {(one.kind, one.second, one.first) for row in back.rows for one in row.differences}
    assert {(one.kind, one.first, one.second) for row in found.rows for one in row.differences} == turned
    assert back.direction.startswith("the first follows the second")


def test_every_word_of_both_is_on_the_page(read: Read, knowledge: Knowledge) -> None:
    wire, spun = read(report("wire", WIRE), report("spun", SPUN, 12))
    found = compare(wire, spun, knowledge)
    for n, text in enumerate((WIRE, SPUN)):
        assert "".join(words(row)[n] for row in found.rows).split() or text
        assert sorted(" ".join(words(row)[n] for row in found.rows).split()) == sorted(text.split())
    page = comparison_html(found)
    assert '<mark class="number" title="number">41</mark>' in page
    assert "Neither side could be reached." in page


def test_one_place_and_date_line_is_neither_left_out_nor_copied(read: Read, knowledge: Knowledge) -> None:
    texts = [f"OSKAVAR, May 4 (Northline) -\n\n{text}" for text in (WIRE, "A choir from Brannik won the prize.")]
    wire, other = read(report("wire", texts[0]), report("other", texts[1], 12))
    found = compare(wire, other, knowledge)
    assert [row.pairing for row in found.rows if "OSKAVAR" in "".join(words(row))] == [Pairing.SAME]
    assert found.direction == "no copying found"
    assert found.first.title.startswith("At least 14 people")


def test_a_revision_is_set_against_the_text_before_it() -> None:
    rows = [
        ReportRow(id="v3", text_sha256="c", revision_of="v1", published="2031-05-06"),
        ReportRow(id="v1", text_sha256="a", published="2031-05-04"),
        ReportRow(id="v2", text_sha256="b", revision_of="v1", published="2031-05-05"),
        ReportRow(id="other", text_sha256="d"),
    ]
    assert neighbours("v3", rows) == ("v2", "v3")
    assert neighbours("v2", rows) == ("v1", "v2")
    assert neighbours("v1", rows) == ("v1", "v2")
    with pytest.raises(UsageError, match="no other revision"):
        neighbours("other", rows)


def test_what_a_revision_took_back_is_shown_as_such(read: Read, knowledge: Knowledge) -> None:
    for marks, corrected, gone in (
        ((ReportMark.CORRECTION,), "corrected", "withdrawn"),
        ((), "changed", "no longer told"),
    ):
        first = f"{WIRE}\n\nArdovian troops seized the harbour of Oskavar, the mayor said."
        annotated = read(report("v1", first), report("v2", CORRECTED, 12, "v1", marks))
        material = Material(annotated, link(annotated, knowledge), knowledge)
        old = next(figure for figure in annotated[0].figures if figure.value == 14)
        seized = next(event for event in annotated[0].events if event.trigger.text == "seized")
        assert (material.revised[old.id].how, material.revised[old.id].instead) == (corrected, "11")
        assert material.revised[seized.id].how == gone
        kept = next(event for event in annotated[0].events if event.trigger.text == "hit")
        assert kept.id not in material.revised
        (row,) = [row for row in list_incidents(material).rows if row.type == seized.type]
        assert row.status.endswith(f"{gone} in v2")


def test_every_figure_that_a_revision_changed_or_dropped_is_shown(read: Read, knowledge: Knowledge) -> None:
    frame = (
        "Shells hit a grain store in Velm on Sunday, killing {} and wounding 25, the mayor said.\n\n"
        "The mayor, Ilse Torvald, put the number of the missing at {}."
    )
    first = report("v1", frame.format("nine people", 30))
    later = report("v2", frame.format("eight people", 31).replace(" and wounding 25", ""), 12, "v1")
    annotated = read(first, later)
    claims = tuple(figure for figure in annotated[0].figures if figure.value != 30)
    annotated[0] = annotated[0].replace(figures=claims)
    material = Material(annotated, link(annotated, knowledge), knowledge)
    rows = [row.cells[2:] for row in revisions(material, Notes(material)).rows]
    assert ("changed", "number: “nine”", "“eight”") in rows
    assert ("changed", "number: “30”", "“31”") in rows
    assert len(rows) == 3
    gone = next(figure for figure in annotated[0].figures if figure.value == 25)
    assert material.revised[gone.id].how == "no longer told"


def test_a_plan_that_a_later_report_denies_is_told_so(read: Read, knowledge: Knowledge) -> None:
    plan = Report(
        id="plan",
        text="President Oskar Brandt will sign a treaty in Odesa on Friday, his office said.",
        published=Published.parse("2031-05-06"),
        language="en",
    )
    for words, denied in (
        ("President Oskar Brandt did not sign the treaty in Odesa on Friday.", True),
        ("President Mara Venn did not sign the treaty in Odesa on Friday.", False),
        ("President Oskar Brandt did not sign the treaty in Lviv on Friday.", False),
        ("President Oskar Brandt did not sign the treaty in Odesa on Friday, Ilse Torvald said.", False),
    ):
        later = Report(id="later", text=words, published=Published.parse("2031-05-10"), language="en")
        annotated = read(plan, later)
        rows = list_incidents(Material(annotated, link(annotated, knowledge), knowledge)).rows
        (row,) = [row for row in rows if row.reports == ("plan",)]
        assert ("said not to have happened in later" in row.status) is denied, words


def test_a_loaded_word_heads_no_incident_that_another_tells_plainly(read: Read, knowledge: Knowledge) -> None:
    plain = "Troops killed 14 villagers in Odesa on Sunday, the mayor said."
    heated = "Raging troops massacred 14 innocent villagers near the harbour in Odesa on Sunday, the mayor said."
    annotated = read(report("heated", heated), report("plain", plain, 12))
    material = Material(annotated, link(annotated, knowledge), knowledge)
    (row,) = list_incidents(material).rows
    assert row.reports == ("heated", "plain")
    assert row.what.startswith("killed")
    assert row.words == plain


def test_the_list_of_copies_says_what_was_left_out_and_loaded(read: Read, knowledge: Knowledge) -> None:
    first = WIRE.replace("Torvald said.", "Torvald said. No one could confirm it.")
    annotated = read(report("wire", first), report("spun", SPUN.replace("when shells", "when cowardly shells"), 12))
    material = Material(annotated, link(annotated, knowledge), knowledge)
    row = next(row for row in list_copies(material).rows if row.left_out)
    assert row.left_out == ("No one could confirm it.",)
    assert set(row.loaded) == {"“slaughtered” / —", "“cowardly” / —"}


def test_a_name_spelt_otherwise_is_marked_and_no_change(read: Read, knowledge: Knowledge) -> None:
    respelt = WIRE.replace("Torvald", "Torwald")
    wire, other = read(report("wire", WIRE), report("other", respelt, 12))
    first = compare(wire, other, knowledge).rows[0]
    assert [(one.kind, one.first, one.second) for one in first.differences] == [("spelling", "Torvald", "Torwald")]
