"""The event ontology: PLOVER's types, modes and contexts, with quad class and scale, and the crosswalk from CAMEO.

Read from ``data/ontology/``: ``plover.yaml`` pins the manual's version and says what departs from it, ``cameo.yaml``
gives the type of each CAMEO code, ``examples.yaml`` and ``counterexamples.yaml`` show the types in sentences.
"""

from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.load import DATA, read_yaml
from dateline.model.vocab import Polarity, Status

FILE = "plover.yaml"
CAMEO = "cameo.yaml"
EXAMPLES = "examples.yaml"
COUNTEREXAMPLES = "counterexamples.yaml"


class EventType(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PLOVER type.

    ``planned`` and ``refused`` name the type that an act of this kind is coded under when its actor only
    commits to it, or refuses it; None where the act keeps its own type. ``spoken``: saying that one will is
    the act itself.
    """

    id: str
    quad: str
    scale: float
    meaning: str
    modes: tuple[str, ...] = ()
    recipient_required: bool = False
    planned: str | None = None
    refused: str | None = None
    spoken: bool = False


class Context(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PLOVER context: why an event happened, or what it was about.

    The special ones have ``statuses`` or ``polarities``: an event's columns of these names say the same, and its
    contexts do not list them. ``ours``: not in the manual.
    """

    id: str
    meaning: str
    statuses: tuple[Status, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    ours: bool = False


class Ontology(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Types and contexts of one version of the manual."""

    name: str
    version: str
    references: tuple[str, ...]
    notes: tuple[str, ...] = ()
    types: tuple[EventType, ...]
    contexts: tuple[Context, ...]

    @cached_property
    def by_id(self) -> dict[str, EventType]:
        """The types by their names."""
        return {kind.id: kind for kind in self.types}

    @cached_property
    def context_ids(self) -> frozenset[str]:
        """The names of the contexts that an event may list: all but the special ones."""
        return frozenset(one.id for one in self.contexts if not one.statuses and not one.polarities)

    def special(self, status: Status, polarity: Polarity) -> tuple[str, ...]:
        """The special contexts by which PLOVER says what status and polarity say here.

        >>> from dateline.knowledge.handle import Knowledge
        >>> Knowledge().ontology.special(Status.PLANNED, Polarity.NEGATED)
        ('future', 'negation')
        """
        return tuple(one.id for one in self.contexts if status in one.statuses or polarity in one.polarities)

    def check(self, where: str, type_: str, mode: str | None, contexts: tuple[str, ...]) -> None:
        """Raise KnowledgeError when a lexicon entry uses a type, mode or context that is not here."""
        kind = self.by_id.get(type_)
        if kind is None:
            raise KnowledgeError(f"{where}: {self.name} {self.version} has no type {type_!r}")
        if mode is not None and mode not in kind.modes:
            raise KnowledgeError(f"{where}: {type_} has no mode {mode!r}")
        for context in contexts:
            if context not in self.context_ids:
                raise KnowledgeError(f"{where}: there is no context {context!r}")


def load_ontology(folder: Path) -> Ontology:
    """The ontology of a data folder.

    Raises KnowledgeError when a name stands twice or a type points to one that is not there.
    """
    ontology = read_yaml(folder / FILE, Ontology)
    if len(ontology.by_id) != len(ontology.types) or len({c.id for c in ontology.contexts}) != len(ontology.contexts):
        raise KnowledgeError(f"{FILE}: a name stands twice")
    for kind in ontology.types:
        for other in (kind.planned, kind.refused):
            if other is not None and other not in ontology.by_id:
                raise KnowledgeError(f"{FILE}: {kind.id} points to {other!r}, which is no type")
    return ontology


class Coded(Struct, frozen=True, kw_only=True):
    """What PLOVER calls a CAMEO code. ``exchanged``: CAMEO's source is PLOVER's recipient (the host of a visit)."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    exchanged: bool = False


class _Row(Coded, frozen=True, kw_only=True, forbid_unknown_fields=True):
    codes: tuple[str, ...]


class _Rows(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    source: str
    notes: tuple[str, ...] = ()
    dropped: tuple[str, ...]
    entries: tuple[_Row, ...]


class Crosswalk(Struct, frozen=True, kw_only=True):
    """PLOVER's names for CAMEO codes; ``dropped`` are the roots that PLOVER does not code."""

    by_code: dict[str, Coded]
    dropped: frozenset[str]

    def coded(self, code: str) -> Coded | None:
        """What PLOVER calls a CAMEO code of two to four digits, or None for one that it does not code.

        Comments and appeals (01, 02) are no events in PLOVER. Raises KeyError for what is no CAMEO code.
        """
        if code[:2] in self.dropped and code.isdecimal() and len(code) <= 4:
            return None
        return self.by_code[code]


def load_crosswalk(folder: Path, ontology: Ontology) -> Crosswalk:
    """The crosswalk of a data folder.

    Raises KnowledgeError when a code stands twice, or a type, mode or context is not in the ontology.
    """
    rows = read_yaml(folder / CAMEO, _Rows)
    by_code: dict[str, Coded] = {}
    for row in rows.entries:
        ontology.check(f"{CAMEO}: {row.codes[0]}", row.type, row.mode, row.contexts)
        for code in row.codes:
            if code in by_code or code[:2] in rows.dropped:
                raise KnowledgeError(f"{CAMEO}: the code {code} stands twice")
            by_code[code] = Coded(type=row.type, mode=row.mode, contexts=row.contexts, exchanged=row.exchanged)
    return Crosswalk(by_code=by_code, dropped=frozenset(rows.dropped))


@lru_cache(maxsize=1)
def _shipped() -> Crosswalk:
    return load_crosswalk(DATA / "ontology", load_ontology(DATA / "ontology"))


def plover_of_cameo(code: str) -> Coded | None:
    """What PLOVER calls a CAMEO event code, or None for comments and appeals, which it does not code.

    The crosswalk of 2021 in the names of the pinned manual; ``data/ontology/cameo.yaml`` says where they differ.
    Raises KeyError for what is no CAMEO code.

    >>> plover_of_cameo("0871")
    Coded(type='RETREAT', mode='ceasefire', contexts=('military',), exchanged=False)
    >>> plover_of_cameo("043").exchanged
    True
    >>> plover_of_cameo("010") is None
    True
    """
    return _shipped().coded(code)


class Example(Struct, frozen=True, kw_only=True):
    """A sentence with a trigger marked in it: an event of a type and mode, or, ``type`` None, no event at all.

    ``like``: the type that a counter-example may be taken for, and ``because`` what it is instead.
    """

    text: str
    start: int
    end: int
    type: str | None = None
    mode: str | None = None
    like: str | None = None
    because: str | None = None

    @property
    def trigger(self) -> str:
        """The words that are marked."""
        return self.text[self.start : self.end]


class _Shown(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: str
    mode: str | None = None
    sentences: tuple[str, ...]


class _Mistaken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    like: str
    because: str
    sentences: tuple[str, ...]


def load_examples(folder: Path, ontology: Ontology) -> tuple[Example, ...]:
    """The sentences of a data folder, those that show a type before those that do not.

    A trigger stands in square brackets in the file. Raises KnowledgeError for a type or mode that is not in the
    ontology, and for a sentence without exactly one trigger.
    """
    found: list[Example] = []
    for shown in read_yaml(folder / EXAMPLES, tuple[_Shown, ...]):
        ontology.check(EXAMPLES, shown.type, shown.mode, ())
        for sentence in shown.sentences:
            text, start, end = _marked(sentence)
            found.append(Example(text=text, start=start, end=end, type=shown.type, mode=shown.mode))
    for mistaken in read_yaml(folder / COUNTEREXAMPLES, tuple[_Mistaken, ...]):
        ontology.check(COUNTEREXAMPLES, mistaken.like, None, ())
        for sentence in mistaken.sentences:
            text, start, end = _marked(sentence)
            found.append(Example(text=text, start=start, end=end, like=mistaken.like, because=mistaken.because))
    return tuple(found)


def _marked(sentence: str) -> tuple[str, int, int]:
    before, opening, rest = sentence.partition("[")
    trigger, closing, after = rest.partition("]")
    if not (opening and closing and trigger) or "[" in after or "]" in after:
        raise KnowledgeError(f"{EXAMPLES}: one trigger in square brackets is needed: {sentence!r}")
    return before + trigger + after, len(before), len(before) + len(trigger)
