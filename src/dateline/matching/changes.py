"""What differs in substance between two passages that tell the same.

Three tests over an alignment: oppositions that the lexicon names ("appointed" / "elected"), figures that stand
in the same place with other values, and names that stand in the same place and are not one name spelt twice.
Spelling, order, synonyms and grammar are not changes. What one passage merely leaves out is not either, unless
the lexicon says that its absence changes the sense ("former", "appeared to", "not", "according to").
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.fuzz import partial_ratio

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue, Test
from dateline.matching.alignment import Alignment
from dateline.matching.names import match_names
from dateline.matching.profile import TELLING, Profile
from dateline.matching.stems import WORD, key_of
from dateline.model.span import Span
from dateline.model.vocab import ChangeKind

NEAR = 3
"""How many words away a shared word may stand that shows that two names or figures hold the same place."""
SAME_NAME = 75.0
"""From this likeness (0..100) on, two names in the same place are one name spelt twice."""
INSTEAD = 6
"""How many words before its host may stand in the place of a mark that is missing."""
GIVEN = 1.4
"""The least rarity of a given name; commoner words before a surname may be titles."""
ADVERB = "ly"
_LOCATIVE = frozenset(
    ["in", "at", "near", "from", "to", "outside", "around", "across", "off", "toward", "towards", "into", "of"]
)
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
    """A cue's keys with its entry and value. An adverb is told from its kin ("reportedly", "reporters")."""

    keys: tuple[str, ...]
    entry: int
    value: str
    adverb: bool


class _Cues(Struct, frozen=True):
    """The compiled lexicon: phrases by their first key, longest first."""

    entries: tuple[ChangeCue, ...]
    phrases: dict[str, tuple["_Phrase", ...]]


@lru_cache(maxsize=4)
def _compile(knowledge: Knowledge) -> _Cues:
    entries = knowledge.lexicon(ChangeCue)
    phrases: dict[str, list[_Phrase]] = {}
    for index, entry in enumerate(entries):
        for value, words in entry.values.items():
            for words_of in sorted({tuple(WORD.findall(phrase)) for phrase in words}):
                keys = tuple(key_of(word) for word in words_of)
                phrase = _Phrase(keys, index, value, words_of[-1].endswith(ADVERB))
                if phrase not in phrases.setdefault(keys[0], []):
                    phrases[keys[0]].append(phrase)
    return _Cues(entries, {k: tuple(sorted(v, key=lambda p: (-len(p.keys), p))) for k, v in phrases.items()})


def find_changes(alignment: Alignment, knowledge: Knowledge) -> tuple[PassageChange, ...]:
    """The changes in substance between the aligned passages, in order of the first."""
    compiled = _compile(knowledge)
    found = [
        *_cue_changes(alignment, compiled),
        *_figure_changes(alignment),
        *_name_changes(alignment, compiled),
        *_given_changes(alignment, compiled),
    ]
    return tuple(sorted(_told_once(found), key=lambda c: (c.a, c.b, c.kind)))


def _told_once(found: list[PassageChange]) -> Iterator[PassageChange]:
    """The changes without those of attribution whose words already make another ("urged" / "ordered")."""
    others = [change for change in found if change.kind is not ChangeKind.ATTRIBUTION]
    for change in found:
        if change in others or not any(c.a.overlaps(change.a) or c.b.overlaps(change.b) for c in others):
            yield change


def _find(profile: Profile, compiled: _Cues) -> list[_Cue]:
    found: list[_Cue] = []
    keys = profile.keys
    for i, key in enumerate(keys):
        covered: set[int] = set()
        for phrase in compiled.phrases.get(key, ()):
            end = i + len(phrase.keys)
            if phrase.entry in covered or keys[i:end] != phrase.keys:
                continue
            if not phrase.adverb or profile.word(end - 1).lower().endswith(ADVERB):
                covered.add(phrase.entry)
                found.append(_Cue(phrase.entry, phrase.value, i, end))
    return found


