"""The figures of an incident in one cell: by what was done to the people counted, each value with its claimants."""

from dateline.model.links import FigureClaim, Incident
from dateline.model.records import Figure
from dateline.views.material import Material
from dateline.views.telling import taken_back
from dateline.views.words import DASH, amount


def tolls(incident: Incident, material: Material) -> str:
    """Each effect once, its values from the lowest up, each value with all who give it; never a best one.

    Beside killed and injured, what else the tellings count (missiles, cars) stands in the table of figures alone.
    """
    harmed = [claim for claim in incident.figures if claim.effect]
    counted: dict[str | None, set[str | None]] = {}
    for claim in harmed:
        counted.setdefault(claim.effect, set()).add(claim.counted)
    told: dict[str, dict[str, list[str]]] = {}
    for claim in sorted(harmed or incident.figures, key=lambda c: (c.effect or "", c.low or c.high or 0.0)):
        values = told.setdefault(claim.effect or "", {})
        values.setdefault(_value(claim, material, len(counted.get(claim.effect, ())) > 1), []).append(
            _claimant(claim, material)
        )
    shown = (_effect(effect, values) for effect, values in told.items())
    return "; ".join(shown) or DASH


def _effect(effect: str, values: dict[str, list[str]]) -> str:
    said = ", ".join(f"{value} ({', '.join(dict.fromkeys(by))})" for value, by in values.items())
    return f"{effect}: {said}" if effect else said


def _value(claim: FigureClaim, material: Material, mixed: bool) -> str:
    """The value, and where claims of one effect count different things (people, children) what this one counts."""
    figures = [material.figures[id] for id in claim.figures if id in material.figures]
    if not figures:
        return "an unstated number"
    figure = min(figures, key=lambda f: f.bound.value != "exact")
    if not claim.effect:
        return " ".join(figure.evidence.quote.split())
    return f"{_amount(figure)} {claim.counted}" if mixed and claim.counted else _amount(figure)


def _amount(figure: Figure) -> str:
    return amount(figure.value, figure.low, figure.high, figure.bound)


def _claimant(claim: FigureClaim, material: Material) -> str:
    party = ", a party" if claim.claimant_is_party else ""
    back = taken_back(claim.figures, material)
    return f"{claim.claimant or 'the reporter'}{party}{f', {back}' if back else ''}"
