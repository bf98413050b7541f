"""Verb frames over the parse: from a cue verb to its speaker, content and addressee."""

from dateline.knowledge.lexicon.statements import Cue, Takes
from dateline.model.vocab import Act, CueClass, Voice
from dateline.nlp.base import Tokens
from dateline.read.statements.complements import (
    around,
    as_said,
    asked,
    before,
    bidden,
    complements,
    distant,
    goes_with,
    holds,
    is_venue,
    joined_to,
    kind_of_complement,
    named_in_marks,
    preposition,
    resumed,
)
from dateline.read.statements.ground import (
    QUOTES,
    SUBJECTS,
    Draft,
    Ground,
    Range,
    is_verb,
    relaying,
    speaker_range,
    standing_before,
    subject_of,
)
from dateline.read.statements.marks import REACH, announced, beside


def verb_draft(ground: Ground, verb: int) -> Draft | None:
    """The statement of a verb cue: the first of its frames that finds content and a speaker, or None."""
    tokens = ground.tokens
    passive = tokens.child(verb, "auxpass", "nsubjpass", "agent") is not None or (
        tokens.tags[verb] == "VBN"
        and tokens.deps[verb] in ("acl", "advcl")
        and tokens.child(verb, "aux", "nsubj") is None
    )
    announcing = None
    for cue in ground.cues.verbs[tokens.lemmas[verb]]:
        draft = _passive(ground, verb, cue) if passive else _active(ground, verb, cue)
        if draft is not None and draft.announces:
            announcing = announcing or draft
        elif draft is not None:
            return draft
    return announcing


def _active(ground: Ground, verb: int, cue: Cue) -> Draft | None:
    tokens = ground.tokens
    if cue.raises:
        return _raised(ground, verb, cue)
    joined = joined_to(tokens, verb, cue)
    if cue.cue_class is CueClass.ATTITUDE and tokens.deps[verb] == "acl" and Takes.OBJECT in cue.takes:
        return None
    if Takes.PREDICATE in cue.takes and tokens.deps[verb] == "acl" and tokens.tags[verb] != "VBG":
        return None
    if cue.needs_join and joined is None:
        return None
    if cue.needs_adds and preposition(tokens, verb, cue.adds) is None:
        return None
    relayed = _relayed(ground, verb)
    saying = (relaying(tokens, verb) if relayed is not None else None) or verb
    subject = _issuer(ground, saying, subject_of(tokens, saying))
    if (subject is None and cue.plain) or (subject is not None and ground.quotation_at(subject) is not None):
        subject = standing_before(tokens, saying) or _standing_behind(ground, saying)
    speaker = speaker_range(ground, subject, saying) if subject is not None else None
    cue_range = (verb, verb + 1)
    if joined is not None and joined == verb + 1:
        cue_range = (verb, joined + 1)
    draft = Draft(cue=cue, cue_range=cue_range, head=verb, speaker=speaker, speaker_head=subject)
    as_said(tokens, saying, draft)
    draft.source = relayed
    if Takes.QUOTATION in cue.takes:
        beside(ground, draft)
    content = complements(ground, verb, cue, subject)
    if not content and cue.plain and Takes.CLAUSE in cue.takes:
        content = distant(ground, verb)
    if Takes.PREDICATE in cue.takes and Takes.QUOTATION in cue.takes:
        content = named_in_marks(ground, verb, content)
    if not content and joined is None and cue.joins:
        content = bidden(tokens, verb, cue)
    if joined is not None and tokens.deps[joined] != "prt":
        objects = [goes_with(ground, verb, tokens.subtree(c)) for c in tokens.having(joined, "pobj", "pcomp", "prep")]
        objects = [] if is_venue(ground, joined) else objects
        objects += [
            tokens.subtree(c) for c in tokens.having(verb, "prep") if c > joined and tokens.lower[c] in cue.adds
        ]
        if objects and (not content or cue.needs_join):
            content = [*objects, *content]
    if content:
        draft.content.extend(content)
        draft.content.extend(resumed(tokens, verb, content))
    elif (cue.plain and not draft.quotations) or tokens.deps[verb] == "parataxis":
        draft.content.extend(around(ground, verb, draft))
    if not (draft.content or draft.quotations) and cue.plain:
        announced(ground, draft)
    if not (draft.content or draft.quotations or draft.announces) or draft.speaker is None or not holds(tokens, draft):
        return None
    if cue.addressee or cue.act is Act.DEMAND:
        spoken_to = tokens.child(verb, "dobj", "dative")
        if spoken_to is not None and not (len(draft.content) == 1 and draft.content[0] == tokens.subtree(spoken_to)):
            draft.addressee = ground.trim(tokens.subtree(spoken_to))
    if draft.addressee is None and (to := preposition(tokens, verb, ("to",))) is not None and to != joined:
        spoken_to = tokens.child(to, "pobj")
        if spoken_to is not None and cue.plain:
            draft.addressee = ground.trim(tokens.subtree(spoken_to))
    draft.addressee = before(ground, draft.addressee, draft.content)
    return draft


