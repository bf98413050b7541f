"""Which drafts of a passage stand: the outermost, chains below them, and quotations carried over."""

from dateline.knowledge.lexicon.statements import CueKind
from dateline.model.vocab import Act, CueClass
from dateline.nlp.base import Tokens
from dateline.read.statements.chains import link_chains, passed_on
from dateline.read.statements.content import settle
from dateline.read.statements.frames import tells, unlisted_draft, verb_draft
from dateline.read.statements.ground import VERBAL, Draft, Ground, is_verb
from dateline.read.statements.marks import REACH, colon_draft, dash_draft, introduced
from dateline.read.statements.nominal import adjective_draft, noun_draft, source_draft

CARRIED = 0.6
"""Score of a quotation that has no cue and is given to the last speaker."""

CARRIED_WORDS = 4
"""A quotation of fewer words is not a sentence of its own and is not carried over."""

_NOBODY = frozenset({"you", "there", "what", "let", "one"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_JUDGING = frozenset({Act.ACCUSE, Act.CONDEMN, Act.PRAISE, Act.THREATEN, Act.QUESTION})
_MAYBE = frozenset({"may", "might", "could"})
_WOULD = frozenset({"would", "could", "might", "should", "'d"})
_REFERRING = frozenset({"he", "she", "it", "they"})


def drafts_of(ground: Ground) -> list[Draft]:
    """The statements of a passage, in order of their cues, settled, without those that only nest."""
    found = [draft for draft in (colon_draft(ground), dash_draft(ground)) if draft is not None]
    heads: set[int] = set()
    for token in _candidates(ground):
        draft = None if token in heads else _draft(ground, token)
        if draft is not None and draft.head is not None:
            heads.add(draft.head)
        if draft is not None and not _blocked(ground, draft):
            found.append(draft)
    found = link_chains(ground, found)
    for draft in found:
        settle(ground, draft)
    _share_out(ground, found)
    standing = [draft for draft in found if (draft.content or draft.announces) and not _says_nothing(ground, draft)]
    outer = [draft for draft in standing if _stands(ground, draft, standing)]
    kept = passed_on([draft for draft in outer if draft.content])
    kept.extend(draft for draft in outer if not draft.content)
    for draft in introduced(ground, claimed(ground, kept)):
        if not (draft.announces and any(other.announces for other in kept)):
            settle(ground, draft)
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.cue_range or (0, 0), d.content))


def _candidates(ground: Ground) -> list[int]:
    tokens, cues = ground.tokens, ground.cues
    found = []
    for i, lemma in enumerate(tokens.lemmas):
        tag = tokens.tags[i]
        if tag in VERBAL:
            wanted = lemma in cues.verbs or tokens.lower[i] in cues.phrases or _is_adjective(ground, i)
            wanted = wanted or tells(ground, i)
        elif tag in ("NN", "NNS"):
            wanted = lemma in cues.nouns or _closes_quotation(ground, i)
        elif tag == "JJ":
            wanted = tokens.lower[i] in cues.adjectives
        else:
            wanted = tokens.lower[i] in cues.phrases
        if wanted and ground.quotation_at(i) is None:
            found.append(i)
    return found


def _is_adjective(ground: Ground, token: int) -> bool:
    """Whether a participle says how somebody feels: "is worried about", "were opposed to"."""
    tokens = ground.tokens
    return tokens.tags[token] == "VBN" and tokens.lower[token] in ground.cues.adjectives


def _closes_quotation(ground: Ground, token: int) -> bool:
    """Whether a cue that the parse took for a noun stands with its speaker behind a quotation ("...,” Sall notes.")."""
    tokens = ground.tokens
    frames = ground.cues.verbs.get(tokens.lemmas[token], ())
    if tokens.deps[token] != "ROOT" or not any(frame.plain for frame in frames) or tokens.tags[token - 1] != "NNP":
        return False
    first = token - 1
    while first > 0 and tokens.pos[first - 1] in ("PROPN", "NOUN", "ADJ", "DET"):
        first -= 1
    return first > 0 and ground.quotation_at(first - 1) is not None


def _draft(ground: Ground, token: int) -> Draft | None:
    tokens, cues = ground.tokens, ground.cues
    if tokens.lower[token] in cues.phrases and (draft := source_draft(ground, token)) is not None:
        draft.because = f"the source phrase {tokens.words[token]!r}"
        return draft
    tag, lemma = tokens.tags[token], tokens.lemmas[token]
    draft = None
    if (tag in VERBAL and lemma in cues.verbs) or _closes_quotation(ground, token):
        draft = verb_draft(ground, token)
    elif tag in VERBAL and tells(ground, token):
        draft = unlisted_draft(ground, token)
    elif tag in ("NN", "NNS") and lemma in cues.nouns:
        draft = noun_draft(ground, token)
    elif tag == "JJ" and tokens.lower[token] in cues.adjectives:
        draft = adjective_draft(ground, token)
    if draft is None and _is_adjective(ground, token):
        draft = adjective_draft(ground, token)
    if draft is not None and draft.cue is not None:
        draft.because = f"the cue {tokens.words[token]!r} in the frame {draft.cue.id}"
    return draft


