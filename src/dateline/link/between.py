"""The copies between two reports, or within one, and what each copy changed.

Which sentences are worth comparing is told by ``candidates``; what is found then depends on the wording of the two
alone: first passage is set against passage, then sentence against sentence. A passage retells at most one other of its
own report, and is held to its best likeness in each other report. A verifier, if there is one, then looks at passages
whose words say "nearly" and of which no copy was found.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.link.credits import Credits
from dateline.link.retellings import Retelling, retellings
from dateline.link.wording import LEAST_RARITY, Place, Worded, Wording
from dateline.matching.paraphrase import Verifier
from dateline.matching.passages import (
    PassageMatch,
    could_be_kin,
    could_match,
    find_copy,
    match_kin,
    match_profiles,
    verify_copy,
)
from dateline.matching.profile import Profile
from dateline.model.ids import pair_id
from dateline.model.links import Change, Copy, Site
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span
from dateline.model.vocab import Direction, Table, Verdict

PRODUCER = "copies"
VERSION = "3"
SENTENCE_WORDS = 8
BESIDE = 0.1
"""What standing next to each other adds, when a passage could retell several others of its report."""
KIN_COPIES = 2
"""From so many copied passages on, two reports are kin: what else they tell alike is likely to be copied too."""
CLOSE_KIN = 1 / 3
"""From this share of the shorter report's passages on, copied, the reports are close kin."""
COVERED = 0.8
"""From this share of either passage on that the other tells too, the passages are one copy, not their sentences."""
_SAME = PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same sentence")

Pairs = Sequence[tuple[int, int]]
Rows = tuple[tuple[Copy, ...], tuple[Change, ...]]


class Found(Struct, frozen=True):
    """A verified pair, before its direction is known."""

    a: Place
    b: Place
    match: PassageMatch


def within(
    one: AnnotatedReport,
    wording: Wording,
    pairs: Pairs,
    knowledge: Knowledge,
    credit: Credits,
    verifier: Verifier | None = None,
) -> Rows:
    """The copies within a report, of which these pairs of sentences are worth comparing."""
    found = list(_best(list(_retold(wording, wording, pairs, knowledge))))
    found.extend(_said_twice(one, found, knowledge))
    if verifier:
        found.extend(_nearly(found, wording, wording, pairs, knowledge, verifier))
    return _rows(found, credit)


def between(
    a: Wording, b: Wording, pairs: Pairs, knowledge: Knowledge, credit: Credits, verifier: Verifier | None = None
) -> Rows:
    """The copies between two reports, of which these pairs of sentences are worth comparing."""
    found = list(_best(list(_retold(a, b, pairs, knowledge))))
    found.extend(_kin(found, a, b, knowledge))
    if verifier:
        found.extend(_nearly(found, a, b, pairs, knowledge, verifier))
    return _rows(found, credit)


def _rows(found: Sequence[Found], credit: Credits) -> Rows:
    copies = [(pair, _copy(pair, credit)) for pair in found]
    return tuple(copy for _, copy in copies), tuple(c for pair, copy in copies for c in _changes(pair, copy))


def _retold(a: Wording, b: Wording, pairs: Pairs, knowledge: Knowledge) -> Iterator[Found]:
    """Passages that retell each other, else sentences in them that do; sentences that are the same go first."""
    compared: dict[tuple[int, int], bool] = {}
    read = sorted((a.words(i) != b.words(j), i, j) for i, j in pairs if a is not b or i < j)
    for other, i, j in read:
        key = a.within(i), b.within(j)
        if compared.get(key, False):
            continue
        x, y = a.sentence(i), b.sentence(j)
        if other and not could_match(x.profile, y.profile):
            continue
        here, there = a.passages[x.within], b.passages[y.within]
        alone = here is not there
        if alone and key not in compared:
            match = find_copy(here.profile, there.profile, knowledge)
            compared[key] = match is not None and not _overlap(here.profile, there.profile, match)
            if match is not None and compared[key]:
                yield Found(here.place, there.place, match)
                continue
        if not other:
            if len(x.profile.keys) >= SENTENCE_WORDS and x.profile.rarity >= LEAST_RARITY:
                yield Found(x.place, y.place, _SAME)
        elif alone and (match := _sentence(x, y, here, there, knowledge)) is not None:
            yield Found(x.place, y.place, match)


