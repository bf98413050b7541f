"""A mail in, one report out: a wire's dispatch, a press release, a forwarded text."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from dateline.errors import InputError
from dateline.ingest.base import Fields, Found, make_found
from dateline.ingest.credits import credited_agency
from dateline.ingest.dates import machine_date
from dateline.ingest.html import find_report
from dateline.ingest.html.charset import decode_page
from dateline.ingest.html.facts import names_in
from dateline.ingest.html.guard import parse_page
from dateline.ingest.html.pieces import clean, cut
from dateline.knowledge.pages import PhraseKind, load_pages
from dateline.model.report import Fact, Report
from dateline.model.vocab import PassageKind, PublishedBasis

MOST_BYTES: Final = 25_000_000
"""The largest mail: what mail servers carry."""
MOST_PARTS: Final = 200
"""Parts of a mail looked at."""
ENOUGH: Final = 20
"""Words from which on the plain part is read and not the one in HTML."""

_FORWARDED: Final = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"^(?:> ?)+")
_BULLET: Final = re.compile(r"^\s*(?:[•‣▪●*]|[-–])\s+")


def read_mail(data: bytes, defaults: Fields | None = None) -> Report:
    """The report of a mail: subject as title, its date, its sender as the author or, if no person, the outlet.

    The plain part is read, else the one in HTML; attachments are not. Quoted lines are quotations; what
    follows a signature's mark ("-- ") is left out. Raises InputError for what is no mail or has no text.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"the mail has {len(data):,} bytes; at most {MOST_BYTES:,} are taken")
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    try:
        message = message_from_bytes(data, policy=policy.default)
        found = _found(message)
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise InputError(
            f"the mail is broken: {str(error).splitlines()[0][:100] if str(error) else type(error).__name__}"
        ) from None
    return make_found(found, defaults or Fields())


def _found(message: EmailMessage) -> Found:
    pages = load_pages()
    parts = _parts(message)
    plain = next((text for kind, text in parts if kind == "text/plain" and len(text.split()) >= ENOUGH), None)
    markup = next((text for kind, text in parts if kind == "text/html" and text.strip()), None)
    base = Found(blocks=())
    if plain is not None:
        blocks = list(_paragraphs(plain))
    elif markup is not None:
        page = parse_page(markup.encode("utf-8", "replace"), "utf-8")
        try:
            base = find_report(page, Fields())
            blocks = [block for block in base.blocks if block[0] is not PassageKind.HEADLINE]
        except InputError:
            blocks = [(piece.kind, piece.text) for piece in cut(page.tree, pages).pieces]
    else:
        blocks = [block for kind, text in parts if kind == "text/plain" for block in _paragraphs(text)]
    if not blocks:
        raise InputError("there is no text in this mail")
    facts = _facts(message)
    title = next((fact.value for fact in facts if fact.field == "title"), None)
    if title and clean(blocks[0][1]).casefold() != title.casefold():
        blocks.insert(0, (PassageKind.HEADLINE, title))
    elif title:
        blocks[0] = (PassageKind.HEADLINE, blocks[0][1])
    sender = parseaddr(str(message.get("From", "")))[0]
    texts = [text for _, text in blocks]
    agency = credited_agency(texts, [sender], None, pages)
    return Found(blocks=tuple(blocks), facts=(*facts, *base.facts), url=base.url, agency=agency, marks=base.marks)


def _facts(message: EmailMessage) -> list[Fact]:
    found: list[Fact] = []
    header = PublishedBasis.HEADER
    subject = clean(_FORWARDED.sub("", _text(message.get("Subject"))))
    if subject:
        found.append(Fact("title", subject, header))
    day = machine_date(_text(message.get("Date")))
    if day:
        found.append(Fact("published", day, header))
    name = clean(parseaddr(_text(message.get("From")))[0])
    if name:
        people = names_in(name, (), load_pages())
        office = load_pages().phrase(PhraseKind.OFFICE).search(name)
        found.append(Fact("author" if people == [name] and not office else "source", name, header))
    return found


def _text(value: object) -> str:
    return str(value or "").encode("utf-8", "replace").decode("utf-8").replace("\n", " ")


def _parts(message: EmailMessage) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes):
            text = decode_page(raw, part.get_content_charset()).replace("\0", "")
            flowed = str(part.get_param("format", "")).lower() == "flowed"
            found.append((kind, re.sub(r" \r?\n(?!\r?\n|--)", " ", text) if flowed else text))
    return found


def _paragraphs(text: str) -> list[tuple[PassageKind, str]]:
    """The paragraphs that empty lines part; where none do, each line is one."""
    text = re.split(r"^-- ?\r?$", text, maxsplit=1, flags=re.MULTILINE)[0].replace("\r\n", "\n").replace("\r", "\n")
    wrapped = "\n\n" in text.strip()
    found: list[tuple[PassageKind, str]] = []
    for block in re.split(r"\n\s*\n", text) if wrapped else text.split("\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        quoted = bool(lines) and all(line.startswith(">") for line in lines)
        lines = [_QUOTED.sub("", line) for line in lines]
        for group in _grouped(lines):
            words = clean(" ".join(group))
            bullet = _BULLET.match(group[0]) is not None
            kind = PassageKind.QUOTE if quoted else PassageKind.BULLET if bullet else PassageKind.PARAGRAPH
            if any(c.isalnum() for c in words):
                found.append((kind, _BULLET.sub("", words) if bullet else words))
    return found


def _grouped(lines: list[str]) -> list[list[str]]:
    """The lines of a block, those of a list apart."""
    groups: list[list[str]] = []
    for line in lines:
        if not groups or _BULLET.match(line):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups
