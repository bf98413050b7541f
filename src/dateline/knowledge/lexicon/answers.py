"""The words that make an attack the answer to another."""

from typing import ClassVar

from dateline.knowledge.load import Entry


class AnswerWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of words for an attack, or right behind its own word, by which it answers one; they compare by stem."""

    FILE: ClassVar[str] = "answers.yaml"

    words: tuple[str, ...]
