"""States: who controls, occupies, operates, claims, recognises or besieges what, who holds an office, who belongs.

A state has a subject and an object with their words, a voice, and, where the clause says "since", a beginning.
What a report only plans, doubts or denies is kept with that status and polarity. Nothing is inferred from
events: that a town was captured does not make its captor hold it today.
"""

from msgspec.structs import replace

from dateline.knowledge.lexicon.events import event_frames
from dateline.knowledge.lexicon.states import state_frames
from dateline.knowledge.lexicon.status import status_cues
from dateline.model.records import AnnotatedReport, Part, Passage, State
from dateline.model.span import hull
from dateline.model.vocab import Relation, Table, TimeType
from dateline.nlp.base import Tokens
from dateline.read.events.parties import Parties
from dateline.read.events.setting import Setting, clause
from dateline.read.events.triggers import Finder
from dateline.read.reading import Extractor, Mint, Reading
from dateline.read.states.found import Found
from dateline.read.states.offices import Offices
from dateline.read.states.relations import Relations
from dateline.read.told_places import towns


def run(reading: Reading) -> AnnotatedReport:
    """The report with its states, in order of the text, each told once."""
    frames, cues = state_frames(reading.knowledge), status_cues(reading.knowledge)
    events = event_frames(reading.knowledge)
    setting, parties = Setting(reading), Parties(reading)
    mint = Mint(reading, Table.STATES, "states")

    mentions = reading.mentions_by_passage()

    def passage(index: int, _: Passage, tokens: Tokens) -> list[Found]:
        finder = Finder(tokens, events, towns(tokens, mentions.get(index, ())))
        return [*Relations(tokens, frames, finder, cues).states(), *Offices(tokens, frames, finder, cues).states()]

    told: list[tuple[Found, Part, Part]] = []
    for found in reading.each_passage("states", passage):
        subject = parties.part(found.tokens, found.subject)
        object_ = parties.part(found.tokens, found.object) or _it(reading.text, found, told)
        if subject is not None and object_ is not None and not subject.span.overlaps(object_.span):
            told.append((found, subject, object_))
    states: list[State] = []
    for found, subject, object_ in _once(told):
        anchor = found.tokens.span(found.anchor, found.anchor + 1)
        claim = setting.claim(anchor)
        id_, evidence = mint(hull([subject.span, object_.span, anchor]))
        states.append(
            State(
                id=id_,
                evidence=evidence,
                because=found.because,
                score=0.8,
                subject=subject,
                relation=found.relation,
                object=object_,
                from_=_since(reading.annotated, found),
                status=found.status,
                polarity=found.polarity,
                voice=claim.voice,
                statement=claim.statement.id if claim.statement else None,
            )
        )
    return reading.annotated.replace(states=tuple(states))


def _it(text: str, found: Found, told: list[tuple[Found, Part, Part]]) -> Part | None:
    """What "it" stands for where the same sentence just told of a place: "Rebels hold the dam, but it is run by"."""
    t = found.tokens
    if found.object[1] - found.object[0] > 1 or t.lower[found.object[0]] != "it" or not told:
        return None
    before, _, object_ = told[-1]
    same = before.tokens is t and t.sentence(before.anchor) == t.sentence(found.anchor)
    near = before.relation is not Relation.HOLDS_OFFICE and before.anchor < found.anchor
    return replace(Part.at(text, t.span(*found.object)), stands_for=object_.text) if same and near else None


def _once(told: list[tuple[Found, Part, Part]]) -> list[tuple[Found, Part, Part]]:
    """Each state once a report: of two with one subject and relation, the one whose words hold the other's."""
    kept: list[tuple[Found, Part, Part]] = []
    for one in told:
        for i, other in enumerate(kept):
            if _same(one, other):
                kept[i] = max(other, one, key=lambda each: len(each[2].text))
                break
        else:
            kept.append(one)
    return sorted(kept, key=lambda one: (one[1].span.start, one[2].span.start))


def _same(one: tuple[Found, Part, Part], other: tuple[Found, Part, Part]) -> bool:
    (a, subject, object_), (b, who, what) = one, other
    if (a.relation, a.status, a.polarity) != (b.relation, b.status, b.polarity):
        return False
    if (subject.referent or subject.text) != (who.referent or who.text):
        return False
    if a.relation is not Relation.HOLDS_OFFICE and object_.referent and object_.referent == what.referent:
        return True
    words, others = set(object_.text.lower().split()), set(what.text.lower().split())
    return words <= others or others <= words


def _since(annotated: AnnotatedReport, found: Found) -> str | None:
    """The beginning that the clause gives with "since", if its time is anchored."""
    t = found.tokens
    start, end = clause(t, found.anchor)
    if "since" not in t.lower[start:end]:
        return None
    at = t.lower.index("since", start, end)
    verb = max((i for i in range(start, at) if t.pos[i] in ("VERB", "AUX")), default=start)
    if any(tag in ("JJS", "RBS") for tag in t.tags[verb:at]):
        # "The largest seizure of land since the war" measures; it begins nothing.
        return None
    for time in annotated.times:
        if time.type is TimeType.DATE and time.from_ and 0 <= time.evidence.span.start - t.starts[at] <= 12:
            return time.from_
    return None


EXTRACTOR = Extractor("states", frozenset({"statements", "referents", "places", "times"}), frozenset({"states"}), run)
