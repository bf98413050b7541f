"""The direction of a bare weekday or month from its clause, and the homographs that are no times."""

from dateline.nlp.base import Tokens
from dateline.read.times.grammar import Hit

_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "may", "might", "could", "would", "should", "must", "can"})
_AHEAD = frozenset({"until", "till", "by", "starting", "beginning", "effective", "due"})
_PAST_TAGS = frozenset({"VBD"})
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "xcomp", "acl", "conj", "ROOT", "parataxis", "pcomp"})


def direction(hit: Hit, tokens: Tokens) -> tuple[int, str]:
    """-1 when the clause of a time looks back, 1 when it looks ahead, 0 when its tense does not say; and why.

    A word such as "starting" or "until" before the time wins over the verb. A present progressive, an
    infinitive after "to" and a modal look ahead; past tense and the perfect look back.
    """
    if hit.before is not None:
        if hit.before.word in _AHEAD:
            return 1, f"{hit.before.word!r} looks ahead"
        if hit.since:
            return -1, "'since' looks back"
    at = tokens.at(hit.start)
    if at is None:
        return 0, ""
    for node in (at, *tokens.ancestors(at)):
        if tokens.pos[node] in ("VERB", "AUX") and (tokens.deps[node] in _CLAUSAL or tokens.tags[node][:2] == "VB"):
            toward = _of_verb(node, tokens)
            if toward or tokens.deps[node] == "ROOT":
                return toward, f"the verb {tokens.words[node]!r}" if toward else ""
    return 0, ""


def _of_verb(verb: int, tokens: Tokens) -> int:
    helpers = [c for c in tokens.children(verb) if tokens.deps[c] in ("aux", "auxpass")]
    words = {tokens.lower[c] for c in helpers}
    if words & {"have", "has", "had", "'ve", "having"} and tokens.tags[verb] in ("VBN", "VBD", "VBG"):
        return -1
    if words & {"would", "could", "might", "should"} and _told(verb, tokens):
        return 1
    if words & _FUTURE_AUXILIARIES:
        return 1
    tag = tokens.tags[verb]
    if tag == "VB":
        return 1 if "to" in words else 0
    if tag in _PAST_TAGS or any(tokens.tags[c] == "VBD" for c in helpers):
        return -1
    if tag == "VBG" and any(tokens.tags[c] in ("VBZ", "VBP") for c in helpers):
        return 1
    if tag == "VBN" and not helpers and tokens.deps[verb] == "ROOT":
        return -1
    if tag == "VBN" and any(tokens.tags[c] in ("VBZ", "VBP") for c in helpers):
        # "is expected", "are scheduled on Friday"
        return 1
    return 0


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
