"""Spans of text: immutable, half-open, counted in Unicode code points."""

from collections.abc import Iterable

from msgspec import Struct


class Span(Struct, frozen=True, order=True, array_like=True):
    """A half-open range ``[start, end)`` of code points in a report's text.

    >>> Span(4, 9).of("The Arden river")
    'Arden'
    >>> Span(4, 9).overlaps(Span(9, 12))
    False
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            raise ValueError(f"a span runs forward from 0: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> "Span":
        """The same span, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)

    def strip(self, text: str, characters: str | None = None) -> "Span":
        """The span without white space (or ``characters``) at its ends.

        >>> Span(3, 11).strip("The  Arden  river")
        Span(start=5, end=10)
        """
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip(characters))
        return Span(start, max(start, start + len(words.strip(characters))))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of ``spans``.

    Raises ValueError when there are none.

    >>> hull([Span(7, 9), Span(2, 4)])
    Span(start=2, end=9)
    """
    every = list(spans)
    return Span(min(s.start for s in every), max(s.end for s in every))


def covered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, with touching and overlapping ones joined.

    >>> covered([Span(5, 8), Span(0, 3), Span(3, 4)])
    (Span(start=0, end=4), Span(start=5, end=8))
    """
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
