"""Periods of the calendar: a TIMEX3 value with its first and last day."""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the meteorological seasons of the northern hemisphere."""


class Period(Struct, frozen=True):
    """A stretch of days with its TIMEX3 value."""

    value: str
    first: date
    last: date


def day(at: date) -> Period:
    """One day."""
    return Period(at.isoformat(), at, at)


def week(at: date) -> Period:
    """The ISO week, Monday to Sunday, that holds a day.

    >>> week(date(2022, 9, 20)).value
    '2022-W38'
    """
    first = at - timedelta(days=at.weekday())
    year, number, _ = at.isocalendar()
    return Period(f"{year}-W{number:02}", first, first + timedelta(days=6))


def weekend(at: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    monday = at - timedelta(days=at.weekday())
    return Period(f"{week(at).value}-WE", monday + timedelta(days=5), monday + timedelta(days=6))


def month(year: int, number: int) -> Period:
    """A month; ``number`` may run past either end of the year.

    >>> month(2022, 0).value
    '2021-12'
    """
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year; ``number`` may run past either end of it."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Period(f"{year:04}-Q{number}", date(year, 3 * number - 2, 1), month(year, 3 * number).last)


def half(year: int, number: int) -> Period:
    """A half of the calendar year."""
    return Period(f"{year:04}-H{number}", date(year, 6 * number - 5, 1), month(year, 6 * number).last)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def decade(first: int) -> Period:
    """Ten years from a year that ends in 0; TIMEX3 writes its first three digits."""
    return Period(f"{first // 10}", date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Period:
    """A century by its ordinal: the 20th runs from 1900 to 1999 here, as TIMEX3 writes it (19)."""
    return Period(f"{number - 1:02}", date(100 * (number - 1) or 1, 1, 1), date(100 * number - 1, 12, 31))


def season(in_year: int, code: str) -> Period:
    """A season, named after the year in which it begins."""
    first, last = SEASONS[code]
    return Period(f"{in_year:04}-{code}", date(in_year, first, 1), month(in_year + (last < first), last).last)


def shift(at: date, unit: str, by: int) -> date:
    """The day ``by`` units (D, W, M, Q, Y, with an optional leading number) from ``at``.

    The day of the month is kept where the month has it. Stays within the years 1 to 9999.
    """
    many, letter = int(unit[:-1] or 1) * by, unit[-1]
    if letter in "DW":
        return at + timedelta(days=many * (7 if letter == "W" else 1))
    months = at.year * 12 + at.month - 1 + many * {"M": 1, "Q": 3, "Y": 12}[letter]
    there = min(max(months // 12, 1), 9999)
    return date(there, months % 12 + 1, min(at.day, monthrange(there, months % 12 + 1)[1]))


def period(at: date, unit: str) -> Period:
    """The period of a unit (D, W, WE, 2W, M, Q, Y, 10Y, 100Y) that holds a day."""
    if unit == "WE":
        return weekend(at)
    if unit.endswith("W"):
        return week(at)
    if unit == "M":
        return month(at.year, at.month)
    if unit == "Q":
        return quarter(at.year, (at.month + 2) // 3)
    if unit == "10Y":
        return decade(at.year // 10 * 10)
    if unit == "100Y":
        return century(at.year // 100 + 1)
    return year(at.year) if unit == "Y" else day(at)
