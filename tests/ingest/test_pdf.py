import pytest

from dateline.errors import InputError
from dateline.ingest.pdf import read_pdf
from dateline.model.vocab import PassageKind, PublishedBasis
from tests.support.pdf import Placed, make_pdf

LEFT = [
    "The dam on the upper Velm gave way early on",
    "Tuesday after a week of heavy rain, and the wa-",
    "ter reached the lower streets of Arden at dawn.",
    "Mayor Tomas Hale said that the first warning",
    "had come at ten minutes past three.",
]
RIGHT = [
    "Engineers had reported cracks in the spill-",
    "way in March, a letter shows. Repairs had been",
    "planned for June, the river authority said.",
    "Two bridges are closed. Schools stay shut in",
    "four districts until Friday, the town hall said.",
]


def column(x: float, lines: list[str], top: float = 640) -> list[Placed]:
    return [(x, top - 14 * n, 10, words) for n, words in enumerate(lines)]


def furniture(page: int) -> list[Placed]:
    return [(50, 815, 8, "The Harbour Courier - weekly bulletin"), (290, 20, 8, f"Page {page} of 2")]


def two_columns() -> bytes:
    # Drawn line by line across both columns, as some layout programs do.
    across = [line for pair in zip(column(50, LEFT), column(320, RIGHT), strict=True) for line in pair]
    first: list[Placed] = [*furniture(1), (50, 740, 24, "Velm dam gives way"), (50, 700, 10, "11 April 2023"), *across]
    more = [
        "The interior minister is expected in Arden on Wednesday,",
        "and has promised help without forms and without delay.",
    ]
    return make_pdf(
        [first, [*furniture(2), *column(50, more)]],
        Title="Microsoft Word - dam_final2.docx",
        Author="Mara Venn",
        CreationDate="D:20230412080000+02'00'",
    )


def test_columns_hyphens_and_furniture() -> None:
    report = read_pdf(two_columns())
    assert "the water reached the lower streets" in report.text
    assert "cracks in the spillway in March" in report.text
    assert report.text.index("past three") < report.text.index("Engineers")
    assert "weekly bulletin" not in report.text
    assert "Page 1" not in report.text
    assert report.title == "Velm dam gives way"
    assert report.blocks[0].kind is PassageKind.HEADLINE
    assert report.author == "Mara Venn"


def test_a_date_at_the_head_comes_before_the_day_the_file_was_made() -> None:
    report = read_pdf(two_columns())
    assert report.published is not None
    assert (report.published.value, report.published_basis) == ("2023-04-11", PublishedBasis.TEXT)
    dates = [(f.value, f.basis) for f in report.facts if f.field == "published"]
    assert ("2023-04-12T08:00:00+02:00", PublishedBasis.META) in dates


def test_paragraphs_begin_where_the_lines_say_so() -> None:
    lines = [*LEFT[:2], LEFT[2], *(f"{words}" for words in RIGHT[:3])]
    placed = [(50.0 + (10 if n in (0, 3) else 0), 700.0 - 14 * n, 10.0, words) for n, words in enumerate(lines)]
    report = read_pdf(make_pdf([placed]))
    assert [len(b.span.of(report.text).split("\n")) for b in report.blocks] == [1] * len(report.blocks)
    assert len(report.blocks) == 2


def test_a_list_is_one() -> None:
    placed = column(50, [*LEFT, "\u2022 Two bridges are closed.", "\u2022 Schools stay shut."])
    report = read_pdf(make_pdf([placed]))
    bullets = [b.span.of(report.text) for b in report.blocks if b.kind is PassageKind.BULLET]
    assert bullets == ["Two bridges are closed.", "Schools stay shut."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_pdf([column(50, LEFT)], password="arden"), "encrypted"),
        (make_pdf([[]]), "no text"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type", "broken"),
        (make_pdf([[] for _ in range(301)]), "301 pages"),
    ],
    ids=["encrypted", "scan", "broken", "book"],
)
def test_what_cannot_be_read_says_why_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_pdf(data)
    assert "\n" not in str(caught.value)
