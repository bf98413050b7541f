"""Quotation marks: what stands between them, told by a state machine over the report's own text.

Each passage is scanned once, mark by mark. A mark may open where white space, a dash, a bracket or another
mark stands before it and a word after it; it may close where a word or punctuation stands before it. The
shape of a curly mark decides between the two only where the surroundings allow both, because copies often
carry inverted marks. Marks nest on a stack. A mark that never closes ends with its passage and is recorded
as not closed, except where the next paragraph opens with a mark again: that is how a quotation of several
paragraphs is printed. No text makes it raise.
"""

import re
from itertools import pairwise

from msgspec import Struct

from dateline.knowledge.lexicon.quotes import MarkHabits, mark_habits
from dateline.knowledge.lexicon.statements import cues
from dateline.model.records import AnnotatedReport, Passage, Quotation
from dateline.model.span import Span
from dateline.model.vocab import PassageKind, Table
from dateline.nlp.base import Tokens
from dateline.read.reading import Extractor, Mint, Reading

DOUBLE = '“”"„‟«»″'
SINGLE = "‘’'‚‛`"
SCARE_WORDS = 4
"""A longer stretch is quoted from somebody; a noun phrase of up to four words may be held at arm's length."""

_MARK = re.compile(f"''|``|’’|‘‘|[{DOUBLE}{SINGLE}]")
_OPENERS = frozenset("“„«‘‚‛`")
_CLOSERS = frozenset("”»’")
_BEFORE_OPEN = frozenset("([{—–-/:;,…|" + DOUBLE + SINGLE)
_WORD = re.compile(r"[\w’']+")


class Mark(Struct, frozen=True):
    """A quotation mark in a text: where it stands and what its surroundings allow."""

    start: int
    end: int
    single: bool
    opens: bool
    closes: bool


class Stretch(Struct, frozen=True):
    """What lies between two marks, marks included in the outer span."""

    outer: Span
    inside: Span
    closed: bool


def stretches(text: str, habits: MarkHabits) -> list[Stretch]:
    """The quoted stretches of a passage, in order of their opening marks; inner ones follow the outer.

    >>> from dateline.knowledge.handle import Knowledge
    >>> habits = mark_habits(Knowledge())
    >>> [s.inside.of("He doesn’t say ‘no’.") for s in stretches("He doesn’t say ‘no’.", habits)]
    ['no']
    """
    found: list[Stretch] = []
    open_marks: list[Mark] = []
    marks = [m for m in (_mark(text, match.start(), match.end(), habits) for match in _MARK.finditer(text)) if m]
    for index, mark in enumerate(marks):
        if mark.closes and _awaits(open_marks, mark) and not _possessive(text, marks, index):
            while open_marks:
                opening = open_marks.pop()
                pair = opening.single == mark.single
                if pair or _surely_opens(text, opening):
                    found.append(_stretch(opening, mark, pair, text))
                if pair:
                    break
        elif mark.opens:
            if open_marks and open_marks[-1].single == mark.single and _new_sentence(text, open_marks[-1], mark):
                found.append(_stretch(open_marks.pop(), mark, False, text))
            open_marks.append(mark)
    found.extend(_to_end(opening, text) for opening in open_marks if _surely_opens(text, opening))
    return sorted((s for s in found if len(s.inside)), key=lambda s: (s.outer.start, -s.outer.end))


def _mark(text: str, start: int, end: int, habits: MarkHabits) -> Mark | None:
    character = text[start]
    single = end - start == 1 and character in SINGLE
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if single and before.isalnum() and after.isalnum():
        return None
    if not single and before.isdigit() and character in '"″' and text.count(character, 0, start) % 2 == 0:
        return None
    opens = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()
    closes = not before.isspace()
    if single and opens and character != "‘":
        word = _WORD.match(text, end)
        if text[end : end + 1].isdigit() or (word and word.group().lower() in habits.elisions):
            return None
    if opens and closes:
        opens, closes = (character not in _CLOSERS, character not in _OPENERS)
        if opens and closes and after in ".,;:!?)":
            opens = False
    return Mark(start, end, single, opens, closes) if opens or closes else None


def _awaits(open_marks: list[Mark], mark: Mark) -> bool:
    return any(opening.single == mark.single for opening in open_marks)


def _surely_opens(text: str, mark: Mark) -> bool:
    """A lone ’ before a word is more often an apostrophe than an opening mark that never closes."""
    return text[mark.start] != "’" or mark.end - mark.start > 1


def _possessive(text: str, marks: list[Mark], index: int) -> bool:
    """Whether a closing single mark is the apostrophe of "the soldiers’ boots" inside an open quotation."""
    mark = marks[index]
    if not mark.single or text[mark.start - 1] not in "sSzx" or not text[mark.end : mark.end + 2].strip().isalpha():
        return False
    later = next((m for m in marks[index + 1 :] if m.single), None)
    return later is not None and later.closes and not later.opens


def _new_sentence(text: str, opening: Mark, mark: Mark) -> bool:
    """Whether an opening mark in an open quotation starts a sentence of its own: the first never closed."""
    between = text[opening.end : mark.start].rstrip()
    return between[-1:] in tuple(".!?…") and text[mark.end : mark.end + 1].isupper()


