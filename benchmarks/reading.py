"""How the scorers read: the parser of the product, whose parses of gold are kept between runs."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.common import ROOT
from dateline.api import make_parser
from dateline.config import load_config
from dateline.knowledge.handle import Knowledge
from dateline.nlp.base import Parser
from dateline.store.cache import CachedParser

KEPT = ROOT / "build" / "gold" / "parses.db"
AT_ONCE = 500
"""Keys of one query: below SQLite's limit of variables."""


def product_parser(knowledge: Knowledge) -> Parser:
    """The configured parser with the ruler of known names, as a ledger has it.

    Parses are kept under the digest of model and ruler, so that a run after a change of rules does not parse again.
    """
    return CachedParser(make_parser(load_config().model, knowledge), KeptParses(KEPT))


class KeptParses:
    """Bytes under digests in a file of their own; several runs may write to it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS parses (digest BLOB PRIMARY KEY, parse BLOB) WITHOUT ROWID")

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            found.update(self._db.execute(f"SELECT digest, parse FROM parses WHERE digest IN ({marks})", some))
        return found

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Keep these; what is kept already stays."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT OR IGNORE INTO parses (digest, parse) VALUES (?, ?)", parses.items())
        self._db.execute("COMMIT")
