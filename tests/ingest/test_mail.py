import base64
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.ingest.base import Fields
from dateline.ingest.files import Source, read_source
from dateline.ingest.mail import read_mail
from dateline.model.vocab import PassageKind

HEAD = "From: Northline Wire <desk@northline.example>\nSubject: {subject}\nDate: Tue, 11 Apr 2023 06:42:00 +0200\n"
HEAD += "MIME-Version: 1.0\n"
TEXT = """ARDEN (Northline) - The dam on the upper Velm gave way early on Tuesday after
a week of heavy rain, sending water into the lower streets of Arden.

> We had less than an hour.

- Two bridges are closed.
- Schools stay shut.

Mayor Tomas Hale said that the first warning had come at ten past three.

--\x20
Northline Wire, 4 Quay Street
"""


def mail(body: str = TEXT, kind: str = "text/plain; charset=utf-8", subject: str = "Fwd: Velm dam gives way") -> bytes:
    return f"{HEAD.format(subject=subject)}Content-Type: {kind}\n\n{body}".encode()


def test_a_mail_is_a_report() -> None:
    report = read_mail(mail())
    assert (report.title, report.source) == ("Velm dam gives way", "Northline Wire")
    assert report.published is not None
    assert (report.published.value, report.published_basis.value) == ("2023-04-11T06:42:00+02:00", "header")
    kinds = [block.kind for block in report.blocks]
    assert kinds == [
        PassageKind.HEADLINE,
        PassageKind.PARAGRAPH,
        PassageKind.QUOTE,
        PassageKind.BULLET,
        PassageKind.BULLET,
        PassageKind.PARAGRAPH,
    ]
    assert "after a week" in report.text
    assert "Quay Street" not in report.text


def test_markup_is_read_where_there_is_no_plain_text() -> None:
    paragraph = "<p>The dam on the upper Velm gave way early on Tuesday, the mayor said.</p>"
    more = "<p>Two bridges in Arden are closed until Friday evening, he added.</p>"
    report = read_mail(mail(f"<html><body>{paragraph}{more}</body></html>", "text/html"))
    assert [b.kind for b in report.blocks] == [PassageKind.HEADLINE, PassageKind.PARAGRAPH, PassageKind.PARAGRAPH]


def test_encoded_words_and_parts() -> None:
    body = "--x\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n"
    words = "Паром вернулся на линию после ремонта. " * 6
    body += base64.b64encode(words.encode("koi8-r")).decode()
    body += "\n--x\nContent-Type: text/html\n\n<p>Not this</p>\n--x--\n"
    report = read_mail(mail(body, "multipart/alternative; boundary=x", "=?utf-8?B?0J/QsNGA0L7QvA==?="))
    assert report.title == "Паром"
    assert "вернулся на линию" in report.text
    assert "Not this" not in report.text


def test_a_mail_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.write_bytes(mail())
    (one,) = read_source(Source("message", path), Fields())
    assert one.report is not None
    assert one.report.title == "Velm dam gives way"


@pytest.mark.parametrize("data", [b"From: a@b\nSubject: \n\n", b"From: a@b\nContent-Type: multipart/mixed\n\n", b""])
def test_a_mail_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_mail(data)
