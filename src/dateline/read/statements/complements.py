"""What hangs under a cue: the complements that a frame takes, its prepositions, and the clause around it."""

from dateline.knowledge.lexicon.statements import Cue, Takes
from dateline.model.vocab import Act
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import SUBJECTS, Draft, Ground, Range, is_verb, relative_of
from dateline.read.statements.marks import REACH


def joined_to(tokens: Tokens, verb: int, cue: Cue) -> int | None:
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


def _spoken_to(tokens: Tokens, preposition: int) -> bool:
    thing = tokens.child(preposition, "pobj")
    return thing is not None and tokens.lower[preposition] == "to" and tokens.pos[thing] in ("PROPN", "PRON")


def preposition(tokens: Tokens, verb: int, words: tuple[str, ...]) -> int | None:
    """The first of some prepositions under a cue."""
    return next(
        (c for c in tokens.children(verb) if tokens.lower[c] in words and tokens.deps[c] in ("prep", "dative")), None
    )


def complements(ground: Ground, verb: int, cue: Cue, subject: int | None = None) -> list[Range]:
    """The content that the parse hangs under the cue, as the frame takes it."""
    tokens = ground.tokens
    for child in tokens.children(verb):
        dep = tokens.deps[child]
        kind = kind_of_complement(tokens, verb, child) or asked(tokens, verb, child, cue)
        if kind is None or kind not in cue.takes or (cue.names and child < verb):
            continue
        found = tokens.subtree(child)
        if subject is not None and found[0] <= subject < found[1] and child < verb:
            continue
        if child < verb and ";" in tokens.words[child:verb]:
            # "Two died, the union said; police said nobody had": the parse may hang the first on the last.
            continue
        if kind in (Takes.PREDICATE, Takes.INFINITIVE) and child > verb:
            patient = tokens.child(verb, "dobj")
            if patient is not None and patient < child:
                found = (tokens.subtree(patient)[0], found[1])
        if kind is Takes.OBJECT:
            reflexive = tokens.lower[child].endswith(("self", "selves")) and preposition(tokens, verb, cue.adds) is None
            if tokens.tags[child] in ("WDT", "WP") or reflexive:
                continue
            if tokens.tags[child] == "CD" and found[1] < len(tokens) and tokens.tags[found[1]] in ("VBN", "JJ"):
                found = (found[0], found[1] + 1)
            for extra in tokens.children(verb):
                if extra > child and tokens.deps[extra] in ("prep", "prt") and tokens.lower[extra] in cue.adds:
                    found = (found[0], tokens.subtree(extra)[1])
            found = goes_with(ground, verb, found)
        if dep == "ccomp" and _is_question_tail(tokens, child):
            continue
        if dep == "ccomp" and child < verb and subject is not None and subject > child:
            found = (_breath(ground, verb, found[0]), found[1])
        return [found]
    if cue.needs_adds and tokens.deps[verb] == "relcl":
        # "a step that Velmar rejected as illegal": what it was called stands behind the cue, the thing before it.
        return [tokens.subtree(c) for c in tokens.children(verb) if tokens.lower[c] in cue.adds]
    return []


def _breath(ground: Ground, verb: int, start: int) -> int:
    """Where what stands before a cue begins: "Three died, and five were hurt, the ministry said" is told in one breath.

    The parse may join the cue to the first of the clauses, and hang only the last one on it.
    """
    tokens = ground.tokens
    first = tokens.heads[verb]
    joined = tokens.deps[verb] == "conj" and tokens.deps[first] == "ROOT" and first < start
    if not joined or not is_verb(tokens, first) or tokens.lemmas[first] in ground.cues.verbs:
        return start
    return tokens.sentence(verb)[0]


def before(ground: Ground, phrase: Range | None, content: list[Range]) -> Range | None:
    """A phrase up to the content that the parse hung on it ("reminded the jury | that ...")."""
    if phrase is None:
        return None
    return ground.trim((phrase[0], min([phrase[1], *(start for start, _ in content if start > phrase[0])])))


def goes_with(ground: Ground, verb: int, thing: Range) -> Range:
    """The thing and what stands right behind it that the parse hung on the cue: an infinitive ("defended his call to
    raise it") or a preposition ("criticised its plans for the mine"), unless it tells when, where or to whom.
    """
    tokens = ground.tokens
    for child in tokens.having(verb, "xcomp", "advcl", "prep"):
        start, end = tokens.subtree(child)
        if start != thing[1]:
            continue
        if tokens.deps[child] == "prep":
            aside = _dated(tokens, child) or is_venue(ground, child) or _spoken_to(tokens, child)
            return thing if aside else (thing[0], end)
        if tokens.lower[start] == "to":
            return thing[0], end
    return thing


def named_in_marks(ground: Ground, verb: int, content: list[Range]) -> list[Range]:
    """The thing and what it is called, up to the end of the quotation that calls it so ("called it “a farce”")."""
    tokens = ground.tokens
    thing = tokens.child(verb, "dobj")
    start, end = content[0] if content else tokens.subtree(thing) if thing is not None and thing > verb else (0, 0)
    for first, last in reversed(ground.ranges):
        goes_on = last < len(tokens) and tokens.pos[last] in ("NOUN", "PROPN", "ADJ")
        if start < first <= end + 1 and (last < end or not content) and not goes_on:
            return [(start, last)]
    return content


