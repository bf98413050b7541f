"""Annotated reports made by hand: linking is tested without a parse."""

from dateline.model.ids import record_id
from dateline.model.records import AnnotatedReport, Event, Evidence, Figure, Part, Party, Place, Statement
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.model.vocab import (
    Bound,
    CueClass,
    Effect,
    EventBasis,
    Polarity,
    Precision,
    Stage,
    StatementKind,
    Status,
    Table,
    Voice,
)
from dateline.read.segment import segment


def report(id: str, text: str, published: str | None = None, source: str | None = None) -> AnnotatedReport:
    made = plain(id, text, published, source)
    return AnnotatedReport(report=made, passages=segment(made))


WIRE_TEXTS = (
    (
        "wire",
        "The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.\n\n"
        "Ardovian troops shelled a grain store in Odesa on Sunday, killing 14 people, Governor Ilse Torvald said.",
        "2031-05-04",
        "Delta Wire",
    ),
    (
        "spun",
        "Nine villages in the Sarvan delta were flooded on Sunday after the Kelmar dam failed at dawn.\n\n"
        "Governor Ilse Torvald said that Ardovian troops shelled a grain store in Odesa on Sunday, killing 41 people.",
        "2031-05-05",
        None,
    ),
    (
        "other",
        "The Ardovian army denied that it had shelled a grain store in Odesa on Sunday.\n\n"
        "Villages in the Sarvan delta were still under water after the failure of the Kelmar dam.",
        "2031-05-05",
        "Hreb Herald",
    ),
)


def plain(id: str, text: str, published: str | None = None, source: str | None = None) -> Report:
    """A report as it comes in."""
    day = Published.parse(published) if published else None
    return Report(id=id, text=text, published=day, source=source, language="en")


class Builder:
    """Adds events, figures and statements to a report, found by their words."""

    def __init__(self, id: str, text: str, published: str | None = None, source: str | None = None) -> None:
        self.one = report(id, text, published, source)

    def _span(self, words: str) -> Span:
        start = self.one.text.index(words)
        return Span(start, start + len(words))

    def _id(self, table: Table, span: Span) -> tuple[str, Evidence]:
        id = record_id(self.one.report.text_sha256, self.one.report.id, table, span, 0)
        return id, Evidence(self.one.report.id, span, span.of(self.one.text), "test", "1")

    def said(self, speaker: str, cue: str, content: str, referent: str | None = None, day: str | None = None) -> str:
        span = self._span(content)
        id, evidence = self._id(Table.STATEMENTS, span)
        made = Statement(
            id=id,
            evidence=evidence,
            because="test",
            speaker=Part.at(self.one.text, self._span(speaker), referent=referent),
            cue=Part.at(self.one.text, self._span(cue)),
            content=(span,),
            kind=StatementKind.INDIRECT,
            cue_class=CueClass.SPEECH,
            voice=Voice.NAMED,
            said_on=day,
        )
        self.one = self.one.replace(statements=(*self.one.statements, made))
        return id

    def event(
        self,
        trigger: str,
        actor: str | None = None,
        recipient: str | None = None,
        place: str | None = None,
        day: str | None = None,
        status: Status = Status.OCCURRED,
        polarity: Polarity = Polarity.AFFIRMED,
        statement: str | None = None,
        side: str | None = None,
        stage: Stage | None = None,
        quad: str | None = None,
        type: str = "ASSAULT",
        mode: str | None = None,
        basis: EventBasis = EventBasis.CLAUSE,
        precision: Precision | None = Precision.PLACE,
    ) -> str:
        id, evidence = self._id(Table.EVENTS, self._span(trigger))
        record = None
        if place:
            record, where = self._id(Table.PLACES, self._span(place))
            found = Place(id=record, evidence=where, because="test", name=place, precision=precision)
            self.one = self.one.replace(places=(*self.one.places, found))
        made = Event(
            id=id,
            evidence=evidence,
            because="test",
            trigger=Part.at(self.one.text, self._span(trigger)),
            type=type,
            mode=mode,
            actors=self._parties(actor, side),
            recipients=self._parties(recipient),
            place=place,
            place_record=record,
            place_basis=EventBasis.CLAUSE if place else EventBasis.NONE,
            from_=day,
            to=day,
            time_basis=basis if day else EventBasis.NONE,
            status=status,
            polarity=polarity,
            statement=statement,
            stage=stage,
            quad=quad,
        )
        self.one = self.one.replace(events=(*self.one.events, made))
        return id

    def figure(self, words: str, value: float, counted: str, event: str | None, claimant: str | None = None) -> str:
        id, evidence = self._id(Table.FIGURES, self._span(words))
        made = Figure(
            id=id,
            evidence=evidence,
            because="test",
            value=value,
            low=value,
            high=value,
            bound=Bound.EXACT,
            counted=counted,
            effect=Effect.KILLED,
            claimant=Part.at(self.one.text, self._span(claimant)) if claimant else None,
            event=event,
        )
        self.one = self.one.replace(figures=(*self.one.figures, made))
        return id

    def _parties(self, words: str | None, country: str | None = None) -> tuple[Party, ...]:
        if words is None:
            return ()
        span = self._span(words)
        return (Party(text=words, span=span, spans=(span,), country=country, referent=words),)
