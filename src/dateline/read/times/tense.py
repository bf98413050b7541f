"""The direction of a bare weekday or month from its clause, and the homographs that are no times."""

from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.times import TimeWords
from dateline.nlp.base import Tokens
from dateline.read.times.grammar import Hit

_FUTURE_AUXILIARIES = frozenset(
    {"will", "wo", "shall", "sha", "'ll", "may", "might", "could", "would", "should", "must", "can"}
)
_AHEAD = frozenset({"until", "till", "by", "starting", "beginning", "effective", "due"})
_FROM_THEN = frozenset({"starting", "beginning", "effective"})
_PAST_TAGS = frozenset({"VBD"})
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "xcomp", "acl", "conj", "ROOT", "parataxis", "pcomp"})


class Leanings(Struct, frozen=True):
    """What is said of things ahead, verbs that ask for such, verbs whose present tense may tell of what is past."""

    planned: frozenset[str]
    sought: frozenset[str]
    telling: frozenset[str]


@lru_cache(maxsize=4)
def leanings(knowledge: Knowledge) -> Leanings:
    """The words of the classes of the same names."""
    words = {entry.id: frozenset(entry.words) for entry in knowledge.lexicon(TimeWords)}
    return Leanings(words["planned"], words["sought"], words["telling"])


def direction(hit: Hit, tokens: Tokens, words: Leanings) -> tuple[int, str]:
    """-1 when the clause of a time looks back, 1 when it looks ahead, 0 when its tense does not say; and why.

    A word such as "starting" or "until" before the time wins over the verb. A present progressive, an
    infinitive after "to" and a modal look ahead; past tense and the perfect look back.
    """
    if hit.before is not None:
        if hit.before.word in _AHEAD and not (hit.before.word == "by" and _done(hit, tokens)):
            return 1, f"{hit.before.word!r} looks ahead"
        if hit.since:
            return -1, "'since' looks back"
    at = tokens.at(hit.start)
    if at is None:
        return 0, ""
    if at > 1 and tokens.lower[at - 2 : at] == ("ahead", "of"):
        return 1, "'ahead of' looks ahead"
    if at > 1 and tokens.lower[at - 2] in _FROM_THEN and tokens.pos[at - 1] == "ADP":
        # "starting at noon on Tuesday"
        return 1, f"{tokens.lower[at - 2]!r} looks ahead"
    for node in (at, *tokens.ancestors(at)):
        if tokens.pos[node] in ("NOUN", "ADJ") and (why := _foreseen(node, tokens, words)):
            return 1, f"{why!r} looks ahead"
        if tokens.pos[node] in ("VERB", "AUX") and (tokens.deps[node] in _CLAUSAL or tokens.tags[node][:2] == "VB"):
            if any(tokens.lower[c] == "due" for c in tokens.having(node, "acomp")):
                return 1, "'due' looks ahead"
            toward = _of_verb(node, tokens, words)
            if toward or tokens.deps[node] == "ROOT":
                return toward, f"the verb {tokens.words[node]!r}" if toward else ""
    return 0, ""


def _done(hit: Hit, tokens: Tokens) -> bool:
    """Whether what a time hangs on was over by then ("By Friday the water had reached the altar")."""
    at = tokens.at(hit.start)
    verbs = (node for node in tokens.ancestors(at) if tokens.pos[node] == "VERB") if at is not None else iter(())
    verb = next(verbs, None)
    return verb is not None and any(tokens.lower[c] == "had" for c in tokens.children(verb))


def _foreseen(node: int, tokens: Tokens, words: Leanings) -> str:
    """The word that tells that a thing lies ahead: "the planned handover on Friday", "due on Sunday"; else empty."""
    if tokens.lower[node] == "due":
        return tokens.words[node]
    marks = [c for c in tokens.children(node) if tokens.deps[c] == "amod" and tokens.lower[c] in words.planned]
    if marks:
        return tokens.words[marks[0]]
    joined = tokens.heads[node]
    if tokens.deps[node] == "pobj" and tokens.lower[joined] == "for":
        verb = tokens.heads[joined]
        return f"{tokens.words[verb]} for" if tokens.lemmas[verb] in words.sought else ""
    return ""


def _of_verb(verb: int, tokens: Tokens, leaning: Leanings) -> int:
    helpers = [c for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")]
    words = {tokens.lower[c] for c in helpers}
    if words & {"have", "has", "had", "'ve", "having"} and tokens.tags[verb] in ("VBN", "VBD", "VBG"):
        return -1
    if words & {"would", "could", "might", "should"} and _told(verb, tokens):
        return 1
    if words & _FUTURE_AUXILIARIES:
        return 1
    tag = tokens.tags[verb]
    if tag == "VBN" and "to" in words:
        # "is to be opened on Saturday"
        return 1
    if (
        tag in ("VBZ", "VBP")
        and not helpers
        and tokens.lemmas[verb] not in leaning.telling
        and _timetabled(verb, tokens)
    ):
        return 1
    if tag == "VB":
        return 1 if "to" in words else 0
    if tag in _PAST_TAGS or any(tokens.tags[c] == "VBD" for c in helpers):
        return -1
    if tag == "VBG" and any(tokens.tags[c] in ("VBZ", "VBP") for c in helpers):
        return 1
    if tag == "VBN" and not helpers and tokens.deps[verb] in ("ROOT", "acl"):
        # "a letter found on Friday", but "a vote scheduled for Friday"
        return 1 if tokens.lower[verb] in leaning.planned else -1
    if tag == "VBN" and any(tokens.tags[c] in ("VBZ", "VBP") for c in helpers):
        # "is expected", "are scheduled on Friday"
        return 1
    return 0


def _timetabled(verb: int, tokens: Tokens) -> bool:
    """Whether a present tense tells what is set for a day ("The court sits on Monday."), in a sentence, no headline."""
    _, end = tokens.sentence(verb)
    return tokens.deps[verb] == "ROOT" and tokens.words[end - 1] in (".", "!", "?")


def _told(verb: int, tokens: Tokens) -> bool:
    return tokens.deps[verb] in ("ccomp", "relcl", "ROOT", "conj", "advcl")


def blocked(hit: Hit, tokens: Tokens) -> bool:
    """Whether the words are no time: a name ("Ruby Tuesday", "June Venn") or a count ("2000 tents").

    A year before a plural noun counts it, unless "the", a possessive or "of" goes before.
    """
    at = tokens.at(hit.start)
    if at is None:
        return False
    if hit.reckon in ("month", "weekday", "season"):
        if at and tokens.deps[at] == "appos" and tokens.heads[at] == at - 1 and tokens.pos[at - 1] == "PROPN":
            return True
        for start, end, label in tokens.ents:
            if start <= at < end:
                return label in ("PERSON", "ORG", "FAC", "GPE", "WORK_OF_ART", "PRODUCT", "LOC")
        if at and tokens.deps[at - 1] == "compound" and tokens.heads[at - 1] == at and tokens.pos[at - 1] == "PROPN":
            return True
    if hit.reckon == "season":
        last = tokens.at(hit.end - 1)
        return last is not None and tokens.pos[last] in ("VERB", "AUX")
    if hit.rule == "year-after-word":
        last = tokens.at(hit.end - 1)
        if last is not None and last + 1 < len(tokens):
            return tokens.tags[last + 1] == "NNS" and tokens.deps[last] == "nummod" and tokens.heads[last] == last + 1
    return False
