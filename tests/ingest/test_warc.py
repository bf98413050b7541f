from collections import Counter
from pathlib import Path

import pytest

from dateline.ingest.base import Fields, Ingested
from dateline.ingest.raw import Raw
from dateline.ingest.warc import is_warc, read_warc
from tests.support.archives import PACKED, bomb, chunked, gz, page, pages, plain, record, response, zst

ENDINGS = list(PACKED)


class Read:
    """What an archive gave."""

    def __init__(self, path: Path) -> None:
        self.skipped: Counter[str] = Counter()
        items = list(read_warc(path, path.name, Fields(), self.skipped))
        self.raws = [item for item in items if isinstance(item, Raw)]
        self.bad = [item for item in items if isinstance(item, Ingested)]
        self.numbers = [int((raw.fields.url or "").rpartition("/")[2]) for raw in self.raws]
        assert all(one.offset is not None and one.error and "\n" not in one.error for one in self.bad)


def read(tmp_path: Path, ending: str, *parts: bytes) -> Read:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"".join(parts))
    return Read(path)


def packed(ending: str, records: list[bytes]) -> list[bytes]:
    return [PACKED[ending](one) for one in records]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_whole_archive(tmp_path: Path, ending: str) -> None:
    members = packed(ending, pages(12))
    found = read(tmp_path, ending, *members)
    assert found.bad == []
    assert found.numbers == list(range(12))
    assert [raw.data for raw in found.raws] == [page(n) for n in range(12)]
    first = found.raws[0]
    assert (first.fields.url, first.retrieved) == ("http://courier.example/0", "2031-05-07T10:00:00Z")
    assert first.media == "text/html; charset=utf-8"
    offsets = [sum(map(len, members[:n])) for n in range(12)]
    assert [raw.offset for raw in found.raws] == offsets
    assert [raw.name for raw in found.raws] == [f"a{ending}:{offset}" for offset in offsets]


