"""An embedder for tests: texts that hold a word of one group mean the same, and others do not."""

import numpy as np

from dateline.nlp.embed import Vector


class FakeEmbedder:
    """Vectors along one axis for each group of words; ``asked`` are the texts that were embedded."""

    name = "fake 1"

    def __init__(self, *groups: tuple[str, ...]) -> None:
        self._groups = groups
        self.asked: list[str] = []

    def embed(self, text: str) -> Vector:
        self.asked.append(text)
        vector = np.zeros(len(self._groups) + 1, np.float32)
        at = next((n for n, words in enumerate(self._groups) if any(word in text for word in words)), -1)
        vector[at] = 1
        return vector
