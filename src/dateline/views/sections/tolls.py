"""The figures of an incident in one cell: by what was done to the people counted, each value with its claimants."""

from dateline.model.links import FigureClaim, Incident
from dateline.model.records import Figure
from dateline.views.material import Material
from dateline.views.words import DASH, amount


def tolls(incident: Incident, material: Material) -> str:
    """Each effect once, its values from the lowest up, each value with all who give it; never a best one.

    Beside killed and injured, what else the tellings count (missiles, cars) stands in the table of figures alone.
    """
    harmed = [claim for claim in incident.figures if claim.effect]
    told: dict[str, dict[str, list[str]]] = {}
    for claim in sorted(harmed or incident.figures, key=lambda c: (c.effect or "", c.low or c.high or 0.0)):
        values = told.setdefault(claim.effect or "", {})
        values.setdefault(_value(claim, material), []).append(_claimant(claim))
    shown = (_effect(effect, values) for effect, values in told.items())
    return "; ".join(shown) or DASH


def _effect(effect: str, values: dict[str, list[str]]) -> str:
    said = ", ".join(f"{value} ({', '.join(dict.fromkeys(by))})" for value, by in values.items())
    return f"{effect}: {said}" if effect else said


def _value(claim: FigureClaim, material: Material) -> str:
    figures = [material.figures[id] for id in claim.figures if id in material.figures]
    if not figures:
        return "an unstated number"
    figure = min(figures, key=lambda f: f.bound.value != "exact")
    return _amount(figure) if claim.effect else " ".join(figure.evidence.quote.split())


def _amount(figure: Figure) -> str:
    return amount(figure.value, figure.low, figure.high, figure.bound)


def _claimant(claim: FigureClaim) -> str:
    return f"{claim.claimant or 'the reporter'}{', a party' if claim.claimant_is_party else ''}"
