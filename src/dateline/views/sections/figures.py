"""Figures by claimant."""

from dateline.model.records import Figure
from dateline.model.vocab import Polarity
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section
from dateline.views.words import DASH, amount


def figures(material: Material, notes: Notes) -> Section:
    """What is counted, by whom; a party to the conflict is marked in the same cell."""
    told = [f for f in material.each("figures", Figure) if not material.in_caption(f)]
    rows = tuple(
        Row(
            id=figure.id,
            cells=(
                _claimant(figure, material),
                amount(figure.value, figure.low, figure.high, figure.bound, figure.unit),
                " ".join(filter(None, (figure.counted, figure.effect.value if figure.effect else ""))) or DASH,
                _against(figure),
                " ".join(figure.evidence.quote.split()),
                material.label(figure.evidence.report),
            ),
            notes=notes.all([figure]),
            why=figure.because,
        )
        for figure in sorted(told, key=lambda f: (_claimant(f, material), f.evidence.report, f.evidence.span))
    )
    return Section(
        key="figures",
        title="Figures by claimant",
        intro="Every quantity with the one who gives it. No best estimate is made.",
        columns=("Claimant", "Figure", "Of what", "Against", "Words", "Report"),
        rows=rows,
        empty="No figures are given.",
    )


def _claimant(figure: Figure, material: Material) -> str:
    if figure.claimant is None:
        statement = material.statements.get(figure.statement or "")
        denied = statement is not None and statement.polarity is Polarity.DENIED
        return f"denied by {material.named(statement.speaker)}" if statement and denied else "the reporter"
    party = " (a party to the conflict)" if figure.claimant_is_party else ""
    return material.named(figure.claimant) + party


def _against(figure: Figure) -> str:
    shown = []
    if figure.base:
        shown.append(f"of {figure.base}")
    if figure.comparator:
        shown.append(f"compared with {figure.comparator}")
    if figure.realised is False:
        shown.append("ordered or planned, not reached")
    return "; ".join(shown) or DASH
