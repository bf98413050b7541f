"""The vocabulary of figures, compiled for look-up by word."""

from functools import lru_cache

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.figures import FigureKind, FigureWords, Numerals, UnitOfMeasure
from dateline.model.vocab import Bound


class Words:
    """Number words by part, units by phrase, bounds by phrase, effects by lemma."""

    def __init__(
        self, numerals: tuple[Numerals, ...], units: tuple[UnitOfMeasure, ...], words: tuple[FigureWords, ...]
    ) -> None:
        parts = {entry.id: entry.words for entry in numerals}
        self.small = {**parts["unit"], **parts["tens"]}
        self.scale, self.plural = parts["scale"], parts["plural"]
        self.fraction, self.multiple = parts["fraction"], parts["multiple"]
        self.starters = frozenset({*self.small, *self.plural, *self.multiple, *self.fraction, *self.scale})
        self.units = {tuple(phrase.split()): unit for unit in units for phrase in unit.words}
        self.symbols = {unit.symbol: unit for unit in units if unit.symbol}
        self.before = self._phrases(words, FigureKind.BEFORE)
        self.after = self._phrases(words, FigureKind.AFTER)
        self.effects: dict[str, list[FigureWords]] = {}
        for entry in words:
            if entry.kind is FigureKind.EFFECT:
                for lemma in entry.words:
                    self.effects.setdefault(lemma, []).append(entry)
        self.planned = self._set(words, FigureKind.PLANNED)
        self.people = self._set(words, FigureKind.PEOPLE)
        self.exceed = self._set(words, FigureKind.EXCEED)
        self.sole = self._set(words, FigureKind.SOLE)
        self.time_units = self._set(words, FigureKind.TIME)
        self.labels = self._set(words, FigureKind.LABEL)
        self.reckon = self._set(words, FigureKind.RECKON)
        self.reckon_at = self._set(words, FigureKind.RECKON_AT)
        self.reckon_toll = self._set(words, FigureKind.RECKON_TOLL)
        self.tolls = self._set(words, FigureKind.TOLLS)
        self.right = self._set(words, FigureKind.RIGHT)
        self.alive = self._set(words, FigureKind.ALIVE)
        self.freed = self._set(words, FigureKind.FREED)
        self.particled = self._set(words, FigureKind.PARTICLED)
        self.extents = {w: e.counted for e in words if e.kind is FigureKind.EXTENT for w in e.words}

    @staticmethod
    def _phrases(words: tuple[FigureWords, ...], kind: FigureKind) -> dict[tuple[str, ...], Bound]:
        found = {
            tuple(phrase.split()): entry.bound
            for entry in words
            if entry.kind is kind and entry.bound is not None
            for phrase in entry.words
        }
        # The longest phrase is tried first: "no more than" before "more than".
        return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))

    @staticmethod
    def _set(words: tuple[FigureWords, ...], kind: FigureKind) -> frozenset[str]:
        return frozenset(word for entry in words if entry.kind is kind for word in entry.words)


@lru_cache(maxsize=4)
def compile_words(knowledge: Knowledge) -> Words:
    """The vocabulary of the knowledge handle, compiled once."""
    return Words(knowledge.lexicon(Numerals), knowledge.lexicon(UnitOfMeasure), knowledge.lexicon(FigureWords))
