"""Frames of adjectives, nouns and source phrases."""

from dateline.knowledge.lexicon.statements import Cue, Takes
from dateline.nlp.base import Tokens
from dateline.read.statements.complements import as_said, complements, goes_with, joined_to, opened, without
from dateline.read.statements.ground import CLAUSAL, Draft, Ground, Range, is_verb, speaker_range, subject_of
from dateline.read.statements.marks import REACH, beside


def adjective_draft(ground: Ground, adjective: int) -> Draft | None:
    """ "is confident that", "is willing to", "was critical of"."""
    tokens = ground.tokens
    if tokens.deps[adjective] not in ("acomp", "ROOT", "conj", "amod", "advcl", "xcomp", *CLAUSAL):
        return None
    be = tokens.heads[adjective] if tokens.deps[adjective] in ("acomp", "oprd") else adjective
    subject = subject_of(tokens, be)
    speaker = speaker_range(ground, subject, adjective) if subject is not None else None
    if speaker is None or subject is None or tokens.lower[subject] in ("it", "this", "that", "there"):
        return None
    for cue in ground.cues.adjectives[tokens.lower[adjective]]:
        content = complements(ground, adjective, cue)
        joined = joined_to(tokens, adjective, cue)
        if not content and joined is not None:
            content = [goes_with(ground, adjective, tokens.subtree(c)) for c in tokens.having(joined, "pobj", "pcomp")]
        if content:
            end = joined + 1 if joined == adjective + 1 else adjective + 1
            cued = (adjective, end)
            draft = Draft(cue=cue, cue_range=cued, head=adjective, speaker=speaker, speaker_head=subject)
            draft.content = content
            as_said(tokens, be, draft)
            return draft
    return None


def noun_draft(ground: Ground, noun: int) -> Draft | None:
    """ "his claim that", "a report by X that", "the refusal to"."""
    tokens = ground.tokens
    for cue in ground.cues.nouns[tokens.lemmas[noun]]:
        for child in tokens.having(noun, "acl", "ccomp", "relcl"):
            if child < noun:
                continue
            marks = [tokens.lower[m] for m in tokens.having(child, "mark", "aux")]
            infinitive = "to" in marks and tokens.deps[child] == "acl"
            clause = "that" in marks and tokens.child(child, "nsubj", "nsubjpass", "expl") is not None
            if not (infinitive and Takes.INFINITIVE in cue.takes) and not (clause and Takes.CLAUSE in cue.takes):
                continue
            owner = _owner(tokens, noun)
            if owner is not None and _retold(ground, noun, owner):
                return None
            speaker = speaker_range(ground, owner, noun) if owner is not None else None
            if speaker is None and infinitive:
                continue
            return Draft(
                cue=cue,
                cue_range=(noun, noun + 1),
                head=noun,
                speaker=_unpossessed(tokens, speaker),
                speaker_head=owner,
                content=[tokens.subtree(child)],
            )
        if Takes.CLAUSE in cue.takes and (draft := _noun_from(ground, noun, cue)) is not None:
            return draft
        if cue.joins and (draft := _noun_about(ground, noun, cue)) is not None:
            return draft
    return None


def _noun_from(ground: Ground, noun: int, cue: Cue) -> Draft | None:
    """ "A warning from the harbour office that ...", where the parse hung the clause on the office."""
    tokens = ground.tokens
    owner = next(
        (tokens.child(c, "pobj") for c in tokens.having(noun, "prep") if tokens.lower[c] in ("by", "from")), None
    )
    for that in range(noun + 3, min(noun + REACH, len(tokens))):
        if owner is None or that <= owner or (clause := opened(tokens, that)) is None or tokens.heads[clause] != owner:
            continue
        speaker = speaker_range(ground, owner, noun)
        head = None if speaker is None else (speaker[0], min(speaker[1], that))
        content = [(that, tokens.subtree(clause)[1])]
        return Draft(cue=cue, cue_range=(noun, noun + 1), head=noun, speaker=head, speaker_head=owner, content=content)
    return None


def _noun_about(ground: Ground, noun: int, cue: Cue) -> Draft | None:
    """ "the envoy's criticism of", "has doubts about": a noun, its preposition, and whoever owns it."""
    tokens = ground.tokens
    joined = joined_to(tokens, noun, cue)
    content = [] if joined is None else [tokens.subtree(c) for c in tokens.having(joined, "pobj", "pcomp")]
    owner = _possessor(tokens, noun)
    if owner is None and tokens.deps[noun] == "dobj" and tokens.lemmas[tokens.heads[noun]] in cue.lights:
        owner = subject_of(tokens, tokens.heads[noun])
    speaker = speaker_range(ground, owner, noun) if owner is not None and content else None
    if speaker is None or joined is None:
        return None
    return Draft(
        cue=cue,
        cue_range=(noun, joined + 1 if joined == noun + 1 else noun + 1),
        head=noun,
        speaker=_unpossessed(tokens, speaker),
        speaker_head=owner,
        content=content,
    )


