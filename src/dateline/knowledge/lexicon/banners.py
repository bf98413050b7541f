"""Passages that outlets set around reports: calls to subscribe, rights, notes to the reader."""

import re
from functools import lru_cache
from typing import ClassVar

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.load import Entry


class BannerWords(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a kind of banner opens, as a regular expression."""

    FILE: ClassVar[str] = "banners.yaml"

    pattern: str


@lru_cache(maxsize=4)
def banner(knowledge: Knowledge) -> re.Pattern[str]:
    """A pattern that matches the opening of any banner.

    >>> bool(banner(Knowledge()).match("Sign up for our weekly letter."))
    True
    """
    patterns = (entry.pattern for entry in knowledge.lexicon(BannerWords))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
