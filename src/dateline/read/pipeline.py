"""Reading: reports in, annotated reports out. Pure: nothing is stored here.

A batch of reports is segmented, all its passages are parsed together, and the extractors run over each
report in the order that their requirements give.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Failure
from dateline.model.report import Report
from dateline.model.vocab import ReadStatus
from dateline.nlp.base import Parse, Parser, Tokens
from dateline.nlp.offsets import Normalised, normalise
from dateline.read.head import part_dateline
from dateline.read.reading import Extractor, Reading
from dateline.read.segment import segment

BATCH = 32
"""Reports parsed together: enough passages to fill the parser's batches, few enough to stream."""

GIVEN = frozenset({"passages"})
"""The layers that are there before the first extractor runs."""

_log = logging.getLogger(__name__)


def read_report(report: Report, parser: Parser, knowledge: Knowledge) -> AnnotatedReport:
    """Everything that Dateline reads in one report. See ``read_reports``."""
    return next(read_reports([report], parser, knowledge))


def read_reports(
    reports: Iterable[Report], parser: Parser, knowledge: Knowledge, batch: int = BATCH
) -> Iterator[AnnotatedReport]:
    """Read reports as they come, in their order, holding at most ``batch`` of them at a time.

    A report in another language than English is segmented and otherwise left unread. A report whose
    language is unknown is read as English. An extractor that breaks leaves its layers empty and a
    ``Failure`` behind; it never costs the report. Raises KnowledgeError for a data file that is not as its
    schema says.
    """
    waiting = iter(reports)
    while group := list(islice(waiting, batch)):
        segmented = [_segmented(report, knowledge) for report in group]
        texts = [_to_parse(one) for one in segmented]
        parses = iter(parser.parse([passage.text for some in texts for passage in some]))
        for one, some in zip(segmented, texts, strict=True):
            yield _extract(one, some, parses, knowledge)


def _segmented(report: Report, knowledge: Knowledge) -> AnnotatedReport:
    passages = part_dateline(segment(report), report, knowledge)
    return AnnotatedReport(report=report, passages=passages, status=_status(report))


def _status(report: Report) -> ReadStatus:
    return ReadStatus.READ if report.language in (None, "en") else ReadStatus.UNREAD_LANGUAGE


def _to_parse(annotated: AnnotatedReport) -> list[Normalised]:
    if annotated.status is not ReadStatus.READ:
        return []
    return [normalise(passage.evidence.quote) for passage in annotated.passages]


def _extract(
    annotated: AnnotatedReport, normalised: list[Normalised], parses: Iterator[Parse], knowledge: Knowledge
) -> AnnotatedReport:
    if annotated.status is not ReadStatus.READ:
        return annotated
    tokens = tuple(
        Tokens(next(parses), text, passage.evidence.span.start)
        for passage, text in zip(annotated.passages, normalised, strict=True)
    )
    reading = Reading(annotated, tokens, knowledge)
    for index, text in enumerate(normalised):
        if text.text and not tokens[index]:
            reading.failures.append(Failure("parser", index, "it has no parse"))
    for extractor in ordered(extractors()):
        try:
            reading.annotated = extractor.run(reading)
        except KnowledgeError:
            # A data file is broken, not the report: every report would lose the layer.
            raise
        except Exception as error:
            _log.error("extractor %s broke on report %s", extractor.name, annotated.report.id)
            _log.debug("how it broke", exc_info=error)
            reading.failures.append(Failure(extractor.name, None, f"{type(error).__name__}: {error}"))
    return reading.annotated.replace(failures=tuple(reading.failures))


@lru_cache(maxsize=1)
def extractors() -> tuple[Extractor, ...]:
    """The extractors that reading runs, in no particular order."""
    from dateline.read import (
        doubts,
        events,
        figures,
        head,
        mentions,
        places,
        quotes,
        referents,
        statements,
        states,
        times,
    )

    rooms = (
        doubts,
        events,
        figures,
        head,
        mentions,
        places,
        quotes,
        referents,
        statements,
        states,
        times,
    )
    return tuple(room.EXTRACTOR for room in rooms)


@lru_cache(maxsize=8)
def ordered(steps: Sequence[Extractor]) -> tuple[Extractor, ...]:
    """The steps so that each comes after those which assign what it requires; ties go by name.

    Raises KnowledgeError when a layer is required that no step assigns, or two require each other.
    """
    left, there, order = sorted(steps, key=lambda step: step.name), set(GIVEN), list[Extractor]()
    while left:
        # A layer that several steps assign is there only when the last of them has run.
        open_layers = {layer for step in left for layer in step.assigns}
        ready = next((s for s in left if s.requires <= there - (open_layers - s.assigns)), None)
        if ready is None:
            names = ", ".join(step.name for step in left)
            raise KnowledgeError(f"these extractors require what is not assigned before them: {names}")
        left.remove(ready)
        order.append(ready)
        there |= ready.assigns
    return tuple(order)
