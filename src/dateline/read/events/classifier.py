"""Adds triggers where no frame fires, and decides between frames that are level: a linear classifier.

Logistic regression: one weight for each feature and type, read from ``data/lexicon/en/event_types.tsv``, which
``python -m benchmarks.train_events`` makes from the project's own sentences: the examples of the ontology and of the
frames, the own gold, and sentences that only look like events. Only words that it was taught as triggers are asked
about, and only those that no frame took; a type is given only where its share reaches the threshold that
cross-validation set. It overrules no frame that demands more than the others, and gives neither mode nor contexts of
its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import exp
from pathlib import Path

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import EventFrame, Frame, event_frames
from dateline.read.events.triggers import Finder, Trigger

FILE = "event_types.tsv"
NOTHING = "-"
"""The class of what is no event."""
UNASKED = (NOTHING, "AGREE", "CONSULT", "REQUEST")
"""What it is not asked for: nothing, and types whose frames tell what it cannot: a commitment from a wish, a demand
from an appeal, talks from a call."""
BIAS = "bias"
"""The feature that everything has."""

_OBJECT = ("dobj", "nsubjpass", "oprd", "attr", "dative")
_SUBJECT = ("nsubj", "agent")
_CLAUSE = ("xcomp", "ccomp", "advcl", "acl")
_MODIFIER = ("compound", "amod", "nmod", "poss")
_COPULAR = ("acomp", "oprd", "conj", "ccomp", "ROOT")
_SURROUNDINGS = ("violence", "pastimes")
_MUTUAL = ("CONSULT", "COOPERATE")
_ABSORBING = ("AGREE", "REJECT", "REQUEST", "THREATEN")
"""Types of what is said about acts to come: the clause under such a trigger is no event of its own."""
_TOLD = ("ASSAULT", "COERCE")
"""Types whose bare noun says that it happened."""


class Model(Struct, frozen=True):
    """The weights of each feature, one a class; the least share of a type that counts; the words it was taught."""

    classes: tuple[str, ...]
    threshold: float
    weights: Mapping[str, tuple[float, ...]]
    taught: frozenset[str]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each class is for what has these features; the shares add up to 1."""
        sums = list(self.weights[BIAS])
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                sums = [one + weight for one, weight in zip(sums, row, strict=True)]
        top = max(sums)
        raised = [exp(one - top) for one in sums]
        whole = sum(raised)
        return {kind: share / whole for kind, share in zip(self.classes, raised, strict=True)}

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest type that it is asked for, and its share among all classes, that of no event included."""
        return max(((kind, share) for kind, share in self.shares(features).items() if kind not in UNASKED), key=_share)


def _share(one: tuple[str, float]) -> tuple[float, str]:
    return one[1], one[0]


def read_model(path: Path) -> Model:
    """The model in a file: a line of classes after the threshold, then a line of weights for each feature.

    An empty cell is a weight of 0. Raises KnowledgeError for a file that is not so.
    """
    try:
        head, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
        threshold, classes = float(head[0]), tuple(head[1:])
        weights = {row[0]: tuple(float(cell or 0) for cell in row[1:]) for row in rows}
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error
    if BIAS not in weights or NOTHING not in classes or any(len(row) != len(classes) for row in weights.values()):
        raise KnowledgeError(f"{path.name}: each line needs a weight for each class, and {BIAS!r} a line")
    return Model(classes, threshold, weights, taught(classes, weights))


def taught(classes: Sequence[str], weights: Mapping[str, Sequence[float]]) -> frozenset[str]:
    """The features of words that speak for some type: "v=abduct", "n=truce"."""
    kinds = [k for k, kind in enumerate(classes) if kind not in UNASKED]
    return frozenset(f for f, row in weights.items() if f[:2] in ("v=", "n=") and max(row[k] for k in kinds) > 0)


class Vocabulary(Struct, frozen=True):
    """What the lexicon knows of a lemma: its word lists, and the types of the frames that it may carry."""

    lists: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The word lists and types of the event lexicon by lemma."""
    frames = event_frames(knowledge)
    lists: dict[str, list[str]] = {}
    for name, words in frames.lists.items():
        for word in words:
            lists.setdefault(word, []).append(name)
    types: dict[str, set[str]] = {}
    for mark, known in (("v", frames.verbs), ("n", frames.nouns), ("a", frames.adjectives)):
        for lemma, some in known.items():
            types.setdefault(lemma, set()).update(f"{mark}:{frame.entry.type}" for frame in some)
    return Vocabulary(
        lists={word: tuple(sorted(names)) for word, names in lists.items()},
        types={lemma: tuple(sorted(some)) for lemma, some in types.items()},
    )


