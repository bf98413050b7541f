"""Cue frames over the parse: from a cue word to its speaker, content and addressee."""

from dateline.knowledge.lexicon.statements import Cue, Takes
from dateline.model.vocab import Act, CueClass, Voice
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import CLAUSAL, Draft, Ground, Range, is_verb, speaker_range, subject_of
from dateline.read.statements.marks import beside

WH = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where"})


def verb_draft(ground: Ground, verb: int) -> Draft | None:
    """The statement of a verb cue: the first of its frames that finds content and a speaker, or None."""
    tokens = ground.tokens
    passive = tokens.child(verb, "auxpass", "nsubjpass", "agent") is not None or (
        tokens.tags[verb] == "VBN"
        and tokens.deps[verb] in ("acl", "advcl")
        and tokens.child(verb, "aux", "nsubj") is None
    )
    for cue in ground.cues.verbs[tokens.lemmas[verb]]:
        draft = _passive(ground, verb, cue) if passive else _active(ground, verb, cue)
        if draft is not None:
            return draft
    return None


def _active(ground: Ground, verb: int, cue: Cue) -> Draft | None:
    tokens = ground.tokens
    joined = _joined(tokens, verb, cue)
    if cue.cue_class is CueClass.ATTITUDE and tokens.deps[verb] == "acl" and Takes.OBJECT in cue.takes:
        return None
    if cue.needs_join and joined is None:
        return None
    if cue.needs_adds and _preposition(tokens, verb, cue.adds) is None:
        return None
    relayed = _relayed(ground, verb)
    subject = subject_of(tokens, verb if relayed is None else tokens.heads[verb])
    speaker = (
        speaker_range(ground, subject, verb if relayed is None else tokens.heads[verb]) if subject is not None else None
    )
    cue_range = (verb, verb + 1)
    if joined is not None and joined == verb + 1:
        cue_range = (verb, joined + 1)
    draft = Draft(cue=cue, cue_range=cue_range, head=verb, speaker=speaker, speaker_head=subject)
    draft.source = relayed
    if Takes.QUOTATION in cue.takes:
        beside(ground, draft)
    content = _complements(ground, verb, cue)
    if joined is not None and tokens.deps[joined] != "prt":
        objects = [tokens.subtree(c) for c in tokens.having(joined, "pobj", "pcomp", "prep")]
        objects = [] if _venue(ground, joined) else objects
        if objects and (not content or cue.needs_join):
            content = [*objects, *content]
    if content:
        draft.content.extend(content)
        draft.content.extend(_resumed(tokens, verb, content))
    elif cue.plain and (not draft.quotations or tokens.deps[verb] == "parataxis"):
        draft.content.extend(_around(ground, verb, draft))
    if not (draft.content or draft.quotations) or draft.speaker is None or not _holds(tokens, draft):
        return None
    if cue.addressee or cue.act is Act.DEMAND:
        spoken_to = tokens.child(verb, "dobj", "dative")
        if spoken_to is not None and not (len(draft.content) == 1 and draft.content[0] == tokens.subtree(spoken_to)):
            draft.addressee = ground.trim(tokens.subtree(spoken_to))
    if draft.addressee is None and (to := _preposition(tokens, verb, ("to",))) is not None and to != joined:
        spoken_to = tokens.child(to, "pobj")
        if spoken_to is not None and cue.plain:
            draft.addressee = ground.trim(tokens.subtree(spoken_to))
    return draft


def _venue(ground: Ground, preposition: int) -> bool:
    """Whether a preposition leads to where it was said, not to what: "wrote on Telegram"."""
    thing = ground.tokens.child(preposition, "pobj")
    return thing is not None and ground.tokens.lemmas[thing].lower() in ground.words.venues


def _holds(tokens: Tokens, draft: Draft) -> bool:
    """Whether the content has the numeral or one of the words that the frame asks for."""
    cue = draft.cue
    if cue is None or not (cue.needs_number or cue.names):
        return True
    inside = [i for start, end in draft.content for i in range(start, end)]
    if cue.needs_number and not any(tokens.tags[i] == "CD" for i in inside):
        return False
    return not cue.names or any(tokens.lower[i] in cue.names for i in inside)


