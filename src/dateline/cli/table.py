"""Tables on a terminal: cells of wrapped lines side by side, and under each row its words over the whole width."""

import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct

GAP = 2
LEAST = 8


class Column(Struct, frozen=True):
    """A column's heading, and its share of the width beside those of the others."""

    title: str
    share: int


class Line(Struct, frozen=True):
    """A row: for each column its lines, each wrapped by itself, and the words under them."""

    cells: tuple[tuple[str, ...], ...]
    under: tuple[str, ...] = ()


def table(columns: Sequence[Column], lines: Sequence[Line], width: int) -> Iterator[str]:
    """The heading and the rows, none wider than ``width`` unless that is too narrow for the columns.

    >>> for line in table([Column("When", 1), Column("Who", 1)], [Line((("1 May",), ("Venn and Brandt",)))], 24):
    ...     print(line)
    When         Who
    -----------  -----------
    1 May        Venn and
                 Brandt
    """
    widths = _widths(columns, width)
    yield _beside([column.title for column in columns], widths)
    yield _beside(["-" * wide for wide in widths], widths)
    for number, line in enumerate(lines):
        if number:
            yield ""
        yield from _row(line, widths, width)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    free = width - GAP * (len(columns) - 1)
    total = sum(column.share for column in columns)
    return [max(LEAST, free * column.share // total) for column in columns]


def _row(line: Line, widths: Sequence[int], width: int) -> Iterator[str]:
    cells = [
        [piece for text in cell if text for piece in textwrap.wrap(text, wide)]
        for cell, wide in zip(line.cells, widths, strict=True)
    ]
    for n in range(max(map(len, cells), default=0)):
        yield _beside([cell[n] if n < len(cell) else "" for cell in cells], widths)
    for text in line.under:
        yield from textwrap.wrap(text, max(width, 2 * LEAST), initial_indent="  ", subsequent_indent="    ")


def _beside(texts: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * GAP).join(text.ljust(wide) for text, wide in zip(texts, widths, strict=True)).rstrip()
