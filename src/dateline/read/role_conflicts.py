"""Roles that a report gives to known people and that do not hold on the day of publication.

A living person is called late; an office was over or had not begun, and somebody else held it; it is another
country's, or another one than the person held. Told only where the knowledge names who held the office then: what
it does not tell is no conflict. A report may speak of another time: a former holder, a year within the tenure, a
predecessor, the title in somebody's own words are none either.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from dateline.knowledge.actors import Actor, Actors, Office
from dateline.knowledge.positions import offices_of_one
from dateline.model.records import Referent
from dateline.model.vocab import DoubtKind
from dateline.read.reading import Reading
from dateline.read.roles import RoleSeen

_SLACK = timedelta(days=3)
"""A report of the days after an office changed hands may still give it to the one before."""
_HORIZON = timedelta(days=365)
"""How long after the last day that the knowledge tells of it still says who holds an office."""
_ANOTHER_TIME = frozenset({"under", "predecessor", "successor", "a"})
"""Words right before a role that place it at another time, or in thought alone ("a President Venn")."""


class Suspect(Struct, frozen=True):
    """A mention that looks wrong: what kind of doubt, what may be meant (or None), and why.

    ``pronoun`` is (start, end) in the text where the doubt is about a pronoun, not the mention itself.
    """

    mention_id: str
    kind: DoubtKind
    suggestion: str | None
    because: str
    score: float
    pronoun: tuple[int, int] | None = None


def holders(actors: Actors, role: RoleSeen, day: date | None) -> list[Actor]:
    """Who held the office of a role, of the countries and bodies named with it, on the day."""
    if role.role.office is None:
        return []
    if role.role.sector == "IGO":
        return [a for office in _international(role) for a in actors.holding(office) if _held(a, office, None, day)]
    places: list[str | None] = [*role.countries, *(b.replace("-", "_") for b in role.bodies)]
    return [a for place in places for a in actors.holders(role.role.office, place, day)]


def alive(actor: Actor, day: date | None) -> bool:
    """Whether the person is not known to have died by that day."""
    return actor.died is None or (day is not None and actor.died > day.isoformat())


def conflicts(reading: Reading, referent: Referent, roles: list[RoleSeen]) -> Iterator[Suspect]:
    """What the report says of a known person that does not hold on the day of publication."""
    actors = reading.knowledge.actors
    published = reading.annotated.report.published
    named = (p for p in actors.named(referent.name) if " " in referent.name)
    known = [actors.get(referent.actor)] if referent.actor else list(named)
    if published is None or len(known) != 1 or known[0] is None:
        return
    actor, day = known[0], published.first
    for role in roles:
        if "dead" in role.qualifiers and alive(actor, day):
            because = f"{role.text!r}: {actor.name} is not known to have died by {day}"
            suggestion = "former" if _over(actor, role.role.office, day) else None
            yield Suspect(role.mention, DoubtKind.ROLE_CONFLICT, suggestion, because, 0.9)
        elif not role.qualifiers and (found := _elsewhere(reading, actor, role, day)) is not None:
            yield found


def _elsewhere(reading: Reading, actor: Actor, role: RoleSeen, day: date) -> Suspect | None:
    """A role that on the day was another's, or that the person never had while holding another."""
    actors = reading.knowledge.actors
    single = offices_of_one(reading.knowledge)
    own = [(o.office, o.body or actor.country, o) for o in actor.offices if o.office in single]
    international = role.role.sector == "IGO"
    offices = _international(role) if international else (role.role.office,)
    mine = [(office, None if international else place, o) for office, place, o in own if office in offices]
    mine = [m for m in mine if international or not role.countries or m[1] in role.countries]
    office: str | None
    if mine:
        office, place, _ = mine[0]
        now = _now(actors, office, place, day)
    else:
        office = next((o for o in offices if o in single), None)
        now = [] if office is None or not (role.countries or international) else _holding(actors, role, day)
    if office is None or actor in now or actors.is_past_knowing(day, _HORIZON):
        return None
    if _of_another_time(reading, role, [o for _, _, o in mine]):
        return None
    said = f"{role.text!r}:"
    if not now:
        because = _known_of_one(actor, role, office, [o for _, _, o in mine], day)
        return Suspect(role.mention, DoubtKind.ROLE_CONFLICT, None, f"{said} {because}", 0.5) if because else None
    who = now[0].name
    if mine:
        if not (role.countries or role.bodies):
            # "President Venn" may be a courtesy to a former one, or one that is only hoped for or feared.
            return None
        began = any(o.from_ is not None and o.from_ <= day.isoformat() for _, _, o in mine)
        when = "no longer was that" if began else "was not yet that"
        suggestion = f"former {role.text}" if began else None
        because = f"{said} {actor.name} {when} on {day}; {who} was"
        return Suspect(role.mention, DoubtKind.ROLE_CONFLICT, suggestion, because, 0.7)
    if role.countries and actor.country and actor.country not in role.countries:
        because = f"{said} on that day {who} was; {actor.name} is of {actor.country}"
        return Suspect(role.mention, DoubtKind.ROLE_CONFLICT, None, because, 0.7)
    other = next((o for _, place, o in own if o.held_on(day) and (place in role.countries or international)), None)
    if other is None:
        return None
    because = f"{said} on that day {who} was; {actor.name} was {other.office.replace('_', ' ')}"
    return Suspect(role.mention, DoubtKind.ROLE_CONFLICT, None, because, 0.6)


