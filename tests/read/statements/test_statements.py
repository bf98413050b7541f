"""Statements beyond the gold cases: the lexicon fires, the sieve keeps sex and number apart, nothing is lost."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.acts import ActSign
from dateline.knowledge.lexicon.statements import Cue, CueKind, SpeakerUse, SpeakerWord
from dateline.model.records import AnnotatedReport, Evidence, Mention, Referent, Statement
from dateline.model.report import Report
from dateline.model.span import Span, hull
from dateline.model.vocab import EntityKind, Label, PassageKind, Sex, StatementKind, Voice
from dateline.nlp.base import Tokens
from dateline.nlp.offsets import normalise
from dateline.nlp.spacy import SpacyParser
from dateline.read import quotes, statements
from dateline.read.pipeline import read_report
from dateline.read.reading import Reading
from dateline.read.segment import segment
from dateline.read.statements.content import kind_of


def read(
    text: str,
    parser: SpacyParser,
    people: tuple[tuple[str, Sex], ...] = (),
    kind: PassageKind = PassageKind.PARAGRAPH,
) -> AnnotatedReport:
    """Quotations and statements of a text, with the named people as its only mentions and referents."""
    report = Report(id="r", text=text)
    passages = tuple(msgspec.structs.replace(p, kind=kind) for p in segment(report))
    normalised = [normalise(p.evidence.quote) for p in passages]
    parses = parser.parse([one.text for one in normalised])
    mentions = tuple(_mention(text, name) for name, _ in people)
    referents = tuple(
        Referent(id=name, report="r", name=name, kind=EntityKind.PERSON, mentions=(name,), because="test", sex=sex)
        for name, sex in people
    )
    reading = Reading(
        AnnotatedReport(report=report, passages=passages, mentions=mentions, referents=referents),
        tuple(Tokens(p, n, at.evidence.span.start) for p, n, at in zip(parses, normalised, passages, strict=True)),
        Knowledge(),
    )
    reading.annotated = quotes.EXTRACTOR.run(reading)
    annotated = statements.EXTRACTOR.run(reading)
    assert not reading.failures
    return annotated


def _mention(text: str, name: str) -> Mention:
    start = text.index(name)
    evidence = Evidence("r", Span(start, start + len(name)), name, "test", "1")
    return Mention(id=name, evidence=evidence, because="test", label=Label.PERSON, referent=name)


def speakers(annotated: AnnotatedReport) -> list[tuple[str, str | None]]:
    return [(s.speaker.text, s.speaker.referent) for s in annotated.statements if s.speaker]


CUES = [(entry, example) for entry in Knowledge().lexicon(Cue) for example in entry.examples]


@pytest.mark.parametrize(("entry", "example"), CUES, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(CUES)])
def test_every_cue_frame_fires(entry: Cue, example: str, parser: SpacyParser) -> None:
    found = read(example, parser).statements
    fired = [s for s in found if f"in the frame {entry.id}" in s.because or entry.kind is CueKind.SOURCE]
    assert fired, f"{[(s.because, s.evidence.quote) for s in found]}"


@pytest.mark.parametrize("entry", Knowledge().lexicon(ActSign), ids=lambda entry: entry.id)
def test_every_sign_of_an_act_fires(entry: ActSign, parser: SpacyParser) -> None:
    for example in entry.examples:
        annotated = read_report(Report(id="r", text=example), parser, Knowledge())
        assert [s.act for s in annotated.statements] == [entry.act]


@pytest.mark.parametrize("entry", Knowledge().lexicon(SpeakerWord), ids=lambda entry: entry.id)
def test_every_word_about_speakers_fires(entry: SpeakerWord, parser: SpacyParser) -> None:
    for example in entry.examples:
        found = read(example, parser).statements
        assert any(word in example.lower() for word in entry.words)
        if entry.use is SpeakerUse.UNNAMED:
            assert [s.voice for s in found] == [Voice.UNNAMED]
        elif entry.use is SpeakerUse.BLOCKED:
            assert not any(s.speaker and s.speaker.text in entry.words for s in found)
        elif entry.use is SpeakerUse.VENUE:
            assert [s.venue.text for s in found if s.venue] == ["a statement"]
        else:
            assert len(found) == 1


def test_captions_give_no_statements(parser: SpacyParser) -> None:
    text = "Mara Venn said the dam was safe."
    assert read(text, parser).statements
    assert not read(text, parser, kind=PassageKind.CAPTION).statements


def test_a_name_takes_the_referent_of_its_mention(parser: SpacyParser) -> None:
    text = "Edrin Sall, the minister, said the army was ready."
    assert speakers(read(text, parser, (("Edrin Sall", Sex.MALE),))) == [("Edrin Sall, the minister", "Edrin Sall")]


def test_a_pronoun_takes_the_last_speaker_of_its_sex(parser: SpacyParser) -> None:
    text = "Edrin Sall said the army was ready. Mara Venn said the dam was safe. He added that the road was open."
    people = (("Edrin Sall", Sex.MALE), ("Mara Venn", Sex.FEMALE))
    assert speakers(read(text, parser, people))[-1] == ("He", "Edrin Sall")


def test_he_after_a_woman_alone_stays_unresolved(parser: SpacyParser) -> None:
    text = "Edrin Sall said the army was ready.\nMara Venn said the dam was safe.\nHe said that no road was open."
    people = (("Edrin Sall", Sex.MALE), ("Mara Venn", Sex.FEMALE))
    assert speakers(read(text, parser, people))[-1] == ("He", None)


def test_a_role_phrase_takes_the_speaker_with_that_role(parser: SpacyParser) -> None:
    text = "Minister Edrin Sall said all was ready. Mara Venn said the dam was safe. The minister added that it rained."
    people = (("Edrin Sall", Sex.MALE), ("Mara Venn", Sex.FEMALE))
    assert speakers(read(text, parser, people))[-1] == ("The minister", "Edrin Sall")


def test_carried_over_words_score_lower_and_name_the_rule(parser: SpacyParser) -> None:
    found = read("Edrin Sall said the vote was void. “We oppose it in every way.”", parser).statements
    assert [s.score for s in found] == [1.0, 0.6]
    assert "without a cue" in found[1].because


def test_nothing_is_carried_over_a_paragraph_without_a_speaker(parser: SpacyParser) -> None:
    text = "Edrin Sall said the vote was void.\nThe square was empty by noon.\n“We oppose it in every way.”"
    assert len(read(text, parser).statements) == 1


@pytest.mark.parametrize(
    ("text", "content", "marked", "kind"),
    [
        ("abc def", (Span(0, 7),), [Span(0, 7)], StatementKind.DIRECT),
        ("abc def", (Span(0, 7),), [Span(4, 7)], StatementKind.MIXED),
        ("abc def", (Span(0, 7),), [], StatementKind.INDIRECT),
        ("", (), [], StatementKind.INDIRECT),
    ],
)
def test_kind_goes_by_the_share_inside_marks(
    text: str, content: tuple[Span, ...], marked: list[Span], kind: StatementKind
) -> None:
    assert kind_of(text, content, marked) is kind


PIECES = (
    *(
        "Mara Venn",
        " said",
        " told Edrin Sall",
        " “",
        "”",
        " ‘",
        "’",
        ", ",
        ". ",
        ": ",
        "the dam is safe",
        " that ",
        "\n",
    ),
    *(" according to ", " claim ", " He ", " calls", " — ", " which ", " cited", " to say "),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_broken_text_gives_whole_records(parser: SpacyParser, text: str) -> None:
    for one in read(text, parser).statements:
        one.evidence.check(text)
        _whole(one, text)


def _whole(one: Statement, text: str) -> None:
    parts = [p for p in (one.speaker, one.cue, one.addressee, one.venue, *one.via) if p]
    assert one.content
    assert all(part.span.of(text) == part.text for part in parts)
    assert one.evidence.span == hull([*one.content, *(p.span for p in (one.speaker, one.cue) if p)])
    for first, second in zip(one.content, one.content[1:], strict=False):
        assert first.end <= second.start
    for part in (one.speaker, one.cue):
        assert part is None or not any(part.span.overlaps(span) for span in one.content)
