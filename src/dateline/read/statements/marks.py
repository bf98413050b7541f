"""Quotations beside a cue, and cues that are marks: the colon and the dash."""

import re
from collections.abc import Sequence

from dateline.knowledge.lexicon.statements import Cue
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import QUOTES, Draft, Ground, Range, is_verb, speaker_range

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
    before = _before(ground, low, high)
    if before is not None:
        draft.quotations.append(before)
        draft.content.extend(_lead(ground, before))
    after = _after(ground, draft.cue_range[1] if draft.speaker is None or draft.speaker[0] < low + 1 else high)
    if after is not None and after not in draft.quotations:
        draft.quotations.append(after)


def announced(ground: Ground, draft: Draft) -> None:
    """Give a draft the quotation that its sentence announces ("He spoke in a statement. “...”"), or leave it to the
    next passage where this one ends in a colon."""
    if draft.head is None:
        return
    tokens = ground.tokens
    end = tokens.sentence(draft.head)[1]
    if tokens.words[end - 1] not in (".", ":"):
        return
    draft.quotations.extend(index for index, (first, _) in enumerate(ground.ranges) if first == end)
    draft.announces = bool(draft.quotations) or (end == len(tokens) and tokens.words[end - 1] == ":")


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


def _before(ground: Ground, low: int, high: int) -> int | None:
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
        closed = "." in tail and tokens.words[low][:1].isupper() and "," not in [tokens.words[i] for i in between]
        if closed and tokens.words[high : high + 1] != (".",):
            return None
        return index
    return None


_THIN = frozenset({"DET", "ADV", "SCONJ"})
_LIGHT = frozenset({"PUNCT", "ADV", "CCONJ", "SPACE", "AUX"})


def _cues(ground: Ground, token: int) -> bool:
    return is_verb(ground.tokens, token) and ground.tokens.lemmas[token] in ground.cues.verbs


def _after(ground: Ground, high: int) -> int | None:
    tokens = ground.tokens
    for index, (first, _) in enumerate(ground.ranges):
        if first < high:
            continue
        between = range(high, first)
        if len(between) > REACH:
            return None
        colon = tokens.words[first - 1] == ":"
        for i in between:
            if tokens.words[i] in _ENDS or (_cues(ground, i) and not (colon and tokens.tags[i] in ("VBN", "VBG"))):
                return None
        if not len(between):
            return index
        # A colon announces a quotation; a comma, when the quotation is a sentence or nothing weighty lies between.
        mark = tokens.words[first - 1]
        if mark == ":":
            return index if _named(ground, first - 1) is None else None
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
    if (
        not (ground.turn or any(tokens.pos[i] == "PROPN" for i in range(colon)))
        or ground.quotation_at(colon) is not None
    ):
        return None
    after, start = ground.quotation_at(colon + 1), _past_the_hour(tokens, colon)
    draft = Draft(
        cue=cue, cue_range=(colon, colon + 1), head=None, speaker=ground.trim((start, colon)), speaker_head=colon - 1
    )
    if after is not None:
        draft.quotations.append(after)
    elif ground.turn or (colon + 3 < len(tokens) and _person(ground, (0, colon))) or _turn(ground, colon):
        draft.content.append((colon + 1, len(tokens)))
    else:
        return None
    draft.because = _COLON
    return draft


def turns(texts: Sequence[str]) -> frozenset[int]:
    """Which passages are turns of a transcript: two or more in a row open with a name in capitals or with initials in
    capitals and a colon, and somebody there says "I", "we" or "you"."""
    found: set[int] = set()
    row: list[int] = []
    for index, text in enumerate([*texts, ""]):
        if _TURN.match(text):
            row.append(index)
            continue
        if len(row) > 1 and any(_SPOKEN.search(texts[i]) for i in row):
            found.update(row)
        row = []
    return frozenset(found)


_TURN = re.compile(r"(?:[A-Z][\w.’'-]*,? ){0,4}[A-Z][\w.’'-]+: +\S")
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Yy]ou)\b")


