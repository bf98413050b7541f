"""Two reports side by side: what both tell, what one changed, and what only one of them tells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.handle import Knowledge
from dateline.link.copies import link_copies
from dateline.link.credits import Credits
from dateline.link.wording import is_dateline, opening
from dateline.matching.alignment import Alignment
from dateline.matching.paraphrase import Verifier
from dateline.matching.profile import TELLING, Profile
from dateline.model.links import Change, Copy, Links, Site
from dateline.model.records import AnnotatedReport
from dateline.model.span import Span
from dateline.model.vocab import Direction, PassageKind, Verdict
from dateline.views.differences import loaded_words, untold
from dateline.views.material import Material
from dateline.views.words import DASH, days

LOADED = "loaded"
"""What a word of judgement is called that only one of two tellings has."""
SPELLING = "spelling"
"""What a name is called that the two spell otherwise: no change of what is told, but what a copy inherits."""
ALONE = "alone"
"""What a word is called that only one of two nearly equal tellings has."""


class Pairing(StrEnum):
    """What a stretch of one report is to the other."""

    SAME = "same"
    EDITED = "edited"
    RETOLD = "retold"
    QUOTED = "same quotation"
    LEFT_OUT = "left out"
    ADDED = "added"


_PAIRINGS = {
    Verdict.IDENTICAL: Pairing.SAME,
    Verdict.LIGHT_EDIT: Pairing.EDITED,
    Verdict.REWRITE: Pairing.RETOLD,
    Verdict.SHARED_QUOTE: Pairing.QUOTED,
}


class Mark(Struct, frozen=True, order=True):
    """Words of a report that differ: a kind of change, ``loaded``, or ``alone`` for words the other lacks."""

    span: Span
    kind: str


class Stretch(Struct, frozen=True, kw_only=True):
    """A stretch of one report's text with what is marked in it; all spans count in the report."""

    span: Span
    text: str
    kind: PassageKind
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[tuple[str, str | None]]:
        """The text in order, cut where a mark begins or ends, each piece with its mark's kind."""
        edges = (edge for one in (self.span, *(m.span for m in self.marks)) for edge in (one.start, one.end))
        for start, end in pairwise(sorted(set(edges))):
            kind = next((m.kind for m in self.marks if m.span.start <= start and end <= m.span.end), None)
            yield self.text[start - self.span.start : end - self.span.start], kind


class Difference(Struct, frozen=True, kw_only=True):
    """What differs in substance between two stretches: one side's words may be empty."""

    kind: str
    first: str
    second: str
    because: str


class Aligned(Struct, frozen=True, kw_only=True):
    """A line of the comparison: a stretch of each report, or of one that the other has nothing for."""

    pairing: Pairing
    first: Stretch | None = None
    second: Stretch | None = None
    differences: tuple[Difference, ...] = ()
    because: str = ""


class Side(Struct, frozen=True, kw_only=True):
    """One of the two reports. ``told`` is the share of its text that the other tells too, 0..1."""

    id: str
    label: str
    title: str
    line: str
    told: float


class Comparison(Struct, frozen=True, kw_only=True):
    """Two reports aligned. ``direction`` says in words which follows the other and how that is known."""

    first: Side
    second: Side
    direction: str
    rows: tuple[Aligned, ...]

    def counted(self) -> str:
        """How many stretches are paired in which way, and the differences in substance by kind, in words."""
        pairings = Counter(row.pairing for row in self.rows)
        kinds = Counter(one.kind for row in self.rows for one in row.differences)
        stretches = ", ".join(f"{pairings[pairing]} {pairing.value}" for pairing in Pairing if pairings[pairing])
        changed = ", ".join(f"{many} {kind}" for kind, many in sorted(kinds.items()))
        return f"{stretches or 'nothing in either'}; differences: {changed or 'none found'}"


