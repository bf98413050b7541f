"""How events are told, in words for people: when, where, what, who to whom, who says so, how far it got."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from dateline.knowledge.lexicon.loaded import OMITTED
from dateline.model.links import Incident
from dateline.model.records import Event, Figure, Party, Statement
from dateline.model.vocab import EventBasis, Polarity, Stage, Status, Voice
from dateline.views.material import Material
from dateline.views.quotes import holds, names
from dateline.views.words import DASH, amount, count

MOST_PAIRS = 4
"""Pairs of actor and recipient shown in a row; the others are counted."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Which events are wanted; what is None is not asked for. ``first`` and ``last`` are days, both inclusive.

    ``type`` is a PLOVER type, with or without its mode ("ASSAULT", "assault/firearms"). ``country`` is the ISO 3166-1
    alpha-3 code of the country that ``place`` names, if it names one.
    """

    type: str | None = None
    status: Status | None = None
    actor: str | None = None
    place: str | None = None
    country: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        """Whether days are asked for."""
        return self.first is not None or self.last is not None


ALL = Wanted()
"""Everything is wanted."""


def fits(event: Event, wanted: Wanted, material: Material) -> bool:
    """Whether an event is one that is wanted; where days are asked for, one without a time is not."""
    return (
        _of_type(event, wanted.type)
        and (wanted.status is None or event.status is wanted.status)
        and (wanted.actor is None or any(names(party, wanted.actor, material) for party in event.actors))
        and (wanted.place is None or _at(event, wanted.place, wanted.country, material))
        and (not wanted.dated or _within(event.from_, event.to, wanted))
    )


def undated(event: Event) -> bool:
    """Whether nothing says when it was."""
    return not (event.from_ or event.to)


def kind_of(event: Event) -> str:
    """Type and mode as one word: ``assault/firearms``."""
    return event.type.lower() + (f"/{event.mode}" if event.mode else "")


def what(event: Event, material: Material) -> str:
    """The report's word for it, without the reporter's judgement, and its type."""
    words = material.loaded.plain(" ".join(event.trigger.text.split()))
    return f"[{kind_of(event)}]" if words == OMITTED else f"{words} [{kind_of(event)}]"


def conditions(events: Iterable[Event]) -> str:
    """Under what conditions it was, each told once: "at gunpoint; without observers"."""
    told = {(c.kind, c.text.casefold()): c.text for event in events for c in event.conditions}
    return "; ".join(" ".join(text.split()) for text in told.values())


def who(events: Iterable[Event], material: Material) -> str:
    """Each actor once with the recipients that it is first told with; recipients alone where nobody acts."""
    told: dict[str, tuple[str, str]] = {}
    for event in events:
        actor, recipient = ", ".join(parties(event.actors, material)), ", ".join(parties(event.recipients, material))
        if actor or recipient:
            key = _key(event.actors, material) if actor else ""
            told.setdefault(key, (actor, recipient))
    acted = [pair for key, pair in told.items() if key] or list(told.values())
    more = f"; +{len(acted) - MOST_PAIRS} more" if len(acted) > MOST_PAIRS else ""
    return "; ".join(_pair(*pair) for pair in acted[:MOST_PAIRS]) + more or DASH


def parties(given: Iterable[Party], material: Material) -> tuple[str, ...]:
    """The names of actors or recipients, each once, without the reporter's judgement."""
    return tuple(dict.fromkeys(material.loaded.plain(material.named(party)) for party in given))


def place(name: str | None, basis: EventBasis) -> str:
    """A place, with what it rests on where the clause does not name it."""
    if name is None:
        return DASH
    if basis.inferred:
        return f"{name} (inferred from the {basis})"
    return name if basis in (EventBasis.CLAUSE, EventBasis.NONE) else f"{name} ({basis})"


def claimants(events: Iterable[Event], material: Material) -> tuple[str, ...]:
    """Who says so, each once; the reporter where nobody is named."""
    shown: dict[str, str] = {}
    for event in events:
        statement = material.statements.get(event.statement or "")
        if statement is None:
            said = "the reporter" if event.voice is Voice.REPORTER else event.voice.value
            shown.setdefault(said, said)
        else:
            entity, surface = material.entity(statement.speaker), material.named(statement.speaker)
            shown.setdefault(entity.id if entity else surface.casefold(), surface or statement.voice.value)
    return tuple(shown.values())


def claimant(figure: Figure, material: Material) -> str:
    """Who gives a figure; a party to the conflict is marked, and who denies one claims none."""
    if figure.claimant is None:
        statement = material.statements.get(figure.statement or "")
        denied = isinstance(statement, Statement) and statement.polarity is Polarity.DENIED
        return f"denied by {material.named(statement.speaker)}" if statement and denied else "the reporter"
    party = " (a party to the conflict)" if figure.claimant_is_party else ""
    return material.named(figure.claimant) + party


def size(figure: Figure) -> str:
    """A figure with its bound in words, and its unit."""
    return amount(figure.value, figure.low, figure.high, figure.bound, figure.unit)


