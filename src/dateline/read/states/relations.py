"""Who controls, occupies, operates, claims, recognises or besieges what, and who belongs: by verb, noun and phrase."""

from collections.abc import Iterable

from dateline.knowledge.lexicon.states import StateFrame, StateFrames
from dateline.knowledge.lexicon.status import StatusCues
from dateline.model.vocab import Polarity, Relation, Stage, Status
from dateline.nlp.base import Tokens
from dateline.read.events.roles import Roles
from dateline.read.events.status import REAL, Reality, judge, stage_at
from dateline.read.events.triggers import Finder
from dateline.read.states.found import Found

_RESULTS = (Relation.RECOGNISES, Relation.MEMBER_OF, Relation.CLAIMS)
_DONE = frozenset({Stage.SIGNED, Stage.VOTED, Stage.ADOPTED, Stage.RATIFIED, Stage.IN_FORCE})
"""Stages of a paper that make what it says so."""
_BEFORE = ("poss", "amod", "compound", "nmod")
_PRESENT = ("VBZ", "VBP")


class Relations:
    """Finds the relations of one passage, but offices."""

    def __init__(self, tokens: Tokens, frames: StateFrames, finder: Finder, cues: StatusCues) -> None:
        self.t = tokens
        self.frames = frames
        self.finder = finder
        self.roles = Roles(tokens, finder)
        self.cues = cues
        self.entity = {i: (start, end) for start, end, label in tokens.ents for i in range(start, end)}
        self.papers = finder.frames.lists["pacts"] | finder.frames.lists["laws"]

    def states(self) -> list[Found]:
        """What the passage tells, in order of the words that carry it."""
        t, frames = self.t, self.frames
        found: list[Found] = []
        for i, lemma in enumerate(t.lemmas):
            key = lemma.lower()
            pos = t.pos[i]
            if pos == "VERB" and key in frames.verbs and t.deps[i] not in ("amod", "compound"):
                found.extend(self._verb(i, frames.verbs[key]))
            elif pos == "VERB" and key in frames.falls:
                found.extend(self._fall(i, frames.falls[key]))
            elif pos in ("NOUN", "PROPN"):
                for kind in (self._phrase, self._hold, self._noun, self._member):
                    found.extend(kind(i, key))
            if t.lower[i] in frames.compounds and 0 < i < len(t) - 1:
                found.extend(self._compound(i, frames.compounds[t.lower[i]]))
        return found

    def _verb(self, i: int, entry: StateFrame) -> list[Found]:
        """ "Rebels hold the town", "Arden signed decrees that recognise the republic"."""
        t = self.t
        if entry.relation is Relation.MEMBER_OF and t.tags[i] in ("VBG", "VB") and not t.having(i, "aux"):
            # "a debate on joining the league": nobody has joined.
            return []
        if any(t.deps[c] == "prt" or t.lower[c] == "back" for c in t.children(i)):
            # "The dam holds back the river."
            return []
        targets = [o for o in self.finder.objects(i) if self._fits(o, self.frames.objects[entry.id])]
        subjects, anchor = self.roles.subject(i), i
        if not any(self._holder(s) for s in subjects) and (signed := self._signed(i, subjects)) is not None:
            subjects, anchor = self.roles.subject(signed), signed
        holders = [s for s in subjects if self._holder(s)]
        if not targets or not holders:
            return []
        reality = judge(t, anchor, self.cues)
        status = self._status(anchor, reality)
        if status is Status.OCCURRED and entry.relation in _RESULTS:
            status = Status.ONGOING
        elif status is Status.OCCURRED and t.tags[i] == "VBN":
            aux = {t.lower[c] for c in t.children(i) if t.deps[c] in ("aux", "auxpass")}
            status = Status.OCCURRED if aux & {"was", "were", "had"} else Status.ONGOING
        why = f"{entry.id}: '{t.words[i]}'; {reality.because}"
        return self._each(entry, holders, [self._meant(o) for o in targets], i, status, reality.polarity, why)

    def _fits(self, i: int, objects: frozenset[str]) -> bool:
        """Whether a noun, and what it is a part of ("half of the delta"), may be held so."""
        if self.finder.first([i], objects) is None:
            return False
        t = self.t
        whole = [o for p in t.having(i, "prep") if t.lower[p] == "of" for o in t.having(p, "pobj")]
        return t.lemmas[i] not in self.finder.partitives or not whole or bool(self._lands(whole))

    def _signed(self, i: int, subjects: list[int]) -> int | None:
        """The verb that puts a paper into force which says so: "signed decrees that recognise"."""
        t = self.t
        papers = [*subjects, *([t.heads[i]] if t.deps[i] == "acl" else [])]
        paper = next((s for s in papers if t.lemmas[s] in self.papers and t.deps[s] == "dobj"), None)
        if paper is None:
            return None
        verb = t.heads[paper]
        reality = judge(t, verb, self.cues)
        done = stage_at(t, verb, "object", self.cues) in _DONE and reality.status in REAL
        return verb if done and reality.polarity is Polarity.AFFIRMED else None

    def _meant(self, i: int) -> int:
        """What a noun is said of, where it only says what that is: "Arden is a town that rebels hold"."""
        t = self.t
        if t.deps[i] == "attr" and t.lemmas[t.heads[i]] == "be":
            return next((s for s in t.having(t.heads[i], "nsubj") if s in self.finder.located), i)
        return i

    def _fall(self, i: int, entry: StateFrame) -> list[Found]:
        """ "The town fell to the rebels"."""
        t = self.t
        objects = self._lands(self.finder.subjects(i))
        holders = [o for p in t.having(i, "prep") if t.lower[p] in entry.through for o in t.having(p, "pobj")]
        return self._judged(entry, [h for h in holders if self._holder(h)], objects, i, i)

    def _phrase(self, i: int, key: str) -> list[Found]:
        """ "The town is under the control of rebels", "the areas under Ardenian control"."""
        t, entry = self.t, self.frames.phrases.get(key)
        if entry is None or t.deps[i] != "pobj" or t.lower[t.heads[i]] not in entry.through:
            return []
        carrier = t.heads[t.heads[i]]
        if t.pos[carrier] in ("NOUN", "PROPN"):
            things = [carrier]
        elif t.lemmas[carrier] in entry.objects:
            things = t.having(carrier, "dobj") or self.finder.subjects(carrier)
        else:
            return []
        verb = carrier if t.pos[carrier] in ("VERB", "AUX") else None
        return self._judged(entry, self._owners(i), self._lands(things), i, verb)

    def _hold(self, i: int, key: str) -> list[Found]:
        """ "Rebels have control of the port", "Rebels are in control of the port"."""
        t, entry = self.t, self.frames.holds.get(key)
        if entry is None:
            return []
        verb = t.heads[i]
        if t.deps[i] == "pobj" and t.lower[verb] == "in" and not [c for c in t.children(i) if t.deps[c] == "det"]:
            verb = t.heads[verb]
        elif t.deps[i] != "dobj":
            return []
        if t.lemmas[verb] not in entry.objects:
            return []
        holders = [s for s in self.roles.subject(verb) if self._holder(s)]
        return self._judged(entry, holders, self._lands(self._through(i, entry)), i, verb)

    def _noun(self, i: int, key: str) -> list[Found]:
        """ "Arden's claims to the delta", "the Ardenian occupation of the delta"."""
        entry = self.frames.nouns.get(key)
        if entry is None:
            return []
        t = self.t
        owners = [c for c in t.children(i) if t.deps[c] in _BEFORE and c < i and self._holder(c)]
        return self._judged(entry, owners[:1], self._through(i, entry)[:1], i, None)

    def _member(self, i: int, key: str) -> list[Found]:
        """ "Arden is a member of the council", "a council member", "part of the union"."""
        t, entry = self.t, self.frames.members.get(key)
        verb = t.heads[i]
        if entry is None or t.deps[i] != "attr" or t.lemmas[verb] != "be":
            return []
        subjects = [s for s in self.finder.subjects(verb) if self._holder(s)]
        bodies = self.frames.bodies if not entry.named else frozenset[str]()
        groups = [o for o in self._through(i, entry) if o in self.entity or t.lemmas[o].lower() in bodies]
        if not groups and not entry.named:
            groups = [c for c in t.children(i) if t.deps[c] in ("compound", "nmod") and c in self.entity]
        return self._judged(entry, subjects[:1], groups[:1], i, verb)

    def _compound(self, i: int, entry: StateFrame) -> list[Found]:
        """ "Ardenian-occupied districts": tokens holder, hyphen, participle, and the noun that they stand before."""
        t = self.t
        if i < 2 or t.words[i - 1] != "-":
            return []
        holder, noun = i - 2, i
        while t.deps[noun] in ("amod", "compound", "punct", "npadvmod", "acl", "advmod") and t.heads[noun] != noun:
            noun = t.heads[noun]
        if noun <= i or t.pos[noun] not in ("NOUN", "PROPN"):
            return []
        if not self._holder(holder) or (noun == i + 1 and t.lower[noun] in entry.unless):
            return []
        return [
            Found(
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

    # ── parts of a frame ──────────────────────────────────────────────────────────────────────────────────

    def _through(self, i: int, entry: StateFrame) -> list[int]:
        """What a noun's preposition leads to, also where the parse hangs it on the verb before."""
        t = self.t
        after = [i + 1] if i + 1 < len(t) and t.deps[i + 1] == "prep" and t.heads[i + 1] == t.heads[i] else []
        return [o for p in (*t.having(i, "prep"), *after) if t.lower[p] in entry.through for o in t.having(p, "pobj")]

    def _owners(self, i: int) -> list[int]:
        """Whose control it is: "the control of rebels", "rebel hands", "Arden's rule"."""
        t = self.t
        after = [i + 1] if i + 1 < len(t) and t.lower[i + 1] == "by" else []
        of = [o for p in (*t.having(i, "prep"), *after) if t.lower[p] in ("of", "by") for o in t.having(p, "pobj")]
        before = [c for c in t.children(i) if t.deps[c] in _BEFORE and c < i]
        return [o for o in of if self._holder(o)] or [o for o in before if self._holder(o)][:1]

    def _lands(self, nouns: Iterable[int]) -> list[int]:
        """The nouns that name what can be held."""
        return [n for n in nouns if self.finder.first([n], self.frames.held) is not None]

    def _judged(
        self, entry: StateFrame, holders: list[int], objects: list[int], anchor: int, verb: int | None
    ) -> list[Found]:
        """A state with the status of the verb that carries it; without one it goes on unless it is only thought of."""
        if not holders or not objects:
            return []
        reality = judge(self.t, anchor if verb is None else verb, self.cues)
        status = self._status(verb, reality) if verb is not None else reality.status
        if verb is None and status is Status.OCCURRED:
            status = Status.ONGOING
        why = f"{entry.id}: '{self.t.words[anchor]}'"
        return self._each(entry, holders, objects, anchor, status, reality.polarity, why)

    def _status(self, verb: int, reality: Reality) -> Status:
        """What is told in the present goes on."""
        t = self.t
        helpers = t.having(verb, "aux")
        present = t.tags[verb] in _PRESENT or any(t.tags[c] in _PRESENT for c in helpers)
        if t.tags[verb] == "VB" and not helpers and t.deps[verb] == "ROOT":
            # "Engineers from Arden operate the dam", taken for a command.
            present = True
        return Status.ONGOING if present and reality.status is Status.OCCURRED else reality.status

    def _each(
        self,
        entry: StateFrame,
        holders: list[int],
        objects: list[int],
        anchor: int,
        status: Status,
        polarity: Polarity,
        because: str,
    ) -> list[Found]:
        phrase = self.roles.phrase
        return [
            Found(self.t, entry.relation, phrase(holder), phrase(target), anchor, status, polarity, because)
            for holder in self.roles.conjuncts(holders)
            for target in self.roles.conjuncts(objects)
        ]

    def _holder(self, i: int) -> bool:
        t = self.t
        return self.roles.entity(i) or t.pos[i] == "PROPN" or t.lemmas[i] in self.frames.holders