def compare(
    first: AnnotatedReport, second: AnnotatedReport, knowledge: Knowledge, verifier: Verifier | None = None
) -> Comparison:
    """The two reports aligned by what one has from the other, in the order of the first.

    Pairs of stretches are the copies that linking finds between the two alone, so a comparison says the same in any
    ledger or in none. A stretch is told once: where several would fit, the likest does. What one report alone
    tells stands as left out (of the second) or added, sentence by sentence. Words of judgement that only one side
    has are differences too. That the second leaves something out says nothing on why.
    """
    copies, changes = link_copies(sorted((first, second), key=lambda one: one.report.id), knowledge, verifier)
    across = [copy for copy in copies if copy.a.report != copy.b.report]
    material = Material((first, second), Links(copies=copies, changes=changes), knowledge)
    chosen = list(_apart(across, first.report.id))
    by_copy: dict[str, list[Change]] = {}
    for change in changes:
        by_copy.setdefault(change.copy, []).append(change)
    rows = [_paired(copy, by_copy.get(copy.id, ()), first, second, material) for copy in chosen]
    rows += _same_dateline(first, second)
    told = [[row.first.span for row in rows if row.first], [row.second.span for row in rows if row.second]]
    only = [Aligned(pairing=Pairing.LEFT_OUT, first=one) for one in _untold(first, told[0], material)]
    new = [Aligned(pairing=Pairing.ADDED, second=one) for one in _untold(second, told[1], material)]
    direction, why = Credits.among((first, second)).direction(first.report.id, second.report.id)
    return Comparison(
        first=_side(first, told[0], material),
        second=_side(second, told[1], material),
        direction=f"{_DIRECTIONS[direction]}: {why}" if chosen else "no copying found",
        rows=tuple(_in_order([*rows, *only], new)),
    )


_DIRECTIONS = {
    Direction.A_FROM_B: "the first follows the second",
    Direction.B_FROM_A: "the second follows the first",
    Direction.UNKNOWN: "which follows the other is unknown",
}


def _apart(copies: Iterable[Copy], first: str) -> Iterator[Copy]:
    """The likest copies that do not claim words of one another."""
    taken: list[Copy] = []
    order = (Verdict.IDENTICAL, Verdict.LIGHT_EDIT, Verdict.REWRITE, Verdict.SHARED_QUOTE)
    for copy in sorted(copies, key=lambda c: (order.index(c.verdict), -c.score, c.a.span, c.b.span)):
        if not any(copy.a.span.overlaps(t.a.span) or copy.b.span.overlaps(t.b.span) for t in taken):
            taken.append(copy)
            yield copy


def _paired(
    copy: Copy, changes: Iterable[Change], first: AnnotatedReport, second: AnnotatedReport, material: Material
) -> Aligned:
    mirrored = copy.a.report != first.report.id
    spans = (copy.b.span, copy.a.span) if mirrored else (copy.a.span, copy.b.span)
    both = (first, second)
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    differences: list[Difference] = []
    for change in changes:
        where = [Span(change.a_start, change.a_end), Span(change.b_start, change.b_end)]
        words = [change.a_text, change.b_text]
        if mirrored:
            where.reverse()
            words.reverse()
        for n in (0, 1):
            marks[n].append(Mark(where[n], change.kind.value))
        differences.append(Difference(kind=change.kind.value, first=words[0], second=words[1], because=change.because))
    found = loaded_words(Site(first.report.id, spans[0]), Site(second.report.id, spans[1]), material)
    for n, told in enumerate(found):
        for span in told:
            if _mark(marks[n], span, LOADED):
                word = span.of(both[n].text)
                why = "a word of judgement that only one side has"
                texts = ("", word) if n else (word, "")
                differences.append(Difference(kind=LOADED, first=texts[0], second=texts[1], because=why))
    alignment = Alignment(Profile(spans[0].of(first.text)), Profile(spans[1].of(second.text)))
    for here, there in _respelt(alignment):
        fresh = [_mark(marks[n], span.shift(spans[n].start), SPELLING) for n, span in enumerate((here, there))]
        if all(fresh):
            texts = here.of(alignment.a.text), there.of(alignment.b.text)
            why = "a name that the two spell otherwise"
            differences.append(Difference(kind=SPELLING, first=texts[0], second=texts[1], because=why))
    if copy.verdict is Verdict.LIGHT_EDIT:
        sides = ((alignment.a, alignment.alone[0]), (alignment.b, alignment.alone[1]))
        for n, (profile, alone) in enumerate(sides):
            for span in _runs(profile, alone):
                _mark(marks[n], span.shift(spans[n].start), ALONE)
    same = spans[0].of(first.text).split() == spans[1].of(second.text).split()
    return Aligned(
        pairing=Pairing.SAME if same else _PAIRINGS[copy.verdict],
        first=_stretch(first, spans[0], marks[0]),
        second=_stretch(second, spans[1], marks[1]),
        differences=tuple(differences),
        because=copy.because,
    )