def _known_of_one(actor: Actor, role: RoleSeen, office: str, mine: list[Office], day: date) -> str:
    """Why the person cannot be meant, from what is known of the person alone, where nobody else is known to be."""
    if not role.countries or not actor.country:
        return ""
    own = [o for o in actor.offices if o.office == office and o.body is None]
    if actor.country not in role.countries and any(o.held_on(day) for o in own):
        return f"{actor.name} was that of {actor.country} on that day"
    last = max((o.to or "9" for o in mine), default="9")
    if mine and last + "~" < (day - _SLACK).isoformat():
        return f"{actor.name} was that until {last}"
    return ""


def _international(role: RoleSeen) -> tuple[str, ...]:
    """The offices of international bodies that a role may be, by the bodies named with it."""
    if role.role.office != "secretary_general":
        return (role.role.office,) if role.role.office else ()
    of = {"united-nations": "un_secretary_general", "nato": "nato_secretary_general"}
    named = tuple(office for body, office in of.items() if body in role.bodies)
    return named or (() if role.bodies else tuple(of.values()))


def _holding(actors: Actors, role: RoleSeen, day: date) -> list[Actor]:
    """Who held the office of the role on the day, or a few days before."""
    return [*holders(actors, role, day), *holders(actors, role, day - _SLACK)]


def _now(actors: Actors, office: str, place: str | None, day: date) -> list[Actor]:
    """The same for an office of a country, or with no place of an international body."""
    return [a for on in (day, day - _SLACK) for a in actors.holding(office) if _held(a, office, place, on)]


def _held(actor: Actor, office: str, place: str | None, day: date | None) -> bool:
    return any(
        o.office == office and o.held_on(day) and (place is None or (o.body or actor.country) == place)
        for o in actor.offices
    )


def _over(actor: Actor, office: str | None, day: date) -> bool:
    """Whether the person held the office before, and does not hold it on the day."""
    held = [o for o in actor.offices if o.office == office]
    over = any(o.to is not None and o.to + "~" < day.isoformat() for o in held)
    return over and not any(o.held_on(day) for o in held)


def _of_another_time(reading: Reading, role: RoleSeen, tenures: list[Office]) -> bool:
    """Whether the report speaks of a time at which the role held, or in somebody's own words."""
    annotated = reading.annotated
    if any(quotation.inside.overlaps(role.span) for quotation in annotated.quotations):
        return True
    index = reading.passage_at(role.span.start)
    if index is None:
        return False
    tokens = reading.tokens[index]
    first, _ = tokens.within(role.span)
    sentence, end = tokens.sentence(first)
    before = [word for word in tokens.lower[max(sentence, first - 2) : first] if word != ","]
    if before and before[-1] in _ANOTHER_TIME:
        return True
    # "If Venn is president": what one is said to be may be yet to come; a title says that one is it.
    if role.behind and any(tokens.pos[i] == "AUX" for i in range(max(sentence, first - 2), first)):
        return True
    here = tokens.span(sentence, end)
    return any(
        time.from_ and time.to and here.contains(time.evidence.span) and _touches(tenure, time.from_, time.to)
        for time in annotated.times
        for tenure in tenures
    )


def _touches(tenure: Office, first: str, last: str) -> bool:
    return (tenure.from_ or "") <= last and first[: len("2022-09-30")] <= (tenure.to or "9") + "~"
