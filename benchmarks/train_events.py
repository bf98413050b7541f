"""Trains the classifier of event types and writes its weights: ``src/dateline/data/lexicon/en/event_types.tsv``.

Taught only by sentences that the project wrote: the examples and counter-examples of the ontology, the examples of
the event frames, and the own gold. A marked word is of its type, or of none; where a frame fires beside it nothing is
known of that word; every other word is no event. Multinomial logistic regression with an L2 penalty, fitted by Adam
over all sentences at once from zero, so that the same sentences, lexicon and parser give the same bytes: weights are
kept to one decimal, and small ones not at all. The threshold is the least at which cross-validation over sentences is
right as often as ``PRECISION`` asks.

    python -m benchmarks.train_events            (writes the file)
    python -m benchmarks.train_events --check    (says whether it would change, and shows the cross-validation)
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from benchmarks.reading import product_parser
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import EventFrame, event_frames
from dateline.knowledge.load import DATA
from dateline.knowledge.ontology import load_examples
from dateline.nlp.base import Tokens
from dateline.nlp.offsets import normalise
from dateline.read.events.classifier import (
    BIAS,
    FILE,
    NOTHING,
    UNASKED,
    Features,
    Model,
    candidates,
    taught,
    vocabulary,
)
from dateline.read.events.triggers import Finder
from tests.support.gold import load_cases

PATH = DATA / "lexicon" / "en" / FILE
PRECISION = 0.9
"""How often a type that the classifier adds must be right, on the project's own sentences."""
ELSEWHERE = ("doubts", "figures", "mentions", "places", "quotations", "statements", "states", "times")
"""Own gold of other tables: its words at which no frame fires are taken for no events."""
GRID = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
FOLDS = 5
PENALTY = 1.0
STEPS = 200
RATE = 0.1
LEAST = 0.1
"""Weights smaller than this are dropped."""
SEEN = 2
"""Sentences in which a feature must stand, but for the trigger's own word."""


class Marked(Struct, frozen=True):
    """A sentence with what is known of it: the type, or NOTHING, of the word at each offset.

    ``frame``: the words at which this frame fires are of its type. ``whole``: words that nothing marks, and at which
    no frame fires, are no events.
    """

    text: str
    types: Mapping[int, str] = {}
    frame: str | None = None
    whole: bool = True


class Item(Struct, frozen=True):
    """A word of a sentence as the classifier sees it, its type, and whether a frame fires at it."""

    text: str
    features: tuple[str, ...]
    type: str
    fired: bool


def sentences(knowledge: Knowledge) -> Iterator[Marked]:
    """Every sentence that teaches, with its marks."""
    for example in load_examples(knowledge.root / "ontology", knowledge.ontology):
        yield Marked(example.text, {example.start: example.type or NOTHING})
    for entry in knowledge.lexicon(EventFrame):
        for text in entry.examples:
            yield Marked(text, frame=entry.id)
    for case in load_cases("events"):
        marks = {
            case.text.find(one["trigger"]): one["type"] for one in case.expect if "trigger" in one and "type" in one
        }
        yield Marked(case.text, {start: kind for start, kind in marks.items() if start >= 0}, whole=case.exhaustive)
    for table in ELSEWHERE:
        for case in load_cases(table):
            yield from (Marked(line) for line in case.text.split("\n") if line.strip())


def items(marked: Sequence[Marked], knowledge: Knowledge) -> list[Item]:
    """The words of the sentences that something is known of."""
    normal = [normalise(one.text) for one in marked]
    parses = product_parser(knowledge).parse([one.text for one in normal])
    found: list[Item] = []
    for one, parse, text in zip(marked, parses, normal, strict=True):
        found.extend(_items(one, Tokens(parse, text, 0), knowledge))
    return found


def _items(marked: Marked, tokens: Tokens, knowledge: Knowledge) -> Iterator[Item]:
    finder = Finder(tokens, event_frames(knowledge))
    fired = {one.head: one.frame.entry for one in finder.triggers()}
    features = Features(finder, vocabulary(knowledge))
    types = {tokens.at(start): kind for start, kind in marked.types.items()}
    for i, word in candidates(finder, ()):
        entry = fired.get(i)
        if i in types:
            kind = types[i]
            if kind in ("AGREE", "REJECT") and any(tokens.tags[c] == "MD" for c in tokens.children(i)):
                # "Will meet" is AGREE and "will not sell" REJECT by their status: the word itself is not.
                continue
        elif entry is not None and entry.id == marked.frame:
            kind = entry.type
        elif i in finder.taken or not marked.whole:
            continue
        else:
            kind = NOTHING
        yield Item(marked.text, tuple(features.of(i, word)), kind, entry is not None)


