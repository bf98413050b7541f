"""Times: what the report says when, as TIMEX3 types and values with intervals of the calendar.

A grammar of our own over the report's text: words and digits fall into classes (``scan``), rules are
regular expressions over the classes (``grammar``), and each rule names a reckoning (``reckon``) that counts
from the publication date. The direction of a bare weekday or month comes from the tense of its clause
(``tense``). Types and values follow TimeML 1.2.1 (TIMEX3).

"Two days later" and "the next day" count from the day that the report told last, a passage or two before.

Deliberately left alone: ages ("12-year-old"), bare numbers, and the dates of reports whose publication date
is unknown: those stay ``unanchored``.
"""

from datetime import date

from dateline.model.records import AnnotatedReport, Passage, Time
from dateline.model.report import Published
from dateline.model.span import Span
from dateline.model.vocab import Table, TimeBasis, TimeType
from dateline.nlp.base import Tokens
from dateline.read.reading import Extractor, Mint, Reading
from dateline.read.times.grammar import Hit, compile_grammar
from dateline.read.times.reckon import RECKONINGS, Reckoned
from dateline.read.times.tense import Leanings, blocked, direction, leanings

PRODUCER = "times"
_STORY = 2
"""Passages after which a day is no longer the one that "two days later" counts from."""


def run(reading: Reading) -> AnnotatedReport:
    """The report with its ``times`` layer, in order of the text."""
    grammar, words = compile_grammar(reading.knowledge), leanings(reading.knowledge)
    mint = Mint(reading, Table.TIMES, PRODUCER)
    published = reading.annotated.report.published
    text = reading.text

    told: list[tuple[int, Time]] = []

    def passage_times(index: int, passage: Passage, tokens: Tokens) -> list[Time]:
        span = passage.evidence.span
        made: list[Time] = []
        for hit in grammar.find(text, span.start, span.end):
            story = next((time for at, time in reversed(told) if index - at <= _STORY), None)
            time = _time(hit, tokens, words, published, mint, story)
            if time is not None:
                made.append(time)
                if _narrated(hit) and time.from_ != time.to:
                    # The story went on to some day of that week: the next one counts from there.
                    told.clear()
                if time.from_ is not None and time.from_ == time.to and time.type is TimeType.DATE:
                    told.append((index, time))
        return made

    return reading.annotated.replace(times=tuple(reading.each_passage(PRODUCER, passage_times)))


def _time(
    hit: Hit, tokens: Tokens, words: Leanings, published: Published | None, mint: Mint, story: Time | None
) -> Time | None:
    if blocked(hit, tokens) or (hit.reckon == "era" and not _as_time(hit, tokens)):
        return None
    toward, why = direction(hit, tokens, words)
    if _narrated(hit):
        if hit.units[-1].word == "before" and hit.rule != "day-before":
            # "Three days before the vote" counts from the vote.
            story = None
        day = date.fromisoformat(story.from_) if story is not None and story.from_ is not None else None
        reckoned = RECKONINGS[hit.reckon](hit, day, toward)
        why = f"counted from {story.evidence.quote!r}" if story is not None else ""
    else:
        reckoned = _anchored(hit, toward, published)
    if reckoned is None:
        return None
    id, evidence = mint(Span(hit.start, hit.end))
    first, last = reckoned.first, reckoned.last
    open_ = hit.since and hit.reckon != "era" and first is not None
    if open_ and first is not None and published is not None and published.last.isoformat() >= first[:10]:
        last, why = published.last.isoformat(), "since: it runs to the publication"
    return Time(
        id=id,
        evidence=evidence,
        because=f"{hit.rule}{': ' + why if why and reckoned.basis is TimeBasis.RELATIVE else ''}",
        type=reckoned.type,
        value=reckoned.value,
        from_=first,
        to=last,
        basis=reckoned.basis,
    )


def _narrated(hit: Hit) -> bool:
    """Whether a time counts from another one of the story ("two days later", "the following Monday")."""
    return hit.reckon == "narrated" or (hit.reckon == "weekday" and hit.units[0].word == "following")


def _as_time(hit: Hit, tokens: Tokens) -> bool:
    """Whether an era's name stands as a time ("before the Second World War"), not as a thing ("a Cold War film")."""
    first, last = tokens.at(hit.start), tokens.at(hit.end - 1)
    if first is None or last is None:
        return False
    before = first - 1 if first and tokens.lower[first - 1] == "the" else first
    led = before > 0 and tokens.tags[before - 1] in ("IN", "TO") and tokens.lower[before - 1] != "of"
    ends = before > 1 and tokens.lower[before - 1] == "of" and tokens.lower[before - 2] in ("end", "start", "outbreak")
    thing = tokens.tags[last + 1 : last + 2] in (("NN",), ("NNS",), ("POS",))
    return (led or ends) and not thing


def _anchored(hit: Hit, toward: int, published: Published | None) -> Reckoned | None:
    """The reckoning from the publication date; over an interval of dates, what holds for all of it."""
    reckon = RECKONINGS[hit.reckon]
    if published is None:
        return reckon(hit, None, toward)
    early = reckon(hit, published.first, toward)
    if published.exact or early is None:
        return early
    late = reckon(hit, published.last, toward)
    if late is None or late == early:
        return early
    open_ = reckon(hit, None, toward)
    value = early.value if early.value == late.value else (open_ or early).value
    return Reckoned(early.type, value, early.first, late.last, early.basis)


EXTRACTOR = Extractor("times", frozenset({"passages"}), frozenset({"times"}), run)
