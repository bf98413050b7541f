"""From the tokens of a draft to the spans of its content, and the kind of statement they make."""

import re

from dateline.model.span import Span, covered
from dateline.model.vocab import StatementKind
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import QUOTES, RELATIVE, Draft, Ground, Range, conjunct_of, is_verb

DIRECT_SHARE = 0.8
"""At least this share of the content's words inside quotation marks makes a statement direct; any, mixed."""

_WORD = re.compile(r"\w+")
_SPLITTERS = frozenset({"while", "but", "although", "though", "and", "whereas"})
_RELATIVE = RELATIVE | {"WP$"}
_DASHES = frozenset("-–—")
_MODIFIERS = frozenset({"npadvmod", "prep", "advmod", "dative", "prt", "dobj"})


def settle(ground: Ground, draft: Draft) -> None:
    """Put the content of a draft in its final token ranges: without speaker and cue, quotations whole.

    A clause of the same sentence in which somebody else speaks (", while the envoy said ...") is cut off.
    """
    kept: list[Range] = []
    for whole in draft.content:
        for part in _minus(_cut(ground, whole, draft), _own_words(ground, draft)):
            trimmed = ground.trim(part)
            if trimmed is not None and not (kept and _credit(ground, trimmed)):
                kept.append(_whole_quotations(ground, trimmed, draft))
    kept.extend(ground.ranges[index] for index in draft.quotations)
    draft.content = _joined(ground, kept)


def _credit(ground: Ground, part: Range) -> bool:
    """Whether a later part of a content only says who passed it on: "..., officials said, the agency reported"."""
    tokens = ground.tokens
    verb = part[1] - 1
    if not is_verb(tokens, verb) or not any(f.plain for f in ground.cues.verbs.get(tokens.lemmas[verb], ())):
        return False
    subject = tokens.child(verb, "nsubj")
    return subject is not None and part[0] <= subject and tokens.subtree(subject)[0] <= part[0]


def spans(ground: Ground, draft: Draft) -> tuple[Span, ...]:
    """The spans of a settled draft's content; those with no word between them are one."""
    return _merge(ground, [ground.span(part) for part in draft.content])


def kind_of(text: str, content: tuple[Span, ...], marked: list[Span]) -> StatementKind:
    """Direct where at least four fifths of the content's words stand inside marks; mixed where any do.

    >>> kind_of("He said “no”.", (Span(8, 12),), [Span(9, 11)]).value
    'direct'
    """
    total = inside = 0
    for span in content:
        for match in _WORD.finditer(text, span.start, span.end):
            total += 1
            inside += any(mark.start <= match.start() < mark.end for mark in marked)
    if not inside:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if inside >= DIRECT_SHARE * total else StatementKind.MIXED


def _own_words(ground: Ground, draft: Draft) -> list[Range]:
    """The stretches that are speaker, cue or what modifies the cue, never content."""
    own = [r for r in (draft.speaker, draft.cue_range) if r is not None]
    if draft.cue_range is None or draft.head is None:
        return own
    tokens = ground.tokens
    end = draft.cue_range[1]
    for child in tokens.children(draft.head):
        start, stop = tokens.subtree(child)
        touches = any(start < high and low < stop for low, high in draft.content)
        inverted = any(low < draft.head < high for low, high in draft.content)
        if inverted and touches and end <= start <= end + 1 and tokens.deps[child] in _MODIFIERS:
            own.append((start, stop))
            end = stop
    # Auxiliaries and adverbs between the speaker and the cue of an inserted "X, she has said, Y".
    if draft.speaker is not None and draft.speaker[1] <= draft.cue_range[0]:
        own.append((draft.speaker[1], draft.cue_range[0]))
    return own


def _minus(whole: Range, drops: list[Range]) -> list[Range]:
    parts = [whole]
    for low, high in drops:
        parts = [
            piece
            for start, end in parts
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[0] < piece[1]
        ]
    return parts


