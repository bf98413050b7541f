"""Doubts: what looks wrong in a text, for a person to judge. Nothing is repaired.

Gathers what other rooms found (quotation marks that never close, suspect names and roles, passages that could
not be read) and looks itself for broken wording, orphaned quotations, speakers of the wrong sex, names that
are missing, totals that do not add up, and neighbouring passages that say the opposite of one another.
Precision first: a sound report gives next to none.
"""

from collections.abc import Iterator

from dateline.model.records import AnnotatedReport, Doubt, Failure
from dateline.model.span import Span
from dateline.model.vocab import DoubtKind, Table
from dateline.read.doubts.attribution import orphaned_attributions
from dateline.read.doubts.found import Found
from dateline.read.doubts.opposites import reversed_sense
from dateline.read.doubts.people import suspected, two_ways
from dateline.read.doubts.speech import orphaned_quotations, unclosed
from dateline.read.doubts.sums import mismatched_totals
from dateline.read.doubts.wording import broken_sentences
from dateline.read.reading import Extractor, Mint, Reading

PRODUCER = "doubts"

_LOOKS = (
    unclosed,
    orphaned_quotations,
    orphaned_attributions,
    broken_sentences,
    suspected,
    two_ways,
    mismatched_totals,
    reversed_sense,
)


def run(reading: Reading) -> AnnotatedReport:
    """The report with its ``doubts`` layer, in order of the text."""
    found = sorted(_unique(_all(reading)), key=lambda one: (one.span, one.kind))
    mint = Mint(reading, Table.DOUBTS, PRODUCER)
    doubts = []
    for one in found:
        id, evidence = mint(one.span)
        doubts.append(
            Doubt(
                id=id,
                evidence=evidence,
                because=one.because,
                score=one.score,
                kind=one.kind,
                record=one.record,
                suggestion=one.suggestion,
            )
        )
    return reading.annotated.replace(doubts=tuple(doubts))


def _all(reading: Reading) -> Iterator[Found]:
    yield from _unread(reading)
    for look in _LOOKS:
        try:
            yield from list(look(reading))
        except Exception as error:
            # One look that breaks costs its own doubts, not those of the others.
            reading.failures.append(Failure(f"{PRODUCER}.{look.__name__}", None, f"{type(error).__name__}: {error}"))


def _unread(reading: Reading) -> Iterator[Found]:
    """The passages on which an extractor broke, once each."""
    seen: set[int] = set()
    for failure in reading.failures:
        if failure.passage is not None and failure.passage not in seen:
            seen.add(failure.passage)
            passage = reading.annotated.passages[failure.passage]
            yield Found(
                kind=DoubtKind.UNREAD_PASSAGE,
                span=passage.evidence.span,
                because=f"{failure.extractor} could not read the passage",
                record=passage.id,
            )


def _unique(found: Iterator[Found]) -> Iterator[Found]:
    """One doubt of a kind on a stretch: the first, and of overlapping ones of a kind the earlier look's."""
    kept: dict[DoubtKind, list[Span]] = {}
    for one in found:
        spans = kept.setdefault(one.kind, [])
        if not any(span.overlaps(one.span) for span in spans):
            spans.append(one.span)
            yield one


EXTRACTOR = Extractor(
    "doubts",
    frozenset({"head", "times", "places", "statements", "events", "figures", "states", "referents"}),
    frozenset({"doubts"}),
    run,
)
