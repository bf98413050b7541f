"""Which actor stands where on an issue, as its statements show."""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.acts import ActSign, SignTest
from dateline.knowledge.lexicon.stances import StanceKind, StanceWords
from dateline.link.world import World, days
from dateline.matching.stems import WORD, key_of
from dateline.model.ids import pair_id
from dateline.model.links import Position
from dateline.model.records import AnnotatedReport, Statement
from dateline.model.span import Span
from dateline.model.vocab import Act, Polarity, Stance, StatementKind, Table

PRODUCER = "positions"
VERSION = "2"
ACTS: Mapping[Act, Stance] = {Act.PRAISE: Stance.SUPPORTS, Act.CONDEMN: Stance.OPPOSES, Act.REFUSE: Stance.OPPOSES}
"""What an act of speech says about what is spoken of. An accusation is a claim of fact, and gives no position."""
VERBS: Mapping[StanceKind, Stance] = {StanceKind.SUPPORTS: Stance.SUPPORTS, StanceKind.OPPOSES: Stance.OPPOSES}
MOST_WORDS = 5
"""A noun phrase of more words is taken for a misreading of the sentence."""

NEAR = 5
"""Words behind the verb within which a word that condemns speaks of its subject."""
REACH = 9
"""Words behind a noun phrase within which its verb is looked for."""

_TOKEN = re.compile(rf"{WORD.pattern}|[^\w\s]")


class Stand(Struct, frozen=True):
    """What one statement shows: the stance, and the words of the issue."""

    stance: Stance
    issue: str
    statement: Statement
    one: AnnotatedReport