def _overlap(a: Profile, b: Profile, match: PassageMatch) -> bool:
    """Whether two passages that share a sentence each go on to tell something else: then that alone is the copy."""
    if match.verdict is not Verdict.REWRITE:
        return False
    told = match.told
    return told is not None and len(told[0]) < COVERED * len(a.text) and len(told[1]) < COVERED * len(b.text)


def _sentence(x: Worded, y: Worded, here: Worded, there: Worded, knowledge: Knowledge) -> PassageMatch | None:
    """The retelling of one sentence, in passages that hold the two and are no retellings as a whole."""
    if min(len(x.profile.keys), len(y.profile.keys)) < SENTENCE_WORDS:
        return None
    if x.profile is here.profile and y.profile is there.profile:
        # They were compared as whole passages.
        return None
    return verify_copy(x.profile, y.profile, knowledge)


def _kin(found: Sequence[Found], a: Wording, b: Wording, knowledge: Knowledge) -> Iterator[Found]:
    """Further retellings between two reports that share copies, among passages not yet paired.

    Where they share KIN_COPIES, less need be shared. Where they share one, it is only that their sentences alone were
    not worth comparing: a rewrite may break one into several.
    """
    pairs = [pair for pair in found if pair.match.match]
    if not pairs:
        return
    mine, theirs = {p.a.passage for p in pairs}, {p.b.passage for p in pairs}
    left = [(x, y) for x in a.passages if x.place.passage not in mine
            for y in b.passages if y.place.passage not in theirs]  # fmt: skip
    enough = len(pairs) >= KIN_COPIES
    close = min(len(mine), len(theirs)) >= CLOSE_KIN * min(len(a.passages), len(b.passages))
    likely = could_be_kin if enough else could_match
    match = partial(match_kin, close=close) if enough else match_profiles
    ranked = sorted(
        ((told.score, x.place, y.place, told)
         for x, y in left
         if likely(x.profile, y.profile) and (told := match(x.profile, y.profile, knowledge)).match),
        key=lambda row: (-row[0], row[1], row[2]),
    )  # fmt: skip
    for _, x, y, told in ranked:
        if x.passage not in mine and y.passage not in theirs:
            mine.add(x.passage)
            theirs.add(y.passage)
            yield Found(x, y, told)


def _nearly(
    found: Sequence[Found], a: Wording, b: Wording, pairs: Pairs, knowledge: Knowledge, verifier: Verifier
) -> Iterator[Found]:
    """What the verifier takes for retold, among passages not yet paired: the likest by their words first."""
    near = [
        Found(x.place, y.place, match)
        for x, y in _near(a, b, pairs)
        if (match := verifier.find(x.profile, y.profile, knowledge))
    ]
    if a is not b and sum(pair.match.match for pair in found) >= KIN_COPIES:
        near += [
            Found(x.place, y.place, match)
            for x in a.passages
            for y in b.passages
            if could_be_kin(x.profile, y.profile) and (match := verifier.find_kin(x.profile, y.profile, knowledge))
        ]
    paired = {place.passage for pair in found for place in (pair.a, pair.b)}
    for pair in sorted(near, key=lambda pair: (-pair.match.score, pair.a, pair.b)):
        if paired.isdisjoint((pair.a.passage, pair.b.passage)):
            paired.update((pair.a.passage, pair.b.passage))
            yield pair


def _near(a: Wording, b: Wording, pairs: Pairs) -> Iterator[tuple[Worded, Worded]]:
    """The passages that hold a pair of sentences worth comparing, each two once, then sentences in them."""
    held: set[tuple[int, int]] = set()
    for i, j in sorted(pairs):
        x, y = a.sentence(i), b.sentence(j)
        here, there = a.passages[x.within], b.passages[y.within]
        if here is there or (a is b and i > j):
            continue
        if (x.within, y.within) not in held:
            held.add((x.within, y.within))
            yield here, there
        whole = x.profile is here.profile and y.profile is there.profile
        if not whole and min(len(x.profile.keys), len(y.profile.keys)) >= SENTENCE_WORDS:
            yield x, y


