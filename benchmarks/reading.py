"""How the scorers read: the parser of the product, whose parses of gold are kept between runs."""

from functools import lru_cache

from benchmarks.common import ROOT
from dateline.api import make_parser, make_verifier
from dateline.config import load_config
from dateline.knowledge.handle import Knowledge
from dateline.matching.paraphrase import Verifier
from dateline.nlp.base import Parser
from dateline.store.cache import CachedParser
from dateline.store.sqlite import SqliteStore, open_store

KEPT = ROOT / "build" / "gold" / "ledger.db"
"""A ledger without reports, for the parses that a ledger keeps."""


def product_parser(knowledge: Knowledge) -> Parser:
    """The configured parser with the ruler of known names, as a ledger has it.

    Parses are kept under the digest of model and ruler, so that a run after a change of rules does not parse again.
    """
    return CachedParser(make_parser(load_config().model, knowledge), _kept())


def product_verifier() -> Verifier | None:
    """The configured verifier of copies (DATELINE_VERIFIER), by default none."""
    return make_verifier(load_config().verifier)


@lru_cache(maxsize=1)
def _kept() -> SqliteStore:
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    return open_store(KEPT, create_new=True)
