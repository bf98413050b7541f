"""Which report a notice of correction, retraction or update is about, where the address does not say."""

import re
from collections.abc import Iterable
from typing import Final

from dateline.ingest.notices import NOTICES
from dateline.model.report import Report
from dateline.store.base import ReportRow, Store

RUN: Final = 5
"""Words in a row that texts are compared by."""
SHARE: Final = 0.5
"""The share of the shorter text's runs of words that both have in common at least."""
TITLE: Final = 4
"""Words of a title at least that names a report."""
MOST: Final = 500
"""Reports of the outlet that are looked at."""
_WORD: Final = re.compile(r"\w+")


def corrected_by(report: Report, store: Store, pending: Iterable[Report]) -> str | None:
    """The first telling, in the ledger before, of what the report's notice is about: of the same outlet, and either
    the larger part of the shorter text is the same in runs of words, or the notice names its title in full.

    None for a report without a notice or outlet, and where nothing or more than one report fits.
    """
    if report.source is None or not set(report.marks) & set(NOTICES):
        return None
    notices = " ".join(_WORD.findall(" ".join(f.value for f in report.facts if f.field == "notice").casefold()))
    own = _runs(report.text)
    found: set[str] = set()
    for first, title, text in _earlier(report, store, pending):
        runs = _runs(text)
        same = len(own & runs) >= SHARE * min(len(own), len(runs)) if own and runs else False
        named = " ".join(_WORD.findall((title or "").casefold()))
        if same or (len(named.split()) >= TITLE and named in notices):
            found.add(first)
    return found.pop() if len(found) == 1 else None


def _earlier(report: Report, store: Store, pending: Iterable[Report]) -> Iterable[tuple[str, str | None, str]]:
    rows = list(store.records(ReportRow, {"source": report.source}))[-MOST:]
    for row in rows:
        if row.text_sha256 != report.text_sha256:
            yield row.revision_of or row.id, row.title, store.text(row.id)
    for other in pending:
        if other.source == report.source and other.text_sha256 != report.text_sha256:
            yield other.revision_of or other.id, other.title, other.text


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
