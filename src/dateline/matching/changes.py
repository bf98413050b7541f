"""What differs in substance between two passages that tell the same.

Three tests over an alignment: oppositions that the lexicon names ("appointed" / "elected"), figures that stand
in the same place with other values, and names that stand in the same place and are not one name spelt twice.
Spelling, order, synonyms and grammar are not changes. What one passage merely leaves out is not either, unless
the lexicon says that its absence changes the sense ("former", "appeared to", "not", "according to").
"""

import re
from bisect import bisect_left
from calendar import month_abbr, month_name
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import partial_ratio

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue, Test
from dateline.matching.alignment import Alignment
from dateline.matching.counterparts import counterparts
from dateline.matching.cues import INSTEAD, Cue, Cues, compile_cues, find_cues
from dateline.matching.figures import CLOCK, YEAR, Figure, figures_of
from dateline.matching.names import is_title, match_names
from dateline.matching.profile import TELLING, Profile
from dateline.matching.stems import WORD
from dateline.model.span import Span
from dateline.model.vocab import ChangeKind

NEAR = 3
"""How many words away a shared word may stand that shows that two names or figures hold the same place."""
SAME_NAME = 75.0
"""From this likeness (0..100) on, two names in the same place are one name spelt twice."""
SAID = 4
"""How many words after a mark stands at most what it denies or hedges: "appears to be the cause"."""
MILL = 1000.0
"""How many times as large a number is that is no other value of one thing, whoever miscopied it."""
REPLACED = 6
"""How many words before its host may stand in the place of a mark that is missing."""
MOSTLY = 0.5
"""The share of the longer sentence that both share where a name may have moved and changed at once."""
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
_BESIDE = range(3)
_PRONOUNS = frozenset(["he", "she", "they", "it"])
_PASSIVE = frozenset(["be", "not"])
_BEFORE_A_NOUN = frozenset(["a", "an", "the", "no", "any", "its", "his", "her", "their"])
_OF_A_VERB = frozenset({ChangeKind.CERTAINTY, ChangeKind.POLARITY})
_MONTHS = frozenset([*month_name[1:], *month_abbr[1:], "Sept"])
_WHERE = re.compile(r",? where\b")


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


def find_changes(
    alignment: Alignment, knowledge: Knowledge, stretches: Iterable[tuple[Span, Span]] | None = None
) -> tuple[PassageChange, ...]:
    """The changes in substance between the aligned passages, in order of the first.

    Sentences are compared with those that tell the same; what a sentence without such a one tells is no change.
    ``stretches`` are the ``counterparts``, where they are known.
    """
    found: list[PassageChange] = []
    for a, b in counterparts(alignment) if stretches is None else stretches:
        if a.of(alignment.a.text) == b.of(alignment.b.text):
            continue
        whole = len(a) == len(alignment.a.text) and len(b) == len(alignment.b.text)
        part = alignment if whole else Alignment(alignment.a.part(a), alignment.b.part(b))
        for c in _changes_within(part, knowledge):
            dropped = c.kind is ChangeKind.ATTRIBUTION and not (len(c.a) and len(c.b))
            sides = (part.a, c.a, alignment.b, b) if len(c.a) else (part.b, c.b, alignment.a, a)
            if not (dropped and _carried_on(*sides, knowledge)):
                found.append(replace(c, a=c.a.shift(a.start), b=c.b.shift(b.start)))
    alone = [c for c in found if c.kind is ChangeKind.ATTRIBUTION and not (len(c.a) and len(c.b))]
    if len({bool(len(c.a)) for c in alone}) > 1:
        # Each tells in one sentence who says so what the other tells so in another: that has only moved.
        found = [c for c in found if c not in alone]
    return tuple(sorted(found, key=lambda c: (c.a, c.b, c.kind)))


def _carried_on(marked: Profile, mark: Span, bare: Profile, stretch: Span, knowledge: Knowledge) -> bool:
    """Whether "he said" has fallen away in a stretch whose foregoing sentence tells who says so: that still holds."""
    first = bisect_left(marked.starts, mark.start)
    before = max((one for one in bare.sentences if one.end <= stretch.start), default=None)
    if before is None or not first or marked.word(first - 1).lower() not in _PRONOUNS:
        return False
    entries = compile_cues(knowledge).entries
    return any(entries[cue.entry].says for cue in find_cues(bare.part(before), knowledge))


def _changes_within(alignment: Alignment, knowledge: Knowledge) -> Iterator[PassageChange]:
    cues = compile_cues(knowledge)
    found = [
        *_cue_changes(alignment, knowledge),
        *_figure_changes(alignment, knowledge),
        *_count_changes(alignment),
        *_name_changes(alignment, cues),
        *_given_changes(alignment, cues),
    ]
    yield from _told_once(found)


