import pytest

from dateline.errors import InputError
from dateline.ingest.base import Fields
from dateline.ingest.extract import extract, extract_packed, pack, report_of
from dateline.ingest.raw import MOST_BYTES, Raw
from dateline.model.vocab import PublishedBasis
from tests.support.archives import page, words

FIELDS = Fields(url="http://courier.example/2")


def raw(data: bytes, **more: object) -> Raw:
    return Raw(name="2", data=data, fields=FIELDS, **more)  # type: ignore[arg-type]


def test_a_page_with_when_it_was_retrieved() -> None:
    report = extract(raw(page(2), media="text/html", retrieved="2031-05-07T10:00:00Z"))
    assert (report.title, report.url) == ("Report 2 from the coast", "http://courier.example/2")
    assert report.retrieved == "2031-05-07T10:00:00Z"
    assert report.blocks


def test_there_and_back_is_the_same() -> None:
    one = raw(page(2), media="text/html; charset=utf-8", listed="2031-05-06T08:15:00+03:00")
    assert report_of(extract_packed(pack(one))) == extract(one)


def test_the_date_of_the_feed_where_the_page_has_none() -> None:
    undated = page(2).replace(b"article:published_time", b"x")
    listed = "2031-05-06T08:15:00+03:00"
    report = extract(raw(undated, listed=listed))
    assert report.published is not None
    assert (report.published.value, report.published_basis) == (listed, PublishedBasis.FEED)
    dated = extract(raw(page(2), listed=listed))
    assert dated.published_basis is PublishedBasis.META
    assert [fact.value for fact in dated.facts if fact.basis is PublishedBasis.FEED] == [listed]


def test_plain_text_in_its_declared_charset() -> None:
    report = extract(
        raw(
            "Søholt steg natten til mandag, sa vakten ved broen.".encode("latin-1"), media="text/plain; charset=latin-1"
        )
    )
    assert report.text.startswith("Søholt")


def test_a_page_that_begins_with_anything_is_one_where_the_server_says_so() -> None:
    assert extract(raw(words(2).encode() + page(2), media="text/html")).text


@pytest.mark.parametrize(
    ("data", "media", "words"),
    [
        (b"<rss version='2.0'><channel></channel></rss>", "application/rss+xml", "feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 9)) * 80, "image/png", "png"),
        (b'{"text": "rain"}', "application/json", "JSON"),
        (b"PK\x03\x04" + bytes(100), "text/html", "ZIP"),
        (bytes(MOST_BYTES + 1), "text/html", "at most"),
    ],
)
def test_what_is_no_report(data: bytes, media: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        extract(raw(data, media=media))


def test_the_digest_is_of_the_bytes_and_what_is_said_of_them() -> None:
    one = raw(page(2), media="text/html", retrieved="2031-05-07T10:00:00Z")
    assert one.digest == raw(page(2), media="text/html", retrieved="2031-05-08T10:00:00Z").digest
    others = [
        raw(page(3), media="text/html"),
        raw(page(2)),
        Raw(name="2", data=page(2), fields=Fields(), media="text/html"),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 4
