"""Figures by claimant."""

from dateline.views.figures import figure_rows
from dateline.views.material import Material, Notes
from dateline.views.page import Row, Section


def figures(material: Material, notes: Notes) -> Section:
    """What is counted, by whom; a party to the conflict is marked in the same cell."""
    rows = tuple(
        Row(
            id=row.id,
            cells=(row.claimant, row.figure, row.of, row.against, row.quote, material.label(row.report)),
            notes=notes.all([material.figures[row.id]]),
            why=row.why,
        )
        for row in figure_rows(material)
    )
    return Section(
        key="figures",
        title="Figures by claimant",
        intro="Every quantity with the one who gives it. No best estimate is made.",
        columns=("Claimant", "Figure", "Of what", "Against", "Words", "Report"),
        rows=rows,
        empty="No figures are given.",
    )
