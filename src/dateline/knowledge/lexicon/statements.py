"""Cue frames: how English hands words to a speaker. The frames are data; this is their form."""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.vocab import Act, Certainty, CueClass, Polarity, Sex, Voice


class CueKind(StrEnum):
    """What sort of word the cue is."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    SOURCE = "source"


class Takes(StrEnum):
    """Which complement of the cue is the content."""

    QUOTATION = "quotation"
    CLAUSE = "clause"
    INFINITIVE = "infinitive"
    GERUND = "gerund"
    OBJECT = "object"
    PREDICATE = "predicate"


class Cue(Entry, frozen=True, kw_only=True):
    """A frame shared by cues of like build.

    ``takes`` are the complements that are content. ``joins`` are prepositions or particles that belong to
    the cue, their object being content ("called for talks"); ``adds`` are prepositions whose phrase is
    content beside the object ("accused Velmar of arson"). ``addressee`` says that the object is spoken to
    when another complement is there. ``needs_join`` holds the frame back without its preposition or particle,
    ``needs_adds`` without one of ``adds``, ``needs_number`` without a numeral in the content ("put the losses
    at 40"), ``names`` without one of these words in it ("held the militia responsible"), ``speakers`` where the
    speaker's phrase is headed by another word than these ("a poll shows"). ``lights`` are verbs whose subject owns the
    noun that is the cue ("has doubts about"). ``relays``: the
    object is a source that the speaker passes on ("cited reports to say"). ``agentless`` is the voice of a
    passive without an agent; ``raises`` makes the subject part of the content of a cue that names no speaker ("the dam
    seems to hold"). ``source`` cues are the first word of a phrase that names the source
    ("according to"), given in ``lemmas`` as the whole phrase. The lemma "*" is any verb that no frame lists but
    those that it ``excludes``; ``score`` is that of its statements.
    """

    FILE = "statements.yaml"

    lemmas: tuple[str, ...]
    kind: CueKind = CueKind.VERB
    cue_class: CueClass = CueClass.SPEECH
    act: Act = Act.ASSERT
    takes: tuple[Takes, ...] = ()
    joins: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    needs_join: bool = False
    needs_adds: bool = False
    needs_number: bool = False
    names: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    relays: bool = False
    addressee: bool = False
    raises: bool = False
    agentless: Voice = Voice.UNNAMED
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    plain: bool = False
    """Whether the cue may stand after or inside its content without a complement of its own ("X, he said")."""
    excludes: tuple[str, ...] = ()
    score: float = 1.0


class SpeakerUse(StrEnum):
    """What a word tells about the speaker whose phrase it heads."""

    UNNAMED = "unnamed"
    PERSON = "person"
    BLOCKED = "blocked"
    VENUE = "venue"
    BODY = "body"
    AIM = "aim"
    RELAY = "relay"
    SPOKEN = "spoken"
    ACCOUNT = "account"
    GIVEN = "given"


class SpeakerWord(Entry, frozen=True, kw_only=True):
    """Words that head a speaker's phrase: unnamed sources, role words with their sex, what never speaks.

    ``venue``: the object of "in", "at" or "on" beside a cue where something was said (a statement). ``body``: a
    body that is named by whose it is ("Velmar's coastguard"). ``aim``: the noun of a closing phrase by which the
    reporter explains the saying (", in an attempt to calm the crowd"). ``relay``: a verb by whose subject or agent
    another's words are passed on ("quoted by the agency"). ``spoken``: a verb whose "-ing" beside a cue tells of the
    occasion ("speaking to reporters, she said"). ``given``: a given name that is borne by one sex.
    ``account``: a noun for what somebody says, whose owner is the speaker ("according to her information").
    """

    FILE = "speakers.yaml"

    use: SpeakerUse
    words: tuple[str, ...]
    sex: Sex | None = None


class Cues(Struct, frozen=True):
    """The frames by cue word. ``phrases`` are source phrases by their first word."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[Cue, ...]]
    adjectives: dict[str, tuple[Cue, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]
    unlisted: Cue | None

    def speaks(self, lemma: str) -> bool:
        """Whether a verb can be a cue."""
        return lemma in self.verbs

    def quotes(self, lemma: str) -> bool:
        """Whether a verb can have a name or phrase, and not only a clause, as its content."""
        naming = (Takes.OBJECT, Takes.PREDICATE, Takes.QUOTATION)
        return any(take in naming for cue in self.verbs.get(lemma, ()) if not cue.names for take in cue.takes)


class SpeakerWords(Struct, frozen=True):
    """Words about speakers, ready for look-up, in lower case."""

    unnamed: frozenset[str]
    persons: frozenset[str]
    blocked: frozenset[str]
    venues: frozenset[str]
    bodies: frozenset[str]
    aims: frozenset[str]
    relays: frozenset[str]
    spoken: frozenset[str]
    accounts: frozenset[str]
    sexes: dict[str, Sex]
    given: dict[str, Sex]


@lru_cache(maxsize=4)
def cues(knowledge: Knowledge) -> Cues:
    """The compiled cue frames of a knowledge handle."""
    tables: dict[CueKind, dict[str, tuple[Cue, ...]]] = {kind: {} for kind in CueKind}
    phrases: dict[str, tuple[tuple[tuple[str, ...], Cue], ...]] = {}
    for cue in knowledge.lexicon(Cue):
        for lemma in cue.lemmas:
            if cue.kind is CueKind.SOURCE:
                words = tuple(lemma.split())
                phrases[words[0]] = (*phrases.get(words[0], ()), (words, cue))
            else:
                table = tables[cue.kind]
                table[lemma] = (*table.get(lemma, ()), cue)
    unlisted = next(iter(tables[CueKind.VERB].pop("*", ())), None)
    return Cues(tables[CueKind.VERB], tables[CueKind.NOUN], tables[CueKind.ADJECTIVE], phrases, unlisted)


@lru_cache(maxsize=4)
def speaker_words(knowledge: Knowledge) -> SpeakerWords:
    """The compiled words about speakers of a knowledge handle."""
    entries = knowledge.lexicon(SpeakerWord)

    def words(use: SpeakerUse) -> frozenset[str]:
        return frozenset(word for entry in entries if entry.use is use for word in entry.words)

    def sexes(given: bool) -> dict[str, Sex]:
        told = [entry for entry in entries if entry.sex and (entry.use is SpeakerUse.GIVEN) is given]
        return {word: entry.sex for entry in told if entry.sex for word in entry.words}

    return SpeakerWords(
        words(SpeakerUse.UNNAMED),
        words(SpeakerUse.PERSON),
        words(SpeakerUse.BLOCKED),
        words(SpeakerUse.VENUE),
        words(SpeakerUse.BODY),
        words(SpeakerUse.AIM),
        words(SpeakerUse.RELAY),
        words(SpeakerUse.SPOKEN),
        words(SpeakerUse.ACCOUNT),
        sexes(given=False),
        sexes(given=True),
    )
