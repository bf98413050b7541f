"""What an extractor gets, and what it declares."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.model.ids import record_id
from dateline.model.records import AnnotatedReport, Evidence, Failure, Mention, Passage
from dateline.model.span import Span
from dateline.model.vocab import Table
from dateline.nlp.base import Tokens

T = TypeVar("T")


class Reading:
    """One report on its way through the extractors: the layers so far, the tokens, the knowledge.

    ``tokens[i]`` belongs to ``annotated.passages[i]``. Only the pipeline puts ``annotated`` forward.
    """

    def __init__(self, annotated: AnnotatedReport, tokens: tuple[Tokens, ...], knowledge: Knowledge) -> None:
        self.annotated = annotated
        self.tokens = tokens
        self.knowledge = knowledge
        self.failures: list[Failure] = []

    @property
    def text(self) -> str:
        """The report's text."""
        return self.annotated.report.text

    def passages(self) -> Iterator[tuple[int, Passage, Tokens]]:
        """Each passage with its index and tokens."""
        for index, passage in enumerate(self.annotated.passages):
            yield index, passage, self.tokens[index]

    def passage_at(self, offset: int) -> int | None:
        """The index of the passage that holds a code point, or None."""
        for index, passage in enumerate(self.annotated.passages):
            if passage.evidence.span.start <= offset < passage.evidence.span.end:
                return index
        return None

    def mentions_by_passage(self) -> dict[int, list[Mention]]:
        """The mentions under the index of the passage that they stand in, in order of the text."""
        passages = self.annotated.passages
        found: dict[int, list[Mention]] = {}
        index = 0
        for mention in self.annotated.mentions:
            while index + 1 < len(passages) and passages[index].evidence.span.end <= mention.evidence.span.start:
                index += 1
            found.setdefault(index, []).append(mention)
        return found

    def each_passage(self, name: str, run: Callable[[int, Passage, Tokens], list[T]]) -> list[T]:
        """What ``run`` finds in each passage; one that breaks it costs that passage and is noted."""
        found: list[T] = []
        for index, passage, tokens in self.passages():
            try:
                found.extend(run(index, passage, tokens))
            except KnowledgeError:
                raise
            except Exception as error:
                self.failures.append(Failure(name, index, f"{type(error).__name__}: {error}"))
        return found


class Mint:
    """Makes the ids and evidence of one extractor's records in one report.

    The ordinal counts the records of the table on one span, so records must be minted in a fixed order.
    """

    def __init__(self, reading: Reading, table: Table, producer: str, version: str = "1") -> None:
        self._report = reading.annotated.report
        self._table = table
        self._producer = producer
        self._version = version
        self._used: Counter[Span] = Counter()

    def __call__(self, span: Span) -> tuple[str, Evidence]:
        """The id and the evidence of the next record on ``span``."""
        ordinal = self._used[span]
        self._used[span] += 1
        report = self._report
        return (
            record_id(report.text_sha256, report.id, self._table, span, ordinal),
            Evidence(report.id, span, span.of(report.text), self._producer, self._version),
        )


class Extractor(Struct, frozen=True):
    """A step of reading: the layers it requires and the ones it assigns, and how.

    ``run`` returns the annotated report with its assigned layers replaced and all others as they were;
    it must not raise for odd text, and where it does the pipeline notes it and goes on without it.
    """

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    run: Callable[[Reading], AnnotatedReport]