def _told_once(found: list[PassageChange]) -> Iterator[PassageChange]:
    """Each change by one name: see ``_rank``."""
    for at, change in enumerate(found):
        over = [c for c in found if _rank(c) < _rank(change)]
        same = [c for c in found[:at] if c.kind is change.kind and c.a.overlaps(change.a) and c.b.overlaps(change.b)]
        if not same and not any(c.a.overlaps(change.a) or c.b.overlaps(change.b) for c in over):
            yield change


def _rank(change: PassageChange) -> int:
    """Which of two changes that overlap is told: another speaker first, a dropped attribution last."""
    if change.kind is ChangeKind.ATTRIBUTION:
        return 0 if len(change.a) and len(change.b) else 3
    return 2 if change.kind is ChangeKind.POLARITY else 1


def _cue_changes(alignment: Alignment, knowledge: Knowledge) -> Iterator[PassageChange]:
    compiled = compile_cues(knowledge)
    mine, theirs = find_cues(alignment.a, knowledge), find_cues(alignment.b, knowledge)
    for entry in sorted({cue.entry for cue in mine} | {cue.entry for cue in theirs}):
        here = [cue for cue in mine if cue.entry == entry]
        there = [cue for cue in theirs if cue.entry == entry]
        rule = compiled.entries[entry]
        if rule.test is Test.CONTRAST:
            yield from _contrasts(alignment, rule, here, there)
        elif rule.test is Test.SPEAKER:
            speakers = _saying(alignment.a, here, mine, compiled), _saying(alignment.b, there, theirs, compiled)
            yield from _speakers(alignment, rule, *speakers)
        elif here and there and rule.kind is ChangeKind.POLARITY:
            yield from _doubled(alignment, rule, here, there)
        elif bool(here) != bool(there):
            marks = [c for c in here or there if c.value != INSTEAD]
            others = [c for c in (theirs if here else mine) if _same_test(compiled.entries[c.entry], rule)]
            yield from _presence(alignment, rule, marks, others, mirrored=not here)


def _contrasts(alignment: Alignment, rule: ChangeCue, here: list[Cue], there: list[Cue]) -> Iterator[PassageChange]:
    # Words spelt nearly alike may be opposites: "spokesman" and "spokeswoman".
    left = [cue for cue in here if not _answered(cue, alignment.same[0], alignment.meant[0])]
    right = [cue for cue in there if not _answered(cue, alignment.same[1], alignment.meant[1])]
    # A cue said with a synonym on the other side has not changed: those go first.
    for cue in tuple(left):
        same = next((other for other in right if other.value == cue.value), None)
        if same is not None:
            left.remove(cue)
            right.remove(same)
    # Where each has but one in sentences that tell mostly the same, they may stand anywhere.
    only = len(left) == len(right) == 1 and rule.kind is ChangeKind.ACT and alignment.containments[0] >= MOSTLY
    for cue in left:
        apart = {other: _apart(alignment, cue, other, rule.reach, only) for other in right}
        near = sorted((far, other.start, other) for other, far in apart.items() if far is not None)
        if near:
            # The nearest tells what stands against it; of several that say so, the first.
            other = next(one for one in right if apart[one] is not None and one.value == near[0][-1].value)
            right.remove(other)
            because = f"{rule.id}: {cue.value} against {other.value}"
            yield _change(alignment, rule.kind, _words(cue), _words(other), because)


def _answered(cue: Cue, same: frozenset[int], meant: frozenset[int]) -> bool:
    """Whether the other passage has a cue's words, or words that stand for them."""
    return all(i in same or i in meant for i in range(cue.start, cue.end))


def _saying(profile: Profile, cues: list[Cue], found: Sequence[Cue], compiled: Cues) -> list[Cue]:
    """Those cues that stand beside a word of saying."""
    said = [one for one in found if compiled.entries[one.entry].says]
    return [cue for cue in cues if any(max(one.start - cue.end, cue.start - one.end) in _BESIDE for one in said)]


def _speakers(alignment: Alignment, rule: ChangeCue, here: list[Cue], there: list[Cue]) -> Iterator[PassageChange]:
    """One speaker on each side, where at least one is not so much as named on the other."""
    if len(here) != 1 or len(there) != 1 or here[0].value == there[0].value:
        return
    same, meant = alignment.same, alignment.meant
    if not (_answered(here[0], same[0], meant[0]) and _answered(there[0], same[1], meant[1])):
        because = f"{rule.id}: {here[0].value} against {there[0].value}"
        yield _change(alignment, rule.kind, _words(here[0]), _words(there[0]), because)