def _said_twice(one: AnnotatedReport, found: Sequence[Found], knowledge: Knowledge) -> Iterator[Found]:
    """Sayings that a report tells twice in passages that are no copies otherwise."""
    known = {frozenset((pair.a.passage, pair.b.passage)) for pair in found}
    numbers = {passage.id: number for number, passage in enumerate(one.passages)}
    for twice in retellings(one, knowledge):
        if frozenset(twice.passages) not in known:
            a, b = (
                Place(one.report.id, span.start, span.end, numbers[id], id)
                for span, id in zip((twice.a, twice.b), twice.passages, strict=True)
            )
            yield Found(a, b, _as_match(twice))


def _as_match(twice: Retelling) -> PassageMatch:
    return PassageMatch(
        score=twice.score, match=True, verdict=twice.verdict, changes=twice.changes, because=twice.because
    )


def _best(found: Sequence[Found]) -> Iterator[Found]:
    """The pairs that hold when a passage could retell several: see the module's word."""
    best: dict[tuple[Place, str], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for pair in found:
        fit = _fit(pair)
        for mine, theirs in ((pair.a, pair.b.report), (pair.b, pair.a.report)):
            best[mine, theirs] = max(best[mine, theirs], fit)
    for pair in found:
        fit = _fit(pair)
        holds = [best[pair.a, pair.b.report] == fit, best[pair.b, pair.a.report] == fit]
        within = pair.a.report == pair.b.report
        if pair.match.verdict in (Verdict.IDENTICAL, Verdict.LIGHT_EDIT) or (all(holds) if within else any(holds)):
            yield pair


def _fit(pair: Found) -> tuple[float, float]:
    near = pair.a.report == pair.b.report and abs(pair.a.number - pair.b.number) == 1
    return (pair.match.score + (BESIDE if near else 0.0), 0.0)


def _copy(pair: Found, credit: Credits) -> Copy:
    swap = pair.b < pair.a
    a, b = (pair.b, pair.a) if swap else (pair.a, pair.b)
    told = pair.match.told or (Span(0, pair.a.end - pair.a.start), Span(0, pair.b.end - pair.b.start))
    sites = [span.shift(place.start) for span, place in zip(told, (pair.a, pair.b), strict=True)]
    if swap:
        sites.reverse()
    direction, why = (
        (Direction.UNKNOWN, "both in one report") if a.report == b.report else credit.direction(a.report, b.report)
    )
    return Copy(
        id=pair_id(Table.COPIES, a.report, str(a.start), str(a.end), b.report, str(b.start), str(b.end)),
        because=f"{pair.match.because}; direction: {why}",
        score=pair.match.score,
        producer=PRODUCER,
        version=VERSION,
        rests_on=(a.passage, b.passage) if a.passage != b.passage else (a.passage,),
        a=Site(a.report, sites[0]),
        b=Site(b.report, sites[1]),
        verdict=pair.match.verdict,
        direction=direction,
    )


def _changes(pair: Found, copy: Copy) -> Iterator[Change]:
    swap = pair.b < pair.a
    for change in pair.match.changes:
        x, y = change.a.shift(pair.a.start), change.b.shift(pair.b.start)
        left, right = ((y, change.b_text), (x, change.a_text)) if swap else ((x, change.a_text), (y, change.b_text))
        span_a, span_b = left[0], right[0]
        yield Change(
            id=pair_id(Table.CHANGES, copy.id, str(change.kind), *(str(n) for n in (*_ends(span_a), *_ends(span_b)))),
            because=change.because,
            score=copy.score,
            producer=PRODUCER,
            version=VERSION,
            rests_on=copy.rests_on,
            copy=copy.id,
            kind=change.kind,
            a_start=span_a.start,
            a_end=span_a.end,
            a_text=left[1],
            b_start=span_b.start,
            b_end=span_b.end,
            b_text=right[1],
        )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
