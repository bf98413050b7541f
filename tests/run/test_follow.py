from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from dateline.errors import ConfigError
from dateline.ingest.base import Ingested
from dateline.ingest.feed import parse_feed
from dateline.ingest.fetch import Fetcher
from dateline.ingest.raw import Raw
from dateline.run.follow import Clock, Feeds, Followed, Follower, StateFile, load_feeds
from tests.support.archives import page
from tests.support.server import LOOPBACK, Reply, Site


class Time:
    """A clock that is set forward by waiting."""

    def __init__(self) -> None:
        self.at = datetime(2031, 5, 6, 8, tzinfo=UTC)
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)


def rss(*entries: str) -> bytes:
    items = "".join(f"<item><title>T</title><link>{entry}</link></item>" for entry in entries)
    return f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'.encode()


class Rounds:
    """Rounds over the feeds of a site, each with a follower of its own, as after a new start."""

    def __init__(self, site: Site, folder: Path, *addresses: str) -> None:
        self.site = site
        self.path = folder / "feeds.json"
        self.time = Time()
        self.stop = Event()
        self.troubles: list[str] = []
        named = addresses or ("/feed",)
        self.feeds = Feeds(feeds=tuple(Followed(address=site.root + a, source="Courier") for a in named), delay=2.0)

    def go(self) -> list[Raw | Ingested]:
        self.site.asked.clear()
        self.time.waits.clear()
        clock = Clock(self.time.now, self.time.sleep)
        with Fetcher(allowed=LOOPBACK) as fetcher:
            states = StateFile(self.path)
            follower = Follower(
                self.feeds, states, fetcher.fetch, parse_feed, lambda a, r: self.troubles.append(r), self.stop, clock
            )
            return [item for items in follower.round() for item in items]


def test_what_a_feed_lists_is_fetched_once(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    root = site.root
    site.replies["/feed"] = Reply(body=rss(f"{root}/1", f"{root}/2"))
    site.replies["/1"], site.replies["/2"], site.replies["/3"] = (Reply(body=page(n)) for n in (1, 2, 3))
    first = rounds.go()
    assert [(item.name, item.data) for item in first if isinstance(item, Raw)] == [
        (f"{root}/1", page(1)),
        (f"{root}/2", page(2)),
    ]
    assert all(isinstance(item, Raw) and item.fields.source == "Courier" for item in first)
    assert rounds.time.waits == [2.0, 2.0, 2.0]
    assert rounds.go() == []
    assert site.paths() == ["/robots.txt", "/feed"]
    site.replies["/feed"] = Reply(body=rss(f"{root}/3", f"{root}/1"))
    assert [item.name for item in rounds.go()] == [f"{root}/3"]


def test_a_feed_that_did_not_change_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    full = Reply(body=rss(f"{site.root}/1"), headers={"ETag": '"7"'})
    site.replies["/feed"] = lambda headers: Reply(status=304) if headers.get("if-none-match") == '"7"' else full
    site.replies["/1"] = Reply(body=page(1))
    assert len(rounds.go()) == 1
    assert rounds.go() == []
    assert site.asked[-1][1]["if-none-match"] == '"7"'


def test_an_entry_that_was_changed_is_fetched_again(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><title>T</title>'
        f'<link href="{site.root}/1"/><updated>2031-05-0%dT08:00:00Z</updated></entry></feed>'
    )
    site.replies["/1"] = Reply(body=page(1))
    site.replies["/feed"] = Reply(body=(entry % 6).encode())
    assert len(rounds.go()) == 1
    assert rounds.go() == []
    site.replies["/feed"] = Reply(body=(entry % 7).encode())
    (item,) = rounds.go()
    assert isinstance(item, Raw)
    assert item.listed == "2031-05-07T08:00:00+00:00"


def test_the_text_that_the_feed_brings_where_the_page_cannot_be_had(site: Site, tmp_path: Path) -> None:
    long = "The river rose again overnight, and the bridge at Arden has been closed to all traffic. " * 8
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>C</title>'
        f"<item><title>River</title><link>{site.root}/gone</link><pubDate>Tue, 06 May 2031 08:15:00 +0300</pubDate>"
        f"<content:encoded><![CDATA[<p>{long}</p>]]></content:encoded></item>"
        f"<item><title>Short</title><link>{site.root}/gone2</link></item></channel></rss>"
    )
    site.replies["/feed"] = Reply(body=body.encode())
    rounds = Rounds(site, tmp_path)
    whole, none = rounds.go()
    assert isinstance(whole, Raw)
    assert long.strip().encode() in whole.data
    assert (whole.fields.url, whole.listed) == (f"{site.root}/gone", "2031-05-06T08:15:00+03:00")
    assert isinstance(none, Ingested)
    assert none.error == "the server answers 404"


