"""Who is said to have done something, and says that they had no part in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.denials import DenialKind
from dateline.link.claims import HURTS
from dateline.link.conflicts.accounts import row, shown_by, told_at, with_copies
from dateline.link.conflicts.denials import denial_words
from dateline.link.naming import Names, Naming, alike
from dateline.link.phrases import Phrases, Stems, stems
from dateline.link.tellings import concrete
from dateline.link.wording import passage_at
from dateline.link.world import Told, World, gap
from dateline.matching.rarity import weight_of
from dateline.matching.sentences import sentences
from dateline.matching.stems import WORD, key_of
from dateline.model.links import Conflict
from dateline.model.records import AnnotatedReport, Passage
from dateline.model.vocab import ConflictKind, ConflictRelation

APART = timedelta(days=14)
"""An accusation and a denial in reports published further apart are of other matters."""
BEHIND = 6
"""Words behind a word of denying within which those of having had a part stand."""
RARE = 1.6
"""The least rarity of a word of a name by which a party is known again."""
OPENING = 5
"""Words by which a sentence may open with who denies."""
_SELF = frozenset(key_of(w) for w in ("I", "we", "us", "ours", "our", "he", "she", "it", "its", "they", "their"))
_BY = re.compile(r"\b(?:by|blam\w+|accus\w+|behind)\b([^.;]{0,80})")


class Disowned(Struct, frozen=True):
    """A party that denies a part in something: the record that shows it, the names of the party, and of what it is."""

    record: str
    one: AnnotatedReport
    passage: str
    party: Names
    thing: Names


class Accused(Struct, frozen=True):
    """What an account lays to somebody by name."""

    record: str
    one: AnnotatedReport
    passage: str | None
    doers: Names


def disowned(tellings: Iterable[Told], world: World, naming: Naming, knowledge: Knowledge) -> Iterator[Conflict]:
    """What one account lays to a party that in another denies having had a part in it, event read or not.

    The accusation names the party as the doer of an attack, or behind "by"; its report speaks of the thing that the
    denial names. Of an accusation and its copies the first that was published stands for all.
    """
    words = denial_words(knowledge)
    denials = [found for _, one in sorted(world.reports.items()) for found in _denials(one, naming, words)]
    blocks: dict[str, list[Disowned]] = defaultdict(list)
    for denial in denials:
        for name in denial.party:
            blocks[name].append(denial)
    shown: set[tuple[str | None, str]] = set()
    for accused in _accusations(tellings, world) if denials else ():
        against = {d.passage: d for name in sorted(accused.doers) for d in blocks.get(name, ())}
        for passage, denial in sorted(against.items()):
            copies = {(p, passage) for p in with_copies(accused.passage, world)}
            if _meet(accused, denial, world, naming) and not shown & copies:
                shown.add((accused.passage, passage))
                who = " ".join(sorted(denial.party))
                why = f"who did it: one account lays it to somebody ({who}) who denies a part in it in the other"
                yield row(ConflictKind.ACTOR, ConflictRelation.CONTRADICTS, accused.record, denial.record, why)


def _meet(accused: Accused, denial: Disowned, world: World, naming: Naming) -> bool:
    apart = gap(accused.one.report, denial.one.report)
    if apart is not None and apart > APART:
        return False
    if accused.passage in with_copies(denial.passage, world):
        return False
    return alike(accused.doers, denial.party) and (not denial.thing or bool(denial.thing & naming.of(accused.one)))


def _denials(one: AnnotatedReport, naming: Naming, words: Mapping[DenialKind, Phrases]) -> Iterator[Disowned]:
    for passage in one.passages:
        text, start = passage.evidence.quote, passage.evidence.span.start
        whole = stems(text)
        likely = words[DenialKind.CUE].any(whole) or words[DenialKind.ALONE].any(whole)
        for sentence in sentences(text) if likely else ():
            keys = stems(sentence.of(text))
            if not _own(keys, words):
                continue
            here = sentence.shift(start)
            record = shown_by((*one.statements, *one.events), here, passage.evidence.span)
            party = _party(one, passage, sentence.of(text))
            if record is not None and party:
                said = naming.within(one, here.start, here.end)
                yield Disowned(record.id, one, passage.id, party, said - party)


def _own(keys: Stems, words: Mapping[DenialKind, Phrases]) -> bool:
    """Whether a sentence denies a part in something, and the part of who speaks: "said it had nothing to do with"."""
    cue = words[DenialKind.CUE].last(keys)
    if cue >= 0 and words[DenialKind.PART].any(keys[cue + 1 : cue + 1 + BEHIND]):
        return True
    at = words[DenialKind.ALONE].last(keys)
    return at >= 0 and bool(_SELF & set(keys[max(0, at - BEHIND) : at + BEHIND]))


def _party(one: AnnotatedReport, passage: Passage, sentence: str) -> Names:
    """The names of who denies: of the speakers of the sentence's statements, else those that open the sentence, else
    of the speakers of the passage."""
    inside = [s for s in one.statements if s.speaker and passage.evidence.span.overlaps(s.evidence.span)]
    here = [
        s for s in inside if s.cue is not None and s.cue.text in sentence and s.speaker and s.speaker.text in sentence
    ]
    if here:
        return frozenset(k for s in here if s.speaker for k in _named_words(WORD.findall(s.speaker.text)))
    opening = _named_words(WORD.findall(sentence)[1:OPENING])
    return opening or frozenset(k for s in inside if s.speaker for k in _named_words(WORD.findall(s.speaker.text)))


def _named_words(words: Iterable[str]) -> Names:
    return frozenset(key for w in words if w[0].isupper() and weight_of(key := key_of(w)) >= RARE)


def _accusations(tellings: Iterable[Told], world: World) -> Iterator[Accused]:
    """What accounts lay to somebody by name, in order of publication."""
    found = [
        Accused(told.event.id, told.annotated, told.passage, doers)
        for told in tellings
        if concrete(told) and told.event.quad == HURTS
        if (doers := _named_words(w for party in told.event.actors for w in WORD.findall(party.text)))
    ]
    for one in world.reports.values():
        for statement in one.statements:
            said = " ".join(span.of(one.text) for span in statement.content)
            doers = _named_words(w for match in _BY.finditer(said) for w in WORD.findall(match[1]))
            if doers:
                passage = passage_at(one, statement.evidence.span.start)
                found.append(Accused(statement.id, one, passage.id if passage else None, doers))
    yield from sorted(found, key=lambda a: (told_at(a.one.report), a.one.report.id, a.record))
