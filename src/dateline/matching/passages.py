"""Whether two passages tell the same in words taken over, how sure that is, and what was changed on the way."""

from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.knowledge.handle import Knowledge
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.counterparts import around, counterparts
from dateline.matching.marks import Marks
from dateline.matching.postings import distinct
from dateline.matching.profile import FLOOR, TELLING, WINDOW, Profile, profile_of
from dateline.matching.rarity import tenths_of
from dateline.model.span import Span
from dateline.model.vocab import Verdict

# The thresholds below are set by hand on public paraphrase and rewriting gold (benchmarks/paraphrases.py,
# benchmarks/rewrites.py), never on a report that the project was built around.
LIGHT = 0.86
"""From this score on, with the order kept, a copy is a light edit."""
LIGHT_ORDER = 0.9
LIGHT_HELD = 0.85
"""From this share of the shorter passage on, left in its order and in runs at least LIGHT_RUN of it long, or in one
run, a copy that only cut or added is a light edit too."""
LIGHT_RUN = 0.3
KIN = 0.36
"""The score of a rewrite between two reports whose other passages are copies of each other."""
REWRITE = 0.66
"""The score of a rewrite, less PER_RARITY for each unit of rarity shared (at most RICH of them): two passages
on one subject share its names, so what is common must be the larger, the less rare it is."""
PER_RARITY = 0.012
RICH = 16.0
ENOUGH = 6.0
"""The least rarity shared in a rewrite: about two rare words, or four middling ones."""
HELD = 0.78
"""The share of the smaller passage that the larger must hold when their lengths differ."""
HELD_ORDER = 0.7
HELD_WORDS = 6
HELD_RARITY = 2 * ENOUGH
TELLS = 0.3
"""The share of the smaller passage's rarity that must be shared outside quotations."""
TOLD = 0.6
"""The share of what the smaller passage tells beside names, figures and quotations from which on it is retold: two
tellers share the names and figures of what they tell; who rewrites a text keeps the rest as well."""
TOLD_HELD = 0.5
"""What the longer must then hold of the shorter, names and all."""
TOLD_RARITY = 8.5
"""The least rarity shared beside names, figures and quotations."""
MUCH_TOLD = 0.42
MUCH_TOLD_HELD = 0.45
MUCH_TOLD_RARITY = 10.0
"""The same where much that is rare is shared: a smaller share of it then shows as much."""
LEAST_TOLD = 0.25
"""The same share for a rewrite of which names and figures give the rest: below it the two have only those in common."""
NAMES_ALONE = 0.6
"""The share of the longer passage below which it is asked whether the two have only names in common."""
KIN_TOLD = 0.45
KIN_TOLD_HELD = 0.4
KIN_TOLD_RARITY = 6.0
"""The same between two reports whose other passages are copies of each other."""
QUOTED_RUN = 5
"""Words in a row that two quotations of one saying share at least."""
LONG = 60.0
"""The number of words at which word pairs weigh as much in the score as single words do."""
NUMBERS_DIFFER = 0.04
NEAR = 1e-6
"""What rounding may hide."""
FEWEST = 2
"""Distinct telling words that a copy shares at least: one word alone weighs less than ENOUGH."""
RESPELT = 1.15
"""What words that are spelt nearly alike may add to the words in common."""
ALLOWED = 3.0
"""The same for what the rarity in common lets off: about one more word."""


class _Retold(Struct, frozen=True):
    """What makes a passage retold in other words: see TOLD, TOLD_HELD and TOLD_RARITY."""

    share: float
    held: float
    rarity: float


_RETOLD = _Retold(TOLD, TOLD_HELD, TOLD_RARITY)
_MUCH_RETOLD = _Retold(MUCH_TOLD, MUCH_TOLD_HELD, MUCH_TOLD_RARITY)
_KIN_RETOLD = _Retold(KIN_TOLD, KIN_TOLD_HELD, KIN_TOLD_RARITY)


class PassageMatch(Struct, frozen=True, kw_only=True):
    """What two passages are to each other.

    ``score`` is 0..1 and the same both ways; ``match`` is whether one was copied from the other, or both
    from one origin; a shared quotation alone is not copying. ``told`` are the stretches of the two that tell
    the same, where that is not the whole of both.
    """

    score: float
    match: bool
    verdict: Verdict
    changes: tuple[PassageChange, ...] = ()
    told: tuple[Span, Span] | None = None
    because: str


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    return Knowledge()


