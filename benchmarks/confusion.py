"""Which types of events are taken for which: the gold's type of the marked dyad against the type given to it.

    python -m benchmarks.confusion [--limit N]

Rows are the gold's types, columns what was read; ``none`` is where no event that was read has a party of the dyad.
CONCEDE and RETREAT stand together as YIELD, as in the gold. Counts only: nothing of the texts is shown.
"""

import argparse
from collections import Counter
from collections.abc import Iterator

from benchmarks.events import scored

NONE = "none"
LARGEST = 10


def causes(limit: int | None = None) -> list[str]:
    """The matrix and the largest confusions in Markdown; empty where the gold is absent."""
    pairs = Counter((one.gold, one.dyad or NONE) for one, _ in scored(limit))
    return [*matrix(pairs), "", *largest(pairs)] if pairs else []


def matrix(pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    """A table with a row for each type of the gold and a column for each type read; a dot is nothing.

    >>> print("\\n".join(matrix(Counter({("AID", "AID"): 3, ("AID", "none"): 1, ("REJECT", "AID"): 2}))))
    | gold \\\\ read | AID | none | all | right |
    |---|--:|--:|--:|--:|
    | AID | **3** | 1 | 4 | .75 |
    | REJECT | 2 | · | 2 | .00 |
    | all | 5 | 1 | 6 | .50 |
    """
    rows = sorted({gold for gold, _ in pairs})
    columns = sorted({read for _, read in pairs}, key=lambda read: (read == NONE, read))
    yield f"| gold \\\\ read | {' | '.join(read[:4] for read in columns)} | all | right |"
    yield f"|---|{'--:|' * (len(columns) + 2)}"
    for gold in rows:
        cells = (_cell(pairs[gold, read], gold == read) for read in columns)
        whole = sum(pairs[gold, read] for read in columns)
        yield f"| {gold} | {' | '.join(cells)} | {whole} | {_share(pairs[gold, gold], whole)} |"
    sums = (str(sum(pairs[gold, read] for gold in rows)) for read in columns)
    right = sum(pairs[gold, gold] for gold in rows)
    yield f"| all | {' | '.join(sums)} | {pairs.total()} | {_share(right, pairs.total())} |"


def _cell(count: int, right: bool) -> str:
    if not count:
        return "·"
    return f"**{count}**" if right else str(count)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}".removeprefix("0")


def largest(pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    """The confusions that happen most, as a table.

    >>> print("\\n".join(largest(Counter({("AID", "AID"): 3, ("REJECT", "none"): 1, ("REJECT", "AID"): 2}))))
    | gold | read | count |
    |---|---|--:|
    | REJECT | AID | 2 |
    | REJECT | none | 1 |
    """
    wrong = [(count, gold, read) for (gold, read), count in pairs.items() if gold != read]
    yield "| gold | read | count |"
    yield "|---|---|--:|"
    for count, gold, read in sorted(wrong, key=lambda one: (-one[0], *one[1:]))[:LARGEST]:
        yield f"| {gold} | {read} | {count} |"


def main() -> None:
    """Print the matrix and the largest confusions."""
    options = argparse.ArgumentParser(description="Which types of events are taken for which.")
    options.add_argument("--limit", type=int, help="an even sample of the gold")
    print("\n".join(causes(options.parse_args().limit)) or "the gold is not here")


if __name__ == "__main__":
    main()
