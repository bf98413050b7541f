"""Passage matching on rewritten answers (Clough and Stevenson, half): are copies told from answers of one's own?

python -m benchmarks.rewrites [--limit N] [--misses K]
"""

from collections.abc import Iterator

from benchmarks.common import Measure, measured, read_gold, run_scorer
from benchmarks.paraphrases import auc, share
from benchmarks.reading import product_verifier
from dateline.api import load_knowledge
from dateline.link.copies import link_copies
from dateline.matching.passages import match_passages
from dateline.model.records import AnnotatedReport
from dateline.model.report import Report
from dateline.read.segment import segment

PEERS = {"heavy": "unordered stem skip-bigrams 1.0 (162 pairs); target .98"}
NONE = "non"


def score(limit: int | None = None) -> list[Measure]:
    """AUC of each kind of rewriting against answers that copied nothing."""
    rows = read_gold("rewrites", limit)
    if not rows:
        return []
    scored = [(row["category"], match_passages(row["original"], row["text"]).score) for row in rows]
    measures: list[Measure] = []
    for kind in ("cut", "light", "heavy"):
        items = [(value, category == kind) for category, value in scored if category in (kind, NONE)]
        name = f"{kind} against none: AUC"
        measures += measured(items, {name: auc}, {name: PEERS.get(kind, "")})
    tied = [(row["category"], _tied(row["original"], row["text"])) for row in rows]
    for kind in ("cut", "light", "heavy", NONE):
        measures += measured(
            [found for category, found in tied if category == kind], {f"{kind}: told as copies": share}
        )
    return measures


def _tied(original: str, text: str) -> bool:
    """Whether linking finds a copy between the two, by words or by the configured verifier."""
    made = [Report(id=id, text=words, language="en") for id, words in (("original", original), ("rewrite", text))]
    reports = [AnnotatedReport(report=one, passages=segment(one)) for one in made]
    copies, _ = link_copies(reports, load_knowledge(), product_verifier())
    return any(copy.a.report != copy.b.report for copy in copies)


def misses(limit: int | None = None) -> Iterator[str]:
    """The answers, the least like first."""
    rows = read_gold("rewrites", limit) or []
    ranked = sorted((match_passages(r["original"], r["text"]).score, r["category"], r["id"]) for r in rows)
    for value, category, id in ranked:
        yield f"{value:.3f}  {category}  {id}"


if __name__ == "__main__":
    run_scorer("rewrites", score, misses)
