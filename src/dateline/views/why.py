"""Why a row is there: its rule, the words that fired, the parse path to its parties, and what it rests on."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.changes import ChangeCue
from dateline.knowledge.lexicon.events import EventFrame
from dateline.knowledge.lexicon.statements import Cue
from dateline.knowledge.lexicon.states import StateFrame
from dateline.knowledge.lexicon.times import TimeRule
from dateline.knowledge.load import Entry
from dateline.model.links import Derived, Incident
from dateline.model.records import Event, Figure, Part, Record, Referent, State, Statement
from dateline.model.span import Span
from dateline.model.vocab import Table
from dateline.nlp.base import Tokens
from dateline.nlp.offsets import normalise
from dateline.store.base import Found, ReportRow, Store
from dateline.store.cache import kept_parse

AROUND = 120
"""Code points shown on either side of the words."""
MOST = 12
"""Rows shown of those that one rests on; the others are counted."""
_RULES: Final[dict[Table, tuple[type[Entry], re.Pattern[str]]]] = {
    Table.EVENTS: (EventFrame, re.compile(r"frame ([\w-]+)")),
    Table.STATEMENTS: (Cue, re.compile(r"frame ([\w-]+)")),
    Table.STATES: (StateFrame, re.compile(r"([\w-]+)")),
    Table.TIMES: (TimeRule, re.compile(r"([\w-]+)")),
    Table.CHANGES: (ChangeCue, re.compile(r"([\w-]+)")),
}
"""Where the rules of a table lie, and where its reasons name them."""


class Reason(Struct, frozen=True):
    """A line of reasoning, and what it rests on."""

    said: str
    below: tuple["Reason", ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """All lines with how deep each stands."""
        yield depth, self.said
        for reason in self.below:
            yield from reason.lines(depth + 1)


class Why:
    """Explains the rows of a ledger."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    def of(self, found: Found) -> tuple[Reason, ...]:
        """The reasons of a row: its rule and words, or what it is derived from, down to the quotes."""
        row = self._store.get(found)
        if isinstance(row, Derived):
            return tuple(self._derived(found, row, {found}))
        if isinstance(row, Record):
            return (*self._record(found.table, row), *self._above(found))
        if isinstance(row, Referent):
            mentions = self._each([Found(Table.MENTIONS, id) for id in row.mentions], {found})
            return (Reason(f"because {row.because}"), *mentions, *self._above(found))
        return ()

    def _record(self, table: Table, row: Record) -> Iterator[Reason]:
        yield Reason(f"because {row.because}", tuple(self._rule(table, row)))
        if isinstance(row, Event):
            yield from self._event(row)
        statement = row.statement if isinstance(row, Event | Figure | State) else None
        if statement:
            yield from self._each([Found(Table.STATEMENTS, statement)], set(), "told in ")
        if isinstance(row, Figure) and row.event:
            yield from self._each([Found(Table.EVENTS, row.event)], set(), "told of ")

    def _rule(self, table: Table, row: Record | Derived) -> Iterator[Reason]:
        kind, named = _RULES.get(table, (None, None))
        at = named.search(row.because) if named else None
        if kind is None or at is None:
            return
        entry = next((one for one in self._knowledge.lexicon(kind) if one.id == at.group(1)), None)
        if entry is not None:
            yield Reason(f"rule {entry.id} of {entry.FILE}, as in: “{' '.join(entry.examples[0].split())}”")

    def _event(self, event: Event) -> Iterator[Reason]:
        known = self._knowledge.ontology.by_id.get(event.type)
        if known is not None:
            yield Reason(f"{event.type}: {' '.join(known.meaning.split())}")
        yield Reason(f"fired by “{' '.join(event.trigger.text.split())}”")
        tokens = self._tokens(event)
        for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for party in parties:
                words = " ".join(party.text.split())
                yield Reason(f"{role} “{words}”: {_path(tokens, event.trigger, party)}")

    def _tokens(self, record: Record) -> Tokens | None:
        """The parse of the passage that holds a record's words, as the ledger keeps it."""
        evidence, digest = record.evidence, self._store.manifest().parser_digest
        one = self._store.annotated(evidence.report)
        spans = [p.evidence.span for p in one.passages if p.evidence.span.contains(evidence.span)]
        if not spans or digest is None:
            return None
        passage = normalise(spans[0].of(one.text))
        parse = kept_parse(self._store, passage.text, digest)
        return Tokens(parse, passage, spans[0].start) if parse else None

    def _derived(self, found: Found, row: Derived, seen: set[Found]) -> Iterator[Reason]:
        yield Reason(f"because {row.because}", tuple(self._rule(found.table, row)))
        below = [one for id in row.rests_on for one in self._rows(id, found.table)]
        yield from self._each(below, seen)
        if isinstance(row, Incident):
            figures = [Found(Table.FIGURES, id) for claim in row.figures for id in claim.figures]
            yield from self._each(figures, seen, "counts ")

    def _rows(self, id: str, above: Table) -> list[Found]:
        """The rows of an id that a derived row may rest on: it bears the id of one of them itself."""
        found = [one for one in self._store.find(id) if one.id == id and one.table is not above]
        plain = [one for one in found if one.table not in _DERIVED]
        return plain or found

    def _each(self, found: list[Found], seen: set[Found], led: str = "rests on ") -> Iterator[Reason]:
        rows = [one for one in found if one not in seen]
        for one in rows[:MOST]:
            row = self._store.get(one)
            if isinstance(row, Derived):
                below = tuple(self._derived(one, row, seen | {one}))
            elif isinstance(row, Record | Referent) and one.table is not Table.PASSAGES:
                below = (Reason(f"because {row.because}"), *self._speaker(row))
            else:
                below = ()
            yield Reason(f"{led}{one.table} {one.id}{self._words(row)}", below)
        if len(rows) > MOST:
            yield Reason(f"{led}{len(rows) - MOST} more")

    def _speaker(self, row: Struct) -> Iterator[Reason]:
        """Who says so, where an event or figure is told in a statement."""
        id = row.statement if isinstance(row, Event | Figure) else None
        statement = self._store.get(Found(Table.STATEMENTS, id)) if id else None
        if isinstance(statement, Statement):
            by = " ".join(statement.speaker.text.split()) if statement.speaker else statement.voice.value
            yield Reason(f"told by {by}, statement {statement.id}")

    def _words(self, row: Struct) -> str:
        if isinstance(row, Record):
            evidence = row.evidence
            text = self._store.text(evidence.report)
            return f", {evidence.report} {evidence.span.start}–{evidence.span.end}: {in_context(text, evidence.span)}"
        name = row.name if isinstance(row, Referent) else row.title if isinstance(row, ReportRow) else None
        return f": {name}" if name else ""

    def _above(self, found: Found) -> Iterator[Reason]:
        for above in self._store.resting_on(found.id):
            yield Reason(f"{above.table} {above.id} rests on it")


