"""Whether two names are of one: people, organisations, vessels.

The words of both names are folded, stripped of what says little (titles, particles, legal forms), and paired
off by spelling. What counts against a match is a word on each side that fits none on the other; a word on
one side only (a middle name, a patronymic) counts little. Nothing here knows who anybody is.
"""

import re
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from dateline.knowledge.folding import fold, latin
from dateline.knowledge.load import DATA, read_yaml

THRESHOLD = 0.73
"""From here on two names match. Tuned on one half of name_bench; see benchmarks/names.py."""

WHOLE = 2.6
"""How much a letter that differs costs when two names are compared whole, letter by letter."""
LEAST_WEIGHT = 0.35
"""What the word that tells least, an initial, weighs."""

PERSON = "person"
_ORGANISATIONS = frozenset({"organisation", "organization", "company", "org", "government", "institution", "group"})


class NameMatch(Struct, frozen=True):
    """How alike two names are (0..1), whether that is taken for a match, and why."""

    score: float
    match: bool
    because: str


class _Parts(Struct, frozen=True, forbid_unknown_fields=True):
    titles: frozenset[str]
    particles: frozenset[str]
    legal_forms: frozenset[str]
    words: dict[str, str]
    numbers: tuple[str, ...]
    tens: dict[str, int]
    short_forms: tuple[tuple[str, ...], ...]


class _Name(Struct, frozen=True, order=True):
    """A name made ready: its words, and all of them run together."""

    words: tuple[str, ...]
    joined: str


def match_names(a: str, b: str, kind: str | None = None) -> NameMatch:
    """Compare two names, in whatever order, script or spelling each is written.

    ``kind`` is "person", "organisation", "company" or "vessel" (any case), or None when unknown. The result
    does not depend on the order of the two. A name without letters or figures matches nothing but itself.

    >>> match_names("Volodymyr Zelenskyy", "ZELENSKY, Vladimir", "person").match
    True
    >>> match_names("Mara Venn", "Mara Lindqvist", "person").match
    False
    """
    if a == b:
        return NameMatch(1.0, True, "the names are the same")
    person = (kind or "").lower() not in _ORGANISATIONS
    left, right = sorted((_ready(a, person), _ready(b, person)))
    if not left.joined or not right.joined:
        return NameMatch(0.0, False, "a name without a letter that can be compared")
    if left.joined == right.joined or sorted(left.words) == sorted(right.words):
        return NameMatch(1.0, True, "the same words but for case, script, order, titles or legal form")
    score, because = _compare(left, right, person)
    return NameMatch(round(score, 4), score >= THRESHOLD, because)


def is_title(word: str) -> bool:
    """Whether a word before a name is a title ("General") rather than a part of it."""
    return fold(word) in _parts().titles


def could_reach(a: str, b: str, kind: str | None, least: float) -> bool:
    """Whether ``match_names`` could give ``least`` or more, by bounds that cost little: it never denies what does."""
    person = (kind or "").lower() not in _ORGANISATIONS
    left, right = _ready(a, person), _ready(b, person)
    if len(left.words) > len(right.words):
        left, right = right, left
    if not left.joined or not right.joined:
        return False
    missing = 0
    for word in left.words:
        if not any(_alike(*_in_order(word, other), person) for other in right.words):
            missing += 1
            # Each word that fits none leaves one on the other side too, and both count twice at LEAST_WEIGHT or more.
            if (1 - least) * (len(left.words) - missing) < least * 2 * LEAST_WEIGHT * missing:
                return _whole_could(left, right, 1 - (1 - least) / WHOLE)
    return True


def _whole_could(left: _Name, right: _Name, least: float) -> bool:
    """Whether the letters of two names, run together as they stand or sorted by word, agree so far."""
    a, b = left.joined, right.joined
    if abs(len(a) - len(b)) > (1 - least) * max(len(a), len(b)) + 1e-9:
        return False
    alike = DamerauLevenshtein.normalized_similarity
    return max(alike(a, b), alike("".join(sorted(left.words)), "".join(sorted(right.words)))) >= least - 1e-9


def _in_order(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    return read_yaml(DATA / "names" / "parts.yaml", _Parts)


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, frozenset[int]]:
    """Each given name with the numbers of the groups of forms that it stands in."""
    groups: dict[str, set[int]] = {}
    for number, names in enumerate(_parts().short_forms):
        for name in names:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.[ -]?){2,}")


@lru_cache(maxsize=32768)
def _ready(name: str, person: bool) -> _Name:
    parts = _parts()
    spaced = _INITIALS.sub(
        lambda m: re.sub(r"[. -]", "", m[0]) + " ", _CAMEL.sub(" ", latin(name)).replace("&", " and ")
    )
    words = [word for word in fold(spaced).split() if word]
    if person:
        little = parts.titles | parts.particles
        # "Nicolás Maduro SA": a legal form at a person's end is a clerk's slip.
        kept = [w for w in words if w not in little] or words
        while len(kept) > 2 and kept[-1] in parts.legal_forms:
            kept.pop()
    else:
        spelt = " ".join(parts.words.get(word, word) for word in words).split()
        kept = _counted([w for w in spelt if w not in parts.legal_forms] or spelt, parts)
    return _Name(tuple(kept), "".join(kept))


