"""States: who controls, occupies, operates, claims, recognises or besieges what, who holds an office, who belongs.

A state has a subject and an object with their words, a voice, and, where the clause says "since", a beginning.
What a report only plans, doubts or denies is kept with that status and polarity. Nothing is inferred from
events: that a town was captured does not make its captor hold it today.
"""

from msgspec import Struct

from dateline.knowledge.lexicon.events import event_frames
from dateline.knowledge.lexicon.states import StateFrame, StateFrames, state_frames
from dateline.knowledge.lexicon.status import StatusCues, status_cues
from dateline.model.records import AnnotatedReport, Part, Passage, State
from dateline.model.span import hull
from dateline.model.vocab import Polarity, Relation, Status, Table, TimeType
from dateline.nlp.base import Tokens
from dateline.read.events.parties import Parties
from dateline.read.events.roles import Roles
from dateline.read.events.setting import Setting, clause
from dateline.read.events.status import REAL, judge
from dateline.read.events.triggers import Finder
from dateline.read.reading import Extractor, Mint, Reading

_LEFT = ("compound", "amod", "nmod", "poss", "det", "nummod")
_RESULTS = (Relation.RECOGNISES, Relation.MEMBER_OF, Relation.CLAIMS)


class _Found(Struct, frozen=True):
    """A relation between two token ranges, and the token that carries it."""

    tokens: Tokens
    relation: Relation
    subject: tuple[int, int]
    object: tuple[int, int]
    anchor: int
    status: Status
    polarity: Polarity
    because: str


