"""Who did it to whom: the tokens of actors and recipients, and the spans of their phrases.

Passives, agents, possessives, peoples and states before a noun ("Russian missile strike"), subjects shared with
a higher clause, relative clauses and conjuncts are followed. A place is an actor only where its name stands for
a government: as the subject, agent or possessor of an act. Nobody is guessed.
"""

from collections.abc import Iterable

from dateline.nlp.base import Tokens
from dateline.read.events.triggers import Finder, Trigger

_AGAINST = ("against", "on", "upon", "at", "to", "toward", "towards", "with", "for", "from", "over", "into")
_SELF = frozenset({"itself", "himself", "herself", "themselves", "ourselves"})
_SHARED = frozenset({"it", "they", "he", "she"})
_NOUN_RECIPIENT = ("of", "on", "upon", "against", "at", "to", "with", "toward", "towards", "into", "in", "for", "from")
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_EXPLETIVE = frozenset({"there", "that", "this", "which", "what", "who", "one"})
_CONTROL_BY_OBJECT = 6
_DONE_TO = ("dobj", "nsubjpass")
_PHRASE_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet", "case"})


class Roles:
    """Reads the roles of triggers in one passage."""

    def __init__(self, tokens: Tokens, finder: Finder) -> None:
        self.t = tokens
        self.finder = finder
        lists = finder.frames.lists
        self.things = lists["things"]
        self.alive = lists["entities"]
        self.charging = lists["charging"]
        self.arms = lists["arms"]
        self.means = lists["means"]
        self.pieces = lists["pieces"]
        self.labels = {i: label for start, end, label in tokens.ents for i in range(start, end)}

    def actors(self, trigger: Trigger, carrier: int | None) -> list[int]:
        """The head tokens of the actors; empty when the text names none."""
        t, entry = self.t, trigger.frame.entry
        if entry.actor == "none" or (trigger.verbal and self.finder.counted(trigger.head)):
            # Whoever counts the dead did not kill them.
            return []
        if trigger.verbal:
            said = entry.actor == "speaker" and entry.recipient == ("subject",)
            found = [] if said else self.subject(trigger.head) or self._late_agent(trigger)
            if not found and entry.actor == "speaker":
                found = self._speaker(trigger.head)
            elif not found and t.pos[trigger.head] == "ADJ" and t.heads[trigger.head] != trigger.head:
                found = self.subject(t.heads[trigger.head])
            if entry.actor == "object" or (not found and entry.actor == "either"):
                found = self.finder.objects(trigger.head)
        else:
            found = self._owners(trigger.head)
            if not found and carrier is not None and trigger.head in self.finder.objects(carrier):
                found = self.subject(carrier)
            if not found and carrier is None:
                found = self._governing_noun(trigger.head)
        if entry.mutual:
            found = [*found, *self._partners(trigger)]
        if entry.actor == "from":
            found = self._led(trigger.head, ("from", "by")) or (
                self._led(trigger.object, ("from", "by")) if trigger.object is not None else []
            )
        return self.conjuncts(i for i in found if self._may_act(i))

    def recipients(self, trigger: Trigger, carrier: int | None) -> list[int]:
        """The head tokens of the recipients; empty when the text names none, or all sides are actors."""
        if trigger.frame.entry.mutual:
            return []
        t, slots = self.t, trigger.frame.entry.recipient
        found: list[int] = []
        if trigger.verbal:
            found = self._verb_recipients(trigger, slots)
        else:
            found = self._led(trigger.head, slots or _NOUN_RECIPIENT, open_=bool(slots))
            if not found and carrier is not None:
                found = [
                    i
                    for i in [*t.having(carrier, "dative"), *self._led(carrier, slots or _AGAINST, open_=bool(slots))]
                    if i != trigger.head
                ]
                found = [i for i in found if i in self.labels or t.pos[i] in ("NOUN", "PRON")]
        found = [*found, *trigger.victims]
        return self.conjuncts(i for i in found if self._may_receive(i, trigger))

    # ── subjects ──────────────────────────────────────────────────────────────────────────────────────────

    def subject(self, verb: int, depth: int = 0) -> list[int]:
        """The logical subject of a verb: its agent when passive, else its subject or the one it shares."""
        t = self.t
        children = t.children(verb)
        passive = any(t.deps[c] in ("nsubjpass", "auxpass") for c in children) or self.finder.reduced(verb)
        if self.finder.small_clause(verb):
            # "declared the region annexed": the one who declares.
            return self.subject(t.heads[verb], depth + 1)
        for c in children:
            if t.deps[c] == "agent" or (passive and t.deps[c] == "prep" and t.lower[c] == "by"):
                return t.having(c, "pobj")
        if passive:
            return []
        for c in children:
            if t.deps[c] == "nsubj":
                if t.lower[c] in _SHARED and t.deps[verb] in ("advcl", "ccomp") and depth <= _CONTROL_BY_OBJECT:
                    # "Arden said that it had shelled the port": the subject (or agent) of the higher clause.
                    shared = self.subject(t.heads[verb], depth + 1)
                    return shared if shared and self._stands_for(c, shared) else [c]
                return [self.finder.antecedent(verb, c)]
        head = t.heads[verb]
        if head == verb or depth > _CONTROL_BY_OBJECT:
            return []
        dep = t.deps[verb]
        if dep == "acl" and t.tags[verb] == "VBG":
            return [head]
        if dep == "xcomp":
            # "ordered troops to attack": the object of the higher verb acts.
            objects = [c for c in t.children(head) if t.deps[c] in ("dobj", "nsubjpass") and c < verb]
            if objects and self.entity(objects[0]) and t.lower[objects[0]] not in _SELF:
                return objects
            above = t.heads[head] if t.pos[head] == "ADJ" else head
            return self.subject(above, depth + 1)
        if dep in ("advcl", "conj", "ccomp"):
            if dep == "conj" and t.pos[head] not in ("VERB", "AUX"):
                return []
            found = self.subject(head, depth + 1)
            if dep == "conj" and t.deps[head] == "ccomp" and found and not any(self._may_act(i) for i in found):
                # "Arden said that the vote changed nothing, and promised a response": no vote promises.
                return self.subject(t.heads[head], depth + 1)
            return found
        if dep == "pcomp":
            above = t.heads[head]
            return self.subject(above, depth + 1) if t.pos[above] in ("VERB", "AUX") else self._owners(above)
        if (dep == "acl" or (dep == "relcl" and t.tags[verb] == "VB")) and t.pos[head] in ("NOUN", "PROPN"):
            above = t.heads[t.heads[head]]
            if t.deps[head] == "pobj" and t.lower[t.heads[head]] == "as" and t.pos[above] == "VERB":
                # "used the riots as a pretext to"
                return self.subject(above, depth + 1)
            return self._owners(head) or self._governing_noun(head)
        return []

    def _late_agent(self, trigger: Trigger) -> list[int]:
        """The agent of a passive after the clause under it: "were forced to vote by soldiers"."""
        t, clause = self.t, trigger.complement
        if clause is None or not any(t.deps[c] == "auxpass" for c in t.children(trigger.head)):
            return []
        late = [i for i in range(*t.subtree(clause)) if t.lower[i] == "by" and t.deps[i] in ("prep", "agent")]
        return [i for by in late for i in t.having(by, "pobj") if self.entity(i)]

    def _speaker(self, verb: int) -> list[int]:
        """Who says the clause of a verb: "Arden said that a raid would be met with force"."""
        t = self.t
        for i in (verb, *t.ancestors(verb)):
            if t.deps[i] == "ccomp":
                return self.subject(t.heads[i])
            if t.deps[i] not in ("conj", "acomp", "advcl"):
                break
        return []

    def _stands_for(self, pronoun: int, nouns: list[int]) -> bool:
        """Whether the number and kind of a pronoun allow nouns to be what it stands for."""
        t = self.t
        word, labels = t.lower[pronoun], {self.labels.get(i) for i in nouns}
        if word == "it":
            return "PERSON" not in labels
        many = len(self.conjuncts(nouns)) > 1 or any(t.tags[i] in ("NNS", "NNPS") for i in nouns)
        return many == (word == "they") and (word == "they" or labels <= {"PERSON", None})

    def _owners(self, noun: int) -> list[int]:
        """Possessor, people or state before a noun, or what follows "by"."""
        t = self.t
        children = t.children(noun)
        for c in children:
            if t.deps[c] == "prep" and t.lower[c] == "by":
                return t.having(c, "pobj")
        for c in children:
            if t.deps[c] == "poss" and self.labels.get(c) not in ("DATE", "TIME"):
                return [c]
        for c in children:
            if c < noun and t.deps[c] in ("amod", "compound", "nmod") and self.labels.get(c) in _ACTORS:
                return [c]
        for c in children:
            if t.deps[c] == "prep" and t.lower[c] == "between":
                return t.having(c, "pobj")
        return []

    def _governing_noun(self, noun: int) -> list[int]:
        """The subject of the verb that a noun is object of, over plans and the like: "X has a plan to"."""
        t = self.t
        head = t.heads[noun]
        if t.deps[noun] == "dobj" and t.pos[head] == "VERB" and t.lemmas[head] in self.finder.frames.lists["owning"]:
            return self.subject(head)
        return []

    def _partners(self, trigger: Trigger) -> list[int]:
        """The other side of a mutual act: object, or what follows "with" or "between"."""
        t = self.t
        found = self._led(trigger.head, ("with", "between", "among"))
        if trigger.verbal:
            found += [i for i in self.finder.objects(trigger.head) if i != trigger.object]
            found += [i for i in self._led(trigger.head, ("to", *trigger.frame.entry.recipient)) if i not in found]
            if trigger.object is not None:
                found += self._led(trigger.object, ("with", "between"))
            for one in self.subject(trigger.head):
                # "the navies of Arden and Tessaly"
                sides = self.conjuncts(self._led(one, ("of",)))
                found += [i for i in sides if len(sides) > 1 and i in self.finder.named]
        else:
            found += [i for i in self._led(trigger.head, ("of",)) if i in self.finder.named]
            head = t.heads[trigger.head]
            if t.pos[head] == "VERB":
                found += self._led(head, ("with", "between"))
        return found

    # ── recipients ────────────────────────────────────────────────────────────────────────────────────────

    def _verb_recipients(self, trigger: Trigger, slots: tuple[str, ...]) -> list[int]:
        t, head = self.t, trigger.head
        if slots and slots[0] == "subject":
            return self.finder.subjects(head)
        if slots and slots[0] == "none":
            return []
        plain = [i for i in self.finder.objects(head) if i != trigger.object or self._open(trigger)]
        if plain and not slots:
            return plain[:1]
        found = t.having(head, "dative")
        for i in found:
            found = [*t.having(i, "pobj"), *([i] if t.pos[i] != "ADP" else [])]
        if found:
            return found
        places = [head] if trigger.object is None else [head, trigger.object]
        if trigger.object is not None:
            for prep in t.having(trigger.object, "prep"):
                # "two million in assistance to Tessaly"
                places.extend(t.having(prep, "pobj"))
        places.extend(trigger.words[1:])
        for where in places:
            found = self._led(where, slots or _AGAINST, open_=bool(slots))
            if found:
                return found
        if trigger.object is not None:
            owners = [c for c in t.children(trigger.object) if t.deps[c] == "poss"]
            if owners:
                return owners
            found = self._led(trigger.object, ("of",))
            if found:
                return found
        if plain:
            return plain[:1]
        if trigger.object is not None and self.entity(trigger.object) and not self._arm(trigger.object):
            return [trigger.object]
        if trigger.complement is not None:
            asked = t.having(trigger.complement, "nsubj") if trigger.frame.entry.wished else []
            return [i for i in asked if t.pos[i] != "PRON"] or self._of_clause(trigger.complement)
        return [i for word in trigger.words[1:] for i in t.having(word, "pobj")][:1]

    def _of_clause(self, clause: int) -> list[int]:
        """Whom the clause that an act absorbs is done to: "threatened to impose costs on Arden"."""
        t = self.t
        taken = self.finder.objects(clause)[:1]
        if any(self.entity(i) for i in taken):
            return taken
        led = self._led(clause, _AGAINST, open_=False)[:1]
        return led or [c for i in taken for c in t.having(i, "poss") if self.entity(c)]

    def _arm(self, i: int) -> bool:
        """Whether a word names what is fired, not what it is fired at."""
        t = self.t
        return t.lemmas[i].lower() in self.arms or (t.pos[i] == "NUM" and t.deps[i] == "conj" and self._arm(t.heads[i]))

    def _open(self, trigger: Trigger) -> bool:
        """Whether the frame's object may be anything: then it is the recipient."""
        return bool({"*", "#name", "#person", "#place"} & set(trigger.frame.entry.objects))

    def entity(self, i: int) -> bool:
        """Whether a word names somebody or something that can be done to."""
        t = self.t
        if i in self.labels or i in self.finder.named or t.lemmas[i].lower() in self.alive:
            return True
        return t.pos[i] == "PRON" and t.tags[i] == "PRP"

    def _led(self, head: int, prepositions: tuple[str, ...], open_: bool = True) -> list[int]:
        """What the first of the prepositions that is there leads to; not ``open_``: only who and where."""
        t = self.t
        by_word: dict[str, list[int]] = {}
        for c in t.children(head):
            if t.deps[c] in ("prep", "dative", "prt", "agent"):
                by_word.setdefault(t.lower[c], []).extend(t.having(c, "pobj"))
        for word in prepositions:
            found = [i for i in by_word.get(word, ()) if self.labels.get(i) not in ("DATE", "TIME", "CARDINAL")]
            if not open_ and word not in ("of", "against"):
                found = [i for i in found if self.entity(i)]
            if found:
                return found
        return []

    # ── phrases ───────────────────────────────────────────────────────────────────────────────────────────

    def conjuncts(self, heads: Iterable[int]) -> list[int]:
        """Each head with what is coordinated with it, once, in order of the text."""
        t = self.t
        found: list[int] = []
        for first in heads:
            i: int | None = first
            while i is not None and i not in found:
                if t.pos[i] in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
                    found.append(i)
                i = t.child(i, "conj")
        return sorted(found)

    def _may_act(self, i: int) -> bool:
        t = self.t
        if t.lower[i] in _EXPLETIVE or t.lower[i] in _SELF or t.lemmas[i].lower() in self.things:
            return False
        if t.pos[i] == "NUM" and not any(t.deps[c] == "prep" for c in t.children(i)):
            # "28 wounded" beside "12 killed": whoever they are, they did not do it.
            return False
        lemma = t.lemmas[i].lower()
        if lemma in self.means and not t.children(i):
            # "annexed by force"
            return False
        if lemma in self.arms and not any(self.labels.get(c) in _ACTORS for c in t.children(i)):
            # "killed by a mine": what did it, not who.
            return False
        if i not in self.labels and lemma in self.finder.frames.acts_alone and lemma not in self.alive:
            return False
        return self.labels.get(i) not in ("LOC", "FAC", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY")

    def _may_receive(self, i: int, trigger: Trigger) -> bool:
        if i in trigger.words or self.t.lower[i] in _EXPLETIVE or self.t.pos[i] in ("VERB", "AUX"):
            return False
        return self.labels.get(i) not in ("DATE", "TIME", "MONEY", "PERCENT")

    def phrase(self, head: int) -> tuple[int, int]:
        """The token range of a noun phrase: what stands before its head, and an "of" phrase after it.

        Relative clauses, appositions and other coordinated phrases stay out.
        """
        t = self.t
        start = head
        for c in t.children(head):
            if c < head and t.deps[c] in _PHRASE_LEFT:
                start = min(start, t.subtree(c)[0])
        end = head + 1
        for c in t.children(head):
            if c == end and t.deps[c] == "prep" and t.lower[c] in ("of", "in", "for", "on"):
                if t.lower[c] == "of" and t.lemmas[t.heads[head]] in self.charging and t.deps[head] in _DONE_TO:
                    # "accused the troops of the attack": the charge is no part of their name.
                    break
                for inner in t.having(c, "pobj"):
                    if self.labels.get(inner) in ("DATE", "TIME"):
                        continue
                    end = max(end, self._flat_end(inner))
            elif c == end and t.deps[c] == "case":
                break
        return start, end

    def _flat_end(self, head: int) -> int:
        t = self.t
        end = head + 1
        for c in t.children(head):
            if t.deps[c] == "prep" and c == end and t.lower[c] == "of":
                for inner in t.having(c, "pobj"):
                    end = max(end, self._flat_end(inner))
        return end
