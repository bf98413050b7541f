"""The immutable handle to everything that Dateline knows, with a digest."""

from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from dateline.knowledge.load import DATA, Entry, read_yaml, unique
from dateline.model.vocab import BoundaryPolicy

if TYPE_CHECKING:
    from dateline.knowledge.actors import Actor, Actors
    from dateline.knowledge.boundaries import Boundaries
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.knowledge.ontology import Ontology

E = TypeVar("E", bound=Entry)


class Knowledge:
    """Lexicons, actors, places and the ontology, each read at first use.

    Two handles are equal when their data are: ``digest`` is a hash of every data file, of the imported actors and of
    the boundary policy. A compiled form of a lexicon may therefore be memoised by the handle (``functools.lru_cache``
    on a function of it).
    """

    def __init__(
        self,
        root: Path = DATA,
        language: str = "en",
        imported: "tuple[Actor, ...]" = (),
        boundary_policy: BoundaryPolicy = BoundaryPolicy.DE_JURE,
    ) -> None:
        self.root = root
        self.language = language
        self.imported = imported
        self.boundary_policy = boundary_policy
        self._lexicons: dict[type[Entry], tuple[Entry, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and (self.digest, self.language) == (other.digest, other.language)

    def __hash__(self) -> int:
        return hash((self.digest, self.language))

    def plus(self, imported: "tuple[Actor, ...]") -> Self:
        """The same with these actors in place of those imported before; itself when they are the same."""
        if imported == self.imported:
            return self
        return type(self)(self.root, self.language, imported, self.boundary_policy)

    def under(self, policy: BoundaryPolicy) -> Self:
        """The same under another boundary policy; itself when it is the same."""
        return self if policy is self.boundary_policy else type(self)(self.root, self.language, self.imported, policy)

    @cached_property
    def digest(self) -> str:
        """A hash of every data file's path and content, the imported actors and the policy, in hexadecimal."""
        digest = blake2b(digest_size=10)
        for path in sorted(p for p in self.root.rglob("*") if p.suffix in {".yaml", ".toml", ".tsv", ".csv"}):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
        if self.imported:
            digest.update(msgspec.json.encode(self.imported))
        digest.update(self.boundary_policy.encode())
        return digest.hexdigest()

    def lexicon(self, kind: type[E]) -> tuple[E, ...]:
        """The entries of ``data/lexicon/<language>/<kind.FILE>``, in the file's order.

        Raises KnowledgeError when the file is not as ``kind`` says.
        """
        entries = self._lexicons.get(kind)
        if entries is None:
            path = self.root / "lexicon" / self.language / kind.FILE
            entries = read_yaml(path, tuple[kind, ...])  # type: ignore[valid-type]
            unique(entries, path)
            self._lexicons[kind] = entries
        return entries  # type: ignore[return-value]

    @cached_property
    def ontology(self) -> "Ontology":
        """Event types, modes and contexts (PLOVER)."""
        from dateline.knowledge.ontology import load_ontology

        return load_ontology(self.root / "ontology")

    @cached_property
    def actors(self) -> "Actors":
        """Known people, organisations, governments and forces, with their names and offices."""
        from dateline.knowledge.actors import load_actors

        return load_actors(self.root / "actors", self.imported)

    @cached_property
    def gazetteer(self) -> "Gazetteer":
        """Known places with their names and coordinates."""
        from dateline.knowledge.gazetteer import open_gazetteer

        return open_gazetteer(self.root / "places")

    @cached_property
    def boundaries(self) -> "Boundaries":
        """Disputed areas: their country under the policy, who claims them and who holds them."""
        from dateline.knowledge.boundaries import load_boundaries

        return load_boundaries(self.root / "boundaries", self.boundary_policy)
