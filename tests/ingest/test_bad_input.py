"""Input made to do harm ends in one line, in time, within its memory; each in a process of its own."""

import gzip
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS, MEGABYTES = 20, 512
READ = """
import sys
from pathlib import Path
from dateline.ingest.base import Fields
from dateline.ingest.files import Source, read_source
path = Path(sys.argv[1])
for one in read_source(Source(path.name, path), Fields()):
    print(one.error or f"taken: {len(one.report.text)}")
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
PARAGRAPHS = b"".join(b"<p>Rain fell at Arden on Monday, all day and all %d nights.</p>" % n for n in range(9))

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "30 MB of p": (lambda: b"<html>" + b"<p>" * 10_000_000, "30,000,006 bytes"),
    "tags": (lambda: b"<html>" + b"<p>x" * 200_000, "200,001 tags"),
    "deep": (lambda: b"<html>" + b"<div>" * 100_000 + b"Rain", "nested"),
    "a long attribute": (lambda: b'<html><p a="' + b"x" * 5_000_000 + b'">' + PARAGRAPHS, "taken"),
    "many attributes": (lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">", "attributes"),
    "attributes in many tags": (
        lambda: b"<html>" + (b"<p " + b" ".join(b"a%d" % n for n in range(190)) + b">") * 8_000, "attributes",
    ),
    "scripts that never end": (lambda: b"<html>" + b"<script>" * 500_000, "no text"),
    "structured data in structured data": (
        lambda: b'<html><script type="application/ld+json">' + b"[" * 200_000 + b"</script>" + PARAGRAPHS, "taken",
    ),
    "one endless text": (lambda: b"<html><p>" + b"x " * 5_500_000, "too long|characters"),
    "entities": (lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY c "bbb">]><html><p>&c;', "no text"),
    "cards": (lambda: b"<html>" + b"<a href=x><div>Some title of a card</div></a>" * 20_000, "no text"),
    "ampersands": (lambda: b"<html><p>" + b"&amp;" * 1_500_000, "no text"),
    "line breaks": (lambda: b"<html><p>" + b"Rain fell at Arden " * 4 + b"<br>rain fell at Arden" * 60_000, "taken"),
    "comments": (lambda: b"<!-- x -->" * 6_000 + b"<p>" + b"<p>Rain</p>" * 9, "no text"),
    "close below the limit": (lambda: b"<html><body>" + b"<div>" * 240 + PARAGRAPHS, "taken"),
    "NUL": (lambda: b"<html>" + PARAGRAPHS.replace(b"Rain", b"Ra\0in"), "taken"),
    "surrogates": (lambda: b"<html>" + PARAGRAPHS.replace(b"Rain", b"R\xed\xa0\x80&#xD800;ain"), "taken"),
    "a gzip bomb": (lambda: gzip.compress(b"\0" * 300_000_000, 9), "unpacks to more"),
    "gzip in gzip": (lambda: gzip.compress(gzip.compress(PARAGRAPHS)), "more than once"),
    "gzip cut off": (lambda: gzip.compress(bytes(range(256)) * 400)[:300], "too early"),
    "gzip broken": (lambda: gzip.compress(PARAGRAPHS)[:-6] + b"abcdef", "damaged"),
    "a zip": (lambda: b"PK\x03\x04" + bytes(100), "ZIP"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "png"),
    "a broken PDF": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99, "broken"),
    "a mail of mails": (
        lambda: b"From: a@b\nSubject: x\nDate: y\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 2_000,
        "mail",
    ),
}  # fmt: skip


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_one_line(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    path = tmp_path / "input"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=120, preexec_fn=_limit
    )
    assert done.returncode == 0, done.stderr[-500:]
    *lines, kilobytes = done.stdout.splitlines()
    assert len(lines) == 1, lines
    assert any(word in lines[0] for word in words.split("|")), lines
    assert int(kilobytes) < MEGABYTES * 1024
