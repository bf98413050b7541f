"""One invented report with a record of most kinds, and small means to make more."""

from dateline.model.ids import record_id
from dateline.model.links import Conflict, Entity, Incident, Links, Utterance
from dateline.model.records import (
    AnnotatedReport,
    Event,
    Evidence,
    Figure,
    Head,
    Mention,
    Part,
    Party,
    Passage,
    Referent,
    Statement,
)
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.model.vocab import (
    Bound,
    ConflictKind,
    ConflictRelation,
    CueClass,
    Effect,
    EntityKind,
    Label,
    PassageKind,
    StatementKind,
    Status,
    Table,
    Voice,
)
from dateline.store.base import Setup

TEXT = "VARN, May 5 - Mayor Ilse Tarn said shells killed 4 people.\nTarn blamed the Northern Guard."
SETUP = Setup("model", "parser", "knowledge")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def part(text: str, words: str, referent: str | None = None) -> Part:
    return Part.at(text, span(text, words), referent=referent)


def example(id: str = "r1", text: str = TEXT, url: str | None = None) -> AnnotatedReport:
    report = Report(id=id, text=text, published=Published.parse("2031-05-06"), source="The Varn Post", url=url)

    def key(table: Table, at: Span) -> str:
        return record_id(report.text_sha256, id, table, at, 0)

    def common(table: Table, words: str) -> dict[str, object]:
        at = span(text, words)
        return {
            "id": key(table, at),
            "evidence": Evidence(id, at, words, "test", "1"),
            "because": "the test says so",
        }

    lines = text.split("\n")
    tarn = key(Table.MENTIONS, span(text, "Ilse Tarn"))
    said = Statement(
        **common(Table.STATEMENTS, lines[0][14:]),
        speaker=part(text, "Mayor Ilse Tarn", tarn),
        cue=part(text, "said"),
        content=(span(text, "shells killed 4 people"),),
        kind=StatementKind.INDIRECT,
        cue_class=CueClass.SPEECH,
        voice=Voice.NAMED,
        about=("shelling",),
    )
    killed = part(text, "shells")
    event = Event(
        **common(Table.EVENTS, "shells killed 4 people"),
        trigger=part(text, "killed"),
        type="ASSAULT",
        actors=(Party(text=killed.text, span=killed.span, spans=killed.spans, sector="MIL"),),
        status=Status.OCCURRED,
        statement=said.id,
    )
    return AnnotatedReport(
        report=report,
        head=Head(dateline=part(text, "VARN, May 5"), place="Varn", agency="Varn Wire"),
        passages=tuple(Passage(**common(Table.PASSAGES, line), kind=PassageKind.PARAGRAPH) for line in lines),
        mentions=(Mention(**common(Table.MENTIONS, "Ilse Tarn"), label=Label.PERSON, referent=tarn),),
        referents=(
            Referent(id=tarn, report=id, name="Ilse Tarn", kind=EntityKind.PERSON, mentions=(tarn,), because="a name"),
        ),
        statements=(said,),
        events=(event,),
        figures=(
            Figure(
                **common(Table.FIGURES, "4"),
                value=4.0,
                low=4.0,
                high=4.0,
                bound=Bound.EXACT,
                counted="people",
                effect=Effect.KILLED,
                claimant=said.speaker,
                event=event.id,
                statement=said.id,
            ),
        ),
    )


def links_of(*reports: AnnotatedReport) -> Links:
    """Links as linking would make them, for reports that are all about the same."""
    referents = sorted(r.id for one in reports for r in one.referents)
    statements = sorted(s.id for one in reports for s in one.statements)
    events = sorted(e.id for one in reports for e in one.events)
    names = tuple(sorted(one.report.id for one in reports))
    common = {"because": "the test says so", "producer": "test", "version": "1"}
    return Links(
        entities=(
            Entity(
                id=referents[0],
                rests_on=tuple(referents),
                name="Ilse Tarn",
                kind=EntityKind.PERSON,
                names=("Ilse Tarn",),
                **common,
            ),
        ),
        utterances=(
            Utterance(
                id=statements[0],
                rests_on=tuple(statements),
                speaker=referents[0],
                statements=tuple(statements),
                reports=names,
                **common,
            ),
        ),
        incidents=(
            Incident(
                id=events[0],
                rests_on=tuple(events),
                type="ASSAULT",
                mode=None,
                place=None,
                status=Status.OCCURRED,
                events=tuple(events),
                reports=names,
                publishers=("The Varn Post",),
                origins_low=1,
                origins_high=1,
                claimants=("Ilse Tarn",),
                figures=(),
                **common,
            ),
        ),
        conflicts=(
            Conflict(
                id="c1",
                rests_on=(events[0],),
                kind=ConflictKind.PLACE,
                relation=ConflictRelation.CONTRADICTS,
                left=events[0],
                right=events[-1],
                **common,
            ),
        ),
    )
