"""The event ontology: PLOVER's types, modes and contexts, with quad class and scale.

Read from ``data/ontology/plover.yaml``, which pins the manual's version and says what departs from it.
"""

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.load import read_yaml

FILE = "plover.yaml"


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
    """One PLOVER context: why an event happened, or what it was about."""

    id: str
    meaning: str


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
        """The names of all contexts."""
        return frozenset(context.id for context in self.contexts)

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
    if len(ontology.by_id) != len(ontology.types) or len(ontology.context_ids) != len(ontology.contexts):
        raise KnowledgeError(f"{FILE}: a name stands twice")
    for kind in ontology.types:
        for other in (kind.planned, kind.refused):
            if other is not None and other not in ontology.by_id:
                raise KnowledgeError(f"{FILE}: {kind.id} points to {other!r}, which is no type")
    return ontology