def test_a_page_that_cannot_be_had_is_asked_for_some_rounds(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/1"), headers={"ETag": '"7"'})
    assert [len(rounds.go()) for _ in range(7)] == [1, 1, 1, 1, 1, 0, 0]


def test_feeds_of_feeds_end(site: Site, tmp_path: Path) -> None:
    root = site.root
    rounds = Rounds(site, tmp_path, "/feed", "/other")
    site.replies["/feed"] = Reply(body=rss(f"{root}/feed", f"{root}/other", f"{root}/back", f"{root}/feed#x"))
    site.replies["/other"] = Reply(body=rss(f"{root}/feed"))
    site.replies["/back"] = Reply(status=302, headers={"Location": "/feed"})
    found = rounds.go()
    assert [item.error for item in found if isinstance(item, Ingested)] == [
        "the feed lists a feed; name it in the file to follow it",
        "the feed lists a feed; name it in the file to follow it",
        "it leads back to a feed",
        "the feed lists a feed; name it in the file to follow it",
        "the feed lists a feed; name it in the file to follow it",
    ]
    assert site.paths() == ["/robots.txt", "/feed", "/back", "/feed", "/other"]


def test_robots_are_kept_out(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    site.replies["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/private/1", f"{site.root}/2"))
    site.replies["/2"] = Reply(body=page(2))
    kept, got = rounds.go()
    assert isinstance(kept, Ingested)
    assert "robots.txt" in str(kept.error)
    assert isinstance(got, Raw)
    assert rounds.time.waits == [2.0, 7.0]


def test_a_site_whose_robots_cannot_be_had_is_left_alone(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path, "/feed", "/other")
    site.replies["/robots.txt"] = Reply(status=500)
    assert rounds.go() == []
    assert site.paths() == ["/robots.txt"]
    assert all("robots.txt cannot be had" in one for one in rounds.troubles)
    assert len(rounds.troubles) == 2


def test_a_server_that_is_busy_is_left_alone(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    site.replies["/feed"] = Reply(status=503, headers={"Retry-After": "600"})
    assert rounds.go() == []
    assert len(rounds.troubles) == 1
    assert rounds.go() == []
    assert site.asked == []
    rounds.time.at += timedelta(seconds=601)
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/1"))
    site.replies["/1"] = Reply(body=page(1))
    assert len(rounds.go()) == 1


def test_waits_grow_to_a_limit(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    waits: list[float] = []
    for _ in range(12):
        rounds.go()
        until = StateFile(rounds.path).of(f"{site.root}/feed").not_before
        assert until is not None
        waits.append(round((datetime.fromisoformat(until) - rounds.time.at).total_seconds()))
        rounds.time.at = datetime.fromisoformat(until)
    assert waits[:3] == [60, 120, 240]
    assert waits[-1] == max(waits) == 6 * 3600


def test_a_round_that_was_cut_short_is_asked_anew(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/1", f"{site.root}/2"), headers={"ETag": '"7"'})
    site.replies["/1"], site.replies["/2"] = Reply(body=page(1)), Reply(body=page(2))
    clock = Clock(rounds.time.now, rounds.time.sleep)
    with Fetcher(allowed=LOOPBACK) as fetcher:
        states = StateFile(rounds.path)
        follower = Follower(rounds.feeds, states, fetcher.fetch, parse_feed, lambda a, r: None, rounds.stop, clock)
        for items in follower.round():
            next(items)
            rounds.stop.set()
            assert list(items) == []
    rounds.stop.clear()
    assert [item.name for item in rounds.go()] == [f"{site.root}/2"]
    with Fetcher(allowed=LOOPBACK) as fetcher:
        killed = Follower(
            rounds.feeds,
            StateFile(tmp_path / "other.json"),
            fetcher.fetch,
            parse_feed,
            lambda a, r: None,
            rounds.stop,
            clock,
        )
        next(next(killed.round()))
    assert not (tmp_path / "other.json").exists()


def test_a_state_that_cannot_be_read_costs_requests_only(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    rounds.path.write_text("{broken", encoding="utf-8")
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/1"))
    site.replies["/1"] = Reply(body=page(1))
    assert len(rounds.go()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "feeds = 1",
        '[[feeds]]\nadress = "https://a.example"',
        '[[feeds]]\naddress = "file:///etc/passwd"',
        "[[feeds",
    ],
)
def test_a_file_of_feeds_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"feeds\.toml"):
        load_feeds(path)


def test_a_file_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('delay = 3.0\n[[feeds]]\naddress = "https://a.example/rss"\nsource = "A"\n', encoding="utf-8")
    assert load_feeds(path) == Feeds(feeds=(Followed(address="https://a.example/rss", source="A"),), delay=3.0)


def test_robots_are_kept_out_of_where_an_address_redirects(site: Site, tmp_path: Path) -> None:
    rounds = Rounds(site, tmp_path)
    site.replies["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /private\n")
    site.replies["/feed"] = Reply(body=rss(f"{site.root}/1", f"{site.root}/2"))
    site.replies["/1"] = Reply(status=302, headers={"Location": "/private/1"})
    site.replies["/2"] = Reply(status=302, headers={"Location": "/3"})
    site.replies["/3"] = Reply(body=page(3))
    kept, got = rounds.go()
    assert isinstance(kept, Ingested)
    assert "robots.txt" in str(kept.error)
    assert kept.how == '{"defaults":{"title":"T","source":"Courier"}}'
    assert isinstance(got, Raw)
    assert "/private/1" not in site.paths()
