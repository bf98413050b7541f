"""Finds the triggers of a passage: words in a frame that the lexicon knows.

A verb, noun or adjective fires when the most demanding frame of its lemma fits. A noun that a verb frame has
taken as its object ("sign a decree"), and a clause that a frame absorbs ("threatened to attack"), do not fire
again; an effect ("killed") yields to the act that stands beside it ("in a missile strike").
"""

from collections.abc import Collection, Iterable

from msgspec import Struct

from dateline.knowledge.lexicon.events import ANY, NAME, NUMBER, PERSON, PLACE, EventFrames, Frame
from dateline.nlp.base import Tokens

_MODIFYING = ("compound", "amod", "nmod", "poss", "nummod", "advmod", "npadvmod")
_OBJECT = ("dobj", "nsubjpass", "oprd", "attr", "dative")
_WHERE = frozenset({"GPE", "LOC", "FAC"})
_NEAR = frozenset({"in", "by", "during", "with", "of", "from", "at", "on", "to", "as"})
_REACH = {"prep": 2, "prt": 5, "advmod": 3}
_ONE_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_CLAUSE = ("xcomp", "ccomp")
_WISHING = frozenset({"to", "should", "must", "shall"})
_PAST = frozenset({"was", "were", "had", "did"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_PARTITIVES = "partitives"
_NOMINAL = frozenset({"of", "to"})
"""Prepositions between an action noun and its object."""
_ANYTHING = frozenset({ANY})


class Trigger(Struct, frozen=True):
    """A fired frame: the token that carries it, all its words, and what it took as object and clause.

    ``victims`` are the objects of an effect that was folded into this act. ``nominal``: a noun in a frame of its verb.
    """

    frame: Frame
    head: int
    words: tuple[int, ...]
    verbal: bool
    object: int | None = None
    complement: int | None = None
    victims: tuple[int, ...] = ()
    nominal: bool = False


def _hyphened(tokens: Tokens, frames: EventFrames) -> list[str]:
    """The lemmas in small letters, that of the last word of a known compound the whole: "sit-in"."""
    lemmas = [lemma.lower() for lemma in tokens.lemmas]
    for i, word in enumerate(tokens.lower):
        if word == "-" and 0 < i < len(lemmas) - 1:
            for last in (lemmas[i + 1], tokens.lower[i + 1]):
                whole = f"{tokens.lower[i - 1]}-{last}"
                if whole in frames.hyphened:
                    lemmas[i + 1] = whole
    return lemmas


class Finder:
    """The frames laid over one passage.

    ``places``: the tokens of names that the report says are places, whatever the tagger of names took them for.
    """

    def __init__(self, tokens: Tokens, frames: EventFrames, places: Collection[int] = ()) -> None:
        self.t = tokens
        self.frames = frames
        self.lemmas = _hyphened(tokens, frames)
        self.taken: set[int] = set()
        """The words that have fired, and those that they keep from firing, once the triggers are found."""
        self.partitives = frames.lists.get(_PARTITIVES, frozenset())
        self.unfit = {
            i
            for start, end, label in tokens.ents
            if label not in ("EVENT", "LAW", "GPE", "NORP", "LOC", "CARDINAL", "ORDINAL", "QUANTITY")
            for i in range(start, end)
            if tokens.pos[i] == "PROPN"
        }
        people = {i for start, end, label in tokens.ents if label == "PERSON" for i in range(start, end)}
        self.named_people = people.difference(places)
        self.people = set(self.named_people)
        self.people.update(i for i, word in enumerate(tokens.lower) if word in _ONE_PERSON)
        labelled = {i for start, end, _ in tokens.ents for i in range(start, end)}
        # A proper noun that the tagger of names does not know may be any name.
        unknown = {i for i, pos in enumerate(tokens.pos) if pos == "PROPN" and i not in labelled}
        self.located = unknown | {i for start, end, label in tokens.ents if label in _WHERE for i in range(start, end)}
        self.located.update(places)
        self.named = unknown | {i for start, end, label in tokens.ents if label in _NAMES for i in range(start, end)}

    def triggers(self) -> list[Trigger]:
        """The triggers in order of the text."""
        t = self.t
        found: dict[int, Trigger] = {}
        taken = self.taken = set()
        for i, pos in enumerate(t.pos):
            if i in taken:
                continue
            if pos == "VERB" and (t.deps[i] not in ("amod", "compound") or t.child(i, "nsubj") is not None):
                trigger = self._verb(i)
            elif pos == "ADJ" and t.deps[i] in ("acomp", "oprd", "conj", "ccomp", "ROOT"):
                trigger = self._adjective(i)
            else:
                continue
            if trigger is not None:
                found[i] = trigger
                taken |= self.taken_by(trigger)
        for i in taken:
            found.pop(i, None)
        for i, pos in enumerate(t.pos):
            if pos not in ("NOUN", "PROPN") or t.deps[i] in ("compound", "nmod"):
                continue
            if i not in taken and i not in self.unfit:
                trigger = self._noun(i) or self._nominal(i)
                if trigger is not None:
                    found[i] = trigger
                    if trigger.object is not None and trigger.nominal:
                        taken.add(trigger.object)
        taken.update(found)
        return [found[i] for i in sorted(self._fold(found))]

    # ── frames ────────────────────────────────────────────────────────────────────────────────────────────

    def _verb(self, i: int) -> Trigger | None:
        lemma = self.lemmas[i]
        candidates = self.frames.verbs.get(lemma)
        if candidates is None and self.t.tags[i] in ("VBD", "VBN", "VBG"):
            # The lemmatiser takes "staged" for a form of "stag", and "installed" for one of "instal".
            candidates = self.frames.verbs.get(lemma + "e") or self.frames.verbs.get(lemma + lemma[-1:])
        if not candidates:
            return None
        children = self.t.children(i)
        for frame in candidates:
            trigger = self._fits_verb(frame, i, children)
            if trigger is not None:
                return trigger
        return None

    def level(self, trigger: Trigger) -> list[Trigger]:
        """What else a verb could be: frames of other types that fit it and demand as much as the one that fired."""
        fired = trigger.frame
        known = self.frames.verbs.get(self.lemmas[trigger.head], ()) if trigger.verbal else ()
        rivals = [f for f in known if f.weight == fired.weight and f.entry.type != fired.entry.type]
        fitting = (self._fits_verb(f, trigger.head, self.t.children(trigger.head)) for f in rivals)
        return [one for one in fitting if one is not None]

    def _fits_verb(self, frame: Frame, i: int, children: tuple[int, ...]) -> Trigger | None:
        t = self.t
        particle = None
        if frame.extra is not None:
            particle = next(
                (c for c in children if t.lower[c] == frame.extra and 0 < c - i <= _REACH.get(t.deps[c], 9)), None
            )
            if particle is None:
                return None
        direct = self._obliged(children) if frame.entry.duty else self.objects(i)
        led = self._led(children, frame.through | ({frame.extra} if frame.extra else set()))
        if frame.through and not led:
            # "invested a million in the port": parsers hang "in" on the million as often as on the verb.
            led = self._led(tuple(c for one in direct if one > i for c in t.children(one)), frame.through)
        objects = led if frame.through else [*direct, *led]
        taken = None
        if frame.objects:
            taken = self.first(objects, frame.objects)
            if taken is None or (not frame.about and ANY not in frame.objects and self._named_so(i, taken)):
                return None
        elif frame.through and not led and not frame.complements:
            return None
        complement = None
        if frame.complements:
            complement = self._complement(i, children, frame)
            if complement is None or (frame.entry.wished and not self._wished(i, complement)):
                return None
            if frame.entry.bidden and not self._bidden(complement):
                return None
            if frame.entry.type == "THREATEN" and self._over(complement):
                return None
        if frame.subjects and self.first(self._through_partitives(self.subjects(i)), frame.subjects) is None:
            return None
        if (frame.unless or frame.unless_done_to) and self._forbidden(frame, i, [*direct, *led], complement):
            return None
        if frame.about and not self._about(frame, i):
            return None
        words = self._compound(i) if particle is None else (i, particle)
        return Trigger(frame, i, words, True, taken, complement)

    def _adjective(self, i: int) -> Trigger | None:
        t = self.t
        for frame in self.frames.adjectives.get(t.lower[i], ()):
            children = t.children(i)
            led = self._led(children, frame.through)
            complement = self._complement(i, children, frame) if frame.complements else None
            if (frame.complements and complement is None) or (frame.through and not led):
                continue
            taken = self.first(led, frame.objects) if frame.objects else (led[0] if led else None)
            if frame.objects and taken is None:
                continue
            if frame.subjects and self.first(self.subjects(i), frame.subjects) is None:
                continue
            if frame.unless and self.first([*children, t.heads[i]], frame.unless) is not None:
                continue
            return Trigger(frame, i, (i,), True, taken if frame.objects else None, complement)
        return None

    def _noun(self, i: int) -> Trigger | None:
        t = self.t
        lemma = self.lemmas[i]
        candidates = self.frames.nouns.get(lemma) or self.frames.nouns.get(t.lower[i])
        if not candidates:
            return None
        children = t.children(i)
        if t.pos[i] == "PROPN" and not children:
            # "Ban said": a name that the tagger of names does not know.
            return None
        before = [c for c in children if t.deps[c] in _MODIFYING]
        for frame in candidates:
            words = self._compound(i)
            if frame.extra is not None:
                modifier = next((c for c in before if frame.extra in (t.lower[c], self.lemmas[c])), None)
                if modifier is None:
                    continue
                words = (*range(modifier, i), i)
            if frame.modifiers:
                modifier = self.first(before, frame.modifiers)
                if modifier is None:
                    continue
                if t.deps[modifier] == "compound":
                    words = (*range(modifier, i), i)
            led = self._led(children, frame.through or frozenset({"of", "on", "against", "with", "to", "for"}))
            taken = self.first(led, frame.objects) if frame.objects else None
            if frame.objects and taken is None:
                continue
            if frame.under and not self._hangs_under(i, frame.under):
                continue
            if (frame.unless or frame.unless_done_to) and self._noun_forbidden(frame, i, before, led):
                continue
            if frame.about and not self._about(frame, i):
                continue
            return Trigger(frame, i, words, False, taken)
        return None

    def _compound(self, i: int) -> tuple[int, ...]:
        """A word with those that a hyphen joins to it."""
        return (i - 2, i - 1, i) if "-" in self.lemmas[i] and self.t.lower[i - 1] == "-" else (i,)

    def _nominal(self, i: int) -> Trigger | None:
        """A noun for what a verb does, with the object that a frame of the verb asks for: "the lifting of a ban"."""
        t = self.t
        children = t.children(i)
        if not any(t.lower[c] in _NOMINAL for c in children if t.deps[c] == "prep"):
            return None
        known = self.frames.acts.get(self.lemmas[i], ())
        for act in known or self._gerund(i):
            lemma, _, extra = act.partition(" ")
            for frame in self.frames.verbs.get(lemma, ()):
                if frame.extra != (extra or None) or frame.complements or not (frame.objects or known):
                    continue
                if frame.subjects and not known and not self._agents(i, children):
                    # "The storming of the ferry": by whom is not told, so it is what most often it is.
                    continue
                led = self._led(children, frame.through or _NOMINAL)
                taken = self.first(led, frame.objects or _ANYTHING)
                if taken is None or self._noun_forbidden(frame, i, [], led) or not self._agreed(frame, i, children):
                    continue
                if frame.about and not self._about(frame, i):
                    continue
                return Trigger(frame, i, (i,), False, taken, nominal=True)
        return None

    def _gerund(self, i: int) -> tuple[str, ...]:
        """The verbs that a noun in -ing may be of."""
        word = self.t.lower[i]
        if not word.endswith("ing"):
            return ()
        stem = word[:-3]
        return stem, stem + "e", *((stem[:-1],) if stem[-1:] == stem[-2:-1] else ())

    def _agreed(self, frame: Frame, i: int, children: tuple[int, ...]) -> bool:
        """Whether whoever is named as doing what a noun says may be the subject of its verb's frame."""
        agents = self._agents(i, children)
        return not frame.subjects or not agents or self.first(agents, frame.subjects) is not None

    def _agents(self, i: int, children: tuple[int, ...]) -> list[int]:
        """Who is named as doing what a noun says: "the army's shelling", "the shelling by the army"."""
        return [c for c in children if self.t.deps[c] == "poss"] + self._led(children, {"by"})

    # ── what frames ask of a parse ────────────────────────────────────────────────────────────────────────

    def objects(self, verb: int) -> list[int]:
        """What a verb is done to: direct object, passive subject, or the noun that its clause describes."""
        t = self.t
        if self.counted(verb):
            return [verb - 1]
        found = [c for c in t.children(verb) if t.deps[c] in _OBJECT]
        if not found and t.deps[verb] == "amod" and t.child(verb, "nsubj") is not None:
            # "The general dissolved parliament", parsed as a parliament dissolved.
            found = [t.heads[verb]]
        if self.small_clause(verb):
            found = [*found, *t.having(verb, "nsubj")]
        found = [self.antecedent(verb, c) for c in found]
        for c in t.children(verb):
            if t.deps[c] == "ccomp" and (t.pos[c] == "ADJ" or (not found and self._bare(c))):
                # "found the general guilty", "allowed inspectors to enter"
                found.extend(t.having(c, "nsubj"))
        if not found:
            if self.reduced(verb):
                found = [t.heads[verb]]
            elif t.deps[verb] == "conj" and t.tags[verb] in ("VBN", "VBD") and self._passive(t.heads[verb]):
                found = [c for c in t.children(t.heads[verb]) if t.deps[c] == "nsubjpass"]
            elif t.deps[verb] == "relcl" and self._gap(verb):
                found = [t.heads[verb]]
            elif t.child(verb, "auxpass") is not None and t.deps[verb] in ("pcomp", "advcl", "xcomp"):
                # "resigned after being accused"
                above = t.heads[t.heads[verb]] if t.deps[verb] == "pcomp" else t.heads[verb]
                found = t.having(above, "nsubj", "nsubjpass")
        return self._through_partitives(found)

    def subjects(self, verb: int) -> list[int]:
        """The grammatical subjects of a verb's clause, relative pronouns replaced by what they refer to."""
        t = self.t
        own = [self.antecedent(verb, c) for c in t.having(verb, "nsubj", "nsubjpass")]
        own += [who for by in t.having(verb, "agent") for who in t.having(by, "pobj")]
        if not own and t.deps[verb] == "acomp":
            # "the militants were responsible": the copula bears the subject.
            return self.subjects(t.heads[verb])
        if not own and t.deps[verb] == "conj" and t.pos[t.heads[verb]] in ("VERB", "AUX"):
            # "They seized the bridge and held it": whose act it is was said.
            return self.subjects(t.heads[verb])
        if not own and t.deps[verb] == "advcl" and t.tags[verb] == "VBD" and not t.having(verb, "mark", "advmod"):
            # "Shells launched from the hills slammed into the market", of which the first verb was taken for the main.
            return t.having(t.heads[verb], "nsubj", "nsubjpass")
        if own or t.deps[verb] != "xcomp" or t.pos[t.heads[verb]] != "VERB" or t.having(t.heads[verb], "dobj"):
            return own
        # "have begun leaving"
        return self.subjects(t.heads[verb])

    def small_clause(self, verb: int) -> bool:
        """Whether a participle tells what its subject is made: "declared the region annexed"."""
        t = self.t
        if t.tags[verb] != "VBN" or t.deps[verb] not in ("ccomp", "oprd") or t.pos[t.heads[verb]] != "VERB":
            return False
        deps = {t.deps[c] for c in t.children(verb)}
        return "nsubj" in deps and not deps & {"aux", "auxpass", "mark"} and t.heads[verb] < verb

    def counted(self, verb: int) -> bool:
        """Whether a participle and the number before it count people: "officials counted 28 wounded"."""
        t = self.t
        if verb == 0 or t.tags[verb] != "VBN" or t.pos[verb - 1] != "NUM" or t.deps[verb] == "ROOT":
            return False
        deps = {t.deps[c] for c in t.children(verb)}
        return not deps & {"aux", "auxpass", "agent", "dobj"}

    def reduced(self, verb: int) -> bool:
        """Whether a participle describes the noun before it: "a town shelled at night"."""
        t = self.t
        if t.deps[verb] != "acl" or t.tags[verb] != "VBN":
            return False
        return not any(t.deps[c] in ("nsubj", "aux") for c in t.children(verb))

    def _named_so(self, verb: int, taken: int) -> bool:
        """Whether a verb only says what its object is: "called the strike a crime" calls no strike."""
        return self.t.deps[taken] == "dobj" and self.t.child(verb, "oprd") is not None

    def _passive(self, verb: int) -> bool:
        t = self.t
        return any(t.deps[c] in ("nsubjpass", "auxpass") for c in t.children(verb))

    def _gap(self, verb: int) -> bool:
        """A relative clause without relative pronoun that has a subject: its object is the antecedent."""
        t = self.t
        subjects = [c for c in t.children(verb) if t.deps[c] == "nsubj"]
        return bool(subjects) and t.tags[subjects[0]] not in ("WDT", "WP") and t.child(verb, "dobj") is None

    def antecedent(self, verb: int, i: int) -> int:
        """What a relative pronoun of a verb's clause refers to; any other word itself."""
        t = self.t
        if t.tags[i] in ("WDT", "WP") and t.deps[verb] == "relcl":
            return t.heads[verb]
        return i

    def _through_partitives(self, found: Iterable[int]) -> list[int]:
        t = self.t
        result: list[int] = []
        for i in found:
            result.append(i)
            if self.lemmas[i] in self.partitives or t.pos[i] == "NUM":
                for prep in t.having(i, "prep"):
                    if t.lower[prep] == "of":
                        result.extend(t.having(prep, "pobj"))
        return result

    def _led(self, children: tuple[int, ...], prepositions: frozenset[str] | set[str]) -> list[int]:
        t = self.t
        found: list[int] = []
        for c in children:
            if t.deps[c] in ("prep", "prt", "advmod", "agent", "dative") and t.lower[c] in prepositions:
                found.extend(t.having(c, "pobj", "pcomp"))
                for inner in t.having(c, "prep"):
                    # "walked out of the talks"
                    found.extend(t.having(inner, "pobj") if t.lower[inner] in prepositions else [])
        return self._through_partitives(found)

    def _complement(self, i: int, children: tuple[int, ...], frame: Frame) -> int | None:
        t = self.t
        found = [c for c in children if t.deps[c] in _CLAUSE]
        found += [c for c in children if t.deps[c] == "advcl" and t.tags[c] == "VB" and c > i and not found]
        for prep in children:
            if t.deps[prep] == "prep" and (t.lower[prep] in frame.through or t.lower[prep] == frame.extra):
                found.extend(t.having(prep, "pcomp"))
        return self.first(found, frame.complements)

    def _obliged(self, children: Iterable[int]) -> list[int]:
        """Who must do something, by a clause under a verb of saying: "said that Arden must leave"."""
        t = self.t
        clauses = [c for c in children if t.deps[c] == "ccomp"]
        bound = [c for c in clauses if any(t.lower[k] == "must" for k in t.having(c, "aux"))]
        bound += [c for c in clauses if self.lemmas[c] == "have" and t.having(c, "xcomp")]
        return [subject for clause in bound for subject in t.having(clause, "nsubj")]

    def _bare(self, verb: int) -> bool:
        """Whether a clause is an infinitive without a helper: its subject is what the higher verb is done to."""
        helpers = [c for c in self.t.children(verb) if self.t.deps[c] in ("aux", "auxpass", "mark")]
        return self.t.tags[verb] == "VB" and all(self.t.lower[c] == "to" for c in helpers)

    def _bidden(self, verb: int) -> bool:
        """Whether a clause is an infinitive: "told them to leave"."""
        return any(self.t.lower[c] == "to" and self.t.deps[c] == "aux" for c in self.t.children(verb))

    def _over(self, verb: int) -> bool:
        """Whether a clause tells what was, which nobody threatens with: "told reporters that police had fired"."""
        t = self.t
        return t.tags[verb] == "VBD" or any(t.lower[c] in _PAST for c in t.having(verb, "aux", "auxpass"))

    def _wished(self, asking: int, verb: int) -> bool:
        """Whether a clause after a verb of asking says what is to be done: an infinitive, a subjunctive, "should"."""
        t = self.t
        helpers = {c for c in t.children(verb) if t.deps[c] in ("aux", "auxpass")}
        words = {t.lower[c] for c in helpers}
        if words & _WISHING:
            return True
        # "demanded that they leave": parsers take the subjunctive for a present.
        if t.tags[verb] in ("VB", "VBP") and not words and verb > asking:
            return True
        return any(t.tags[c] == "VB" and t.lower[c] == "be" for c in helpers)

    def _hangs_under(self, noun: int, words: frozenset[str]) -> bool:
        t = self.t
        above = t.heads[noun]
        verb = t.heads[above] if t.pos[above] == "ADP" else above
        return self.lemmas[verb] in words

    def first(self, tokens: Iterable[int], words: frozenset[str]) -> int | None:
        """The first of the tokens, or of what is coordinated with it, whose lemma is in the list."""
        t = self.t
        for i in tokens:
            while True:
                if (
                    ANY in words
                    or self.lemmas[i] in words
                    or t.lower[i] in words
                    or (NAME in words and i in self.named)
                    or (PERSON in words and i in self.people)
                    or (PLACE in words and i in self.located)
                    or (NUMBER in words and t.pos[i] == "NUM")
                ):
                    return i
                conjunct = t.child(i, "conj")
                if conjunct is None:
                    break
                i = conjunct
        return None

    def _forbidden(self, frame: Frame, i: int, objects: list[int], complement: int | None) -> bool:
        t = self.t
        children = t.children(i)
        near = [*objects, *self._led(children, _NEAR)]
        if t.deps[i] == "conj" and not t.having(t.heads[i], "ccomp"):
            # Not "said that it was over and called on them to leave".
            near.append(t.heads[i])
        if complement is not None:
            near.append(complement)
        if frame.unless_done_to and self.first(near, frame.unless_done_to) is not None:
            return True
        for one in objects:
            near.extend(c for c in t.children(one) if t.deps[c] in _MODIFYING)
        return self.first([*children, *near, *self.subjects(i)], frame.unless) is not None

    def _noun_forbidden(self, frame: Frame, i: int, before: list[int], led: list[int]) -> bool:
        t = self.t
        near = [*before, *led]
        if t.heads[i] != i:
            near.append(t.heads[i])
            if t.pos[t.heads[i]] == "ADP":
                # "charged with murder", "two counts of murder"
                led_from = t.heads[t.heads[i]]
                near.append(led_from)
                if t.deps[led_from] == "dobj":
                    # "accused the troops of the attack"
                    near.append(t.heads[led_from])
        if PERSON in frame.unless_done_to and any(c in self.people for c in near):
            return True
        barred = frame.unless | frame.unless_done_to
        if i and f"{t.lower[i - 1]} {t.lower[i]}" in barred:
            # "recalled its envoy in protest": how, not what.
            return True
        return any(self.lemmas[c] in barred or t.lower[c] in barred for c in near)

    def _about(self, frame: Frame, i: int) -> bool:
        t = self.t
        start, end = t.subtree(t.heads[i] if frame.under else i)
        return any(self.lemmas[k] in frame.about or t.lower[k] in frame.about for k in range(start, end))

    # ── one event once ────────────────────────────────────────────────────────────────────────────────────

    def taken_by(self, trigger: Trigger) -> set[int]:
        """The tokens that a verb frame keeps from firing."""
        t, entry = self.t, trigger.frame.entry
        taken: set[int] = set()
        if trigger.object is not None and not {ANY, NAME, PERSON, PLACE} & set(entry.objects):
            taken.add(trigger.object)
            taken.update(t.having(trigger.object, "conj"))
            for clause in (*t.having(trigger.object, "acl"), *t.having(trigger.head, "advcl", "xcomp")):
                beside = t.tags[clause] == "VBG" and clause == trigger.object + 1
                if beside or t.heads[clause] == trigger.object:
                    taken |= self._clause(clause)
        if entry.absorbs:
            if trigger.complement is not None:
                taken |= self._clause(trigger.complement)
            for prep in t.having(trigger.head, "prep"):
                if t.lower[prep] in trigger.frame.through or t.lower[prep] == trigger.frame.extra:
                    for under in self._through_partitives(t.having(prep, "pobj", "pcomp")):
                        taken |= self._clause(under)
            taken.update(self.objects(trigger.head))
            if entry.actor == "none":
                # "the talks collapsed": told of its subject, by nobody.
                taken.update(self.subjects(trigger.head))
        return taken - {trigger.head}

    def _clause(self, verb: int) -> set[int]:
        t = self.t
        taken = {verb}
        for c in t.children(verb):
            if t.deps[c] in ("conj", "xcomp"):
                taken |= self._clause(c)
            elif t.deps[c] in ("dobj", "nsubj", "nsubjpass"):
                taken.update(self._through_partitives([c]))
        return taken

    def _fold(self, found: dict[int, Trigger]) -> dict[int, Trigger]:
        """Fold each effect into the act that stands beside it, and effects told together into the first of them.

        "12 were killed and 28 wounded when missiles hit a convoy" is one act with two kinds of victims.
        """
        home: dict[int, int] = {}
        for i, effect in list(found.items()):
            if effect.frame.entry.effect:
                act = self._act(i, found)
                if act is not None:
                    home[i] = act
        for i in [i for i in found if i in home]:
            act = home[i]
            while act in home and home[act] != i:
                act = home[act]
            if act == i or act not in found:
                continue
            effect, other = found.pop(i), found[act]
            victims = (*other.victims, *(v for v in self.objects(i) if v != act), *effect.victims)
            found[act] = Trigger(other.frame, act, other.words, other.verbal, other.object, other.complement, victims)
            home[i] = act
        return found

    def _act(self, i: int, found: dict[int, Trigger]) -> int | None:
        """The act beside an effect, else the effect before it that is told in the same breath."""
        type_ = found[i].frame.entry.type
        near = [k for k in self._beside(i) if k != i and k in found and found[k].frame.entry.type == type_]
        acts = [k for k in near if not (found[k].frame.entry.effect and found[k].verbal)]
        if acts:
            return acts[0]
        return next((k for k in near if k < i and self._told_together(k, i)), None)

    def _told_together(self, first: int, second: int) -> bool:
        """Whether two effects are one count of losses: the second has no subject of its own but a number."""
        t = self.t
        subjects = [c for c in t.children(second) if t.deps[c] in ("nsubj", "nsubjpass")]
        return all(t.pos[c] == "NUM" for c in subjects)

    def _beside(self, i: int) -> list[int]:
        t = self.t
        near: list[int] = []
        if i > 3 and t.lower[i - 2] == "and" and self.counted(i) and self.counted(i - 3):
            # "a toll of 23 killed and 28 wounded"
            near.append(i - 3)
        for c in t.children(i):
            dep = t.deps[c]
            if dep in ("prep", "agent"):
                if t.lower[c] in ("in", "by", "during", "after", "from", "following", "with", "when", "through"):
                    near.extend(self._through_partitives(t.having(c, "pobj", "pcomp")))
            elif dep in ("nsubj", "advcl", "conj"):
                near.extend(self._through_partitives([c]))
                if dep == "conj":
                    near.extend(self._beside(c))
        head = t.heads[i]
        if t.deps[i] in ("conj", "relcl", "advcl", "acl", "ccomp"):
            # "Seven were killed when shells fired at dawn hit the market": the parse may hang the first under the last.
            near.append(head)
        if t.deps[i] == "relcl":
            near.extend(self._through_partitives([head]))
        return near