def _stretch(opening: Mark, mark: Mark, closed: bool, text: str) -> Stretch:
    if closed:
        return Stretch(Span(opening.start, mark.end), Span(opening.end, mark.start), True)
    inside = Span(opening.end, mark.start).strip(text)
    return Stretch(Span(opening.start, inside.end), inside, False)


def _to_end(opening: Mark, text: str) -> Stretch:
    inside = Span(opening.end, len(text)).strip(text)
    inside = Span(min(opening.end, inside.start), max(opening.end, inside.end))
    return Stretch(Span(opening.start, inside.end), inside, False)


def run(reading: Reading) -> AnnotatedReport:
    """The quotations of a report, in order of the text.

    ``scare`` holds for a noun phrase of two to four words that stands under no cue, for a single noun that is not
    itself what a cue names, after a word such as "so-called", and for a title in capitals. Nothing is attributed here.

    ``closed`` is True, too, for a quotation that runs on into the next paragraph's opening mark.
    """
    habits = mark_habits(reading.knowledge)
    mint = Mint(reading, Table.QUOTATIONS, "quotes")

    def one(index: int, passage: Passage, tokens: Tokens) -> list[Quotation]:
        found = []
        base = passage.evidence.span.start
        for stretch in stretches(passage.evidence.quote, habits):
            id, evidence = mint(stretch.outer.shift(base))
            inside = stretch.inside.shift(base)
            reason = _scare(reading, tokens, inside, habits)
            found.append(
                Quotation(
                    id=id,
                    evidence=evidence,
                    because=reason or ("between marks" if stretch.closed else "a mark that never closes"),
                    passage=index,
                    inside=inside,
                    closed=stretch.closed,
                    scare=bool(reason),
                )
            )
        return found

    return reading.annotated.replace(quotations=tuple(_continued(reading, reading.each_passage("quotes", one))))


def _scare(reading: Reading, tokens: Tokens, inside: Span, habits: MarkHabits) -> str:
    """Why the words are held at arm's length, or ''."""
    words = inside.of(reading.text)
    size = len(_WORD.findall(words))
    if words[-1:] in tuple("!?…;") or size > SCARE_WORDS:
        return ""
    first, last = tokens.within(inside)
    if first == last:
        return ""
    before = first - 2 if first > 1 else None
    if before is not None and (tokens.lower[before] in habits.naming or _hyphened(tokens, before) in habits.naming):
        return f"after {tokens.words[before]!r}"
    if any(tokens.pos[i] in ("VERB", "AUX", "INTJ", "PRON") and tokens.tags[i] != "VBG" for i in range(first, last)):
        return ""
    if last - first > 1 and all(tokens.words[i][:1].isupper() for i in range(first, last)):
        return "a title"
    lexicon = cues(reading.knowledge)
    above = [a for a in tokens.ancestors(first) if not first <= a < last]
    if size == 1:
        if tokens.pos[first] not in ("NOUN", "PROPN") and tokens.tags[first] != "VBG":
            return ""
        if len(above) > 1 and tokens.lower[above[0]] == "as":
            above = above[1:]
        if above and tokens.deps[first] in ("dobj", "oprd", "attr", "pobj") and lexicon.quotes(tokens.lemmas[above[0]]):
            return ""
        return "a single noun that no cue governs"
    if any(lexicon.speaks(tokens.lemmas[a]) for a in above if tokens.pos[a] == "VERB"):
        return ""
    return "a short phrase under no cue"


def _hyphened(tokens: Tokens, last: int) -> str:
    """A word that the parser cut at its hyphen, such as "so-called", put together again."""
    start = last
    while start > 0 and tokens.ends[start - 1] == tokens.starts[start]:
        start -= 1
    return "".join(tokens.lower[start : last + 1])


def _continued(reading: Reading, quotations: list[Quotation]) -> list[Quotation]:
    """Quotations of several paragraphs count as closed where they run on."""
    result = list(quotations)
    for index, (one, following) in enumerate(pairwise(quotations)):
        if not one.closed and runs_on(reading.annotated, one, following):
            result[index] = Quotation(
                id=one.id,
                evidence=one.evidence,
                because="runs on into the next paragraph's opening mark",
                passage=one.passage,
                inside=one.inside,
                closed=True,
            )
    return result


def runs_on(annotated: AnnotatedReport, one: Quotation, following: Quotation) -> bool:
    """Whether a quotation without a closing mark goes on in ``following``, the first of the next paragraph."""
    passages = annotated.passages
    return (
        following.passage == one.passage + 1
        and one.inside.end == one.evidence.span.end
        and one.evidence.span.end == passages[one.passage].evidence.span.end
        and following.evidence.span.start == passages[following.passage].evidence.span.start
        and passages[one.passage].kind is not PassageKind.CAPTION
        and annotated.text[one.evidence.span.start] == annotated.text[following.evidence.span.start]
    )


EXTRACTOR = Extractor("quotes", frozenset({"passages"}), frozenset({"quotations"}), run)
