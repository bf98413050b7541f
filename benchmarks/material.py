"""Reports made for measuring: as many as wanted, of a given length, the same for the same seed.

The sentences are the example dossier's, shuffled; in each, most long words give way to others of the dossier with
the same ending, most names to other names, and digits to others. So passages have the build of news and are, as
most passages are, no copies.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.common import ROOT

DOSSIER = ROOT / "examples" / "annexation" / "reports.jsonl"
PASSAGE = 3
"""Sentences a passage."""
CHANGED = 0.9
"""The share of long words and names that are changed."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_WORD = re.compile(r"\b[a-z]{5,}\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_DIGIT = re.compile(r"\d(?=\d*\b)")


class Material:
    """Makes reports of about ``words`` words."""

    def __init__(self, words: int = 600, seed: int = 7) -> None:
        self._words = words
        self._random = random.Random(seed)
        texts = [json.loads(line)["text"] for line in DOSSIER.read_text(encoding="utf-8").splitlines()]
        paragraphs = [block for text in texts for block in text.split("\n") if len(block.split()) > 8]
        self._sentences = [s for block in paragraphs for s in _SENTENCE.split(block) if len(s.split()) > 4]
        endings: defaultdict[str, set[str]] = defaultdict(set)
        for sentence in self._sentences:
            for word in _WORD.findall(sentence):
                endings[word[-2:]].add(word)
        self._names = sorted({name for sentence in self._sentences for name in _NAME.findall(sentence)})
        self._endings = {ending: sorted(some) for ending, some in endings.items()}

    def rows(self, count: int) -> Iterator[dict[str, str]]:
        """So many reports as ``dateline add`` takes them."""
        for number in range(count):
            day = date(2022, 9, 1) + timedelta(days=self._random.randrange(30))
            yield {
                "id": f"made-{number:06}",
                "text": self.text(),
                "published": day.isoformat(),
                "source": f"Outlet {self._random.randrange(40)}",
            }

    def text(self) -> str:
        """One report's text."""
        passages: list[str] = []
        left = self._words
        while left > 0:
            passage = " ".join(self._changed(s) for s in self._random.sample(self._sentences, PASSAGE))
            left -= len(passage.split())
            passages.append(passage)
        return "\n\n".join(passages)

    def _changed(self, sentence: str) -> str:
        named = _NAME.sub(lambda m: self._either(m[0], self._names), sentence)
        changed = _WORD.sub(lambda m: self._either(m[0], self._endings[m[0][-2:]]), named)
        return _DIGIT.sub(lambda m: str(self._random.randint(1, 9)), changed)

    def _either(self, word: str, others: list[str]) -> str:
        return self._random.choice(others) if self._random.random() < CHANGED else word
