from datetime import date

import pytest

from dateline.errors import InputError
from dateline.ingest.base import Fields
from dateline.ingest.html import read_page
from dateline.model.report import Report
from dateline.model.vocab import PassageKind, ReportMark

PROSE = (
    "<p>The dam on the upper Velm gave way early on Tuesday after a week of rain, the mayor said.</p>"
    "<p>Two bridges in Arden are closed until Friday, and so are all schools of the lower town.</p>"
)


def read(head: str, body: str = "<h1>Velm dam gives way</h1>" + PROSE, **how: object) -> Report:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), **how)  # type: ignore[arg-type]


def published(head: str, **how: object) -> str | None:
    report = read(head, **how)
    return report.published.value if report.published else None


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ('<meta property="article:published_time" content="2024-05-01T10:00:00+0300">', "2024-05-01T10:00:00+03:00"),
        ('<meta name="date" content="Wed, 01 May 2024 10:00:00 GMT">', "2024-05-01T10:00:00+00:00"),
        ('<meta name="DC.date.issued" content="2024-05-01">', "2024-05-01"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","name":"x","datePublished":1714557600}</script>',
         "2024-05-01T10:00:00+00:00"),
        ('<meta name="date" content="0000-00-00">', None),
        ('<link rel="canonical" href="https://news.example/2024/05/01/dam">', "2024-05-01"),
    ],
)  # fmt: skip
def test_machine_dates(head: str, value: str | None) -> None:
    assert published(head) == value


def test_nothing_was_published_after_it_was_fetched() -> None:
    head = '<meta name="date" content="2024-05-01">'
    assert published(head, retrieved=date(2023, 1, 1)) is None
    assert published(head, retrieved=date(2024, 5, 1)) == "2024-05-01"


def test_broken_structured_data_costs_itself_alone() -> None:
    scripts = '<script type="application/ld+json">{"@type": </script>'
    scripts += '<script type="application/ld+json">[[{"@type":"NewsArticle","headline":"Velm dam gives way",'
    scripts += '"author":["Mara Venn",{"name":"Oskar Tal"}],"datePublished":"2024-05-01","publisher":[]}]]</script>'
    report = read(scripts)
    assert (report.author, report.published_basis.value) == ("Mara Venn, Oskar Tal", "structured_data")


@pytest.mark.parametrize("author", ["admin", "Staff Reporter", "The Courier", "https://x.example/me", "news@x.example"])
def test_accounts_and_desks_are_nobody(author: str) -> None:
    head = f'<meta property="og:site_name" content="The Courier"><meta name="author" content="{author}">'
    assert read(head).author is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("The dam held for an hour. (Reuters)", "Reuters"),
        ("PA Media", "PA Media"),
        ("This article was first published by Northline Wire.", "Northline Wire"),
        ("AP contributed to this report.", "AP"),
        ("The dam burst, Reuters reported on Monday.", None),
    ],
)
def test_credits_fill_the_agency(line: str, agency: str | None) -> None:
    assert read("", f"<h1>Velm dam gives way</h1>{PROSE}<p>{line}</p>").agency == agency


def test_text_that_a_page_repeats_for_subscribers_is_a_stub() -> None:
    node = '{"@type":"NewsArticle","headline":"Velm dam gives way","wordCount":900}'
    assert ReportMark.STUB in read(f'<script type="application/ld+json">{node}</script>').marks


def test_what_the_call_says_fills_what_the_page_does_not() -> None:
    report = read("", defaults=Fields(source="Bay Observer", url="https://bay.example/a?utm_source=x"))
    assert (report.source, report.url) == ("Bay Observer", "https://bay.example/a")


def test_the_words_of_links_stay_in_their_sentences() -> None:
    report = read("", "<h1>Velm dam gives way</h1><p>The <a href=x>dam</a> on the Velm, said <b>Mara</b> Venn, "
                      "was built in 1931 and has held ever since, but for <i>one</i> night in April.</p>")  # fmt: skip
    assert "The dam on the Velm, said Mara Venn, was built" in report.text


