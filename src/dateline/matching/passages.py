"""Whether two passages tell the same in words taken over, how sure that is, and what was changed on the way."""

from functools import lru_cache

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.matching.alignment import Alignment
from dateline.matching.changes import PassageChange, find_changes
from dateline.matching.profile import FLOOR, Profile, profile_of
from dateline.matching.rarity import weight_of
from dateline.model.vocab import Verdict

# The thresholds below are set by hand on public paraphrase and rewriting gold (benchmarks/paraphrases.py,
# benchmarks/rewrites.py), never on a report that the project was built around.
LIGHT = 0.86
"""From this score on, with the order kept, a copy is a light edit."""
LIGHT_ORDER = 0.9
LIGHT_HELD = 0.85
"""From this share of the shorter passage on, left in its order and in runs at least LIGHT_RUN of it long, a copy
that only cut or added is a light edit too."""
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
TELLS = 0.3
"""The share of the smaller passage's rarity that must be shared outside quotations."""
LONG = 60.0
"""The number of words at which word pairs weigh as much in the score as single words do."""
NUMBERS_DIFFER = 0.04
FEWEST = 2
"""Distinct telling words that a copy shares at least: one word alone weighs less than ENOUGH."""
RESPELT = 1.15
"""What words that are spelt nearly alike may add to the words in common."""


class PassageMatch(Struct, frozen=True, kw_only=True):
    """What two passages are to each other.

    ``score`` is 0..1 and the same both ways; ``match`` is whether one was copied from the other, or both
    from one origin; a shared quotation alone is not copying.
    """

    score: float
    match: bool
    verdict: Verdict
    changes: tuple[PassageChange, ...] = ()
    because: str


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    return Knowledge()


def match_passages(a: str, b: str, knowledge: Knowledge | None = None) -> PassageMatch:
    """Compare two passages by their words, without a parse.

    Stems and numbers are weighted by how rare they are in English at large; the score joins what the longer
    passage holds of the shorter, what both share, and (the more, the longer they are) pairs of words that
    stand together. Words inside quotations are set aside: where hardly anything else is shared, the verdict
    is ``shared_quote``. Synonyms are not known. It never raises for any two strings.

    >>> found = match_passages("Guards escort villagers to the polls at Velm",
    ...                        "At Velm, guards force villagers to the polls.")
    >>> found.verdict.value, [(c.kind.value, c.a_text, c.b_text) for c in found.changes]
    ('rewrite', [('act', 'escort', 'force')])
    """
    return match_profiles(profile_of(a), profile_of(b), knowledge or _shipped())


def match_profiles(a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch:
    """``match_passages`` for profiles made before."""
    if a.keys == b.keys and plain(a) == plain(b):
        return PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same words")
    return _aligned(Alignment(a, b), knowledge)


def _aligned(alignment: Alignment, knowledge: Knowledge) -> PassageMatch:
    score = _score(alignment)
    verdict, because = _judge(alignment, score)
    match = verdict in (Verdict.LIGHT_EDIT, Verdict.REWRITE)
    changes = find_changes(alignment, knowledge) if match else ()
    return PassageMatch(score=score, match=match, verdict=verdict, changes=changes, because=because)


def match_kin(a: Profile, b: Profile, knowledge: Knowledge) -> PassageMatch:
    """``match_profiles`` for passages of two reports whose other passages are copies: less must be shared."""
    if a.keys == b.keys and plain(a) == plain(b):
        return match_profiles(a, b, knowledge)
    alignment = Alignment(a, b)
    found = _aligned(alignment, knowledge)
    ordered = alignment.order >= HELD_ORDER and alignment.shared >= ENOUGH
    if found.verdict is not Verdict.NONE or found.score < KIN or not ordered:
        return found
    because = f"retold between other copies: rarity {alignment.shared:.1f} shared, order kept {alignment.order:.0%}"
    changes = find_changes(alignment, knowledge)
    return PassageMatch(score=found.score, match=True, verdict=Verdict.REWRITE, changes=changes, because=because)


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
    total = sum(sorted(mine.values())) + sum(sorted(theirs.values()))
    shared = sum(sorted(weight for pair, weight in mine.items() if pair in theirs))
    return 2 * shared / total if total else 0.0


def _numbers_differ(alignment: Alignment) -> bool:
    mine, theirs = alignment.alone
    a, b = alignment.a, alignment.b
    return any(a.keys[i][0].isdigit() for i in mine) and any(b.keys[j][0].isdigit() for j in theirs)


def _judge(alignment: Alignment, score: float) -> tuple[Verdict, str]:
    low, high = alignment.containments
    shared, outside = alignment.unmasked
    told = f"{low:.0%} and {high:.0%} of the words' weight shared, rarity {alignment.shared:.1f}"
    if alignment.shared < min(ENOUGH, 0.7 * max(alignment.a.rarity, alignment.b.rarity)):
        return Verdict.NONE, f"too little shared: {told}"
    needed = REWRITE - PER_RARITY * min(alignment.shared, RICH)
    masked = alignment.a.masked or alignment.b.masked
    if masked and score >= needed / 2 and shared < max(TELLS * outside, FLOOR):
        return Verdict.SHARED_QUOTE, f"hardly more than quoted or listed words is shared: {told}"
    if alignment.order >= LIGHT_ORDER and score >= LIGHT:
        return Verdict.LIGHT_EDIT, f"nearly the same words in the same order: {told}"
    if (score >= needed or _held(alignment)) and _edited(alignment):
        return Verdict.LIGHT_EDIT, f"the same words but for what was cut or added: {told}"
    if score >= needed:
        return Verdict.REWRITE, f"retold: {told}; order kept {alignment.order:.0%}"
    if _held(alignment):
        return Verdict.REWRITE, f"the shorter is held in the longer: {told}"
    return Verdict.NONE, f"too little shared: {told}"


def _edited(alignment: Alignment) -> bool:
    run = LIGHT_RUN * min(len(alignment.a.keys), len(alignment.b.keys))
    ordered = alignment.containments[1] >= LIGHT_HELD and alignment.order >= LIGHT_ORDER
    return ordered and alignment.longest >= run


def _held(alignment: Alignment) -> bool:
    return (
        alignment.containments[1] >= HELD
        and min(len(alignment.a.keys), len(alignment.b.keys)) >= HELD_WORDS
        and alignment.order >= HELD_ORDER
        and alignment.shared >= 2 * ENOUGH
    )


def could_match(a: Profile, b: Profile) -> bool:
    """Whether two profiles could be a copy, by a bound that costs little.

    The words in common bound what an alignment can pair; words spelt alike get an allowance. Only a match of
    short passages that share less than ENOUGH is lost: linking would not want it.
    """
    return _could(a, b, REWRITE - PER_RARITY * RICH)


def could_be_kin(a: Profile, b: Profile) -> bool:
    """The same for ``match_kin``, which asks for less."""
    return _could(a, b, KIN)


def _could(a: Profile, b: Profile, least_score: float) -> bool:
    if len(a.telling & b.telling) < FEWEST:
        return False
    small, large = (a, b) if len(a.bag) <= len(b.bag) else (b, a)
    held, rarity, words = large.bag, 0.0, 0
    for key, count in small.bag.items():
        other = held.get(key)
        if other:
            least = min(count, other)
            words += least
            rarity += least * weight_of(key)
    mass = (rarity + FLOOR * words) * RESPELT
    if rarity * RESPELT < ENOUGH:
        return False
    best = (mass / max(a.mass, b.mass) + 2 * mass / (a.mass + b.mass)) / 2
    return best >= least_score or mass >= HELD * min(a.mass, b.mass)