_DERIVED: Final = frozenset(
    {
        Table.ENTITIES,
        Table.COPIES,
        Table.CHANGES,
        Table.LINEAGE,
        Table.UTTERANCES,
        Table.STORYLINES,
        Table.INCIDENTS,
        Table.CONFLICTS,
        Table.POSITIONS,
    }
)


def in_context(text: str, span: Span, around: int = AROUND) -> str:
    """Words of a report in ⟦ ⟧ with what stands around them, on one line.

    >>> in_context("The dam above Velmar was safe.", Span(4, 7), 10)
    '…The ⟦dam⟧ above Vel…'
    """
    before, after = text[max(0, span.start - around) : span.start], text[span.end : span.end + around]
    return " ".join(f"…{before}⟦{span.of(text)}⟧{after}…".split())


def _path(tokens: Tokens | None, trigger: Part, party: Part) -> str:
    """How the parse leads from the trigger to a party: ``a –nsubj→ b`` where b depends on a, ``a ←dobj– b`` where
    a depends on b."""
    if tokens is None:
        return "its parse is not kept"
    start, end = _head(tokens, trigger.span), _head(tokens, party.span)
    if start is None or end is None:
        return "named in another passage"
    up, down = [start, *tokens.ancestors(start)], [end, *tokens.ancestors(end)]
    meeting = next((token for token in up if token in down), None)
    if meeting is None:
        return "named in another sentence"
    shown = tokens.words[start]
    for child in up[: up.index(meeting)]:
        shown += f" ←{tokens.deps[child]}– {tokens.words[tokens.heads[child]]}"
    for child in reversed(down[: down.index(meeting)]):
        shown += f" –{tokens.deps[child]}→ {tokens.words[child]}"
    return shown


def _head(tokens: Tokens, span: Span) -> int | None:
    """The token of a span that the others depend on."""
    first, last = tokens.within(span)
    outward = (n for n in range(first, last) if not first <= tokens.heads[n] < last or tokens.heads[n] == n)
    return next(outward, None)
