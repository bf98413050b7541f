"""Copies between passages, within a report and across reports, and what each copy changed.

Candidates come from ``keys``; each is verified by ``match_profiles``, first passage against passage, then
sentence against sentence. An edge depends on the two passages alone, except that a passage retells at most one
other of its own report, and is held to its best likeness in each other report.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.banners import banner
from dateline.link.credits import Credits
from dateline.link.keys import candidates
from dateline.link.retellings import Retelling, retellings
from dateline.matching.passages import PassageMatch, could_be_kin, could_match, find_copy, match_kin, verify_copy
from dateline.matching.profile import Profile
from dateline.matching.sentences import sentences
from dateline.model.ids import pair_id
from dateline.model.links import Change, Copy, Site
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span
from dateline.model.vocab import Direction, Table, Verdict

PRODUCER = "copies"
VERSION = "1"
LEAST_WORDS = 5
LEAST_RARITY = 5.0
"""A passage with less than this rarity ("Read more here") is never a copy of another."""
BANNER_WORDS = 60
"""A passage of so many words at most that opens like a banner is one: outlets share those without copying."""
SENTENCE_WORDS = 8
BESIDE = 0.1
"""What standing next to each other adds, when a passage could retell several others of its report."""
KIN_COPIES = 2
"""From so many copied passages on, two reports are kin: what else they tell alike is likely to be copied too."""
COVERED = 0.8
"""From this share of either passage on that the other tells too, the passages are one copy, not their sentences."""
MANY = 24
"""From so many equal texts on, each is tied to the first of them rather than to all."""


class Place(Struct, frozen=True, order=True):
    """Where a text stands: report, start, end, the passage's number in the report and its id."""

    report: str
    start: int
    end: int
    number: int
    passage: str


class Text(Struct):
    """The wording of a passage, wherever it stands."""

    profile: Profile
    places: list[Place]


class Part(Struct):
    """The wording of a sentence: where it stands in each passage (by index) that holds it."""

    profile: Profile
    places: dict[int, list[Place]]


class Found(Struct, frozen=True):
    """A verified pair, before its direction is known."""

    a: Place
    b: Place
    match: PassageMatch


def link_copies(
    reports: Sequence[AnnotatedReport], knowledge: Knowledge
) -> tuple[tuple[Copy, ...], tuple[Change, ...]]:
    """All copies between the passages of the reports, with their changes, in order of their sites."""
    passages, parts = _texts(reports, banner(knowledge))
    found = list(_identical(passages))
    found.extend(_retold(passages, parts, knowledge))
    found = list(_best(found))
    found.extend(_kin(found, passages, knowledge))
    found.extend(_said_twice(reports, found, knowledge))
    credit = Credits(reports)
    copies: dict[str, Copy] = {}
    changes: dict[str, Change] = {}
    for pair in found:
        copy = _copy(pair, credit)
        copies[copy.id] = copy
        changes.update((change.id, change) for change in _changes(pair, copy))
    return (
        tuple(sorted(copies.values(), key=lambda c: (c.a.report, c.a.span, c.b.report, c.b.span))),
        tuple(sorted(changes.values(), key=lambda c: (c.copy, c.a_start, c.b_start, c.kind, c.id))),
    )


def _texts(reports: Sequence[AnnotatedReport], banners: re.Pattern[str]) -> tuple[list[Text], list[Part]]:
    """The distinct passages but banners, and the distinct sentences with the passages that hold them."""
    passages: dict[str, Text] = {}
    for annotated in reports:
        for number, passage in enumerate(annotated.passages):
            span = passage.evidence.span
            place = Place(annotated.report.id, span.start, span.end, number, passage.id)
            text = passages.get(passage.evidence.quote)
            if text is None:
                text = passages[passage.evidence.quote] = Text(Profile(passage.evidence.quote), [])
            text.places.append(place)
    worth = [
        t
        for _, t in sorted(passages.items())
        if len(t.profile.keys) >= LEAST_WORDS
        and t.profile.rarity >= LEAST_RARITY
        and not (len(t.profile.keys) <= BANNER_WORDS and banners.match(t.profile.text.lstrip()))
    ]
    parts: dict[str, Part] = {}
    for index, text in enumerate(worth):
        spans = sentences(text.profile.text)
        for span in spans:
            words = span.of(text.profile.text)
            part = parts.get(words)
            if part is None:
                profile = text.profile if len(spans) == 1 else text.profile.part(span)
                part = parts[words] = Part(profile, {})
            part.places.setdefault(index, []).extend(
                Place(p.report, p.start + span.start, p.start + span.end, p.number, p.passage) for p in text.places
            )
    return worth, [part for _, part in sorted(parts.items())]


def _identical(passages: Iterable[Text]) -> Iterator[Found]:
    same = PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same words")
    for text in passages:
        places = sorted(text.places)
        firsts = places if len(places) <= MANY else places[:1]
        for at, a in enumerate(firsts):
            for b in places[at + 1 :]:
                yield Found(a, b, same)


