"""Utterances: one act of saying, as told by one or several reports."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from dateline.knowledge.handle import Knowledge
from dateline.link.world import World, days, near
from dateline.matching.alignment import Alignment
from dateline.matching.marks import rarest
from dateline.matching.passages import match_profiles
from dateline.matching.profile import Profile
from dateline.model.ids import cluster_id
from dateline.model.links import Utterance
from dateline.model.records import AnnotatedReport, Statement
from dateline.model.vocab import CueClass, Polarity, Verdict

PRODUCER = "utterances"
VERSION = "1"
SLACK = 3
"""Days between two reports that may tell one act of saying, where neither gives the day of saying."""
HELD = 0.7
LEAST_WORDS = 4


class Said(Struct, frozen=True):
    """A statement with its report, its content's words and who said it."""

    statement: Statement
    annotated: AnnotatedReport
    speaker: str
    profile: Profile


def link_utterances(world: World, knowledge: Knowledge) -> tuple[Utterance, ...]:
    """The acts of saying by known speakers, in order of id; attitudes and unnamed speakers give none.

    Two statements are one act when the speaker is the same, the days do not rule it out, neither negates the
    other, and their words are a copy of each other or a part of each other.
    """
    by_speaker: dict[str, list[Said]] = defaultdict(list)
    for _, one in sorted(world.reports.items()):
        for statement in one.statements:
            speaker = world.named(statement.speaker)
            if speaker is None or statement.cue_class is not CueClass.SPEECH:
                continue
            words = " ".join(span.of(one.text) for span in statement.content)
            by_speaker[speaker].append(Said(statement, one, speaker, Profile(words)))
    rows = [
        _utterance(group, world) for speaker in sorted(by_speaker) for group in _gather(by_speaker[speaker], knowledge)
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _gather(said: Sequence[Said], knowledge: Knowledge) -> list[list[Said]]:
    groups: list[list[Said]] = []
    index: dict[str, set[int]] = defaultdict(set)
    for one in sorted(said, key=lambda s: s.statement.id):
        keys = rarest(one.profile.keys)
        likely = sorted({g for key in keys for g in index[key]})
        home = next((g for g in likely if _one_act(one, groups[g][0], knowledge)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(one)
        for key in keys:
            index[key].add(home)
    return groups


def _one_act(a: Said, b: Said, knowledge: Knowledge) -> bool:
    if min(len(a.profile.keys), len(b.profile.keys)) < LEAST_WORDS or not near(_day(a), _day(b), SLACK):
        return False
    if (a.statement.polarity is Polarity.NEGATED) != (b.statement.polarity is Polarity.NEGATED):
        return False
    match = match_profiles(a.profile, b.profile, knowledge)
    if match.match or match.verdict is Verdict.SHARED_QUOTE:
        return True
    alignment = Alignment(a.profile, b.profile)
    return alignment.containments[1] >= HELD and alignment.shared >= HELD * min(a.profile.rarity, b.profile.rarity) > 3


def _day(said: Said) -> tuple[date, date] | None:
    if said.statement.said_on:
        return days(said.statement.said_on, None)
    published = said.annotated.report.published
    return (published.first, published.last) if published else None


def _utterance(group: Sequence[Said], world: World) -> Utterance:
    statements = tuple(sorted(said.statement.id for said in group))
    reports = tuple(sorted({said.annotated.report.id for said in group}))
    many = len(statements)
    told = "told once" if many == 1 else f"{many} statements by one speaker in words taken over"
    return Utterance(
        id=cluster_id(statements),
        because=told,
        producer=PRODUCER,
        version=VERSION,
        rests_on=statements,
        speaker=world.name(group[0].speaker, group[0].statement.speaker),
        statements=statements,
        reports=reports,
    )
