"""Quotations beside a cue, and cues that are marks: the colon and the dash."""

from dateline.knowledge.lexicon.statements import Cue
from dateline.read.statements.ground import Draft, Ground, Range, is_verb

REACH = 30
"""A cue opens a quotation at most so many tokens away, an apposition or a time lying between."""

_ENDS = frozenset({".", "!", "?", ";"})


def beside(ground: Ground, draft: Draft) -> None:
    """Give a draft the quotations that its cue opens or closes.

    After the cue: nothing but a comma, colon, "that" or the cue's own modifiers lie between, within the
    sentence. Before it: the quotation ends in a comma or a mark of its own right before speaker and cue.
    """
    if draft.cue_range is None:
        return
    low, high = draft.cue_range
    if draft.speaker is not None:
        low, high = min(low, draft.speaker[0]), max(high, draft.speaker[1] if draft.speaker[0] > low else high)
    before = _before(ground, low)
    if before is not None:
        draft.quotations.append(before)
        draft.content.extend(_lead(ground, before))
    after = _after(ground, draft.cue_range[1] if draft.speaker is None or draft.speaker[0] < low + 1 else high)
    if after is not None and after not in draft.quotations:
        draft.quotations.append(after)


def _lead(ground: Ground, index: int) -> list[Range]:
    """The start of a sentence whose end alone is quoted ("The club is “a fine case,” she said")."""
    tokens = ground.tokens
    first = ground.ranges[index][0]
    start = first
    while start > 0 and tokens.words[start - 1] not in _ENDS and ground.quotation_at(start - 1) is None:
        start -= 1
        if is_verb(tokens, start) and any(frame.plain for frame in ground.cues.verbs.get(tokens.lemmas[start], ())):
            return []
    words = sum(tokens.pos[i] not in ("PUNCT", "SPACE", "CCONJ") for i in range(start, first))
    return [(start, first)] if words > 1 else []


def _before(ground: Ground, low: int) -> int | None:
    tokens = ground.tokens
    for index in range(len(ground.ranges) - 1, -1, -1):
        first, last = ground.ranges[index]
        if last > low:
            continue
        between = range(last, low)
        if len(between) > 3 or any(tokens.words[i] in _ENDS or tokens.pos[i] not in _LIGHT for i in between):
            return None
        quotation = ground.quotations[index]
        if not quotation.closed:
            return None
        tail = [tokens.words[i] for i in range(max(first, last - 2), last)]
        if "." in tail and tokens.words[low][:1].isupper() and "," not in [tokens.words[i] for i in between]:
            return None
        return index
    return None


_THIN = frozenset({"DET", "ADV", "SCONJ"})
_LIGHT = frozenset({"PUNCT", "ADV", "CCONJ", "SPACE", "AUX"})


def _after(ground: Ground, high: int) -> int | None:
    tokens = ground.tokens
    for index, (first, _) in enumerate(ground.ranges):
        if first < high:
            continue
        between = range(high, first)
        if len(between) > REACH:
            return None
        for i in between:
            if tokens.words[i] in _ENDS or (is_verb(tokens, i) and tokens.lemmas[i] in ground.cues.verbs):
                return None
        if not len(between):
            return index
        # A colon announces a quotation; a comma, when the quotation is a sentence or nothing weighty lies between.
        mark = tokens.words[first - 1]
        if mark == ":":
            return index
        sentence = tokens.words[first + 1][:1].isupper() if first + 1 < len(tokens) else False
        if mark == "," and (sentence or len(between) <= 2):
            return index
        return index if len(between) <= 2 and all(tokens.pos[i] in _THIN for i in between) else None
    return None


def colon_draft(ground: Ground, cue: Cue | None = None) -> Draft | None:
    """ "NAME: ..." at the head of a passage: a transcript's turn, or a headline that quotes.

    The name is up to eight tokens before the first colon and holds a proper noun and no verb. Without
    quotation marks the name has to be a person's or stand in capitals.
    """
    tokens = ground.tokens
    colon = next((i for i in range(min(10, len(tokens))) if tokens.words[i] == ":"), None)
    if not colon or colon + 1 >= len(tokens) or any(is_verb(tokens, i) for i in range(colon)):
        return None
    if not any(tokens.pos[i] == "PROPN" for i in range(colon)) or ground.quotation_at(colon) is not None:
        return None
    after = ground.quotation_at(colon + 1)
    draft = Draft(
        cue=cue, cue_range=(colon, colon + 1), head=None, speaker=ground.trim((0, colon)), speaker_head=colon - 1
    )
    if after is not None:
        draft.quotations.append(after)
    elif colon + 3 < len(tokens) and _person(ground, (0, colon)):
        draft.content.append((colon + 1, len(tokens)))
    else:
        return None
    draft.because = "a name, a colon and its words"
    return draft


def _person(ground: Ground, name: Range) -> bool:
    tokens = ground.tokens
    capitals = all(tokens.words[i].isupper() for i in range(*name) if tokens.pos[i] == "PROPN")
    person = any(label == "PERSON" and start < name[1] for start, _, label in tokens.ents)
    return person and (capitals or name[1] - name[0] <= 4)


def dash_draft(ground: Ground) -> Draft | None:
    """ "“...” — NAME" at the end of a passage."""
    tokens = ground.tokens
    if not ground.ranges:
        return None
    index = len(ground.ranges) - 1
    dash = ground.ranges[index][1]
    if dash + 1 >= len(tokens) or len(tokens) - dash > 12 or tokens.words[dash] not in ("—", "–", "-", "--"):
        return None
    if tokens.pos[dash + 1] != "PROPN" or any(is_verb(tokens, i) for i in range(dash, len(tokens))):
        return None
    return Draft(
        cue=None,
        cue_range=(dash, dash + 1),
        head=None,
        speaker=ground.trim((dash + 1, len(tokens))),
        speaker_head=dash + 1,
        quotations=[index],
        because="a quotation, a dash and a name",
    )