def candidates(finder: Finder, but: Collection[int]) -> Iterator[tuple[int, str]]:
    """The words of a passage that could be triggers, without those of ``but``, with the feature of the word itself."""
    t = finder.t
    for i, pos in enumerate(t.pos):
        if i in but:
            continue
        if (pos == "VERB" and t.deps[i] not in ("amod", "compound", "prep")) or (
            pos == "ADJ" and t.deps[i] in _COPULAR
        ):
            yield i, f"v={finder.lemmas[i]}"
        elif pos == "NOUN" and t.deps[i] not in ("compound", "nmod") and i not in finder.unfit:
            yield i, f"n={finder.lemmas[i]}"


class Features:
    """The features of the words of one passage."""

    def __init__(self, finder: Finder, known: Vocabulary) -> None:
        self.t = finder.t
        self.lemmas = finder.lemmas
        self.known = known
        self._around: dict[int, tuple[str, ...]] = {}

    @cached_property
    def labels(self) -> dict[int, str]:
        """The label of each word of a name."""
        return {i: label for start, end, label in self.t.ents for i in range(start, end)}

    def of(self, i: int, word: str) -> list[str]:
        """What is told of the trigger at ``i``: the word, its lists and types, its frame and its parties."""
        lemma = self.lemmas[i]
        found = [word, word[0]]
        found.extend(f"may={one}" for one in self.known.types.get(lemma, ()))
        found.extend(f"is={one}" for one in self.known.lists.get(lemma, ()))
        found.extend(self._verb(i, lemma) if word[0] == "v" else self._noun(i, lemma))
        found.extend(self._sentence(i))
        return found

    def _verb(self, i: int, lemma: str) -> Iterator[str]:
        t = self.t
        passive = t.deps[i] == "acl" and t.tags[i] == "VBN"
        yield f"tag={t.tags[i]}"
        for c in t.children(i):
            dep = t.deps[c]
            passive = passive or dep in ("nsubjpass", "auxpass")
            if dep in _OBJECT:
                yield from self._party("o", c, lemma)
                yield from (f"om={self.lemmas[m]}" for m in t.having(c, *_MODIFIER))
            elif dep in _SUBJECT:
                yield from self._party("s", c, "")
            elif dep in ("prt", "advmod") and t.pos[c] in ("ADP", "ADV", "PART"):
                yield f"{lemma}+{t.lower[c]}"
            elif dep == "prep":
                yield from self._led(c, lemma)
            elif dep in _CLAUSE:
                yield from (dep, f"{lemma}+{dep}", f"c={self.lemmas[c]}")
                yield from (f"c:{one}" for one in self.known.types.get(self.lemmas[c], ()))
            elif dep == "aux" and t.tags[c] == "MD":
                yield f"md={t.lower[c]}"
            elif dep == "neg":
                yield from ("neg", f"neg+{lemma}")
        yield "passive" if passive else "active"

    def _noun(self, i: int, lemma: str) -> Iterator[str]:
        t = self.t
        yield f"d={t.deps[i]}"
        if t.heads[i] != i:
            above = self.lemmas[t.heads[i]]
            yield f"h={above}"
            yield from (f"h:{one}" for one in self.known.types.get(above, ()))
        for c in t.children(i):
            dep = t.deps[c]
            if dep in _MODIFIER:
                yield from self._party("m", c, lemma)
            elif dep == "prep":
                yield from self._led(c, lemma)
            elif dep in _CLAUSE:
                yield from (dep, f"c={self.lemmas[c]}")

    def _led(self, preposition: int, lemma: str) -> Iterator[str]:
        word = self.t.lower[preposition]
        yield from (f"{lemma}+{word}", f"p={word}")
        for under in self.t.having(preposition, "pobj", "pcomp"):
            yield from self._party("p", under, lemma)

    def _party(self, role: str, i: int, lemma: str) -> Iterator[str]:
        """A word by its part in the frame: itself, its label as a name, its lists and types, with the trigger."""
        word = self.lemmas[i]
        yield f"{role}={word}"
        if lemma:
            yield f"{lemma}/{word}"
        if i in self.labels:
            yield f"{role}#{self.labels[i]}"
        yield from (f"{role}@{one}" for one in self.known.lists.get(word, ()))
        yield from (f"{role}:{one}" for one in self.known.types.get(word, ()))

    def _sentence(self, i: int) -> tuple[str, ...]:
        start, end = self.t.sentence(i)
        known = self._around.get(start)
        if known is None:
            lists = {one for k in range(start, end) for one in self.known.lists.get(self.lemmas[k], ())}
            known = self._around[start] = tuple(f"near@{one}" for one in _SURROUNDINGS if one in lists)
        return known


