"""Signs of what somebody does by saying something, read in the words that are said."""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, field

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry
from dateline.model.vocab import Act


class SignTest(StrEnum):
    """What must hold of a sign's word for the sign to be read.

    ``asked``: the content ends in a question mark. ``will_not``: a negated "will", "can" or "do" governs it. ``no``: a
    negation governs it. ``future``: it stands in a clause of the main line with "will", "would" or "should", not
    negated. ``own_future``: so, and the speaker's own side is the subject. ``first_person``: its subject is "we" or
    "I". ``word``: it stands in the content. ``called``: it stands in what a thing is called or described as.
    ``harm``: a verb, neither negated nor future, whose agent is another side than the speaker's. ``main``: it is a
    main verb of the content. ``must``: a main verb stands under an affirmed "must" or "should".
    """

    ASKED = "asked"
    WILL_NOT = "will_not"
    NO = "no"
    FUTURE = "future"
    OWN_FUTURE = "own_future"
    FIRST_PERSON = "first_person"
    WORD = "word"
    CALLED = "called"
    HARM = "harm"
    MAIN = "main"
    MUST = "must"


class ActSign(Entry, frozen=True, kw_only=True):
    """A sign: one of ``words`` passes ``test``; the content has one of ``beside``, if given; none of ``except``."""

    FILE = "acts.yaml"

    act: Act
    test: SignTest
    words: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    except_: tuple[str, ...] = field(default=(), name="except")


class ActSigns(Struct, frozen=True):
    """The signs in order; ``by_word``: the positions of those that a lemma may fulfil, ``wordless``: the rest."""

    signs: tuple[ActSign, ...]
    by_word: dict[str, tuple[int, ...]]
    wordless: tuple[int, ...]


@lru_cache(maxsize=4)
def act_signs(knowledge: Knowledge) -> ActSigns:
    """The compiled signs of a knowledge handle."""
    signs = knowledge.lexicon(ActSign)
    by_word: dict[str, tuple[int, ...]] = {}
    for index, sign in enumerate(signs):
        for word in sign.words:
            by_word[word] = (*by_word.get(word, ()), index)
    return ActSigns(signs, by_word, tuple(i for i, sign in enumerate(signs) if not sign.words))