def train(some: Sequence[Item]) -> tuple[tuple[str, ...], dict[str, tuple[float, ...]]]:
    """The classes, and the weights of each feature as they are kept."""
    counts = Counter(feature for item in some for feature in set(item.features))
    kept = sorted(f for f, count in counts.items() if count >= SEEN or f[:2] in ("v=", "n="))
    index = {feature: k for k, feature in enumerate((BIAS, *kept))}
    classes = tuple(sorted({item.type for item in some}))
    rows, columns = [], []
    for row, item in enumerate(some):
        known = {0, *(index[feature] for feature in item.features if feature in index)}
        rows.extend([row] * len(known))
        columns.extend(sorted(known))
    wanted = np.zeros((len(some), len(classes)))
    wanted[np.arange(len(some)), [classes.index(item.type) for item in some]] = 1
    weights = _fit(np.array(rows), np.array(columns), wanted, len(index))
    result: dict[str, tuple[float, ...]] = {}
    for feature, k in index.items():
        row_ = tuple(float(w) if abs(w) >= LEAST else 0.0 for w in np.round(weights[k], 1))
        if any(row_) or feature == BIAS:
            result[feature] = row_
    return classes, result


def _fit(
    rows: NDArray[np.int64], columns: NDArray[np.int64], wanted: NDArray[np.float64], width: int
) -> NDArray[np.float64]:
    """The weights that maximise the penalised likelihood; ``rows`` and ``columns`` are what is 1 in the matrix."""
    starts = np.searchsorted(rows, np.arange(len(wanted)))
    order = np.argsort(columns, kind="stable")
    by_column, column_starts = rows[order], np.searchsorted(columns[order], np.arange(width))
    weights = np.zeros((width, wanted.shape[1]))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    penalty = np.full((width, 1), PENALTY)
    penalty[0] = 0
    for step in range(1, STEPS + 1):
        sums = np.add.reduceat(weights[columns], starts, axis=0)
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = np.add.reduceat((shares - wanted)[by_column], column_starts, axis=0) + penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def validate(some: Sequence[Item]) -> list[tuple[float, bool]]:
    """The share of the likeliest type, and whether it is right, of each word that a model taught without it knows.

    Words at which a frame fires are asked about too, as if the frame were not there: frames are written with these
    sentences in view, so that those left without one are the odd ones, and fewer with every frame.
    """
    result: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        classes, weights = train([item for item in some if _fold(item.text) != fold])
        model = Model(classes, 0.0, weights, taught(classes, weights))
        for item in some:
            if _fold(item.text) == fold and item.features[0] in model.taught:
                kind, share = model.best(item.features)
                result.append((share, kind == item.type))
    return result


def _fold(text: str) -> int:
    return blake2b(text.encode()).digest()[0] % FOLDS


def precision(validated: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, int]:
    """How often the types given at a threshold are right, and how many are given."""
    said = [right for share, right in validated if share >= threshold]
    return (sum(said) / len(said) if said else 0.0), len(said)


def written(threshold: float, classes: Sequence[str], weights: Mapping[str, Sequence[float]]) -> str:
    """The file: the threshold and the classes, then the weights by feature."""
    lines = ["\t".join((f"{threshold:.2f}", *classes))]
    for feature in sorted(weights):
        lines.append("\t".join((feature, *(f"{w:.1f}" if w else "" for w in weights[feature]))))
    return "\n".join(lines) + "\n"


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description="Train the classifier of event types.")
    options.add_argument("--check", action="store_true", help="write nothing, say whether the file would change")
    given = options.parse_args()
    knowledge = Knowledge()
    some = items(list(sentences(knowledge)), knowledge)
    validated = validate(some)
    asked = sum(item.type not in UNASKED for item in some)
    print(f"{len(some)} words, {asked} triggers of types asked for, {sum(item.fired for item in some)} words in frames")
    for threshold in GRID:
        share, said = precision(validated, threshold)
        print(f"threshold {threshold:.2f}: {said} given, precision {share:.2f}, recall {share * said / asked:.2f}")
    threshold = next((one for one in GRID if precision(validated, one)[0] >= PRECISION), 1.0)
    classes, weights = train(some)
    text = written(threshold, classes, weights)
    same = PATH.is_file() and PATH.read_text(encoding="utf-8") == text
    state = "as it stands" if same else "new"
    print(f"threshold {threshold:.2f}, {len(weights)} features, {len(text) // 1024} KB: {state}")
    if not given.check and not same:
        PATH.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
