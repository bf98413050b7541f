"""Who holds an office."""

from typing import NamedTuple

from msgspec.structs import replace

from dateline.knowledge.lexicon.states import StateFrames
from dateline.knowledge.lexicon.status import StatusCues
from dateline.model.vocab import Polarity, Status
from dateline.nlp.base import Tokens
from dateline.read.events.roles import Roles
from dateline.read.events.status import REAL, Reality, judge
from dateline.read.events.triggers import Finder
from dateline.read.states.found import Found

_LEFT = ("compound", "amod", "nmod", "poss", "det", "nummod")


class _Told(NamedTuple):
    """A name and an office, the word that joins them, and how real that is (None: simply so)."""

    name: int
    office: tuple[int, int]
    anchor: int
    reality: Reality | None
    how: str


class Offices:
    """Finds who holds an office in one passage."""

    def __init__(self, tokens: Tokens, frames: StateFrames, finder: Finder, cues: StatusCues) -> None:
        self.t = tokens
        self.frames = frames
        self.finder = finder
        self.roles = Roles(tokens, finder)
        self.people = set(finder.named_people)
        self.cues = cues
        self.entity = {i: (start, end) for start, end, label in tokens.ents for i in range(start, end)}

    def states(self) -> list[Found]:
        """What the passage tells of offices."""
        t = self.t
        nouns = [i for i, lemma in enumerate(t.lemmas) if lemma.lower() in self.frames.offices]
        return [found for i in nouns if t.pos[i] in ("NOUN", "PROPN") for found in self._office(i)]

    def _office(self, i: int) -> list[Found]:
        """A person and an office: title before the name, apposition, copula, or a verb that gives the office."""
        t = self.t
        told = self._beside(i) or self._under_verb(i)
        if told is None:
            return []
        name, office, anchor, reality, how = told
        status = Status.ONGOING if reality is None else reality.status
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
        polarity = Polarity.AFFIRMED if reality is None else reality.polarity
        relation = self.frames.office.relation
        return [Found(t, relation, person, office, anchor, status, polarity, f"{self.frames.office.id}: {how}")]

    def _beside(self, i: int) -> _Told | None:
        """The person whose name stands beside an office."""
        t = self.t
        dep, head = t.deps[i], t.heads[i]
        people = self.people
        title = self._title(i)
        if dep in ("compound", "nmod") and head in people and head > i:
            return _Told(head, title, i, None, "title before the name")
        if i + 1 in people and i not in self.entity and dep not in ("pobj", "poss"):
            return _Told(i + 1, title, i, None, "title before the name")
        beside = head if dep == "appos" else next(iter(t.having(i, "appos")), None)
        if dep == "conj" and t.deps[head] == "appos" and t.lemmas[head].lower() in self.frames.offices:
            # "Mara Venn, founder of the league and mayor of Arden"
            beside = t.heads[head]
        if beside is not None and (beside in people or self._called(beside, i)):
            self.people.add(beside)
            return _Told(beside, self.roles.phrase(i), i, None, "apposition")
        if title[0] > 1 and t.words[title[0] - 1] == "," and title[0] - 2 in people and dep in ("nsubj", "nsubjpass"):
            # "Mara Venn, the mayor said", with a comma lost
            return _Told(title[0] - 2, title, i, None, "apposition without its second comma")
        return None

    def _called(self, name: int, office: int) -> bool:
        """Whether an unknown name before "the leader of ..." is a person's: one word that is no known place."""
        t = self.t
        kind = next((label for start, end, label in t.ents if start <= name < end), None)
        alone = t.deps[name] in ("nsubj", "nsubjpass") and not t.having(name, "compound")
        return alone and t.pos[name] == "PROPN" and name < office and kind in (None, "ORG") and self._led(office)

    def _led(self, office: int) -> bool:
        return any(self.t.lower[c] == "the" for c in self.t.children(office))

    def _under_verb(self, i: int) -> _Told | None:
        """The person whom a verb gives an office, or of whom it says so."""
        t = self.t
        dep, head = t.deps[i], t.heads[i]
        if dep not in ("attr", "oprd", "pobj", "dobj") or (dep == "pobj" and t.lower[head] != "as"):
            return None
        verb = t.heads[head] if dep == "pobj" else head
        giving = t.lemmas[verb] in self.frames.giving
        if not (giving or (t.lemmas[verb] == "be" and dep == "attr")):
            return None
        subjects = [
            *self.roles.subject(verb),
            *self.finder.subjects(verb),
            *(self.finder.objects(verb) if giving else []),
        ]
        subjects = [self._said_of(s) for s in subjects]
        name = next((s for s in subjects if s in self.people), None)
        if name is None:
            return None
        reality = judge(t, verb, self.cues)
        past = t.tags[verb] == "VBD" and t.lemmas[verb] == "be"
        status = Status.OCCURRED if past else Status.ONGOING if reality.status in REAL else reality.status
        return _Told(name, self.roles.phrase(i), verb, replace(reality, status=status), f"'{t.words[verb]}'")

    def _said_of(self, i: int) -> int:
        """Who a noun says what he is: "Mara Venn is a banker who was elected mayor"."""
        t = self.t
        if t.deps[i] == "attr" and t.lemmas[t.heads[i]] == "be":
            return next(iter(t.having(t.heads[i], "nsubj")), i)
        return i

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
