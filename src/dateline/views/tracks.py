"""How far each territorial process got: proposed, announced, voted, signed, ratified, in force."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dateline.model.records import Event
from dateline.model.vocab import EventBasis, Polarity, Stage, Status
from dateline.views import telling
from dateline.views.material import Material

_ORDER = {stage: n for n, stage in enumerate(Stage)}
_SPHERE = "territory"
_LATER = frozenset({Stage.RATIFIED, Stage.IN_FORCE})
"""Stages of a paper that was signed before: it need not name its territory again."""
_DONE = frozenset({Status.OCCURRED, Status.ONGOING, Status.BACKGROUND})
_SUREST = list(EventBasis)


class Step(Struct, frozen=True):
    """One stage, told once for all the reports that tell of the same act. ``status`` parts done from still to come.

    ``event`` tells it most fully; ``time_basis`` says what the days rest on.
    """

    stage: str
    status: str
    first: str | None
    last: str | None
    time_basis: EventBasis
    who: str
    what: str
    claimed_by: tuple[str, ...]
    reports: tuple[str, ...]
    event: str
    events: tuple[str, ...]


class Track(Struct, frozen=True):
    """The stages told of one process, in order, by whose act. ``reached`` is the last that is told as done.

    It is in force only where a report says so: what was signed or voted is no more than that. ``past``: history,
    told as background.
    """

    whose: str
    of: tuple[str, ...]
    reached: str | None
    past: bool
    steps: tuple[Step, ...]


def tracks(material: Material) -> tuple[Track, ...]:
    """The tracks of what the reports tell of annexing, ceding and recognising territory.

    Acts of one state belong to one track, earlier history to another. A treaty that is ratified or takes effect, and
    names no territory, belongs to the treaty that its report tells of. Captions, denials and acts without an actor
    whose state is known start no track; a vote in a territory whose track is told belongs to that.
    """
    found: dict[tuple[str, bool], list[Event]] = defaultdict(list)
    loose: list[Event] = []
    for report in material.reports:
        told = [e for e in report.events if e.stage and e.polarity is Polarity.AFFIRMED and not material.in_caption(e)]
        countries = [c for e in told if _territorial(e) for c in _countries(e)]
        for event in told:
            own = next(iter(_countries(event)), None) or (countries[0] if len(set(countries)) == 1 else None)
            if own in countries and (_territorial(event) or event.stage in _LATER):
                found[own, _past(event)].append(event)
            elif own is None and _territorial(event):
                loose.append(event)
    lands = {key: {word for e in events for word in _lands(e)} for key, events in found.items()}
    for event in loose:
        fitting = [key for key, words in lands.items() if key[1] is _past(event) and words & set(_lands(event))]
        if len(fitting) == 1:
            found[fitting[0]].append(event)
    ordered = sorted(found.items(), key=lambda one: one[0])
    return tuple(_track(country, past, events, material) for (country, past), events in ordered)


def _territorial(event: Event) -> bool:
    return _SPHERE in event.contexts


def _past(event: Event) -> bool:
    return event.status is Status.BACKGROUND


def _countries(event: Event) -> Iterator[str]:
    yield from (party.country for party in event.actors if party.country)


def _lands(event: Event) -> Iterator[str]:
    """The names in the words for what an act is done to, and for where."""
    words = " ".join((*(p.text for p in event.recipients), event.place or ""))
    yield from (name for word in words.split() if (name := word.strip(",.;")) and name[0].isupper())


def _track(country: str, past: bool, events: list[Event], material: Material) -> Track:
    steps = sorted((_step(same, material) for same in _acts(events, material)), key=_order)
    done = [Stage(step.stage) for step in steps if step.status in _DONE]
    return Track(
        whose=country,
        of=tuple(dict.fromkeys(material.named(p) for e in events if _territorial(e) for p in e.recipients)),
        reached=max(done, key=_ORDER.__getitem__).value if done else None,
        past=past,
        steps=tuple(steps),
    )


def _order(step: Step) -> tuple[int, str, str]:
    return _ORDER[Stage(step.stage)], step.first or "9", step.event


def _acts(events: Iterable[Event], material: Material) -> list[list[Event]]:
    """The events of each act of one stage: in one sentence, in one incident or, still to come, on days that fit.

    What was to come and is told as done on those days is one act with it.
    """
    incident = {id: one.id for one in material.links.incidents for id in one.events}
    acts: list[list[Event]] = []
    for event in sorted(events, key=lambda e: e.status not in _DONE):
        marks = _marks(event, incident, material)
        for same in acts:
            shared = any(marks & _marks(other, incident, material) for other in same)
            if same[0].stage is event.stage and (shared or any(_may_be(event, other, material) for other in same)):
                same.append(event)
                break
        else:
            acts.append([event])
    return acts


def _marks(event: Event, incident: dict[str, str], material: Material) -> set[str]:
    """What two tellings of one act share: the sentence or the incident."""
    sentence = material.sentence(event)
    return {f"{event.evidence.report} {sentence.start}"} | ({incident[event.id]} if event.id in incident else set())


def _may_be(ahead: Event, other: Event, material: Material) -> bool:
    """Whether an act to come is one that another telling may mean.

    Days that both tell overlap. Without days both lie ahead, or the other was done once this was told.
    """
    done = other.status in _DONE
    if ahead.status in _DONE or (done and other.time_basis in (EventBasis.PUBLISHED, EventBasis.NONE)):
        return False
    if ahead.from_ and other.from_:
        return ahead.from_ <= (other.to or other.from_) and other.from_ <= (ahead.to or ahead.from_)
    told = material.by_id[ahead.evidence.report].report.published
    return not done or (told is not None and told.first.isoformat() <= (other.to or ""))


def _step(act: Sequence[Event], material: Material) -> Step:
    same = [e for e in act if e.status in _DONE] or act
    fullest = max(same, key=lambda e: (bool(e.actors), e.status is Status.PLANNED, len(e.recipients)))
    dated = min(same, key=lambda e: (e.from_ is None, _SUREST.index(e.time_basis), e.status in _DONE and not e.actors))
    return Step(
        stage=(fullest.stage or Stage.PROPOSED).value,
        status=fullest.status.value,
        first=dated.from_,
        last=dated.to,
        time_basis=dated.time_basis,
        who=", ".join(material.named(p) for p in fullest.actors),
        what=fullest.trigger.text,
        claimed_by=telling.claimants(same, material),
        reports=tuple(dict.fromkeys(e.evidence.report for e in act)),
        event=fullest.id,
        events=tuple(e.id for e in act),
    )
