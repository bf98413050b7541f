"""Events: what happened, is planned or is threatened, by whom to whom, where, when, and on whose word.

A trigger is a word in a frame of ``data/lexicon/en/events.yaml``; type, mode and contexts are PLOVER's
(``data/ontology/plover.yaml``). Status is decided before type: planned cooperation is AGREE, refused cooperation
REJECT. A noun that nothing says happened takes the status that the report gives to the same act elsewhere, else
it is only possible. A verb of saying is a statement, not an event, unless the saying is the act. Events in
captions are coded like others; the passage they stand in tells them apart.
"""

from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.lexicon.conditions import condition_words
from dateline.knowledge.lexicon.events import EventFrame, event_frames
from dateline.knowledge.lexicon.status import StatusCues, status_cues
from dateline.knowledge.ontology import Ontology
from dateline.model.records import AnnotatedReport, Event, Part, Passage
from dateline.model.vocab import Act, EventBasis, Polarity, Stage, Status, Table
from dateline.nlp.base import Tokens
from dateline.read.events.classifier import load_classifier
from dateline.read.events.conditions import conditions
from dateline.read.events.fiction import made_up
from dateline.read.events.figurative import Figurative
from dateline.read.events.inferred import Coded, Inference
from dateline.read.events.modes import mode_finder
from dateline.read.events.parties import Parties
from dateline.read.events.roles import Roles
from dateline.read.events.setting import Setting, Sides, When
from dateline.read.events.status import REAL, Reality, judge, position, stage_at
from dateline.read.events.triggers import Finder, Trigger
from dateline.read.reading import Extractor, Mint, Reading
from dateline.read.told_places import towns

_AGES = frozenset({Status.OCCURRED, Status.ONGOING, Status.PLANNED, Status.POSSIBLE})
"""Statuses that a date long ago turns into background."""
_ANSWERED = frozenset({*REAL, Status.HYPOTHETICAL})
"""Statuses in which an answer that is withheld is a refusal: "does not recognise", "would not recognise"."""
_DONE_TO = frozenset({"ASSAULT", "COERCE", "RETREAT"})
"""Types whose recipient, where it is a place, is where it happened."""
_DEEDS = frozenset({"ASSAULT", "COERCE"})
"""Types whose action nouns tell of something done."""


class _Found(Struct, frozen=True):
    """A trigger with its reality, before the report as a whole settles what bare nouns leave open."""

    tokens: Tokens
    trigger: Trigger
    reality: Reality
    carrier: int | None
    actors: list[int]
    recipients: list[int]
    roles: Roles


def run(reading: Reading) -> AnnotatedReport:
    """The report with its events, in order of the text."""
    frames = event_frames(reading.knowledge)
    cues = status_cues(reading.knowledge)
    learned = load_classifier(reading.knowledge)

    figurative = Figurative(reading.tokens, frames.lists)

    mentions = reading.mentions_by_passage()

    def passage(index: int, _: Passage, tokens: Tokens) -> list[_Found]:
        finder = Finder(tokens, frames, towns(tokens, mentions.get(index, ())))
        triggers = learned.beside(finder, finder.triggers())
        roles = Roles(tokens, finder)
        found = [_read(tokens, trigger, roles, cues) for trigger in triggers]
        found = [one for one in found if not made_up(tokens, one.trigger.head, frames.lists)]
        return [one for one in found if not _figure(one, figurative, index)]

    found = _called_off(_settle(reading.each_passage("events", passage)))
    write = _Writer(reading)
    coded = [Coded(one.tokens, one.trigger, write.event(one)) for one in found if write.complete(one)]
    coded = _with_conditions(coded, reading)
    return reading.annotated.replace(events=Inference(reading, coded).events())


def _with_conditions(coded: list[Coded], reading: Reading) -> list[Coded]:
    """The events with the conditions under which they were."""
    words, times = condition_words(reading.knowledge), reading.annotated.times
    told: list[Coded] = []
    for _, group in groupby(coded, key=lambda one: id(one.tokens)):
        same = list(group)
        held = conditions(same[0].tokens, [one.trigger.head for one in same], words, times, reading.text)
        told += [replace(one, event=replace(one.event, conditions=held.get(one.trigger.head, ()))) for one in same]
    return told


def _figure(found: _Found, figurative: Figurative, passage: int) -> bool:
    """Whether an act of violence is one in words alone."""
    if found.trigger.frame.entry.type != "ASSAULT" or (not found.trigger.verbal and len(found.trigger.words) > 1):
        # "Air strike", "terrorist attack": told in full.
        return False
    taken = found.trigger.object
    parties = [*found.actors, *found.recipients, *([] if taken is None else [taken])]
    return figurative.of(passage, found.trigger.head, parties, found.roles.labels)