def _relayed(ground: Ground, verb: int) -> Range | None:
    """The source of "cited reports to say": the object of a relaying verb whose open complement is the cue."""
    tokens = ground.tokens
    head = tokens.heads[verb]
    if tokens.deps[verb] not in ("xcomp", "advcl") or tokens.child(verb, "aux") is None:
        return None
    if not any(frame.relays for frame in ground.cues.verbs.get(tokens.lemmas[head], ())):
        return None
    source = tokens.child(head, "dobj")
    if source is None and (source := tokens.child(verb, "nsubj")) is None:
        return None
    start, end = tokens.subtree(source)
    return ground.trim((start, min(end, verb - 1) if start < verb < end else end))


def _joined(tokens: Tokens, verb: int, cue: Cue) -> int | None:
    """The particle or preposition that belongs to the cue."""
    for child in tokens.children(verb):
        if child > verb and tokens.deps[child] in ("prep", "prt", "advmod", "agent"):
            for join in cue.joins:
                first, _, second = join.partition(" ")
                if tokens.lower[child] != first:
                    continue
                if not second:
                    if _dated(tokens, child):
                        continue
                    return child
                if child + 1 < len(tokens) and tokens.lower[child + 1] == second:
                    return child + 1
    return None


def _dated(tokens: Tokens, preposition: int) -> bool:
    thing = tokens.child(preposition, "pobj")
    return thing is not None and any(
        start <= thing < end and label in ("DATE", "TIME") for start, end, label in tokens.ents
    )


def _preposition(tokens: Tokens, verb: int, words: tuple[str, ...]) -> int | None:
    return next(
        (c for c in tokens.children(verb) if tokens.lower[c] in words and tokens.deps[c] in ("prep", "dative")), None
    )


def _complements(ground: Ground, verb: int, cue: Cue) -> list[Range]:
    """The content that the parse hangs under the cue, as the frame takes it."""
    tokens = ground.tokens
    for child in tokens.children(verb):
        dep = tokens.deps[child]
        kind = _kind(tokens, verb, child)
        if kind is None or kind not in cue.takes or (cue.names and child < verb):
            continue
        found = tokens.subtree(child)
        if kind in (Takes.PREDICATE, Takes.INFINITIVE) and child > verb:
            patient = tokens.child(verb, "dobj")
            if patient is not None and patient < child:
                found = (tokens.subtree(patient)[0], found[1])
        if kind is Takes.OBJECT:
            if tokens.tags[child] in ("WDT", "WP") or tokens.lower[child].endswith(("self", "selves")):
                continue
            if tokens.tags[child] == "CD" and found[1] < len(tokens) and tokens.tags[found[1]] in ("VBN", "JJ"):
                found = (found[0], found[1] + 1)
            for extra in tokens.children(verb):
                if extra > child and tokens.deps[extra] in ("prep", "prt") and tokens.lower[extra] in cue.adds:
                    found = (found[0], tokens.subtree(extra)[1])
        if dep == "ccomp" and _is_question_tail(tokens, child):
            continue
        return [found]
    if cue.needs_adds and tokens.deps[verb] == "relcl":
        # "a step that Velmar rejected as illegal": what it was called stands behind the cue, the thing before it.
        return [tokens.subtree(c) for c in tokens.children(verb) if tokens.lower[c] in cue.adds]
    return []


def _kind(tokens: Tokens, verb: int, child: int) -> Takes | None:
    dep = tokens.deps[child]
    if dep == "dobj":
        return Takes.OBJECT if child > verb else None
    if dep == "oprd":
        return Takes.PREDICATE
    if dep in ("ccomp", "xcomp"):
        if any(tokens.tags[a] == "TO" for a in tokens.having(child, "aux", "mark")):
            return Takes.INFINITIVE
        subject = tokens.child(child, "nsubj", "nsubjpass", "expl", "csubj", "mark")
        if (
            not is_verb(tokens, child)
            and tokens.pos[child] not in ("AUX",)
            and tokens.child(child, "cop", "aux") is None
        ):
            return Takes.PREDICATE if dep == "xcomp" or subject is not None else Takes.CLAUSE
        if tokens.tags[child] == "VBG" and tokens.child(child, "aux") is None and subject is None:
            return Takes.GERUND
        return Takes.CLAUSE if dep == "ccomp" else None
    if dep == "advcl" and child > verb and (mark := tokens.child(child, "mark", "advmod")) is not None:
        return Takes.CLAUSE if tokens.lower[mark] == "whether" else None
    return None


def _is_question_tail(tokens: Tokens, child: int) -> bool:
    return tokens.words[child] in "?!"


