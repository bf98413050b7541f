"""What differs in substance between two passages that tell the same.

Three tests over an alignment: oppositions that the lexicon names ("appointed" / "elected"), figures that stand
in the same place with other values, and names that stand in the same place and are not one name spelt twice.
Spelling, order, synonyms and grammar are not changes. What one passage merely leaves out is not either, unless
the lexicon says that its absence changes the sense ("former", "appeared to", "not", "according to").
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Self

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import partial_ratio

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue, Test
from dateline.matching.alignment import Alignment
from dateline.matching.counterparts import counterparts
from dateline.matching.names import is_title, match_names
from dateline.matching.profile import TELLING, Profile
from dateline.matching.stems import WORD, key_of
from dateline.model.span import Span
from dateline.model.vocab import ChangeKind

NEAR = 3
"""How many words away a shared word may stand that shows that two names or figures hold the same place."""
SAME_NAME = 75.0
"""From this likeness (0..100) on, two names in the same place are one name spelt twice."""
SAID = 4
"""How many words after a mark stands at most what it denies or hedges: "appears to be the cause"."""
REPLACED = 6
"""How many words before its host may stand in the place of a mark that is missing."""
MOSTLY = 0.5
"""The share of the longer sentence that both share where a name may have moved and changed at once."""
INSTEAD = "instead"
BESIDE = 0.15
"""The least rarity of a word that shows what a mark goes with, right beside it."""
GIVEN = 1.4
"""The least rarity of a given name; commoner words before a surname may be titles."""
_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "across",
        "off",
        "toward",
        "towards",
        "into",
        "of",
        "between",
        "through",
        "inside",
        "beyond",
        "leaving",
        "left",
        "entered",
        "reached",
        "along",
        "via",
    ]
)
_ONE = frozenset(["a", "an", "1", "the", "this", "that", "each", "everi"])
_BEFORE_NOUNS = frozenset(
    ["of", "for", "in", "at", "on", "by", "with", "from", "some", "many", "several", "these", "those", "between",
     "against", "behind", "near", "all", "both", "two", "three", "few"]
)  # fmt: skip
_AUXILIARIES = frozenset(["be", "have", "may", "might", "could", "can", "would", "do"])
_PASSIVE = frozenset(["be", "not"])
_CAPITAL = frozenset({ChangeKind.ROLE, ChangeKind.TIME, ChangeKind.PLACE})
_RANKS = {ChangeKind.POLARITY: 1, ChangeKind.ATTRIBUTION: 2}
_WHERE = re.compile(r",? where\b")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MULTIPLIERS = {
    "hundr": 1e2,
    "100": 1e2,
    "thousand": 1e3,
    "1000": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}


class PassageChange(Struct, frozen=True, kw_only=True):
    """One change in substance: where it stands in ``a`` and ``b`` (offsets of each text) and why it counts.

    An empty span marks where the passage lacks what the other has.
    """

    kind: ChangeKind
    a: Span
    b: Span
    a_text: str
    b_text: str
    because: str


class _Cue(Struct, frozen=True):
    """A cue found in a passage: entry index, value, half-open word range."""

    entry: int
    value: str
    start: int
    end: int


class _Phrase(Struct, frozen=True, order=True):
    """A cue's keys with its entry and value. ``forms`` are its words as written, where no other form will do."""

    keys: tuple[str, ...]
    entry: int
    value: str
    forms: tuple[str, ...]


class _OfLength(Struct, frozen=True):
    """Phrases of so many words, by their keys."""

    words: int
    phrases: dict[tuple[str, ...], tuple[_Phrase, ...]]

    @classmethod
    def of(cls, words: int, phrases: Iterable[_Phrase]) -> Self:
        """Those of some phrases that have so many words."""
        of_length = [phrase for phrase in phrases if len(phrase.keys) == words]
        keys = {phrase.keys for phrase in of_length}
        return cls(words, {one: tuple(sorted(p for p in of_length if p.keys == one)) for one in keys})