def _read(tokens: Tokens, trigger: Trigger, roles: Roles, cues: StatusCues) -> _Found:
    reality = judge(tokens, trigger.head, cues)
    if trigger.frame.entry.planned and reality.status in REAL:
        reality = replace(reality, status=Status.PLANNED, because=f"{reality.because}, set for a day to come")
    taken = trigger.object if trigger.verbal else None
    if taken is not None and any(tokens.lower[c] in ("no", "neither") for c in tokens.children(taken)):
        # "made no offer"
        reality = replace(reality, polarity=Polarity.NEGATED)
    if reality.stage is None and trigger.frame.entry.stage is None and _staged(trigger.frame.entry):
        reality = _staged_by(_written(trigger.head, roles, cues), reality, tokens, cues)
    under = trigger.complement if trigger.frame.entry.absorbs else None
    if under is not None and any(tokens.deps[c] == "neg" for c in tokens.children(under)):
        reality = replace(reality, withheld=True)
    carrier = None
    if not trigger.verbal:
        at = position(tokens, trigger.head)
        if at is not None and at[1] == "of":
            at = position(tokens, at[0])
        if at is not None and tokens.pos[at[0]] == "VERB" and at[1] in ("object", "subject"):
            lends = cues.light if at[1] == "object" else cues.support
            # "used the riots as a pretext" makes no rioter of who did.
            taken_for = any(tokens.lower[c] == "as" for c in tokens.having(at[0], "prep"))
            lent = (tokens.lemmas[at[0]], at[1]) in lends
            # "considers an embargo": who would impose it.
            lent = lent or (reality.status is Status.POSSIBLE and (tokens.lemmas[at[0]], "doer") in cues.over)
            carrier = at[0] if lent and not taken_for else None
    return _Found(
        tokens,
        trigger,
        reality,
        carrier,
        roles.actors(trigger, carrier),
        roles.recipients(trigger, carrier),
        roles,
    )


def _staged(entry: EventFrame) -> bool:
    """Whether an act may be what a law or treaty says: a process, or a restriction."""
    return entry.process or entry.type in ("COERCE", "SANCTION", "CONCEDE")


def _staged_by(written: tuple[Stage | None, int] | None, reality: Reality, tokens: Tokens, cues: StatusCues) -> Reality:
    """The reality of what a paper says, no more real than its stage: "refused to sign a decree dissolving"."""
    if written is None or written[0] is None:
        return reality
    stage, verb = written
    passed = judge(tokens, verb, cues)
    if passed.polarity is not Polarity.AFFIRMED:
        status = Status.HYPOTHETICAL if reality.status in REAL else reality.status
        return replace(reality, status=status, because=f"{reality.because}, a stage not passed")
    if reality.status in REAL and passed.status not in REAL:
        return replace(reality, stage=stage, status=passed.status, because=f"{reality.because}, a stage to come")
    return replace(reality, stage=stage)


def _written(head: int, roles: Roles, cues: StatusCues) -> tuple[Stage | None, int] | None:
    """The stage of a paper that says an act is done, with the verb that tells it.

    "Signed treaties to annex", "declared the region annexed".
    """
    t, papers = roles.t, roles.finder.frames.lists
    above = t.heads[head]
    if roles.finder.small_clause(head):
        return stage_at(t, above, "object", cues), above
    nouns = [above] if t.deps[head] in ("acl", "relcl") else t.having(above, "dobj", "nsubjpass", "nsubj")
    if t.deps[head] in ("pobj", "pcomp"):
        # "a bill on annexing the delta"
        nouns = [t.heads[above]]
    if t.deps[head] in ("acl", "relcl", "advcl", "xcomp", "pobj", "pcomp"):
        for noun in nouns:
            if t.lemmas[noun] in papers["pacts"] or t.lemmas[noun] in papers["laws"]:
                where = "subject" if t.deps[noun] == "nsubj" else "object"
                return stage_at(t, t.heads[noun], where, cues), t.heads[noun]
    return None