def _around(ground: Ground, verb: int, draft: Draft) -> list[Range]:
    """The clause that a plain cue stands after or inside ("The dam, she said, will hold")."""
    tokens = ground.tokens
    start, end = tokens.sentence(verb)
    head = tokens.heads[verb]
    low = min(verb, draft.speaker[0]) if draft.speaker else verb
    if tokens.deps[verb] in ("parataxis", "ccomp", "advcl") and head != verb:
        mark = tokens.child(verb, "mark")
        inserted = low > start and tokens.words[low - 1] in ",-–—"
        if (tokens.deps[verb] == "parataxis" or inserted or (mark is not None and tokens.lower[mark] == "as")) and (
            mark is None or tokens.lower[mark] == "as"
        ):
            drop = tokens.subtree(verb)
            whole = tokens.subtree(head)
            if drop[0] <= head < drop[1]:
                return []
            return _without(_within_semicolons(tokens, whole, drop), drop)
    spliced = _spliced(ground, verb, low)
    if spliced is not None:
        return [spliced]
    nearest = verb + 1
    if nearest < end and tokens.lower[nearest] in ("that", ":"):
        return [(nearest, end)]
    return []


def _resumed(tokens: Tokens, verb: int, content: list[Range]) -> list[Range]:
    """What goes on after an inserted cue that the parse took for the end: "It was a crime, he said, that ..."."""
    head = tokens.heads[verb]
    if tokens.deps[verb] != "parataxis" or head < verb or any(end > verb for _, end in content):
        return []
    after = verb + 1
    if after >= len(tokens) or tokens.words[after] != ",":
        return []
    return [(after + 1, tokens.subtree(head)[1])]


def _within_semicolons(tokens: Tokens, whole: Range, drop: Range) -> Range:
    """The part of a clause, between semicolons, that an inserted "he said" belongs to."""
    start, end = whole
    for i in range(start, end):
        if tokens.words[i] == ";":
            start, end = (i + 1, end) if i < drop[0] else (start, min(end, i))
    return start, end


def _spliced(ground: Ground, verb: int, low: int) -> Range | None:
    """What stands before a comma and "NAME wrote on a medium", where the parse took the two for a list of clauses."""
    tokens = ground.tokens
    head = tokens.heads[verb]
    own = tokens.child(verb, "nsubj")
    if tokens.deps[verb] != "conj" or own is None or not head < own < verb or tokens.words[low - 1] != ",":
        return None
    if any(head < child < low for child in tokens.having(head, "cc")) or not is_verb(tokens, head):
        return None
    rest = range(verb + 1, tokens.sentence(verb)[1])
    if any(is_verb(tokens, i) for i in rest):
        return None
    return tokens.subtree(head)[0], low - 1


def _without(whole: Range, drop: Range) -> list[Range]:
    parts = [(whole[0], min(whole[1], drop[0])), (max(whole[0], drop[1]), whole[1])]
    return [part for part in parts if part[0] < part[1]]


def _passive(ground: Ground, verb: int, cue: Cue) -> Draft | None:
    """ "was described by X as", "is believed to", "it is said that", "was told that", "was quoted as saying"."""
    tokens = ground.tokens
    if cue.needs_adds and _preposition(tokens, verb, cue.adds) is None:
        return None
    agent = tokens.child(verb, "agent")
    actor = tokens.child(agent, "pobj") if agent is not None else None
    speaker = speaker_range(ground, actor, verb) if actor is not None else None
    subject = tokens.child(verb, "nsubjpass")
    if subject is None and tokens.deps[verb] in ("acl", "conj"):
        subject = subject_of(tokens, verb)
    draft = Draft(cue=cue, cue_range=(verb, verb + 1), head=verb, speaker=speaker, speaker_head=actor, passive=True)
    patient = ground.trim(_whole(ground, subject, verb)) if subject is not None else None
    for child in tokens.children(verb):
        kind = _kind(tokens, verb, child)
        saying = _as_saying(tokens, child)
        if saying is not None and Takes.OBJECT in cue.takes and patient is not None and speaker is None:
            quoted = Draft(cue=cue, cue_range=(verb, saying + 1), head=saying, speaker=patient, speaker_head=subject)
            beside(ground, quoted)
            quoted.content.extend(tokens.subtree(c) for c in tokens.having(saying, "ccomp"))
            return quoted if quoted.content or quoted.quotations else None
        if kind is None:
            continue
        if kind is Takes.CLAUSE and kind in cue.takes and tokens.deps[child] == "ccomp":
            draft.content.append(tokens.subtree(child))
            if subject is not None and tokens.lower[subject] != "it":
                draft.addressee = patient
            return draft
        if (
            kind in (Takes.INFINITIVE, Takes.PREDICATE)
            and patient is not None
            and (Takes.PREDICATE in cue.takes or (Takes.INFINITIVE in cue.takes and cue.addressee))
            and (speaker is not None or cue.agentless is not Voice.UNNAMED or cue.addressee)
        ):
            draft.content.extend([patient, tokens.subtree(child)])
            return draft
    if subject is None or tokens.lower[subject] == "it" or patient is None:
        return None
    joined = _joined(tokens, verb, cue)
    if joined is not None and not cue.takes:
        draft.content.extend(tokens.subtree(c) for c in tokens.having(joined, "pobj", "pcomp"))
        draft.addressee = patient
        return draft if draft.content else None
    if Takes.OBJECT in cue.takes and (speaker is not None or any(_preposition(tokens, verb, (a,)) for a in cue.adds)):
        draft.content.append(patient)
        for extra in tokens.children(verb):
            if extra > verb and tokens.deps[extra] == "prep" and tokens.lower[extra] in cue.adds:
                draft.content.append(tokens.subtree(extra))
        return draft
    return None


