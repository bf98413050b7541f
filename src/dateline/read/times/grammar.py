"""Compile the rules into one regular expression over classes, and run it over text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.times import TimeRule, TimeWords
from dateline.read.times.reckon import RECKONINGS
from dateline.read.times.scan import CONTEXT, MARKS, SHAPES, UNIT, Unit, shapes

_NAME = re.compile(r"[A-Za-z_]{2,}|(?<![?\w])[a-z](?!\w)")
_PLAIN = "\x01"
_FIRST_CODE = 0xE000
_SPACE = re.compile(r"\s+")


class Hit(Struct, frozen=True):
    """A stretch of text that a rule matched: its units, each with the values of its classes."""

    rule: str
    reckon: str
    units: tuple[Unit, ...]
    values: tuple[dict[str, str], ...]
    before: Unit | None
    since: bool

    @property
    def start(self) -> int:
        """Where it starts in the report's text."""
        return self.units[0].start

    @property
    def end(self) -> int:
        """Where it ends (half-open)."""
        return self.units[-1].end

    def value(self, *classes: str) -> str | None:
        """The value of the first unit that belongs to one of the classes, or None.

        A shape of digits has the digits themselves as its value.
        """
        for unit, values in zip(self.units, self.values, strict=True):
            for name in classes:
                if name in values:
                    return values[name] or unit.word
        return None

    def index(self, *classes: str) -> int | None:
        """The index of the first unit in one of the classes, or None."""
        return next((i for i, values in enumerate(self.values) if any(c in values for c in classes)), None)

    def has(self, name: str) -> bool:
        """Whether a unit belongs to the class."""
        return any(name in values for values in self.values)


class Grammar:
    """The compiled vocabulary and rules."""

    def __init__(self, words: tuple[TimeWords, ...], rules: tuple[TimeRule, ...]) -> None:
        self._codes: dict[frozenset[str], str] = {}
        self._values: dict[str, dict[str, str]] = {}
        capital = {entry.id for entry in words if entry.capital}
        for entry in words:
            for word, value in entry.words.items():
                self._values.setdefault(word, {})[entry.id] = value
        for mark, name in MARKS.items():
            self._values.setdefault(mark, {})[name] = ""
        self._low = {
            word: {k: v for k, v in classes.items() if k not in capital} for word, classes in self._values.items()
        }
        known = {entry.id for entry in words} | set(MARKS.values()) | set(SHAPES)
        # One private code point for each set of classes that a unit can have; the shapes' sets first.
        sample = ["1", "13", "25", "32", "60", "100", "1984", "1980s", "1,000", "12th", "45th", "00", "05", "x"]
        every = [frozenset(c) for c in (*self._values.values(), *self._low.values())]
        for classes in [*(shapes(s) for s in sample if s[0].isdigit()), *every]:
            if classes and classes not in self._codes:
                self._codes[classes] = chr(_FIRST_CODE + len(self._codes))
        self._word_code = {word: self._codes[frozenset(c)] for word, c in self._values.items()}
        self._low_code = {w: self._codes.get(frozenset(c), _PLAIN) for w, c in self._low.items()}
        self._rules, pattern = self._compile(rules, known)
        self._pattern = re.compile(pattern)
        context = CONTEXT | {entry.id for entry in words if entry.context}
        weak = "".join(code for classes, code in self._codes.items() if classes <= context)
        core = "".join(code for classes, code in self._codes.items() if not classes <= context)
        # A time lies within a run of known words that holds at least one which is more than context.
        self._runs = re.compile(f"[{weak}]*[{core}][{weak}{core}]*")

    def _compile(self, rules: tuple[TimeRule, ...], known: set[str]) -> tuple[list[TimeRule], str]:
        blocks: dict[str, str] = {}
        final: list[TimeRule] = []
        alternatives: list[str] = []
        for rule in rules:
            compiled = self._expression(rule, known, blocks)
            if rule.reckon is None:
                blocks[rule.id] = f"(?:{compiled})"
                continue
            if rule.reckon not in RECKONINGS:
                raise KnowledgeError(f"{TimeRule.FILE}: {rule.id} names no reckoning: {rule.reckon!r}")
            alternatives.append(f"(?P<r{len(final)}>{compiled})")
            final.append(rule)
        return final, "|".join(alternatives)

    def _expression(self, rule: TimeRule, known: set[str], blocks: dict[str, str]) -> str:
        def put(match: re.Match[str]) -> str:
            name = match[0]
            if name in blocks:
                return blocks[name]
            if name not in known:
                raise KnowledgeError(f"{TimeRule.FILE}: {rule.id} names no class: {name!r}")
            codes = "".join(code for classes, code in self._codes.items() if name in classes)
            return f"[{codes}]"

        text = _NAME.sub(put, _SPACE.sub(" ", rule.pattern)).replace(" ", "")
        # Groups only group here: a capturing one would hide which rule matched.
        return re.sub(r"\((?!\?)", "(?:", text)

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """The hits in ``text[start:end]``, leftmost first, none overlapping another."""
        coded = "".join(map(self._code, UNIT.findall(text, start, end)))
        units: list[tuple[int, int]] = []
        for run in self._runs.finditer(coded):
            for found in self._pattern.finditer(coded, run.start(), run.end()):
                if found.lastgroup is not None:
                    # Most passages hold no time, so that only few need to know where their words stand.
                    units = units or [match.span() for match in UNIT.finditer(text, start, end)]
                    rule = self._rules[int(found.lastgroup[1:])]
                    yield self._hit(rule, text, units, found.start(), found.end())

    def _code(self, word: str) -> str:
        code = self._low_code.get(word)
        if code is not None:
            return code
        if word[0].isdigit():
            return self._codes.get(shapes(word), _PLAIN)
        return self._word_code.get(word.lower(), _PLAIN)

    def _hit(self, rule: TimeRule, text: str, units: list[tuple[int, int]], first: int, last: int) -> Hit:
        made = tuple(Unit(text[s:e].lower(), s, e) for s, e in units[first:last])
        before = Unit(text[slice(*units[first - 1])].lower(), *units[first - 1]) if first else None
        return Hit(
            rule.id,
            rule.reckon or "",
            made,
            tuple(self.classes(unit.word) for unit in made),
            before,
            before is not None and "since" in self.classes(before.word),
        )

    def classes(self, word: str) -> dict[str, str]:
        """The classes of a word in lower case, each with its value."""
        if word[0].isdigit():
            return dict.fromkeys(shapes(word), "")
        return self._values.get(word, {})


@lru_cache(maxsize=4)
def compile_grammar(knowledge: Knowledge) -> Grammar:
    """The grammar of the knowledge handle, compiled once."""
    return Grammar(knowledge.lexicon(TimeWords), knowledge.lexicon(TimeRule))
