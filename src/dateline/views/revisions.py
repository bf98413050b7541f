"""Texts put in place of one another at one address: what a revision changed, and what it no longer tells."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from dateline.errors import UsageError
from dateline.matching.profile import Profile
from dateline.matching.stems import key_of
from dateline.model.links import Change, Copy, Links
from dateline.model.records import AnnotatedReport, Event, Figure, Statement
from dateline.model.report import Report
from dateline.model.span import Span, hull
from dateline.model.vocab import ChangeKind, ReportMark
from dateline.store.base import ReportRow

_TAKING_BACK: Final = frozenset({ReportMark.CORRECTION, ReportMark.RETRACTION})
"""Marks of a text that says that it takes something back."""
STILL: Final = 0.6
"""The share of a saying's telling words that stand in one passage of the later text, where that still tells it."""

Claim = Statement | Figure | Event


class Revised(Struct, frozen=True, kw_only=True):
    """A claim of an earlier text that the later one changed or no longer tells; the record stays as it was read.

    ``by`` is the later report, ``instead`` its words in place of the claim's, or None. ``how`` is ``corrected`` or
    ``withdrawn`` where the later text says that it takes something back, else ``changed`` or ``no longer told``: a
    page that drops a line need not take it back. ``change`` is the row that names a change.
    """

    record: str
    by: str
    how: str
    instead: str | None = None
    change: str | None = None


def neighbours(report: str, rows: Iterable[ReportRow]) -> tuple[str, str]:
    """A report and its earlier revision, that one first; of a first text, it and the next.

    Raises UsageError where there is no other revision.
    """
    ages = {row.id: (row.revision_of or row.id, _age(row, row.published)) for row in rows}
    first, _ = ages[report]
    chain = sorted((id for id, (of, _) in ages.items() if of == first), key=lambda id: ages[id][1])
    if len(chain) < 2:
        raise UsageError(f"report {report} has no other revision; name a second report")
    at = max(1, chain.index(report))
    return chain[at - 1], chain[at]


def revised(reports: Sequence[AnnotatedReport], links: Links) -> dict[str, Revised]:
    """The claims that a later text of the same report changed or dropped, by record.

    What stands in a copied stretch is changed where a change covers its words. What stands in none, and a figure
    whose number the later wording of its sentence lacks, is dropped,
    unless the later text still tells it elsewhere: the same figure, the same kind of event in the same word, or the
    words of a saying.
    """
    changes = _by_copy(links)
    found: dict[str, Revised] = {}
    for earlier, later, copies in _copied(reports, links):
        claims: tuple[Claim, ...] = (*earlier.figures, *earlier.events, *earlier.statements)
        for claim in claims:
            told = _told(claim, earlier, later, copies, changes)
            if told is not None:
                found[claim.id] = told
    return found


def numbers(reports: Sequence[AnnotatedReport], links: Links) -> Iterator[Revised]:
    """The numbers that a later text of the same report changed, by the passage that holds each: those too that were
    read as no claim."""
    changes = _by_copy(links)
    for earlier, later, copies in _copied(reports, links):
        for copy in copies:
            for change in changes.get(copy.id, ()):
                span, instead = _of(change, copy, earlier)
                held = next((p for p in earlier.passages if p.evidence.span.contains(span)), None)
                if change.kind is ChangeKind.NUMBER and held is not None:
                    yield Revised(
                        record=held.id, by=later.report.id, how=_how(later), instead=instead, change=change.id
                    )


def _by_copy(links: Links) -> dict[str, list[Change]]:
    changes: dict[str, list[Change]] = {}
    for change in links.changes:
        changes.setdefault(change.copy, []).append(change)
    return changes


def _copied(
    reports: Sequence[AnnotatedReport], links: Links
) -> Iterator[tuple[AnnotatedReport, AnnotatedReport, list[Copy]]]:
    """Each text with the one that came in its place next, and what of it stands in that."""
    copied: dict[frozenset[str], list[Copy]] = {}
    for copy in links.copies:
        copied.setdefault(frozenset((copy.a.report, copy.b.report)), []).append(copy)
    for earlier, later in pairs(reports):
        yield earlier, later, copied.get(frozenset((earlier.report.id, later.report.id)), [])