def _blocked(ground: Ground, draft: Draft) -> bool:
    """A speaker who is nobody: "you" or "one" at large, a dummy subject, a rule or a plan, a mere guess."""
    head = draft.speaker_head
    tokens = ground.tokens
    if _irreal(tokens, draft):
        return True
    if draft.cue is not None and draft.cue.cue_class is CueClass.ATTITUDE and _guessed(tokens, draft):
        return True
    if draft.speaker is None or head is None:
        return False
    lone = tokens.lower[head] != "one" or not tokens.children(head)
    if (lone and tokens.lower[head] in _NOBODY) or tokens.lemmas[head].lower() in ground.words.blocked:
        return True
    dummy = tokens.lower[head] in ("it", "this", "that") and draft.cue is not None
    return dummy and draft.cue is not None and draft.cue.cue_class is CueClass.ATTITUDE


def _share_out(ground: Ground, found: list[Draft]) -> None:
    """A quotation that two cues claim goes to the nearer one; the other keeps what else it has."""
    for index, (first, last) in enumerate(ground.ranges):
        claimants = [d for d in found if index in d.quotations and d.cue_range is not None]
        if len(claimants) < 2:
            continue
        nearest = min(claimants, key=lambda d: _distance(d, first, last))
        for draft in claimants:
            if draft is not nearest and draft.cue_range != nearest.cue_range:
                draft.quotations.remove(index)
                draft.content = [part for part in draft.content if not (part[0] <= first and last <= part[1])]


def _says_nothing(ground: Ground, draft: Draft) -> bool:
    """Whether the content is a lone pronoun or the name of a medium: "consider them", "wrote on Telegram". Who is
    accused or praised may be a pronoun."""
    tokens = ground.tokens
    if len(draft.content) != 1 or draft.quotations or draft.cue is None or draft.cue.act in _JUDGING:
        return False
    words = [i for i in range(*draft.content[0]) if tokens.pos[i] not in ("PUNCT", "SPACE", "DET")]
    if len(words) > 1 or ground.quotation_at(draft.content[0][0]) is not None:
        return False
    return not words or tokens.pos[words[0]] == "PRON" or tokens.lemmas[words[0]].lower() in ground.words.venues


def _guessed(tokens: Tokens, draft: Draft) -> bool:
    """Whether an attitude is only what something is a sign of ("a sign that Velmar has decided to fight"), or what
    somebody may have ("Velmar may be worried that ...")."""
    head = draft.head
    if head is None:
        return False
    verb = tokens.heads[head] if tokens.deps[head] == "acomp" else head
    if any(tokens.lower[a] in _MAYBE for a in tokens.having(verb, "aux")):
        return True
    if tokens.deps[head] not in ("acl", "ccomp"):
        return False
    above = tokens.heads[head]
    return tokens.pos[above] == "NOUN" and "that" in tokens.lower[above + 1 : head]


def _irreal(tokens: Tokens, draft: Draft) -> bool:
    """Whether the cue says what somebody would have said."""
    if draft.head is None or tokens.tags[draft.head] != "VBN":
        return False
    auxiliaries = {tokens.lower[a] for a in tokens.having(draft.head, "aux")}
    return bool(auxiliaries & _WOULD) and "have" in auxiliaries


def _distance(draft: Draft, first: int, last: int) -> int:
    low, high = draft.cue_range or (0, 0)
    return low - last if low >= last else first - high