def _retold(ground: Ground, noun: int, owner: int) -> bool:
    """Whether the noun's owner is only the subject of a cue that takes the noun: "dismissed suggestions that"."""
    tokens = ground.tokens
    head = tokens.heads[noun]
    if tokens.heads[owner] == noun or tokens.deps[noun] != "dobj":
        return False
    return any(Takes.OBJECT in cue.takes for cue in ground.cues.verbs.get(tokens.lemmas[head], ()))


def _possessor(tokens: Tokens, noun: int) -> int | None:
    owner = tokens.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in tokens.having(noun, "prep"):
        if tokens.lower[preposition] in ("by", "from", "among"):
            return tokens.child(preposition, "pobj")
    return None


def _owner(tokens: Tokens, noun: int) -> int | None:
    owner = _possessor(tokens, noun)
    if owner is not None:
        return owner
    head = tokens.heads[noun]
    if tokens.deps[noun] == "dobj" and is_verb(tokens, head):
        return subject_of(tokens, head)
    return None


def _unpossessed(tokens: Tokens, speaker: Range | None) -> Range | None:
    if speaker is not None and speaker[1] - speaker[0] > 1 and tokens.tags[speaker[1] - 1] == "POS":
        return speaker[0], speaker[1] - 1
    return speaker


def source_draft(ground: Ground, first: int) -> Draft | None:
    """ "according to X", "per X", "in the words of X": the content is the clause that the phrase hangs on."""
    tokens = ground.tokens
    for phrase, cue in ground.cues.phrases[tokens.lower[first]]:
        last = first + len(phrase)
        if tokens.lower[first:last] != phrase or last >= len(tokens):
            continue
        named = next(
            (
                i
                for i in range(last, min(last + 25, len(tokens)))
                if tokens.deps[i] == "pobj" and first <= tokens.heads[i] < last
            ),
            None,
        )
        if named is None or tokens.lemmas[named].lower() in ground.words.blocked or tokens.tags[named] == "CD":
            continue
        if cue.speakers and not (tokens.lemmas[named].lower() in cue.speakers and _sets_out(tokens, first)):
            continue
        if tokens.tags[named] == "NN" and not tokens.children(named):
            continue
        speaker = speaker_range(ground, named, first)
        if speaker is None or speaker[0] < last:
            continue
        speaker = _up_to_comma(ground, speaker, named)
        draft = Draft(cue=cue, cue_range=(first, last), head=first, speaker=speaker, speaker_head=named)
        clause = first
        for above in tokens.ancestors(first):
            clause = above
            if tokens.deps[above] in CLAUSAL and (is_verb(tokens, above) or tokens.pos[above] == "AUX"):
                break
        start, end = tokens.subtree(clause)
        after = tokens.words[speaker[1]] if speaker[1] < len(tokens) else "."
        if clause == first or (
            tokens.words[first - 1] == "," and after in (".", ";") and tokens.deps[clause] != "conj"
        ):
            start, end = tokens.sentence(first)
        if tokens.deps[clause] == "relcl" and start < clause and tokens.tags[start] in ("WDT", "WP"):
            start += 1
        low, high = _between_semicolons(tokens, first, speaker[1])
        start, end = max(start, low), min(end, high)
        if start >= first and end <= speaker[1]:
            start, end = low, high
        draft.content.extend(without((start, end), (first, speaker[1])))
        beside(ground, draft)
        return draft if draft.content or draft.quotations else None
    return None


def _between_semicolons(tokens: Tokens, first: int, last: int) -> Range:
    """The part of the sentence that a source's phrase can stand for: it does not reach over a semicolon."""
    start, end = tokens.sentence(first)
    before = [i + 1 for i in range(start, first) if tokens.words[i] == ";"]
    after = [i for i in range(last, end) if tokens.words[i] == ";"]
    return max(before, default=start), min(after, default=end)


def _sets_out(tokens: Tokens, first: int) -> bool:
    """Whether a phrase opens its sentence or stands apart behind a comma."""
    return first == tokens.sentence(first)[0] or tokens.words[first - 1] == ","


def _up_to_comma(ground: Ground, speaker: Range, head: int) -> Range:
    """Cut a source's phrase before a clause that the parse hung on it: where a comma precedes a verb's subject."""
    tokens = ground.tokens
    for i in range(head + 1, speaker[1]):
        if tokens.words[i] == "," and any(
            is_verb(tokens, j) and tokens.child(j, "nsubj") for j in range(i, speaker[1])
        ):
            return speaker[0], i
    return speaker
