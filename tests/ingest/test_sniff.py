import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.errors import UsageError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.files import Source, read_source
from dateline.ingest.sniff import Form, name_of, sniff
from dateline.ingest.tabular import column_map

TEXT = "The river rose again overnight, and the bridge at Arden has been closed to all traffic since dawn."


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        (b"%PDF-1.7\n", "a.txt", Form.PDF),
        (b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE HTML PUBLIC>", "a", Form.HTML),
        ("<html><p>Rain".encode("utf-16"), "a", Form.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', "a", Form.HTML),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.html", Form.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", Form.FEED),
        (b"<p>Rain</p><p>fell</p><p>here</p>", "a", Form.HTML),
        (b"<p>Rain", "a.htm", Form.HTML),
        (b"WARC/1.0\r\n", "a", Form.WARC),
        (b"PAR1xxxx", "a.csv", Form.PARQUET),
        (b"Received: from a\nFrom: b\nSubject: c\nDate: d\n\nRain", "a", Form.MAIL),
        (b"From: Arden to Tarn in one night\nTo: nobody, and why\nRain fell.", "a.txt", Form.TEXT),
        (b'{"text": "Rain"}', "a", Form.JSONL),
        (b'[{"text": "Rain"}]', "a", Form.ARRAY),
        (b"id,text\n1,Rain\n", "a.csv", Form.CSV),
        (b"a < b and b > c, said nobody", "a", Form.TEXT),
        (bytes(range(256)), "a", Form.BINARY),
    ],
)
def test_content_tells(head: bytes, name: str, form: Form) -> None:
    assert sniff(head, name) is form


def test_a_picture_is_called_one() -> None:
    assert name_of(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50)) in ("a jpg file", "a jpeg file", "a jfif file")


def taken(path: Path, **how: object) -> list[Ingested]:
    return list(read_source(Source(path.name, path), Fields(), **how))  # type: ignore[arg-type]


def test_a_folder_of_kinds(tmp_path: Path) -> None:
    page = f"<html><title>River rises</title><h1>River rises</h1><p>{TEXT}</p><p>{TEXT} Again.</p>".encode()
    (tmp_path / "page.txt").write_bytes(page)
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(page))
    for name in ("page.txt", "page.html.gz"):
        (one,) = taken(tmp_path / name)
        assert one.report is not None, one.error
        assert one.report.title == "River rises"


def test_parquet_with_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"body": [TEXT, None], "day": [date(2024, 5, 1), None], "id": [7, 8], "other": [[1], [2]]})
    pq.write_table(table, path)
    first, second = taken(path, columns={"text": "body", "published": "day"})
    assert first.report is not None
    assert (first.report.id, first.report.published and first.report.published.value) == ("7", "2024-05-01")
    assert second.error == "there is no 'text'"
    (refused,) = taken(path)
    assert refused.error is not None
    assert "no column 'text'" in refused.error


def test_csv_and_jsonl_with_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'body,outlet\n"{TEXT}",Courier\n')
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": TEXT, "outlet": "Courier"}) + "\n")
    for name in ("a.csv", "a.jsonl"):
        (one,) = taken(tmp_path / name, columns={"text": "body", "source": "outlet"})
        assert one.report is not None
        assert one.report.source == "Courier"


def test_broken_parquet_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PAR1" + bytes(100))
    (one,) = taken(tmp_path / "a")
    assert one.error is not None
    assert one.error.startswith("this is not Parquet")


@pytest.mark.parametrize("pair", ["text", "colour=red", "text="])
def test_a_pair_that_is_none_is_a_wrong_call(pair: str) -> None:
    with pytest.raises(UsageError):
        column_map([pair])
