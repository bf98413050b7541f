"""Reckonings: from a hit of the grammar to a TIMEX3 type, value and interval.

Each takes the hit, the day of publication (None when unknown) and the direction of its clause, and gives
None when the words name no time after all ("February 31").
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from dateline.model.vocab import TimeBasis, TimeType
from dateline.read.times import calendar as cal

if TYPE_CHECKING:
    from dateline.read.times.grammar import Hit


class Reckoned(Struct, frozen=True):
    """What a hit means. ``first`` and ``last`` are ISO, both inclusive."""

    type: TimeType
    value: str
    first: str | None
    last: str | None
    basis: TimeBasis


Reckoning = Callable[["Hit", date | None, int], Reckoned | None]

ZONES_SINCE = "2016-10-01"
"""From this day on the times of the places in ``zone_place`` are as far ahead of UTC as they are listed."""
_OPEN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}


def _dated(period: cal.Period, basis: TimeBasis, suffix: str = "") -> Reckoned:
    kind = TimeType.TIME if suffix else TimeType.DATE
    return Reckoned(kind, period.value + suffix, period.first.isoformat(), period.last.isoformat(), basis)


def _unanchored(value: str, kind: TimeType = TimeType.DATE) -> Reckoned:
    return Reckoned(kind, value, None, None, TimeBasis.UNANCHORED)


def _part(hit: "Hit") -> str:
    part = hit.value("part")
    return f"T{part}" if part else ""


def _year(hit: "Hit") -> int | None:
    """The year of a hit in digits or words, if it has one."""
    digits = hit.value("year")
    if digits is not None and digits.isdecimal():
        return int(digits)
    at = hit.index("numeral_word")
    if at is None:
        return None
    numbers = [int(v["numeral_word"]) for v in hit.values[at:] if "numeral_word" in v]
    if len(numbers) >= 2 and numbers[1] == 1000 and numbers[0] in (1, 2):
        return numbers[0] * 1000 + sum(numbers[2:])
    if len(numbers) >= 2 and numbers[0] in (18, 19, 20) and numbers[1] >= 10:
        return numbers[0] * 100 + sum(numbers[1:])
    return None


def count(hit: "Hit") -> int | None:
    """The number before a unit, from digits and number words ("a hundred and twenty" is 120)."""
    total, current, seen = 0, 0.0, False
    for unit, values in zip(hit.units, hit.values, strict=True):
        if "number" in values:
            digits = unit.word.replace(",", "")
            if digits.count(".") > 1:
                return None
            current, seen = current + float(digits), True
        elif "numeral_word" in values:
            number, seen = int(values["numeral_word"]), True
            if number >= 100:
                total, current = int(total + (current or 1) * number), 0
            else:
                current += number
        elif "couple" in values:
            return 2
        elif "or" in values:
            break
        elif "a" in values and not seen:
            total, seen = 0, True
            if not any("numeral_word" in v or "number" in v or "couple" in v or "few" in v for v in hit.values):
                return 1
        elif seen and ("unit" in values or "units" in values):
            break
    found = total + current
    return int(found) if seen and found == int(found) else None


def calendar(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A date of the calendar: year, month and day as far as given; a missing year comes from the anchor."""
    number = _month(hit)
    if number is None:
        return None
    year, on = _year(hit), _day(hit)
    if year is not None:
        if on is None:
            return _dated(cal.month(year, number), TimeBasis.EXPLICIT)
        at = _safe(year, number, on)
        return _dated(cal.day(at), TimeBasis.EXPLICIT) if at else None
    if on is None:
        return month(hit, anchor, toward)
    if anchor is None:
        return _unanchored(f"XXXX-{number:02}-{on:02}") if _safe(2000, number, on) else None
    candidates = [at for y in (-1, 0, 1) if (at := _safe(anchor.year + y, number, on))]
    if not candidates:
        return None
    back = [at for at in candidates if at <= anchor + timedelta(days=1)]
    ahead = [at for at in candidates if at >= anchor]
    if toward < 0 and back:
        best = back[-1]
    elif toward > 0 and ahead:
        best = ahead[0]
    else:
        best = min(candidates, key=lambda at: abs((at - anchor).days))
    # A tense that would put the date more than nine months off was read from the wrong verb.
    nearest = min(candidates, key=lambda at: abs((at - anchor).days))
    if abs((best - anchor).days) > 270:
        best = nearest
    return _dated(cal.day(best), TimeBasis.RELATIVE)