def _counted(words: list[str], parts: _Parts) -> list[str]:
    """Spelt numbers as figures, so that "Forty-Four" is 44."""
    out: list[str] = []
    for word in words:
        if word in parts.tens:
            out.append(str(parts.tens[word]))
        elif word in parts.numbers or (word.isdigit() and len(word) == 1):
            figure = word if word.isdigit() else str(parts.numbers.index(word))
            if out and out[-1] in {str(t) for t in parts.tens.values()}:
                out[-1] = str(int(out[-1]) + int(figure))
            else:
                out.append(figure)
        else:
            out.append(word)
    return out


def _compare(left: _Name, right: _Name, person: bool) -> tuple[float, str]:
    pairs = _pair(left.words, right.words, person)
    agree = sum(score * weight for score, weight, _, _ in pairs)
    weight = sum(weight for _, weight, _, _ in pairs)
    used_left, used_right = {i for _, _, i, _ in pairs}, {j for _, _, _, j in pairs}
    alone_left = [w for i, w in enumerate(left.words) if i not in used_left]
    alone_right = [w for j, w in enumerate(right.words) if j not in used_right]
    lone_left, lone_right = sum(map(_weight, alone_left)), sum(map(_weight, alone_right))
    against, extra = min(lone_left, lone_right), abs(lone_left - lone_right)
    single = min(len(left.words), len(right.words)) == 1 and max(len(left.words), len(right.words)) > 1
    paired = agree / (weight + 2 * against + (0.9 if single and person else 0.18) * extra) if pairs else 0.0
    # Words run together, broken apart or scrambled: the whole, letter by letter.
    whole = DamerauLevenshtein.normalized_similarity(left.joined, right.joined)
    sorted_whole = DamerauLevenshtein.normalized_similarity("".join(sorted(left.words)), "".join(sorted(right.words)))
    best_whole = max(whole, sorted_whole) if not (alone_left and alone_right and against > 1.6) else 0.0
    together = max(0.0, 1.0 - WHOLE * (1.0 - best_whole))
    if together > paired:
        return min(together, 0.99), f"{best_whole:.0%} of the letters agree, the words run together"
    if alone_left and alone_right:
        return min(paired, 0.99), f"{' '.join(alone_left)!r} and {' '.join(alone_right)!r} do not fit"
    if alone_left or alone_right:
        return min(paired, 0.99), f"all words of one fit; {' '.join(alone_left or alone_right)!r} stands in one only"
    return min(paired, 0.99), "all words fit, some spelt otherwise"


def _weight(word: str) -> float:
    """A longer word tells more; an initial tells little."""
    return LEAST_WEIGHT if len(word) == 1 else min(1.0, 0.5 + 0.1 * len(word))


def _pair(left: tuple[str, ...], right: tuple[str, ...], person: bool) -> list[tuple[float, float, int, int]]:
    """Pairs of fitting words (score, weight, left, right), best first, each word at most once."""
    options = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            score = _alike(a, b, person)
            if score > 0.0:
                options.append((score, (_weight(a) + _weight(b)) / 2, i, j))
    options.sort(key=lambda o: (-o[0], abs(o[2] - o[3]), o[2], o[3]))
    taken: list[tuple[float, float, int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for option in options:
        if option[2] not in used_left and option[3] not in used_right:
            taken.append(option)
            used_left.add(option[2])
            used_right.add(option[3])
    return taken


@lru_cache(maxsize=65536)
def _alike(a: str, b: str, person: bool) -> float:
    """How alike two words are; 0 when they are different words."""
    if a == b:
        return 1.0
    if person and (len(a) == 1 or len(b) == 1):
        return 0.85 if a[0] == b[0] else 0.0
    if a.isdigit() or b.isdigit():
        return 0.0
    if person:
        forms = _short_forms()
        if forms.get(a, frozenset()) & forms.get(b, frozenset()):
            return 0.93
    if _key(a) == _key(b) and a[0] == b[0]:
        return 0.92
    longest = max(len(a), len(b))
    edits = DamerauLevenshtein.distance(a, b, score_cutoff=3)
    allowed = 1 if longest <= 5 else 2 if longest <= 9 else 3
    if edits > allowed or (longest <= 3 and edits) or min(len(a), len(b)) < 3:
        return 0.0
    if person and longest <= 4:
        return 0.7 if a[0] == b[0] else 0.0
    return max(0.0, JaroWinkler.similarity(a, b) - (0.06 * edits if a[0] == b[0] else 0.12 * edits))


_SOUNDS = (
    (re.compile(r"(ph)"), "f"),
    (re.compile(r"(sch|sh|tsch|tch|ch|cz|zh)"), "s"),
    (re.compile(r"(kh|ck|q|c)"), "k"),
    (re.compile(r"(gh)"), "g"),
    (re.compile(r"(ts|tz|z|x)"), "s"),
    (re.compile(r"(dj|dzh)"), "j"),
    (re.compile(r"(w|v)"), "v"),
    (re.compile(r"(?<=[^aeiou])h"), ""),
    (re.compile(r"[iyj]+"), "i"),
    (re.compile(r"[ou]+"), "u"),
    (re.compile(r"[ea]+"), "a"),
    (re.compile(r"i+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """A rough key of the sound: spellings of one name in several transliterations share it."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