def _past_the_hour(tokens: Tokens, colon: int) -> int:
    """Where a name begins behind the hour that opens an entry of a running report ("14:20 - Mara Venn: ...")."""
    dash = next((i for i in range(1, min(4, colon)) if tokens.words[i] in _DASHES), None)
    return dash + 1 if dash is not None and tokens.words[0][:1].isdigit() else 0


def _turn(ground: Ground, colon: int) -> bool:
    """Whether a name in capitals opens a turn of a transcript: what follows speaks of "I", "we" or "you"."""
    tokens = ground.tokens
    named = {label for first, _, label in tokens.ents if first < colon}
    if colon > 4 or named & {"GPE", "LOC", "NORP"} or not all(tokens.words[i].isupper() for i in range(colon)):
        return False
    return any(tokens.lower[i] in ("i", "we", "you") for i in range(colon, len(tokens)))


def introduced(ground: Ground, claimed: set[int]) -> list[Draft]:
    """Quotations that no cue claims, right behind a colon: the subject of the clause before it speaks, whatever its
    verb ("She put it this way: “...”"), or whose name stands there ("... for spring - Mara Venn: “...”"). So too where
    the colon closes the passage and what is said stands in the next."""
    tokens = ground.tokens
    colons: list[tuple[int, int | None]] = [
        (first - 1, index) for index, (first, _) in enumerate(ground.ranges) if index not in claimed and first
    ]
    if len(tokens) > 1 and ground.quotation_at(len(tokens) - 1) is None:
        colons.append((len(tokens) - 1, None))
    drafts = []
    for colon, index in colons:
        if tokens.words[colon] != ":" or (draft := _before_colon(ground, colon)) is None:
            continue
        if index is None:
            draft.announces = True
        else:
            draft.quotations.append(index)
        drafts.append(draft)
    return drafts


def _before_colon(ground: Ground, colon: int) -> Draft | None:
    tokens = ground.tokens
    start = tokens.sentence(colon)[0]
    verb = next((i for i in range(start, colon) if is_verb(tokens, i) and tokens.child(i, "nsubj") is not None), None)
    if verb is None or _named(ground, colon) is not None:
        start = colon
        while start > 0 and tokens.pos[start - 1] in _NAMING:
            start -= 1
        while start < colon and tokens.pos[start] == "ADP":
            start += 1
        speaker, head, cue = ground.trim((start, colon)), colon - 1, (colon, colon + 1)
        if speaker is None or tokens.pos[head] != "PROPN" or colon - start > REACH // 2:
            return None
        return Draft(cue=None, cue_range=cue, head=None, speaker=speaker, speaker_head=head, because=_COLON)
    if any(tokens.words[i] in QUOTES for i in range(start, colon)):
        return None
    subject = tokens.having(verb, "nsubj")[-1]
    speaker = speaker_range(ground, subject, verb)
    if speaker is None or tokens.pos[subject] not in ("PROPN", "NOUN", "PRON") or tokens.lower[subject] in _DUMMY:
        return None
    because = f"a quotation that {tokens.words[verb]!r} and a colon introduce"
    return Draft(
        cue=None, cue_range=(verb, verb + 1), head=verb, speaker=speaker, speaker_head=subject, because=because
    )


def _named(ground: Ground, colon: int) -> int | None:
    """Where a person's name begins that stands between a dash and a colon ("A late spring - Mara Venn: “...”")."""
    first = next((a for a, b, label in ground.tokens.ents if b == colon and label == "PERSON"), None)
    return first if first and ground.tokens.words[first - 1] in _DASHES else None


_DASHES = frozenset({"—", "–", "-", "--"})
_COLON = "a name, a colon and its words"
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "ADP", "CCONJ", "PART"})
_DUMMY = frozenset({"it", "this", "that", "there", "which", "what", "here", "i", "you"})


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
    if dash + 1 >= len(tokens) or len(tokens) - dash > 12 or tokens.words[dash] not in _DASHES:
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
