"""How far each territorial process got: proposed, announced, voted, signed, ratified, in force."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from dateline.model.records import Event, Party
from dateline.model.vocab import Polarity, Stage, Status
from dateline.views.material import Material

_ORDER = {stage: n for n, stage in enumerate(Stage)}
_SPHERE = "territory"
_LATER = frozenset({Stage.RATIFIED, Stage.IN_FORCE})
"""Stages of a paper that was signed before: it need not name its territory again."""


class Step(Struct, frozen=True):
    """One stage as one report tells it. ``status`` parts what was done from what is still to come."""

    stage: str
    status: str
    first: str | None
    last: str | None
    who: str
    what: str
    report: str
    event: str


class Track(Struct, frozen=True):
    """The stages told of one process, in order, by whose act. ``reached`` is the last that is told as done.

    It is in force only where a report says so: what was signed or voted is no more than that.
    """

    whose: str
    of: tuple[str, ...]
    reached: str | None
    steps: tuple[Step, ...]


def tracks(material: Material) -> tuple[Track, ...]:
    """The tracks of what the reports tell of annexing, ceding and recognising territory.

    Acts of one state belong to one track, earlier history to another. A treaty that is ratified or takes effect, and
    names no territory, belongs to the treaty that its report tells of. Captions, denials and acts without an actor
    whose state is known start no track.
    """
    found: dict[tuple[str, bool], list[Event]] = defaultdict(list)
    for report in material.reports:
        told = [e for e in report.events if e.stage and e.polarity is Polarity.AFFIRMED and not material.in_caption(e)]
        countries = [c for e in told if _territorial(e) for c in _countries(e)]
        for event in told:
            own = next(iter(_countries(event)), None) or (countries[0] if len(set(countries)) == 1 else None)
            if own in countries and (_territorial(event) or event.stage in _LATER):
                found[own, event.status is Status.BACKGROUND].append(event)
    ordered = sorted(found.items(), key=lambda one: one[0])
    return tuple(_track(country, events, material) for (country, _), events in ordered)


def _territorial(event: Event) -> bool:
    return _SPHERE in event.contexts


def _countries(event: Event) -> Iterator[str]:
    yield from (party.country for party in event.actors if party.country)


def _track(country: str, events: list[Event], material: Material) -> Track:
    known = {id: n for n, one in enumerate(material.reports) for id in (e.id for e in one.events)}
    events = sorted(events, key=lambda e: (_ORDER[e.stage or Stage.PROPOSED], e.from_ or "9", known[e.id]))
    done = [e.stage for e in events if e.stage and e.status in (Status.OCCURRED, Status.ONGOING, Status.BACKGROUND)]
    return Track(
        whose=country,
        of=tuple(dict.fromkeys(_named(p, material) for e in events if _territorial(e) for p in e.recipients)),
        reached=max(done, key=_ORDER.__getitem__).value if done else None,
        steps=tuple(
            Step(
                stage=(e.stage or Stage.PROPOSED).value,
                status=e.status.value,
                first=e.from_,
                last=e.to,
                who=", ".join(_named(p, material) for p in e.actors),
                what=e.trigger.text,
                report=e.evidence.report,
                event=e.id,
            )
            for e in events
        ),
    )


def _named(party: Party, material: Material) -> str:
    return material.named(party)
