"""Reports read into a ledger, and the ledger linked, in this one process."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError, EvidenceError, KnowledgeError, LedgerError, ModelError
from dateline.ingest.base import Ingested
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.model.vocab import InputOutcome
from dateline.nlp.base import Parser
from dateline.read.pipeline import BATCH, read_reports
from dateline.run.corrects import corrected_by
from dateline.store.base import Outcome, Setup, Store
from dateline.store.cache import CachedParser

_OF_THE_RUN = (LedgerError, KnowledgeError, ModelError)
"""What no single report is to blame for."""

_log = logging.getLogger(__name__)


class _Task(Struct, kw_only=True):
    """One input on its way: the report to read, if it is to be read, and how it ended so far."""

    done: Outcome
    report: Report | None = None


def read_into(
    store: Store, inputs: Iterable[Ingested], parser: Parser, knowledge: Knowledge, batch: int = BATCH
) -> Iterator[Outcome]:
    """Read reports into the ledger and say of each input how it ended, in order.

    At most ``batch`` reports are held at a time, and each batch is written in one transaction together with
    the outcome of its inputs: what was yielded is stored. A report that is there already is not read
    again, and neither is a passage that was parsed before. A report that cannot be read, or whose records do
    not quote it, is quarantined; the others go on. Raises LedgerError when the ledger fails.
    """
    reader = _Reader(store, CachedParser(parser, store), knowledge)
    waiting = iter(inputs)
    while group := list(islice(waiting, batch)):
        yield from reader.read(group)


def reread(store: Store, parser: Parser, knowledge: Knowledge, batch: int = BATCH) -> Iterator[Outcome]:
    """Read all reports of the ledger again and put the new records in place of the old.

    Judgements stay, and so do the ids of records that are made again. The links are then to be made anew:
    see ``run.linking``.
    """
    reader = _Reader(store, CachedParser(parser, store), knowledge)
    waiting = iter(store.report_ids())
    while group := list(islice(waiting, batch)):
        reports = [store.annotated(id).report for id in group]
        tasks = [
            _Task(done=Outcome(name=one.id, outcome=InputOutcome.STORED, report=one.id), report=one) for one in reports
        ]
        reader.write(tasks, reader.annotate(tasks), replace=True)
        yield from (task.done for task in tasks)


class _Reader:
    """Takes batches from input to ledger."""

    def __init__(self, store: Store, parser: Parser, knowledge: Knowledge) -> None:
        self._store = store
        self._parser = parser
        self._knowledge = knowledge
        self._setup = Setup(parser.model, parser.digest, knowledge.digest, knowledge.boundary_policy)

    def read(self, group: Sequence[Ingested]) -> list[Outcome]:
        """Read and write a batch; how each of it ended."""
        tasks = self._admit(group)
        self.write(tasks, self.annotate(tasks), replace=False)
        return [task.done for task in tasks]

    def _admit(self, group: Sequence[Ingested]) -> list[_Task]:
        tasks: list[_Task] = []
        pending: dict[str, Report] = {}
        for one in group:
            if one.report is None:
                tasks.append(_Task(done=_without_report(one)))
                continue
            admission = self._store.admit(one.report, pending)
            report, reason = admission.report, admission.reason
            new = admission.outcome is InputOutcome.STORED
            if new and report.revision_of is None:
                first = corrected_by(report, self._store, pending.values())
                report = msgspec.structs.replace(report, revision_of=first)
                reason = f"a revision of {first}" if first else reason
            done = Outcome(
                name=one.name,
                outcome=admission.outcome,
                report=report.id,
                reason=reason,
                digest=one.digest,
                offset=one.offset,
                how=one.how,
            )
            if new:
                pending[report.id] = report
            tasks.append(_Task(done=done, report=report if new else None))
        return tasks

    def annotate(self, tasks: Sequence[_Task]) -> list[AnnotatedReport]:
        """Read the reports of a batch; one that cannot be read is left out and its task says why."""
        reports = [task.report for task in tasks if task.report is not None]
        try:
            return self._annotate(reports)
        except _OF_THE_RUN:
            raise
        except Exception:
            _log.exception("a batch of %d reports broke; they are read one by one", len(reports))
        found: list[AnnotatedReport] = []
        for task in tasks:
            if task.report is None:
                continue
            try:
                found += self._annotate([task.report])
            except _OF_THE_RUN:
                raise
            except Exception as error:
                _quarantine(task, error)
        return found

    def _annotate(self, reports: Sequence[Report]) -> list[AnnotatedReport]:
        return list(read_reports(reports, self._parser, self._knowledge, max(1, len(reports))))

    def write(self, tasks: Sequence[_Task], annotated: Sequence[AnnotatedReport], replace: bool) -> None:
        """Write a batch with the outcome of its inputs; a report whose records are not right is left out."""
        try:
            self._write(tasks, annotated, replace)
            return
        except EvidenceError:
            _log.exception("a batch does not hold what its texts say; its reports are written one by one")
        by_report = {one.report.id: one for one in annotated}
        for task in tasks:
            some = [by_report[task.report.id]] if task.report and task.report.id in by_report else []
            try:
                self._write([task], some, replace)
            except EvidenceError as error:
                _quarantine(task, error)
                self._write([task], [], replace)

    def _write(self, tasks: Sequence[_Task], annotated: Sequence[AnnotatedReport], replace: bool) -> None:
        with self._store.transaction():
            stored = {done.report: done for done in self._store.add(annotated, self._setup, replace)}
            for task in tasks:
                if task.report is not None and task.report.id in stored:
                    failures = stored[task.report.id].failures
                    task.done = msgspec.structs.replace(task.done, failures=failures)
            if not replace:
                self._store.note(task.done.as_input() for task in tasks)


def _without_report(one: Ingested) -> Outcome:
    """How an input ends that brings no report: it is bad, or it was taken before."""
    there = one.known is not None
    return Outcome(
        name=one.name,
        outcome=InputOutcome.ALREADY_THERE if there else InputOutcome.QUARANTINED,
        report=one.known,
        reason=f"report {one.known} was made of it" if there else one.error or "",
        digest=one.digest,
        offset=one.offset,
        how=one.how,
    )


def _quarantine(task: _Task, error: Exception) -> None:
    reason = str(error) if isinstance(error, DatelineError) else f"it broke the reader: {type(error).__name__}: {error}"
    task.done = msgspec.structs.replace(task.done, outcome=InputOutcome.QUARANTINED, reason=reason, report=None)
    task.report = None