@pytest.mark.parametrize("pack", [gz, zst])
def test_many_records_in_one_member(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    found = read(tmp_path, ".warc.gz", pack(b"".join(pages(12))))
    assert (found.bad, found.numbers) == ([], list(range(12)))
    assert len({raw.name for raw in found.raws}) == 12


def test_gzip_in_blocks_that_do_not_keep_to_records(tmp_path: Path) -> None:
    whole = b"".join(pages(12))
    found = read(tmp_path, ".warc.gz", *(gz(whole[n : n + 1000]) for n in range(0, len(whole), 1000)))
    assert (found.bad, found.numbers) == ([], list(range(12)))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("lost", [5, 40, 300])
def test_a_truncated_archive(tmp_path: Path, ending: str, lost: int) -> None:
    members = packed(ending, pages(6))
    members[-1] = members[-1][:-lost]
    found = read(tmp_path, ending, *members)
    assert found.numbers == [0, 1, 2, 3, 4]
    (bad,) = found.bad
    assert bad.offset == sum(map(len, members[:-1]))
    assert "ends before" in str(bad.error) or "breaks off" in str(bad.error)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("at", [0.3, 0.6, 0.99])
def test_a_corrupt_member(tmp_path: Path, ending: str, at: float) -> None:
    members = packed(ending, pages(6))
    broken = bytearray(members[2])
    for n in range(3):
        broken[int(len(broken) * at) - n] ^= 0x55
    found = read(tmp_path, ending, *members[:2], bytes(broken), *members[3:])
    assert found.numbers == [0, 1, 3, 4, 5]
    assert [bad.offset for bad in found.bad] == [sum(map(len, members[:2]))]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("off", [-100, -1, 1, 100, 3000, 10**9, 10**17])
def test_a_wrong_length(tmp_path: Path, ending: str, off: int) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(2)
    wrong = record("response", "http://courier.example/2", http, "application/http", length=len(http) + off)
    records = pages(6)
    records[2] = wrong
    members = packed(ending, records)
    found = read(tmp_path, ending, *members)
    assert found.numbers == [0, 1, 3, 4, 5]
    assert [bad.offset for bad in found.bad] == [sum(map(len, members[:2]))]


@pytest.mark.parametrize("ending", ENDINGS)
def test_garbage_between_records(tmp_path: Path, ending: str) -> None:
    members = packed(ending, pages(6))
    found = read(tmp_path, ending, *members[:3], b"what is this? " * 80, *members[3:])
    assert found.numbers == list(range(6))
    (bad,) = found.bad
    assert bad.offset == sum(map(len, members[:3]))
    assert "these bytes are no" in str(bad.error)


@pytest.mark.parametrize("ending", ENDINGS)
def test_garbage_first_and_zeros_last(tmp_path: Path, ending: str) -> None:
    members = packed(ending, pages(3))
    assert read(tmp_path, ending, *members, bytes(5000) if ending != ".warc" else b"").bad == []
    if ending == ".warc":
        found = read(tmp_path, ending, b"what is this? " * 80, *members)
        assert (found.numbers, [bad.offset for bad in found.bad]) == ([0, 1, 2], [0])


def test_a_member_that_unpacks_without_end_is_passed_over(tmp_path: Path) -> None:
    members = packed(".warc.gz", pages(3))
    found = read(tmp_path, ".warc.gz", members[0], bomb(300_000_000), *members[1:])
    assert found.numbers == [0, 1, 2]
    assert [bad.offset for bad in found.bad] == [len(members[0])]


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        ".warc.gz",
        *packed(
            ".warc.gz",
            [
                record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
                record("request", "http://courier.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http"),
                response("http://courier.example/1", page(1)),
                response("http://courier.example/a.png", b"\x89PNG", "image/png"),
                response("http://courier.example/robots.txt", b"User-agent: *", "text/plain"),
                response("http://courier.example/404", page(3), status="404 Not Found"),
                record("revisit", "http://courier.example/1", b"HTTP/1.1 200 OK\r\n\r\n", "application/http"),
                record("metadata", "http://courier.example/1", b"x: y\r\n", "application/warc-fields"),
                record("resource", "http://courier.example/7", page(7), "text/html"),
                record("response", "dns:courier.example", b"20310507 courier.example. IN A", "text/dns"),
            ],
        ),
    )
    assert found.numbers == [1, 7]
    assert found.bad == []
    assert found.skipped == {
        "warcinfo": 1, "request": 1, "revisit": 1, "metadata": 1, "other files": 2, "answers other than 200": 1,
        "other responses": 1,
    }  # fmt: skip


def test_transfer_codings_are_undone(tmp_path: Path) -> None:
    records = [
        response("http://courier.example/0", chunked(page(0)), headers="Transfer-Encoding: chunked\r\n"),
        response("http://courier.example/1", gz(page(1)), headers="Content-Encoding: gzip\r\n"),
        response("http://courier.example/2", page(2), headers="Content-Encoding: gzip\r\n"),
        response("http://courier.example/3", page(3)[:200], more="WARC-Truncated: length\r\n"),
        response("http://courier.example/4", bomb(200_000_000), headers="Content-Encoding: gzip\r\n"),
    ]
    found = read(tmp_path, ".warc", *records)
    assert [raw.data for raw in found.raws] == [page(0), page(1), page(2)]
    assert [str(bad.error).partition(": ")[2] for bad in found.bad] == [
        "the archive holds only its beginning (length)",
        "it unpacks to more than 64,000,000 bytes",
    ]


def test_bytes_that_are_not_those_of_the_digest(tmp_path: Path) -> None:
    records = pages(3)
    records[1] = records[1].replace(b"river", b"rover").replace(b"boats", b"goats").replace(b"dam ", b"dan ")
    assert records[1] != pages(3)[1]
    found = read(tmp_path, ".warc", *records)
    assert found.numbers == [0, 2]
    assert "digest" in str(found.bad[0].error)


def test_archives_are_told_by_content(tmp_path: Path) -> None:
    for n, pack in enumerate((plain, gz, zst)):
        path = tmp_path / str(n)
        path.write_bytes(pack(pages(1)[0]))
        assert is_warc(path)
        path.write_bytes(pack(b"The river rose overnight."))
        assert not is_warc(path)
    (tmp_path / "empty").write_bytes(b"")
    assert not is_warc(tmp_path / "empty")