def _doubled(alignment: Alignment, rule: ChangeCue, here: list[Cue], there: list[Cue]) -> Iterator[PassageChange]:
    """What is denied on one side and whose denial is denied on the other: "ruled out", "has not been ruled out"."""
    partner = dict(alignment.pairs)
    for cue in here:
        for other in there:
            if not any(partner.get(i) in range(other.start, other.end) for i in range(*_words(cue))):
                continue
            over_a, over_b = _over(alignment.a, cue, here), _over(alignment.b, other, there)
            if (over_a is None) != (over_b is None):
                mine, theirs = over_a or cue, over_b or other
                because = f"{rule.id}: denied twice on one side only"
                words = (min(mine.start, cue.start), cue.end), (min(theirs.start, other.start), other.end)
                yield _change(alignment, rule.kind, *words, because)
                return


def _over(profile: Profile, cue: Cue, cues: list[Cue]) -> Cue | None:
    """The mark that stands right before another, but for auxiliaries."""
    before = (one for one in cues if one.end <= cue.start)
    return next((one for one in before if all(key in _AUXILIARIES for key in profile.keys[one.end : cue.start])), None)


def _words(cue: Cue) -> tuple[int, int]:
    return cue.start, cue.end


def _same_test(entry: ChangeCue, rule: ChangeCue) -> bool:
    return entry.kind is rule.kind and entry.test is rule.test


def _presence(
    alignment: Alignment, rule: ChangeCue, cues: list[Cue], others: list[Cue], *, mirrored: bool
) -> Iterator[PassageChange]:
    """A mark that one side lacks; ``others`` are marks of its kind there, which may say the same otherwise."""
    with_mark, without = (alignment.b, alignment.a) if mirrored else (alignment.a, alignment.b)
    if rule.kind is ChangeKind.ATTRIBUTION and any(mark in without.text for mark in '“”"‘'):
        return
    partner = {j: i for i, j in alignment.pairs} if mirrored else dict(alignment.pairs)
    same, meant = alignment.same[mirrored], alignment.meant[mirrored]
    for cue in cues:
        if meant.issuperset(range(*_words(cue))):
            continue
        # What is denied is not hedged ("could not agree"), nor is a figure ("nearly 100").
        after = "".join(with_mark.keys[cue.end : cue.end + 1])
        if rule.kind is ChangeKind.CERTAINTY and (after == "not" or after[:1].isdigit()):
            continue
        if rule.kind is ChangeKind.ATTRIBUTION and (_no_saying(with_mark, cue) or _still_named(with_mark, cue, same)):
            continue
        anchor, said = _anchor(with_mark, cue, partner, rule), _said(with_mark, cue)
        if anchor is None or (anchor < cue.start and rule.kind is not ChangeKind.ATTRIBUTION):
            continue
        # What is denied or hedged must be told by the other too: a clause may go, mark and all.
        if rule.kind in _OF_A_VERB and said is not None and said not in partner:
            continue
        host = partner[anchor]
        if any(0 <= host - other.end < SAID for other in others):
            continue
        near = 0 <= anchor - cue.end < SAID
        marked = (min(cue.start, anchor), max(cue.end, anchor + 1)) if near else (cue.start, cue.end)
        bare = (_instead(without, host, set(partner.values())), host + 1)
        if rule.kind is ChangeKind.ATTRIBUTION:
            bare = (host, host)
        words = _span(with_mark, cue.start, cue.end).of(with_mark.text)
        because = f"{rule.id}: {words!r} stands on one side only"
        yield _change(alignment, rule.kind, *((bare, marked) if mirrored else (marked, bare)), because)
        return


def _no_saying(profile: Profile, cue: Cue) -> bool:
    """Whether a word of saying is a noun ("no comment") or somebody is told something ("was told")."""
    if not cue.start:
        return False
    noun = profile.word(cue.start - 1).lower() in _BEFORE_A_NOUN
    return noun or profile.keys[cue.start - 1] in _PASSIVE


def _still_named(profile: Profile, cue: Cue, same: frozenset[int]) -> bool:
    """Whether the other passage too names what something is told "according to"."""
    return profile.keys[cue.end - 1] == "to" and _said(profile, cue) in same


def _anchor(profile: Profile, cue: Cue, partner: dict[int, int], rule: ChangeCue) -> int | None:
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


def _said(profile: Profile, cue: Cue) -> int | None:
    """The telling word right after a mark: what it denies or hedges."""
    after = range(cue.end, min(cue.end + SAID, len(profile.keys)))
    return next((i for i in after if profile.weights[i] > TELLING), None)


