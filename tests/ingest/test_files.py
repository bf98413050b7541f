import json
import re
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.files import Source, find_sources, read_source
from dateline.ingest.language import tell_language
from dateline.ingest.tabular import read_csv, take

GOOD = "The river rose again overnight, and the bridge at Arden has been closed to all traffic since dawn."


def taken(path: Path, **options: str) -> list[Ingested]:
    return list(read_source(Source(path.name, path), Fields(), **options))


def written(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    (one,) = taken(written(tmp_path, "a.txt", GOOD))
    assert one.report is not None
    assert (one.report.text, one.report.language) == (GOOD, "en")


def test_another_language_is_told(tmp_path: Path) -> None:
    (one,) = taken(written(tmp_path, "a.txt", "Річка знову піднялася вночі, і міст в Ардені закрили для руху на день."))
    assert one.report is not None
    assert one.report.language == "uk"


def test_jsonl_names_the_bad_line_and_takes_the_others(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": GOOD}),
        "{not json",
        "",
        json.dumps({"text": ""}),
        "[1]",
        json.dumps({"id": "b"}),
        '{"text": "x\\ud800y"}',
        json.dumps({"text": GOOD, "title": 5}),
        json.dumps({"id": "c", "text": GOOD}),
    ]
    found = taken(written(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [one.report.id if one.report else None for one in found] == ["7", None, None, None, None, None, None, "c"]
    assert [one.name for one in found if one.error] == [f"a.jsonl:{n}" for n in (2, 4, 5, 6, 7, 8)]
    assert all("\n" not in one.error for one in found if one.error)


def test_a_line_of_thirty_megabytes_costs_that_line(tmp_path: Path) -> None:
    big = b'{"text": "' + b"a" * 30_000_000 + b'"}\n'
    found = taken(written(tmp_path, "a.jsonl", big + json.dumps({"text": GOOD}).encode()))
    assert found[0].error is not None
    assert "30,000," in found[0].error
    assert found[1].report is not None


def test_csv_takes_rows(tmp_path: Path) -> None:
    found = taken(written(tmp_path, "a.csv", f'id,text,source\r\n1,"{GOOD}\nMore.",Northline\r\n2,,x\r\n'))
    assert found[0].report is not None
    assert (found[0].report.id, found[0].report.source) == ("1", "Northline")
    assert found[0].report.text == GOOD + "\nMore."
    assert found[1].error is not None


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.csv", b"id,body\n1,x\n", "no column 'text'"),
        ("a.txt", "Река поднялась ночью".encode("cp1251"), "cp1251 perhaps"),
        ("a.txt", GOOD.encode("utf-16"), "UTF-16"),
        ("a.txt", GOOD.encode("utf-16-le"), "NUL|UTF-16"),
        ("a.txt", bytes(range(256)) * 20, "binary|UTF-8"),
        ("a.txt", b"Rain\x00fell", "NUL"),
        ("a.jsonl", GOOD.encode("utf-16"), "UTF-16"),
        ("page", b"<!DOCTYPE html><p>Rain", "no text of a report on this page"),
    ],
)
def test_bad_bytes_give_one_line_that_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (one,) = taken(written(tmp_path, name, data))
    assert one.error is not None
    assert re.search(words, one.error)
    assert "\n" not in one.error


def test_a_declared_encoding_is_taken(tmp_path: Path) -> None:
    (one,) = taken(written(tmp_path, "a.txt", "Река поднялась".encode("cp1251")), encoding="cp1251")
    assert one.report is not None
    assert one.report.text == "Река поднялась"


def test_a_missing_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    (one,) = taken(tmp_path / "none.txt")
    assert one.error == "No such file or directory"


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    found = [source.path.relative_to(tmp_path).as_posix() for source in find_sources([str(tmp_path)]) if source.path]
    assert found == ["a.txt", "b.txt", "sub/c.txt"]


def errors_of(path: Path) -> list[str]:
    return [one.error or "" for source in find_sources([str(path)]) for one in read_source(source, Fields())]


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    assert errors_of(tmp_path) == ["there are no files in this folder"]


def test_a_link_to_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert errors_of(tmp_path) == ["No such file or directory"]


def test_a_name_with_a_newline_is_told_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.txt").write_text("The river rose.", encoding="utf-8")
    (source,) = find_sources([str(tmp_path)])
    (one,) = read_source(source, Fields())
    assert one.name.endswith("two\\nlines.txt")
    assert one.report is not None


@pytest.mark.parametrize("text", ['[{"text": "The river rose."}]', '[\n  {"text": "The river rose."}\n]'])
def test_a_json_array_is_not_taken_as_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "reports.json").write_text(text, encoding="utf-8")
    (error,) = errors_of(tmp_path)
    assert "JSON array" in error


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_latin_text_in_two_bytes_a_letter_is_told(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "wide.txt").write_bytes("The river rose.".encode(encoding))
    (error,) = errors_of(tmp_path)
    assert "UTF-16 without a byte order mark" in error


def rows_of_csv(text: str) -> list[tuple[str, str | None]]:
    return [(one.name, one.error) for one in read_csv(text, "a.csv", Fields())]


def test_a_row_with_more_cells_than_the_header_is_refused() -> None:
    """A comma in a text without quotation marks would leave half a text."""
    assert rows_of_csv("id,text\na,The river rose, he said.\nb,It fell.\n") == [
        ("a.csv:2", "the row has 3 cells and the header 2"),
        ("a.csv:3", None),
    ]


def test_quotation_marks_that_never_close_are_not_one_long_text() -> None:
    (first, second) = rows_of_csv('id,text\na,It rained.\nb,"The river rose.\nc,It fell.\n')
    assert first == ("a.csv:2", None)
    assert second[0] == "a.csv:3"
    assert second[1] is not None
    assert "from here on" in second[1]


def test_a_huge_cell_costs_its_row(tmp_path: Path) -> None:
    found = rows_of_csv('id,text\na,"' + "dam " * 3_000_000 + '"\nb,It fell.\n')
    assert found[0][1] is not None
    assert "at most" in found[0][1]
    assert found[1] == ("a.csv:3", None)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="two columns 'text'"):
        rows_of_csv("id,text,text\na,One.,Two.\n")


def test_an_id_is_a_word_or_a_number() -> None:
    assert take("row", {"id": True, "text": "It rained."}).error == "'id' is not text"
    report = take("row", {"id": 7, "text": "It rained."}).report
    assert report is not None
    assert report.id == "7"


def test_a_quotation_in_another_script_does_not_make_a_report_foreign() -> None:
    english = "Mara Venn said on Monday that the dam above the town was safe. " * 3
    assert tell_language(english + "Плотина выше города безопасна, сказала она. " * 2) == "en"
    assert tell_language("Плотина выше города безопасна, сказала она. " * 3 + "NATO.") not in (None, "en")
