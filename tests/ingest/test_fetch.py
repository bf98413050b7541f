import gzip
import time
from collections.abc import Iterator

import brotli
import pytest
import zstandard

from dateline.ingest.fetch import Fetcher, FetchError, Limits, checked, is_public
from tests.support.server import LOOPBACK, Reply, Site

PAGE = b"<h1>The river rose</h1>" * 40


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    limits = Limits(read=0.5, total=1.0, bytes=100_000, redirects=4)
    with Fetcher(limits, allowed=LOOPBACK) as fetcher:
        yield fetcher


def refusal(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(address)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_page_with_its_headers(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a?b=c"] = Reply(body=PAGE, headers={"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"})
    got = fetcher.fetch(f"{site.root}/a?b=c#part")
    assert (got.data, got.address, got.status) == (PAGE, f"{site.root}/a?b=c", 200)
    assert (got.header("etag"), got.header("content-type")) == ('"1"', "text/html; charset=utf-8")
    assert got.retrieved.endswith("+00:00")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress), ("deflate", None)],
)
def test_codings(site: Site, fetcher: Fetcher, coding: str, pack: object) -> None:
    import zlib

    packed = pack(PAGE) if callable(pack) else zlib.compress(PAGE)
    site.replies["/"] = Reply(body=packed, headers={"Content-Encoding": coding})
    assert fetcher.fetch(site.root).data == PAGE
    site.replies["/"] = Reply(body=packed[:-9], headers={"Content-Encoding": coding})
    if coding != "zstd":
        assert "break" in refusal(fetcher, site.root) or "broken" in refusal(fetcher, site.root)
    site.replies["/"] = Reply(body=b"no such thing", headers={"Content-Encoding": coding})
    assert "broken" in refusal(fetcher, site.root)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_is_cut(site: Site, fetcher: Fetcher, coding: str) -> None:
    zeros = bytes(50_000_000)
    packed = {"gzip": gzip.compress, "br": lambda d: brotli.compress(d, quality=1), "zstd": zstandard.compress}[coding](
        zeros
    )
    assert len(packed) < 100_000
    site.replies["/"] = Reply(body=packed, headers={"Content-Encoding": coding})
    assert "unpacks to more than 100,000 bytes" in refusal(fetcher, site.root)


def test_redirects_are_followed_to_the_end(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(status=301, headers={"Location": "b"})
    site.replies["/b"] = Reply(status=307, headers={"Location": f"{site.root}/c"})
    site.replies["/c"] = Reply(body=PAGE)
    assert fetcher.fetch(f"{site.root}/a").address == f"{site.root}/c"


def test_redirects_in_a_circle_and_too_many(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.replies["/b"] = Reply(status=302, headers={"Location": "/a"})
    assert refusal(fetcher, f"{site.root}/a") == "it redirects in a circle"
    for n in range(9):
        site.replies[f"/{n}"] = Reply(status=302, headers={"Location": f"/{n + 1}"})
    assert refusal(fetcher, f"{site.root}/0") == "it redirects too often"


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://[::ffff:192.168.0.1]/",
     "http://[64:ff9b::a00:1]/", "http://224.0.0.1/", "http://0.0.0.0/", "http://100.64.0.1/"],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_refused(site: Site, fetcher: Fetcher, target: str) -> None:
    site.replies["/"] = Reply(status=302, headers={"Location": target})
    assert "not on the public Internet" in refusal(fetcher, site.root)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, fetcher: Fetcher, target: str) -> None:
    site.replies["/"] = Reply(status=302, headers={"Location": target})
    assert "only http and https" in refusal(fetcher, site.root)


def test_loopback_is_refused_unless_a_test_allows_it(site: Site) -> None:
    site.replies["/"] = Reply(body=PAGE)
    with Fetcher() as fetcher:
        assert "127.0.0.1" in refusal(fetcher, site.root)
    assert site.asked == []


