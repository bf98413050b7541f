"""Statements against shared/gold/quotes.jsonl (PolNeAR, half of its training part).

One-to-one matching on the Jaccard overlap of content words, by position: pairs are taken greedily from the
closest down. Precision, recall and F1 at overlaps of .3 and .8; on pairs matched at .3: speaker accuracy (the
speakers' words overlap by .5, one holds the other, or both are absent; a second line lets the antecedent stand for a
gold "who"), cue accuracy (the cues share a word); token F1 of contents and speakers, once over the words of an
article that stand in any (each word counted once), once within the pairs, where all of a false or missed statement
is lost; recall by kind of the gold content (direct, mixed, indirect by the rule of the project).

    python -m benchmarks.quotes [--limit N] [--misses K] [--speech] [--causes]

``--causes`` prints the ten largest causes of misses and of false alarms, with their commonest cue words.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from benchmarks.common import Measure, bootstrap, f1, read_gold, show
from benchmarks.reading import product_parser
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport
from dateline.model.report import Published, Report
from dateline.model.span import Span
from dateline.model.vocab import CueClass, PassageKind, StatementKind
from dateline.read.pipeline import read_reports
from dateline.read.statements.content import kind_of

PEERS = {
    "F1@.3": "textacy .25; GenderGapTracker .56; Citron retrained .65; rule prototype .69",
    "F1@.8": "GenderGapTracker .38; Citron retrained .46; rule prototype .52",
    "speaker accuracy": "GenderGapTracker .82; Citron retrained .90; rule prototype .89",
}
NEAR = 40
"""An antecedent's last word begins at most so many code points before its relative pronoun."""

_WORD = re.compile(r"\w+")

Words = frozenset[int]


class Said(Struct, frozen=True):
    """A gold or read statement as word positions."""

    content: Words
    speaker: Words
    cue: Words
    kind: StatementKind
    label: str
    because: str = ""
    cue_words: str = ""
    headline: bool = False
    relative: bool = False
    """Whether the gold's speaker is a relative pronoun alone, where Dateline gives the antecedent."""


class Scored(Struct):
    """The counts of one article."""

    pairs: list[tuple[float, Said, Said]]
    missed: list[Said]
    false: list[Said]

    def at(self, least: float) -> tuple[int, int, int]:
        hits = sum(overlap >= least for overlap, _, _ in self.pairs)
        return hits, len(self.pairs) + len(self.false) - hits, len(self.pairs) + len(self.missed) - hits

    def words(self, part: str) -> tuple[int, int, int]:
        """Right, false and missed words of the article, each word counted once however many statements share it."""
        want, got = set[int](), set[int]()
        for _, gold, read in self.pairs:
            want |= getattr(gold, part)
            got |= getattr(read, part)
        want.update(*(getattr(gold, part) for gold in self.missed))
        got.update(*(getattr(read, part) for read in self.false))
        return len(want & got), len(got - want), len(want - got)

    def tokens(self, part: str) -> tuple[int, int, int]:
        tp = fp = fn = 0
        for _, gold, read in self.pairs:
            want, got = getattr(gold, part), getattr(read, part)
            tp, fp, fn = tp + len(want & got), fp + len(got - want), fn + len(want - got)
        return (
            tp,
            fp + sum(len(getattr(s, part)) for s in self.false),
            fn + sum(len(getattr(s, part)) for s in self.missed),
        )


def score(limit: int | None = None) -> list[Measure]:
    """The measures; empty where the gold is absent."""
    return _measures(scored, "") if (scored := _whole(limit)) else []


@lru_cache(maxsize=1)
def _whole(limit: int | None) -> list[Scored]:
    """All statements of the gold, read once; empty where it is absent."""
    return list(_scored(read_gold("quotes", limit) or [], None))


def _scored(rows: Sequence[dict[str, Any]], only: CueClass | None) -> Iterator[Scored]:
    knowledge = Knowledge()
    reports = (
        Report(
            id=row["id"],
            text=row["text"],
            published=Published.parse(row["published"]) if row.get("published") else None,
        )
        for row in rows
    )
    for row, annotated in zip(rows, read_reports(reports, product_parser(knowledge), knowledge), strict=True):
        yield _compare(_gold(row, annotated), _read(annotated, only))


def _words(text: str, spans: Sequence[Sequence[int]]) -> Words:
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def _gold(row: dict[str, Any], annotated: AnnotatedReport) -> list[Said]:
    text, marked = row["text"], [q.inside for q in annotated.quotations if not q.scare]
    found = []
    for one in row["statements"]:
        content = tuple(Span(*pair) for pair in one["content"])
        heads = [p.evidence.span for p in annotated.passages if p.kind is PassageKind.HEADLINE]
        label = " ".join(text[a:b] for a, b in one["speaker"]) + " | " + " ".join(text[a:b] for a, b in one["cue"])
        label += " | " + " ... ".join(text[a:b] for a, b in one["content"])
        found.append(
            Said(
                _words(text, one["content"]),
                _words(text, one["speaker"]),
                _words(text, one["cue"]),
                kind_of(text, content, marked),
                label,
                cue_words=" ".join(text[a:b] for a, b in one["cue"]),
                headline=any(head.overlaps(part) for head in heads for part in content),
                relative=[text[a:b].lower() for a, b in one["speaker"]] in (["who"], ["which"], ["that"], ["whom"]),
            )
        )
    return found