def _instead(profile: Profile, host: int, paired: set[int]) -> int:
    """Where what stands in a mark's place begins: the words before the host that answer to none."""
    first = at = host
    while at and host - at < REPLACED and (at - 1 not in paired or profile.weights[at - 1] <= TELLING):
        at -= 1
        if at not in paired or profile.keys[at] == "be":
            first = at
    return first


def _apart(alignment: Alignment, mine: Cue, theirs: Cue, reach: int, anywhere: bool) -> int | None:
    """How far two cues stand from what both passages share, or None beyond reach."""
    far = [
        (_distance(i, mine.start, mine.end), _distance(j, theirs.start, theirs.end))
        for i, j in alignment.pairs
        if alignment.a.weights[i] > TELLING
    ]
    near = [one + other for one, other in far if max(one, other) <= reach]
    return min(near, default=2 * reach if anywhere else None)


def _same_place(alignment: Alignment, mine: Cue | Figure, theirs: Cue | Figure, reach: int) -> bool:
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


def _figure_changes(alignment: Alignment, knowledge: Knowledge) -> Iterator[PassageChange]:
    mine, theirs = _unanswered(figures_of(alignment.a, knowledge), figures_of(alignment.b, knowledge))
    used: set[Figure] = set()
    for figure in mine:
        for other in theirs:
            if other in used or figure.kind != other.kind or _beyond(figure.number, other.number):
                continue
            # Where each passage has but one figure of its own, they may stand further from what they share.
            reach = NEAR if len(mine) + len(theirs) > 2 else 2 * NEAR
            if _same_place(alignment, figure, other, reach):
                used.add(other)
                timed = figure.kind in (YEAR, CLOCK) or (_dated(alignment.a, figure) and _dated(alignment.b, other))
                kind = ChangeKind.TIME if timed else ChangeKind.NUMBER
                words = figure.start, figure.end, other.start, other.end
                a, b = _span(alignment.a, *words[:2]), _span(alignment.b, *words[2:])
                because = f"{a.of(alignment.a.text)} against {b.of(alignment.b.text)} in the same place"
                yield _change(alignment, kind, words[:2], words[2:], because)
                break


def _beyond(one: float, other: float) -> bool:
    """Whether two numbers are so far apart that they count other things: "two banks", "33 billion"."""
    return max(one, other) >= MILL * max(1.0, min(one, other))


def _dated(profile: Profile, figure: Figure) -> bool:
    """Whether a figure is the day of a month: "9 March", "March 9"."""
    beside = (n for n in (figure.start - 1, figure.end) if 0 <= n < len(profile.keys))
    return any(profile.word(n) in _MONTHS for n in beside)


def _unanswered(mine: Sequence[Figure], theirs: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures of each passage that the other does not give."""
    left, right = [], list(theirs)
    for figure in mine:
        answer = next((other for other in right if figure.equals(other)), None)
        if answer is None:
            left.append(figure)
        else:
            right.remove(answer)
    return left, right


def _count_changes(alignment: Alignment) -> Iterator[PassageChange]:
    """One thing on one side, several of the kind on the other: "a barrier", "barriers"."""
    a, b = alignment.a, alignment.b
    for i, j in alignment.equal:
        if a.word(i) == b.word(j) or a.weights[i] <= TELLING or a.named[i] or b.named[j]:
            continue
        single, several = (_single(a, i), _several(b, j)), (_several(a, i), _single(b, j))
        if all(single) or all(several):
            because = f"{a.word(i)} against {b.word(j)}: one and several"
            yield _change(alignment, ChangeKind.NUMBER, (i, i + 1), (j, j + 1), because)


def _single(profile: Profile, i: int) -> bool:
    return i > 0 and profile.keys[i - 1] in _ONE and not profile.word(i).lower().endswith("s")


def _several(profile: Profile, i: int) -> bool:
    return i > 0 and profile.word(i - 1).lower() in _BEFORE_NOUNS and profile.word(i).lower().endswith("s")


def _name_changes(alignment: Alignment, compiled: Cues) -> Iterator[PassageChange]:
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


def _given_changes(alignment: Alignment, compiled: Cues) -> Iterator[PassageChange]:
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


def _name_runs(profile: Profile, alone: tuple[int, ...], compiled: Cues) -> list[tuple[int, int]]:
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
    located = _located(a, run), _located(b, other)
    # "In Velm, the mayor" is no other speaker than "Arden's mayor".
    if located[0] != located[1]:
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
    return told and all(located)


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