def test_tables_of_data_are_rows() -> None:
    table = "<table><tr><th>District</th><th>Homes</th></tr><tr><td>Lower Arden</td><td>412</td></tr></table>"
    report = read("", f"<h1>Velm dam gives way</h1><article>{PROSE}{table}{PROSE}</article>")
    assert "Lower Arden | 412" in report.text


def test_line_breaks_part_paragraphs_of_old_pages() -> None:
    text = "The dam on the upper Velm gave way on Tuesday after a week of rain.<br><br>Mayor Hale spoke of luck."
    report = read("", f"<h1>Velm dam gives way</h1><div>{text}</div>")
    assert [b.kind for b in report.blocks] == [PassageKind.HEADLINE, PassageKind.PARAGRAPH, PassageKind.PARAGRAPH]


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"<html><body><p>404 Not Found</p></body></html>", b"<!doctype html>"]
)
def test_a_page_without_a_report_is_refused(page: bytes) -> None:
    with pytest.raises(InputError, match=r"no text of a report|empty"):
        read_page(page)


WORDS = {
    "cp1251": "Паром между Холлином и Мирском вернулся на линию после ремонта, сообщила администрация порта.",
    "koi8-r": "Паром между Холлином и Мирском вернулся на линию после ремонта, сообщила администрация порта.",
    "cp1252": "Café owners in Søholt said “enough” – the naïve façade of the Übermaß plan cost €40,000.",
    "iso-8859-2": "Řeka Vltava stoupla o dva metry, řekl starosta. Školy zůstanou zavřené až do čtvrtka večer.",
    "cp1256": "قال رئيس البلدية إن ثلاثين منزلا تضررت وإن المدارس ستبقى مغلقة حتى يوم الخميس المقبل.",
    "cp1255": "רב החובל אמר כי איש לא נפגע והנמל ייפתח מחדש לתנועה ביום שלישי בבוקר.",
    "gb18030": "水坝星期二清晨在连日大雨之后决口，市长对记者说，第一次警报在三点十分发出。",
    "cp932": "ダムは一週間の大雨の後、火曜日の早朝に決壊したと市長は記者団に語った。",
    "cp949": "댐은 일주일간의 폭우 끝에 화요일 새벽 무너졌다고 시장이 기자들에게 말했다.",
    "big5": "水壩星期二清晨在連日大雨之後決口，市長對記者說，第一次警報在三點十分發出。",
    "utf-8": "Паром між Холліном і Мирськом — “знову” на лінії, Søholt, 水坝.",
    "utf-16": "Паром між Холліном і Мирськом — “знову” на лінії, Søholt, 水坝.",
}


@pytest.mark.parametrize("how", ["meta", "http-equiv", "header", "none"])
@pytest.mark.parametrize("encoding", sorted(WORDS))
def test_the_charset_matrix(encoding: str, how: str) -> None:
    if how == "none" and encoding in ("iso-8859-2", "koi8-r", "cp932", "big5", "cp949", "cp1252", "cp1255", "cp1256"):
        pytest.skip("so few words do not tell one of these from its neighbours")
    words = WORDS[encoding]
    meta = {
        "meta": f"<meta charset={encoding}>",
        "http-equiv": f"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset={encoding}'>",
    }.get(how, "")
    page = (
        f"<html><head>{meta}<title>{words[:20]}</title></head><body><h1>{words[:20]}</h1>"
        + f"<p>{words}</p><p>a b c d e f. {words} g h.</p><p>{words} {words} i j k l.</p>" * 2
    )
    report = read_page(page.encode(encoding), charset=encoding if how == "header" else None)
    assert words in report.text


def test_a_wrongly_declared_charset_is_passed_over() -> None:
    words = WORDS["utf-8"]
    page = f"<html><head><meta charset=gb2312></head><body><h1>{words}</h1>" + f"<p>{words} a b c d e f g h i.</p>" * 3
    assert words in read_page(page.encode(), charset="utf-8").text
