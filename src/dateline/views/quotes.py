"""What was said, one row an act of saying: the words, who carries them, and how the reports word them otherwise."""

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from dateline.matching.stems import WORD, key_of
from dateline.model.links import Utterance
from dateline.model.records import Part, Statement
from dateline.model.vocab import Act, Polarity, StatementKind
from dateline.views.material import Material

GIVEN = {
    StatementKind.DIRECT: "verbatim",
    StatementKind.MIXED: "verbatim in part",
    StatementKind.INDIRECT: "paraphrased",
}
"""How the words of a statement are given; verbatim words stand in marks."""


class Wording(Struct, frozen=True):
    """How another report words the same act of saying: both sides, with what differs in ⟦ ⟧."""

    report: str
    statement: str
    here: str
    there: str


class Saying(Struct, frozen=True):
    """One act of saying, as its first report tells it. ``does`` is the act; ``reports`` all that carry it."""

    speaker: str
    does: str
    words: str
    given: str
    said_on: str | None
    published: str | None
    addressee: str | None
    venue: str | None
    via: tuple[str, ...]
    reports: tuple[str, ...]
    statement: str
    utterance: str | None
    wordings: tuple[Wording, ...]


class Asked(Struct, frozen=True):
    """Which sayings are wanted; what is None is not asked for. ``since``: said or, undated, published by then."""

    speaker: str | None = None
    about: str | None = None
    since: date | None = None
    kind: StatementKind | None = None


def quotes(material: Material, asked: Asked) -> tuple[Saying, ...]:
    """The acts of saying that fit, by day; statements of one utterance are one row.

    A name fits when it holds all the words asked for, in the speaker's words or any of the names of the thing
    meant; ``about`` also looks into what was said. Captions say nothing.
    """
    utterances = {id: row for row in material.links.utterances for id in row.statements}
    seen: set[str] = set()
    rows = []
    for one in material.reports:
        for statement in one.statements:
            if statement.id in seen or material.in_caption(statement):
                continue
            utterance = utterances.get(statement.id)
            told = _told(statement, utterance, material)
            seen.update(s.id for s in told)
            if any(_fits(s, asked, material) for s in told):
                rows.append(_saying(told, utterance, material))
    return tuple(sorted(rows, key=lambda row: (row.said_on or row.published or "9999", row.speaker, row.statement)))


def _told(statement: Statement, utterance: Utterance | None, material: Material) -> list[Statement]:
    """The tellings of one act of saying, in order of publication."""
    members = utterance.statements if utterance else (statement.id,)
    found = [material.statements[id] for id in members if id in material.statements]
    return sorted(found, key=lambda s: (material.order[s.evidence.report], s.evidence.span))


def _fits(statement: Statement, asked: Asked, material: Material) -> bool:
    if asked.speaker is not None and not names(statement.speaker, asked.speaker, material):
        return False
    if asked.kind is not None and statement.kind is not asked.kind:
        return False
    if asked.about is not None and not speaks_of(statement, asked.about, material):
        return False
    if asked.since is None:
        return True
    day = day_of(statement, material)
    return day is not None and day[:10] >= asked.since.isoformat()


def names(part: Part | None, name: str, material: Material) -> bool:
    """Whether a part's words, or a name of what it means, hold all the words of ``name``."""
    if part is None:
        return False
    entity = material.entity(part)
    return any(holds(text, name) for text in (part.text, *(entity.names if entity else ())))


def speaks_of(statement: Statement, words: str, material: Material) -> bool:
    """Whether the words stand in what was said, or name somebody or something it is about."""
    text = material.by_id[statement.evidence.report].text
    if holds(" ".join(span.of(text) for span in statement.content), words):
        return True
    meant = (material.entities[id] for id in statement.about if id in material.entities)
    return any(holds(name, words) for entity in meant for name in entity.names)


def holds(text: str, words: str) -> bool:
    """Whether a text has all the words, compared by stem.

    >>> holds("the annexations of the islands", "annexation"), holds("the islands", "annexed islands")
    (True, False)
    """
    wanted = {key_of(word) for word in WORD.findall(words)}
    return bool(wanted) and wanted <= {key_of(word) for word in WORD.findall(text)}


