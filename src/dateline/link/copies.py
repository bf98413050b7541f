"""Copies between passages, within a report and across reports, and what each copy changed.

Candidates come from ``keys``; each is verified by ``match_profiles``, first passage against passage, then
sentence against sentence. An edge depends on the two passages alone, except that a passage retells at most one
other of its own report, and is held to its best likeness in each other report.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.link.credits import Credits
from dateline.link.keys import candidates
from dateline.link.retellings import Retelling, retellings
from dateline.matching.passages import PassageMatch, could_be_kin, could_match, match_kin, match_profiles
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
SENTENCE_WORDS = 8
BESIDE = 0.1
"""What standing next to each other adds, when a passage could retell several others of its report."""
KIN_COPIES = 2
"""From so many copied passages on, two reports are kin: what else they tell alike is likely to be copied too."""
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
    """One wording, wherever it stands. ``sentences`` are indices of the sentences of a longer passage."""

    profile: Profile
    places: list[Place]
    sentences: tuple[int, ...] = ()
    passages: tuple[int, ...] = ()


class Found(Struct, frozen=True):
    """A verified pair, before its direction is known."""

    a: Place
    b: Place
    match: PassageMatch


def link_copies(
    reports: Sequence[AnnotatedReport], knowledge: Knowledge
) -> tuple[tuple[Copy, ...], tuple[Change, ...]]:
    """All copies between the passages of the reports, with their changes, in order of their sites."""
    passages, parts = _texts(reports)
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


def _texts(reports: Sequence[AnnotatedReport]) -> tuple[list[Text], list[Text]]:
    """The distinct passages, and the distinct sentences with the passages that hold them."""
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
        if len(t.profile.keys) >= LEAST_WORDS and t.profile.rarity >= LEAST_RARITY
    ]
    parts: dict[str, Text] = {}
    for index, text in enumerate(worth):
        spans = sentences(text.profile.text)
        for span in spans:
            words = span.of(text.profile.text)
            part = parts.get(words)
            if part is None:
                profile = text.profile if len(spans) == 1 else text.profile.part(span)
                part = parts[words] = Text(profile, [])
            part.passages = (*part.passages, index)
            part.places.extend(
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


def _retold(passages: Sequence[Text], parts: Sequence[Text], knowledge: Knowledge) -> Iterator[Found]:
    compared: dict[tuple[int, int], bool] = {}
    pairs = (
        (x, y) for x, y in candidates([p.profile for p in parts]) if could_match(parts[x].profile, parts[y].profile)
    )
    for x, y in chain(_shared(parts), pairs):
        for i in parts[x].passages:
            for j in parts[y].passages:
                key = (i, j) if i < j else (j, i)
                if i != j and key not in compared:
                    compared[key] = False
                    a, b = passages[key[0]], passages[key[1]]
                    if could_match(a.profile, b.profile):
                        match = match_profiles(a.profile, b.profile, knowledge)
                        if match.match:
                            compared[key] = True
                            yield from _placed(a, b, match)
        if x == y:
            yield from _word_for_word(parts[x], compared)
        else:
            yield from _sentences(x, y, passages, parts, compared, knowledge)


def _shared(parts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """The sentences that stand word for word in more than one passage, each paired with itself."""
    return ((x, x) for x, part in enumerate(parts) if 1 < len(part.passages) <= MANY)


def _word_for_word(part: Text, compared: dict[tuple[int, int], bool]) -> Iterator[Found]:
    """One sentence standing in several passages that are no retellings as a whole."""
    if len(part.profile.keys) < SENTENCE_WORDS or part.profile.rarity < LEAST_RARITY:
        return
    wholes = [(i, j) for at, i in enumerate(part.passages) for j in part.passages[at + 1 :]]
    if any(compared.get((min(i, j), max(i, j)), False) for i, j in wholes):
        return
    same = PassageMatch(score=1.0, match=True, verdict=Verdict.IDENTICAL, because="the same sentence")
    places = sorted(part.places)
    for at, a in enumerate(places):
        for b in places[at + 1 :]:
            if a.passage != b.passage:
                yield Found(a, b, same)


def _sentences(
    x: int,
    y: int,
    passages: Sequence[Text],
    parts: Sequence[Text],
    compared: dict[tuple[int, int], bool],
    knowledge: Knowledge,
) -> Iterator[Found]:
    """A retelling of one sentence, where none of the passages that hold the two is a retelling as a whole."""
    a, b = parts[x], parts[y]
    if min(len(a.profile.keys), len(b.profile.keys)) < SENTENCE_WORDS:
        return
    whole = [(min(i, j), max(i, j)) for i in a.passages for j in b.passages]
    if any(i == j or compared.get((i, j), False) for i, j in whole):
        return
    match = match_profiles(a.profile, b.profile, knowledge)
    if match.match:
        yield from _placed(a, b, match)


def _kin(found: Sequence[Found], passages: Sequence[Text], knowledge: Knowledge) -> Iterator[Found]:
    """Further retellings between two reports that share KIN_COPIES copies, among passages not yet paired."""
    shared: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for pair in found:
        if pair.a.report != pair.b.report:
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


def _placed(a: Text, b: Text, match: PassageMatch) -> Iterator[Found]:
    left, right = sorted(a.places), sorted(b.places)
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
        a=Site(a.report, Span(a.start, a.end)),
        b=Site(b.report, Span(b.start, b.end)),
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
