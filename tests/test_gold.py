"""The gold of every table, and what is asked of every extractor and lexicon."""

import json
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest
from msgspec.structs import replace

import dateline.knowledge.lexicon
import dateline.read
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.acts import ActSign
from dateline.knowledge.lexicon.answers import AnswerWords
from dateline.knowledge.lexicon.at_home import AtHome
from dateline.knowledge.lexicon.banners import BannerWords
from dateline.knowledge.lexicon.changes import ChangeCue
from dateline.knowledge.lexicon.conditions import ConditionWords
from dateline.knowledge.lexicon.counted import CountedWords
from dateline.knowledge.lexicon.denials import DenialWords
from dateline.knowledge.lexicon.doubts import DoubtPattern, DoubtWords
from dateline.knowledge.lexicon.events import ActionNoun, EventFrame, WordList
from dateline.knowledge.lexicon.figures import FigureWords, Numerals, UnitOfMeasure
from dateline.knowledge.lexicon.head import HeadWords
from dateline.knowledge.lexicon.loaded import LoadedWords
from dateline.knowledge.lexicon.mentions import Qualifier, Role
from dateline.knowledge.lexicon.modes import ModeWords
from dateline.knowledge.lexicon.onsets import OnsetWords
from dateline.knowledge.lexicon.places import PlaceWord
from dateline.knowledge.lexicon.quotes import MarkHabit
from dateline.knowledge.lexicon.stances import StanceWords
from dateline.knowledge.lexicon.statements import Cue, SpeakerWord
from dateline.knowledge.lexicon.states import StateFrame
from dateline.knowledge.lexicon.status import StatusCue
from dateline.knowledge.lexicon.times import TimeRule, TimeWords
from dateline.knowledge.lexicon.updates import UpdateCue
from dateline.knowledge.load import Entry
from dateline.matching.stems import WORD, key_of
from dateline.model.report import Report
from dateline.nlp.base import Parser
from dateline.read.pipeline import extractors, ordered, read_reports
from dateline.read.reading import Extractor
from dateline.store import evidence
from tests.support.gold import GOLD, compare, load_cases, precision, recall, run

TABLES = [
    *sorted(path.stem for path in GOLD.glob("*.toml") if path.stem != "changes"),
    "names/doubts",
    "roles/doubts",
    "status/events",
]
BLIND = sorted(f"blind/{p.stem}" for p in (GOLD / "blind").glob("*.toml") if p.stem not in ("copies", "retellings"))
"""Cases written without sight of the rules; their first scores stand in ``first.json`` beside them."""

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
LEAST = {
    "statements": 40,
    "events": 40,
    "figures": 40,
    "times": 40,
    "places": 40,
    "quotations": 25,
    "states": 25,
    "changes": 25,
    "names/doubts": 60,
    "roles/doubts": 60,
}
FIRES: dict[type[Entry], tuple[str, ...]] = {
    Role: ("mentions", "referents"),
    Qualifier: ("mentions", "referents"),
    PlaceWord: ("places",),
}
"""Lexicons with the layers, one of which holds a record when an entry fires."""

LISTS = (AnswerWords, CountedWords, DenialWords, DoubtWords, LoadedWords, OnsetWords, StanceWords, UpdateCue, WordList)
"""Lexicons of words that other rules look up: one of an entry's words stands in each of its examples."""

ELSEWHERE = {
    ActSign: "read/statements/test_statements.py",
    AtHome: "read/events/test_inferred.py",
    BannerWords: "link/test_copies.py",
    ChangeCue: "matching/test_changes.py",
    ConditionWords: "read/events/test_conditions.py",
    Cue: "read/statements/test_statements.py",
    DoubtPattern: "read/test_doubts.py",
    ActionNoun: "read/events/test_lexicon.py",
    EventFrame: "read/events/test_lexicon.py",
    FigureWords: "read/test_figures.py",
    HeadWords: "read/test_head.py",
    MarkHabit: "read/test_quotes.py",
    ModeWords: "read/events/test_modes.py",
    Numerals: "read/test_figures.py",
    SpeakerWord: "read/statements/test_statements.py",
    StateFrame: "read/events/test_lexicon.py",
    StatusCue: "read/events/test_lexicon.py",
    TimeRule: "read/test_times.py",
    TimeWords: "read/test_times.py",
    UnitOfMeasure: "read/test_figures.py",
}
"""Lexicons whose examples are read by a sharper test of their own, and where it stands."""