def _cut(ground: Ground, whole: Range, draft: Draft) -> Range:
    tokens = ground.tokens
    start, end = whole
    end = _before_comment(ground, start, end, draft)
    for i in range(start + 2, end):
        if tokens.deps[i] == "relcl" and _who_says(ground, i, draft) and tokens.subtree(i)[1] >= end - 1:
            return start, tokens.subtree(i)[0]
        if tokens.deps[i] == "relcl" and (apart := _set_apart(ground, i, start, end, draft)) is not None:
            return start, apart
        if i == draft.head or tokens.deps[i] not in ("advcl", "conj") or not is_verb(tokens, i):
            continue
        frames = ground.cues.verbs.get(tokens.lemmas[i])
        if not frames or not any(frame.plain for frame in frames) or ground.quotation_at(i) is not None:
            continue
        if tokens.tags[i] == "VBG" and (before := _aside(tokens, i)) is not None:
            return start, before
        if tokens.child(i, "nsubj") is None:
            if tokens.deps[i] == "conj" and conjunct_of(tokens, i) == draft.head:
                joint = next((j for j in range(i - 1, start, -1) if tokens.deps[j] == "cc"), i)
                return start, joint
            continue
        first = tokens.subtree(i)[0]
        opener = next((j for j in (first, first - 1) if j > start and tokens.lower[j] in _SPLITTERS), None)
        if opener is not None and tokens.words[opener - 1] == "," and (draft.head is None or opener > draft.head):
            return start, opener - 1
    return start, end


def _aside(tokens: Tokens, verb: int) -> int | None:
    """Where ", saying ..." or "- claiming ..." begins, which goes on with the telling, or None."""
    mark = verb - 1
    while mark > 0 and (tokens.words[mark] in QUOTES or tokens.pos[mark] == "ADV"):
        mark -= 1
    if tokens.words[mark] in _DASHES or (tokens.words[mark] == "," and tokens.deps[verb] == "advcl"):
        return mark + 1 if mark + 1 < verb and tokens.words[mark + 1] in QUOTES else mark
    return None


def _set_apart(ground: Ground, verb: int, start: int, end: int, draft: Draft) -> int | None:
    """Where a relative clause behind a comma that closes a paraphrase begins: the reporter tells there who or what was
    spoken of (", who has led the valley since May")."""
    tokens = ground.tokens
    first, last = tokens.subtree(verb)
    if last < end - 1 or draft.cue_range is None or draft.cue_range[0] > start:
        return None
    comma = first if tokens.words[first] == "," else first - 1
    opener = comma + 2 if tokens.tags[comma + 1] == "IN" else comma + 1
    if comma <= start or tokens.words[comma] != "," or tokens.tags[opener] not in _RELATIVE:
        return None
    if tokens.lemmas[verb] not in ground.cues.verbs and any(comma < b and a < end for a, b in ground.ranges):
        return None
    return comma


def _before_comment(ground: Ground, start: int, end: int, draft: Draft) -> int:
    """Where the reporter's comment begins: ", in a bid to calm the crowd", ", which looks like an attempt to"."""
    tokens = ground.tokens
    if draft.cue_range is None or draft.cue_range[0] >= start:
        return end
    for i in range(start + 2, end - 2):
        if tokens.words[i] != "," or ground.quotation_at(i) is not None:
            continue
        if tokens.lower[i + 1] == "in" and any(
            tokens.lemmas[j].lower() in ground.words.aims for j in range(i + 2, min(i + 6, end))
        ):
            return i
        if tokens.lower[i + 1] == "which" and tokens.tags[i + 2] in ("MD", "VBZ") and _aimed(ground, i + 2, end):
            return i
    return end


def _aimed(ground: Ground, start: int, end: int) -> bool:
    return any(ground.tokens.lemmas[j].lower() in ground.words.aims for j in range(start, min(start + 5, end)))


def _who_says(ground: Ground, verb: int, draft: Draft) -> bool:
    """Whether a relative clause makes the object of the cue a speaker: "cheered the mayor, who said ..."."""
    tokens = ground.tokens
    thing = tokens.heads[verb]
    if tokens.deps[thing] != "dobj" or tokens.heads[thing] != draft.head:
        return False
    return any(frame.plain for frame in ground.cues.verbs.get(tokens.lemmas[verb], ()))


def _whole_quotations(ground: Ground, part: Range, draft: Draft) -> Range:
    """Where a range cuts into a quotation, take all of it: a parse may break a quotation, a reader does not."""
    start, end = part
    for first, last in ground.scares:
        if start < last and first < end:
            start, end = min(start, first), max(end, last)
    for index in {ground.quotation_at(start), ground.quotation_at(end - 1)}:
        if index is None:
            continue
        first, last = ground.ranges[index]
        if draft.cue_range is not None and first <= draft.cue_range[0] < last:
            continue
        if ground.quotations[index].closed:
            start, end = min(start, first), max(end, last)
    return start, end


def _joined(ground: Ground, parts: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _merge(ground: Ground, parts: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in covered(parts):
        if merged:
            between = range(*ground.tokens.within(Span(merged[-1].end, span.start)))
            if all(ground.tokens.pos[i] in ("PUNCT", "SPACE") for i in between):
                merged[-1] = Span(merged[-1].start, span.end)
                continue
        merged.append(span)
    return tuple(merged)
