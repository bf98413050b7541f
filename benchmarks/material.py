"""Reports made for measuring: as many as wanted, of a given length, the same for the same seed.

The sentences are the example dossier's, shuffled. In each, most long words give way to a stem with the same ending,
half of them the dossier's own words, half English at large, each as often as it is used; most names give way to
those of the report's cast: a few that all reports name, more of its own. So the words that a stream of reports
brings go on growing, as they do in news: about 4,700 distinct ones in 80 reports of 600 words, 11,600 in 300. A stated
share of the passages is copied from an earlier report, as agencies' texts are: half of them word for word, half retold.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from benchmarks.common import ROOT
from dateline.matching.rarity import COMMON, TABLE

DOSSIER = ROOT / "examples" / "annexation" / "reports.jsonl"
PASSAGE = 3
"""Sentences a passage."""
CHANGED = 0.9
"""The share of long words and names that are changed."""
AT_LARGE = 0.5
"""The share of changed words that are drawn from English at large."""
CAST = (4, 8)
"""How many names a report takes from those that all name, and how many of its own."""
COPYING = 0.36
"""The share of reports that copy from an earlier one."""
COPIED = 0.7
"""The share of such a report's passages that is copied: a quarter of all passages in the end."""
RETOLD = 0.12
"""The share of long words and names changed in a copy that is not word for word."""
REACH = 40
"""From how many reports back a copy may come."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_WORD = re.compile(r"\b[a-z]{5,}\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_DIGIT = re.compile(r"\d(?=\d*\b)")
_ENDING = re.compile(r"(?:ed|ing|ly|s|tion|ment|er|al)$")
_SYLLABLES = tuple(a + b for a in "bdghklmnprstvyz" for b in ("a", "e", "i", "o", "u", "ov"))


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
        self._earlier: list[list[str]] = []

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
        copying = self._earlier and self._random.random() < COPYING
        copied = list(self._random.choice(self._earlier[-REACH:])) if copying else []
        cast = self._cast()
        passages: list[str] = []
        left = self._words
        while left > 0:
            if copied and self._random.random() < COPIED:
                passage = copied.pop(0)
                if self._random.random() < 0.5:
                    passage = self._changed(passage, cast, RETOLD)
            else:
                some = self._random.sample(self._sentences, PASSAGE)
                passage = _DIGIT.sub(self._digit, " ".join(self._changed(s, cast, CHANGED) for s in some))
            left -= len(passage.split())
            passages.append(passage)
        self._earlier.append(passages)
        return "\n\n".join(passages)

    def _cast(self) -> list[str]:
        ours, own = CAST
        return [*self._random.sample(self._names, ours), *(self._own_name() for _ in range(own))]

    def _own_name(self) -> str:
        """An invented name: a few are often drawn, most seldom."""
        number = min(int(self._random.paretovariate(0.6)), len(_SYLLABLES) ** 3 - 1) * 48_271 % len(_SYLLABLES) ** 3
        syllables = [_SYLLABLES[number // len(_SYLLABLES) ** n % len(_SYLLABLES)] for n in range(3)]
        return "".join(syllables).capitalize()

    def _changed(self, text: str, cast: Sequence[str], share: float) -> str:
        named = _NAME.sub(lambda m: self._random.choice(cast) if self._random.random() < share else m[0], text)
        return _WORD.sub(lambda m: self._other(m[0]) if self._random.random() < share else m[0], named)

    def _other(self, word: str) -> str:
        if self._random.random() >= AT_LARGE:
            return self._random.choice(self._endings.get(word[-2:]) or [word])
        ending = _ENDING.search(word)
        stems, often = _stems()
        return self._random.choices(stems, cum_weights=often)[0] + (ending[0] if ending else "")

    def _digit(self, _: re.Match[str]) -> str:
        return str(self._random.randint(1, 9))


@lru_cache(maxsize=1)
def _stems() -> tuple[list[str], list[float]]:
    """The stems of English of some length, with how often they and those before them are used."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [(stem, tenths) for stem, tenths in rows if len(stem) > 3 and stem.isascii() and int(tenths) / 10 < COMMON]
    return [stem for stem, _ in rows], list(accumulate(10 ** (int(tenths) / 10) for _, tenths in rows))
