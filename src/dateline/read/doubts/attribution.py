"""Assertions in the reporter's own voice that read like somebody's words whose speaker was lost."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from dateline.matching.rarity import weight_of
from dateline.matching.stems import WORD, key_of
from dateline.model.records import Figure, Statement
from dateline.model.span import Span
from dateline.model.vocab import CueClass, DoubtKind, PassageKind, Voice
from dateline.nlp.base import Tokens
from dateline.read.doubts.found import Found
from dateline.read.doubts.words import Words, compile_words
from dateline.read.reading import Reading

_SHARED = 0.75
"""The share of a sentence's rarity that an earlier statement must hold for the sentence to repeat it."""
_ENOUGH = 14.0
"""The least rarity in a sentence that can repeat anything."""
_NEAR = 4
"""Passages back to a statement that may be repeated."""
_WORD = 15
"""Characters of a quotation up to which it is a word held at arm's length rather than somebody's sentence."""
_OUGHT = frozenset({"should", "ought"})


class _Told:
    """The words of an earlier statement; what they weigh is worked out when it is first asked for."""

    def __init__(self, passage: int, words: str) -> None:
        self.passage = passage
        self._words = words

    @cached_property
    def weights(self) -> dict[str, float]:
        return _weights(self._words)


def orphaned_attributions(reading: Reading) -> Iterator[Found]:
    """Sentences without a speaker that repeat an earlier statement, or go on where a statement ends.

    Going on: in the statement's paragraph, right behind its sentence, with "should" or with an elliptic
    count of what was counted there; or a paragraph of one sentence right behind a quotation that says what
    somebody will never do or is resolved to do. What stands in quotation marks, in a headline or a caption, or
    inside any statement, is left alone.
    """
    annotated, words = reading.annotated, compile_words(reading.knowledge)
    statements = [s for s in annotated.statements if s.cue_class is CueClass.SPEECH]
    held = sorted(s.evidence.span for s in statements)
    starts = [span.start for span in held]
    elliptic = [f for f in annotated.figures if f.because.endswith("what the figure before it counts")]
    told: list[_Told] = []
    behind = ""
    for index, passage, tokens in reading.passages():
        if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.STANDFIRST, PassageKind.BULLET):
            behind = ""
            continue
        here = [s for s in statements if passage.evidence.span.overlaps(s.evidence.span)]
        quoted = [q for q in annotated.quotations if q.passage == index and not q.scare and len(q.inside) > _WORD]
        for number, (first, last) in enumerate(tokens.sents):
            span = tokens.span(first, last)
            free = not _held(span, held, starts) and not any(q.evidence.span.overlaps(span) for q in quoted)
            if free and last - first >= 6 and "." in tokens.words[last - 2 : last]:
                why = _repeats(_weights(span.of(reading.text)), index, told) if told else ""
                if not why and number:
                    why = _goes_on(tokens, (first, last), here, elliptic)
                if not why and not number and len(tokens.sents) == 1 and behind:
                    why = _pledge(tokens, (first, last), behind, words)
                if why:
                    yield Found(kind=DoubtKind.ORPHANED_ATTRIBUTION, span=span, because=why, score=0.5)
        told = [one for one in told if index - one.passage < _NEAR]
        told += [
            _Told(index, " ".join(content.of(reading.text) for content in s.content))
            for s in here
            if s.voice is not Voice.REPORTER and passage.evidence.span.start <= s.evidence.span.start
        ]
        behind = _quoted_at_end(here, quoted_until=max((q.evidence.span.end for q in quoted), default=0), tokens=tokens)


def _held(span: Span, held: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether any statement reaches into the span."""
    at = bisect_right(starts, span.end - 1)
    return any(held[i].overlaps(span) for i in range(max(0, at - 6), at))


def _weights(words: str) -> dict[str, float]:
    keys = {key_of(word) for word in WORD.findall(words)}
    return {key: weight for key in keys if (weight := weight_of(key)) > 0}


def _repeats(weights: dict[str, float], index: int, told: list[_Told]) -> str:
    whole = sum(weights.values())
    if whole < _ENOUGH:
        return ""
    for one in told:
        shared = sum(weight for key, weight in weights.items() if key in one.weights)
        if shared >= _SHARED * whole and index - one.passage <= _NEAR:
            return "the reporter says in other words what a statement before has said"
    return ""


def _goes_on(tokens: Tokens, sentence: tuple[int, int], here: list[Statement], elliptic: list[Figure]) -> str:
    first, last = sentence
    start = tokens.span(*tokens.sentence(first - 1))
    said = any(
        start.contains(s.evidence.span) and s.speaker is not None and s.voice in (Voice.NAMED, Voice.COLLECTIVE)
        for s in here
    )
    if not said:
        return ""
    root = next((i for i in range(first, last) if tokens.deps[i] == "ROOT"), first)
    subject = tokens.child(root, "nsubj", "nsubjpass")
    third = subject is not None and tokens.lower[subject] not in ("i", "we", "you")
    if third and any(tokens.lower[c] in _OUGHT for c in tokens.having(root, "aux")):
        return "behind a statement, without a speaker, it says what ought to be"
    span = tokens.span(first, last)
    if any(f.evidence.span.start == span.start for f in elliptic):
        return "behind a statement, without a speaker, it counts on"
    return ""


def _quoted_at_end(here: list[Statement], quoted_until: int, tokens: Tokens) -> str:
    """The speaker of a passage that closes with a named person's direct quotation, else nothing."""
    if not len(tokens) or quoted_until < tokens.ends[-1] - 2:
        return ""
    return next((s.speaker.text for s in reversed(here) if s.speaker is not None and s.voice is Voice.NAMED), "")


def _pledge(tokens: Tokens, sentence: tuple[int, int], speaker: str, words: Words) -> str:
    """Whether a sentence says what somebody named is resolved to do, or never will: only they can know."""
    root = next((i for i in range(*sentence) if tokens.deps[i] == "ROOT"), sentence[0])
    subject = tokens.child(root, "nsubj", "nsubjpass")
    if subject is None or tokens.pos[subject] != "PROPN":
        return ""
    spelt = {tokens.lower[c] for c in tokens.having(root, "aux", "neg")}
    # "Is prepared to" has the adjective under "is", or is parsed as a passive.
    states = (root, *tokens.having(root, "acomp"))
    resolved = any(tokens.lower[i] in words.resolve and tokens.lower[i + 1 : i + 2] == ("to",) for i in states)
    if resolved or {"will", "never"} <= spelt:
        return f"behind the words of {speaker}, without a speaker, it tells what somebody intends"
    return ""