def test_a_name_that_changes_its_meaning_gains_nothing(site: Site) -> None:
    """What is connected to is what was checked: the name is asked for once in a connection."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0)

    site.replies["/"] = Reply(body=PAGE)
    port = site.root.rpartition(":")[2]
    with Fetcher(Limits(connect=0.2, total=0.5), resolver=rebinding) as fetcher:
        first = refusal(fetcher, f"http://rebinding.example:{port}/")
        assert "not on the public Internet" not in first
        assert asked == ["rebinding.example"]
        assert "127.0.0.1" in refusal(fetcher, f"http://rebinding.example:{port}/")
    assert site.asked == []


def test_one_private_number_among_others_is_enough_to_refuse() -> None:
    with Fetcher(resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"]) as fetcher:
        assert "10.0.0.1" in refusal(fetcher, "http://two-faced.example/")


def test_a_resolver_that_says_nothing_is_given_up() -> None:
    def silent(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["93.184.216.34"]

    start = time.monotonic()
    with Fetcher(Limits(connect=0.2), resolver=silent) as fetcher:
        assert "too long" in refusal(fetcher, "http://silent.example/")
    assert time.monotonic() - start < 2


def test_a_name_that_there_is_not() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with Fetcher(resolver=unknown) as fetcher:
        assert refusal(fetcher, "http://nowhere.example/") == "there is no host 'nowhere.example'"


def test_the_host_is_told_to_the_server(site: Site) -> None:
    site.replies["/"] = Reply(body=PAGE)
    port = site.root.rpartition(":")[2]
    with Fetcher(allowed=LOOPBACK, resolver=lambda host, port: ["127.0.0.1"]) as fetcher:
        fetcher.fetch(f"http://courier.example:{port}/")
    assert site.asked[0][1]["host"] == f"courier.example:{port}"


def test_a_slow_body_is_given_up(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = Reply(body=b"x" * 200, drip=0.05)
    start = time.monotonic()
    assert refusal(fetcher, site.root) == "it took too long (over 1 s)"
    assert time.monotonic() - start < 3


def test_a_server_that_says_nothing_is_given_up(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = Reply(body=b"xy", drip=0.8)
    assert refusal(fetcher, site.root) == "it took too long (no answer in time)"


def test_a_body_that_breaks_off(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = Reply(body=PAGE, length=len(PAGE) + 100)
    assert "breaks off" in refusal(fetcher, site.root)


def test_too_much(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = Reply(body=bytes(200_000))
    assert refusal(fetcher, site.root) == "it has 200,000 bytes; at most 100,000 are taken"
    site.replies["/"] = Reply(body=bytes(200_000), length=-1)
    assert refusal(fetcher, site.root) == "it has more than 100,000 bytes"


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = lambda headers: Reply(status=304) if headers.get("if-none-match") == '"1"' else Reply(body=PAGE)
    assert not fetcher.fetch(site.root).unchanged
    again = fetcher.fetch(site.root, etag='"1"')
    assert again.unchanged
    assert again.data == b""


def test_an_error_of_the_server_says_when_to_come_again(site: Site, fetcher: Fetcher) -> None:
    site.replies["/"] = Reply(status=503, headers={"Retry-After": "120"})
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(site.root)
    assert (raised.value.status, raised.value.wait) == (503, 120.0)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://", "no host"),
        ("http://user:pass@example.org/", "user name"),
        ("http://example.org:99999/", "not an address"),
        ("javascript:alert(1)", "only http"),
        ("http://[::1/", "not an address"),
    ],
)
def test_what_is_no_address(address: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        checked(address)


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.0.1", "224.0.0.1", "240.0.0.1", "0.0.0.0",
     "100.64.0.1", "192.0.2.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::",
     "2001:db8::1", "fec0::1", "nonsense"],
)  # fmt: skip
def test_numbers_that_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_numbers_that_are_public(number: str) -> None:
    assert is_public(number)
