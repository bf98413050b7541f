"""Reports with planted copies: who copied what from whom, how heavily, and what was changed, all known.

Events of invented people in invented places (planted.yaml) are told by one author or several who know nothing of each
other; others copy those reports whole or in part, word for word, edited or spun, from one parent or two. Reports share
quotations, banners and lists of names that nobody copied. The same seed gives the same reports.
"""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.common import ROOT
from dateline.model.span import Span
from dateline.model.vocab import ChangeKind

DATA = ROOT / "benchmarks" / "planted.yaml"
CHANGED = 0.3
"""The share of copied sentences in which a fact is changed, where copies are edited at all."""
FURTHER = 0.6
"""The share of copies that are copied again, where copies are copied at all."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November")
PAPERS = ("Courier", "Gazette", "Herald", "Observer", "Tribune", "Wire", "Sentinel", "Post", "Radio", "Chronicle")
FRAMES = (
    "“{q},” {s1} told reporters in {pl}.",
    "Asked about it, {p1} answered: “{q}.”",
    "“{q}” was all that {s1} would add on the steps of the town hall.",
)
LISTS = (
    "Among those who came were {list}.",
    "The panel that must now decide is made up of {list}.",
    "Invitations also went out to {list}, an aide noted.",
)
KINDS = {
    "p": ChangeKind.NAME,
    "s": ChangeKind.NAME,
    "o": ChangeKind.NAME,
    "n": ChangeKind.NUMBER,
    "q": ChangeKind.NUMBER,
    "r": ChangeKind.ROLE,
    "pl": ChangeKind.PLACE,
    "op": ChangeKind.PLACE,
    "d": ChangeKind.TIME,
    "m": ChangeKind.TIME,
    "y": ChangeKind.TIME,
}
SPOTS = frozenset(str(kind) for kind in ChangeKind)
_PART = re.compile(r"\{(\w+)\}|<(\w+):([^/>]*)/([^>]*)>")
_ARTICLE = re.compile(r"\b([Aa])n? (?=(\w))")


class Degree(StrEnum):
    """How far a copy goes from its parent."""

    SYNDICATED = "syndicated"
    EDITED = "edited"
    SPUN_20 = "spun 20 %"
    SPUN_35 = "spun 35 %"
    SPUN_50 = "spun 50 %"


SHARES = {Degree.EDITED: 0.06, Degree.SPUN_20: 0.2, Degree.SPUN_35: 0.35, Degree.SPUN_50: 0.5}


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to tell: the ways to put it, and what another author would write."""

    told: tuple[str, ...]
    apart: str


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of event and its facts."""

    id: str
    facts: tuple[Fact, ...]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """All of planted.yaml, or the half that one seed may use."""

    given: tuple[str, ...]
    surname_starts: tuple[str, ...]
    surname_ends: tuple[str, ...]
    place_starts: tuple[str, ...]
    place_ends: tuple[str, ...]
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    quotes: tuple[str, ...]
    banners: tuple[str, ...]
    backgrounds: tuple[str, ...]
    scenarios: tuple[Scenario, ...]

    def half(self, held_out: bool) -> "Words":
        """Every other entry of everything but roles, which are too few."""
        return Words(**{f: getattr(self, f) if f == "roles" else getattr(self, f)[held_out::2] for f in WORDS})


WORDS = Words.__struct_fields__


class Piece(Struct, frozen=True):
    """A stretch of a sentence; ``key`` says which slot or spot it fills, empty for plain words."""

    text: str
    key: str = ""


class Altered(Struct, frozen=True):
    """A fact that a copy changed: its kind and the slot or spot that it stands in."""

    kind: ChangeKind
    key: str


class Sentence(Struct, frozen=True):
    """A sentence as one report tells it. Copies of it keep its ``line``; ``parent`` is what it was copied from."""

    line: str
    pieces: tuple[Piece, ...]
    forms: tuple[str, ...] = ()
    slots: dict[str, str] = {}
    parent: str | None = None
    altered: Altered | None = None
    spun: float = 0.0

    @property
    def text(self) -> str:
        """The words."""
        text = "".join(piece.text for piece in self.pieces)
        return text[:1].upper() + text[1:]

    def where(self, key: str) -> list[Span]:
        """The stretches that a key fills."""
        found, at = [], 0
        for piece in self.pieces:
            if piece.key == key:
                found.append(Span(at, at + len(piece.text)))
            at += len(piece.text)
        return found


class Planted(Struct, frozen=True, kw_only=True):
    """A report made of sentences, with all that is known of where they come from."""

    id: str
    event: str
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    source: str
    published: str | None
    parents: tuple[str, ...] = ()
    degree: Degree | None = None
    credited: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def text(self) -> str:
        """The report's text."""
        return "\n\n".join(" ".join(s.text for s in paragraph) for paragraph in self.paragraphs)

    def spans(self) -> list[tuple[Sentence, Span]]:
        """The sentences with where they stand in the text."""
        found, at = [], 0
        for paragraph in self.paragraphs:
            for sentence in paragraph:
                found.append((sentence, Span(at, at + len(sentence.text))))
                at += len(sentence.text) + 1
            at += 1
        return found


