"""Event frames: which words, in which grammatical frame, are an event of which PLOVER type."""

from collections import defaultdict
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.vocab import Stage

ANY = "*"
NAME = "#name"
"""In a list of words: any word of a name (person, organisation, state, people, place or facility)."""
PERSON = "#person"
"""In a list of words: any word of one person's name, or "he", "she" and their forms."""

PLACE = "#place"
"""In a list of words: any word of the name of a state, place or facility."""


NUMBER = "#number"
"""In a list of words: any number."""


class WordList(Entry, frozen=True, kw_only=True):
    """A list of lemmas that frames refer to as ``@id``; it may take in lists that stand before it."""

    FILE = "event_words.yaml"

    words: tuple[str, ...]


class EventFrame(Entry, frozen=True, kw_only=True):
    """A trigger with the frame it needs, and what it is then.

    A frame names ``verbs`` (a second word is a particle or preposition that must follow: "pull out"),
    ``nouns`` (a first word is a modifier that must stand before it: "air strike") or ``adjectives`` (of a
    copula). Each further list is a demand: ``objects`` (heads of the object, or of what ``through``
    prepositions lead to), ``complements`` (verbs of the clause under it), ``subjects``, ``modifiers`` (of a
    noun), ``about`` (words anywhere under it). ``unless`` words, as object, subject, complement or modifier,
    forbid it; ``unless_done_to`` words only where they are not the subject. In any list ``@id`` stands for a word
    list, ``*`` for any word, ``#name`` for a word of a name, ``#person`` for one person, ``#place`` for a place,
    ``#number`` for a number.

    ``under``: lemmas of the verb that a noun must hang under ("killed in a strike"); its ``about`` may then stand
    anywhere under that verb. ``wished``: the clause under it must say what is to be done, by an infinitive, a
    subjunctive or "should"; ``bidden``: by an infinitive alone: "told them to leave", not "told them that he left".
    ``duty``: the clause under it says what somebody of ``objects`` must do.

    ``actor``: the ``subject`` of the trigger, its ``object``, ``either``, who stands after ``from``, ``none`` or the
    ``speaker``: who says its clause, where it has no subject or that is the recipient ("a raid will be met with
    force"). ``recipient``: prepositions, or ``subject``, or ``none``.

    ``absorbs``: the clause under it is not an event of its own ("threatened to attack"). ``mutual``: both
    sides are actors. ``alone``: planned, it keeps its type, for it takes no other side ("will visit"). ``asserts``
    False: the bare noun does not say that it happened. ``answers``: withheld, it is refused ("does not recognise"),
    where other acts that are not done just do not happen. ``process``: a legal or political process with stages.
    ``planned``: its words set what is still to come ("is due in").
    ``effect``: what an act did ("killed"), told with the act if that stands beside it. ``rank`` adds to what the
    frame demands where two would fit.
    """

    FILE = "events.yaml"

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    complements: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_done_to: tuple[str, ...] = ()
    wished: bool = False
    bidden: bool = False
    duty: bool = False
    recipient: tuple[str, ...] = ()
    actor: str = "subject"
    absorbs: bool = False
    mutual: bool = False
    alone: bool = False
    asserts: bool = True
    answers: bool = False
    process: bool = False
    effect: bool = False
    planned: bool = False
    stage: Stage | None = None
    rank: int = 0

    def weight(self) -> int:
        """How much the frame demands: among frames that fit, the most demanding wins."""
        lists = (self.objects, self.complements, self.subjects, self.modifiers, self.about, self.under)
        return self.rank + sum(1 if ANY in words else 3 if words else 0 for words in lists) + len(self.through[:1])


class ActionNoun(Entry, frozen=True, kw_only=True):
    """A noun for what verbs do: with "of" and an object that a frame of such a verb asks for, it is that act.

    "The suspension of aid" as "suspend aid". A verb may carry a particle ("hand over"). Nouns in -ing need no entry.
    """

    FILE = "action_nouns.yaml"

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


