"""From the drafts of a report's passages to its statements."""

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.lexicon.acts import ActSigns, act_signs
from dateline.knowledge.lexicon.statements import cues, speaker_words
from dateline.model.records import AnnotatedReport, Part, Passage, Quotation, Statement
from dateline.model.span import Span, hull
from dateline.model.vocab import Act, Certainty, CueClass, PassageKind, Polarity, Table
from dateline.nlp.base import Tokens
from dateline.read.quotes import runs_on
from dateline.read.reading import Mint, Reading
from dateline.read.statements.about import about_of
from dateline.read.statements.acts import act_of
from dateline.read.statements.content import kind_of, spans
from dateline.read.statements.gather import CARRIED, carried, claimed, drafts_of, follow_on
from dateline.read.statements.ground import Draft, Ground, Range
from dateline.read.statements.marks import turns
from dateline.read.statements.occasion import addressee_of, said_on, venue_of
from dateline.read.statements.sides import Names, Sides
from dateline.read.statements.speakers import Resolved, Sieve


class Spoken(Struct):
    """A draft that stands, with its passage and its content in spans of the report.

    ``inner`` is what other speakers say inside the content.
    """

    ground: Ground
    draft: Draft
    speaker_ground: Ground
    content: tuple[Span, ...]
    carried: bool = False
    inner: list[Range] = []


def run(reading: Reading) -> AnnotatedReport:
    """The statements of a report, in order of the text. See the package for the rules."""
    spoken = _spoken(reading)
    marked = [q.inside for q in reading.annotated.quotations if not q.scare]
    sieve = Sieve(reading.annotated, reading.tokens, speaker_words(reading.knowledge))
    mint = Mint(reading, Table.STATEMENTS, "statements")
    names, signs = Names(reading.annotated), act_signs(reading.knowledge)
    resolved: dict[int, Resolved] = {}
    statements = []
    for one in spoken:
        draft = one.draft
        who = resolved.get(id(draft)) if one.carried else None
        if who is None:
            who = sieve.resolve(one.speaker_ground, draft)
            resolved[id(draft)] = who
        statements.append(_statement(reading, one, Cast(who, sieve, names, signs), marked, mint))
    return reading.annotated.replace(statements=tuple(statements))


def _spoken(reading: Reading) -> list[Spoken]:
    """What is said in each passage, in order, with quotations carried over and run on between passages."""
    annotated = reading.annotated
    lexicon, words = cues(reading.knowledge), speaker_words(reading.knowledge)
    by_passage: dict[int, list[Quotation]] = {}
    for quotation in annotated.quotations:
        by_passage.setdefault(quotation.passage, []).append(quotation)
    spoken: list[Spoken] = []
    spoken_in_turn = turns([passage.evidence.quote for passage in annotated.passages])

    def one(index: int, passage: Passage, tokens: Tokens) -> list[Spoken]:
        if passage.kind is PassageKind.CAPTION or not len(tokens):
            return []
        ground = Ground(tokens, by_passage.get(index, []), lexicon, words, index in spoken_in_turn)
        drafts = drafts_of(ground)
        before = by_passage.get(index - 1, [])
        _run_on(annotated, ground, before, spoken)
        _opened(annotated, ground, drafts, spoken, index)
        follow_on(ground, drafts)
        last = _last(annotated, spoken, index)
        found = [Spoken(ground, draft, ground, spans(ground, draft), inner=_inner(draft, drafts)) for draft in drafts]
        for number, giver in carried(ground, drafts, last.draft if last else None):
            span = ground.quotations[number].evidence.span
            if any(span.overlaps(part) for before in spoken[-3:] for part in before.content):
                continue
            home = ground if giver in drafts else (last.speaker_ground if last else ground)
            found.append(Spoken(ground, giver, home, (span,), True))
        found.sort(key=lambda s: (not s.content, s.content))
        spoken.extend(found)
        return found

    reading.each_passage("statements", one)
    return [said for said in spoken if said.content]


def _opened(annotated: AnnotatedReport, ground: Ground, drafts: list[Draft], spoken: list[Spoken], index: int) -> None:
    """Give the quotation at the head of a passage, or a passage without marks, to the cue and colon that close the one
    before."""
    last = spoken[-1] if spoken else None
    if last is None or last.content or (ground.ranges and ground.ranges[0][0] > 0):
        return
    before = annotated.passages[index - 1].evidence.span
    if last.draft.cue_range is None or not before.overlaps(last.ground.span(last.draft.cue_range)):
        return
    if ground.ranges and ground.quotations[0].passage == index and 0 not in claimed(ground, drafts):
        last.content = (ground.quotations[0].evidence.span,)
    elif not ground.ranges and last.draft.cue is not None and last.draft.cue.plain:
        whole = ground.trim((0, len(ground.tokens)))
        last.content = (ground.span(whole),) if whole is not None else ()
        drafts.clear()


