"""Conflicts, one row each: two accounts that do not fit, each with its claimant, report and words."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.model.links import Conflict
from dateline.model.records import Event, Figure, Record, Statement
from dateline.model.vocab import ConflictRelation
from dateline.views import telling
from dateline.views.listing import Listing
from dateline.views.material import Material
from dateline.views.words import DASH, count, shorten

_ORDER = list(ConflictRelation)


class ConflictRow(Struct, frozen=True, kw_only=True):
    """Two accounts, the one published first on the left. ``left_by`` is who gives it; neither is preferred.

    ``left`` is the account in short: the figure, who did it, or the words. ``why`` says in order which was replaced.
    """

    about: str
    relation: str
    left: str
    left_by: str
    left_report: str
    left_published: str
    left_words: str
    right: str
    right_by: str
    right_report: str
    right_published: str
    right_words: str
    why: str
    conflict: str
    left_record: str
    right_record: str


class _Account(Struct, frozen=True):
    said: str
    by: str
    report: str
    published: str
    words: str


def list_conflicts(material: Material) -> Listing[ConflictRow]:
    """The accounts that do not fit together: contradictions first, then what was replaced, then other scopes."""
    rows = tuple(conflict_rows(material))
    searched = f"{count(len(material.links.incidents), 'incident')} in {count(len(material.reports), 'report')}"
    if not rows:
        return Listing(ConflictRow, f"no accounts were found to conflict among {searched}", ())
    return Listing(ConflictRow, f"{count(len(rows), 'conflict')} among {searched}", rows)


def conflict_rows(material: Material) -> Iterator[ConflictRow]:
    """Every conflict: by relation, kind, and the reports in order of publication."""
    paired = [(conflict, *_in_order(conflict, material)) for conflict in material.links.conflicts]
    paired.sort(key=lambda one: (_ORDER.index(one[0].relation), one[0].kind, _when(one[1], material), one[0].id))
    for conflict, left, right in paired:
        one, other = _account(left, material), _account(right, material)
        yield ConflictRow(
            about=conflict.kind.value,
            relation=conflict.relation.value.replace("_", " "),
            left=one.said,
            left_by=one.by,
            left_report=one.report,
            left_published=one.published,
            left_words=one.words,
            right=other.said,
            right_by=other.by,
            right_report=other.report,
            right_published=other.published,
            right_words=other.words,
            why=conflict.because,
            conflict=conflict.id,
            left_record=left.id if left else "",
            right_record=right.id if right else "",
        )


def _in_order(conflict: Conflict, material: Material) -> tuple[Record | None, Record | None]:
    left, right = sorted(
        (material.records.get(conflict.left), material.records.get(conflict.right)), key=lambda r: _when(r, material)
    )
    return left, right


def _when(record: Record | None, material: Material) -> tuple[int, int]:
    if record is None:
        return len(material.order), 0
    return material.order[record.evidence.report], record.evidence.span.start


def _account(record: Record | None, material: Material) -> _Account:
    if record is None:
        return _Account(DASH, DASH, DASH, DASH, DASH)
    said, by = shorten(record.evidence.quote, 80), "the reporter"
    if isinstance(record, Figure):
        said = f"{telling.size(record)} {record.effect.value if record.effect else record.counted or ''}".strip()
        by = telling.claimant(record, material)
    elif isinstance(record, Event):
        said = f"{telling.who([record], material)}: {telling.what(record, material)}"
        by = "; ".join(telling.claimants([record], material))
    elif isinstance(record, Statement):
        by = material.named(record.speaker) or f"[{record.voice.value}]"
    return _Account(
        said,
        by,
        record.evidence.report,
        material.dated(record.evidence.report),
        shorten(material.words(record), 200),
    )
