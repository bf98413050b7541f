"""How web pages are made: the names of their parts, of their meta tags, and the words around reports."""

import re
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.head import HeadKind, HeadWords
from dateline.knowledge.load import DATA, Entry, read_yaml, unique
from dateline.model.vocab import ReportMark

E = TypeVar("E", bound=Entry)

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NAME = r"(?P<name>(?:the |The )?[A-Z][\w&’'.-]*(?:(?: of| and| for| the)? [A-Z][\w&’'-]*){0,5})"


class Role(StrEnum):
    """What an element of a page is for."""

    BOILERPLATE = "boilerplate"
    HIDDEN = "hidden"
    BODY = "body"
    CAPTION = "caption"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    PUBLISHED = "published"
    MODIFIED = "modified"
    QUOTE = "quote"
    PAYWALL = "paywall"
    LIVE = "live"
    ENTRY = "entry"


class PhraseKind(StrEnum):
    """What words around a report say."""

    DROP = "drop"
    LEAD = "lead"
    STUB = "stub"
    BY = "by"
    NOT_AUTHOR = "not_author"
    OFFICE = "office"
    PUBLISHED = "published"
    MODIFIED = "modified"
    PLATFORM = "platform"


class Clue(Entry, frozen=True, kw_only=True):
    """Words in the class or id of an element that tell its role."""

    FILE = "clues.yaml"
    role: Role
    words: tuple[str, ...]


class MetaName(Entry, frozen=True, kw_only=True):
    """The names under which meta tags give a field."""

    FILE = "meta.yaml"
    field: str
    names: tuple[str, ...]


class Phrase(Entry, frozen=True, kw_only=True):
    """A pattern of words that pages put around reports."""

    FILE = "phrases.yaml"
    kind: PhraseKind
    pattern: str


class Months(Entry, frozen=True, kw_only=True):
    """The names of the twelve months in a language."""

    FILE = "months.yaml"
    months: tuple[tuple[str, ...], ...]


class CreditPattern(Entry, frozen=True, kw_only=True):
    """How a report credits the agency whose text it carries."""

    FILE = "credits.yaml"
    pattern: str


class NoticePattern(Entry, frozen=True, kw_only=True):
    """How a report says that it corrects, withdraws or updates an earlier text."""

    FILE = "notices.yaml"
    kind: ReportMark
    pattern: str


class Pages:
    """The data of ``data/pages``, compiled."""

    def __init__(self, root: Path = DATA) -> None:
        self._root = root
        # A method under a cache would keep the object alive for good; this cache goes with it.
        self.roles = lru_cache(maxsize=20_000)(self._roles)

    def entries(self, kind: type[E]) -> tuple[E, ...]:
        """The entries of a file. Raises KnowledgeError when it is not as ``kind`` says."""
        path = self._root / "pages" / kind.FILE
        found = read_yaml(path, tuple[kind, ...])  # type: ignore[valid-type]
        unique(found, path)
        return found

    def _roles(self, names: str) -> frozenset[Role]:
        """The roles that the words of these classes and ids tell.

        >>> sorted(Pages().roles("figure__wp-caption-text"))
        [<Role.CAPTION: 'caption'>]
        """
        singles, pairs = self._clues
        found: set[Role] = set()
        for name in names.split():
            words = [word.lower() for word in _WORDS.findall(name)]
            found |= {singles[word] for word in words if word in singles}
            if len(words) > 1 and len(words) <= 12:
                runs = (
                    " ".join(words[i:j])
                    for i in range(len(words) - 1)
                    for j in range(i + 2, min(i + 5, len(words) + 1))
                )
                found |= {pairs[run] for run in runs if run in pairs}
        return frozenset(found)

    @cached_property
    def _clues(self) -> tuple[dict[str, Role], dict[str, Role]]:
        every = [(words, clue.role) for clue in self.entries(Clue) for words in clue.words]
        return {w: role for w, role in every if " " not in w}, {w: role for w, role in every if " " in w}

    @cached_property
    def meta(self) -> dict[str, tuple[str, int]]:
        """The field that a meta tag's name gives, and how far down its list the name stands."""
        return {name: (entry.field, n) for entry in self.entries(MetaName) for n, name in enumerate(entry.names)}

    @cached_property
    def months(self) -> dict[str, int]:
        """The number of the month of each name."""
        return {name: n for entry in self.entries(Months) for n, names in enumerate(entry.months, 1) for name in names}

    def phrase(self, kind: PhraseKind) -> re.Pattern[str]:
        """A pattern that matches all the phrases of a kind."""
        return self._phrases[kind]

    @cached_property
    def _phrases(self) -> dict[PhraseKind, re.Pattern[str]]:
        kinds: dict[PhraseKind, list[str]] = {}
        for entry in self.entries(Phrase):
            kinds.setdefault(entry.kind, []).append(f"(?:{entry.pattern})")
        return {kind: re.compile(f"(?:{'|'.join(some)})", re.IGNORECASE) for kind, some in kinds.items()}

    @cached_property
    def agencies(self) -> dict[str, str]:
        """The name of the agency for each name that it credits itself by."""
        entries = Knowledge(self._root).lexicon(HeadWords)
        return {word: e.words[0] for e in entries if e.kind is HeadKind.AGENCY for word in e.words}

    @cached_property
    def notices(self) -> tuple[tuple[ReportMark, re.Pattern[str]], ...]:
        """What a notice at the start of a passage says, and its pattern."""
        entries = self.entries(NoticePattern)
        return tuple((entry.kind, re.compile(rf"\W*(?:{entry.pattern})", re.IGNORECASE)) for entry in entries)

    @cached_property
    def credits(self) -> tuple[re.Pattern[str], ...]:
        """Patterns whose group ``agency`` is a known agency, or ``name`` a name."""
        names = sorted(self.agencies, key=len, reverse=True)
        known = f"(?P<agency>{'|'.join(map(re.escape, names))})\\b"
        return tuple(
            re.compile(entry.pattern.format(agency=known, name=_NAME)) for entry in self.entries(CreditPattern)
        )


@lru_cache(maxsize=1)
def load_pages() -> Pages:
    """What is shipped."""
    return Pages()