def _mark(marks: list[Mark], span: Span, kind: str) -> bool:
    """Mark words that bear no mark yet; whether they were marked."""
    if any(span.overlaps(mark.span) for mark in marks):
        return False
    marks.append(Mark(span, kind))
    return True


def _respelt(alignment: Alignment) -> Iterator[tuple[Span, Span]]:
    """The names that both passages have, spelt otherwise."""
    for i, j in alignment.respelt:
        a, b = alignment.a, alignment.b
        if a.named[i] and b.named[j]:
            yield Span(a.starts[i], a.ends[i]), Span(b.starts[j], b.ends[j])


def _runs(profile: Profile, words: Sequence[int]) -> list[Span]:
    runs: list[list[int]] = []
    for i in words:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    telling = [run for run in runs if any(profile.weights[i] > TELLING for i in run)]
    return [Span(profile.starts[run[0]], profile.ends[run[-1]]) for run in telling]


def _same_dateline(first: AnnotatedReport, second: AnnotatedReport) -> Iterator[Aligned]:
    """The place-and-date lines where they are one: no copy, and nothing that one side lacks."""
    lines = [[p.evidence for p in one.passages if is_dateline(p, one)] for one in (first, second)]
    for mine, theirs in zip(*lines, strict=False):
        if mine.quote == theirs.quote:
            both = (_stretch(first, mine.span, ()), _stretch(second, theirs.span, ()))
            yield Aligned(pairing=Pairing.SAME, first=both[0], second=both[1], because="one place-and-date line")


def _untold(one: AnnotatedReport, told: Sequence[Span], material: Material) -> Iterator[Stretch]:
    """What the other report does not tell, with its words of judgement."""
    for passage in one.passages:
        for span in untold(passage, told):
            heated = (Mark(word, LOADED) for word in material.heated(one.report.id) if word.overlaps(span))
            yield _stretch(one, span, heated)


def _stretch(one: AnnotatedReport, span: Span, marks: Iterable[Mark]) -> Stretch:
    inside = [replace(m, span=Span(max(m.span.start, span.start), min(m.span.end, span.end))) for m in marks]
    kind = next((p.kind for p in one.passages if p.evidence.span.overlaps(span)), PassageKind.PARAGRAPH)
    shown = tuple(sorted(mark for mark in inside if mark.span.start < mark.span.end))
    return Stretch(span=span, text=span.of(one.text), kind=kind, marks=shown)


def _in_order(rows: Iterable[Aligned], added: Iterable[Aligned]) -> Iterator[Aligned]:
    """Rows in order of the first report; what was added stands after what it follows in the second."""
    placed = sorted((row for row in rows if row.first), key=lambda row: row.first.span if row.first else Span(0, 0))
    after: dict[int, list[Aligned]] = {}
    for row in added:
        start = row.second.span.start if row.second else 0
        before = [n for n, other in enumerate(placed) if other.second and other.second.span.start < start]
        nearest = max(before, key=lambda n: placed[n].second.span.start, default=-1)  # type: ignore[union-attr]
        after.setdefault(nearest, []).append(row)
    yield from after.get(-1, ())
    for n, row in enumerate(placed):
        yield row
        yield from after.get(n, ())


def _side(one: AnnotatedReport, told: Sequence[Span], material: Material) -> Side:
    report = one.report
    when = days(report.published.first.isoformat(), report.published.last.isoformat()) if report.published else DASH
    whole = sum(len(passage.evidence.span) for passage in one.passages)
    return Side(
        id=report.id,
        label=material.label(report.id),
        title=report.title or opening(one),
        line=", ".join((report.source or "publisher unknown", when if when != DASH else "date unknown")),
        told=round(min(1.0, sum(len(span) for span in told) / whole), 4) if whole else 0.0,
    )