def _settle(found: list[_Found]) -> list[_Found]:
    """Give bare nouns that assert nothing the status of the same act elsewhere in the report."""
    told: dict[tuple[str, str | None, tuple[str, ...]], Reality] = {}
    for one in found:
        if (one.reality.asserted or one.trigger.verbal) and one.reality.polarity is Polarity.AFFIRMED:
            act = _act(one.trigger.frame.entry)
            known = told.get(act)
            if known is None or (known.status not in REAL and one.reality.status in REAL):
                told[act] = one.reality
    settled: list[_Found] = []
    for one in found:
        entry, reality = one.trigger.frame.entry, one.reality
        bare = not _asserts(one.trigger) and not reality.asserted
        if bare and reality.status not in REAL and not one.actors and not one.recipients:
            # "must return to talks": named within what has not happened, and not between whom.
            continue
        if bare and reality.status is Status.OCCURRED:
            known = told.get(_act(entry))
            if known is None and not one.actors and not one.recipients:
                # "no date was set for talks": neither said to have happened, nor between whom.
                continue
            status = known.status if known else Status.POSSIBLE
            why = "as told elsewhere in the report" if known else "a bare noun, not said to have happened"
            if not entry.process and _present(one.tokens, one.trigger.head):
                status, why = Status.ONGOING, "somebody's, and spoken of in the present"
            one = replace(one, reality=replace(reality, status=status, because=why))
        settled.append(one)
    return settled


def _called_off(found: list[_Found]) -> list[_Found]:
    """What is planned in one place of the report, and in another called off, is planned no more.

    Only where one planned act of that name is told: of two summits nothing says which one.
    """
    cancelled = {
        one.tokens.lemmas[one.trigger.object]
        for one in found
        if one.trigger.object is not None
        and one.trigger.frame.entry.mode == "cancel"
        and (one.reality.status, one.reality.polarity) == (Status.OCCURRED, Polarity.AFFIRMED)
    }
    planned = [one for one in found if not one.trigger.verbal and one.reality.status is Status.PLANNED]
    named = [one.tokens.lemmas[one.trigger.head] for one in planned]
    off = {
        one.trigger for one, name in zip(planned, named, strict=True) if name in cancelled and named.count(name) == 1
    }
    return [
        replace(one, reality=replace(one.reality, polarity=Polarity.NEGATED, willed=False, because="called off"))
        if one.trigger in off
        else one
        for one in found
    ]


def _asserts(trigger: Trigger) -> bool:
    """Whether a bare noun says that it happened: "the shelling of X" does, "the recognition of X" does not."""
    entry = trigger.frame.entry
    return entry.asserts and (not trigger.nominal or (entry.type in _DEEDS and not entry.process))


def _act(entry: EventFrame) -> tuple[str, str | None, tuple[str, ...]]:
    """What two frames for one kind of act have in common: "order a mobilisation" and "the mobilisation"."""
    return entry.type, entry.mode, entry.contexts


def _present(tokens: Tokens, noun: int) -> bool:
    """Whether a noun with an owner is the subject of a clause in the present or perfect without a modal."""
    verb = tokens.heads[noun]
    if tokens.deps[noun] != "nsubj" or not any(tokens.deps[c] == "poss" for c in tokens.children(noun)):
        return False
    tags = {tokens.tags[verb], *(tokens.tags[c] for c in tokens.children(verb) if tokens.deps[c] == "aux")}
    return bool(tags & {"VBZ", "VBP"}) and "MD" not in tags