class _Scan:
    """Finds the states of one passage."""

    def __init__(self, tokens: Tokens, frames: StateFrames, finder: Finder, cues: StatusCues) -> None:
        self.t = tokens
        self.frames = frames
        self.finder = finder
        self.roles = Roles(tokens, finder)
        self.cues = cues
        self.entity = {i: (start, end) for start, end, label in tokens.ents for i in range(start, end)}

    def states(self) -> list[_Found]:
        t, frames = self.t, self.frames
        found: list[_Found] = []
        for i, lemma in enumerate(t.lemmas):
            key = lemma.lower()
            pos = t.pos[i]
            if pos == "VERB" and key in frames.verbs and t.deps[i] not in ("amod", "compound"):
                found.extend(self._verb(i, *frames.verbs[key]))
            elif pos in ("NOUN", "PROPN"):
                if key in frames.offices:
                    found.extend(self._office(i))
                elif key in frames.nouns:
                    found.extend(self._noun(i, frames.nouns[key]))
                elif key in frames.members:
                    found.extend(self._member(i, frames.members[key]))
            if t.lower[i] in frames.compounds and 0 < i < len(t) - 1:
                found.extend(self._compound(i, frames.compounds[t.lower[i]]))
        return found

    def _verb(self, i: int, entry: StateFrame, objects: frozenset[str]) -> list[_Found]:
        if entry.relation is Relation.MEMBER_OF and self.t.tags[i] in ("VBG", "VB"):
            # "a debate on joining the league": nobody has joined.
            return []
        targets = [o for o in self.finder.objects(i) if self.finder.first([o], objects) is not None]
        holders = [s for s in self.roles.subject(i) if self._holder(s)]
        if not targets or not holders:
            return []
        reality = judge(self.t, i, self.cues)
        status = reality.status
        if status is Status.OCCURRED and (entry.relation in _RESULTS or self.t.tags[i] in ("VBZ", "VBP")):
            status = Status.ONGOING
        elif status is Status.OCCURRED and self.t.tags[i] == "VBN":
            aux = {self.t.lower[c] for c in self.t.children(i) if self.t.deps[c] in ("aux", "auxpass")}
            status = Status.OCCURRED if aux & {"was", "were", "had"} else Status.ONGOING
        return [
            _Found(
                self.t,
                entry.relation,
                self.roles.phrase(holder),
                self.roles.phrase(target),
                i,
                status,
                reality.polarity,
                f"{entry.id}: '{self.t.words[i]}'; {reality.because}",
            )
            for holder in self.roles.conjuncts(holders)
            for target in self.roles.conjuncts(targets)
        ]

    def _noun(self, i: int, entry: StateFrame) -> list[_Found]:
        t = self.t
        owner = t.child(i, "poss")
        targets = [o for c in t.having(i, "prep") if t.lower[c] in entry.through for o in t.having(c, "pobj")]
        if owner is None or not self._holder(owner) or not targets:
            return []
        return [
            _Found(
                t,
                entry.relation,
                self.roles.phrase(owner),
                self.roles.phrase(targets[0]),
                i,
                Status.ONGOING,
                Polarity.AFFIRMED,
                f"{entry.id}: '{t.words[i]}'",
            )
        ]

    def _compound(self, i: int, entry: StateFrame) -> list[_Found]:
        """ "Ardenian-occupied districts": tokens holder, hyphen, participle, and the noun that they stand before."""
        t = self.t
        if i < 2 or t.words[i - 1] != "-":
            return []
        holder, noun = i - 2, i
        while t.deps[noun] in ("amod", "compound", "punct", "npadvmod", "acl", "advmod") and t.heads[noun] != noun:
            noun = t.heads[noun]
        if noun <= i or t.pos[noun] not in ("NOUN", "PROPN"):
            return []
        if noun == i + 1 and t.lower[noun] in entry.unless:
            return []
        return [
            _Found(
                t,
                entry.relation,
                (holder, holder + 1),
                (i + 1, self.roles.phrase(noun)[1]),
                i,
                Status.ONGOING,
                Polarity.AFFIRMED,
                f"{entry.id}: '{t.words[holder]}-{t.words[i]}'",
            )
        ]

    def _member(self, i: int, entry: StateFrame) -> list[_Found]:
        t = self.t
        verb = t.heads[i]
        if t.deps[i] != "attr" or t.lemmas[verb] != "be":
            return []
        subjects = [s for s in self.finder.subjects(verb) if self._holder(s)]
        groups = [o for c in t.having(i, "prep") if t.lower[c] in ("of", "to") for o in t.having(c, "pobj")]
        if not groups:
            groups = [c for c in t.children(i) if t.deps[c] in ("compound", "nmod") and c in self.entity]
        if not subjects or not groups:
            return []
        reality = judge(t, verb, self.cues)
        status = Status.ONGOING if t.tags[verb] in ("VBZ", "VBP") else reality.status
        return [
            _Found(
                t,
                entry.relation,
                self.roles.phrase(subject),
                self.entity.get(groups[0], self.roles.phrase(groups[0])),
                i,
                status,
                reality.polarity,
                f"{entry.id}: '{t.words[i]}'",
            )
            for subject in subjects[:1]
        ]

    def _office(self, i: int) -> list[_Found]:
        """A person and an office: title before the name, apposition, copula, or a verb that gives the office."""
        t = self.t
        dep, head = t.deps[i], t.heads[i]
        people = self.finder.named_people
        name: int | None = None
        how, anchor = "", i
        office = self._title(i)
        status, polarity = Status.ONGOING, Polarity.AFFIRMED
        if dep in ("compound", "nmod") and head in people and head > i:
            name, how = head, "title before the name"
        elif i + 1 in people and i not in self.entity and t.deps[i] not in ("pobj", "poss"):
            name, how = i + 1, "title before the name"
        elif dep == "appos" and head in people:
            name, how = head, "apposition"
            office = self.roles.phrase(i)
        elif (after := next((c for c in t.having(i, "appos") if c in people), None)) is not None:
            name, how = after, "apposition"
            office = self.roles.phrase(i)
        elif dep in ("attr", "oprd", "pobj", "dobj"):
            verb = t.heads[head] if dep == "pobj" else head
            giving = t.lemmas[verb] in self.frames.giving
            if not (giving or (t.lemmas[verb] == "be" and dep == "attr")) or (dep == "pobj" and t.lower[head] != "as"):
                return []
            subjects = [*self.finder.subjects(verb), *(self.finder.objects(verb) if giving else [])]
            name = next((s for s in subjects if s in people), None)
            if name is None:
                return []
            reality = judge(t, verb, self.cues)
            past = t.tags[verb] == "VBD" and t.lemmas[verb] == "be"
            status = Status.OCCURRED if past else Status.ONGOING if reality.status in REAL else reality.status
            polarity, how, anchor = reality.polarity, f"'{t.words[verb]}'", verb
            office = self.roles.phrase(i)
        if name is None:
            return []
        words = {t.lower[k] for k in range(*office)}
        if words & self.frames.past:
            status = Status.BACKGROUND
        elif words & self.frames.next and status is Status.ONGOING:
            status = Status.PLANNED
        person = self.entity.get(name, (name, name + 1))
        while t.lemmas[person[0]].lower() in self.frames.offices and person[1] - person[0] > 1:
            person = (person[0] + 1, person[1])
        if person[0] < office[1] and office[0] < person[1]:
            return []
        relation = self.frames.office.relation
        return [_Found(t, relation, person, office, anchor, status, polarity, f"{self.frames.office.id}: {how}")]

    def _title(self, i: int) -> tuple[int, int]:
        """The title that ends at an office noun: "German Foreign Minister"."""
        t = self.t
        start = i
        if start > 1 and t.words[start - 1] == "-":
            # "Secretary-General"
            start -= 2
        while start > 0 and t.heads[start - 1] in (i, t.heads[i]) and t.deps[start - 1] in _LEFT:
            start -= 1
        return self.entity.get(start, (start, start))[0], i + 1

    def _holder(self, i: int) -> bool:
        return self.roles.entity(i) or self.t.pos[i] == "PROPN" or self.t.lemmas[i] in ("engineer", "side")