def _stands(ground: Ground, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a draft is outermost, or a link of a chain; what it passed through is noted in its ``via``."""
    if draft.cue_range is None:
        return True
    token = draft.cue_range[0]
    outer = [
        o
        for o in drafts
        if o is not draft and o.covers(token) and not (draft.covers(o.cue_range[0]) if o.cue_range else False)
    ]
    if not outer:
        return True
    if draft.cue is None or draft.cue.cue_class is not CueClass.SPEECH:
        return False
    if draft.cue.kind is not CueKind.VERB:
        return _judged(ground, draft, outer)
    head = draft.speaker_head
    if _named_in_passing(ground, draft):
        return True
    if head is None or ground.tokens.lower[head] in _REFERRING or draft.head is None:
        return False
    tokens = ground.tokens
    if tokens.tags[draft.head] == "VB" or any(tokens.tags[a] == "MD" for a in tokens.having(draft.head, "aux")):
        return False
    above = ground.tokens.heads[draft.head]
    for link in outer:
        if link.cue is None or link.cue.cue_class is not CueClass.SPEECH:
            return False
        direct = link.head == above and ground.tokens.deps[draft.head] == "ccomp"
        if not (direct or link.cue.kind is CueKind.SOURCE):
            return False
    draft.via = sorted(outer, key=lambda o: -sum(end - start for start, end in o.content))
    return True


def _named_in_passing(ground: Ground, draft: Draft) -> bool:
    """Whether a name in marks, which is then all of the content, is put into what another says: "would not
    attend what she called “a circus”"."""
    if draft.head is None or draft.speaker is None:
        return False
    marked = [part for part in draft.content if ground.quotation_at(part[1] - 1) is not None]
    if marked and any(ground.tokens.lower[c] == "what" for c in ground.tokens.having(draft.head, "dobj")):
        draft.content = marked
        return True
    return False


def _judged(ground: Ground, draft: Draft, outer: list[Draft]) -> bool:
    """Whether a noun cue with its own speaker is itself what another judges: "rejected the militia's claim that"."""
    tokens = ground.tokens
    if draft.head is None or draft.speaker_head is None or tokens.lower[draft.speaker_head] in _POSSESSIVE:
        return False
    return len(outer) == 1 and tokens.deps[draft.head] == "dobj" and tokens.heads[draft.head] == outer[0].head


def claimed(ground: Ground, drafts: list[Draft]) -> set[int]:
    """The quotations of a passage that lie in some statement's content."""
    return {
        index
        for index, (first, last) in enumerate(ground.ranges)
        if any(start < last and first < end for draft in drafts for start, end in draft.content)
    }


def follow_on(ground: Ground, drafts: list[Draft]) -> None:
    """Give a quotation that stands right after a quoting sentence to the statement of that sentence; so too one that
    is a sentence of its own further on in the passage, if nobody else has spoken in between."""
    tokens = ground.tokens
    for index, (first, last) in enumerate(ground.ranges):
        if index in claimed(ground, drafts):
            continue
        for draft in drafts:
            if not _quotes(ground, draft):
                continue
            parts = [*draft.content, draft.cue_range or (0, 0), draft.speaker or (0, 0)]
            end = max((stop for _, stop in parts if stop <= first), default=first)
            if end == first:
                continue
            between = range(end, first)
            if all(tokens.pos[i] in ("PUNCT", "SPACE") for i in between) or _rest_of_cue(ground, draft, between):
                draft.content.append((first, last))
                break
        else:
            if (giver := _speaking(drafts, first)) is not None and _alone(ground, index) and _quotes(ground, giver):
                giver.content.append((first, last))


def _quotes(ground: Ground, draft: Draft) -> bool:
    """Whether a content begins or ends inside quotation marks."""
    return any(
        ground.quotation_at(start) is not None or ground.quotation_at(end - 1) is not None
        for start, end in draft.content
    )


def _speaking(drafts: list[Draft], first: int) -> Draft | None:
    """The last draft whose cue stands before a token."""
    earlier = [d for d in drafts if d.cue_range is not None and d.cue_range[0] < first and not d.via]
    return earlier[-1] if earlier and earlier[-1].speaker is not None else None


def _alone(ground: Ground, index: int) -> bool:
    """Whether a quotation is a sentence of its own."""
    tokens = ground.tokens
    first, end = ground.ranges[index]
    inside = [i for i in range(first, end) if tokens.pos[i] not in ("PUNCT", "SPACE")]
    alone = first == 0 or tokens.words[first - 1] in (".", "!", "?", '"', "'")
    complete = end == len(tokens) or any(tokens.words[i] in (".", "!", "?") for i in range(end - 2, end))
    return len(inside) >= CARRIED_WORDS and alone and complete


def _rest_of_cue(ground: Ground, draft: Draft, between: range) -> bool:
    """Whether nothing but the end of the quoting sentence lies between: "he said on Monday at the gate." """
    tokens = ground.tokens
    if draft.head is None or tokens.words[between[-1]] not in (".", "!", "?", ":"):
        return False
    if tokens.sentence(draft.head)[1] == between[-1] + 1:
        return True
    if len(between) > REACH:
        return False
    ends = [i for i in between if tokens.words[i] in (".", "!", "?")]
    speaks = any(
        is_verb(tokens, i) and any(frame.plain for frame in ground.cues.verbs.get(tokens.lemmas[i], ()))
        for i in between
    )
    return len(ends) <= 1 and not speaks and tokens.sentence(draft.head)[1] >= between[0]


def carried(ground: Ground, drafts: list[Draft], last: Draft | None) -> list[tuple[int, Draft]]:
    """The sentences in quotation marks without a cue, each with the draft whose speaker it is given to.

    Only a quotation that is a sentence of its own, directly after a statement of the same passage or, at the head
    of a passage, after the last statement of the one before.
    """
    taken = claimed(ground, drafts)
    found = []
    for index, (first, end) in enumerate(ground.ranges):
        if index in taken or not _alone(ground, index):
            continue
        giver = _speaking(drafts, first)
        if giver is not None and giver.speaker is not None and first < giver.speaker[1] <= end:
            continue
        giver = giver or (last if first == 0 else None)
        if giver is not None and giver.speaker is not None:
            found.append((index, giver))
    return found
