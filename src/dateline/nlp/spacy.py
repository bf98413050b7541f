"""The spaCy parser: the only file that imports spaCy, and only when there is something to parse."""

import importlib
import importlib.metadata
import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.errors import ModelError
from dateline.model.ids import content_id
from dateline.nlp.base import EMPTY, Parse
from dateline.nlp.models import MODELS, Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 256
"""Passages a batch: beyond this the parser gains no speed and memory grows."""
BATCH_LENGTH = 100_000
"""Code points a batch: the parser holds the vectors of a whole batch, some 3 kB for each of its code points, and
256 passages of the length at which reports are split would take 3 GB. Passages of news seldom come up to it.
"""

_COLUMNS = ("ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "IDX")

_log = logging.getLogger(__name__)


class SpacyParser:
    """Parses with the named spaCy pipeline and, before its tagger of names, a ruler of known names.

    ``ruler`` gives (label, name) pairs, matched by exact words. Raises ModelError when the model is not
    installed: another one is never taken in its place. The model is loaded at the first parse, since a call
    whose passages were all parsed before needs only the digest. How passages are put together in batches
    does not change their parses.
    """

    def __init__(self, model: str, ruler: Iterable[tuple[str, str]] = ()) -> None:
        self.model = model
        self._known, version = _find(model)
        self._names = sorted(set(ruler))
        rules = content_id(*(part for pair in self._names for part in pair))
        self.digest = content_id("spacy", importlib.metadata.version("spacy"), model, version, rules)

    @cached_property
    def _nlp(self) -> "Language":
        nlp = _load(self._known)
        if self._names:
            _add_ruler(nlp, self._names)
        return nlp

    def parse(self, passages: Sequence[str]) -> list[Parse]:
        """Parse the passages together; one that breaks the pipeline comes out with no tokens."""
        if not passages:
            return []
        nlp = self._nlp
        try:
            return [_to_parse(doc) for batch in batches(passages) for doc in nlp.pipe(batch, batch_size=BATCH)]
        except Exception as error:
            _log.warning("a batch broke the parser; its passages are parsed one by one")
            _log.debug("how it broke", exc_info=error)
            return [self._alone(passage) for passage in passages]

    def _alone(self, passage: str) -> Parse:
        try:
            return _to_parse(self._nlp(passage))
        except Exception as error:
            _log.error("a passage broke the parser and has no parse")
            _log.debug("how it broke", exc_info=error)
            return EMPTY


def batches(passages: Sequence[str]) -> Iterator[Sequence[str]]:
    """The passages in order, in runs of at most BATCH passages and BATCH_LENGTH code points.

    A passage longer than that is a run of its own.
    """
    start = size = 0
    for at, passage in enumerate(passages):
        if at > start and (at - start == BATCH or size + len(passage) > BATCH_LENGTH):
            yield passages[start:at]
            start, size = at, 0
        size += len(passage)
    yield passages[start:]


def installed(model: str) -> str | None:
    """The installed version of a known model, or None."""
    known = MODELS.get(model)
    if known is None:
        return None
    try:
        return importlib.metadata.version(known.package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _find(name: str) -> tuple[Model, str]:
    """The model of that name and its installed version."""
    known = MODELS.get(name)
    if known is None:
        raise ModelError(f"unknown parser model {name!r}; known: {', '.join(sorted(MODELS))}")
    version = installed(name)
    if version is None:
        raise ModelError(f"the parser model {name} is not installed: {known.install}")
    return known, version


def _load(known: Model) -> "Language":
    import spacy

    source = importlib.import_module(known.module).model_path() if known.by_path else known.module
    return spacy.load(source, exclude=["senter"])


def _add_ruler(nlp: "Language", names: Sequence[tuple[str, str]]) -> None:
    ruler = nlp.add_pipe("entity_ruler", before="ner", config={"phrase_matcher_attr": "ORTH"})
    with nlp.select_pipes(enable="entity_ruler"):
        ruler.add_patterns([{"label": label, "pattern": name} for label, name in names])  # type: ignore[attr-defined]


def _to_parse(doc: "Doc") -> Parse:
    size = len(doc)
    if not size:
        return EMPTY
    columns = doc.to_array(list(_COLUMNS)).tolist()
    strings = doc.vocab.strings
    known: dict[int, str] = {}

    def word(key: int) -> str:
        text = known.get(key)
        if text is None:
            text = known[key] = strings[key] if key else ""
        return text

    orths, lemmas, pos, tags, deps, heads, opening, starts = zip(*columns, strict=True)
    words = tuple(map(word, orths))
    firsts = [i for i, opens in enumerate(opening) if i == 0 or opens == 1]
    return Parse(
        words=words,
        lemmas=tuple(map(word, lemmas)),
        pos=tuple(map(word, pos)),
        tags=tuple(map(word, tags)),
        deps=tuple(map(word, deps)),
        heads=tuple([i + _signed(offset) for i, offset in enumerate(heads)]),
        starts=starts,
        ends=tuple([start + len(text) for start, text in zip(starts, words, strict=True)]),
        sents=tuple(zip(firsts, [*firsts[1:], size], strict=True)),
        ents=tuple((ent.start, ent.end, ent.label_) for ent in doc.ents),
    )


def _signed(offset: int) -> int:
    """The head's offset: spaCy hands it out in an unsigned array."""
    return offset - (1 << 64) if offset >= 1 << 63 else offset