@pytest.mark.parametrize("table", [*TABLES, *BLIND])
def test_the_gold_holds_its_floor(table: str, parser: Parser, knowledge: Knowledge) -> None:
    outcomes = run(table, load_cases(table), parser, knowledge)
    counts = [outcome.counts for outcome in outcomes]
    lost = [line for outcome in outcomes for line in (*outcome.missed, *outcome.false, *outcome.rejected)]
    shown = "\n".join(line[:300] for line in lost[:20])
    assert table in FLOORS, f"tests/floors.json pins no floor for {table}"
    assert precision(counts) >= FLOORS[table]["precision"], shown
    assert recall(counts) >= FLOORS[table]["recall"], shown


@pytest.mark.parametrize("table", LEAST)
def test_there_are_enough_cases(table: str) -> None:
    text = (GOLD / f"{table}.toml").read_text(encoding="utf-8")
    assert text.count("[[case]]") >= LEAST[table]


@pytest.mark.parametrize("table", TABLES)
def test_the_gold_says_what_must_not_fire(table: str) -> None:
    cases = load_cases(table)
    assert any(case.reject or (case.exhaustive and not case.expect) for case in cases)


@pytest.mark.parametrize("table", TABLES)
def test_every_record_of_the_gold_quotes_its_text(table: str, parser: Parser, knowledge: Knowledge) -> None:
    for annotated in read_reports((case.report() for case in load_cases(table)), parser, knowledge):
        evidence.check(annotated)
        assert not annotated.failures, annotated.report.id


def test_a_wrong_expectation_is_a_miss_and_a_false_alarm(parser: Parser, knowledge: Knowledge) -> None:
    case = next(case for case in load_cases("times") if case.expect and case.exhaustive)
    wrong = replace(case, expect=({"value": "1066-10-14"},))
    (annotated,) = read_reports([case.report()], parser, knowledge)
    hits, false, missed = compare(wrong, annotated, "times").counts
    assert (hits, missed) == (0, 1)
    assert false


def test_extractors_have_an_order() -> None:
    steps = ordered(extractors())
    assert len(steps) == len(extractors())
    assert ordered(tuple(reversed(extractors()))) == steps


@pytest.mark.parametrize("extractor", extractors(), ids=lambda extractor: extractor.name)
def test_every_extractor_says_what_it_does(extractor: Extractor) -> None:
    rooms = [one for one in _modules(dateline.read) if getattr(one, "EXTRACTOR", None) is extractor]
    assert rooms, "its EXTRACTOR stands in no module of dateline.read"
    assert all(len((room.__doc__ or "").split()) >= 5 for room in rooms)


def _modules(package: ModuleType) -> list[ModuleType]:
    return [import_module(f"{package.__name__}.{one.name}") for one in iter_modules(package.__path__)]


@lru_cache(maxsize=1)
def _lexicons() -> tuple[type[Entry], ...]:
    _modules(dateline.knowledge.lexicon)
    return tuple(sorted(Entry.__subclasses__(), key=lambda kind: kind.__name__))


def test_every_lexicon_is_tested() -> None:
    shipped = {kind for kind in _lexicons() if kind.__module__.startswith("dateline.knowledge.lexicon.")}
    assert shipped == {*FIRES, *LISTS, *ELSEWHERE}
    for kind, path in ELSEWHERE.items():
        code = (Path(__file__).parent / path).read_text(encoding="utf-8")
        assert f"lexicon({kind.__name__})" in code
        assert ".examples" in code


@pytest.mark.parametrize("kind", FIRES, ids=lambda kind: kind.__name__)
def test_every_entry_fires_on_its_examples(kind: type[Entry], parser: Parser, knowledge: Knowledge) -> None:
    pairs = [(entry, example) for entry in knowledge.lexicon(kind) for example in entry.examples]
    reports = (Report(id=f"r{n}", text=text, language="en") for n, (_, text) in enumerate(pairs))
    silent = [
        f"{entry.id}: {annotated.text}"
        for (entry, _), annotated in zip(pairs, read_reports(reports, parser, knowledge), strict=True)
        if not any(getattr(annotated, layer) for layer in FIRES[kind])
    ]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_every_list_has_a_word_in_its_examples(kind: type[Entry], knowledge: Knowledge) -> None:
    lists = {f"@{entry.id}": entry.words for entry in knowledge.lexicon(kind) if isinstance(entry, LISTS)}
    for entry in knowledge.lexicon(kind):
        phrases = [phrase for word in lists[f"@{entry.id}"] for phrase in lists.get(word, (word,))]
        listed = {key_of(word) for phrase in phrases for word in phrase.split()}
        for example in entry.examples:
            words = {key_of(match[0].lower()) for match in WORD.finditer(example)}
            assert "*" in phrases or listed & words, f"{entry.id}: {example}"
