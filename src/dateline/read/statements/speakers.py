"""Who the speaker is within the report, and in which voice: a sieve, its sieves in order.

1. A name: the referent of the mention under the head of the phrase, else of the longest mention inside it.
2. A pronoun: the last speaker of the same number and sex, looking back over the report; a person for "he" and
   "she", a thing or body for "it", many or a body for "they". A speaker of unknown sex fits either. Where
   nobody has spoken yet, the last person named before the pronoun, by the same test.
3. A role phrase ("the mayor", "the institute"): the last speaker whose own phrase or whose referent's roles
   hold the same head word, and whose country is not another than the phrase names ("the Ukrainian president").
   Where nobody has that role, the last speaker of that country of whom the report tells no role.

Whatever falls through stays unresolved: no referent, the surface words alone. So does "he" after a woman who
spoke last, unless a man speaks in the same passage as she: that is a doubt for people, not a choice for the
sieve.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from dateline.knowledge.lexicon.statements import Cue, SpeakerWords
from dateline.model.records import AnnotatedReport, Mention, Referent
from dateline.model.span import Span
from dateline.model.vocab import EntityKind, Label, Sex, Voice
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import Ground, Range
from dateline.read.statements.sides import Names

_SEXED = {"he": Sex.MALE, "she": Sex.FEMALE}
_SUBJECT_FORMS = {"him": "he", "her": "she", "them": "they", "his": "he", "their": "they", "its": "it"}
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that"})
_MODIFYING = frozenset({"prep", "pobj", "poss", "compound", "nmod", "amod", "relcl", "conj"})
_ANY = frozenset({"a", "an", "one", "another", "some"})
_OWNERS = frozenset({"GPE", "NORP", "ORG", "LOC"})
_NAMING = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "LAW"})


class Heard(Struct, frozen=True):
    """A speaker heard earlier in the report."""

    start: int
    passage: int
    head: str
    referent: str | None
    sex: Sex | None
    plural: bool
    person: bool
    voice: Voice


class Resolved(Struct, frozen=True):
    """What the sieve says of one speaker's phrase."""

    referent: str | None
    voice: Voice
    because: str


