"""Values in words for people: dates, figures, places, counts."""

from datetime import date

from dateline.model.vocab import Bound, EventBasis

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BOUNDS = {
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
    Bound.MORE_THAN: "more than ",
    Bound.LESS_THAN: "less than ",
}
DASH = "—"


def day(text: str | None) -> str:
    """An ISO date or date-time as ``30 Sep 2022``; what is not a full date stays as it is.

    >>> day("2022-09-30"), day("2022-09"), day(None)
    ('30 Sep 2022', '2022-09', '—')
    """
    if not text:
        return DASH
    try:
        then = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year}"


def days(first: str | None, last: str | None) -> str:
    """A range of days, as short as it can be said.

    >>> days("2022-09-23", "2022-09-27"), days("2022-09-30", "2022-09-30"), days("2022-02-24", None)
    ('23–27 Sep 2022', '30 Sep 2022', 'from 24 Feb 2022')
    """
    if not first and not last:
        return DASH
    if not first:
        return f"until {day(last)}"
    if not last:
        return f"from {day(first)}"
    left, right = day(first), day(last)
    if left == right:
        return left
    a, b = left.split(), right.split()
    if len(a) == len(b) == 3 and a[1:] == b[1:]:
        return f"{a[0]}–{right}"
    if len(a) == len(b) == 3 and a[2] == b[2]:
        return f"{a[0]} {a[1]} – {right}"
    return f"{left} – {right}"


def when(first: str | None, last: str | None, basis: EventBasis) -> str:
    """When an event was, with what the answer rests on where that is not its own words.

    >>> when("2022-09-30", "2022-09-30", EventBasis.PUBLISHED)
    'by 30 Sep 2022 (publication)'
    """
    if basis is EventBasis.NONE or not (first or last):
        return DASH
    if basis is EventBasis.PUBLISHED:
        return f"by {day(last or first)} (publication)"
    if basis is EventBasis.DATELINE:
        return f"{days(first, last)} (dateline)"
    return days(first, last)


def number(value: float | None) -> str:
    """A quantity without needless decimals.

    >>> number(300000.0), number(2.5)
    ('300,000', '2.5')
    """
    if value is None:
        return "?"
    return f"{int(value):,}" if value == int(value) else f"{value:,.4g}"


def amount(value: float | None, low: float | None, high: float | None, bound: Bound, unit: str | None = None) -> str:
    """A figure with its bound in words.

    >>> amount(30.0, 30.0, None, Bound.AT_LEAST)
    'at least 30'
    >>> amount(None, 5.0, 7.0, Bound.RANGE, "km")
    '5–7 km'
    >>> amount(None, 24.0, None, Bound.PLURAL)
    'dozens or more (at least 24)'
    """
    tail = f" {unit}" if unit and unit != "%" else unit or ""
    if bound is Bound.RANGE:
        return f"{number(low)}–{number(high)}{tail}"
    if bound is Bound.PLURAL:
        return f"dozens or more (at least {number(low)}){tail}" if low else f"an unstated number{tail}"
    shown = value if value is not None else low if low is not None else high
    return f"{_BOUNDS.get(bound, '')}{number(shown)}{tail}"


def count(number_of: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "report"), count(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number_of} {one if number_of == 1 else many or one + 's'}"


def shorten(text: str, most: int = 240) -> str:
    """The text on one line, cut at a word with an ellipsis if it is longer than ``most`` code points."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