def bidden(tokens: Tokens, verb: int, cue: Cue) -> list[Range]:
    """The clause whose own opener is the preposition of the cue ("called for the guns to fall silent")."""
    for child in tokens.having(verb, "advcl", "ccomp", "xcomp"):
        opener = tokens.child(child, "mark")
        if opener is not None and opener > verb and tokens.lower[opener] in cue.joins:
            return [(opener + 1, tokens.subtree(child)[1])]
    return []


def distant(ground: Ground, verb: int) -> list[Range]:
    """The clause with "that" behind a cue whose parse hung it on another word ("told guests at the gate that ...")."""
    tokens = ground.tokens
    for i in range(verb + 1, min(verb + REACH, tokens.sentence(verb)[1])):
        if ground.quotation_at(i) is not None or tokens.words[i] in ";:":
            return []
        if (clause := opened(tokens, i)) is not None:
            return [(i, tokens.subtree(clause)[1])]
        if is_verb(tokens, i) and tokens.tags[i] not in ("VBN", "VBG"):
            return []
    return []


def opened(tokens: Tokens, that: int) -> int | None:
    """The verb of the clause that a "that" opens, be it that the parse took the word for a relative ("reminded the jury
    that silence was not proof")."""
    if tokens.lower[that] != "that" or tokens.heads[that] < that:
        return None
    above = tokens.heads[that]
    if tokens.deps[that] == "mark":
        return above
    if (
        tokens.deps[that] == "det"
        and tokens.deps[above].startswith("nsubj")
        and tokens.deps[tokens.heads[above]] == "relcl"
    ):
        return tokens.heads[above] if tokens.tags[above] in ("NN", "NNS") else None
    return None


def kind_of_complement(tokens: Tokens, verb: int, child: int) -> Takes | None:
    """Which sort of complement a dependent of a cue is, or None."""
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


def asked(tokens: Tokens, verb: int, child: int, cue: Cue) -> Takes | None:
    """The clause with "if" behind a question, which the parse takes for a condition."""
    mark = tokens.child(child, "mark") if child > verb and tokens.deps[child] == "advcl" else None
    return Takes.CLAUSE if mark is not None and tokens.lower[mark] == "if" and cue.act is Act.QUESTION else None


def _is_question_tail(tokens: Tokens, child: int) -> bool:
    return tokens.words[child] in "?!"


def around(ground: Ground, verb: int, draft: Draft) -> list[Range]:
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
            return without(_within_semicolons(tokens, whole, drop), drop)
    spliced = _spliced(ground, verb, low)
    if spliced is not None:
        return [spliced]
    nearest = verb + 1
    if nearest < end - 1 and tokens.lower[nearest] in ("that", ":"):
        return [(nearest, end)]
    return []


def resumed(tokens: Tokens, verb: int, content: list[Range]) -> list[Range]:
    """What goes on after an inserted cue that the parse took for the end: "It was a crime, he said, that ..."."""
    head, after = tokens.heads[verb], verb + 1
    if any(end > verb for _, end in content) or after + 1 >= len(tokens) or tokens.words[after] != ",":
        return []
    if tokens.deps[verb] == "parataxis" and head > verb:
        return [(after + 1, tokens.subtree(head)[1])]
    if tokens.deps[after + 1] == "cc" and tokens.heads[after + 1] == verb:
        joined = next((c for c in tokens.having(verb, "conj") if c > after and tokens.child(c, *SUBJECTS)), None)
        return [(after + 1, tokens.subtree(joined)[1])] if joined is not None else []
    return []


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


def without(whole: Range, drop: Range) -> list[Range]:
    """What is left of a range, in up to two pieces."""
    parts = [(whole[0], min(whole[1], drop[0])), (max(whole[0], drop[1]), whole[1])]
    return [part for part in parts if part[0] < part[1]]


def is_venue(ground: Ground, preposition: int) -> bool:
    """Whether a preposition leads to where it was said, not to what: "wrote on Telegram"."""
    thing = ground.tokens.child(preposition, "pobj")
    return thing is not None and ground.tokens.lemmas[thing].lower() in ground.words.venues


def holds(tokens: Tokens, draft: Draft) -> bool:
    """Whether the content has the numeral or one of the words that the frame asks for."""
    cue = draft.cue
    if cue is not None and cue.speakers:
        head = draft.speaker_head
        if head is None or tokens.lemmas[head].lower() not in cue.speakers:
            return False
    if cue is None or not (cue.needs_number or cue.names):
        return True
    inside = [i for start, end in draft.content for i in range(start, end)]
    if cue.needs_number and not any(tokens.tags[i] == "CD" for i in inside):
        return False
    return not cue.names or any(tokens.lower[i] in cue.names for i in inside)


def as_said(tokens: Tokens, verb: int, draft: Draft) -> None:
    """Let a relative pronoun stand as the speaker, as the report has it, for the antecedent."""
    relative = relative_of(tokens, verb)
    if relative is not None and draft.speaker is not None and not draft.speaker[0] <= relative < draft.speaker[1]:
        draft.speaker, draft.stands_for = (relative, relative + 1), draft.speaker
