"""A report's wording as copies are looked for in it: the passages worth comparing, and their sentences."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.matching.marks import keys_of, marks_of
from dateline.matching.postings import Indexed
from dateline.matching.profile import Profile, profile_of
from dateline.matching.sentences import sentences
from dateline.model.records import AnnotatedReport, Passage
from dateline.model.span import Span

LEAST_WORDS = 5
LEAST_RARITY = 5.0
"""A passage with less than this rarity ("Read more here") is never a copy of another."""
BANNER_WORDS = 60
"""A passage of so many words at most that opens like a banner is one: outlets share those without copying."""


class Place(Struct, frozen=True, order=True):
    """Where a text stands: report, start, end, the passage's number in the report and its id."""

    report: str
    start: int
    end: int
    number: int
    passage: str


class Worded(Struct, frozen=True):
    """A passage or a sentence: where it stands, its words, and for a sentence the place of its passage."""

    place: Place
    profile: Profile
    within: int = 0


class Wording:
    """The passages of a report that are worth comparing, and all their sentences. Treat as immutable."""

    def __init__(self, report: str, passages: Sequence[Worded]) -> None:
        self.report = report
        self.passages = tuple(passages)
        self._cut: list[tuple[int, Span]] = []
        self._parts: dict[int, Worded] = {}
        for number, one in enumerate(self.passages):
            starts = one.profile.starts
            for span in sentences(one.profile.text):
                if bisect_left(starts, span.start) < bisect_left(starts, span.end):
                    self._cut.append((number, span))

    def sentence(self, number: int) -> Worded:
        """A sentence by its place among all those of the report."""
        part = self._parts.get(number)
        if part is None:
            within, span = self._cut[number]
            whole = self.passages[within]
            alone = not any(0 <= n < len(self._cut) and self._cut[n][0] == within for n in (number - 1, number + 1))
            place = replace(whole.place, start=whole.place.start + span.start, end=whole.place.start + span.end)
            part = Worded(place, whole.profile if alone else whole.profile.part(span), within)
            self._parts[number] = part
        return part

    def indexed(self) -> Indexed:
        """What an index keeps of it."""
        words: list[Sequence[str]] = []
        first: dict[int, int] = {}
        for number, (within, span) in enumerate(self._cut):
            profile = self.passages[within].profile
            words.append(profile.keys[bisect_left(profile.starts, span.start) : bisect_left(profile.starts, span.end)])
            first.setdefault(within, number)
        wholes = [(first[n], one.profile.text) for n, one in enumerate(self.passages) if n in first]
        return Indexed(self.report, keys_of(words, wholes), marks_of(words))


def wording_of(annotated: AnnotatedReport, banners: re.Pattern[str]) -> Wording:
    """The wording of a report: banners, its place-and-date line and passages that say too little are left out."""
    passages: list[Worded] = []
    for number, passage in enumerate(annotated.passages):
        if is_dateline(passage, annotated):
            continue
        span, text = passage.evidence.span, passage.evidence.quote
        profile = profile_of(text)
        short = len(profile.keys) <= BANNER_WORDS
        if len(profile.keys) < LEAST_WORDS or profile.rarity < LEAST_RARITY:
            continue
        if not (short and banners.match(text.lstrip())):
            place = Place(annotated.report.id, span.start, span.end, number, passage.id)
            passages.append(Worded(place, profile, len(passages)))
    return Wording(annotated.report.id, passages)


def is_dateline(passage: Passage, annotated: AnnotatedReport) -> bool:
    """Whether a passage is the report's place-and-date line and nothing else: it tells nothing that could be copied."""
    line, at = annotated.head.dateline, passage.evidence.span
    if line is None or not line.span.overlaps(at):
        return False
    around = annotated.text[at.start : max(at.start, line.span.start)] + annotated.text[line.span.end : at.end]
    return not any(map(str.isalnum, around))


def opening(annotated: AnnotatedReport) -> str:
    """The first passage of a report that is more than its place-and-date line; its id where there is none."""
    telling = (p.evidence.quote for p in annotated.passages if not is_dateline(p, annotated))
    return next(telling, annotated.report.id)