def day_of(statement: Statement, material: Material) -> str | None:
    """The day on which it was said, else on which the report was published."""
    published = material.by_id[statement.evidence.report].report.published
    return statement.said_on or (published.first.isoformat() if published else None)


def said(statement: Statement) -> str:
    """What the speaker does by saying it, with what is negated or hedged about it."""
    plain = "holds" if statement.cue_class.value == "attitude" else "says"
    act = statement.act.value
    words = [plain if statement.act is Act.ASSERT else f"{act[:-1]}ies" if act.endswith("y") else f"{act}s"]
    if statement.polarity is not Polarity.AFFIRMED and statement.act is not Act.DENY:
        words.append(statement.polarity.value)
    if statement.certainty.value == "hedged":
        words.append("hedged")
    return ", ".join(words)


def spoken(statement: Statement, material: Material) -> str:
    """What was said on one line, verbatim words in “ ” whatever marks the report prints, paraphrase outside them."""
    one = material.by_id[statement.evidence.report]
    spoken_in = [q for q in one.quotations if not q.scare]
    # Of marks within marks only the outer ones part verbatim from paraphrase.
    marked = [q for q in spoken_in if not any(o is not q and o.inside.contains(q.evidence.span) for o in spoken_in)]
    shown = []
    for span in statement.content:
        edges = {span.start, span.end}
        for quotation in marked:
            edges |= {quotation.inside.start, quotation.inside.end}
            edges |= {quotation.evidence.span.start, quotation.evidence.span.end}
        cuts = sorted(edge for edge in edges if span.start <= edge <= span.end)
        pieces = []
        for start, end in pairwise(cuts):
            inside = any(q.inside.start <= start and end <= q.inside.end for q in marked)
            at_marks = any(q.evidence.span.start <= start and end <= q.evidence.span.end for q in marked)
            if inside:
                pieces.append(f"“{one.text[start:end].strip()}”")
            elif not at_marks:
                pieces.append(one.text[start:end])
        shown.append(" ".join("".join(pieces).split()))
    return " … ".join(shown)


def side_by_side(here: str, there: str) -> tuple[str, str]:
    """Two wordings with the words in ⟦ ⟧ that the other lacks.

    >>> side_by_side("we will never leave", "we shall never leave")
    ('we ⟦will⟧ never leave', 'we ⟦shall⟧ never leave')
    """
    left, right = here.split(), there.split()
    shown: tuple[list[str], list[str]] = ([], [])
    matcher = SequenceMatcher(None, [_key(w) for w in left], [_key(w) for w in right], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(shown, (left[a:b], right[c:d]), strict=True):
            if words:
                side.append(" ".join(words) if tag == "equal" else f"⟦{' '.join(words)}⟧")
    return " ".join(shown[0]), " ".join(shown[1])


def _key(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum()) or word


def _saying(told: list[Statement], utterance: Utterance | None, material: Material) -> Saying:
    first = told[0]
    here = spoken(first, material)
    wordings = []
    for other in told[1:]:
        left, right = side_by_side(here, spoken(other, material))
        if "⟦" in left + right:
            wordings.append(Wording(other.evidence.report, other.id, left, right))
    published = material.by_id[first.evidence.report].report.published
    return Saying(
        speaker=material.named(first.speaker) or f"[{first.voice.value}]",
        does=said(first),
        words=here,
        given=GIVEN[first.kind],
        said_on=next((s.said_on for s in told if s.said_on), None),
        published=published.first.isoformat() if published else None,
        addressee=_any(s.addressee for s in told),
        venue=_any(s.venue for s in told),
        via=tuple(material.named(part) for part in first.via),
        reports=tuple(dict.fromkeys(s.evidence.report for s in told)),
        statement=first.id,
        utterance=utterance.id if utterance else None,
        wordings=tuple(wordings),
    )


def _any(parts: Iterable[Part | None]) -> str | None:
    return next((" ".join(part.text.split()) for part in parts if part is not None), None)
