"""What a pronoun or "the country" stands for within its report, where that is beyond doubt.

The referents of names before it are tried sentence by sentence, nearest first, by the test that
``statements.speakers`` puts to speakers (a person of the sex for "he", a thing or body for "it", a state for "the
country"). The first sentence that holds a fitting one decides: where it holds several, the subject of the nearest
clause around the pronoun, else the only one that is a subject or agent there; else nobody. All but "he" and "she"
look back one sentence at most, and not beyond their passage.
"""

from bisect import bisect_left, bisect_right

from msgspec import Struct

from dateline.model.records import Referent
from dateline.model.vocab import EntityKind, Label
from dateline.nlp.base import Tokens
from dateline.read.reading import Reading
from dateline.read.statements.speakers import fits

_FORMS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "it": "it",
    "its": "it",
    "they": "they",
    "them": "they",
    "their": "they",
    "country": "country",
}
NOUNS = frozenset({"country"})
"""Nouns that, with "the", stand for what was named before."""
PRONOUNS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "these", "those", "itself", "hers"}) | (
    frozenset(_FORMS) - NOUNS
)
"""Words that name nobody by themselves."""
_BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.FORCE})
_THINGS = frozenset({*_BODIES, EntityKind.PLACE, EntityKind.FACILITY})


class _Named(Struct, frozen=True):
    """A name before a pronoun: where it stands and whether it is a subject there."""

    start: int
    passage: int
    sentence: int
    referent: Referent
    subject: bool


class Antecedents:
    """The names of one report in order of the text, ready to be asked what a pronoun stands for."""

    def __init__(self, reading: Reading) -> None:
        referents = {r.id: r for r in reading.annotated.referents}
        self._named: list[_Named] = []
        self._starts: list[int] = []
        passages = reading.annotated.passages
        at = 0
        for mention in sorted(reading.annotated.mentions, key=lambda m: m.evidence.span):
            start = mention.evidence.span.start
            while at + 1 < len(passages) and passages[at].evidence.span.end <= start:
                at += 1
            referent = referents.get(mention.referent or "")
            if referent is None or (mention.label is Label.NORP and not referent.plural):
                continue
            tokens = reading.tokens[at]
            first, last = tokens.within(mention.evidence.span)
            subject = any(
                tokens.deps[i] in ("nsubj", "nsubjpass") or tokens.deps[tokens.heads[i]] == "agent"
                for i in range(first, last)
            )
            sentence = bisect_right(tokens.sents, (first, len(tokens)))
            self._named.append(_Named(start, at, sentence, referent, subject))
            self._starts.append(start)

    def of(self, tokens: Tokens, i: int) -> Referent | None:
        """The referent that the pronoun at a token stands for, or None where it could be several or none."""
        word = _FORMS.get(tokens.lower[i])
        if word is None or (word in NOUNS and not any(tokens.lower[c] == "the" for c in tokens.children(i))):
            return None
        start, sentence = tokens.starts[i], bisect_right(tokens.sents, (i, len(tokens)))
        person = word in ("he", "she")
        known: list[_Named] = []
        where: tuple[int, int] | None = None
        for at in range(bisect_left(self._starts, start) - 1, -1, -1):
            named = self._named[at]
            here = named.start >= tokens.starts[0]
            if not person and (not here or sentence - named.sentence > 1):
                break
            if where is not None and (named.passage, named.sentence) != where:
                break
            if _stands(tokens.lower[i], named.referent):
                where = (named.passage, named.sentence)
                known.append(named)
        return (
            _only(known)
            or _only(self._subjects(tokens, i, known))
            or _only([named for named in known if named.subject])
        )

    @staticmethod
    def _subjects(tokens: Tokens, i: int, known: list[_Named]) -> list[_Named]:
        """Those of the names that are the subject of the nearest clause around a token which has one of them."""
        for node in tokens.ancestors(i):
            for subject in tokens.having(node, "nsubj", "nsubjpass"):
                span = tokens.span(*tokens.subtree(subject))
                here = [named for named in known if span.start <= named.start < span.end]
                if here:
                    return here
        return []


def _stands(pronoun: str, referent: Referent) -> bool:
    """Whether a pronoun may stand for a referent; "it" is too often a matter to be taken for a government."""
    word, person = _FORMS[pronoun], referent.kind is EntityKind.PERSON
    if word in NOUNS:
        return referent.kind is EntityKind.GOVERNMENT and referent.country is not None
    if word == "it":
        owner = pronoun == "its" and referent.kind is EntityKind.GOVERNMENT
        return (owner or referent.kind in _THINGS) and fits(word, None, referent.plural, person)
    if word == "they":
        return referent.plural or referent.kind in _BODIES
    return fits(word, referent.sex, referent.plural, person)


def _only(known: list[_Named]) -> Referent | None:
    """The one referent of all these names, or None."""
    return known[0].referent if len({named.referent.id for named in known}) == 1 else None