def match_passages(a: str, b: str, knowledge: Knowledge | None = None) -> PassageMatch:
    """Compare two passages by their words, without a parse.

    Stems and numbers are weighted by how rare they are in English at large; the score joins what the longer
    passage holds of the shorter, what both share, and (the more, the longer they are) pairs of words that
    stand together. Words inside quotations are set aside: where hardly anything else is shared, the verdict
    is ``shared_quote``. Synonyms are those of the table. It never raises for any two strings.

    >>> found = match_passages("Guards escort villagers to the polls at Velm",
    ...                        "At Velm, guards force villagers to the polls.")
    >>> found.verdict.value, [(c.kind.value, c.a_text, c.b_text) for c in found.changes]
    ('rewrite', [('act', 'escort', 'force')])
    """
    return match_profiles(profile_of(a), profile_of(b), knowledge or _shipped())


def match_profiles(a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch:
    """``match_passages`` for profiles made before."""
    if _same_words(a, b):
        return PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same words")
    return _aligned(Alignment(a, b), knowledge)


@lru_cache(maxsize=4096)
def find_copy(a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch | None:
    """``match_profiles`` where it finds a match or a shared quotation, else None; bounds come before aligning."""
    return verify_copy(a, b, knowledge) if could_match(a, b) else None


def verify_copy(a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch | None:
    """``find_copy`` for passages that ``could_match``."""
    if _same_words(a, b):
        return match_profiles(a, b, knowledge)
    alignment = Alignment(a, b)
    if _too_little(alignment) or _far(alignment):
        return None
    found = _aligned(alignment, knowledge)
    return found if found.match or (found.verdict is Verdict.SHARED_QUOTE and _quoted_alike(alignment)) else None


def _quoted_alike(alignment: Alignment) -> bool:
    """Whether both passages quote, and hold some run of words in common: a list of names alone is no quotation."""
    return alignment.longest >= QUOTED_RUN and alignment.a.quotes and alignment.b.quotes


def _aligned(alignment: Alignment, knowledge: Knowledge) -> PassageMatch:
    score = _score(alignment)
    verdict, because = _judge(alignment, score)
    if verdict not in (Verdict.LIGHT_EDIT, Verdict.REWRITE):
        return PassageMatch(score=score, match=False, verdict=verdict, because=because)
    return _copied(alignment, score, verdict, because, knowledge)


def _copied(alignment: Alignment, score: float, verdict: Verdict, because: str, knowledge: Knowledge) -> PassageMatch:
    stretches = counterparts(alignment)
    changes = find_changes(alignment, knowledge, stretches)
    mine, theirs = zip(*stretches, strict=True) if stretches else ((), ())
    told = (around(mine), around(theirs)) if stretches else None
    return PassageMatch(score=score, match=True, verdict=verdict, changes=changes, told=told, because=because)


def match_kin(a: Profile, b: Profile, knowledge: Knowledge, *, close: bool = False) -> PassageMatch:
    """``match_profiles`` for passages of two reports that share copies: less must be shared, where they are many
    (``close``) in any order."""
    if _same_words(a, b):
        return match_profiles(a, b, knowledge)
    alignment = Alignment(a, b)
    found = _aligned(alignment, knowledge)
    ordered = found.score >= KIN and alignment.order >= HELD_ORDER and alignment.shared >= ENOUGH
    if (
        found.verdict is not Verdict.NONE
        or _names_alone(alignment)
        or not (ordered or (close and _retold(alignment, _KIN_RETOLD)))
    ):
        return found
    because = f"retold between other copies: rarity {alignment.shared:.1f} shared, order kept {alignment.order:.0%}"
    return _copied(alignment, found.score, Verdict.REWRITE, because, knowledge)


def _same_words(a: Profile, b: Profile) -> bool:
    return a.text == b.text or (a.keys == b.keys and plain(a) == plain(b))


def near_miss(a: Profile, b: Profile, knowledge: Knowledge, below: float) -> PassageMatch | None:
    """The rewrite that two passages would be if words had to prove so much less; None where they prove one anyway,
    say less still, or each gives a number that the other lacks."""
    alignment = Alignment(a, b)
    found = _aligned(alignment, knowledge)
    least = REWRITE - PER_RARITY * min(alignment.shared, RICH) - below
    if found.verdict is not Verdict.NONE or found.score < least or _too_little(alignment) or _names_alone(alignment):
        return None
    if _numbers_differ(alignment):
        return None
    low, high = alignment.containments
    because = f"nearly the same words ({low:.0%} and {high:.0%} of their weight, rarity {alignment.shared:.1f})"
    return _copied(alignment, found.score, Verdict.REWRITE, because, knowledge)


def plain(profile: Profile) -> str:
    """The text as ``identical`` compares it: its words in small letters, without marks and spacing."""
    words = " ".join(profile.word(i).lower() for i in range(len(profile.keys))).replace("’", "'")
    return words or " ".join(profile.text.split())


def _score(alignment: Alignment) -> float:
    a, b = alignment.a, alignment.b
    if not a.keys or not b.keys:
        return 0.0
    low, _ = alignment.containments
    both = min(1.0, 2 * alignment.mass / (a.mass + b.mass))
    singles = (low + both) / 2
    length = min(len(a.keys), len(b.keys))
    if length > LONG / 4:
        together = _together(a, b)
        share = length / (length + LONG)
        singles = (1 - share) * singles + share * together
    if _numbers_differ(alignment):
        singles -= NUMBERS_DIFFER
    # Only equal texts reach 1, so that a perfect score always means the same words.
    return round(max(0.0, min(singles, 0.999)), 6)


def _together(a: Profile, b: Profile) -> float:
    """The share of neighbouring word pairs that both hold, by rarity (Dice)."""
    mine, theirs = a.bigrams, b.bigrams
    total = a.paired + b.paired
    shared = sum(sorted(mine[pair] for pair in mine.keys() & theirs.keys()))
    return 2 * shared / total if total else 0.0


def _numbers_differ(alignment: Alignment) -> bool:
    """Whether each passage has a number that answers to none in the other."""
    a, b = alignment.a, alignment.b
    return any(a.bag[key] > b.bag.get(key, 0) for key in a.numbers) and any(
        b.bag[key] > a.bag.get(key, 0) for key in b.numbers
    )


def _judge(alignment: Alignment, score: float) -> tuple[Verdict, str]:
    low, high = alignment.containments
    told = f"{low:.0%} and {high:.0%} of the words' weight shared, rarity {alignment.shared:.1f}"
    if _too_little(alignment):
        return Verdict.NONE, f"too little shared: {told}"
    needed = REWRITE - PER_RARITY * min(alignment.shared, RICH)
    masked = alignment.a.masked or alignment.b.masked
    if masked and score >= needed / 2 and _only_masked(alignment):
        return Verdict.SHARED_QUOTE, f"hardly more than quoted or listed words is shared: {told}"
    if alignment.order >= LIGHT_ORDER and score >= LIGHT:
        return Verdict.LIGHT_EDIT, f"nearly the same words in the same order: {told}"
    if (score >= needed or _held(alignment)) and _edited(alignment):
        return Verdict.LIGHT_EDIT, f"the same words but for what was cut or added: {told}"
    if score >= needed:
        because = f"retold: {told}; order kept {alignment.order:.0%}"
    elif _held(alignment):
        because = f"the shorter is held in the longer: {told}"
    elif _retold(alignment, _RETOLD) or _retold(alignment, _MUCH_RETOLD):
        because = f"told in other words: {told}, names and figures aside"
    else:
        return Verdict.NONE, f"too little shared: {told}"
    if _names_alone(alignment):
        return Verdict.NONE, f"hardly more than names and figures is shared: {told}"
    return Verdict.REWRITE, because


def _names_alone(alignment: Alignment) -> bool:
    """Whether the two have hardly more than names and figures in common."""
    return alignment.containments[0] < NAMES_ALONE and alignment.told[0] < LEAST_TOLD * alignment.told[1]


def _retold(alignment: Alignment, least: _Retold) -> bool:
    """Whether the two tell the same beside the names and figures that they share and the words that they quote."""
    if not _may_be_retold(alignment, least):
        return False
    shared, smaller = alignment.told
    return shared >= max(least.share * smaller, least.rarity)


def _may_be_retold(alignment: Alignment, least: _Retold) -> bool:
    """``_retold`` by a bound that costs little: names and quoted words are not yet set aside."""
    return alignment.containments[0] >= least.held and alignment.shared >= least.rarity


def _only_masked(alignment: Alignment) -> bool:
    shared, outside = alignment.unmasked
    return shared < max(TELLS * outside, FLOOR)


def _too_little(alignment: Alignment) -> bool:
    return alignment.shared < min(ENOUGH, 0.7 * max(alignment.a.rarity, alignment.b.rarity))


def _far(alignment: Alignment) -> bool:
    """Whether a match is out of reach whatever word pairs the two share: each stands in 2 * WINDOW pairs at most."""
    a, b = alignment.a, alignment.b
    low, high = alignment.containments
    if high >= HELD or any(_may_be_retold(alignment, least) for least in (_RETOLD, _MUCH_RETOLD)):
        return False
    singles = (low + min(1.0, 2 * alignment.mass / (a.mass + b.mass))) / 2
    length = min(len(a.keys), len(b.keys))
    if length > LONG / 4:
        together = min(1.0, 4 * WINDOW * alignment.shared / (a.paired + b.paired or 1.0))
        share = length / (length + LONG)
        singles = max(singles, (1 - share) * singles + share * together)
    return singles + NEAR < REWRITE - PER_RARITY * min(alignment.shared, RICH)


def _edited(alignment: Alignment) -> bool:
    if alignment.containments[1] < LIGHT_HELD:
        return False
    shorter = min(len(alignment.a.keys), len(alignment.b.keys))
    ordered = alignment.order >= LIGHT_ORDER and alignment.longest >= LIGHT_RUN * shorter
    return ordered or alignment.longest >= LIGHT_HELD * shorter


def _held(alignment: Alignment) -> bool:
    return (
        alignment.containments[1] >= HELD
        and min(len(alignment.a.keys), len(alignment.b.keys)) >= HELD_WORDS
        and alignment.order >= HELD_ORDER
        and alignment.shared >= HELD_RARITY
    )


def could_match(a: Profile, b: Profile, below: float = 0.0) -> bool:
    """Whether two profiles could be a copy, by a bound that costs little.

    The words in common bound what an alignment can pair; words spelt alike get an allowance. Only a match of
    short passages that share less than ENOUGH is lost (linking would not want it), and one that synonyms alone
    make. ``below`` asks for so much less.
    """
    rarity, mass = _in_common(a, b)
    if rarity < ENOUGH:
        return False
    needed = REWRITE - PER_RARITY * min(rarity + ALLOWED, RICH) - below
    return _likely(a, b, mass) >= needed or (rarity >= HELD_RARITY - ALLOWED and mass >= HELD * min(a.mass, b.mass))


def may_match(mine: Marks, sentences: NDArray[np.int64], theirs: Marks, below: float = 0.0) -> NDArray[np.bool_]:
    """``could_match`` for many sentences at once, by a bound that is looser still.

    ``sentences`` (places in ``mine``) answer to the sentences of ``theirs``, one to one.
    """
    ends, others = mine.ends.astype(np.int64), theirs.ends.astype(np.int64)
    own_lengths, lengths = np.diff(ends, prepend=0), np.diff(others, prepend=0)
    known = distinct(mine.words)
    column = np.zeros(1 << 16, np.int64)
    column[known] = np.arange(1, len(known) + 1)
    holds = np.zeros((len(ends), len(known) + 1), np.bool_)
    holds[np.repeat(np.arange(len(ends)), own_lengths), column[mine.words]] = True
    tenths = theirs.tenths.astype(np.int64)
    held = holds[np.repeat(sentences, lengths), column[theirs.words]]
    starts = others - lengths
    shared = np.add.reduceat(np.where(held, tenths, 0), starts)
    telling = np.add.reduceat((held & (tenths > 10 * TELLING)).astype(np.int64), starts)
    count = np.add.reduceat(held.astype(np.int64), starts)
    own_sums = np.add.reduceat(mine.tenths.astype(np.int64), ends - own_lengths)
    a = own_sums[sentences] / 10 + FLOOR * own_lengths[sentences]
    b = np.add.reduceat(tenths, starts) / 10 + FLOOR * lengths
    rarity = shared / 10 * RESPELT
    mass = (shared / 10 + FLOOR * count) * RESPELT
    needed = REWRITE - PER_RARITY * np.minimum(rarity + ALLOWED, RICH) - below
    alike = (mass / np.maximum(a, b) + 2 * mass / (a + b)) / 2 >= needed - NEAR
    within = (rarity >= HELD_RARITY - ALLOWED - NEAR) & (mass >= HELD * np.minimum(a, b) - NEAR)
    return np.asarray((telling >= FEWEST) & (rarity >= ENOUGH - NEAR) & (alike | within))


def could_be_kin(a: Profile, b: Profile) -> bool:
    """The same for ``match_kin``, which asks for less."""
    rarity, mass = _in_common(a, b)
    return rarity >= ENOUGH and (_likely(a, b, mass) >= KIN or mass >= HELD * min(a.mass, b.mass))


def _in_common(a: Profile, b: Profile) -> tuple[float, float]:
    """The rarity and mass of the words that both hold, with the allowance; nothing for fewer than FEWEST."""
    telling = a.telling & b.telling
    if len(telling) < FEWEST:
        return 0.0, 0.0
    mine, theirs = a.bag, b.bag
    tenths = words = 0
    for shared in (telling, a.glue & b.glue):
        for key in shared:
            least = mine[key] if mine[key] < theirs[key] else theirs[key]
            words += least
            tenths += least * tenths_of(key)
    return tenths / 10 * RESPELT, (tenths / 10 + FLOOR * words) * RESPELT


def _likely(a: Profile, b: Profile, mass: float) -> float:
    return (mass / max(a.mass, b.mass) + 2 * mass / (a.mass + b.mass)) / 2
