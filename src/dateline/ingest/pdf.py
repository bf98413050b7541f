"""A PDF in, one report out: its text in the order it is read, without what every page repeats."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, Final

from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.base import MOST_CHARACTERS, Fields, Found, make_found
from dateline.ingest.credits import credited_agency
from dateline.ingest.dates import machine_date, printed_dates
from dateline.ingest.html.facts import alike, names_in
from dateline.ingest.html.pieces import clean
from dateline.knowledge.pages import load_pages
from dateline.model.report import Fact, Report
from dateline.model.vocab import PassageKind, PublishedBasis

MOST_BYTES: Final = 64_000_000
"""The largest PDF."""
MOST_PAGES: Final = 300
"""Pages of a report at most; what has more is a book."""
MOST_RUNS: Final = 20_000
"""Runs of text on a page at most: a drawing made of letters has millions."""
EDGE: Final = 0.1
"""The share of a page's height at its top and foot in which running heads and page numbers stand."""
GUTTER: Final = 9.0
"""Points of empty width that part columns at least."""
MOST_CUTS: Final = 100
"""Cuts of a page within one another at most."""
FEWEST_LINES: Final = 3
"""Lines that a column has at least."""

_NUMBER: Final = re.compile(r"^\W*(?:page|p\.|seite)?\s*\d{1,4}(?:\s*(?:of|/|von|–|-)\s*\d{1,4})?\W*$", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*[•‣▪●◦·■□►]\s*")
_STOP: Final = re.compile(r"[.!?…:][\"”’»)\]]*$")
_HYPHEN: Final = re.compile(r"(\w{2,})[-\u2010]$")
_PARTED: Final = re.compile("[\u00ad\ufffe\x02]$")
_ODD: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ODD_TITLE: Final = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|.*\.(?:docx?|pdf|indd|qxd|odt|rtf)$|slide \d)", re.IGNORECASE
)


class Line(Struct, frozen=True):
    """A line of text and where it stands on its page, in points from the lower left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int

    @property
    def height(self) -> float:
        """Its height, which follows the size of its letters."""
        return self.top - self.bottom


def read_pdf(data: bytes, defaults: Fields | None = None) -> Report:
    """The report of a PDF.

    Columns are read one after the other, words parted at line ends are joined, running heads and page numbers
    are left out. The title is the one in the metadata if the first page shows it, else the first page's
    largest letters; the date is one printed at its head, else the day the file was made. Raises InputError
    for a PDF that is encrypted, broken, too long, or has no text (a scan).
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"the PDF has {len(data):,} bytes; at most {MOST_BYTES:,} are taken")
    lines, meta = _read(data)
    if not lines:
        raise InputError("there is no text in this PDF; it may be scanned")
    return make_found(_found(lines, meta), defaults or Fields())