class Classifier:
    """The model, ready to be asked about passages."""

    def __init__(self, model: Model, known: Vocabulary) -> None:
        self.model = model
        self.known = known

    def beside(self, finder: Finder, triggers: Sequence[Trigger]) -> list[Trigger]:
        """The triggers of the frames, those between level frames decided, with those that the classifier adds.

        In order of the text. A refusal or threat that it adds takes the acts that it is about with it.
        """
        features = Features(finder, self.known)
        but = set(finder.taken)
        found: list[Trigger] = []
        for one in triggers:
            but.update(one.words)
            level = finder.level(one)
            found.append(self._decided(one, level, features) if level else one)
        added: list[Trigger] = []
        for i, word in candidates(finder, but):
            if word in self.model.taught:
                kind, share = self.model.best(features.of(i, word))
                if share >= self.model.threshold and kind not in _told_beside(finder, i, found):
                    added.append(_trigger(finder, i, word, kind, share))
        if not added:
            return found
        about = {k for one in added if one.complement is not None for k in finder.taken_by(one)}
        return sorted((one for one in (*found, *added) if one.head not in about), key=lambda one: one.head)

    def _decided(self, trigger: Trigger, level: Sequence[Trigger], features: Features) -> Trigger:
        """The likeliest of a trigger and those of other types that its frame has no advantage over."""
        shares = self.model.shares(features.of(trigger.head, f"v={features.lemmas[trigger.head]}"))
        return max((trigger, *level), key=lambda one: shares.get(one.frame.entry.type, 0.0))


@lru_cache(maxsize=4)
def load_classifier(knowledge: Knowledge) -> Classifier:
    """The classifier of a knowledge handle. Raises KnowledgeError where its file is not as it should be."""
    path = knowledge.root / "lexicon" / knowledge.language / FILE
    return Classifier(read_model(path), vocabulary(knowledge))


def _told_beside(finder: Finder, i: int, triggers: Sequence[Trigger]) -> set[str]:
    """The types of triggers right over or under a word: "began a hunger strike" is one act."""
    t = finder.t
    near = {t.heads[i], *t.children(i)}
    near.update(under for c in t.children(i) for under in t.having(c, "pobj", "pcomp"))
    near.add(t.heads[t.heads[i]] if t.pos[t.heads[i]] == "ADP" else i)
    return {one.frame.entry.type for one in triggers if one.head in near}


def _trigger(finder: Finder, i: int, word: str, kind: str, share: float) -> Trigger:
    verbal = word[0] == "v"
    t = finder.t
    words: tuple[int, ...] = (i,)
    taken, complement = None, None
    if verbal:
        particle = t.child(i, "prt")
        words = (i,) if particle is None else (i, particle)
        plain = t.child(i, "dobj", "nsubjpass")
        if (
            plain is not None
            and plain not in finder.named
            and finder.lemmas[plain] not in finder.frames.lists["entities"]
        ):
            taken = plain
        # Parsers take the infinitive of a rarer verb for a clause of purpose.
        clauses = [c for c in t.having(i, "xcomp", "ccomp", "advcl") if t.deps[c] != "advcl" or t.tags[c] == "VB"]
        complement = clauses[0] if clauses and kind in _ABSORBING else None
    return Trigger(_frame(kind, verbal, round(share, 2)), i, words, verbal, taken, complement)


@lru_cache(maxsize=1024)
def _frame(kind: str, verbal: bool, share: float) -> Frame:
    """A frame that demands nothing, as what the classifier adds needs one."""
    entry = EventFrame(
        id=f"learned from examples ({share:.2f})",
        examples=(FILE,),
        type=kind,
        mutual=kind in _MUTUAL,
        absorbs=verbal and kind in _ABSORBING,
        asserts=verbal or kind in _TOLD,
    )
    none: frozenset[str] = frozenset()
    return Frame(
        entry=entry,
        extra=None,
        objects=none,
        through=none,
        complements=none,
        subjects=none,
        modifiers=none,
        about=none,
        under=none,
        unless=none,
        unless_done_to=none,
        weight=0,
    )
