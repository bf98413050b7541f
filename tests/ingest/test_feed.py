import pytest

from dateline.errors import InputError
from dateline.ingest.feed import Given, parse_feed

LONG = "The river rose again overnight, and the bridge at Arden has been closed to all traffic since dawn. " * 6

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Courier</title>
<link>https://courier.example/</link>
<item><title>River &amp; bridge</title><link>https://courier.example/a</link>
<pubDate>Tue, 06 May 2031 08:15:00 +0300</pubDate><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>
<item><title>Short</title><link>/b</link><description>Only a teaser.</description></item>
<item><title>Twice</title><link>https://courier.example/a</link></item>
<item><title>No address</title></item>
</channel></rss>""".encode()

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>
<entry><title>River rises</title><link href="https://courier.example/c"/><id>urn:1</id>
<published>2031-05-06T08:15:00+03:00</published><updated>2031-05-07T09:00:00Z</updated>
<author><name>Mara Venn</name></author></entry></feed>"""


def test_rss() -> None:
    feed = parse_feed(Given(RSS, "https://courier.example/rss", "application/rss+xml"))
    assert feed.title == "Harbour Courier"
    first, second = feed.entries
    assert (first.address, first.title) == ("https://courier.example/a", "River & bridge")
    assert first.published == "2031-05-06T08:15:00+03:00"
    assert first.content is not None
    assert (second.address, second.published, second.content) == ("https://courier.example/b", None, None)


def test_atom() -> None:
    (entry,) = parse_feed(Given(ATOM)).entries
    assert (entry.title, entry.author) == ("River rises", "Mara Venn")
    assert (entry.published, entry.modified) == ("2031-05-06T08:15:00+03:00", "2031-05-07T09:00:00+00:00")


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    feed = parse_feed(Given(RSS[: RSS.index(b"<item><title>Twice")], "https://courier.example/rss"))
    assert len(feed.entries) == 2


@pytest.mark.parametrize(
    "data", [b"", b"<html><body><p>The river rose.</p></body></html>", b"\x00\x01\x02" * 50, b"{}"]
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(InputError, match=r"no feed|cannot be read"):
        parse_feed(Given(data))


def test_entities_that_multiply_are_not_unfolded() -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    data = (
        f'<!DOCTYPE rss [<!ENTITY a0 "rain">{lines}]><rss version="2.0"><channel><title>&a11;</title></channel></rss>'
    )
    try:
        feed = parse_feed(Given(data.encode()))
    except InputError:
        return
    assert len(feed.title or "") < 10_000


def test_the_page_of_an_entry_holds_its_text() -> None:
    (entry, _) = parse_feed(Given(RSS)).entries
    assert b"<h1>River &amp; bridge</h1>" in entry.page()
    assert LONG.strip().encode() in entry.page()
