"""Read a data file into typed entries; an unknown key is an error."""

from pathlib import Path
from typing import ClassVar, TypeVar

import msgspec
import yaml
from msgspec import Struct

from dateline.errors import KnowledgeError

DATA = Path(__file__).resolve().parent.parent / "data"
"""Where the shipped knowledge lies."""

T = TypeVar("T")


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry of a lexicon has. A subclass names its file and adds its own fields.

    ``examples`` are invented sentences in which the entry must fire; a test reads each of them.
    """

    FILE: ClassVar[str]

    id: str
    examples: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.id or not self.examples:
            raise ValueError("an entry needs an id and an example")


def read_yaml(path: Path, kind: type[T]) -> T:
    """The file as ``kind``. Raises KnowledgeError that names the file and what is wrong in it."""
    try:
        raw = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return msgspec.convert(raw, kind)
    except (OSError, yaml.YAMLError, msgspec.ValidationError, ValueError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def unique(entries: tuple[Entry, ...], path: Path) -> None:
    """Raise KnowledgeError when two entries of a file share an id."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise KnowledgeError(f"{path.name}: the id {entry.id!r} stands twice")
        seen.add(entry.id)