def _read(annotated: AnnotatedReport, only: CueClass | None) -> list[Said]:
    text = annotated.text
    found = []
    for one in annotated.statements:
        if only is not None and one.cue_class is not only:
            continue
        content = [(s.start, s.end) for s in one.content]
        speaker = [(s.start, s.end) for s in one.speaker.spans] if one.speaker else []
        cue = [(s.start, s.end) for s in one.cue.spans] if one.cue else []
        who = one.speaker.text if one.speaker else ""
        label = f"{who} | {one.cue.text if one.cue else ''} | " + " ... ".join(text[a:b] for a, b in content)
        label += f"   <{one.because}>"
        words = one.cue.text if one.cue else ""
        found.append(
            Said(
                _words(text, content),
                _words(text, speaker),
                _words(text, cue),
                one.kind,
                label,
                because=one.because.split(";")[0],
                cue_words=words,
            )
        )
    return found


def _compare(gold: list[Said], read: list[Said]) -> Scored:
    where: dict[int, list[int]] = {}
    for g, said in enumerate(gold):
        for word in said.content:
            where.setdefault(word, []).append(g)
    closeness = []
    for r, said in enumerate(read):
        for g, shared in Counter(g for word in said.content for g in where.get(word, ())).items():
            closeness.append((shared / len(gold[g].content | said.content), g, r))
    closeness.sort(key=lambda c: (-c[0], c[1], c[2]))
    used_gold: set[int] = set()
    used_read: set[int] = set()
    pairs = []
    for overlap, g, r in closeness:
        if g not in used_gold and r not in used_read and overlap >= 0.3:
            used_gold.add(g)
            used_read.add(r)
            pairs.append((overlap, gold[g], read[r]))
    return Scored(
        pairs,
        [s for i, s in enumerate(gold) if i not in used_gold],
        [s for i, s in enumerate(read) if i not in used_read],
    )


def _speaker_right(gold: Words, read: Words) -> bool:
    if not gold or not read:
        return gold == read
    return len(gold & read) / len(gold | read) >= 0.5 or gold <= read or read <= gold


def _antecedent_right(gold: Said, read: Said) -> bool:
    if gold.relative and read.speaker:
        return 0 < min(gold.speaker) - max(read.speaker) <= NEAR
    return _speaker_right(gold.speaker, read.speaker)


def _measures(scored: Sequence[Scored], note: str) -> list[Measure]:
    def rate(name: str, statistic: Any, n: int) -> Measure:
        value, low, high = bootstrap(scored, statistic)
        return Measure(name=name, value=value, low=low, high=high, n=n, peers=PEERS.get(name, ""), note=note)

    def precision(least: float) -> Any:
        return lambda s: _ratio(sum(x.at(least)[0] for x in s), sum(sum(x.at(least)[:2]) for x in s))

    def recall(least: float) -> Any:
        return lambda s: _ratio(sum(x.at(least)[0] for x in s), sum(x.at(least)[0] + x.at(least)[2] for x in s))

    def matched(right: Any) -> Any:
        return lambda s: _ratio(sum(right(g, r) for x in s for _, g, r in x.pairs), sum(len(x.pairs) for x in s))

    def by_kind(kind: StatementKind) -> Any:
        return lambda s: _ratio(
            sum(g.kind is kind for x in s for _, g, _ in x.pairs),
            sum(g.kind is kind for x in s for _, g, _ in x.pairs) + sum(g.kind is kind for x in s for g in x.missed),
        )

    def tokens(part: str) -> Any:
        return lambda s: f1([x.words(part) for x in s])

    def paired(part: str) -> Any:
        return lambda s: f1([x.tokens(part) for x in s])

    golds = sum(len(x.pairs) + len(x.missed) for x in scored)
    pairs = sum(len(x.pairs) for x in scored)
    return [
        *(
            rate(f"{name}@{least}".replace("0.", "."), make(least), golds)
            for least in (0.3, 0.8)
            for name, make in (
                ("precision", precision),
                ("recall", recall),
                ("F1", lambda least: lambda s: f1([x.at(least) for x in s])),
            )
        ),
        rate("speaker accuracy", matched(lambda g, r: _speaker_right(g.speaker, r.speaker)), pairs),
        rate("speaker accuracy, antecedent for who", matched(_antecedent_right), pairs),
        rate("cue accuracy", matched(lambda g, r: bool(g.cue & r.cue)), pairs),
        *(rate(f"{part} token F1", tokens(part), golds) for part in ("content", "speaker")),
        *(rate(f"{part} token F1 within pairs", paired(part), golds) for part in ("content", "speaker")),
        *(rate(f"recall {kind}", by_kind(kind), golds) for kind in StatementKind),
    ]