def _told(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether a trigger is what its clause tells, not what it mentions by the way ("after the raid")."""
    dep, head = tokens.deps[trigger.head], tokens.heads[trigger.head]
    if trigger.verbal:
        return dep not in ("acl", "relcl", "advcl", "amod")
    return dep in ("dobj", "nsubj", "nsubjpass", "attr", "ROOT") or (dep == "pobj" and tokens.lower[head] == "of")


class _Writer:
    """Makes the event records of one report."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.ontology: Ontology = reading.knowledge.ontology
        self.setting = Setting(reading)
        self.parties = Parties(reading)
        self.modes = mode_finder(reading.knowledge)
        self.mint = Mint(reading, Table.EVENTS, "events")
        self.past = False

    def complete(self, found: _Found) -> bool:
        """Whether an act that PLOVER codes only towards somebody has somebody."""
        known = self.ontology.by_id[found.trigger.frame.entry.type]
        # "The two navies held joint exercises": a plural does together what is mutual.
        several = found.trigger.frame.entry.mutual and any(
            found.tokens.tags[i] in ("NNS", "NNPS") and i < found.trigger.head for i in found.actors
        )
        return not known.recipient_required or bool(found.recipients) or len(found.actors) > 1 or several

    def event(self, found: _Found) -> Event:
        """One event with everything that the report says of it."""
        tokens, trigger, reality = found.tokens, found.trigger, found.reality
        entry = trigger.frame.entry
        spans = tuple(tokens.span(i, i + 1) for i in sorted(trigger.words))
        if trigger.words[-1] - trigger.words[0] == len(trigger.words) - 1:
            spans = (tokens.span(min(trigger.words), max(trigger.words) + 1),)
        part = Part.at(self.text, *spans)
        able = [i for i in found.actors if not self.parties.waters(tokens, i)]
        actors = self.parties.parties(tokens, found.roles, able)
        others = [r for r in found.recipients if r not in found.actors]
        breakaway = "territory" in entry.contexts and self.ontology.by_id[entry.type].quad.endswith("cooperation")
        recipients = self.parties.parties(tokens, found.roles, others, breakaway)
        claim = self.setting.claim(part.span)
        status, polarity = reality.status, reality.polarity
        denied = claim.statement is not None and claim.statement.act is Act.DENY
        if denied and polarity is Polarity.AFFIRMED and _told(tokens, trigger):
            polarity = Polarity.DENIED
        bare = not trigger.verbal and found.carrier is None
        spoken = self.ontology.by_id[entry.type].quad.startswith("verbal")
        when = self.setting.when(tokens, trigger.head, status, bare, spoken)
        if status in _AGES:
            follows = self.setting.floats(tokens, trigger.head) and (
                self.past or self.setting.after_history(tokens, trigger.head)
            )
            if follows:
                when = When(None, None, EventBasis.NONE)
            if follows or self.setting.history(tokens, trigger.head, status, when):
                status = Status.BACKGROUND
        if status is Status.ONGOING and self.setting.ahead(when.from_):
            # "Ministers are meeting on June 8"
            status = Status.PLANNED
        self.past = status is Status.BACKGROUND
        kind, status, polarity, why = self._type(entry, status, polarity, reality)
        if status in REAL and self.setting.ahead(when.from_):
            # "will not meet on Friday": refused, and not on the day of what is refused.
            when = self.setting.undated(status)
        verbal = self.ontology.by_id[kind].quad.startswith("verbal")
        # "recognised the republics in X": where the recipient is, not where the saying was.
        sides = Sides(
            taken=tuple(p.span for p in (*actors, *(recipients if verbal else ()))),
            held=tuple(p.span for p in recipients) if kind in _DONE_TO else (),
            countries=frozenset(p.country for p in actors if p.country),
            moved=entry.mode == "release",
            joined="territory" in entry.contexts,
        )
        where = self.setting.where(tokens, trigger.head, sides, verbal, status in REAL)
        stage = entry.stage or reality.stage
        if entry.process and status is Status.PLANNED and reality.willed:
            stage = stage or Stage.ANNOUNCED
        elif entry.process and "election" in entry.contexts and status in (*REAL, Status.BACKGROUND):
            stage = Stage.VOTED
        if polarity is Polarity.NEGATED and status in REAL:
            # "was not signed"
            stage = None
        id_, evidence = self.mint(part.span)
        known = self.ontology.by_id[kind]
        return Event(
            id=id_,
            evidence=evidence,
            because=f"frame {entry.id}{why}; {status}: {reality.because}",
            score=0.8 if trigger.frame.weight else 0.6,
            trigger=part,
            type=kind,
            mode=self.modes.mode(tokens, trigger.head, kind, verbal, entry.mode if kind == entry.type else None),
            contexts=entry.contexts,
            actors=actors,
            recipients=recipients,
            place=where.name,
            place_record=where.place.id if where.place else None,
            place_basis=where.basis,
            from_=when.from_,
            to=when.to,
            time_basis=when.basis,
            status=status,
            polarity=polarity,
            certainty=reality.certainty,
            stage=stage,
            voice=claim.voice,
            statement=claim.statement.id if claim.statement else None,
            quad=known.quad,
            scale=known.scale,
        )

    def _type(
        self, entry: EventFrame, status: Status, polarity: Polarity, reality: Reality
    ) -> tuple[str, Status, Polarity, str]:
        """The type that status makes of a cooperative act, and what is left of status and polarity."""
        type_ = entry.type
        known = self.ontology.by_id[type_]
        if reality.withheld and known.refused:
            return known.refused, status, polarity, ", of what will not be done"
        willed = reality.willed and status in (Status.PLANNED, Status.HYPOTHETICAL)
        if known.refused and polarity is Polarity.NEGATED and (willed or (entry.answers and status in _ANSWERED)):
            return known.refused, Status.OCCURRED, Polarity.AFFIRMED, ", refused"
        if known.planned and not entry.alone and polarity is Polarity.AFFIRMED and status is Status.PLANNED and willed:
            return known.planned, status, polarity, ", promised"
        if known.spoken and willed:
            return type_, Status.OCCURRED, polarity, ", said"
        return type_, status, polarity, ""


EXTRACTOR = Extractor("events", frozenset({"statements", "referents", "places", "times"}), frozenset({"events"}), run)
