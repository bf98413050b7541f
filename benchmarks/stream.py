"""A stream of reports for measuring how linking grows: as many as wanted, none of them parsed.

Words are drawn from the frozen table of rarity, each as often as it is used in English, so that reports which have
nothing to do with each other share what such reports share. Each report follows one of many stories, whose names and
words it takes more often. A stated share of the passages is copied from an earlier report: half of them word for word,
half with every fourth telling word changed. The same seed gives the same stream.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from dateline.matching.rarity import COMMON, TABLE
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.read.segment import segment

PASSAGES = 12
SENTENCES = 3
WORDS = (10, 24)
"""The least and most words in a sentence."""
STORY = 40
"""Reports to a story, and words of its own that it has."""
OF_STORY = 0.12
"""The share of words that are of the report's story."""
NAMES = 0.06
"""The share of words that are names, half of them of the story."""
COPYING = 0.36
"""The share of reports that copy from an earlier one of their story."""
COPIED = 0.7
"""The share of the passages of such a report that is copied: a quarter of all passages in the end."""
SPUN = 0.25
"""The share of longer words changed in a copy that is not word for word."""
_SYLLABLES = tuple(a + b for a in "bdghklmnprstvyz" for b in ("a", "e", "i", "o", "u", "ar", "ev", "in"))


class Stream:
    """Makes reports one after the other, without an end."""

    def __init__(self, reports: int, seed: int = 7) -> None:
        self._random = random.Random(seed)
        rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        self._words = [word for word, _ in rows]
        self._weights = list(accumulate(10 ** (min(int(tenths) / 10, COMMON) - 1) for _, tenths in rows))
        self._stories = max(1, reports // STORY)
        self._days = max(1, reports // 200)
        self._number = 0
        self._told: dict[int, list[list[str]]] = {}

    def reports(self, count: int) -> Iterator[AnnotatedReport]:
        """The next so many reports, with their passages and nothing else read."""
        for _ in range(count):
            story = self._random.randrange(self._stories)
            day = date(2031, 1, 1) + timedelta(days=self._random.randrange(self._days))
            report = Report(
                id=f"made-{self._number:07}",
                text="\n\n".join(self._text(story)),
                published=Published.parse(day.isoformat()),
                source=f"Outlet {self._random.randrange(400)}",
                language="en",
            )
            self._number += 1
            yield AnnotatedReport(report=report, passages=segment(report))

    def _text(self, story: int) -> list[str]:
        earlier = self._told.setdefault(story, [])
        copied = self._random.choice(earlier) if earlier and self._random.random() < COPYING else []
        own = random.Random(story)
        words = own.choices(self._words, cum_weights=self._weights, k=STORY)
        names = [self._name(own) for _ in range(STORY // 4)]
        passages = []
        for number in range(PASSAGES):
            if number < len(copied) and self._random.random() < COPIED:
                kept = self._random.random() < 0.5
                passages.append(copied[number] if kept else self._spun(copied[number]))
            else:
                passages.append(" ".join(self._sentence(words, names) for _ in range(SENTENCES)))
        earlier.append(passages)
        return passages

    def _sentence(self, words: list[str], names: list[str]) -> str:
        sentence = []
        for _ in range(self._random.randint(*WORDS)):
            drawn = self._random.random()
            if drawn < NAMES:
                sentence.append(self._random.choice(names) if drawn < NAMES / 2 else self._name(self._random))
            elif drawn < NAMES + OF_STORY:
                sentence.append(self._random.choice(words))
            else:
                sentence += self._random.choices(self._words, cum_weights=self._weights)
        return " ".join(sentence).capitalize() + "."

    def _spun(self, passage: str) -> str:
        words = passage.split(" ")
        for at, word in enumerate(words):
            if len(word) > 4 and word.isalpha() and self._random.random() < SPUN:
                words[at] = self._random.choices(self._words, cum_weights=self._weights)[0]
        return " ".join(words)

    def _name(self, draw: random.Random) -> str:
        return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).capitalize()