def load(held_out: bool) -> Words:
    """The tuning half of the words, or the held-out half."""
    return msgspec.yaml.decode(DATA.read_bytes(), type=Words).half(held_out)


class Planter:
    """Makes reports. One seed, one answer. Copies are copied again only where ``further`` is asked for."""

    def __init__(self, seed: int, held_out: bool = False, further: bool = False) -> None:
        self._further = further
        self._words = load(held_out)
        self._random = Random(seed)
        self._same = {word: group for group in self._words.synonyms for word in group}
        self._word = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, self._same), key=len, reverse=True)) + r")\b")
        self._made: list[Planted] = []
        self._backgrounds: list[str] = []
        self._quotes: list[str] = []

    def reports(self) -> list[Planted]:
        """The reports of one world: an event of each kind, so that no wording comes twice but by copying."""
        random = self._random
        self._backgrounds = random.sample(self._words.backgrounds, len(self._words.backgrounds))
        self._quotes = random.sample(self._words.quotes, len(self._words.quotes))
        for number, scenario in enumerate(random.sample(self._words.scenarios, len(self._words.scenarios))):
            self._event(f"event{number}", scenario, dated=number % 2 == 0)
        return self._made

    # -- one event

    def _event(self, event: str, scenario: Scenario, dated: bool) -> None:
        random = self._random
        slots = self._slots()
        clock = datetime(2031, 3, 1, 6, tzinfo=UTC) + timedelta(days=random.randrange(200)) if dated else None
        quote = self._quotes.pop() if self._quotes and random.random() < 0.6 else ""
        names = ", ".join(self._person() for _ in range(3)) + " and " + self._person() if random.random() < 0.3 else ""
        papers = random.sample([f"{start}{end} {paper}" for start in self._words.place_starts[:6]
                                for end in self._words.place_ends[:4] for paper in PAPERS], 10)  # fmt: skip
        authors = random.choices((1, 2, 3), (5, 3, 2))[0]
        facts = random.sample(range(len(scenario.facts)), len(scenario.facts))
        firsts = []
        for author in range(authors):
            id = f"{event}-{author}"
            if author == 0:
                some = [self._told(f"{id}-{n}", scenario.facts[n].told, slots) for n in sorted(facts)]
            else:
                mine = facts[author - 1 :: 2] if authors > 2 else facts
                some = [self._told(f"{id}-{n}", (scenario.facts[n].apart,), slots) for n in mine]
            if self._backgrounds and random.random() < 0.8:
                alike = {**self._slots(), "p1": slots["p1"], "pl": slots["pl"], "o": slots["o"]}
                some.append(self._told(f"{id}-b", (self._backgrounds.pop(),), alike))
            if quote:
                frame = FRAMES[author].replace("{q}", quote)
                some.insert(2, self._told(f"{id}-q", (frame,), slots))
            if names:
                some.append(self._told(f"{id}-l", (LISTS[author].replace("{list}", names),), slots))
            sent = clock + timedelta(minutes=random.randrange(180)) if clock else None
            first = Planted(id=id, event=event, source=papers.pop(), published=sent.isoformat() if sent else None)
            firsts.append(self._publish(first, some))
        self._copies(event, firsts, papers, clock)

    def _copies(self, event: str, firsts: list[Planted], papers: list[str], clock: datetime | None) -> None:
        random = self._random
        told = len(self._made)
        for number in range(random.choices((0, 1, 2, 3), (2, 4, 3, 2))[0]):
            parent = random.choice(firsts)
            degree = random.choice(tuple(Degree))
            parents = [parent]
            others = [one for one in firsts if one is not parent]
            if others and random.random() < 0.5:
                parents.append(random.choice(others))
            elif len(self._made) > len(firsts) and random.random() < 0.3:
                elsewhere = [
                    one
                    for one in self._made
                    if one.event != event and not one.parents and bool(one.published) == bool(clock)
                ]
                parents += random.sample(elsewhere[-6:], min(1, len(elsewhere)))
            self._copy(f"{event}-c{number}", event, parents, degree, papers.pop(), clock)
        if self._further:
            for number, one in enumerate(self._made[told:]):
                if papers and random.random() < FURTHER:
                    self._copy(f"{event}-d{number}", event, [one], random.choice(tuple(Degree)), papers.pop(), clock)

    def _copy(
        self, id: str, event: str, parents: list[Planted], degree: Degree, source: str, clock: datetime | None
    ) -> None:
        random = self._random
        copied = [self._copied(s, one, degree) for one in parents for s in self._kept(one, len(parents))]
        if degree in (Degree.SPUN_35, Degree.SPUN_50) and len(copied) > 3:
            at = random.randrange(1, len(copied) - 1)
            copied[at], copied[at + 1] = copied[at + 1], copied[at]
        credited = clock is None and degree is Degree.SYNDICATED and len(parents) == 1
        if credited:
            copied.append(Sentence(f"{id}-credit", (Piece(f"With reporting by {parents[0].source}."),)))
        last = max(datetime.fromisoformat(one.published) if one.published else datetime.min for one in parents)
        later = last + timedelta(hours=random.randrange(4, 60)) if clock else None
        copy = Planted(
            id=id,
            event=event,
            source=source,
            published=later.isoformat() if later else None,
            parents=tuple(one.id for one in parents),
            degree=degree,
            credited=credited,
        )
        self._publish(copy, copied)

    def _kept(self, parent: Planted, parents: int) -> list[Sentence]:
        """What a copyist takes: nearly all of one parent, about half of each of two, in order; banners are not."""
        own = [s for s in parent.sentences if not s.line.startswith("banner")]
        share = 0.85 if parents == 1 else 0.55
        kept = [s for s in own if self._random.random() < share]
        return kept if len(kept) >= 3 else own[:3]

    def _publish(self, report: Planted, some: list[Sentence]) -> Planted:
        """The report with its sentences in paragraphs, and with a banner now and then."""
        paragraphs, left = [], list(some)
        while left:
            size = self._random.choice((1, 1, 2))
            paragraphs.append(tuple(left[:size]))
            left = left[size:]
        if self._random.random() < 0.3:
            banner = self._random.choice(self._words.banners)
            paragraphs.append((Sentence(f"banner-{report.id}", (Piece(banner),)),))
        made = replace(report, paragraphs=tuple(paragraphs))
        self._made.append(made)
        return made

    # -- one sentence

    def _told(self, line: str, forms: tuple[str, ...], slots: dict[str, str]) -> Sentence:
        return Sentence(line, _rendered(self._random.choice(forms), slots), forms, slots)

    def _copied(self, sentence: Sentence, parent: Planted, degree: Degree) -> Sentence:
        """A sentence as a copy tells it. What was copied before keeps the form and the facts that it has by now."""
        random = self._random
        copy = replace(sentence, parent=parent.id)
        if degree is Degree.SYNDICATED or not sentence.forms:
            return copy
        slots, altered, pieces = sentence.slots, None, sentence.pieces
        if sentence.parent is None:
            form = sentence.forms[0] if len(sentence.forms) == 1 else self._form(sentence, degree)
            changed = ""
            if random.random() < CHANGED and not sentence.line.endswith("-q"):
                altered, slots, changed = self._change(sentence, form)
            pieces = _rendered(form, slots, changed)
        aim = SHARES[degree]
        before = sentence.text.split()
        # A copyist does not undo what another changed.
        first = set(self._word.findall(" ".join(sentence.forms)))
        swaps = [
            (n, m.start())
            for n, piece in enumerate(pieces)
            if not piece.key
            for m in self._word.finditer(piece.text)
            if m[0] in first
        ]
        random.shuffle(swaps)
        for n, at in sorted(swaps[: round(aim * len(before))], reverse=True):
            pieces = (*pieces[:n], Piece(self._swapped(pieces[n].text, at)), *pieces[n + 1 :])
        pieces = tuple(piece if piece.key else Piece(_ARTICLE.sub(_article, piece.text)) for piece in pieces)
        copy = replace(copy, pieces=pieces, altered=altered, slots=slots)
        words = copy.text.split()
        kept = sum(min(before.count(word), words.count(word)) for word in set(before))
        return replace(copy, spun=1 - kept / max(len(before), len(words)))

    def _form(self, sentence: Sentence, degree: Degree) -> str:
        """Light edits keep the form; the heavier the spin, the likelier another."""
        now = next((f for f in sentence.forms if _rendered(f, sentence.slots) == sentence.pieces), sentence.forms[0])
        others = [form for form in sentence.forms if form != now]
        turned = self._random.random() < {Degree.SPUN_35: 0.5, Degree.SPUN_50: 0.9}.get(degree, 0.0)
        return self._random.choice(others) if others and turned else now

    def _swapped(self, text: str, at: int) -> str:
        match = self._word.match(text, at)
        assert match is not None
        other = self._random.choice([word for word in self._same[match[0]] if word != match[0]])
        return text[:at] + other + text[match.end() :]

    def _change(self, sentence: Sentence, form: str) -> tuple[Altered | None, dict[str, str], str]:
        """A fact to change in a form: a spot or a slot of the sentence."""
        options = [key for piece in _rendered(form, sentence.slots) if (key := piece.key)]
        there = {piece.key for piece in sentence.pieces}
        options = sorted({key for key in options if key in there})
        if not options:
            return None, sentence.slots, ""
        spots = [key for key in options if key in SPOTS]
        key = self._random.choice(spots if spots and self._random.random() < 0.6 else options)
        if key in SPOTS:
            return Altered(ChangeKind(key), key), sentence.slots, key
        new = self._slots()
        slots = dict(sentence.slots)
        while new[key] == slots[key]:
            new = self._slots()
        slots[key] = new[key]
        return Altered(KINDS[key.rstrip("123")], key), slots, ""

    def _slots(self) -> dict[str, str]:
        random = self._random
        p1, p2 = self._person(), self._person()
        r1, r2 = random.sample(self._words.roles, 2)
        return {
            "p1": p1,
            "s1": p1.split()[1],
            "p2": p2,
            "s2": p2.split()[1],
            "r1": r1,
            "r2": r2,
            "pl": self._place(),
            "op": self._place(),
            "n1": str(random.randrange(13, 900)),
            "q1": str(random.randrange(3, 60)),
            "o": random.choice(self._words.bodies),
            "d": random.choice(WEEKDAYS),
            "m": random.choice(MONTHS),
            "y": str(random.randrange(1994, 2030)),
        }

    def _person(self) -> str:
        words = self._words
        surname = self._random.choice(words.surname_starts) + self._random.choice(words.surname_ends)
        return f"{self._random.choice(words.given)} {surname}"

    def _place(self) -> str:
        return self._random.choice(self._words.place_starts) + self._random.choice(self._words.place_ends)


def _article(match: re.Match[str]) -> str:
    return match[1] + ("n " if match[2] in "aeio" else " ")


def _rendered(form: str, slots: dict[str, str], changed: str = "") -> tuple[Piece, ...]:
    """A form with its slots filled; of the spots, the kind ``changed`` is told as changed, the others as it was."""
    pieces, at = [], 0
    for match in _PART.finditer(form):
        pieces.append(Piece(form[at : match.start()]))
        if match[1]:
            pieces.append(Piece(slots[match[1]], match[1]))
        else:
            words = match[4] if match[2] == changed else match[3]
            pieces += [
                Piece(slots[p[1:-1]] if p.startswith("{") else p, match[2]) for p in re.split(r"(\{\w+\})", words)
            ]
        at = match.end()
    pieces.append(Piece(form[at:]))
    return tuple(piece for piece in pieces if piece.text or piece.key)