def counted(figure: Figure) -> str:
    """What is counted, and what was done to those counted."""
    return " ".join(filter(None, (figure.counted, figure.effect.value if figure.effect else "")))


def status(told: Status, event: Event, *, foreseen: bool = False) -> str:
    """How real it is, as told: of a process, how far it is told to be in place of "occurred"."""
    shown = _stage(event) if told is Status.OCCURRED and event.stage else told.value
    words = [shown + (", as planned" if foreseen else "")]
    if event.polarity is not Polarity.AFFIRMED:
        words.append(event.polarity.value)
    if event.certainty.value == "hedged":
        words.append("hedged")
    return ", ".join(words)


def sources(incident: Incident, material: Material) -> str:
    """Reports, publishers (an unknown one is unknown, never another) and the interval of origins.

    That no copying was found shows nothing more than that, and nothing here is called independent.
    """
    unknown = sum(material.by_id[id].report.source is None for id in incident.reports if id in material.by_id)
    low, high = incident.origins_low, incident.origins_high
    told = (
        count(len(incident.reports), "report"),
        publishers(len(incident.publishers), unknown),
        count(high, "origin") if low == high else f"{low}–{high} origins",
    )
    alone = "; no copying found" if _apart(incident, material) else ""
    return f"{', '.join(told)}{alone}; {grades(incident, material)}"


def grades(incident: Incident, material: Material) -> str:
    """How people rated its ultimate sources and itself on the Admiralty scales; F6 until they do."""
    sources = [material.ultimate[id] for id in incident.reports if id in material.by_id]
    return material.grades.shown(sources, (incident.id, *incident.events))


def standing(shown: str, ids: Sequence[str], material: Material) -> str:
    """A status, with what later texts made of all of these claims."""
    return ", ".join(filter(None, (shown, taken_back(ids, material))))


def taken_back(ids: Sequence[str], material: Material) -> str:
    """That later texts changed or no longer tell all of these claims, and which do; empty where one still stands."""
    told = [material.revised.get(id) for id in ids]
    if not all(told):
        return ""
    return ", ".join(dict.fromkeys(f"{one.how} in {material.label(one.by)}" for one in told if one))


def publishers(known: int, unknown: int) -> str:
    """How many publishers are known, and of how many reports none is.

    >>> publishers(2, 0), publishers(1, 2), publishers(0, 3)
    ('2 publishers', '1 publisher (of 2 reports unknown)', 'publisher unknown')
    """
    if not known:
        return "publisher unknown"
    return count(known, "publisher") + (f" (of {count(unknown, 'report')} unknown)" if unknown else "")


def surest(events: Iterable[Event]) -> EventBasis:
    """The best ground that any of the tellings gives for the time."""
    order = list(EventBasis)
    return min((event.time_basis for event in events), key=order.index)


def fullest(events: Sequence[Event], material: Material) -> Event:
    """The telling that stands for all: of those in plain words, of those that follow no other, what says most.

    "Massacred" heads no incident that another report tells as a killing, nor a copy one that its origin tells.
    """
    plain = [event for event in events if not material.loaded.heats(event.trigger.text)] or events
    reports = {event.evidence.report for event in plain}
    first = [e for e in plain if not material.parents.get(e.evidence.report, frozenset()) & reports] or plain
    return max(first, key=lambda e: (len(e.actors) + len(e.recipients), e.place is not None, e.score))


def _apart(incident: Incident, material: Material) -> bool:
    """Whether several reports tell it, nothing surely ties any two of them, and no two share a passage."""
    several = len(incident.reports) > 1 and incident.origins_high == len(incident.reports)
    return several and not material.copying(incident.reports)


def _of_type(event: Event, asked: str | None) -> bool:
    return asked is None or asked.strip().lower() in (event.type.lower(), kind_of(event))


def _at(event: Event, name: str, country: str | None, material: Material) -> bool:
    record = material.places.get(event.place_record or "")
    known = (record.name, record.admin1) if record else ()
    within = record is not None and country is not None and record.country == country
    return within or any(holds(text, name) for text in (event.place, *known) if text)


def _within(first: str | None, last: str | None, wanted: Wanted) -> bool:
    start, end = (first or last or "")[:10], (last or first or "")[:10]
    after = wanted.first is None or end >= wanted.first.isoformat()
    return bool(start) and after and (wanted.last is None or start <= wanted.last.isoformat())


def _key(given: Iterable[Party], material: Material) -> str:
    entities = ((material.entity(party), party) for party in given)
    return "|".join(sorted(entity.id if entity else party.text.casefold() for entity, party in entities))


def _pair(actor: str, recipient: str) -> str:
    return f"{actor or '?'} → {recipient}" if recipient else actor


def _stage(event: Event) -> str:
    stage = event.stage.value.replace("_", " ") if event.stage else ""
    return f"only {stage}" if event.stage in (Stage.PROPOSED, Stage.ANNOUNCED) else stage