class Sieve:
    """Resolves the speakers of one report in order of the text, remembering who has spoken."""

    def __init__(self, annotated: AnnotatedReport, words: SpeakerWords) -> None:
        self._words = words
        self._mentions: Sequence[Mention] = sorted(annotated.mentions, key=lambda m: m.evidence.span)
        self._starts = [m.evidence.span.start for m in self._mentions]
        self._referents = {r.id: r for r in annotated.referents}
        self._names = Names(annotated)
        self._heard: list[Heard] = []

    def resolve(self, ground: Ground, speaker: Range | None, head: int | None, cue: Cue | None) -> Resolved:
        """The referent and voice of a speaker's phrase, which is remembered for those that follow."""
        if speaker is None:
            return Resolved(None, cue.agentless if cue else Voice.UNNAMED, "")
        tokens = ground.tokens
        head = head if head is not None and speaker[0] <= head < speaker[1] else speaker[1] - 1
        word = _SUBJECT_FORMS.get(tokens.lower[head], tokens.lower[head])
        if speaker[1] - speaker[0] == 1 and (word in _PRONOUNS or tokens.pos[head] == "PRON"):
            return self._pronoun(ground, head, word)
        mention = self._mention(ground, speaker, head)
        referent = self._referents.get(mention.referent or "") if mention else None
        if any(tokens.deps[c] == "conj" and speaker[0] <= c < speaker[1] for c in tokens.children(head)):
            # Two speakers at once are nobody's referent.
            return self._several(ground, speaker, head)
        voice = self._voice(ground, speaker, head)
        if referent is not None and referent.kind is EntityKind.PERSON:
            voice = Voice.NAMED
        because = "named"
        lemma = tokens.lemmas[head].lower()
        if referent is None and voice is not Voice.NAMED and _definite(ground, speaker):
            earlier = self._by_role(lemma, self._countries(ground, speaker))
            if earlier is not None:
                referent = self._referents.get(earlier.referent or "")
                voice, because = earlier.voice, f"the speaker before with the role {lemma!r}"
        self._remember(ground, speaker, lemma, referent, voice)
        return Resolved(referent.id if referent else None, voice, because if referent else "")

    def _several(self, ground: Ground, speaker: Range, head: int) -> Resolved:
        """Speakers joined by "and": named where each is."""
        tokens = ground.tokens
        joined = [c for c in range(*speaker) if tokens.deps[c] == "conj" and tokens.pos[c] in ("NOUN", "PROPN")]
        voice = self._voice(ground, speaker, head)
        if any(self._voice(ground, (c, c + 1), c) is not Voice.NAMED for c in joined):
            voice = Voice.COLLECTIVE
        self._remember(ground, speaker, tokens.lemmas[head].lower(), None, voice)
        return Resolved(None, voice, "")

    def named(self, ground: Ground, phrase: Range) -> str | None:
        """The referent of the name that heads a phrase or stands in apposition to its head."""
        heads = ground.tokens.heads
        head = next((i for i in range(*phrase) if not phrase[0] <= heads[i] < phrase[1] or heads[i] == i), phrase[0])
        mention = self._mention(ground, phrase, head)
        return mention.referent if mention is not None and mention.referent in self._referents else None

    def _mention(self, ground: Ground, phrase: Range, head: int) -> Mention | None:
        """The mention under the head word, else the longest person's mention beside it (never one that modifies it)."""
        tokens = ground.tokens
        whole, at = ground.span(phrase), tokens.span(head, head + 1)
        best: Mention | None = None
        for index in range(max(0, bisect_left(self._starts, whole.start) - 1), len(self._mentions)):
            mention = self._mentions[index]
            span = mention.evidence.span
            if span.start >= whole.end:
                break
            if not whole.overlaps(span):
                continue
            if span.overlaps(at):
                return mention
            longer = best is None or len(span) > len(best.evidence.span)
            if mention.label is Label.PERSON and whole.contains(span) and longer and _beside(tokens, span, head):
                best = mention
        return best

    def _pronoun(self, ground: Ground, head: int, word: str) -> Resolved:
        tokens = ground.tokens
        start = tokens.starts[head]
        mention = self._mention(ground, (head, head + 1), head)
        if mention is not None and mention.referent in self._referents:
            return Resolved(mention.referent, Voice.NAMED, "the mention under the pronoun")
        opposed: Heard | None = None
        for heard in reversed(self._heard):
            if heard.start >= start:
                continue
            if fits(word, heard.sex, heard.plural, heard.person):
                if opposed is not None and opposed.passage != heard.passage:
                    break
                return Resolved(heard.referent, heard.voice, f"the last speaker whom {word!r} fits")
            if opposed is None and word in _SEXED and heard.person and not heard.plural:
                opposed = heard
        if word in _SEXED and not any(heard.person for heard in self._heard):
            for index in range(bisect_left(self._starts, start) - 1, -1, -1):
                referent = self._referents.get(self._mentions[index].referent or "")
                if referent and referent.kind is EntityKind.PERSON and fits(word, referent.sex, referent.plural, True):
                    return Resolved(referent.id, Voice.NAMED, f"the last person named whom {word!r} fits")
        return Resolved(None, Voice.COLLECTIVE if word in ("they", "those", "many", "some") else Voice.UNNAMED, "")

    def _countries(self, ground: Ground, speaker: Range) -> frozenset[str]:
        """The countries named in a phrase: "the Ukrainian president" is nobody else's."""
        return frozenset(r.country for r in self._names.within(ground.span(speaker)) if r.country)

    def _by_role(self, lemma: str, countries: frozenset[str]) -> Heard | None:
        """The last speaker of that role and no other country; else the country's last whose role is not told."""
        for heard in reversed(self._heard):
            referent = self._referents.get(heard.referent or "")
            if countries and referent is not None and referent.country not in countries:
                continue
            roles = " ".join(referent.roles).lower().split() if referent else []
            if heard.head == lemma or lemma in roles or f" {lemma} " in f" {heard.head} ":
                return heard
        for heard in reversed(self._heard) if countries and lemma in self._words.persons else ():
            referent = self._referents.get(heard.referent or "")
            if referent is None or not heard.person or referent.country not in countries:
                continue
            return None if referent.roles else heard
        return None

    def _remember(self, ground: Ground, speaker: Range, lemma: str, referent: Referent | None, voice: Voice) -> None:
        tokens = ground.tokens
        lemmas = [tokens.lemmas[i].lower() for i in range(*speaker)]
        sex = referent.sex if referent else None
        if sex is None:
            sex = next((self._words.sexes[w] for w in lemmas if w in self._words.sexes), None)
        person = (
            referent.kind is EntityKind.PERSON
            if referent
            else any(w in self._words.persons for w in lemmas) or _entity(ground, speaker, ("PERSON",))
        )
        plural = (
            referent.plural
            if referent
            else any(tokens.tags[i] in ("NNS", "NNPS") for i in range(*speaker) if tokens.lemmas[i].lower() == lemma)
        )
        self._heard.append(
            Heard(
                tokens.starts[speaker[0]],
                tokens.starts[0],
                " ".join(lemmas),
                referent.id if referent else None,
                sex,
                plural,
                person,
                voice,
            )
        )

    def _voice(self, ground: Ground, speaker: Range, head: int) -> Voice:
        tokens = ground.tokens
        lemma = tokens.lemmas[head].lower()
        if tokens.pos[head] == "PROPN":
            return (
                Voice.COLLECTIVE
                if tokens.tags[head] == "NNPS" and not _entity(ground, speaker, _NAMING)
                else Voice.NAMED
            )
        if _entity(ground, (head, head + 1), ("ORG", "GPE")):
            return Voice.NAMED
        if lemma in self._words.bodies and tokens.tags[head] == "NN" and _owned(ground, speaker):
            return Voice.NAMED
        if lemma in self._words.unnamed or tokens.lower[head] in self._words.unnamed:
            return Voice.UNNAMED
        if any(tokens.pos[c] == "PROPN" for c in tokens.having(head, "appos")):
            return Voice.NAMED
        if tokens.tags[head] in ("NNS", "NNPS", "PRP", "JJ", "CD"):
            few = tokens.tags[speaker[0]] == "CD" and lemma in self._words.persons
            return Voice.UNNAMED if few else Voice.COLLECTIVE
        if tokens.lower[speaker[0]] in _ANY or lemma in self._words.persons:
            return Voice.UNNAMED
        return Voice.COLLECTIVE