def _whole(ground: Ground, head: int, away_from: int) -> Range:
    start, end = ground.tokens.subtree(head)
    return (start, away_from) if start <= away_from < end and head < away_from else (start, end)


def _as_saying(tokens: Tokens, child: int) -> int | None:
    if tokens.lower[child] != "as" or tokens.deps[child] != "prep":
        return None
    saying = tokens.child(child, "pcomp")
    return saying if saying is not None and tokens.tags[saying] == "VBG" else None


def adjective_draft(ground: Ground, adjective: int) -> Draft | None:
    """ "is confident that", "is willing to", "was critical of"."""
    tokens = ground.tokens
    if tokens.deps[adjective] not in ("acomp", "ROOT", "conj", "amod", "advcl", "xcomp"):
        return None
    be = tokens.heads[adjective] if tokens.deps[adjective] == "acomp" else adjective
    subject = subject_of(tokens, be)
    speaker = speaker_range(ground, subject, adjective) if subject is not None else None
    if speaker is None or subject is None or tokens.lower[subject] in ("it", "this", "that", "there"):
        return None
    for cue in ground.cues.adjectives[tokens.lemmas[adjective]]:
        content = _complements(ground, adjective, cue)
        joined = _joined(tokens, adjective, cue)
        if not content and joined is not None:
            content = [tokens.subtree(c) for c in tokens.having(joined, "pobj", "pcomp")]
        if content:
            end = joined + 1 if joined == adjective + 1 else adjective + 1
            return Draft(
                cue=cue,
                cue_range=(adjective, end),
                head=adjective,
                speaker=speaker,
                speaker_head=subject,
                content=content,
            )
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
    return None


def _retold(ground: Ground, noun: int, owner: int) -> bool:
    """Whether the noun's owner is only the subject of a cue that takes the noun: "dismissed suggestions that"."""
    tokens = ground.tokens
    head = tokens.heads[noun]
    if tokens.heads[owner] == noun or tokens.deps[noun] != "dobj":
        return False
    return any(Takes.OBJECT in cue.takes for cue in ground.cues.verbs.get(tokens.lemmas[head], ()))


def _owner(tokens: Tokens, noun: int) -> int | None:
    owner = tokens.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in tokens.having(noun, "prep"):
        if tokens.lower[preposition] in ("by", "from", "among"):
            return tokens.child(preposition, "pobj")
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
        if clause == first:
            start, end = tokens.sentence(first)
        if tokens.deps[clause] == "relcl" and start < clause and tokens.tags[start] in ("WDT", "WP"):
            start += 1
        draft.content.extend(_without((start, end), (first, speaker[1])))
        beside(ground, draft)
        return draft if draft.content or draft.quotations else None
    return None


def _up_to_comma(ground: Ground, speaker: Range, head: int) -> Range:
    """Cut a source's phrase before a clause that the parse hung on it: where a comma precedes a verb's subject."""
    tokens = ground.tokens
    for i in range(head + 1, speaker[1]):
        if tokens.words[i] == "," and any(
            is_verb(tokens, j) and tokens.child(j, "nsubj") for j in range(i, speaker[1])
        ):
            return speaker[0], i
    return speaker