class _Cues(Struct, frozen=True):
    """The compiled lexicon: phrases by their first key, then, longest first, by all; and the words that are titles,
    days, compass points: what is written with a capital and no name. ``offices`` are those of roles alone."""

    entries: tuple[ChangeCue, ...]
    phrases: dict[str, tuple["_OfLength", ...]]
    titles: frozenset[str]
    offices: frozenset[str]

    def entitles(self, word: str) -> bool:
        """Whether a word is a title or the like, in the singular or the plural."""
        return not self.titles.isdisjoint((word.lower(), word.lower().removesuffix("s")))


@lru_cache(maxsize=4)
def _compile(knowledge: Knowledge) -> _Cues:
    entries = knowledge.lexicon(ChangeCue)
    phrases: dict[str, list[_Phrase]] = {}
    for index, entry in enumerate(entries):
        for value, words in (*entry.values.items(), (INSTEAD, entry.instead)):
            for words_of in sorted({tuple(WORD.findall(phrase)) for phrase in words}):
                keys = tuple(key_of(word) for word in words_of)
                phrase = _Phrase(keys, index, value, words_of if entry.test is Test.PRESENCE else ())
                if phrase not in phrases.setdefault(keys[0], []):
                    phrases[keys[0]].append(phrase)
    titles = _first_words(entry for entry in entries if entry.kind in _CAPITAL)
    offices = titles - _first_words(entry for entry in entries if entry.kind in _CAPITAL - {ChangeKind.ROLE})
    by_length = {
        key: tuple(_OfLength.of(words, some) for words in sorted({len(p.keys) for p in some}, reverse=True))
        for key, some in phrases.items()
    }
    return _Cues(entries, by_length, titles, offices)


def _first_words(entries: Iterable[ChangeCue]) -> frozenset[str]:
    phrases = (phrase for entry in entries for words in (*entry.values.values(), entry.instead) for phrase in words)
    return frozenset(WORD.findall(phrase)[0].lower() for phrase in phrases)


def find_changes(
    alignment: Alignment, knowledge: Knowledge, stretches: Iterable[tuple[Span, Span]] | None = None
) -> tuple[PassageChange, ...]:
    """The changes in substance between the aligned passages, in order of the first.

    Sentences are compared with those that tell the same; what a sentence without such a one tells is no change.
    ``stretches`` are the ``counterparts``, where they are known.
    """
    compiled = _compile(knowledge)
    found: list[PassageChange] = []
    for a, b in counterparts(alignment) if stretches is None else stretches:
        if a.of(alignment.a.text) == b.of(alignment.b.text):
            continue
        whole = len(a) == len(alignment.a.text) and len(b) == len(alignment.b.text)
        part = alignment if whole else Alignment(alignment.a.part(a), alignment.b.part(b))
        found += [replace(c, a=c.a.shift(a.start), b=c.b.shift(b.start)) for c in _changes_within(part, compiled)]
    return tuple(sorted(found, key=lambda c: (c.a, c.b, c.kind)))