def pairs(reports: Sequence[AnnotatedReport]) -> Iterator[tuple[AnnotatedReport, AnnotatedReport]]:
    """Each text with the one that came in its place next."""
    chains: dict[str, list[AnnotatedReport]] = {}
    for one in reports:
        chains.setdefault(one.report.revision_of or one.report.id, []).append(one)
    for _, chain in sorted(chains.items()):
        chain.sort(key=lambda one: _age(one.report, one.report.published.value if one.report.published else None))
        yield from pairwise(chain)


def _age(report: Report | ReportRow, published: str | None) -> tuple[bool, str, str, str, str]:
    """Where a text stands among its revisions: the one that names no other first, then by all its clocks."""
    later = report.revision_of is not None
    return later, published or "", report.modified or "", report.retrieved or "", report.id


def _told(
    claim: Claim,
    earlier: AnnotatedReport,
    later: AnnotatedReport,
    copies: Iterable[Copy],
    changes: dict[str, list[Change]],
) -> Revised | None:
    at, by = _words(claim), later.report.id
    covering = [copy for copy in copies if _own(copy, earlier).overlaps(at)]
    for copy in covering:
        for change in changes.get(copy.id, ()):
            span, instead = _of(change, copy, earlier)
            if not isinstance(claim, Statement) and span.overlaps(at):
                return Revised(record=claim.id, by=by, how=_how(later), instead=instead, change=change.id)
    kept = covering and not (isinstance(claim, Figure) and _left_out(claim, covering, later))
    if kept or _still(claim, earlier, later):
        return None
    return Revised(record=claim.id, by=by, how="withdrawn" if _takes_back(later) else "no longer told")


def _left_out(claim: Figure, covering: Iterable[Copy], later: AnnotatedReport) -> bool:
    """Whether the later wording of a figure's sentence has none of its numbers."""
    given = _numbers(claim.evidence.quote)
    sites = (copy.a if copy.a.report == later.report.id else copy.b for copy in covering)
    return bool(given) and not any(given & _numbers(site.span.of(later.text)) for site in sites)


def _numbers(text: str) -> set[str]:
    return {key for key in Profile(text).keys if key[0].isdigit()}


def _takes_back(later: AnnotatedReport) -> bool:
    return bool(_TAKING_BACK & set(later.report.marks))


def _how(later: AnnotatedReport) -> str:
    return "corrected" if _takes_back(later) else "changed"


def _of(change: Change, copy: Copy, earlier: AnnotatedReport) -> tuple[Span, str | None]:
    """Where a change stands in the earlier text, and the words of the later one instead, if any."""
    if copy.a.report == earlier.report.id:
        return Span(change.a_start, change.a_end), change.b_text or None
    return Span(change.b_start, change.b_end), change.a_text or None


def _own(copy: Copy, one: AnnotatedReport) -> Span:
    return copy.a.span if copy.a.report == one.report.id else copy.b.span


def _words(claim: Claim) -> Span:
    """The words that make a claim what it is."""
    if isinstance(claim, Event):
        return claim.trigger.span
    if isinstance(claim, Statement) and claim.content:
        return hull(claim.content)
    return claim.evidence.span


def _still(claim: Claim, earlier: AnnotatedReport, later: AnnotatedReport) -> bool:
    """Whether the later text tells a claim in other words than copied ones."""
    if isinstance(claim, Figure):
        return any((f.value, f.low, f.effect) == (claim.value, claim.low, claim.effect) for f in later.figures)
    if isinstance(claim, Event):
        word = key_of(claim.trigger.text)
        return any(event.type == claim.type and key_of(event.trigger.text) == word for event in later.events)
    telling = Profile(_words(claim).of(earlier.text)).telling
    told = (Profile(passage.evidence.quote).telling for passage in later.passages)
    return not telling or any(len(telling & other) >= STILL * len(telling) for other in told)
