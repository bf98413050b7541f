"""Segment a report's text into passages, before anything is parsed.

Lines are passages, except in hard-wrapped text, where blank lines part the paragraphs. A line too long for one
parse is split at sentence ends, so that one bad passage costs one passage. Where the report brings the blocks of
its page, they are the passages. Else what a passage is on the page is told by its form: where it stands, its
length, how it ends, and (for captions) how captions are written.
"""

import re
from itertools import pairwise
from statistics import median

from msgspec import Struct

from dateline.matching.passages import could_match, match_passages
from dateline.matching.profile import profile_of
from dateline.matching.sentences import sentences
from dateline.model.ids import record_id
from dateline.model.records import Evidence, Passage
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, Table

LONGEST = 4_000
"""Code points in a passage at most."""
HEADLINE_WORDS = 20
STANDFIRST_WORDS = 45
CAPTION_WORDS = 60
UNSTOPPED = 0.75
"""Where more than this share of lines has no final stop, having none says nothing about captions."""
PAIRS = 2
"""From so many pairs of neighbouring lines on that tell the same, they are captions whatever their stops."""
PAIR_WORDS = 6
WRAPPED_WIDTHS = range(50, 101)
"""Line lengths at which text is wrapped by hand or by old mail and wire software."""

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[•‣▪●◦·■□►]|[-*–—](?:\s(?=\S)|(?=[A-Z]))|\(?\d{1,2}[.)]\s)\s*")
_STOP = re.compile(r"[.!?…:;,][\"”’')\]]*\s*$")
_CREDIT = re.compile(
    r"(?:/\s*(?:AFP|AP|Reuters|Getty|EPA|TASS|Sputnik|Shutterstock|Anadolu)\b"
    r"|\((?:AP|AFP|Reuters|EPA|Getty)[^)]{0,40}\)\s*$"
    r"|\b(?:Photo(?:graph)?|Picture|Image|Credit|File photo)s?\s*(?:by|:|/|courtesy)"
    r"|\bGetty Images\b|\bvia (?:AP|REUTERS|Reuters|AFP|Getty)[).]*\s*$)"
)
_POINTER = re.compile(
    r"\((?:left|right|centre|center|pictured|above|below|back|front|top|bottom)\b[^)]{0,20}\)|\((?-i:[lrc])\)"
    r"|\bin this (?:photo|picture|image|file|handout|still|screengrab|video)\b"
    r"|\b(?:is|are) (?:seen|pictured|shown)\b|\bhandout (?:photo|picture|image)\b|\bfile (?:photo|picture)\b",
    re.IGNORECASE,
)
_PICTURES = re.compile(
    r"\b(?:in (?:pictures|photos|images)|(?:photo|picture) gallery|pictures of the)\b", re.IGNORECASE
)
_QUOTE_ENDS = ('“"', '”"')


class Line(Struct, frozen=True):
    """A stretch of text that becomes one passage, and whether a blank line stands before it."""

    span: Span
    text: str
    apart: bool

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.text.count(" ") + 1

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_STOP.search(self.text))


def segment(report: Report) -> tuple[Passage, ...]:
    """The passages of a report in order of its text, each with its kind.

    A report's own blocks come first; without them the form of the lines decides. Headline: the title repeated, or
    a short first line without a final stop that a blank line parts from what follows. Standfirst: one more such
    line after the headline. Bullet, block quotation: by their marks. Caption: see ``_captions``. All else is a
    paragraph. No parse is made and no text is changed.

    >>> [(p.kind.value, p.evidence.quote) for p in segment(Report(id="r", text="Dam fails\\n\\nThe Velm dam failed."))]
    [('headline', 'Dam fails'), ('paragraph', 'The Velm dam failed.')]
    """
    if report.blocks:
        lines = [Line(block.span, block.span.of(report.text), True) for block in report.blocks]
        kinds = [(block.kind, "marked so on the page") for block in report.blocks]
    else:
        lines = _lines(report.text)
        kinds = _kinds(report, lines)
    return tuple(
        Passage(
            id=record_id(report.text_sha256, report.id, Table.PASSAGES, span, 0),
            evidence=Evidence(report.id, span, span.of(report.text), "segment", "2"),
            because=because,
            kind=kind,
        )
        for line, (kind, because) in zip(lines, kinds, strict=True)
        for span in _pieces(line)
    )


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        span = Span(*match.span()).strip(text)
        if len(span):
            found.append(Line(span, span.of(text), text.count("\n", end, span.start) > 1 or not found))
            end = span.end
    return _unwrapped(found, text) if _wrapped(found) else found


def _wrapped(lines: list[Line]) -> bool:
    """Whether lines break where the page ended: most are about equally long and stop short of a sentence."""
    inner = [line for line, after in pairwise(lines) if not after.apart]
    if len(inner) < 3:
        return False
    width = median(len(line.text) for line in inner)
    longest = max(len(line.text) for line in inner)
    unfinished = sum(not line.closed for line in inner)
    return longest in WRAPPED_WIDTHS and width >= 0.7 * longest and unfinished >= 0.6 * len(inner)


def _unwrapped(lines: list[Line], text: str) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        if joined and not line.apart and not _BULLET.match(line.text):
            span = Span(joined[-1].span.start, line.span.end)
            joined[-1] = Line(span, span.of(text), joined[-1].apart)
        else:
            joined.append(line)
    return joined


def _pieces(line: Line) -> list[Span]:
    """The line's span, or where it is too long, runs of its sentences; a monstrous sentence is cut at a space."""
    if len(line.span) <= LONGEST:
        return [line.span]
    pieces: list[Span] = []
    for sentence in sentences(line.text):
        if pieces and sentence.end - pieces[-1].start <= LONGEST:
            pieces[-1] = Span(pieces[-1].start, sentence.end)
        else:
            pieces.extend(_cut(sentence, line.text))
    return [piece.shift(line.span.start) for piece in pieces]