def tells(ground: Ground, verb: int) -> bool:
    """Whether a verb that no frame lists may be a cue: near a quotation, or with a clause with "that" behind it."""
    tokens, unlisted = ground.tokens, ground.cues.unlisted
    if unlisted is None or tokens.lemmas[verb] in ground.cues.verbs or tokens.lemmas[verb] in unlisted.excludes:
        return False
    return _clause_behind(tokens, verb) is not None or any(
        first - REACH < verb < last + REACH for first, last in ground.ranges
    )


def unlisted_draft(ground: Ground, verb: int) -> Draft | None:
    """The statement of a verb that no frame lists: somebody's, with a quotation of a sentence set apart by a mark
    ("“It is over,” Sall sobbed"), or with a clause with "that" right behind ("Sall let slip that ...")."""
    tokens, cue = ground.tokens, ground.cues.unlisted
    subject = subject_of(tokens, verb)
    if cue is None or subject is None or not _speaks(ground, subject) or tokens.child(verb, "auxpass") is not None:
        return None
    speaker = speaker_range(ground, subject, verb)
    draft = Draft(
        cue=cue, cue_range=(verb, verb + 1), head=verb, speaker=speaker, speaker_head=subject, score=cue.score
    )
    as_said(tokens, verb, draft)
    beside(ground, draft)
    draft.content = []
    draft.quotations = [index for index in draft.quotations if _sentence_in_marks(ground, index, verb)]
    clause = _clause_behind(tokens, verb)
    if not draft.quotations and clause is not None:
        draft.content.append(tokens.subtree(clause))
    return draft if draft.speaker is not None and (draft.content or draft.quotations) else None


def _clause_behind(tokens: Tokens, verb: int) -> int | None:
    """The clause whose "that" stands right behind a verb or its object."""
    for clause in tokens.having(verb, "ccomp"):
        mark = tokens.child(clause, "mark")
        if mark is None or mark < verb or tokens.lower[mark] != "that":
            continue
        told = tokens.child(verb, "dobj", "dative")
        if tokens.child(clause, *SUBJECTS, "expl") is not None and mark in (
            verb + 1,
            tokens.subtree(told)[1] if told is not None else verb + 1,
        ):
            return clause
    return None


def _sentence_in_marks(ground: Ground, index: int, verb: int) -> bool:
    """Whether a quotation is set apart from a verb as something said: behind a comma or colon, with a capital; or
    before it, ending in a mark."""
    tokens = ground.tokens
    first, last = ground.ranges[index]
    inside = [i for i in range(first, last) if tokens.pos[i] not in ("PUNCT", "SPACE")]
    if len(inside) < 3:
        return False
    if first > verb:
        return tokens.words[first - 1] in ",:" and tokens.words[inside[0]][:1].isupper()
    return any(tokens.words[i] in ",.!?" for i in range(inside[-1] + 1, min(last + 1, len(tokens))))


def _speaks(ground: Ground, subject: int) -> bool:
    tokens = ground.tokens
    if tokens.pos[subject] == "PRON":
        return tokens.lower[subject] in ("he", "she", "they", "we", "i", "who")
    if tokens.pos[subject] == "PROPN":
        return True
    lemma = tokens.lemmas[subject].lower()
    return any(lemma in w for w in (ground.words.persons, ground.words.unnamed, ground.words.bodies))


def _standing_behind(ground: Ground, verb: int) -> int | None:
    """The speaker named behind a cue that a quotation precedes, where the parse took it for an object ("“...,” tweeted
    Senator Sall")."""
    tokens = ground.tokens
    before = verb - 2 if verb > 1 and tokens.words[verb - 1] == "," else verb - 1
    if before < 0 or (ground.quotation_at(before) is None and tokens.words[before] not in QUOTES):
        return None
    named = tokens.child(verb, "dobj", "appos", "attr", "oprd")
    if named is None and tokens.deps[verb] in ("compound", "amod"):
        named = tokens.heads[verb]
    return named if named is not None and named > verb and tokens.pos[named] in ("PROPN", "NOUN") else None