def _inner(draft: Draft, drafts: list[Draft]) -> list[Range]:
    """The contents of drafts whose cue stands inside this one's."""
    return [
        part
        for other in drafts
        if other is not draft and other.cue_range is not None and draft.covers(other.cue_range[0])
        for part in other.content
    ]


def _last(annotated: AnnotatedReport, spoken: list[Spoken], index: int) -> Spoken | None:
    """The last thing said in the passage before, if somebody speaks there."""
    if not index or not spoken:
        return None
    before = annotated.passages[index - 1]
    said = (s for s in reversed(spoken) if s.content)
    last = next((s for s in said if s.draft.cue is None or s.draft.cue.cue_class is CueClass.SPEECH), None)
    if last is None or before.kind in (PassageKind.CAPTION, PassageKind.HEADLINE):
        return None
    return last if before.evidence.span.overlaps(last.content[-1]) else None


def _run_on(annotated: AnnotatedReport, ground: Ground, before: list[Quotation], spoken: list[Spoken]) -> None:
    """Add a paragraph that goes on with an open quotation to the statement that it is part of."""
    if not ground.quotations:
        return
    following = ground.quotations[0]
    for quotation in before:
        if not runs_on(annotated, quotation, following):
            continue
        for one in reversed(spoken[-4:]):
            if any(quotation.evidence.span.overlaps(part) for part in one.content):
                one.content = (*one.content, following.evidence.span)
                return


class Cast(Struct, frozen=True):
    """Who speaks in a statement, with what knows the other names in it and what the words do."""

    who: Resolved
    sieve: Sieve
    names: Names
    signs: ActSigns


def _statement(reading: Reading, one: Spoken, cast: Cast, marked: list[Span], mint: Mint) -> Statement:
    text, draft, cue, who = reading.text, one.draft, one.draft.cue, cast.who
    speaker = _part(text, one.speaker_ground, draft.speaker, who.referent)
    if speaker is not None and who.stands_for is not None:
        speaker = replace(speaker, stands_for=who.stands_for.of(text))
    word = None if one.carried else _part(text, one.ground, draft.cue_range)
    pieces = [*one.content, *(p.span for p in (speaker, word) if p is not None)]
    id, evidence = mint(hull(pieces))
    because = draft.because
    if one.carried:
        because = "a quotation without a cue, given to the last speaker"
    if who.because and who.because != "named":
        because += f"; speaker: {who.because}"
    return Statement(
        id=id,
        evidence=evidence,
        because=because,
        score=CARRIED if one.carried else draft.score,
        speaker=speaker,
        cue=word,
        content=one.content,
        kind=kind_of(text, one.content, marked),
        cue_class=cue.cue_class if cue else CueClass.SPEECH,
        voice=who.voice,
        via=() if one.carried else _via(text, one, cast.sieve),
        addressee=None if one.carried else _known(text, one.ground, addressee_of(one.ground, draft), cast.sieve),
        venue=None if one.carried else _part(text, one.ground, venue_of(one.ground, draft)),
        act=_act(one, cast, speaker),
        polarity=Polarity.AFFIRMED if cue is None or one.carried else _polarity(one),
        certainty=cue.certainty if cue and not one.carried else Certainty.STATED,
        about=about_of(one.ground, one.draft, _ranges(one), cast.names, who.referent),
        said_on=None if one.carried else said_on(one.ground, draft, reading.annotated.times),
    )


def _ranges(one: Spoken) -> list[Range]:
    tokens = one.ground.tokens
    return [found for span in one.content if (found := tokens.within(span)) and found[0] < found[1]]


def _act(one: Spoken, cast: Cast, speaker: Part | None) -> Act:
    sides = Sides(cast.names, one.ground, speaker.span if speaker else None, cast.who.referent)
    draft = Draft(cue=None, cue_range=None, head=None, speaker=None) if one.carried else one.draft
    return act_of(one.ground, draft, _ranges(one), one.inner, cast.signs, sides)


def _part(text: str, ground: Ground, tokens: Range | None, referent: str | None = None) -> Part | None:
    return None if tokens is None else Part.at(text, ground.span(tokens), referent=referent)


def _known(text: str, ground: Ground, tokens: Range | None, sieve: Sieve) -> Part | None:
    return None if tokens is None else _part(text, ground, tokens, sieve.named(ground, tokens))


def _via(text: str, one: Spoken, sieve: Sieve) -> tuple[Part, ...]:
    links = [link.speaker for link in one.draft.via]
    if one.draft.source is not None:
        links.append(one.draft.source)
    return tuple(part for part in (_known(text, one.ground, link, sieve) for link in links) if part is not None)


def _polarity(one: Spoken) -> Polarity:
    draft, cue = one.draft, one.draft.cue
    assert cue is not None
    if draft.head is not None and one.ground.tokens.child(draft.head, "neg") is not None:
        return Polarity.NEGATED
    return cue.polarity