def _changes_within(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    found = [
        *_cue_changes(alignment, compiled),
        *_figure_changes(alignment),
        *_count_changes(alignment),
        *_name_changes(alignment, compiled),
        *_given_changes(alignment, compiled),
    ]
    yield from _told_once(found)


def _told_once(found: list[PassageChange]) -> Iterator[PassageChange]:
    """Each change by one name: those of attribution or polarity give way to others ("urged" / "ordered")."""
    for at, change in enumerate(found):
        rank = _RANKS.get(change.kind, 0)
        over = [c for c in found if _RANKS.get(c.kind, 0) < rank]
        same = [c for c in found[:at] if c.kind is change.kind and c.a.overlaps(change.a) and c.b.overlaps(change.b)]
        if not same and not any(c.a.overlaps(change.a) or c.b.overlaps(change.b) for c in over):
            yield change


def _find(profile: Profile, compiled: _Cues) -> list[_Cue]:
    found: list[_Cue] = []
    keys = profile.keys
    for i, key in enumerate(keys):
        covered: set[int] = set()
        for some in compiled.phrases.get(key, ()):
            end = i + some.words
            for phrase in some.phrases.get(keys[i:end], ()):
                written = (profile.word(at) for at in range(i, end))
                if phrase.entry not in covered and (not phrase.forms or all(map(_written, phrase.forms, written))):
                    covered.add(phrase.entry)
                    found.append(_Cue(phrase.entry, phrase.value, i, end))
    return found


def _written(form: str, word: str) -> bool:
    """Whether a word is written as a form: in capitals where that is, contracted where that is "not"."""
    return word == form if form[0].isupper() else word.lower() == form or (form == "not" and key_of(word) == form)


def _cue_changes(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    mine, theirs = _find(alignment.a, compiled), _find(alignment.b, compiled)
    for entry in sorted({cue.entry for cue in mine} | {cue.entry for cue in theirs}):
        here = [cue for cue in mine if cue.entry == entry]
        there = [cue for cue in theirs if cue.entry == entry]
        rule = compiled.entries[entry]
        if rule.test is Test.CONTRAST:
            yield from _contrasts(alignment, rule, here, there)
        elif bool(here) != bool(there):
            yield from _presence(
                alignment, rule, [c for c in here if c.value != INSTEAD], [c for c in there if c.value != INSTEAD]
            )


def _contrasts(alignment: Alignment, rule: ChangeCue, here: list[_Cue], there: list[_Cue]) -> Iterator[PassageChange]:
    # Words spelt nearly alike may be opposites: "spokesman" and "spokeswoman".
    same_a, same_b = alignment.same
    left = [cue for cue in here if not same_a.issuperset(range(cue.start, cue.end))]
    right = [cue for cue in there if not same_b.issuperset(range(cue.start, cue.end))]
    # A cue said with a synonym on the other side has not changed: those go first.
    for cue in tuple(left):
        same = next((other for other in right if other.value == cue.value), None)
        if same is not None:
            left.remove(cue)
            right.remove(same)
    # Where each has but one in sentences that tell mostly the same, they may stand anywhere.
    only = len(left) == len(right) == 1 and rule.kind is ChangeKind.ACT and alignment.containments[0] >= MOSTLY
    for cue in left:
        other = next((other for other in right if only or _same_place(alignment, cue, other, rule.reach)), None)
        if other is not None:
            right.remove(other)
            because = f"{rule.id}: {cue.value} against {other.value}"
            yield _change(alignment, rule.kind, (cue.start, cue.end), (other.start, other.end), because)


def _presence(alignment: Alignment, rule: ChangeCue, here: list[_Cue], there: list[_Cue]) -> Iterator[PassageChange]:
    cues = here or there
    mirrored = not here
    with_mark, without = (alignment.b, alignment.a) if mirrored else (alignment.a, alignment.b)
    if rule.kind is ChangeKind.ATTRIBUTION and any(mark in without.text for mark in '“”"‘'):
        return
    partner = {j: i for i, j in alignment.pairs} if mirrored else dict(alignment.pairs)
    for cue in cues:
        if rule.kind is ChangeKind.ATTRIBUTION and cue.start and with_mark.keys[cue.start - 1] in _PASSIVE:
            continue
        anchor, said = _anchor(with_mark, cue, partner, rule), _said(with_mark, cue)
        swapped = None if said is None or said in partner else said
        instead = None
        if anchor is not None and swapped is not None and rule.kind is not ChangeKind.ATTRIBUTION:
            instead = _swapped_for(without, partner[anchor], set(partner.values()), ahead=anchor < cue.start)
        if anchor is None or (anchor < cue.start and rule.kind is not ChangeKind.ATTRIBUTION and instead is None):
            continue
        host = partner[anchor]
        if instead is not None and swapped is not None:
            marked, bare = (cue.start, swapped + 1), instead
        else:
            near = 0 <= anchor - cue.end < 3
            marked = (min(cue.start, anchor), max(cue.end, anchor + 1)) if near else (cue.start, cue.end)
            bare = (_instead(without, host, set(partner.values())), host + 1)
        if rule.kind is ChangeKind.ATTRIBUTION:
            bare = (host, host)
        words = _span(with_mark, cue.start, cue.end).of(with_mark.text)
        because = f"{rule.id}: {words!r} stands on one side only"
        yield _change(alignment, rule.kind, *((bare, marked) if mirrored else (marked, bare)), because)
        return


def _anchor(profile: Profile, cue: _Cue, partner: dict[int, int], rule: ChangeCue) -> int | None:
    """The shared word nearest after a mark, else, where the mark may end its clause, before it."""
    after = range(cue.end, min(cue.end + rule.reach, len(profile.keys)))
    before = range(cue.start - 1, max(-1, cue.start - rule.reach), -1)
    for i in after:
        if i in partner and profile.weights[i] > (BESIDE if i == cue.end else TELLING):
            return i
    following = [key for key in profile.keys[cue.end : cue.end + 2] if key != "to"]
    beside = {*following[:1], profile.keys[cue.end - 1]}
    verbal = bool(beside & _AUXILIARIES) or rule.kind is ChangeKind.POLARITY
    if not (verbal or rule.kind is ChangeKind.ATTRIBUTION):
        return None
    return next((i for i in before if i in partner and profile.weights[i] > TELLING), None)


def _said(profile: Profile, cue: _Cue) -> int | None:
    """The telling word right after a mark: what it denies or hedges."""
    return next(
        (i for i in range(cue.end, min(cue.end + SAID, len(profile.keys))) if profile.weights[i] > TELLING), None
    )


def _swapped_for(profile: Profile, host: int, paired: set[int], *, ahead: bool) -> tuple[int, int] | None:
    """The word near a host that answers to none, with the auxiliary before it: what stands for a marked word."""
    reach = range(host + 1 if ahead else max(0, host - REPLACED), min(host + REPLACED, len(profile.keys)))
    free = [i for i in reach if i not in paired and profile.weights[i] > TELLING and not profile.named[i]]
    if not free:
        return None
    at = min(free, key=lambda i: (abs(i - host), i))
    first = next((i for i in range(at - 1, max(-1, at - NEAR), -1) if profile.keys[i] in _AUXILIARIES), at)
    return first, at + 1


def _instead(profile: Profile, host: int, paired: set[int]) -> int:
    """Where what stands in a mark's place begins: the words before the host that answer to none."""
    first = at = host
    while at and host - at < REPLACED and (at - 1 not in paired or profile.weights[at - 1] <= TELLING):
        at -= 1
        if at not in paired or profile.keys[at] == "be":
            first = at
    return first


def _same_place(alignment: Alignment, mine: _Cue, theirs: _Cue, reach: int) -> bool:
    return any(
        alignment.a.weights[i] > TELLING
        and _distance(i, mine.start, mine.end) <= reach
        and _distance(j, theirs.start, theirs.end) <= reach
        for i, j in alignment.pairs
    )


def _distance(i: int, start: int, end: int) -> int:
    return start - i if i < start else max(0, i - end + 1)


def _change(
    alignment: Alignment, kind: ChangeKind, mine: tuple[int, int], theirs: tuple[int, int], because: str
) -> PassageChange:
    a, b = _span(alignment.a, *mine), _span(alignment.b, *theirs)
    return PassageChange(
        kind=kind, a=a, b=b, a_text=a.of(alignment.a.text), b_text=b.of(alignment.b.text), because=because
    )


def _span(profile: Profile, start: int, end: int) -> Span:
    return Span(profile.starts[start], profile.ends[end - 1] if end > start else profile.starts[start])


def _figure_changes(alignment: Alignment) -> Iterator[PassageChange]:
    alone_a, alone_b = alignment.alone
    mine = [i for i in alone_a if alignment.a.keys[i][0].isdigit()]
    theirs = [j for j in alone_b if alignment.b.keys[j][0].isdigit()]
    used: set[int] = set()
    for i in mine:
        for j in theirs:
            years = tuple(bool(_YEAR.fullmatch(p.keys[n])) for p, n in ((alignment.a, i), (alignment.b, j)))
            if j in used or years[0] != years[1] or _value(alignment.a, i) == _value(alignment.b, j):
                continue
            # Where each passage has but one figure of its own, they may stand further from what they share.
            reach = NEAR if len(mine) + len(theirs) > 2 else 2 * NEAR
            if _same_place(alignment, _Cue(0, "", i, i + 1), _Cue(0, "", j, j + 1), reach):
                used.add(j)
                kind = ChangeKind.TIME if years[0] else ChangeKind.NUMBER
                because = f"{alignment.a.word(i)} against {alignment.b.word(j)} in the same place"
                yield _change(alignment, kind, (i, i + 1), (j, j + 1), because)
                break


def _count_changes(alignment: Alignment) -> Iterator[PassageChange]:
    """One thing on one side, several of the kind on the other: "a barrier", "barriers"."""
    a, b = alignment.a, alignment.b
    for i, j in alignment.equal:
        if a.word(i) == b.word(j) or a.named[i] or b.named[j]:
            continue
        single, several = (_single(a, i), _several(b, j)), (_several(a, i), _single(b, j))
        if all(single) or all(several):
            because = f"{a.word(i)} against {b.word(j)}: one and several"
            yield _change(alignment, ChangeKind.NUMBER, (i, i + 1), (j, j + 1), because)


def _single(profile: Profile, i: int) -> bool:
    return i > 0 and profile.keys[i - 1] in _ONE and not profile.word(i).lower().endswith("s")


def _several(profile: Profile, i: int) -> bool:
    return i > 0 and profile.word(i - 1).lower() in _BEFORE_NOUNS and profile.word(i).lower().endswith("s")


def _value(profile: Profile, i: int) -> float | str:
    try:
        value = float(profile.keys[i])
    except ValueError:
        return profile.keys[i]
    if i + 1 < len(profile.keys):
        value *= _MULTIPLIERS.get(profile.keys[i + 1], 1.0)
    return value


def _name_changes(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    mine = _name_runs(alignment.a, alignment.alone[0], compiled)
    theirs = _name_runs(alignment.b, alignment.alone[1], compiled)
    used: set[tuple[int, int]] = set()
    # Where each has but one name of its own, it may stand anywhere in the sentence.
    only = len(mine) == len(theirs) == 1 and alignment.containments[0] >= MOSTLY
    for run in mine:
        for other in theirs:
            if other in used or not _rivals(alignment, run, other, only):
                continue
            used.add(other)
            kind = ChangeKind.PLACE if _placed(alignment.a, run) and _placed(alignment.b, other) else ChangeKind.NAME
            change = _change(alignment, kind, run, other, "")
            yield PassageChange(
                kind=kind, a=change.a, b=change.b, a_text=change.a_text, b_text=change.b_text,
                because=f"{change.a_text} against {change.b_text} in the same place",
            )  # fmt: skip
            break


def _given_changes(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    """Given names that changed before the same surname, and are not one name in two spellings; titles are left."""
    a, b = alignment.a, alignment.b
    alone = set(alignment.alone[0]), set(alignment.alone[1])
    for i, j in alignment.pairs:
        if not (a.named[i] and b.named[j]) or i - 1 not in alone[0] or j - 1 not in alone[1]:
            continue
        mine, theirs = a.word(i - 1), b.word(j - 1)
        titles = any(compiled.entitles(p.word(n - 1)) or is_title(p.word(n - 1)) for p, n in ((a, i), (b, j)))
        beside = _touch(a, i) and _touch(b, j) and mine[0].isupper() and theirs[0].isupper() and not titles
        rare = min(a.weights[i - 1], b.weights[j - 1]) >= GIVEN
        full = f"{mine} {a.word(i)}", f"{theirs} {a.word(i)}"
        if beside and rare and min(len(mine), len(theirs)) > 2 and not match_names(*full, "person").match:
            because = f"{mine} against {theirs} before one surname"
            yield _change(alignment, ChangeKind.NAME, (i - 1, i + 1), (j - 1, j + 1), because)


def _touch(profile: Profile, i: int) -> bool:
    return profile.text[profile.ends[i - 1] : profile.starts[i]].isspace()


def _name_runs(profile: Profile, alone: tuple[int, ...], compiled: _Cues) -> list[tuple[int, int]]:
    """Runs of unmatched name words whose key stands nowhere as a plain word or cue."""
    runs: list[tuple[int, int]] = []
    for i in alone:
        if not profile.named[i] or profile.weights[i] <= TELLING:
            continue
        plain = not compiled.entitles(profile.word(i))
        # A body may be called by a word that is an office elsewhere: "Civil Guard".
        if runs and runs[-1][1] == i and _touch(profile, i) and (plain or profile.word(i).lower() in compiled.offices):
            runs[-1] = (runs[-1][0], i + 1)
        elif plain:
            runs.append((i, i + 1))
    return runs


def _rivals(alignment: Alignment, run: tuple[int, int], other: tuple[int, int], only: bool) -> bool:
    """Whether two runs hold the same place and cannot be one name: no shared neighbour, no likeness."""
    a, b = alignment.a, alignment.b
    mine, theirs = _span(a, *run).of(a.text), _span(b, *other).of(b.text)
    initials = (
        "".join(word[0] for word in WORD.findall(theirs)).lower(),
        "".join(w[0] for w in WORD.findall(mine)).lower(),
    )
    if partial_ratio(mine.lower(), theirs.lower()) >= SAME_NAME:
        return False
    if mine.lower().replace(".", "") == initials[0] or theirs.lower().replace(".", "") == initials[1]:
        return False
    pairs = dict(alignment.pairs)
    if _before_one_surname(alignment, run, other, pairs):
        return False
    if only and (run[1] - run[0] > 1) == (other[1] - other[0] > 1):
        return True
    # The very next words must answer to each other on one side, or words near by on both.
    beside = any(
        pairs.get(i) == j and a.weights[i] > TELLING
        for i, j in ((run[0] - 1, other[0] - 1), (run[1], other[1]))
        if i >= 0
    )
    before = any(pairs.get(i, -9) in range(other[0] - NEAR, other[0]) for i in range(max(0, run[0] - NEAR), run[0]))
    after = any(pairs.get(i, -9) in range(other[1], other[1] + NEAR) for i in range(run[1], run[1] + NEAR))
    if beside or (before and after):
        return True
    # Where something happened is told at either end of a sentence: what it stands after is then enough.
    told = any(a.weights[i] > TELLING and pairs.get(i, -9) in range(other[0] - NEAR, other[0])
               for i in range(max(0, run[0] - NEAR), run[0]))  # fmt: skip
    return told and _located(a, run) and _located(b, other)


def _before_one_surname(
    alignment: Alignment, run: tuple[int, int], other: tuple[int, int], pairs: dict[int, int]
) -> bool:
    """Whether both runs are a given name before the same surname: ``_given_changes`` looks at those."""
    a, b = alignment.a, alignment.b
    single = run[1] - run[0] == other[1] - other[0] == 1
    # What follows in a body's name ("Water Board") is a common word.
    single = single and run[1] < len(a.keys) and a.weights[run[1]] >= GIVEN
    follows = single and run[1] < len(a.keys) and pairs.get(run[1]) == other[1]
    return follows and a.named[run[1]] and b.named[other[1]] and _touch(a, run[1]) and _touch(b, other[1])


def _placed(profile: Profile, run: tuple[int, int]) -> bool:
    """Whether a run stands as places do; several words after "of" are likelier somebody's name."""
    several = run[1] - run[0] > 1 and run[0] > 0 and profile.word(run[0] - 1).lower() == "of"
    return _located(profile, run) and not several


def _located(profile: Profile, run: tuple[int, int]) -> bool:
    """Whether a run stands after a word of place, joined to a name that does, or before ", where"."""
    end = profile.ends[run[1] - 1]
    if _WHERE.match(profile.text, end):
        return True
    if not run[0]:
        return False
    before = profile.word(run[0] - 1).lower()
    if before == "and" and run[0] > 1 and profile.named[run[0] - 2]:
        return run[0] > 2 and profile.word(run[0] - 3).lower() == "between"
    bound = before == "for" and run[0] > 1 and profile.word(run[0] - 2).lower() == "bound"
    return before in _LOCATIVE or bound