def _issuer(ground: Ground, verb: int, subject: int | None) -> int | None:
    """Who speaks through a thing: of "Sall issued a statement saying ...", not the statement but Sall."""
    tokens = ground.tokens
    if subject is None or tokens.deps[verb] != "acl" or tokens.tags[verb] != "VBG" or tokens.heads[verb] != subject:
        return subject
    lemma, governor = tokens.lemmas[subject].lower(), tokens.heads[subject]
    speaks = tokens.pos[subject] != "NOUN" or any(
        lemma in w for w in (ground.words.persons, ground.words.unnamed, ground.words.bodies)
    )
    if speaks or tokens.deps[subject] != "dobj" or not is_verb(tokens, governor):
        return subject
    issuer = subject_of(tokens, governor)
    return subject if issuer is None else issuer


def _raised(ground: Ground, verb: int, cue: Cue) -> Draft | None:
    """ "The dam seems to hold": what seems so to nobody named, subject and complement together."""
    tokens = ground.tokens
    subject = tokens.child(verb, "nsubj")
    content = complements(ground, verb, cue) or [
        tokens.subtree(c) for c in tokens.having(verb, "acomp", "oprd", "prep") if c == verb + 1
    ]
    if subject is None or not content or tokens.lower[subject] in ("it", "this", "that", "there"):
        return None
    content = [_whole(ground, subject, verb), *content]
    return Draft(cue=cue, cue_range=(verb, verb + 1), head=verb, speaker=None, content=content)


def _relayed(ground: Ground, verb: int) -> Range | None:
    """The source of "cited reports to say": the object of a relaying verb whose open complement is the cue."""
    tokens = ground.tokens
    head = relaying(tokens, verb)
    if head is None or not any(frame.relays for frame in ground.cues.verbs.get(tokens.lemmas[head], ())):
        return None
    source = tokens.child(head, "dobj")
    if source is None and (source := tokens.child(verb, "nsubj")) is None:
        return None
    start, end = tokens.subtree(source)
    return ground.trim((start, min(end, verb - 1) if start < verb < end else end))


def _passive(ground: Ground, verb: int, cue: Cue) -> Draft | None:
    """ "was described by X as", "is believed to", "it is said that", "was told that", "was quoted as saying"."""
    tokens = ground.tokens
    if cue.needs_adds and preposition(tokens, verb, cue.adds) is None:
        return None
    agent = tokens.child(verb, "agent")
    actor = tokens.child(agent, "pobj") if agent is not None else None
    if cue.speakers and (actor is None or tokens.lemmas[actor].lower() not in cue.speakers):
        return None
    speaker = speaker_range(ground, actor, verb) if actor is not None else None
    subject = tokens.child(verb, "nsubjpass")
    if subject is None and tokens.deps[verb] in ("acl", "conj", "advcl"):
        subject = subject_of(tokens, verb)
    draft = Draft(cue=cue, cue_range=(verb, verb + 1), head=verb, speaker=speaker, speaker_head=actor, passive=True)
    patient = ground.trim(_whole(ground, subject, verb)) if subject is not None else None
    if (mark := tokens.child(verb, "mark")) is not None and tokens.lower[mark] == "as" and speaker is not None:
        # "As reported by the agency, the dam holds."
        draft.content = around(ground, verb, draft) if cue.plain else []
        return draft if draft.content else None
    for child in tokens.children(verb):
        kind = kind_of_complement(tokens, verb, child) or asked(tokens, verb, child, cue)
        saying = _as_saying(tokens, child)
        if saying is not None and Takes.OBJECT in cue.takes and patient is not None:
            quoted = Draft(cue=cue, cue_range=(verb, saying + 1), head=saying, speaker=patient, speaker_head=subject)
            quoted.source = speaker
            beside(ground, quoted)
            quoted.content.extend(tokens.subtree(c) for c in tokens.having(saying, "ccomp"))
            return quoted if quoted.content or quoted.quotations else None
        if kind is None:
            continue
        if kind is Takes.CLAUSE and kind in cue.takes and tokens.deps[child] in ("ccomp", "advcl"):
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
    if Takes.CLAUSE in cue.takes and speaker is not None and (told := distant(ground, verb)):
        draft.content = told
        draft.speaker = before(ground, draft.speaker, told)
        return draft
    if subject is None or tokens.lower[subject] == "it" or patient is None:
        return None
    joined = joined_to(tokens, verb, cue)
    if joined is not None and not cue.takes:
        draft.content.extend(tokens.subtree(c) for c in tokens.having(joined, "pobj", "pcomp"))
        draft.addressee = patient
        return draft if draft.content else None
    if Takes.OBJECT in cue.takes and (speaker is not None or any(preposition(tokens, verb, (a,)) for a in cue.adds)):
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
