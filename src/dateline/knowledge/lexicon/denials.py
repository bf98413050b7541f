"""The words by which somebody denies having done a thing that happened."""

from enum import StrEnum
from typing import ClassVar

from dateline.knowledge.load import Entry


class DenialKind(StrEnum):
    """What a group of words tells."""

    CUE = "cue"
    """That something is denied."""
    PART = "part"
    """Having had a part in it, where it stands behind a cue."""
    ALONE = "alone"
    """Both."""
    FALSE = "false"
    """That what the sentence speaks of is not so."""
    IT = "it"
    """What another said, without saying what: "dismissed the claim as false"."""


class DenialWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of words; they compare by stem."""

    FILE: ClassVar[str] = "denials.yaml"

    kind: DenialKind
    words: tuple[str, ...]