def _cue_changes(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    mine, theirs = _find(alignment.a, compiled), _find(alignment.b, compiled)
    for entry in sorted({cue.entry for cue in mine} | {cue.entry for cue in theirs}):
        here = [cue for cue in mine if cue.entry == entry]
        there = [cue for cue in theirs if cue.entry == entry]
        rule = compiled.entries[entry]
        if rule.test is Test.CONTRAST:
            yield from _contrasts(alignment, rule, here, there)
        elif bool(here) != bool(there):
            yield from _presence(alignment, rule, here, there)


def _contrasts(alignment: Alignment, rule: ChangeCue, here: list[_Cue], there: list[_Cue]) -> Iterator[PassageChange]:
    alone_a, alone_b = set(alignment.alone[0]), set(alignment.alone[1])
    left = [cue for cue in here if alone_a.intersection(range(cue.start, cue.end))]
    right = [cue for cue in there if alone_b.intersection(range(cue.start, cue.end))]
    # A cue said with a synonym on the other side has not changed: those go first.
    for cue in tuple(left):
        same = next((other for other in right if other.value == cue.value), None)
        if same is not None:
            left.remove(cue)
            right.remove(same)
    for cue in left:
        other = next((other for other in right if _same_place(alignment, cue, other, rule.reach)), None)
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
        anchor = next(
            (
                i
                for i in range(cue.end, min(cue.end + rule.reach, len(with_mark.keys)))
                if i in partner and with_mark.weights[i] > TELLING
            ),
            None,
        )
        if anchor is None and rule.kind is ChangeKind.ATTRIBUTION:
            anchor = next(
                (i for i in range(cue.start - 1, max(-1, cue.start - rule.reach), -1)
                 if i in partner and with_mark.weights[i] > TELLING), None)  # fmt: skip
        if anchor is None:
            continue
        host = partner[anchor]
        marked = (
            (min(cue.start, anchor), max(cue.end, anchor + 1)) if 0 <= anchor - cue.end < 3 else (cue.start, cue.end)
        )
        first = _instead(without, host, set(partner.values()))
        bare = (host, host) if rule.kind is ChangeKind.ATTRIBUTION else (first, host + 1)
        words = _span(with_mark, cue.start, cue.end).of(with_mark.text)
        because = f"{rule.id}: {words!r} stands on one side only"
        yield _change(alignment, rule.kind, *((bare, marked) if mirrored else (marked, bare)), because)
        return


def _instead(profile: Profile, host: int, paired: set[int]) -> int:
    """Where what stands in a mark's place begins: the words before the host that answer to none."""
    first = at = host
    while at and host - at < INSTEAD and (at - 1 not in paired or profile.weights[at - 1] <= TELLING):
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
    for run in mine:
        for other in theirs:
            if other in used or not _rivals(alignment, run, other):
                continue
            used.add(other)
            kind = ChangeKind.PLACE if _located(alignment.a, run) and _located(alignment.b, other) else ChangeKind.NAME
            change = _change(alignment, kind, run, other, "")
            yield PassageChange(
                kind=kind, a=change.a, b=change.b, a_text=change.a_text, b_text=change.b_text,
                because=f"{change.a_text} against {change.b_text} in the same place",
            )  # fmt: skip
            break


def _given_changes(alignment: Alignment, compiled: _Cues) -> Iterator[PassageChange]:
    """Given names with one initial that changed before the same surname, and are not one name in two spellings.

    Another initial is left alone: a title may stand there ("Governor").
    """
    a, b = alignment.a, alignment.b
    alone = set(alignment.alone[0]), set(alignment.alone[1])
    for i, j in alignment.pairs:
        if not (a.named[i] and b.named[j]) or i - 1 not in alone[0] or j - 1 not in alone[1]:
            continue
        mine, theirs = a.word(i - 1), b.word(j - 1)
        titles = a.keys[i - 1] in compiled.phrases or b.keys[j - 1] in compiled.phrases
        beside = _touch(a, i) and _touch(b, j) and mine[0] == theirs[0] and mine[0].isupper() and not titles
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
        if profile.named[i] and profile.keys[i] not in compiled.phrases and profile.weights[i] > TELLING:
            if runs and runs[-1][1] == i and profile.text[profile.ends[i - 1] : profile.starts[i]].isspace():
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
    return runs


def _rivals(alignment: Alignment, run: tuple[int, int], other: tuple[int, int]) -> bool:
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
    follows = single and run[1] < len(a.keys) and pairs.get(run[1]) == other[1]
    return follows and a.named[run[1]] and b.named[other[1]] and _touch(a, run[1]) and _touch(b, other[1])


def _located(profile: Profile, run: tuple[int, int]) -> bool:
    return run[0] > 0 and profile.text[profile.starts[run[0] - 1] : profile.ends[run[0] - 1]].lower() in _LOCATIVE