def _read(data: bytes) -> tuple[list[list[Line]], dict[str, str]]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        said = str(error).lower()
        if "password" in said or "security" in said:
            raise InputError("the PDF is encrypted") from None
        raise InputError("the PDF is broken") from None
    try:
        if len(document) > MOST_PAGES:
            raise InputError(f"the PDF has {len(document):,} pages; at most {MOST_PAGES} are taken")
        pages, letters = [], 0
        for number in range(len(document)):
            lines = _page_lines(document[number], number)
            letters += sum(len(line.text) for line in lines)
            if letters > MOST_CHARACTERS:
                raise InputError(f"the PDF has more than {MOST_CHARACTERS:,} characters")
            pages.append(lines)
        meta = {key: clean(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    except pdfium.PdfiumError:
        raise InputError("the PDF is broken") from None
    finally:
        document.close()
    return [page for page in _without_furniture(pages) if page], meta


def _page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a page, in the order they are read."""
    text = page.get_textpage()
    count = text.count_rects()
    if count > MOST_RUNS:
        raise InputError(f"a page of the PDF has {count:,} runs of text; at most {MOST_RUNS:,} are taken")
    height = page.get_height()
    runs = []
    for index in range(count):
        left, bottom, right, top = text.get_rect(index)
        words = _ODD.sub("", _PARTED.sub("-", text.get_text_bounded(left, bottom, right, top)))
        if words.strip() and top > bottom:
            runs.append(Line(words, left, right, bottom / height, top / height, number))
    runs = [Line(r.text, r.left, r.right, r.bottom * height, r.top * height, number) for r in runs]
    lines = _joined(runs)
    return [
        Line(one.text, one.left, one.right, one.bottom / height, one.top / height, number) for one in _in_order(lines)
    ]


def _joined(runs: Sequence[Line]) -> list[Line]:
    """Runs on one line with no more than a space between them are one."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda r: (-round((r.top + r.bottom) / 2), r.left)):
        last = lines[-1] if lines else None
        level = last is not None and abs((last.top + last.bottom) - (run.top + run.bottom)) < max(
            last.height, run.height
        )
        if last is not None and level and -2 <= run.left - last.right < 0.9 * max(last.height, run.height, 6):
            gap = "" if run.left - last.right < 0.1 * run.height or last.text.endswith(" ") else " "
            lines[-1] = Line(
                f"{last.text}{gap}{run.text}",
                last.left,
                run.right,
                min(last.bottom, run.bottom),
                max(last.top, run.top),
                run.page,
            )
        else:
            lines.append(run)
    return lines


def _in_order(lines: list[Line], depth: int = 0) -> list[Line]:
    """Lines in reading order: cut where a column's gutter runs all the way down, else at the widest level gap."""
    if len(lines) < 2 * FEWEST_LINES or depth > MOST_CUTS:
        return sorted(lines, key=lambda line: (-round(line.top), line.left))
    for left, right in _sides(lines):
        return [*_in_order(left, depth + 1), *_in_order(right, depth + 1)]
    ordered = sorted(lines, key=lambda line: -line.top)
    widest, at, low = 0.0, 0, ordered[0].bottom
    for index, line in enumerate(ordered[1:], 1):
        gap = low - line.top
        if gap > widest:
            widest, at = gap, index
        low = min(low, line.bottom)
    if at and widest > 0:
        return [*_in_order(ordered[:at], depth + 1), *_in_order(ordered[at:], depth + 1)]
    return sorted(lines, key=lambda line: (-round(line.top), line.left))


def _sides(lines: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """The two sides of the widest gutter, when each is a column."""
    best: tuple[float, list[Line], list[Line]] | None = None
    ordered = sorted(lines, key=lambda line: line.left)
    reach = ordered[0].right
    for index, line in enumerate(ordered[1:], 1):
        gap = line.left - reach
        if gap >= GUTTER and min(index, len(ordered) - index) >= FEWEST_LINES and (best is None or gap > best[0]):
            best = (gap, ordered[:index], ordered[index:])
        reach = max(reach, line.right)
    if best is not None:
        yield best[1], best[2]


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without page numbers, and without lines at top or foot that most pages repeat but for digits."""

    def edge(line: Line) -> bool:
        return line.top > 1 - EDGE or line.bottom < EDGE

    seen = Counter(key for page in pages for key in {_undigited(line.text) for line in page if edge(line)})
    often = max(2, len(pages) / 2)

    def furniture(line: Line) -> bool:
        return edge(line) and (bool(_NUMBER.match(line.text)) or seen[_undigited(line.text)] >= often)

    return [[line for line in page if not furniture(line)] for page in pages]


def _undigited(text: str) -> str:
    return re.sub(r"\d+", "0", clean(text)).casefold()


def _found(pages: list[list[Line]], meta: dict[str, str]) -> Found:
    lines = [line for page in pages for line in page]
    whole = " ".join(line.text for line in lines).casefold()
    paragraphs = list(_paragraphs(lines, whole))
    head, title = _headline(lines, meta)
    blocks: list[tuple[PassageKind, str]] = []
    for words in paragraphs:
        if title and words in head:
            continue
        bullet = _BULLET.match(words)
        blocks.append((PassageKind.BULLET if bullet else PassageKind.PARAGRAPH, _BULLET.sub("", words)))
    if title:
        blocks.insert(0, (PassageKind.HEADLINE, title.value))
    top = [words for words in paragraphs[:8] if len(words.split()) <= 16]
    dates = [Fact("published", day, PublishedBasis.TEXT) for words in top for day in printed_dates(words)[:1]]
    made = machine_date(meta.get("CreationDate", ""))
    if made:
        dates.append(Fact("published", made, PublishedBasis.META))
    people = names_in(meta.get("Author", ""), (), load_pages())
    authors = [Fact("author", ", ".join(people), PublishedBasis.META)] if people else []
    by = [w for w in top if re.match(r"by\s", w, re.IGNORECASE)]
    authors += [
        Fact("author", ", ".join(names), PublishedBasis.TEXT) for w in by if (names := names_in(w, (), load_pages()))
    ]
    agency = credited_agency([text for _, text in blocks], by)
    return Found(blocks=tuple(blocks), facts=(*([title] if title else []), *authors, *dates), agency=agency)


def _headline(lines: list[Line], meta: dict[str, str]) -> tuple[set[str], Fact | None]:
    """The title, and the paragraphs of the first page that show it."""
    first = [line for line in lines if line.page == lines[0].page]
    usual = median(line.height for line in lines)
    large = max(line.height for line in first)
    shown = [line for line in first if line.height >= 0.92 * large] if large > 1.15 * usual else []
    text = clean(" ".join(line.text for line in shown))
    said = meta.get("Title", "")
    if said and not _ODD_TITLE.match(said) and (alike(said, text) or not text):
        if text or any(alike(said, clean(line.text)) for line in first):
            return {text, said, *(clean(line.text) for line in shown)}, Fact("title", text or said, PublishedBasis.META)
        return {said}, Fact("title", said, PublishedBasis.META)
    if text and len(text.split()) <= 40:
        return {text, *(clean(line.text) for line in shown)}, Fact("title", text, PublishedBasis.MARKUP)
    return set(), None


def _paragraphs(lines: Sequence[Line], whole: str) -> Iterator[str]:
    """Lines joined to paragraphs, across columns and pages where a sentence runs on."""
    held: list[Line] = []
    edges = _right_edges(lines)
    for line in lines:
        if held and _begins(held[-1], line, edges):
            yield _joined_text(held, whole)
            held = []
        held.append(line)
    if held:
        yield _joined_text(held, whole)


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """How far to the right the lines of each page reach that begin at about one place."""
    found: dict[tuple[int, int], float] = {}
    for line in lines:
        key = (line.page, round(line.left / 30))
        found[key] = max(found.get(key, 0.0), line.right)
    return found


def _begins(before: Line, line: Line, edges: dict[tuple[int, int], float]) -> bool:
    """Whether a line begins a paragraph."""
    if _BULLET.match(line.text) or abs(line.height - before.height) > 0.25 * before.height:
        return True
    down = before.bottom - line.top
    if line.page != before.page or down < -before.height:
        # The next column or page.
        return bool(_STOP.search(before.text.rstrip())) or not line.text.lstrip()[:1].islower()
    if down > 0.85 * before.height:
        return True
    stopped = bool(_STOP.search(before.text.rstrip()))
    edge = edges[(before.page, round(before.left / 30))]
    short = before.right < before.left + 0.8 * (edge - before.left)
    return stopped and (short or line.left - before.left > 6)


def _joined_text(lines: Sequence[Line], whole: str) -> str:
    text = ""
    for line in lines:
        words = clean(line.text)
        parted = _HYPHEN.search(text)
        if parted is not None and words[:1].islower():
            after = re.match(r"\w+", words)
            compound = f"{parted[1]}-{after[0] if after else ''}".casefold()
            text = text if compound in whole else text[:-1]
            text += words
        else:
            text = f"{text} {words}" if text else words
    return clean(text)
