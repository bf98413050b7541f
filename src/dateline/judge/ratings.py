"""Ratings: how far a person trusts a source or a piece of information (the Admiralty code, NATO AJP-2.1).

The two scales are apart. Reliability is of the ultimate source, an outlet or agency: ``target`` is its name as the
reports give it, ``table`` the reports that bear it. Credibility is of one row. Nothing is F or 6 by itself: what is
unrated is shown as F6, "cannot be judged". The latest rating of a target on a scale holds; all stay.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from dateline.errors import UsageError
from dateline.judge.judgements import check_target, now
from dateline.matching.sources import one_source
from dateline.model.judgements import Rating
from dateline.model.vocab import RatingScale, Table
from dateline.store.base import Found, ReportRow, Store, View, Where

GRADES: Final = {RatingScale.RELIABILITY: "ABCDEF", RatingScale.CREDIBILITY: "123456"}
"""The grades of each scale, best first; F and 6 say that it cannot be judged."""


def rate(
    store: Store, target: Found, scale: RatingScale, value: str, *, by: str, why: str = "", at: str | None = None
) -> Rating:
    """Append a rating of a row. ``at`` is ISO 8601 and by default now.

    Raises UsageError when there is no such row or no such grade on the scale.
    """
    _check_grade(scale, value)
    check_target(store, target)
    rating = Rating.of(target.table, target.id, scale, value, by=by, at=at or now(), why=why)
    store.append(rating)
    return rating


def rate_source(store: Store, name: str, value: str, *, by: str, why: str = "", at: str | None = None) -> Rating:
    """Append a rating of how reliable an outlet or agency is, by its name as reports give it, or by a shorter or
    longer one that is the name of no other.

    Raises UsageError when no report is of or credits a source of that name, or there is no such grade.
    """
    _check_grade(RatingScale.RELIABILITY, value)
    known = sources(store)
    named = _called(name, known)
    if named is None:
        listed = f"; there are {', '.join(known)}" if 0 < len(known) <= MOST_LISTED else ""
        raise UsageError(f"no report is of, or credits, a source called {name!r}{listed}")
    rating = Rating.of(Table.REPORTS, named, RatingScale.RELIABILITY, value, by=by, at=at or now(), why=why)
    store.append(rating)
    return rating


MOST_LISTED: Final = 20
"""So many sources at most are listed when a name is none of them."""


def sources(view: View) -> list[str]:
    """The outlets and agencies that the reports are of or credit, sorted."""
    rows = list(view.records(ReportRow))
    names = [row.source for row in rows]
    names += ultimate_sources((row.source, row.agency or row.dateline_agency) for row in rows)
    return sorted({name for name in names if name})


def ultimate_source(outlet: str | None, agency: str | None) -> str | None:
    """Whom a report is from in the end: the agency that it carries, else its outlet; None where neither is known.

    An agency whose words stand in the outlet's name is that outlet.

    >>> ultimate_source("Delta Post", "Orrin"), ultimate_source("Delta Wire", "DELTA")
    ('Orrin', 'Delta Wire')
    """
    if agency and outlet and set(agency.casefold().split()) <= set(outlet.casefold().split()):
        return outlet
    return agency or outlet


def ultimate_sources(told: Iterable[tuple[str | None, str | None]]) -> list[str | None]:
    """The ultimate source of each of several reports, given with its outlet and agency.

    An agency that one of the outlets is, by a shorter or longer name, goes by the name of that.

    >>> ultimate_sources([("Meridian Press Agency", None), ("Delta Post", "Meridian")])
    ['Meridian Press Agency', 'Meridian Press Agency']
    """
    given = list(told)
    outlets = sorted({outlet for outlet, _ in given if outlet})
    known = {agency: _called(agency, outlets) or agency for agency in sorted({a for _, a in given if a})}
    return [ultimate_source(outlet, known.get(agency or "")) for outlet, agency in given]


def _called(name: str, sources: Iterable[str]) -> str | None:
    """The source of that name, else the only one that has it by a shorter or longer name."""
    likely = [source for source in sources if one_source(name.strip(), source)]
    same = [source for source in likely if source.casefold() == name.strip().casefold()]
    return same[0] if same else likely[0] if len(likely) == 1 else None


def ratings(view: View, target: str | None = None) -> Iterator[Rating]:
    """The ratings, or those of one target, oldest first."""
    where: Where = {} if target is None else {"target": target}
    yield from sorted(view.records(Rating, where), key=lambda one: (one.at, one.id))


def holding(given: Iterable[Rating]) -> dict[tuple[RatingScale, str], Rating]:
    """The ratings that hold, by scale and target: of several, the latest."""
    return {(one.scale, one.target): one for one in sorted(given, key=lambda one: (one.at, one.id))}


def _check_grade(scale: RatingScale, value: str) -> None:
    if len(value) != 1 or value not in GRADES[scale]:
        raise UsageError(f"{scale} is one of {', '.join(GRADES[scale])}, not {value!r}")