def causes(limit: int | None = None) -> list[str]:
    """The tables of causes; empty where the gold is absent."""
    return _cause_tables(scored) if (scored := _whole(limit)) else []


def _cause_tables(scored: Sequence[Scored]) -> list[str]:
    misses = show_causes("cause of misses", causes_of_misses(scored))
    return [*misses, "", *show_causes("cause of false alarms", causes_of_false_alarms(scored))]


Causes = dict[str, Counter[str]]
"""Cue words by cause."""


def causes_of_misses(scored: Sequence[Scored]) -> Causes:
    """Why gold statements were missed, by what was read in their place."""
    firing = {w for x in scored for *_, read in x.pairs for w in _WORD.findall(read.cue_words.lower())[:1]}
    found: Causes = {}
    for one in scored:
        paired = [read for *_, read in one.pairs]
        for gold in one.missed:
            found.setdefault(_cause_of_miss(gold, paired, one.false, firing), Counter())[gold.cue_words.lower()] += 1
    return found


def _cause_of_miss(gold: Said, paired: Sequence[Said], false: Sequence[Said], firing: set[str]) -> str:
    if not gold.cue:
        return "no cue in the gold"
    if any(read.cue & gold.cue for read in false):
        return "cue read, contents overlap by less than .3"
    if any(read.cue & gold.cue for read in paired):
        return "cue read, its statement met another of the gold"
    if gold.headline:
        return "in a headline"
    if any(read.content & gold.cue for read in (*paired, *false)):
        return "cue inside what another statement says"
    if any(read.content & gold.content for read in (*paired, *false)):
        return "content read under another cue"
    known = firing.intersection(_WORD.findall(gold.cue_words.lower()))
    return f"cue word {'fires elsewhere, no frame fits' if known else 'never fires'}, {gold.kind.value}"


def causes_of_false_alarms(scored: Sequence[Scored]) -> Causes:
    """Why read statements meet none of the gold, by what the gold has in their place, else by what read them."""
    found: Causes = {}
    for one in scored:
        met = [gold for _, gold, _ in one.pairs]
        for read in one.false:
            found.setdefault(_cause_of_false(read, met, one.missed), Counter())[read.cue_words.lower()] += 1
    return found


def _cause_of_false(read: Said, met: Sequence[Said], missed: Sequence[Said]) -> str:
    if any(read.cue & gold.cue for gold in missed):
        return "cue in the gold, contents overlap by less than .3"
    if any(read.content & gold.cue for gold in (*met, *missed)):
        return "holds a statement of the gold"
    if any(read.content & gold.content for gold in (*met, *missed)):
        return "content that the gold gives to another cue"
    frame = re.search(r"in the frame (\S+)", read.because)
    return f"not in the gold: {frame.group(1) if frame else re.sub(chr(39) + '.*' + chr(39), '', read.because)}"


def show_causes(title: str, causes: Causes, largest: int = 10) -> Iterator[str]:
    """The largest causes as a Markdown table, with their commonest cue words."""
    yield f"| {title} | count | commonest cues |"
    yield "|---|---|---|"
    for cause, cues in sorted(causes.items(), key=lambda c: -c[1].total())[:largest]:
        common = ", ".join(f"{' '.join(cue.split()) or '—'} {n}" for cue, n in cues.most_common(5))
        yield f"| {cause} | {cues.total()} | {common} |"


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Print the table and, if asked, misses and false alarms."""
    options = argparse.ArgumentParser()
    options.add_argument("--limit", type=int)
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--causes", action="store_true", help="print the largest causes of misses and false alarms")
    options.add_argument("--speech", action="store_true", help="read statements of class speech alone")
    chosen = options.parse_args()
    rows = read_gold("quotes", chosen.limit)
    if rows is None:
        print("shared/gold/quotes.jsonl is not there")
        return
    scored = list(_scored(rows, CueClass.SPEECH if chosen.speech else None))
    print("\n".join(show("quotes.jsonl", _measures(scored, "speech alone" if chosen.speech else ""))))
    if chosen.causes:
        print("\n".join(_cause_tables(scored)))
    for title, every in (
        ("MISSED", [s for x in scored for s in x.missed]),
        ("FALSE", [s for x in scored for s in x.false]),
    ):
        step = max(1, len(every) // chosen.misses) if chosen.misses else len(every) + 1
        for said in every[::step][: chosen.misses]:
            print(title, said.kind, said.label[:260])


if __name__ == "__main__":
    main()
