"""Tables of office-holders: one tenure a row, as EveryPolitician and Wikidata queries give them."""

import csv
import io
from pathlib import Path

from dateline.knowledge import imported
from dateline.knowledge.imported import Imported, Person, Refused
from dateline.knowledge.positions import Positions

COLUMNS = {
    "position": ("positionLabel", "position"),
    "person": ("officeholderLabel", "person", "name"),
    "id": ("personID", "officeholder", "wikidata"),
    "start": ("start", "start_year"),
    "end": ("end", "end_year"),
    "sex": ("gender", "sex"),
    "died": ("DOD", "died"),
    "country": ("country",),
    "names": ("names",),
}
"""What a row says, by the columns that say it in one table or another, the first of them that is there."""


def read(name: str, text: str, positions: Positions, country: str | None) -> Imported:
    """The people of a table with their offices.

    The country of an office is the row's, else the one that the position names, else ``country``, else the one with
    which the file's name begins. Raises ValueError for a table without the columns for position and person.
    """
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    header = {column.strip() for column in table.fieldnames or ()}
    columns = {what: next((c for c in names if c in header), None) for what, names in COLUMNS.items()}
    if columns["position"] is None or columns["person"] is None:
        raise ValueError("it is no table of office-holders (it wants the columns position and person) nor JSON lines")
    country = country or positions.country(Path(name).stem.replace("-", " ").replace("_", " "))
    people: dict[str, Person] = {}
    refused: list[Refused] = []
    rows = 0
    while True:
        try:
            row = next(table, None)
            if row is None:
                break
            cells = {what: (row.get(column) or "").strip() if column else "" for what, column in columns.items()}
            _take(cells, positions, country, people)
            rows += 1
        except (ValueError, csv.Error) as error:
            refused.append(Refused(table.line_num, str(error)))
    imported.closed(people.values(), positions.alone)
    actors = tuple(person.actor() for person in people.values() if person.offices)
    return Imported(form="table", actors=actors, rows=rows, refused=tuple(refused), country=country)


def _take(cells: dict[str, str], positions: Positions, country: str | None, people: dict[str, Person]) -> None:
    """Add a row to its person. Raises ValueError, and adds nothing, for a row that cannot be taken."""
    name = imported.checked_name(cells["person"])
    if not cells["position"]:
        raise ValueError(f"no position is given for {name}")
    position = positions.read(cells["position"])
    stated = positions.country(cells["country"]) if cells["country"] else None
    if cells["country"] and stated is None:
        raise ValueError(f"{cells['country']!r} is no known country")
    place = imported.place_of(position.office, stated or position.country or country, position.known)
    tenure = imported.checked_tenure(position.office, None, cells["start"], cells["end"])
    died = imported.checked_date(cells["died"], "died")
    qid = imported.checked_qid(cells["id"])
    person = people.setdefault(qid or name, Person(name=name, wikidata=qid, key=f"{place} {name}"))
    person.names.add(name)
    person.names.update(part.strip() for part in cells["names"].split("|") if part.strip())
    person.sex = person.sex or imported.sex_of(cells["sex"])
    person.died = person.died or died
    person.offices.append((tenure, place, position.sector))
