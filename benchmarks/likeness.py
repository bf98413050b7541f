"""When a found value means what the key says: names, speakers, places, quantities."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from benchmarks.key import KeyFigure, KeyPlace, KeyStatement, Party
from benchmarks.pairing import overlap
from dateline.model.records import AnnotatedReport, Figure, Part, Place, Record, Statement
from dateline.model.span import Span
from dateline.model.vocab import Bound, Label, Precision

T = TypeVar("T")

NEAR_KM: dict[Precision, float] = {
    Precision.REGION: 100.0,
    Precision.COUNTRY: 700.0,
    Precision.SEA: 700.0,
    Precision.LINE: 700.0,
}
"""How far two coordinates of one place may lie apart: the middle of an area is a convention, a town is not."""
TOWN_KM = 25.0
EARTH_KM = 6371.0

_TOKEN = re.compile(r"\w+")


class Seen:
    """A report as read, with what a comparison looks up in it."""

    def __init__(self, annotated: AnnotatedReport) -> None:
        self.annotated = annotated
        self.starts = [match.start() for match in _TOKEN.finditer(annotated.text)]
        mentions: dict[str, list[Span]] = {}
        for mention in annotated.mentions:
            if mention.referent:
                mentions.setdefault(mention.referent, []).append(mention.evidence.span)
        self._mentions = mentions
        self._statements = {statement.id: statement for statement in annotated.statements}

    def tokens(self, spans: Iterable[Span]) -> frozenset[int]:
        """The tokens within spans, each by where it starts."""
        return frozenset(start for start in self.starts for span in spans if span.start <= start < span.end)

    def mentions_of(self, referent: str | None) -> Sequence[Span]:
        """Where a referent is mentioned."""
        return self._mentions.get(referent or "", ())

    def belongs(self, span: Span) -> bool:
        """Whether the words at a span own what follows them, or are part of an organisation's name."""
        bodies = (m.evidence.span for m in self.annotated.mentions if m.label is Label.ORG)
        return self.annotated.text[span.end : span.end + 2] in ("'s", "’s") or any(
            body != span and body.contains(span) for body in bodies
        )

    def claims(self, claimant: Party, statement: str | None) -> bool:
        """Whether the statement is the claimant's."""
        said = self._statements.get(statement or "")
        return said is not None and self._is(claimant, said.speaker or said.cue)

    def claimed(self, claimant: Party, part: Part | None, statement: str | None) -> bool:
        """Whether a part, or else the statement's speaker, is the claimant."""
        return self._is(claimant, part) if part else self.claims(claimant, statement)

    def _is(self, claimant: Party, part: Part | None) -> bool:
        if part is None:
            return False
        if claimant.span and who_agrees(claimant.span, part, self):
            return True
        referent = self.annotated.referent(part.referent)
        called = [part.text, *([referent.name] if referent else [])]
        return claimant.name is not None and any(names_agree(claimant.name, name) for name in called)

    def records(self) -> Iterator[Record]:
        """Every record of the report."""
        read = self.annotated
        for layer in (read.statements, read.events, read.figures, read.times, read.places, read.states):
            yield from layer

    def shown(self, record: Any) -> str:
        """A record in words for people."""
        words = [repr(record.evidence.quote)]
        for field in ("type", "value", "name", "kind", "relation", "status", "polarity", "bound", "effect", "voice"):
            if getattr(record, field, None) is not None:
                words.append(f"{field}={getattr(record, field)}")
        for field in ("speaker", "cue", "trigger", "subject", "object", "claimant"):
            part = getattr(record, field, None)
            if part is not None:
                words.append(f"{field}={part.text!r}")
        for field in ("actors", "recipients"):
            words += [f"{field}={part.text!r}" for part in getattr(record, field, ())]
        if hasattr(record, "content"):
            words.append(f"content={' / '.join(span.of(self.annotated.text) for span in record.content)!r}")
        return f"{' '.join(words)} [{record.because}]"


def first_of(items: Iterable[T], fits: Callable[[T], bool]) -> T | None:
    """The first item that fits, or None."""
    return next((item for item in items if fits(item)), None)


def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case and accents.

    >>> fold("Éva O'Tarn")
    ('eva', 'o', 'tarn')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(plain.casefold()))


def names_agree(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, give or take an ending.

    >>> names_agree("Arden", "Arden Oblast"), names_agree("Mara Venn", "Mara Venne"), names_agree("Venn", "Orrin")
    (True, True, False)
    """
    short, long = sorted((fold(one), fold(other)), key=len)
    return bool(short) and all(any(_alike(word, each) for each in long) for word in short)


def _alike(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) >= 4 and one[:-1] == other[: len(one) - 1] and abs(len(one) - len(other)) <= 1
    )


def content_likeness(keyed: Sequence[Span], found: Sequence[Span], seen: Seen) -> float:
    """Shared tokens over those of either (Jaccard)."""
    one, other = seen.tokens(keyed), seen.tokens(found)
    return len(one & other) / len(one | other) if one | other else 0.0


def who_agrees(keyed: Span, part: Part, seen: Seen) -> bool:
    """Whether a part stands at the keyed words, or its referent is mentioned there."""
    return any(overlap(keyed, span) for span in (*part.spans, *seen.mentions_of(part.referent)))


def speaker_agrees(row: KeyStatement, found: Statement, seen: Seen, spans: Sequence[Span]) -> bool:
    """Whether the statement has the keyed speaker, who is also named at ``spans``.

    Where the key knows no speaker, none may be found, or the voice must be the keyed one.
    """
    if found.speaker is None:
        return row.speaker is None and row.speaker_name is None
    if row.speaker is None and row.speaker_name is None:
        return row.voice is None or found.voice is row.voice
    if any(who_agrees(span, found.speaker, seen) for span in spans):
        return True
    referent = seen.annotated.referent(found.speaker.referent)
    called = [found.speaker.text, *([referent.name] if referent else [])]
    return row.speaker_name is not None and any(names_agree(row.speaker_name, name) for name in called)


def bound_agrees(row: KeyFigure, found: Figure) -> bool:
    """Whether a figure has the keyed bound, and the keyed value or, for a range, the keyed ends."""
    if found.bound is not row.bound:
        return False
    if row.bound in (Bound.RANGE, Bound.PLURAL):
        return row.value == found.value if row.value is not None else (row.low, row.high) == (found.low, found.high)
    return row.value is not None and found.value is not None and math.isclose(row.value, found.value)


def counted_agrees(keyed: str, found: str | None) -> bool:
    """Whether the last words of what is counted, or of a unit, are the same but for a plural.

    >>> counted_agrees("gas pipelines", "pipeline"), counted_agrees("people", None)
    (True, False)
    """
    one, other = fold(keyed), fold(found or "")
    return bool(one and other) and one[-1].rstrip("s") == other[-1].rstrip("s")


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points on the globe (haversine).

    >>> round(distance(50.0, 30.0, 50.0, 31.0))
    71
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def place_agrees(row: KeyPlace, found: Place) -> bool:
    """Whether a place was resolved to the keyed one: a town or point within 25 km, an area by name or middle.

    A name that was left unresolved is not right, unless the key has no point either.
    """
    if row.lat is None or row.lon is None:
        return names_agree(row.name, found.name)
    if found.lat is None or found.lon is None:
        return False
    if row.precision in NEAR_KM and fold(row.name) == fold(found.name):
        return True
    return distance(row.lat, row.lon, found.lat, found.lon) <= NEAR_KM.get(row.precision, TOWN_KM)