def run(reading: Reading) -> AnnotatedReport:
    """The report with its states, in order of the text, each told once."""
    frames, cues = state_frames(reading.knowledge), status_cues(reading.knowledge)
    events = event_frames(reading.knowledge)
    setting, parties = Setting(reading), Parties(reading)
    mint = Mint(reading, Table.STATES, "states")

    def passage(_: int, __: Passage, tokens: Tokens) -> list[_Found]:
        return _Scan(tokens, frames, Finder(tokens, events), cues).states()

    told: list[tuple[_Found, Part, Part]] = []
    for found in reading.each_passage("states", passage):
        subject = parties.part(found.tokens, found.subject)
        object_ = parties.part(found.tokens, found.object)
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


def _once(told: list[tuple[_Found, Part, Part]]) -> list[tuple[_Found, Part, Part]]:
    """Each state once a report: of two with one subject and relation, the one whose words hold the other's."""
    kept: list[tuple[_Found, Part, Part]] = []
    for one in told:
        for i, other in enumerate(kept):
            if _same(one, other):
                kept[i] = max(other, one, key=lambda each: len(each[2].text))
                break
        else:
            kept.append(one)
    return sorted(kept, key=lambda one: (one[1].span.start, one[2].span.start))


def _same(one: tuple[_Found, Part, Part], other: tuple[_Found, Part, Part]) -> bool:
    (a, subject, object_), (b, who, what) = one, other
    if (a.relation, a.status, a.polarity) != (b.relation, b.status, b.polarity):
        return False
    if (subject.referent or subject.text) != (who.referent or who.text):
        return False
    if a.relation is not Relation.HOLDS_OFFICE and object_.referent and object_.referent == what.referent:
        return True
    words, others = set(object_.text.lower().split()), set(what.text.lower().split())
    return words <= others or others <= words


def _since(annotated: AnnotatedReport, found: _Found) -> str | None:
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