class Frame(Struct, frozen=True):
    """A frame ready to match: its entry, the second word that it needs, and its lists as sets."""

    entry: EventFrame
    extra: str | None
    objects: frozenset[str]
    through: frozenset[str]
    complements: frozenset[str]
    subjects: frozenset[str]
    modifiers: frozenset[str]
    about: frozenset[str]
    under: frozenset[str]
    unless: frozenset[str]
    unless_done_to: frozenset[str]
    weight: int


class EventFrames(Struct, frozen=True, dict=True):
    """The frames by the lemma of their trigger, the most demanding first, and the word lists by id.

    ``acts``: the verbs that an action noun stands for.
    """

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    adjectives: dict[str, tuple[Frame, ...]]
    lists: dict[str, frozenset[str]]
    acts: dict[str, tuple[str, ...]]

    @cached_property
    def acts_alone(self) -> frozenset[str]:
        """The nouns that are an act without a word before them: "shelling", not "air" of "air strike"."""
        return frozenset(noun for noun, frames in self.nouns.items() if any(f.extra is None for f in frames))

    @cached_property
    def hyphened(self) -> frozenset[str]:
        """The words with a hyphen in frames and lists: "sit-in"."""
        by_lemma = (self.verbs, self.nouns, self.acts)
        words = {word for table in by_lemma for word in table}
        for frames in self.nouns.values():
            words.update(*(frame.objects for frame in frames))
        for frames in self.verbs.values():
            words.update(*(frame.objects for frame in frames))
        return frozenset(word for word in words if "-" in word[1:-1])


@lru_cache(maxsize=4)
def event_frames(knowledge: Knowledge) -> EventFrames:
    """The compiled frames of a knowledge handle.

    Raises KnowledgeError for a word list that is not there, or a type, mode or context that the ontology
    does not have.
    """
    lists: dict[str, frozenset[str]] = {}
    for one in knowledge.lexicon(WordList):
        lists[one.id] = frozenset(_expand(one, one.words, lists))
    verbs: dict[str, list[Frame]] = defaultdict(list)
    nouns: dict[str, list[Frame]] = defaultdict(list)
    adjectives: dict[str, list[Frame]] = defaultdict(list)
    for entry in knowledge.lexicon(EventFrame):
        knowledge.ontology.check(f"{EventFrame.FILE}: {entry.id}", entry.type, entry.mode, entry.contexts)
        entry = replace(entry, verbs=_expand(entry, entry.verbs, lists), nouns=_expand(entry, entry.nouns, lists))
        for word in entry.verbs:
            lemma, _, extra = word.partition(" ")
            verbs[lemma].append(_frame(entry, extra or None, lists))
        for word in entry.nouns:
            before, _, lemma = word.rpartition(" ")
            nouns[lemma].append(_frame(entry, before or None, lists))
        for word in entry.adjectives:
            adjectives[word].append(_frame(entry, None, lists))
    acts = {noun: entry.verbs for entry in knowledge.lexicon(ActionNoun) for noun in entry.nouns}
    return EventFrames(_sorted(verbs), _sorted(nouns), _sorted(adjectives), lists, acts)


def _expand(entry: Entry, words: tuple[str, ...], lists: dict[str, frozenset[str]]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words:
        if word.startswith("@"):
            if word[1:] not in lists:
                raise KnowledgeError(f"{entry.FILE}: {entry.id}: there is no word list {word!r}")
            found.extend(sorted(lists[word[1:]]))
        else:
            found.append(word)
    return tuple(found)


def _frame(entry: EventFrame, extra: str | None, lists: dict[str, frozenset[str]]) -> Frame:
    def words(given: tuple[str, ...]) -> frozenset[str]:
        return frozenset(_expand(entry, given, lists))

    return Frame(
        entry=entry,
        extra=extra,
        objects=words(entry.objects),
        through=words(entry.through),
        complements=words(entry.complements),
        subjects=words(entry.subjects),
        modifiers=words(entry.modifiers),
        about=words(entry.about),
        under=words(entry.under),
        unless=words(entry.unless),
        unless_done_to=words(entry.unless_done_to),
        weight=entry.weight() + (2 if extra else 0),
    )


def _sorted(frames: dict[str, list[Frame]]) -> dict[str, tuple[Frame, ...]]:
    return {lemma: tuple(sorted(some, key=lambda f: -f.weight)) for lemma, some in frames.items()}