def _retold(passages: Sequence[Text], parts: Sequence[Part], knowledge: Knowledge) -> Iterator[Found]:
    compared: dict[tuple[int, int], bool] = {}
    pairs = (
        (x, y) for x, y in candidates([p.profile for p in parts]) if could_match(parts[x].profile, parts[y].profile)
    )
    for x, y in chain(_shared(parts), pairs):
        for i in parts[x].places:
            for j in parts[y].places:
                key = (i, j) if i < j else (j, i)
                if i != j and key not in compared:
                    compared[key] = False
                    a, b = passages[key[0]], passages[key[1]]
                    match = find_copy(a.profile, b.profile, knowledge)
                    if match is not None and not (x == y and _overlap(a.profile, b.profile, match)):
                        compared[key] = True
                        yield from _placed(a.places, b.places, match)
        if x == y:
            yield from _word_for_word(parts[x], compared)
        else:
            yield from _sentences(x, y, passages, parts, compared, knowledge)


def _overlap(a: Profile, b: Profile, match: PassageMatch) -> bool:
    """Whether two passages that share a sentence each go on to tell something else: then that alone is the copy."""
    if match.verdict is not Verdict.REWRITE:
        return False
    told = match.told
    return told is not None and len(told[0]) < COVERED * len(a.text) and len(told[1]) < COVERED * len(b.text)


def _shared(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """The sentences that stand word for word in more than one passage, each paired with itself."""
    return ((x, x) for x, part in enumerate(parts) if 1 < len(part.places) <= MANY)


def _word_for_word(part: Part, compared: dict[tuple[int, int], bool]) -> Iterator[Found]:
    """One sentence standing in several passages that are no retellings as a whole."""
    if len(part.profile.keys) < SENTENCE_WORDS or part.profile.rarity < LEAST_RARITY:
        return
    same = PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same sentence")
    for i, j in combinations(sorted(part.places), 2):
        if not compared.get((i, j), False):
            yield from _placed(part.places[i], part.places[j], same)
    for places in part.places.values():
        for a, b in combinations(sorted(places), 2):
            if a.passage == b.passage:
                yield Found(a, b, same)


def _sentences(
    x: int,
    y: int,
    passages: Sequence[Text],
    parts: Sequence[Part],
    compared: dict[tuple[int, int], bool],
    knowledge: Knowledge,
) -> Iterator[Found]:
    """A retelling of one sentence, in passages that hold the two and are no retellings as a whole."""
    a, b = parts[x], parts[y]
    if min(len(a.profile.keys), len(b.profile.keys)) < SENTENCE_WORDS:
        return
    apart = [(i, j) for i in a.places for j in b.places if i != j and not compared.get((min(i, j), max(i, j)), False)]
    # Where both are whole passages they were compared as such.
    whole = all(passages[i].profile is a.profile and passages[j].profile is b.profile for i, j in apart)
    match = None if whole else verify_copy(a.profile, b.profile, knowledge)
    if match is not None:
        for i, j in apart:
            yield from _placed(a.places[i], b.places[j], match)


def _kin(found: Sequence[Found], passages: Sequence[Text], knowledge: Knowledge) -> Iterator[Found]:
    """Further retellings between two reports that share KIN_COPIES copies, among passages not yet paired."""
    shared: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for pair in found:
        if pair.a.report != pair.b.report and pair.match.match:
            a, b = sorted((pair.a, pair.b))
            shared[a.report, b.report].append(Found(a, b, pair.match))
    texts: dict[str, list[tuple[Place, Profile]]] = defaultdict(list)
    for text in passages:
        for place in text.places:
            texts[place.report].append((place, text.profile))
    for (one, other), pairs in sorted(shared.items()):
        if len(pairs) < KIN_COPIES:
            continue
        mine, theirs = {p.a.passage for p in pairs}, {p.b.passage for p in pairs}
        ranked = sorted(
            ((match.score, x, y, match)
             for x, profile in texts[one] if x.passage not in mine
             for y, another in texts[other] if y.passage not in theirs and could_be_kin(profile, another)
             if (match := match_kin(profile, another, knowledge)).match),
            key=lambda row: (-row[0], row[1], row[2]),
        )  # fmt: skip
        for _, x, y, match in ranked:
            if x.passage not in mine and y.passage not in theirs:
                mine.add(x.passage)
                theirs.add(y.passage)
                yield Found(x, y, match)


def _said_twice(reports: Sequence[AnnotatedReport], found: Sequence[Found], knowledge: Knowledge) -> Iterator[Found]:
    """Sayings that a report tells twice in passages that are no copies otherwise."""
    known = {frozenset((pair.a.passage, pair.b.passage)) for pair in found}
    for one in reports:
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
        score=twice.score, match=True, verdict=Verdict.REWRITE, changes=twice.changes, because=twice.because
    )


def _placed(a: Iterable[Place], b: Iterable[Place], match: PassageMatch) -> Iterator[Found]:
    left, right = sorted(a), sorted(b)
    for x in left:
        for y in right:
            if (len(left) <= MANY or x is left[0] or y is right[0]) and (
                len(right) <= MANY or y is right[0] or x is left[0]
            ):
                yield Found(x, y, match)


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
