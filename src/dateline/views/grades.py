"""What people rated, as it is shown: the reliability of ultimate sources and the credibility of items."""

from collections.abc import Iterable, Mapping

from dateline.judge.ratings import holding
from dateline.model.judgements import Rating
from dateline.model.vocab import RatingScale

UNRATED = "F6"
"""What is shown until somebody rates: neither source nor item can be judged."""


class Grades:
    """The ratings that hold, by what they are of."""

    def __init__(self, ratings: Iterable[Rating] = ()) -> None:
        held: Mapping[tuple[RatingScale, str], Rating] = holding(ratings)
        self._sources = {target: one.value for (scale, target), one in held.items() if scale is RatingScale.RELIABILITY}
        self._items = {target: one.value for (scale, target), one in held.items() if scale is RatingScale.CREDIBILITY}

    def reliability(self, source: str | None) -> str:
        """A source's letter; F for one that is unknown or not rated."""
        return self._sources.get(source or "", UNRATED[0])

    def credibility(self, ids: Iterable[str]) -> str:
        """The digit of a row that may be rated under several ids, the first that is; 6 where none is."""
        return next((self._items[id] for id in ids if id in self._items), UNRATED[1])

    def shown(self, sources: Iterable[str | None], ids: Iterable[str]) -> str:
        """Both grades of an item told by these sources; each rated source under its name where there are several.

        >>> from dateline.model.vocab import Table
        >>> rated = Rating.of(Table.REPORTS, "Delta Wire", RatingScale.RELIABILITY, "B", by="Ann", at="2031-05-04")
        >>> Grades([rated]).shown(["Delta Wire"], []), Grades([rated]).shown(["Delta Wire", None], [])
        ('B6', 'Delta Wire B, others F; item 6')
        """
        told = list(dict.fromkeys(sources))
        digit = self.credibility(ids)
        letters = [(source, self.reliability(source)) for source in told]
        if len({letter for _, letter in letters}) <= 1:
            return (letters[0][1] if letters else UNRATED[0]) + digit
        rated = [f"{source} {letter}" for source, letter in letters if letter != UNRATED[0]]
        rest = ["others F"] if len(rated) < len(letters) else []
        return f"{', '.join([*rated, *rest])}; item {digit}"
