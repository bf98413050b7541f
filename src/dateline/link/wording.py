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
from dateline.matching.words import Word, words_in
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
            for span in one.profile.sentences:
                if bisect_left(starts, span.start) < bisect_left(starts, span.end):
                    self._cut.append((number, span))

    def within(self, number: int) -> int:
        """The place of the passage that holds a sentence."""
        return self._cut[number][0]

    def words(self, number: int) -> str:
        """A sentence as written."""
        within, span = self._cut[number]
        return span.of(self.passages[within].profile.text)

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


def wording_of(annotated: AnnotatedReport, banners: re.Pattern[str]) -> Wording:
    """The wording of a report: banners, its place-and-date line and passages that say too little are left out."""
    passages: list[Worded] = []
    for number, passage in enumerate(annotated.passages):
        if is_dateline(passage, annotated):
            continue
        profile = profile_of(passage.evidence.quote)
        if _tells(len(profile.keys), round(10 * profile.rarity), profile.text, banners):
            span = passage.evidence.span
            place = Place(annotated.report.id, span.start, span.end, number, passage.id)
            passages.append(Worded(place, profile, len(passages)))
    return Wording(annotated.report.id, passages)


def indexed(annotated: AnnotatedReport, banners: re.Pattern[str]) -> Indexed:
    """What an index keeps of a report: the sentences of its ``wording_of``, numbered alike."""
    cut: list[Sequence[Word]] = []
    wholes: list[tuple[int, str]] = []
    for passage in annotated.passages:
        if is_dateline(passage, annotated):
            continue
        text = passage.evidence.quote
        parts = [words_in(text, span.start, span.end) for span in sentences(text)]
        tenths = sum([word.tenths for part in parts for word in part])
        if _tells(sum(map(len, parts)), tenths, text, banners):
            wholes.append((len(cut), text))
            cut += filter(None, parts)
    return Indexed(annotated.report.id, keys_of(cut, wholes), marks_of(cut))


def _tells(words: int, tenths: int, text: str, banners: re.Pattern[str]) -> bool:
    """Whether a passage of so many words and so much rarity says enough to be compared, and is no banner."""
    if words < LEAST_WORDS or tenths < 10 * LEAST_RARITY:
        return False
    return words > BANNER_WORDS or not banners.match(text.lstrip())


def is_dateline(passage: Passage, annotated: AnnotatedReport) -> bool:
    """Whether a passage is the report's place-and-date line and nothing else: it tells nothing that could be copied."""
    line, at = annotated.head.dateline, passage.evidence.span
    if line is None or not line.span.overlaps(at):
        return False
    around = annotated.text[at.start : max(at.start, line.span.start)] + annotated.text[line.span.end : at.end]
    return not any(map(str.isalnum, around))


def passage_at(one: AnnotatedReport, at: int) -> Passage | None:
    """The passage that holds a place in the text."""
    return next((p for p in one.passages if p.evidence.span.start <= at < p.evidence.span.end), None)


def opening(annotated: AnnotatedReport) -> str:
    """The first passage of a report that is more than its place-and-date line; its id where there is none."""
    telling = (p.evidence.quote for p in annotated.passages if not is_dateline(p, annotated))
    return next(telling, annotated.report.id)