def _cut(span: Span, text: str) -> list[Span]:
    cuts: list[Span] = []
    start = span.start
    while span.end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = space if space > 0 else start + LONGEST
        cuts.append(Span(start, end).strip(text))
        start = end
    cuts.append(Span(start, span.end).strip(text))
    return [cut for cut in cuts if len(cut)]


def _kinds(report: Report, lines: list[Line]) -> list[tuple[PassageKind, str]]:
    kinds = [_by_mark(line, report.text) for line in lines]
    _head(report, lines, kinds)
    for index in _captions(report, lines, kinds):
        kinds[index] = (PassageKind.CAPTION, "written as captions are, or a retelling of one beside it")
    return kinds


def _by_mark(line: Line, text: str) -> tuple[PassageKind, str]:
    indent = text[text.rfind("\n", 0, line.span.start) + 1 : line.span.start]
    if _BULLET.match(line.text) and line.words > 1:
        return PassageKind.BULLET, "opens with a bullet"
    if line.text.startswith("> ") or (len(indent) >= 4 and line.text[0] in _QUOTE_ENDS[0]):
        return PassageKind.QUOTE, "set off as a quotation"
    return PassageKind.PARAGRAPH, "a paragraph"


def _head(report: Report, lines: list[Line], kinds: list[tuple[PassageKind, str]]) -> None:
    plain = PassageKind.PARAGRAPH
    first = next((i for i, line in enumerate(lines[:3]) if report.title and _same(line.text, report.title)), None)
    if first is not None:
        kinds[first] = (PassageKind.HEADLINE, "repeats the title")
    elif (
        len(lines) > 1
        and kinds[0][0] is plain
        and not lines[0].closed
        and 1 < lines[0].words <= HEADLINE_WORDS
        and lines[1].words > lines[0].words
    ):
        first = 0
        kinds[0] = (PassageKind.HEADLINE, "a short first line without a stop")
    if first is None or first + 2 >= len(lines):
        return
    below = lines[first + 1]
    if kinds[first + 1][0] is plain and not below.closed and 3 < below.words <= STANDFIRST_WORDS:
        kinds[first + 1] = (PassageKind.STANDFIRST, "an unfinished line under the headline")


def _same(line: str, title: str) -> bool:
    return " ".join(line.split()).casefold().rstrip(".") == " ".join(title.split()).casefold().rstrip(".")


def _captions(report: Report, lines: list[Line], kinds: list[tuple[PassageKind, str]]) -> list[int]:
    """The indices of captions.

    A line with a picture credit or pointer ("(left)", "in this photo") and no long prose is one. So is a line
    of a sentence's length without a final stop that has another such line, or its own retelling, within two
    lines; a crosshead is shorter, a headline stands at the top. A neighbour that retells a caption is one too.
    Where hardly any line has a final stop, only a retelling beside it, or a title that promises pictures, tells
    a caption. Prose does not say everything twice: two or more pairs of finished neighbouring sentences that
    retell each other are pictures with their texts.
    """
    plain = [
        kind is PassageKind.PARAGRAPH and line.words <= CAPTION_WORDS
        for (kind, _), line in zip(kinds, lines, strict=True)
    ]
    marked = [ok and _marked(line) for ok, line in zip(plain, lines, strict=True)]
    likely = [ok and (mark or (not line.closed and line.words >= 9 and not _spoken(line.text)))
              for ok, mark, line in zip(plain, marked, lines, strict=True)]  # fmt: skip
    pictures = bool(report.title and _PICTURES.search(report.title))
    unstopped = sum(likely) > UNSTOPPED * max(1, len(lines)) and not pictures
    retold = _retold(lines, plain, likely)
    finished = {(i, j) for i, j in retold if not likely[i] and not likely[j]}
    if len(finished) < PAIRS:
        retold -= finished
    captions = {i for i, mark in enumerate(marked) if mark} | {i for pair in retold for i in pair}
    if not unstopped:
        captions.update(
            i for i, ok in enumerate(likely) if ok and any(likely[j] for j in _around(i, lines, 2) if j != i)
        )
    return sorted(captions)


def _retold(lines: list[Line], plain: list[bool], likely: list[bool]) -> set[tuple[int, int]]:
    """Neighbouring lines that tell the same; two finished ones only where each is one sentence."""
    single = [ok and line.words >= PAIR_WORDS and not _spoken(line.text) and len(sentences(line.text)) == 1
              for ok, line in zip(plain, lines, strict=True)]  # fmt: skip
    pairs: set[tuple[int, int]] = set()
    for i in range(len(lines) - 1):
        worth = (plain[i] and plain[i + 1]) and (likely[i] or likely[i + 1] or (single[i] and single[i + 1]))
        if worth and _tell_the_same(lines[i].text, lines[i + 1].text):
            pairs.add((i, i + 1))
    return pairs


def _tell_the_same(a: str, b: str) -> bool:
    one, other = profile_of(a), profile_of(b)
    return could_match(one, other) and match_passages(a, b).match


def _around(i: int, lines: list[Line], reach: int) -> range:
    return range(max(0, i - reach), min(len(lines), i + reach + 1))


def _marked(line: Line) -> bool:
    return bool(_CREDIT.search(line.text) or (_POINTER.search(line.text) and (line.words <= 40 or not line.closed)))


def _spoken(text: str) -> bool:
    return text[0] in "“\"‘'<" or text[-1] in '“"‘'