def _owned(ground: Ground, speaker: Range) -> bool:
    """Whether a name tells which body it is: "Velmar's coastguard", "the police of Velmar"."""
    first = ground.tokens.lower[speaker[0]]
    return first not in _ANY and _entity(ground, speaker, _OWNERS)


def _beside(tokens: Tokens, name: Span, head: int) -> bool:
    """Whether a name in a phrase names its head: "the minister, Edrin Sall", not "the minister of Edrin Sall"."""
    token = tokens.at(name.end - 1)
    while token is not None and token != head:
        if tokens.deps[token] in _MODIFYING or tokens.heads[token] == token:
            return False
        token = tokens.heads[token]
    return token == head


def fits(word: str, sex: Sex | None, plural: bool, person: bool) -> bool:
    """Whether a pronoun of the third person can stand for a referent of that sex, number and kind."""
    if word in _SEXED:
        return person and not plural and sex in (None, _SEXED[word])
    if word == "it":
        return not person and not plural
    return word == "they" and (plural or not person)


def _definite(ground: Ground, speaker: Range) -> bool:
    return ground.tokens.lower[speaker[0]] in ("the", "this", "that", "these", "those")


def _entity(ground: Ground, speaker: Range, labels: Sequence[str] | frozenset[str]) -> bool:
    return any(start < speaker[1] and end > speaker[0] and label in labels for start, end, label in ground.tokens.ents)
