"""Dates as machines and people write them on pages, in mail and in PDFs."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from dateline.knowledge.pages import load_pages

LONGEST: Final = 2_000
"""Letters in which printed dates are looked for."""
EARLIEST: Final = 1980
"""No report is older; what says so is a default of its system."""
LATEST: Final = 2100

_ISO: Final = re.compile(
    r"(?P<y>\d{4})[-/.]?(?P<m>\d{2})[-/.]?(?P<d>\d{2})"
    r"(?:[T ,]+(?P<H>\d{2})[:.]?(?P<M>\d{2})(?:[:.]?(?P<S>\d{2})(?:[.,]\d+)?)?\s*"
    r"(?P<z>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?")
_PDF: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-]\d{2})'?(\d{2})?)?")
_URL: Final = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2}|[a-z]{3})[/-](?P<d>\d{1,2})(?=[/.-]|$)|/(?P<c>20\d{6})(?=[/.-]|$)|[-_/](?P<e>20\d{2}-\d{2}-\d{2})(?=[/._-]|$)"
)
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+|[./:-]")
_CLOCK: Final = re.compile(
    r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?(?!\.\d)\s*([ap])?\.?(?:m\b\.?)?", re.IGNORECASE
)
_NUMBERS: Final = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_DIGITS: Final = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_CJK: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def machine_date(value: str) -> str | None:
    """A date or date-time in ISO 8601 from what software writes: ISO, RFC 5322, JavaScript, epoch, PDF.

    >>> machine_date("2024-05-01T10:00:00+0300"), machine_date("Wed, 01 May 2024 10:00:00 GMT"), machine_date("soon")
    ('2024-05-01T10:00:00+03:00', '2024-05-01T10:00:00+00:00', None)
    """
    text = value.strip().translate(_DIGITS)
    if not text or len(text) > 80:
        return None
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    pdf = _PDF.match(text)
    if pdf is not None:
        zone = "Z" if pdf[7] else f"{pdf[8]}:{pdf[9] or '00'}" if pdf[8] else None
        return _written(pdf[1], pdf[2], pdf[3], pdf[4], pdf[5], pdf[6], zone)
    iso = _ISO.match(text)
    if iso is not None:
        return _written(iso["y"], iso["m"], iso["d"], iso["H"], iso["M"], iso["S"], iso["z"])
    if re.match(r"[A-Z][a-z]{2},? ", text) or re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        try:
            found = parsedate_to_datetime(
                re.sub(r"^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d+) (\d{4})", r"\1, \3 \2 \4", text)
            )
        except (ValueError, TypeError, IndexError):
            return None
        return found.isoformat() if EARLIEST <= found.year < LATEST else None
    return None


def _written(
    y: str, m: str, d: str, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> str | None:
    try:
        day = date(int(y), int(m), int(d))
        if not EARLIEST <= day.year < LATEST:
            return None
        if hour is None or minute is None:
            return day.isoformat()
        at = datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    if zone in ("Z", "UTC", "GMT"):
        return at.isoformat() + "+00:00"
    if zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        if int(digits[:2]) > 14:
            return at.isoformat()
        return f"{at.isoformat()}{zone[0]}{digits[:2]}:{digits[2:]}"
    return at.isoformat()


def printed_dates(text: str, month_first: bool = False) -> list[str]:
    """The days that words name in full, with the time of day where one follows, in order.

    Numbers alone (3/5/2024) are read only when they can be read in one way, or by the language of the page.

    >>> printed_dates("Published 1 May 2024, 10:15; updated May 2, 2024")
    ['2024-05-01T10:15:00', '2024-05-02']
    """
    text = text[:LONGEST].translate(_DIGITS)
    found: list[tuple[int, int, date]] = []
    words = list(_WORDS.finditer(text))
    months = load_pages().months
    for i, word in enumerate(words):
        month = months.get(word[0].lower())
        if month is None and i + 1 < len(words):
            month = months.get(f"{word[0]} {words[i + 1][0]}")
        day = _around(words, i, month) if month else None
        if day is not None:
            found.append(day)
    for match in _NUMBERS.finditer(text):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        first = month_first if one <= 12 and two <= 12 and match[2] == "/" else two > 12
        made = _day(year, one if first else two, two if first else one)
        if made:
            found.append((match.start(), match.end(), made))
    for match in _CJK.finditer(text):
        made = _day(int(match[1]), int(match[2]), int(match[3]))
        if made:
            found.append((match.start(), match.end(), made))
    for match in re.finditer(r"(?<!\d)(\d{4})[-/.](\d{2})[-/.](\d{2})(?!\d)", text):
        made = _day(int(match[1]), int(match[2]), int(match[3]))
        if made:
            found.append((match.start(), match.end(), made))
    return [_with_clock(text, end, day) for _, end, day in sorted(found)]


def _around(words: list[re.Match[str]], at: int, month: int) -> tuple[int, int, date] | None:
    """A day and year beside the name of a month: "1 May 2024", "1 de mayo de 2024", "May 1st, 2024"."""
    numbers = [w for w in words[max(0, at - 3) : at + 6] if w[0].isdigit()]
    before = [
        w for w in numbers if w.end() <= words[at].start() and words[at].start() - w.end() <= 6 and len(w[0]) <= 2
    ]
    after = [w for w in numbers if w.start() >= words[at].end() and w.start() - words[at].end() <= 14]
    year = next((w for w in after if len(w[0]) == 4), None)
    if year is None:
        return None
    short = [w for w in after if len(w[0]) <= 2 and w.end() <= year.start() and w.start() - words[at].end() <= 3]
    day = before[-1] if before else short[0] if short else None
    if day is None or (not before and year.start() - day.end() > 6):
        return None
    made = _day(int(year[0]), month, int(day[0]))
    return (min(day.start(), words[at].start()), year.end(), made) if made else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year < LATEST else None
    except ValueError:
        return None


def _with_clock(text: str, end: int, day: date) -> str:
    clock = _CLOCK.search(text, end, end + 14)
    if clock is None:
        return day.isoformat()
    hour, minute, half = int(clock[1]), int(clock[2]), (clock[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{day.isoformat()}T{hour:02}:{minute:02}:00"


def url_date(url: str) -> str | None:
    """The day in an address, as many publishing systems put it there.

    >>> url_date("https://news.example/2024/05/01/dam-fails")
    '2024-05-01'
    """
    match = _URL.search(url)
    if match is None:
        return None
    if match["c"] or match["e"]:
        return machine_date(match["c"] or match["e"])
    month = int(match["m"]) if match["m"].isdigit() else load_pages().months.get(match["m"], 0)
    made = _day(int(match["y"]), month, int(match["d"]))
    return made.isoformat() if made else None


def day_of(value: str) -> date:
    """The day of a date or date-time, on its own clock."""
    return date.fromisoformat(value[:10])


def near(a: str, b: str) -> bool:
    """Whether two dates can be one: the clocks of the world are up to a day apart."""
    return abs(day_of(a) - day_of(b)) <= timedelta(days=1)
