"""Who the speaker is within the report, and in which voice: a sieve, its sieves in order.

1. A name: the referent of the mention under the head of the phrase, else of the longest mention inside it.
2. A relative pronoun: its antecedent, and whom that stands beside ("Sall, a clerk who ...").
3. A pronoun: the last speaker of the same number and sex, looking back over the report; a person for "he" and
   "she", a thing or body for "it", many or a body for "they". A named subject that fits comes before that speaker
   where it stands nearer: of a clause over the pronoun's ("Sall laughed when he said ...") or of the sentence
   before, in the same passage or at the end of the one above, in the reporter's own words. Somebody whose sex the
   report does not tell has that of the given name, where that is borne by one sex, else fits either. Where nobody
   has spoken yet, the last person named before the pronoun.
4. A role phrase ("the mayor", "the institute"): the last speaker whose own phrase or whose referent's roles
   hold the same head word, and whose country is not another than the phrase names ("the Ukrainian president").
   Where nobody has that role, the one person named before whom the report gives it; else the last speaker of that
   country of whom the report tells no role.

Whatever falls through stays unresolved: no referent, the surface words alone. So does "he" after a woman who
spoke last, unless a man speaks in the same passage as she: that is a doubt for people, not a choice for the
sieve.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.lexicon.statements import SpeakerWords
from dateline.model.records import AnnotatedReport, Mention, Referent
from dateline.model.span import Span
from dateline.model.vocab import EntityKind, Label, Sex, Voice
from dateline.nlp.base import Tokens
from dateline.read.statements.ground import SUBJECTS, Draft, Ground, Range, is_verb
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

    span: Span
    passage: int
    heads: frozenset[str]
    referent: str | None
    sex: Sex | None
    plural: bool
    person: bool
    voice: Voice


class Resolved(Struct, frozen=True):
    """What the sieve says of one speaker's phrase.

    ``stands_for`` is the phrase that a pronoun or a role stands for, where that phrase is nobody's referent.
    """

    referent: str | None
    voice: Voice
    because: str
    stands_for: Span | None = None


class Sieve:
    """Resolves the speakers of one report in order of the text, remembering who has spoken."""

    def __init__(self, annotated: AnnotatedReport, tokens: Sequence[Tokens], words: SpeakerWords) -> None:
        self._words = words
        self._text = annotated.text
        self._tokens = [one for one in tokens if len(one)]
        self._passages = [one.starts[0] for one in self._tokens]
        self._quotations = sorted(q.evidence.span for q in annotated.quotations if not q.scare)
        self._mentions: Sequence[Mention] = sorted(annotated.mentions, key=lambda m: m.evidence.span)
        self._starts = [m.evidence.span.start for m in self._mentions]
        self._referents = {r.id: r for r in annotated.referents}
        self._names = Names(annotated)
        self._surnames = _surnames(annotated.referents)
        self._heard: list[Heard] = []

    def resolve(self, ground: Ground, draft: Draft) -> Resolved:
        """The referent and voice of a draft's speaker, who is remembered for those that follow."""
        if draft.speaker is None:
            return Resolved(None, draft.cue.agentless if draft.cue else Voice.UNNAMED, "")
        if draft.stands_for is None:
            return self._resolve(ground, draft.speaker, draft.speaker_head)
        who = self._resolve(ground, draft.stands_for, draft.speaker_head)
        meant = ground.span(draft.stands_for)
        because = f"the antecedent “{meant.of(self._text)}”"
        return replace(who, because=because, stands_for=None if who.referent else meant)

    def _resolve(self, ground: Ground, speaker: Range, head: int | None) -> Resolved:
        tokens = ground.tokens
        head = head if head is not None and speaker[0] <= head < speaker[1] else speaker[1] - 1
        word = _SUBJECT_FORMS.get(tokens.lower[head], tokens.lower[head])
        if speaker[1] - speaker[0] == 1 and (word in _PRONOUNS or tokens.pos[head] == "PRON"):
            return self._pronoun(ground, head, word)
        owner = tokens.child(head, "poss")
        if owner is not None and tokens.tags[owner] == "PRP$" and tokens.lemmas[head].lower() in self._words.accounts:
            return self._pronoun(ground, owner, _SUBJECT_FORMS.get(tokens.lower[owner], tokens.lower[owner]))
        referent = self._who(tokens, speaker, head)
        beside = tokens.subtree(head)[0] - 2
        if referent is None and _named_before(tokens, speaker, head, beside):
            referent = self._who(tokens, (beside, beside + 1), beside)
        if any(tokens.deps[c] == "conj" and speaker[0] <= c < speaker[1] for c in tokens.children(head)):
            # Two speakers at once are nobody's referent.
            return self._several(ground, speaker, head)
        voice = self._voice(ground, speaker, head)
        if referent is not None and referent.kind is EntityKind.PERSON:
            voice = Voice.NAMED
        because = "named"
        lemma = tokens.lemmas[head].lower()
        if referent is None and voice is not Voice.NAMED and _definite(ground, speaker):
            countries = self._countries(ground, speaker)
            earlier = self._by_role(lemma, countries)
            bearer = self._bearer(lemma, countries, tokens.starts[head]) if earlier is None else None
            if bearer is not None:
                referent, voice, because = bearer, Voice.NAMED, f"the one person before with the role {lemma!r}"
            if earlier is not None:
                referent = self._referents.get(earlier.referent or "")
                voice, because = earlier.voice, f"the speaker before with the role {lemma!r}"
                if referent is None:
                    self._heard.append(earlier)
                    return Resolved(None, voice, because, earlier.span)
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
        mention = self._mention(ground.tokens, phrase, head)
        return mention.referent if mention is not None and mention.referent in self._referents else None

    def _who(self, tokens: Tokens, phrase: Range, head: int) -> Referent | None:
        """The referent of a phrase's mention; of a surname that was not seen to be a name, the one who bears it."""
        mention = self._mention(tokens, phrase, head)
        if mention is not None:
            return self._referents.get(mention.referent or "")
        more = [c for c in tokens.having(head, "compound", "det") if tokens.lower[c] not in self._words.sexes]
        return None if more or not tokens.words[head][:1].isupper() else self._surnames.get(tokens.lower[head])

    def _mention(self, tokens: Tokens, phrase: Range, head: int) -> Mention | None:
        """The mention under the head word, else the longest person's mention beside it (never one that modifies it)."""
        whole, at = tokens.span(*phrase), tokens.span(head, head + 1)
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
        mention = self._mention(tokens, (head, head + 1), head)
        if mention is not None and mention.referent in self._referents:
            return Resolved(mention.referent, Voice.NAMED, "the mention under the pronoun")
        subject = self._subject(tokens, head, word)
        opposed: Heard | None = None
        for heard in reversed(self._heard):
            if heard.span.start >= start:
                continue
            if subject is not None and heard.span.start < subject[1].start:
                break
            if fits(word, heard.sex, heard.plural, heard.person):
                if opposed is not None and opposed.passage != heard.passage:
                    break
                meant = None if heard.referent else heard.span
                return Resolved(heard.referent, heard.voice, f"the last speaker whom {word!r} fits", meant)
            if opposed is None and word in _SEXED and heard.person and not heard.plural:
                opposed = heard
        if subject is not None:
            referent, named = subject
            because = f"the subject before whom {word!r} fits"
            return Resolved(referent.id if referent else None, Voice.NAMED, because, None if referent else named)
        if word in _SEXED and not any(heard.person for heard in self._heard):
            for index in range(bisect_left(self._starts, start) - 1, -1, -1):
                referent = self._referents.get(self._mentions[index].referent or "")
                if referent and referent.kind is EntityKind.PERSON and fits(word, self._sex(referent), False, True):
                    return Resolved(referent.id, Voice.NAMED, f"the last person named whom {word!r} fits")
        if opposed is not None and word in _SEXED:
            # Somebody whom the report names, though which of them is not told.
            return Resolved(None, opposed.voice, "")
        return Resolved(None, Voice.COLLECTIVE if word in ("they", "those", "many", "some") else Voice.UNNAMED, "")

    def _subject(self, tokens: Tokens, head: int, word: str) -> tuple[Referent | None, Span] | None:
        """The named subject before a pronoun and where it stands: of a clause over the pronoun's own, else of the main
        clause of the sentence before, past subjects that are the same pronoun; at most over the head of the passage."""
        for at, subject in self._subjects(tokens, head):
            if _SUBJECT_FORMS.get(at.lower[subject], at.lower[subject]) == word:
                continue
            referent = self._who(at, (subject, subject + 1), subject)
            if word not in _SEXED or at.child(subject, "conj") is not None:
                return None
            named = at.span(subject, subject + 1)
            if referent is None:
                # A name that nobody in the report bears in full: the word alone.
                return (None, named) if at.tags[subject] == "NNP" and at.child(subject, "det") is None else None
            person = referent.kind is EntityKind.PERSON
            if fits(word, self._sex(referent), referent.plural, person):
                return referent, named
            if person:
                return None
        return None

    def _subjects(self, tokens: Tokens, head: int) -> Iterator[tuple[Tokens, int]]:
        """The subjects in the reporter's own words before a pronoun, nearest first."""
        own, start = tokens.heads[head], tokens.sentence(head)[0]
        above = tokens.ancestors(own) if tokens.deps[own] != "parataxis" else ()
        for verb in above:
            subject = tokens.child(verb, *SUBJECTS) if start <= verb < head and is_verb(tokens, verb) else None
            if subject is not None and subject < head and not self._quoted(tokens.starts[subject]):
                yield tokens, subject
        passage = bisect_right(self._passages, tokens.starts[0]) - 1
        before = self._tokens[passage - 1 : passage] if passage > 0 else ()
        for earlier, end in ((tokens, start), *((one, len(one)) for one in before)):
            while end > 0:
                start = earlier.sentence(end - 1)[0]
                roots = (i for i in range(start, end) if earlier.deps[i] == "ROOT" and is_verb(earlier, i))
                subject = next((s for i in roots if (s := earlier.child(i, *SUBJECTS)) is not None), None)
                if subject is not None and not self._quoted(earlier.starts[subject]):
                    yield earlier, subject
                elif subject is None and not self._quoted(earlier.starts[start]):
                    return
                end = start

    def _quoted(self, at: int) -> bool:
        index = bisect_right(self._quotations, at, key=lambda span: span.start) - 1
        return index >= 0 and at < self._quotations[index].end

    def _sex(self, referent: Referent) -> Sex | None:
        """The sex that the report tells of a referent, else that of the given name."""
        if referent.sex is not None or referent.kind is not EntityKind.PERSON:
            return referent.sex
        given, _, surname = referent.name.partition(" ")
        return self._words.given.get(given.lower()) if surname else None

    def _bearer(self, lemma: str, countries: frozenset[str], before: int) -> Referent | None:
        """The one person named before a phrase whom the report gives the role that heads it."""
        if lemma not in self._words.persons:
            return None
        found: set[str] = set()
        for mention in self._mentions[: bisect_left(self._starts, before)]:
            referent = self._referents.get(mention.referent or "")
            if referent is None or referent.kind is not EntityKind.PERSON:
                continue
            foreign = bool(countries) and referent.country is not None and referent.country not in countries
            if not foreign and lemma in _role_heads(referent):
                found.add(referent.id)
        return self._referents[found.pop()] if len(found) == 1 else None

    def _countries(self, ground: Ground, speaker: Range) -> frozenset[str]:
        """The countries named in a phrase: "the Ukrainian president" is nobody else's."""
        return frozenset(r.country for r in self._names.within(ground.span(speaker)) if r.country)

    def _by_role(self, lemma: str, countries: frozenset[str]) -> Heard | None:
        """The last speaker of that role and no other country; else the country's last whose role is not told."""
        for heard in reversed(self._heard):
            referent = self._referents.get(heard.referent or "")
            if countries and referent is not None and referent.country not in countries:
                continue
            if lemma in heard.heads or (referent is not None and lemma in _role_heads(referent)):
                return heard
        for heard in reversed(self._heard) if countries and lemma in self._words.persons else ():
            referent = self._referents.get(heard.referent or "")
            if referent is None or not heard.person or referent.country not in countries:
                continue
            return None if referent.roles else heard
        return None

    def _remember(self, ground: Ground, speaker: Range, lemma: str, referent: Referent | None, voice: Voice) -> None:
        tokens = ground.tokens
        core = _core(tokens, speaker, lemma)
        lemmas = [tokens.lemmas[i].lower() for i in core]
        sex = self._sex(referent) if referent else None
        if sex is None:
            sex = next((self._words.sexes[w] for w in lemmas if w in self._words.sexes), None)
        person = (
            referent.kind is EntityKind.PERSON
            if referent
            else any(
                w in self._words.persons or _entity(ground, (i, i + 1), ("PERSON",))
                for i, w in zip(core, lemmas, strict=True)
            )
        )
        plural = (
            referent.plural
            if referent
            else tokens.tags[core_head := _head(tokens, speaker, lemma)] in ("NNS", "NNPS")
            or tokens.child(core_head, "conj") is not None
        )
        self._heard.append(
            Heard(
                ground.span(speaker),
                tokens.starts[0],
                frozenset(
                    word
                    for i, word in zip(core, lemmas, strict=True)
                    if word == lemma or tokens.deps[i] == "appos" or word in self._words.persons
                ),
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


def _surnames(referents: Sequence[Referent]) -> dict[str, Referent]:
    """The people of a report by the last word of their full name, where only one bears it."""
    found: dict[str, list[Referent]] = {}
    for referent in referents:
        if referent.kind is EntityKind.PERSON and " " in referent.name:
            found.setdefault(referent.name.split()[-1].lower(), []).append(referent)
    return {surname: bearers[0] for surname, bearers in found.items() if len(bearers) == 1}


def _named_before(tokens: Tokens, speaker: Range, head: int, before: int) -> bool:
    """Whether the phrase's head stands in apposition to the word before it ("Sall, a clerk who ..."): as parsed or,
    where the parse took both for subjects, within the phrase."""
    if before < 0 or tokens.words[before + 1] != ",":
        return False
    return before >= speaker[0] or (tokens.deps[head] == "appos" and tokens.heads[head] == before)


def _role_heads(referent: Referent) -> set[str]:
    """The head words of a referent's roles: "spokesman" of "spokesman for the mayor"."""
    return {re.split(r" (?:of|for|at|in|to) ", role.lower())[0].split()[-1] for role in referent.roles if role.strip()}


def _head(tokens: Tokens, speaker: Range, lemma: str) -> int:
    return next((i for i in range(*speaker) if tokens.lemmas[i].lower() == lemma), speaker[1] - 1)


def _core(tokens: Tokens, speaker: Range, lemma: str) -> list[int]:
    """The words of a phrase that say what sort of speaker it is: its head, titles and what stands in apposition."""
    head = _head(tokens, speaker, lemma)
    beside = [c for c in tokens.having(head, "compound", "amod", "nmod", "appos") if speaker[0] <= c < speaker[1]]
    return sorted([head, *beside])


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
