"""Plans that a later report says did not come to pass."""

from collections.abc import Iterable, Sequence

from dateline.matching.stems import key_of
from dateline.model.records import Event, Party
from dateline.model.vocab import Polarity
from dateline.views.material import Material


def unkept(planned: Sequence[Event], material: Material) -> tuple[str, ...]:
    """The later reports in which what is planned is said not to have happened.

    The denial is of the same act, in the same word, by the same actor, at the same place or of the same recipient,
    and it comes from the reporter or from who told the plan. That nothing more is told of a plan denies nothing.
    """
    told = [
        e for e in material.each("events", Event) if e.polarity is Polarity.NEGATED and e.status.value == "occurred"
    ]
    found = (e.evidence.report for e in told if any(_denies(e, plan, material) for plan in planned))
    return tuple(dict.fromkeys(found))


def _denies(event: Event, plan: Event, material: Material) -> bool:
    days = [material.by_id[one.evidence.report].report.published for one in (plan, event)]
    return (
        days[0] is not None
        and days[1] is not None
        and days[0].last < days[1].first
        and key_of(event.trigger.text) == key_of(plan.trigger.text)
        and bool(_names(event.actors, material) & _names(plan.actors, material))
        and (
            (event.place is not None and event.place == plan.place)
            or bool(_names(event.recipients, material) & _names(plan.recipients, material))
        )
        and (event.statement is None or bool(_speaker(event, material) & _speaker(plan, material)))
    )


def _names(parties: Iterable[Party], material: Material) -> set[str]:
    return {entity.id if (entity := material.entity(one)) else one.text.casefold() for one in parties}


def _speaker(event: Event, material: Material) -> set[str]:
    """Who tells it, where somebody does."""
    statement = material.statements.get(event.statement or "")
    if statement is None or statement.speaker is None:
        return set()
    entity = material.entity(statement.speaker)
    return {entity.id if entity else statement.speaker.text.casefold()}
