"""The vocabulary of a report's head: agencies, and the words before a date of publication."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry


class HeadKind(StrEnum):
    """What the words of an entry are."""

    AGENCY = "agency"
    PUBLISHED = "published"


class HeadWords(Entry, frozen=True, kw_only=True):
    """An agency under the names it credits itself by, or words that announce a date of publication.

    The first of an agency's ``words`` is the name that comes out.
    """

    FILE: ClassVar[str] = "head.yaml"

    kind: HeadKind
    words: tuple[str, ...]