def days(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """Days of one month ("12-15 May"): the first of them as a date, and the last to which it runs."""
    numbers = [int(unit.word) for unit, values in zip(hit.units, hit.values, strict=True) if "day" in values][:2]
    opening = calendar(hit, anchor, toward)
    if opening is None or opening.first is None or len(numbers) < 2 or numbers[0] >= numbers[1]:
        return None
    first = date.fromisoformat(opening.first)
    last = _safe(first.year, first.month, numbers[1])
    if last is None:
        return None
    value = f"{first.isoformat()}/{last.isoformat()}"
    return Reckoned(TimeType.DATE, value, first.isoformat(), last.isoformat(), opening.basis)


def _month(hit: "Hit") -> int | None:
    found = hit.value("month_name", "month_verb", "month_short") or hit.value("month_digit")
    return int(found) if found and found.isdecimal() else None


def _day(hit: "Hit") -> int | None:
    if hit.rule == "iso-date":
        return int(hit.units[-1].word)
    found = hit.value("day", "ordinal")
    if found is None:
        return None
    return int(found.rstrip("stndrh"))


def _safe(year: int, number: int, on: int) -> date | None:
    try:
        return date(year, number, on)
    except ValueError:
        return None


def month(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A bare month: the last one (this one counts) or the next, by "last", "next" or the tense."""
    number = _month(hit)
    if number is None:
        return None
    if anchor is None:
        return _unanchored(f"XXXX-{number:02}")
    named = -1 if hit.has("last") else 1 if hit.has("next") else 0
    offset = (number - anchor.month) % 12
    ahead, back = offset, offset - 12 if offset else 0
    if hit.has("this"):
        return _dated(cal.month(anchor.year, number), TimeBasis.RELATIVE)
    if named:
        months = (back or -12) if named < 0 else (ahead or 12)
    elif toward:
        months = back if toward < 0 else ahead
    else:
        months = back if -back <= 9 or ahead > 3 else ahead
    return _dated(cal.month(anchor.year, anchor.month + months), TimeBasis.RELATIVE)


def month_of_relative(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "July last year"."""
    number, step = _month(hit), hit.value("last", "this", "next")
    if number is None or hit.value("unit") != "Y" or step is None:
        return None
    if anchor is None:
        return _unanchored(f"XXXX-{number:02}")
    return _dated(cal.month(anchor.year + int(step), number), TimeBasis.RELATIVE)


def weekday(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A weekday: looking back the last one, looking ahead the next; the publication day counts for both.

    Without a tense it looks back, as news does. "Last Friday" and "next Friday" never are the day itself.
    """
    number, part = int(hit.value("weekday", "weekday_short") or 1), _part(hit)
    if anchor is None:
        return _unanchored(f"XXXX-WXX-{number}{part}", TimeType.TIME if part else TimeType.DATE)
    ahead = (number - anchor.isoweekday()) % 7
    if hit.has("next") and not hit.has("this"):
        days = ahead or 7
    elif hit.has("next"):
        days = ahead
    elif hit.has("last"):
        days = ahead - 7
    elif hit.has("this"):
        days = ahead if toward >= 0 else ahead - 7 if ahead else 0
    else:
        days = ahead if toward > 0 else ahead - 7 if ahead else 0
    return _dated(cal.day(anchor + timedelta(days=days)), TimeBasis.RELATIVE, part)


def weekday_set(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "Tuesdays", "Tuesday nights", "each Thursday"."""
    number, part = hit.value("weekdays", "weekday"), hit.value("parts", "part")
    return Reckoned(TimeType.SET, f"XXXX-WXX-{number}{'T' + part if part else ''}", None, None, TimeBasis.EXPLICIT)


def deictic(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """Today, yesterday, tomorrow, tonight, this morning, last night."""
    part = _part(hit) or ("TNI" if hit.has("tonight") else "")
    if hit.has("deictic") or hit.has("tonight"):
        days = int(hit.value("deictic", "tonight") or 0)
    elif hit.has("that"):
        return None
    else:
        days = int(hit.value("last", "this") or 0)
    days += int(hit.value("beyond") or 0)
    if anchor is None:
        return _unanchored(f"XXXX-XX-XX{part}", TimeType.TIME if part else TimeType.DATE)
    return _dated(cal.day(anchor + timedelta(days=days)), TimeBasis.RELATIVE, part)


def overnight(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """The night that ends on the day of publication, or on the weekday it goes "into"; its value is its evening's."""
    if toward > 0 or anchor is None:
        return _unanchored("TNI", TimeType.TIME)
    end = anchor
    if hit.has("weekday"):
        end -= timedelta(days=(anchor.isoweekday() - int(hit.value("weekday") or 1)) % 7)
    night = cal.day(end - timedelta(days=1))
    return Reckoned(TimeType.TIME, f"{night.value}TNI", night.first.isoformat(), end.isoformat(), TimeBasis.RELATIVE)


def weekend(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """The weekend that is on or was last, or with a future verb the coming one."""
    if anchor is None:
        return _unanchored(_OPEN["WE"])
    on = toward > 0 or anchor.isoweekday() > 5
    return _dated(cal.period(cal.shift(anchor, "W", 0 if on else -1), "WE"), TimeBasis.RELATIVE)


def clock(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A time of the clock, with its day where the words give one."""
    at = _clock(hit)
    if at is None:
        return None
    on: Reckoned | None = None
    if hit.has("deictic"):
        on = deictic(hit, anchor, toward)
    elif hit.has("weekday") and not hit.has("month_name"):
        on = weekday(hit, anchor, toward)
    elif hit.has("month_name") or hit.has("month_short") or hit.has("month_verb"):
        on = _calendar_after_clock(hit, anchor, toward)
    if on is None:
        return Reckoned(TimeType.TIME, f"T{at}", None, None, TimeBasis.UNANCHORED)
    when = f"{on.first}T{at}{_offset(hit, on.first)}" if on.first and at != "24:00" else on.first
    return Reckoned(TimeType.TIME, f"{on.value}T{at}", when, when, on.basis)


def _offset(hit: "Hit", day: str) -> str:
    """How far the named clock is ahead of UTC ("+03:00"), so that the moment is one; empty where it is not sure."""
    ahead = hit.value("zone") or (hit.value("zone_place") if day >= ZONES_SINCE else None) or ""
    return ahead if ahead[:1] in ("+", "-") else ""


def _calendar_after_clock(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    start = hit.index("month_name", "month_short", "month_verb")
    if start is None:
        return None
    if start and "day" in hit.values[start - 1] and start > 1:
        start -= 1
    rest = type(hit)(hit.rule, hit.reckon, hit.units[start:], hit.values[start:], hit.before, hit.since)
    return calendar(rest, anchor, toward)


def _clock(hit: "Hit") -> str | None:
    if (named := hit.value("instant")) is not None:
        return named
    if hit.has("zone") and len(hit.units[0].word) == 4 and hit.units[0].word.isdecimal():
        # "0600 GMT"
        hour, minute = divmod(int(hit.units[0].word), 100)
        return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
    start = hit.index("hour", "numeral_word")
    if start is None:
        return None
    hour = int(hit.values[start].get("numeral_word") or hit.units[start].word)
    minute = 0
    if start + 2 < len(hit.units) and "colon" in hit.values[start + 1] and hit.units[start + 2].word.isdigit():
        minute = int(hit.units[start + 2].word)
    half_day = next((v["meridiem"] for v in hit.values[start + 1 :] if "meridiem" in v), None)
    if half_day is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(half_day)
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def relative(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "Last week", "this month", "the current year", "the quarter" (the last one that is over)."""
    unit = hit.value("unit") or "D"
    if unit.startswith("T") or (unit == "D" and not hit.has("last")) or hit.has("that"):
        return None
    if anchor is None:
        return _unanchored(_OPEN.get(unit, "XXXX"))
    step = int(hit.value("last", "this", "next") or 0) + int(hit.value("beyond") or 0)
    if unit == "Q" and not (hit.has("last") or hit.has("this") or hit.has("next")):
        step = -1
    base = "W" if unit == "WE" else unit
    return _dated(cal.period(cal.shift(anchor, base, step), unit), TimeBasis.RELATIVE)


def quarter(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A quarter or half by its ordinal, in a given year, a relative one, or the latest that has begun."""
    ordinal = hit.value("ordinal")
    number = int(ordinal) if ordinal else 0
    if hit.has("half"):
        size, number = 2, number or 2
    elif any(v.get("unit") == "Q" for v in hit.values):
        size, number = 4, number or 4
    else:
        return None
    if not 1 <= number <= size:
        return None
    make = cal.half if size == 2 else cal.quarter
    if (year := _year(hit)) is not None:
        return _dated(make(year, number), TimeBasis.EXPLICIT)
    if anchor is None:
        return _unanchored(f"XXXX-{'H' if size == 2 else 'Q'}{number}")
    step = next((v[c] for v in hit.values for c in ("last", "this", "next") if c in v and "unit" not in v), None)
    if step is not None and hit.has("ordinal"):
        return _dated(make(anchor.year + int(step), number), TimeBasis.RELATIVE)
    found = make(anchor.year, number)
    reach = timedelta(days=90 if hit.has("the") else 0)
    if toward <= 0 and found.first > anchor + reach:
        found = make(anchor.year - 1, number)
    return _dated(found, TimeBasis.RELATIVE)


def quarter_year_earlier(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "The year-earlier quarter": that of the last one that is over, a year before."""
    if hit.value("unit") != "Y":
        return None
    if anchor is None:
        return _unanchored("XXXX-QX")
    before = cal.shift(anchor, "Y", -1)
    ordinal = hit.value("ordinal")
    if ordinal and 1 <= int(ordinal) <= 4:
        return _dated(cal.quarter(before.year, int(ordinal)), TimeBasis.RELATIVE)
    return _dated(cal.period(cal.shift(before, "Q", -1), "Q"), TimeBasis.RELATIVE)


def ago(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "Two years ago": the period of that unit, as many before the publication."""
    unit, many = hit.value("unit", "units") or "D", count(hit)
    if unit.startswith("T"):
        return None
    if many is None:
        return _unanchored("PAST_REF")
    if anchor is None:
        return _unanchored(_OPEN.get(unit, "XXXX"))
    try:
        return _dated(cal.period(cal.shift(anchor, unit, -many), unit), TimeBasis.RELATIVE)
    except OverflowError:
        return None


def narrated(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "Two days earlier", "the next day": counted from ``anchor``, here the day the story told of last, if any."""
    unit = hit.value("unit", "units") or "D"
    if unit.startswith("T"):
        return None
    many = 1 if hit.has("narrating") or hit.rule == "day-before" else count(hit)
    if anchor is None or many is None or unit == "WE":
        return _unanchored(_OPEN.get(unit, "XXXX"))
    step = int(hit.value("before", "after", "narrating") or 1)
    try:
        return _dated(cal.period(cal.shift(anchor, unit, many * step), unit), TimeBasis.RELATIVE)
    except OverflowError:
        return None


def length(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A length of time; after "past" or "next" it also has its days, counted from the publication."""
    unit = next((v.get("units") or v.get("unit") for v in reversed(hit.values) if "units" in v or "unit" in v), None)
    if unit is None:
        return None
    many = count(hit)
    if many is None and hit.has("unit") and not hit.has("few"):
        many = 1
    size = _length(unit, many)
    step = hit.value("last", "next")
    if step is None or anchor is None or many is None or unit.startswith("T") or unit == "WE":
        return Reckoned(TimeType.DURATION, size, None, None, TimeBasis.UNANCHORED)
    try:
        other = cal.shift(anchor, unit, many * int(step))
    except OverflowError:
        return None
    first, last = sorted((anchor, other))
    return Reckoned(TimeType.DURATION, size, first.isoformat(), last.isoformat(), TimeBasis.RELATIVE)


def _length(unit: str, many: int | None) -> str:
    clock, unit = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    if unit == "WE":
        return f"P{many if many is not None else 'X'}WE"
    times, letter = int(unit[:-1] or 1), unit[-1]
    if clock and letter == "H" and many and many % 24 == 0:
        return f"P{many // 24}D"
    if letter == "Q" and many is not None:
        return f"P{3 * many}M"
    return f"P{clock}{many * times if many is not None else 'X'}{letter}"


def season(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A season of a year, or the last one that has begun ("next": the first that has not)."""
    code = hit.value("season") or "SU"
    if (year := _year(hit)) is not None:
        return _dated(cal.season(year, code), TimeBasis.EXPLICIT)
    if anchor is None:
        return _unanchored(f"XXXX-{code}")
    found = cal.season(anchor.year, code)
    if hit.has("next") or (toward > 0 and not hit.has("last")):
        found = found if found.last >= anchor else cal.season(anchor.year + 1, code)
    elif hit.has("last"):
        # "Last summer" is never the one that is on; "this past spring" may be.
        begun = found.first <= anchor and (hit.has("this") or found.last < anchor)
        found = found if begun else cal.season(anchor.year - 1, code)
    elif found.first > anchor and not hit.has("this"):
        found = cal.season(anchor.year - 1, code)
    return _dated(found, TimeBasis.RELATIVE)


def repeated(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """What comes round: "every month", "daily", "twice a week" (how often within the unit is left out)."""
    value = hit.value("often")
    if value is None:
        unit = hit.value("units", "unit") or "D"
        value = _length(unit, 1 if hit.has("times_over") else count(hit) or 1)
    return Reckoned(TimeType.SET, value, None, None, TimeBasis.EXPLICIT)


def decade(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "The mid-1990s", "the '80s", "the nineteen fifties"; without a century, the twentieth."""
    digits = hit.value("decade_digit")
    tens = int(digits[:-1]) if digits else int(hit.value("decade_word") or 0)
    if tens < 100:
        spoken = hit.value("numeral_word")
        if not digits and spoken not in ("18", "19") and not hit.has("the"):
            return None
        tens += 1800 if spoken == "18" else 1900
    return _dated(cal.decade(tens), TimeBasis.EXPLICIT)


def century(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """ "The 19th century"."""
    found = (hit.value("ordinal_digit", "ordinal") or "").rstrip("stndrh")
    number = int(found) if found.isdigit() else 0
    return _dated(cal.century(number), TimeBasis.EXPLICIT) if 1 <= number <= 30 else None


_WORLD_WARS: Mapping[str, tuple[str, str]] = {"1": ("1914-07-28", "1918-11-11"), "2": ("1939-09-01", "1945-09-02")}
_COLD_WAR = ("1947-03-12", "1991-12-26")


def era(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A named era, with the days by which it is usually bounded; its value is the span of its years."""
    found = _COLD_WAR if hit.has("cold") else _WORLD_WARS.get(hit.value("ordinal", "war_number") or "")
    if found is None:
        return None
    first, last = found
    return Reckoned(TimeType.DATE, f"{first[:4]}/{last[:4]}", first, last, TimeBasis.EXPLICIT)


def year(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A year in digits or words."""
    number = _year(hit)
    return _dated(cal.year(number), TimeBasis.EXPLICIT) if number else None


def vague(hit: "Hit", anchor: date | None, toward: int) -> Reckoned | None:
    """A reference to past, present or future that no calendar holds."""
    value = hit.value("vague", "vague_adjective", "future")
    if value is None and hit.has("term"):
        value = "FUTURE_REF"
    return _unanchored(value or "PAST_REF")


RECKONINGS: Mapping[str, Reckoning] = {
    f.__name__: f
    for f in (
        *(
            calendar,
            days,
            overnight,
            weekend,
            month,
            month_of_relative,
            weekday,
            weekday_set,
            deictic,
            clock,
            relative,
            quarter,
        ),
        *(quarter_year_earlier, ago, narrated, length, season, repeated, decade, century, era, year, vague),
    )
}