def link_positions(world: World, knowledge: Knowledge) -> tuple[Position, ...]:
    """The positions that can be told, in order of id.

    A statement shows a stance where its cue says so ("backed", "rejected") or where it praises, condemns or
    refuses. The issue is what the cue takes ("the votes"), what the evaluation is of ("the referenda are a
    farce"), the event told before the evaluation, or what is refused with its verb ("recognise the results").
    Negated statements, pronouns, speakers who are not named, and speakers who both supported and opposed an issue
    give none; nor do accusations, demands and promises.
    """
    reader = _Reader(knowledge)
    stands: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for _, one in sorted(world.reports.items()):
        for statement in one.statements:
            speaker = world.named(statement.speaker)
            stand = reader.stand(statement, one) if speaker and world.telling(speaker) else None
            if speaker and stand:
                stands[speaker, _head(stand.issue)].append(stand)
    rows = [
        _position(speaker, issue, given, world)
        for (speaker, issue), given in sorted(stands.items())
        if len({stand.stance for stand in given}) == 1
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


class _Reader:
    """Reads a stance and its issue off a statement's words."""

    def __init__(self, knowledge: Knowledge) -> None:
        signs = knowledge.lexicon(ActSign)
        self._words = {entry.kind: frozenset(entry.words) for entry in knowledge.lexicon(StanceWords)}
        self._verbs = {key_of(w): stance for kind, stance in VERBS.items() for w in self._words[kind]}
        kinds = (StanceKind.VERBAL, StanceKind.PREPOSITION, StanceKind.BREAK, StanceKind.PRONOUN)
        self._ends = frozenset().union(*(self._words[kind] for kind in kinds))
        self._clause = self._words[StanceKind.BREAK] - self._words[StanceKind.LEADING]
        self._refused = {key_of(w) for s in signs if s.test is SignTest.WILL_NOT for w in s.words}
        self._loaded = {key_of(w) for s in signs if s.act is Act.CONDEMN for w in s.words}

    def stand(self, statement: Statement, one: AnnotatedReport) -> Stand | None:
        """The stance and issue of a statement, or None."""
        if statement.polarity is not Polarity.AFFIRMED or not statement.content:
            return None
        cue = WORD.findall(statement.cue.text) if statement.cue else []
        told = next((self._verbs[key_of(word)] for word in cue if key_of(word) in self._verbs), None)
        stance = told or ACTS.get(statement.act)
        if stance is None:
            return None
        if statement.act is Act.REFUSE and not told:
            issue = self._refusal(statement, one)
        else:
            issue = self._subject(statement, one, told is not None) or self._event(statement, one)
        return Stand(stance, issue, statement, one) if issue else None

    def _subject(self, statement: Statement, one: AnnotatedReport, takes: bool) -> str | None:
        """The noun phrase that the content begins with: what the cue takes, or what the evaluation is of."""
        text = statement.content[0].of(one.text)
        quoted = statement.kind is StatementKind.MIXED and text[:1] in "“\"'‘"
        text = text.lstrip("“”\"'‘’ ")
        phrase, after, end = self._phrase(text)
        if not phrase or quoted or any(key_of(word) in self._loaded for word in WORD.findall(phrase)):
            return None
        called = after in ("", "as", "a", "an", "the", "“", '"')
        return phrase if takes or called or self._judged(text[end:]) else None

    def _judged(self, rest: str) -> bool:
        """Whether a noun phrase is the subject of an evaluation: "in the north are a farce"."""
        verb: int | None = None
        for n, match in enumerate(_TOKEN.finditer(rest)):
            word = match[0].lower()
            if verb is None and word in self._words[StanceKind.VERBAL]:
                verb = n
            elif verb is not None:
                if n > verb + NEAR or key_of(word) in self._loaded:
                    return n <= verb + NEAR
            elif n >= REACH or not word[0].isalnum() or word in self._clause:
                return False
        return False

    def _refusal(self, statement: Statement, one: AnnotatedReport) -> str | None:
        """The verb that is refused with what it takes, in the report's words; what the cue refuses where none is."""
        for span in statement.content:
            text = span.of(one.text)
            for match in WORD.finditer(text):
                if key_of(match[0]) in self._refused:
                    phrase, _, end = self._phrase(text[match.end() :])
                    if phrase:
                        return text[match.start() : match.end() + end]
        phrase, after, _ = self._phrase(statement.content[0].of(one.text))
        return phrase if after not in self._words[StanceKind.VERBAL] else None

    def _event(self, statement: Statement, one: AnnotatedReport) -> str | None:
        """The last event named before the content's first verb ("any decision to proceed with the annexation")."""
        first = statement.content[0]
        words = list(islice(WORD.finditer(first.of(one.text)), REACH + 1))
        halt = next((m.start() for m in words if self._halts(m[0])), words[-1].end() if words else 0)
        before = Span(first.start, first.start + halt)
        named = [e.trigger.text for e in one.events if e.statement == statement.id and before.contains(e.trigger.span)]
        return named[-1].lower() if named else None

    def _halts(self, word: str) -> bool:
        """Whether a word begins what is said of the subject, or is a pronoun."""
        plain = re.split("['’]", word.lower())[0]
        closed = self._words[StanceKind.VERBAL] | self._words[StanceKind.PRONOUN]
        return plain in closed or key_of(word) in self._loaded

    def _phrase(self, text: str) -> tuple[str, str, int]:
        """The noun phrase at the beginning of ``text`` without its article, the word or mark after it, its end."""
        words, tokens = self._words, list(_TOKEN.finditer(text))
        at = 0
        while at < len(tokens) and tokens[at][0].lower() in words[StanceKind.LEADING]:
            at += 1
        end, ends = at, self._ends
        while end < len(tokens) and tokens[end][0][0].isalnum():
            word, before = tokens[end][0].lower(), tokens[end - 1][0].lower() if end > at else ""
            pronoun = re.split("['’]", word)[0] in words[StanceKind.PRONOUN]
            goes_on = (before == "of" or before.endswith("ing")) and word in words[StanceKind.LEADING]
            if (pronoun or word in ends) and not goes_on:
                break
            end += 1
            if _joined(tokens, end):
                end += 1
        after = tokens[end][0].lower() if end < len(tokens) else ""
        if not 0 < end - at <= MOST_WORDS:
            return "", after, 0
        return text[tokens[at].start() : tokens[end - 1].end()], after, tokens[end - 1].end()


def _joined(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether a mark stands within a name: a hyphen, or the stop of an abbreviation before a capital."""
    if not 0 < at < len(tokens) - 1 or tokens[at].start() != tokens[at - 1].end():
        return False
    if tokens[at][0] in "-‐–":
        return tokens[at].end() == tokens[at + 1].start()
    short = tokens[at - 1][0][:1].isupper() and len(tokens[at - 1][0]) <= 4
    return tokens[at][0] == "." and short and tokens[at + 1][0][:1].isupper()


def _head(issue: str) -> str:
    """The stem under which issues meet: of the last word before "of"."""
    words = WORD.findall(issue.split(" of ")[0])
    return key_of(words[-1]) if words else issue.casefold()


def _position(speaker: str, issue: str, given: list[Stand], world: World) -> Position:
    statements = tuple(sorted(stand.statement.id for stand in given))
    said = [days for days in map(_said, given) if days is not None]
    acts = sorted({_doing(stand.statement) for stand in given})
    return Position(
        id=pair_id(Table.POSITIONS, speaker, issue),
        because=f"{len(statements)} statements: {', '.join(acts)}" if len(statements) > 1 else acts[0],
        producer=PRODUCER,
        version=VERSION,
        rests_on=statements,
        actor=world.name(speaker, given[0].statement.speaker) or speaker,
        issue=min((" ".join(stand.issue.split()) for stand in given), key=lambda s: (s.count(" "), -len(s), s)),
        stance=given[0].stance,
        statements=statements,
        from_=min(first for first, _ in said) if said else None,
        to=max(last for _, last in said) if said else None,
    )


def _doing(statement: Statement) -> str:
    cue = f"“{statement.cue.text}”" if statement.cue else "a quotation"
    return cue if statement.act is Act.ASSERT else f"{cue} ({statement.act})"


def _said(stand: Stand) -> tuple[str, str] | None:
    span = days(stand.statement.said_on, None)
    published = stand.one.report.published
    if span is None and published is not None:
        span = published.first, published.last
    return (span[0].isoformat(), span[1].isoformat()) if span else None
